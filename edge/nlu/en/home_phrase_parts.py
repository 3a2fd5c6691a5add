"""Parts of the patterns of `edge.nlu.en.home_phrases`: `X` is a thing, `IN` its place."""

from typing import Final

THE: Final = r"(?:the |my |our |all |all the |all of the |both |both the |every )"
X: Final = rf"(?P<x>{THE}?[^\W_][\w' ]*?)"
IN: Final = r"(?P<in>(?: in| on| at)(?: the| my| our)? [\w' ]+?)"
BUT: Final = r"(?:but(?: not)?|except(?: for)?|apart from|other than|besides|excluding)"
LIGHTS: Final = r"(?:lights?|lamps?|lighting)"
COVERINGS: Final = r"(?:blinds?|curtains?|drapes|shutters?|shades?|awnings?)"
WARM: Final = r"(?:heating|heat|radiators?|thermostat|heater|temperature)"
AMOUNT: Final = r"(?P<n>\d+(?:\.\d+)?)"

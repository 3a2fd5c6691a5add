"""The unit that a temperature is said in. Pure."""

import re
from typing import Final

_FAHRENHEIT: Final = re.compile(r"\bfahrenheit\b|(?:\bdegrees?|\bdeg|[°º]) ?f\b|℉")
_CELSIUS: Final = re.compile(r"\b(?:celsius|centigrade)\b|(?:\bdegrees?|\bdeg|[°º]) ?c\b|℃")


def temperature_unit(text: str) -> str:
    """See `Commands.temperature_unit`."""
    said = text.casefold()
    units = [unit for unit, pattern in (("°F", _FAHRENHEIT), ("°C", _CELSIUS)) if pattern.search(said)]
    return units[0] if len(units) == 1 else ""

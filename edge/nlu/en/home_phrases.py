"""Other words for commands to the things of the home, rewritten to those of the sentences. Pure; for written text.

The grammar of speech is kept small. What is typed, and what a recogniser writes freely, may be worded in more ways:
"would you mind turning the lamp off", "I'd like the curtains closed", "it's too dark in here".
"""

import re
from collections.abc import Mapping
from typing import Final

from edge.nlu.en.home_phrases_lights import REWRITES as LIGHTS
from edge.nlu.en.home_phrases_things import REWRITES as THINGS
from edge.nlu.en.home_words import VERB_OF

_SHARES: Final = {
    "a quarter": 25, "1 quarter": 25, "quarter": 25, "a third": 33, "1 third": 33, "half": 50, "2 thirds": 67,
    "3 quarters": 75, "a tenth": 10,
}  # fmt: skip
_SHARE = re.compile(rf"(?<= (?:to|at) )(?:{'|'.join(_SHARES)})(?= |$)(?! (?:past|to|an hour|hours?)\b)")
_GERUND = re.compile(rf"^(?:do you mind |would you mind |how about |mind )?(?P<doing>{'|'.join(VERB_OF)})(?= )")
_HESITATION = re.compile(r"(?<!\S)(?:um+|uh+|erm?|hmm+)(?: |$)")
_TIDY: Final = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"^(?P<v>turn|switch|shut) of (?=the |my |our |all |every|both )", r"\g<v> off "),
        (r"^(?P<v>turn|switch|put) (?:it )?on on ", r"\g<v> on "),
        (r"(?<= )(?P<side>on|off) (?:out|over|up|down|back) (?=(?:in|on|at) )", r"\g<side> "),
        (r"(?<= (?:to|at) )minus (?=\d)", "-"),
        (r"(?<= )(?P<w>up|down) (?=\d+(?:\.\d+)? (?:percent|degrees?)$)", r"\g<w> by "),
        (r"(?<=\d) (?:celsius|centigrade|fahrenheit)$", " degrees"),
        (r"(?<=\w)'s$", ""),
        (r"(?<=\w)'s (?=(?:suction|fan speed|speed|mode|brightness|temperature|battery)\b)", " "),
        (r"^(?P<v>turn|switch|put)(?P<side> on| off)? some (?!more\b|of\b)", r"\g<v>\g<side> "),
        (r" please (?=but\b|except\b|apart from\b|other than\b)", " "),
        (r"\b(?:a )?couple(?: of)?(?= degrees?\b)", "2"),
        (r"\ba few(?= degrees?\b)", "3"),
        (r"\b(?:a|1) degree\b", "1 degree"),
        (r"\b(?:1 )?100 per ?cent\b", "100 percent"),
        (r"\ba 100 percent\b", "100 percent"),
        (
            (
                r"(?: (?:if you (?:can|could|would|don't mind)|when you (?:can"
                r"|get a chance)|would you|will you|straight ?away"
                r"|immediately|at once|real quick|quickly|again please|for (?:me"
                r"|us)|will ya|mate|love|darling|honey))+$"
            ),
            "",
        ),
        (
            (
                r"^(?:quick|quickly|sorry|excuse me|hey there|alright|listen|be "
                r"a dear and|i was wondering if you (?:can|could)"
                r"|i(?:'d| would) (?:like|love) you to|i (?:want|need) you to"
                r"|please can you|is it possible to|you can"
                r"|we need to|i need to|go and|time to|let's) (?=\S)"
            ),
            "",
        ),
    )
)

_REWRITES: Final = tuple((re.compile(rf"(?:{pattern})"), new) for pattern, new in (*LIGHTS, *THINGS))
_STATES: Final = {"open": "open", "opened": "open", "closed": "close", "shut": "close", "locked": "lock"}


def normalise_home_phrases(text: str) -> str:
    """A normalised text about the home in the words of the sentences; others unchanged."""
    text = _GERUND.sub(lambda found: VERB_OF[found["doing"]], _HESITATION.sub("", text).strip() or text)
    for pattern, new in _TIDY:
        text = pattern.sub(new, text) or text
    text = _SHARE.sub(lambda found: f"{_SHARES[found[0]]} percent", text)
    for pattern, new in _REWRITES:
        if (found := pattern.fullmatch(text)) is not None:
            return " ".join(_written(found, new).split())
    return text


def _written(found: re.Match[str], new: str) -> str:  # noqa: PLR0911 - one return a case
    groups = {name: value or "" for name, value in found.groupdict().items()}
    thing = groups.get("x") or groups.get("y", "")
    match new:
        case "OPEN":
            return f"open {thing}"
        case "MOVE":
            return f"{'open' if groups['way'] == 'up' else 'close'} {thing}"
        case "STATE":
            return f"{_STATES[groups['state']]} {thing}"
        case "SLATS":
            return f"{groups['v']} the slats" + (f" of {thing}" if thing else "")
        case "POSITION":
            return f"set {thing} to {groups['n'] or groups['m']} percent"
        case "COLOUR":
            return f"set {thing} to {groups['c']}"
        case "BATTERY":
            return f"what is the battery of {thing}"
        case "MODE":
            return f"set {thing} to {groups.get('o') or groups.get('p')}"
        case "WARM" | "COOL" | "WARMER" | "COOLER" | "HEATS" | "TOO":
            return _as_it_should_be(groups, thing, new)
        case _:
            return re.sub(r"\\g<(\w+)>", lambda it: groups[it[1]], new)


def _as_it_should_be(groups: Mapping[str, str], thing: str, how: str) -> str:
    """From what a thing lacks, or by how much it is to change, to the command."""
    match how:
        case "WARM" | "COOL":
            return f"make {thing} {how.lower()}er"
        case "TOO":
            return f"make {thing} {'darker' if groups['w'] == 'bright' else 'brighter'}"
        case "HEATS":
            return f"set {thing} to {groups['m'].removesuffix('ing')}"
        case _:
            return f"make {thing} {groups['n'] or groups['m']} degrees {how.lower()}"

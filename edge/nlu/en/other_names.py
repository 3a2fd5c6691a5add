"""Other names that people use for a thing: "telly" for "TV", "bedside lamp" for "left bedside lamp". Pure."""

import re
from collections.abc import Sequence
from typing import Final

_SYNONYMS: Final = tuple(
    tuple(words.split(", "))
    for words in (
        "tv, television, telly",
        "ac, a/c, air con, air conditioning, air conditioner, aircon",
        "fridge, refrigerator",
        "hoover, vacuum cleaner, vacuum",
        "hob, stove, cooker",
        "router, wifi",
        "tap, faucet",
        "cellar, basement",
        "drapes, curtains",
        "washer, washing machine",
        "dryer, tumble dryer",
        "dehumidifier, de humidifier",
    )
)
_SIDE: Final = re.compile(
    r"(?:left|right|front|back|rear|upper|lower|top|bottom|big|small|main|first|second|third|1st|2nd|north|south|east"
    r"|west|inner|outer) (?=\S)",
    re.IGNORECASE,
)
_LAST: Final = re.compile(
    r"(?P<rest>(?:\S+ ){0,2}?(?:extractor|garage|cooker hood|ceiling)) (?:fan|doors?)", re.IGNORECASE
)
_ON_DOOR: Final = re.compile(
    r"(?P<rest>\S.*) (?:dead ?bolt|latch|smart lock)"
    r"|(?P<opening>\S.*(?:door|window|gate)) (?:contact )?(?:sensor|contact)",
    re.IGNORECASE,
)
"""A lock is called like the door that it is on, and so is the contact of a door or window."""


def other_names(name: str) -> Sequence[str]:
    """See `Names.other_names`."""
    found = [name]
    if _SIDE.match(name):
        found.append(_SIDE.sub("", name, count=1))
    found += [last["rest"] for it in found if (last := _LAST.fullmatch(it)) and "ceiling" not in it.casefold()]
    found += [on["rest"] or on["opening"] for it in found if (on := _ON_DOOR.fullmatch(it))]
    for words in _SYNONYMS:
        for word in words:
            pattern = re.compile(rf"(?<!\S){re.escape(word)}(?!\S)", re.IGNORECASE)
            if pattern.search(name):
                found += [pattern.sub(other, name) for other in words if other != word]
                break
    return [it for it in dict.fromkeys(found) if it.casefold() != name.casefold()]


_BARE_KINDS: Final = {
    "lamp": {"light", "switch"}, "radiator": {"climate", "switch"}, "heater": {"climate", "switch"},
    "purifier": {"fan", "switch"}, "thermostat": {"climate"},
}  # fmt: skip


def bare_kind(name: str, domain: str) -> Sequence[str]:
    """See `Names.bare_kind`."""
    last = name.casefold().rpartition(" ")[2]
    return (last,) if domain in _BARE_KINDS.get(last, set()) and last != name.casefold() else ()

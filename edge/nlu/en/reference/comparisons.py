"""Questions that compare two things by what the tables tell of each: "is the moon bigger than the Earth". Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.reference.tables import fact

_ADJECTIVES: Final[Mapping[str, tuple[Sequence[str], bool]]] = {
    **dict.fromkeys(("bigger", "larger"), (("size", "area"), True)),
    "smaller": (("size", "area"), False),
    **dict.fromkeys(("taller", "higher"), (("height",), True)),
    "lower": (("height",), False),
    "longer": (("length",), True),
    "shorter": (("length", "height"), False),
    "deeper": (("depth",), True),
    "farther from the sun": (("distance from the sun",), True),
    "further from the sun": (("distance from the sun",), True),
    "closer to the sun": (("distance from the sun",), False),
    "nearer to the sun": (("distance from the sun",), False),
}
"""A comparative -> the relations whose numbers are compared, and whether the larger one is meant."""
_ADJECTIVE = "|".join(_ADJECTIVES)
_IS: Final = LazyPattern(rf"(?:is|are|was) (?P<a>.+?) (?P<how>{_ADJECTIVE}) than (?P<b>.+)")
_WHICH: Final = LazyPattern(
    rf"(?:which|what|which one|which of them) (?:\w+ )?(?:is|are) (?:the )?(?P<how>{_ADJECTIVE})"
    r"(?: country| planet| mountain| river| one)? (?P<a>.+) or (?P<b>.+)"
)
_NUMBER: Final = re.compile(r"(?P<number>\d[\d,.]*\d|\d)(?P<million> million)? (?:square )?(?P<unit>kilomet|met)res")
_SHOWN: Final = re.compile(r"(?P<shown>.+?) (?:is|are|has|have) ")
_CLOSE: Final = 0.01
"""Relative difference below which figures that are said with "about" decide nothing."""


def compared(question: str) -> str | None:
    """The figures of two things, and which of them has more; None where the tables do not have both."""
    asked = _IS.fullmatch(question)
    whether = asked is not None
    if asked is None and (asked := _WHICH.fullmatch(question)) is None:
        return None
    relations, more = _ADJECTIVES[asked["how"]]
    for relation in relations:
        first, second = fact(relation, asked["a"]), fact(relation, asked["b"])
        if first is None or second is None or first == second:
            continue
        a, b = _value(first), _value(second)
        if a is None or b is None:
            continue
        if abs(a - b) <= _CLOSE * max(a, b):
            return f"{first} {second}"
        holds = (a > b) == more
        if whether:
            return f"{'Yes' if holds else 'No'}. {first} {second}"
        shown = _SHOWN.match(first if holds else second)
        return None if shown is None else f"{shown['shown']}. {first} {second}"
    return None


def _value(sentence: str) -> float | None:
    """The first length or area of a sentence, in metres or square kilometres."""
    found = _NUMBER.search(sentence)
    if found is None:
        return None
    number = float(found["number"].replace(",", "")) * (1e6 if found["million"] else 1)
    is_length = "square" not in found.group()
    return number * (1000 if found["unit"] == "kilomet" and is_length else 1)

"""Replies to sums, and to what cannot be computed. See `edge.nlu.exact_replies`."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from edge.nlu.en.entity_replies import capital
from edge.nlu.en.exact.figures import figure, fraction, money_figure
from edge.nlu.en.exact.unit_words import NAMES
from edge.nlu.en.number_words import is_one
from edge.nlu.exact_replies import NoAnswer, WhyNot

_ONE: Final = {more: one for one, more in NAMES.values()}
"""A unit in the singular by its plural."""

_NO_ANSWER: Final[Mapping[NoAnswer, str]] = {
    "division-by-zero": "Nothing can be divided by zero.",
    "too-large": "That number is too large for me.",
    "not-real": "There is no real number like that.",
    "not-whole": "That works with whole numbers only.",
    "not-understood": "I didn't understand what to calculate. Say it in one short sentence.",
}


_WHY_NOT: Final[Mapping[WhyNot, str]] = {
    "currency": "Exchange rates change every day, and I don't know today's.",
    "days-off": "I don't know when you are off. I only know public holidays.",
    "place-unknown": "I don't know the time zone of that place.",
    "school-holidays": "I don't know the school holidays.",
    "moon-calendar": "That day follows the moon, and I can't compute its date.",
    "volume-weight": "A cup is a volume. What it weighs depends on how it is packed, so I'd only guess.",
    "rate-missing": "At what rate? Say, for example: 80 dollars plus 20 percent tax.",
}


def calculated(
    said: str, value: Fraction, *, exact: bool, money: str = "", form: str = "", unit: str = "", each: bool = False
) -> str:
    """See `ExactReplies.calculated`."""
    text = fraction(value) if form == "fraction" else ""
    rounded = False
    if money or form == "price":
        text, rounded = money_figure(value, money)
    elif form == "percent":
        text, rounded = figure(value * 100)
        text += "%"
    elif not text:
        text, rounded = figure(value)
    unit = _ONE.get(unit, unit) if is_one(text) else unit
    behind = f" {unit}" if unit else " each" if each else ""
    return f"{capital(said)} is {'about ' if rounded or not exact else ''}{text}{behind}."


def no_answer(why: NoAnswer) -> str:
    """See `ExactReplies.no_answer`."""
    return _NO_ANSWER[why]


def why_not(why: WhyNot) -> str:
    """See `ExactReplies.why_not`."""
    return _WHY_NOT[why]

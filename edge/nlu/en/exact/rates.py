"""Money for a time, in another one: "1200 a month, how much is that a year". Pure."""

import re
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.frames import Frame, calculate, frame, price
from edge.nlu.en.exact.parts import NoSumError, in_brackets
from edge.nlu.en.exact.tokens import NUMBER

_PERIOD = r"(?:hour|day|week|fortnight|month|quarter|year)"
_ADVERBS: Final = {
    "hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year",
    "annual": "year",
}  # fmt: skip
PERIODS_IN: Final = {
    ("week", "year"): "52", ("month", "year"): "12", ("day", "week"): "7", ("day", "year"): "365",
    ("quarter", "year"): "4", ("fortnight", "year"): "26", ("week", "fortnight"): "2", ("month", "quarter"): "3",
    ("week", "month"): "52 / 12", ("day", "month"): "365 / 12",
}  # fmt: skip
"""How many of one period there are in another one. Wages are not paid for every hour of a day or a week."""
_EACH = rf"(?: an?| per| every| each| the) (?P<period>{_PERIOD})"
_PER_ADVERB = rf" (?P<adverb>{'|'.join(_ADVERBS)})"
_AMOUNT = r"(?P<amount>\d.*?)"
_SPAN = (
    rf"(?:an?|per|every|each|the|one|1|(?P<count>{NUMBER}))? ?(?P<span>{_PERIOD})s?"
    rf"|an? (?P<hours>{NUMBER}) hour (?:week|day|month|shift)"
)
_SPAN_ADVERB = rf"(?P<span_adverb>{'|'.join(_ADVERBS)})"
_FOR = r"(?:in|for|over|per|after|within|to)"
_HOW_MUCH = r"(?:how much|what(?:'s)?|how many(?: \w+)?)"
_MUCH_PER = rf"{_HOW_MUCH} .*?(?:{_FOR} )?(?:the whole |a full |a whole )?(?:{_SPAN}|{_SPAN_ADVERB})(?: in total)?"


def _rate(match: re.Match[str]) -> Intent | None:
    groups = match.groupdict()
    period = groups.get("period") or _ADVERBS[groups["adverb"] or "yearly"]
    hours = groups.get("hours")
    span = "hour" if hours else groups.get("span") or _ADVERBS[groups["span_adverb"]]
    cost = price(match["amount"])
    count = hours or groups.get("count") or ""
    if period != span:
        if (inside := PERIODS_IN.get((period, span))) is not None:
            size, said = inside, f"times {inside.replace('/', 'divided by')}"
        elif (inside := PERIODS_IN.get((span, period))) is not None:
            size, said = f"1 / ({inside})", f"divided by {inside}" if "/" not in inside else "times 12 divided by 52"
        else:
            raise NoSumError
        factor, words = f"({size})", f"{cost.said} {said}"
    elif count:
        factor, words = "1", cost.said
    else:
        return None
    notation = f"{in_brackets(cost)} * {factor}" + (f" * {count}" if count else "")
    words += f" times {count}" if count else ""
    return calculate(notation, words, cost, form="" if cost.money else "decimal")


RATES: Final[tuple[Frame, ...]] = (
    frame(rf"(?:if |when )?(?:.*? )?{_AMOUNT}{_EACH},? (?:so |then )?{_MUCH_PER}", _rate),
    frame(rf"(?:if |when )?(?:.*? )?{_AMOUNT}{_PER_ADVERB},? (?:so |then )?{_MUCH_PER}", _rate),
    frame(
        rf"(?:if |when )?(?:my |a |an |the )?(?P<adverb>yearly|annual|monthly)?(?: )?salary (?:is|of|was) {_AMOUNT},?"
        rf" (?:so |then )?{_MUCH_PER}",
        _rate,
    ),
    frame(rf"(?:if |when )?(?:.*? )?{_AMOUNT}{_EACH} (?:in|for|over|to|as) (?:{_SPAN}|{_SPAN_ADVERB})", _rate),
)

"""Sums with rates: money for a time ("1200 a month, how much is that a year"), distances and times at a speed. Pure."""

import re
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.frames import Frame, calculate, frame, price
from edge.nlu.en.exact.parts import NoSumError, in_brackets
from edge.nlu.en.exact.tokens import NUMBER

_PERIOD = r"(?:hour|day|week|fortnight|month|quarter|year)"
_ADVERBS: Final = {
    "hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year",
}  # fmt: skip
_IN: Final = {
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
_HOW_MUCH = r"(?:how much|what|how many(?: \w+)?)"
_MUCH_PER = rf"{_HOW_MUCH} .*?(?:{_FOR} )?(?:the whole |a full |a whole )?(?:{_SPAN}|{_SPAN_ADVERB})(?: in total)?"


def _rate(match: re.Match[str]) -> Intent | None:
    groups = match.groupdict()
    period = groups.get("period") or _ADVERBS[groups["adverb"]]
    hours = groups.get("hours")
    span = "hour" if hours else groups.get("span") or _ADVERBS[groups["span_adverb"]]
    cost = price(match["amount"])
    count = hours or groups.get("count") or ""
    if period != span:
        if (inside := _IN.get((period, span))) is not None:
            size, said = inside, f"times {inside.replace('/', 'divided by')}"
        elif (inside := _IN.get((span, period))) is not None:
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


_HOURS: Final = re.compile(
    rf"(?:(?P<hours>{NUMBER}|an?) hours?)?(?: and)? ?(?:(?P<minutes>{NUMBER}) minutes?)?(?: and a (?P<half>half))?"
)
_SPEED = (
    rf"(?P<speed>{NUMBER}) (?P<unit>miles|kilometers|kilometres|km)?(?: (?:per|an|every|a) hour| ?"
    rf"(?P<short>mph|kph|kmh))"
)
_DISTANCE = rf"(?P<distance>{NUMBER}) (?P<unit2>miles|kilometers|kilometres|km)"


def _unit(match: re.Match[str]) -> str:
    word = match["unit"] or match["short"] or ""
    return "miles" if word in {"miles", "mph"} else "kilometers"


def _distance(match: re.Match[str]) -> Intent | None:
    time = _HOURS.fullmatch(match["time"].strip())
    if time is None or not (time["hours"] or time["minutes"]):
        return None
    hours = {"a": "1", "an": "1", None: "0"}.get(time["hours"], time["hours"]).replace("_", " + ")
    minutes = time["minutes"] or ("30" if time["half"] else "0")
    unit = _unit(match)
    said = f"{match['speed']} {unit} an hour for {match['time'].strip().replace('_', ' ')}"
    return calculate(f"{match['speed']} * (({hours}) + {minutes} / 60)", said, form="decimal", unit=unit)


def _time(match: re.Match[str]) -> Intent | None:
    unit = _unit(match)
    if unit != ("miles" if match["unit2"] == "miles" else "kilometers"):
        return None
    said = f"{match['distance']} {unit} at {match['speed']} {unit} an hour"
    return calculate(f"{match['distance']} / {match['speed']}", said, form="decimal", unit="hours")


_MOVE = (
    r"(?:drives?|goes|go|walks?|runs?|cycles?|rides?|travels?|sails?|fl(?:y|ies)|do|does|covers?|gets?|moves?|\w+ing)"
)

RATES: Final[tuple[Frame, ...]] = (
    frame(rf"(?:if |when )?(?:.*? )?{_AMOUNT}{_EACH},? (?:so |then )?{_MUCH_PER}", _rate),
    frame(rf"(?:if |when )?(?:.*? )?{_AMOUNT}{_PER_ADVERB},? (?:so |then )?{_MUCH_PER}", _rate),
    frame(rf"(?:if |when )?(?:.*? )?{_AMOUNT}{_EACH} (?:in|for|over|to|as) (?:{_SPAN}|{_SPAN_ADVERB})", _rate),
    frame(
        rf"(?:if )?(?:.*? )?{_MOVE} (?:at )?{_SPEED},? (?:for|during) (?P<time>.+?),? how (?:far|many \w+) .+",
        _distance,
    ),
    frame(
        rf"how (?:far|many \w+) .*?(?:at |in |for )(?P<time>.+? (?:hours?|minutes?)(?: and a half)?) at {_SPEED}",
        _distance,
    ),
    frame(rf"how (?:far|many \w+) .*?at {_SPEED} (?:for|in) (?P<time>.+)", _distance),
    frame(rf"how (?:long|many hours|much time) .*?{_DISTANCE} (?:at|doing|going|driving) (?:at )?{_SPEED}.*", _time),
    frame(rf"how (?:long|many hours|much time) .*?at {_SPEED} .*?{_DISTANCE}", _time),
    frame(rf"(?:if )?(?:.*? )?{_MOVE} (?:at )?{_SPEED},? how (?:long|many hours) .*?{_DISTANCE}", _time),
)

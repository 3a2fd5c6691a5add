"""Reads spoken durations and moments with the functions that normalise typed text. Pure."""

import re
from collections.abc import Mapping

from edge.events import SlotValue
from edge.nlu.en.alarm_days import MONTHS, ORDINALS, is_day
from edge.nlu.en.alarm_time import normalise_alarm_time
from edge.nlu.en.clock import ordinal
from edge.nlu.en.normalise import normalise
from edge.nlu.en.numbers import SMALL, number_forms

_DECIMAL = re.compile(r"\b(\d{1,5}) (\d)(?= (?:hour|hr|minute|min|second|sec|degree))")
_GROUPED = re.compile(r"\b(\d) (\d{3})\b")
_LETTERS = re.compile(r"\b([ap]) m\b")
_DURATION = re.compile(r"(?:(\d+) hours?)?(?: ?(\d+) minutes?)?(?: ?(\d+) seconds?)?")
_LIMITS = {"hours": 1000, "minutes": 10_000, "seconds": 100_000}
"""The limits of the lists in `en/commands.yaml`."""
_MOMENT = re.compile(r"alarm(?: at (\d+):(\d\d)(?: ([ap]m))?)?(?: (?:on )?([a-z\d -]+))?")


def with_points(said: str) -> str:
    """The canonical text with decimal points and without digit groups: 2.5 for "2 5 hours", 3600 for "3 600"."""
    return _DECIMAL.sub(r"\1.\2", _GROUPED.sub(r"\1\2", said))


def read_duration(said: str) -> Mapping[str, SlotValue] | None:
    """The slots `hours`, `minutes` and `seconds` of a spoken duration ("an hour and a quarter"), or None.

    `said` is canonical (`edge.nlu.en.surface`): "2 5 hours" is two and a half hours.
    """
    match = _DURATION.fullmatch(normalise(with_points(said)))
    if match is None:
        return None
    found = {unit: int(count) for unit, count in zip(_LIMITS, match.groups(), strict=True) if count}
    return found if found and all(count <= _LIMITS[unit] for unit, count in found.items()) else None


def read_moment(said: str) -> Mapping[str, SlotValue] | None:
    """The slots `hour`, `minute`, `meridiem` and `day` of the spoken moment of an alarm ("tomorrow at half past six").

    `said` is canonical and contains all parts of the sentence that describe the moment. None if it is not a moment.
    """
    moment = normalise(_LETTERS.sub(r"\1m", said))
    match = _MOMENT.fullmatch(normalise_alarm_time(f"alarm {moment}"))
    if match is None or not (match[1] or match[4]) or (match[4] and not is_day(match[4])):
        return None
    hour, minute, meridiem, day = match.groups()
    clock = {"hour": int(hour), "minute": int(minute)} if hour else {}
    words = {"meridiem": meridiem, "day": day}
    return {**clock, **{slot: word for slot, word in words.items() if word}}


def written_forms() -> Mapping[str, list[str]]:
    """Times with only one written form: "730", "7am", "7:05", "seven oh five"."""
    minutes = [f"{minute:02}" for minute in range(60)]
    digits = [str(digit) for digit in range(1, 10)]
    hours = range(24)
    return {
        "minute": [
            *minutes,
            *(number_forms(minute)[1] for minute in range(10, 60)),
            *(f"{zero} {digit}" for zero in ("oh", "o") for digit in (*SMALL[1:10], *digits)),
        ],
        "hour_minute": [f"{hour}{minute}" for hour in hours for minute in minutes],
        "hour_meridiem": [f"{hour}{half}" for hour in hours for half in ("am", "pm")],
        "month": list(MONTHS),
        "day_of_month": [
            *map(ordinal, range(1, 32)),
            *(word.replace("20 ", "twenty ").replace("30 ", "thirty ") for word in ORDINALS),
        ],
        "minute_meridiem": [f"{minute}{half}" for minute in minutes for half in ("am", "pm")],
    }

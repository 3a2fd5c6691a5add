"""When an alarm rings: the time and the days that were said, and the local moments that they mean. Pure.

Moments are local dates and times without a zone.
"""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

EVERY_DAY: Final = frozenset(range(7))
WEEKDAYS: Final = frozenset(range(5))
WEEKENDS: Final = frozenset({5, 6})
MIDNIGHT: Final = 24
"""The hour of "midnight": the end of its day. "12 am" is the beginning of its day."""
MAX_DAYS_AHEAD: Final = 3660

_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RULES = {"every day": EVERY_DAY, "weekdays": WEEKDAYS, "weekends": WEEKENDS}
_AHEAD = {"tomorrow": 1, "tomorrow night": 1, "day after tomorrow": 2}
_NIGHTS = frozenset({"tonight", "tomorrow night"})
_IN_DAYS = re.compile(r"in (\d{1,4}) days?")
_DATE = re.compile(r"(?:(\d{4})-)?(\d\d)-(\d\d)")
_DAY_OF_MONTH = re.compile(r"day (\d\d?)")
_WEEK = timedelta(days=7)
_A_DAY = timedelta(days=1)
_NOON = 12
_DAWN = 5
"""Hours before this one belong to the night of the day before, if a night was said."""


@dataclass(frozen=True, slots=True)
class When:
    """The spoken time of an alarm. Without `meridiem`, an hour of 1 to 12 may be in either half of the day.

    `hour` 24 is the midnight at the end of the day. `day` is empty or one of: "today", "tonight", "tomorrow",
    "tomorrow night", "day after tomorrow", "in 3 days", weekdays ("monday", "monday and friday"), a date ("12-24",
    "2027-12-24", or "day 24" for the coming 24th), or a rule: "every monday", "every monday and friday", "every day",
    "weekdays", "weekends", each of these also "except sunday".
    `wake`: it is a wake-up alarm, so five to eleven are in the morning. `awake`: a reminder, so one to six are in the
    afternoon.
    """

    hour: int
    minute: int
    meridiem: Literal["am", "pm"] | None = None
    day: str = ""
    wake: bool = False
    awake: bool = False


def repeats(day: str) -> frozenset[int]:
    """The weekdays (0 is Monday) of a rule; empty for a day that is no rule."""
    base, _, without = day.partition(" except ")
    days = _RULES.get(base) or (_listed(base.removeprefix("every ")) if base.startswith("every ") else frozenset())
    return days - _listed(without)


def is_day(day: str) -> bool:
    """Whether a text is one of the days of `When`."""
    named = day in _AHEAD or day in {"today", "tonight"} or bool(repeats(day)) or bool(_listed(day))
    return named or any(pattern.fullmatch(day) for pattern in (_IN_DAYS, _DATE, _DAY_OF_MONTH))


def is_real(day: str) -> bool:
    """Whether there is such a day at all: not 30 February, not a rule that leaves out all of its days."""
    if " except " in day:
        return bool(repeats(day))
    dates = _dates(day, date(2000, 1, 1))  # 2000 is a leap year
    return not dates or _first_after(dates, time(0), datetime.min) is not None  # noqa: DTZ901 - local, as all moments


def times(when: When) -> list[time]:
    """The possible times of day; only one if it is much more likely than the other."""
    hour = when.hour % 24
    if when.meridiem is not None and when.hour <= _NOON:
        return [time(hour % _NOON + (_NOON if when.meridiem == "pm" else 0), when.minute)]
    if when.meridiem is not None or not 0 < hour <= _NOON:
        return [time(hour, when.minute)]
    morning, evening = time(hour % _NOON, when.minute), time(hour % _NOON + _NOON, when.minute)
    if when.wake and 3 < hour < _NOON:  # noqa: PLR2004 - "wake me at four" is not meant for the afternoon
        return [morning]
    if when.day in _NIGHTS:
        return [morning if hour < _DAWN or hour == _NOON else evening]
    if when.day and when.day != "today":
        earliest = 7 if when.awake else 5
        return [morning if earliest <= hour < _NOON else evening]
    return [morning, evening]


def moments(when: When, now: datetime) -> list[datetime]:
    """When an alarm that rings once rings: one moment, one for each of several weekdays; none if it has passed."""
    weekdays = _listed(when.day)
    days = [_DAY_NAMES[day] for day in sorted(weekdays)] if len(weekdays) > 1 else [when.day]
    found: list[datetime] = []
    for day in days:
        one = replace(when, day=day)
        fitting = [at for moment in times(one) if (at := _once(moment, one, now)) is not None]
        found += [min(fitting)] if fitting else []
    return sorted(found)


def first_of_rule(when: When, now: datetime) -> tuple[datetime, frozenset[int]]:
    """The next moment of a rule, and its weekdays: midnight at the end of Friday is on Saturday."""
    days = repeats(when.day)
    if when.hour == MIDNIGHT:
        days = frozenset((day + 1) % 7 for day in days)
    return min(next_moment(moment, days, now) for moment in times(when)), days


def next_moment(moment: time, days: AbstractSet[int], now: datetime, skipped: Iterable[date] = ()) -> datetime:
    """The next moment of a rule after `now`, on none of the dates that are skipped."""
    left_out = frozenset(skipped)
    at = datetime.combine(now.date(), moment)
    while at <= now or at.weekday() not in days or at.date() in left_out:
        at += _A_DAY
    return at


def falls_on(at: datetime, days: AbstractSet[int], skipped: AbstractSet[date], day: str, now: datetime) -> bool:
    """Whether an alarm, next at `at` and repeating on `days`, rings on the `day` of `When`."""
    if rule := repeats(day):
        return days == rule
    if named := _listed(day):
        return bool(named & (days or {at.weekday()}))
    if day in _NIGHTS:
        night = now.date() + timedelta(days=_AHEAD.get(day, 0))
        end = datetime.combine(night + _A_DAY, time(_DAWN))
        return datetime.combine(night, time(_NOON)) <= at < end or (day == "tonight" and now < at < end)
    on = _date_of(day, now.date(), time(0), datetime.combine(now.date(), time(0)) - timedelta(seconds=1))
    return on is None or at.date() == on or (on > at.date() and on.weekday() in days and on not in skipped)


def _listed(text: str) -> frozenset[int]:
    names = text.split(" and ")
    return frozenset(map(_DAY_NAMES.index, names)) if all(name in _DAY_NAMES for name in names) else frozenset()


def _once(moment: time, when: When, now: datetime) -> datetime | None:
    """The coming moment; None if it has passed, or there is no such day."""
    later = _A_DAY if when.hour == MIDNIGHT else timedelta()
    early = moment.hour < _DAWN and when.hour != MIDNIGHT
    day = when.day
    if not day or (day == "tonight" and early):
        at = datetime.combine(now.date(), moment) + later
        return at if at > now else at + _A_DAY
    if day == "tomorrow night" and early:
        later = _A_DAY
    on = _date_of(day, now.date(), moment, now - later)
    if on is None:
        return None
    at = datetime.combine(on, moment) + later
    return at if at > now else None


def _date_of(day: str, today: date, moment: time, after: datetime) -> date | None:
    """The date of a day that is no rule; of a weekday or a date the first one whose `moment` is `after`."""
    if day in {"", "today", "tonight"}:
        return today
    if day in _AHEAD:
        return today + timedelta(days=_AHEAD[day])
    if match := _IN_DAYS.fullmatch(day):
        return today + timedelta(days=min(int(match[1]), MAX_DAYS_AHEAD))
    weekdays = _listed(day)
    return next_moment(moment, weekdays, after).date() if weekdays else _first_after(_dates(day, today), moment, after)


def _dates(day: str, today: date) -> list[tuple[int, int, int]]:
    """The coming days that a date means, as year, month and day; not all of them exist."""
    if match := _DATE.fullmatch(day):
        years = [int(match[1])] if match[1] else range(today.year, today.year + 9)
        return [(year, int(match[2]), int(match[3])) for year in years]
    if match := _DAY_OF_MONTH.fullmatch(day):
        months = range(today.month - 1, today.month + 12)
        return [(today.year + month // _NOON, month % _NOON + 1, int(match[1])) for month in months]
    return []


def _first_after(dates: Iterable[tuple[int, int, int]], moment: time, after: datetime) -> date | None:
    for year, month, number in dates:
        try:
            on = date(year, month, number)
        except ValueError:  # 30 February
            continue
        if datetime.combine(on, moment) > after:
            return on
    return None

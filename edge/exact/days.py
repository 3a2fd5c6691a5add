"""Days as questions name them, in a notation without words, and their dates. Pure.

A day is one of

    today                     date 2026-12-25           month-day 12-25 (of the coming year, or of the last one)
    weekday 4 (a Friday)      holiday easter 2027       nth 3 4 month+1 (the third Friday of next month)
    day 1 month+1             end month+0               end year+0
    season spring 2027        turn 0 (the coming March equinox; 1 to 3 are those that follow it)
    weekday-number 4 13 (Friday the 13th)

followed by any number of steps: "today ; + 3 week", "holiday christmas ; - 10 day", "holiday easter ; + 2 weekday-4"
(the second Friday after it), "holiday easter ; next" (the Easter after it). A month is "month+1" from now,
"12" (the coming one) or "2026-12"; a weekday may be "weekday 4 next" or "weekday 4 last", "this" and "previous" are of
this week and of the last one.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo
from functools import partial
from typing import Final

from edge.exact.holidays import NoDayError, holiday, nth_weekday
from edge.exact.seasons import quarter_of, turn_day
from edge.exact.working_days import after_work_days

_MAX_YEAR: Final = 4000
_WEEK = 7
_MONTHS = 12
_STEPS: Final = {"day": 1, "week": 7, "fortnight": 14}
_SOUTHERN: Final = frozenset(
    {"AR", "AU", "BO", "BR", "BW", "CL", "FJ", "MG", "MZ", "NA", "NZ", "PE", "PY", "UY", "ZA", "ZM", "ZW"}
)
"""Countries that lie wholly or mostly south of the equator and have four seasons or are asked about them."""
_MONTH_STEPS: Final = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Today:
    """What days are named from: the date, and where the speaker is. What is None is unknown.

    `country` and `region` are ISO 3166 codes; `zone` None is the time zone of the system, `latitude` is in degrees.
    """

    day: date
    country: str | None = None
    region: str | None = None
    zone: tzinfo | None = None
    latitude: float | None = None

    @property
    def southern(self) -> bool:
        """Whether the seasons are those of the south; where the place is not set, they are those of the north."""
        return self.latitude < 0 if self.latitude is not None else self.country in _SOUTHERN

    @property
    def north_assumed(self) -> bool:
        """Whether it is not known on which side of the equator the speaker is."""
        return self.latitude is None and self.country is None


def resolve(notation: str, today: Today, *, past: bool = False) -> date:
    """The date of a day. `past`: one that comes back every year or week is the last one, otherwise the next one.

    Raises `NoDayError`.
    """
    base, *steps = notation.split(" ; ")
    try:
        day = _base(base.split(), today, past=past)
        for step in steps:
            day = _the_one_after(base.split(), day, today) if step == "next" else _stepped(day, step, today)
    except (ValueError, OverflowError, IndexError) as error:
        if isinstance(error, NoDayError):
            raise
        raise NoDayError("no-such-day") from error
    return day


def month_of(written: str, today: date, *, past: bool = False) -> tuple[int, int]:
    """The year and the month of "month+1", "12", "2026-12" or "+1-12". Raises `ValueError`."""
    if written.startswith("month"):
        months = today.year * _MONTHS + today.month - 1 + int(written.removeprefix("month"))
        return months // _MONTHS, months % _MONTHS + 1
    if "-" in written:
        year, _, number = written.rpartition("-")
        return _year(today.year + int(year) if year[0] in "+-" else int(year)), int(number)
    month = int(written)
    if past:
        return today.year - (month > today.month), month
    return today.year + (month < today.month), month


def whole_months(begin: date, end: date) -> tuple[int, int]:
    """The months from `begin` to a later `end`, and the days that are left."""
    months = (end.year - begin.year) * _MONTHS + end.month - begin.month
    while _add_months(begin, months) > end:
        months -= 1
    return months, (end - _add_months(begin, months)).days


def _base(words: list[str], today: Today, *, past: bool) -> date:  # noqa: C901, PLR0911, PLR0912 - one return a kind of day
    now = today.day
    match words:
        case ["today"]:
            return now
        case ["date", written]:
            return date.fromisoformat(written)
        case ["month-day", written]:
            return _yearly(written, now, past=past)
        case ["weekday", weekday, *which]:
            return _weekday(int(weekday), which[0] if which else "", now, past=past)
        case ["weekday-number", weekday, number]:
            return _weekday_with_number(int(weekday), int(number), now, past=past)
        case ["holiday", name, *year]:
            return _one_of_each_year(lambda it: holiday(name, it, today.country), year, now, past=past)
        case ["nth", nth, weekday, month]:
            return nth_weekday(*month_of(month, now, past=past), int(nth), int(weekday))
        case ["nth-of-year", nth, weekday, year]:
            first = nth_weekday(_year(now.year + int(year) if year[0] in "+-" else int(year)), 1, 1, int(weekday))
            return first + timedelta(weeks=int(nth) - 1)
        case ["day", number, month]:
            return date(*month_of(month, now, past=past), int(number))
        case ["day", number]:
            return _this_month(int(number), now, past=past)
        case ["season", season, *year]:
            return _turn((quarter_of(season, southern=today.southern),), today, year, past=past)
        case ["turn", quarters, *year]:
            return _turn(tuple(map(int, quarters.split(","))), today, year, past=past)
        case ["end", span]:
            return _end(span, now)
        case _:
            raise NoDayError("no-such-day")


def _the_one_after(base: list[str], day: date, today: Today) -> date:
    """The next day of the kind of a base whose day is known: of the year behind it where the year is named."""
    *kind, year = base
    if re.fullmatch(r"\d{4}|[+-]\d", year):
        return _base([*kind, f"{day.year + 1}"], today, past=False)
    if (month := re.fullmatch(r"(?:\d{4}|[+-]\d)-(\d\d)(-\d\d)?", year)) is not None:
        return _base([*kind, f"{day.year + 1}-{month[1]}{month[2] or ''}"], today, past=False)
    return _base(base, replace(today, day=day + timedelta(days=1)), past=False)


def _turn(quarters: tuple[int, ...], today: Today, year: list[str], *, past: bool) -> date:
    """The day of the next or last one of some equinoxes and solstices."""
    days = (partial(turn_day, quarter=it, zone=today.zone) for it in quarters)
    found = [_one_of_each_year(it, year, today.day, past=past) for it in days]
    return max(found) if past else min(found)


def _one_of_each_year(day_in: Callable[[int], date], which: list[str], now: date, *, past: bool) -> date:
    """The day of a year ("2027", "+1"), the "last" one before today, or the next one."""
    match which:
        case [year] if year != "last":
            return day_in(_year(now.year + int(year) if year[0] in "+-" else int(year)))
    days = [day_in(year) for year in (now.year - 1, now.year, now.year + 1)]
    return max(it for it in days if it < now) if past or which else min(it for it in days if it >= now)


def _end(span: str, now: date) -> date:
    if span.startswith("year"):
        return date(_year(now.year + int(span.removeprefix("year"))), 12, 31)
    if span.startswith("week"):
        return now + timedelta(days=6 - now.weekday() + _WEEK * int(span.removeprefix("week")))
    year, month = month_of(span, now)
    return date(year, month, calendar.monthrange(year, month)[1])


def _yearly(written: str, now: date, *, past: bool) -> date:
    """A date without its year; February 29th is that of the next leap year."""
    month, day = map(int, written.split("-"))
    step = -1 if past else 1
    for year in range(now.year, now.year + 9 * step, step):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if (found < now) if past else (found >= now):
            return found
    raise NoDayError("no-such-day")


def _this_month(number: int, now: date, *, past: bool) -> date:
    """A day of the month, of this one or of the nearest other one that has it."""
    for months in range(_MONTHS):
        year, month = month_of(f"month{-months if past else months:+}", now)
        if number > calendar.monthrange(year, month)[1]:
            continue
        found = date(year, month, number)
        if (found < now) if past else (found >= now):
            return found
    raise NoDayError("no-such-day")


def _weekday(weekday: int, which: str, now: date, *, past: bool) -> date:
    """A weekday: the coming one, which may be today; the "next" one is in next week; the "last" one is before today."""
    ahead = (weekday - now.weekday()) % _WEEK
    if which == "last" or (past and not which):
        return now - timedelta(days=(now.weekday() - weekday) % _WEEK or _WEEK)
    if which == "next":
        return now + timedelta(days=_WEEK - now.weekday() + weekday)
    if which in {"this", "previous"}:
        return now + timedelta(days=weekday - now.weekday() - (_WEEK if which == "previous" else 0))
    if which == "after-next":
        return now + timedelta(days=(ahead or _WEEK) + _WEEK)
    return now + timedelta(days=ahead)


def _weekday_with_number(weekday: int, number: int, now: date, *, past: bool) -> date:
    """A day that is of this weekday and has this number in its month, such as Friday the 13th."""
    for months in range(_MONTHS * 40):
        year, month = month_of(f"month{-months if past else months:+}", now)
        if 0 < number <= calendar.monthrange(year, month)[1]:
            found = date(year, month, number)
            if found.weekday() == weekday and ((found < now) if past else (found >= now)):
                return found
    raise NoDayError("no-such-day")


def _stepped(day: date, step: str, today: Today) -> date:
    sign, count, unit = step.split()
    number = int(count) * (-1 if sign == "-" else 1)
    if unit.startswith("weekday-"):
        return _by_weekdays(day, number, int(unit[-1]))
    if unit == "work-day":
        return after_work_days(day, number, today.country, today.region)
    if unit in _MONTH_STEPS:
        return _add_months(day, number * _MONTH_STEPS[unit])
    return day + timedelta(days=number * _STEPS[unit])


def _by_weekdays(day: date, number: int, weekday: int) -> date:
    """The weekday that comes as the first, second, ... one after a day, or before it."""
    if number > 0:
        return day + timedelta(days=(weekday - day.weekday() - 1) % _WEEK + 1 + _WEEK * (number - 1))
    return day - timedelta(days=(day.weekday() - weekday - 1) % _WEEK + 1 - _WEEK * (number + 1))


def _add_months(day: date, months: int) -> date:
    """The same day of another month, or its last one."""
    count = day.year * _MONTHS + day.month - 1 + months
    year, month = _year(count // _MONTHS), count % _MONTHS + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _year(year: int) -> int:
    if not 1 <= year <= _MAX_YEAR:
        raise NoDayError("no-such-day")
    return year

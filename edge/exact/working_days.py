"""Working days: those from Monday to Friday that are no public holiday, where the holidays are known."""

from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from typing import Final

from edge.exact.holidays import NoDayError
from edge.exact.public_holidays import Land, UnknownHolidaysError, public_holidays

_WEEK: Final = 7
_FRIDAY: Final = 4
_MAX_STEPS: Final = 100_000
_MAX_YEARS: Final = 40
"""Holidays of longer spans are not looked up: each year takes milliseconds."""


def days_off(country: str | None, region: str | None, first: date, last: date) -> AbstractSet[date] | None:
    """The public holidays from `first` to `last`, by ISO 3166 codes; None where they are not known."""
    if country is None or last.year - first.year > _MAX_YEARS:
        return None
    try:
        return public_holidays(Land(country, region), first, last).keys()
    except UnknownHolidaysError:
        return None


def work_days(begin: date, end: date, off: AbstractSet[date] = frozenset()) -> int:
    """The working days from `begin` up to the day before `end`; negative if `end` is earlier. `off` are holidays."""
    if end < begin:
        return -work_days(end, begin, off)
    weeks, rest = divmod((end - begin).days, _WEEK)
    whole = weeks * (_FRIDAY + 1) + sum((begin.weekday() + it) % _WEEK <= _FRIDAY for it in range(rest))
    return whole - sum(begin <= it < end and it.weekday() <= _FRIDAY for it in off)


def is_work_day(day: date, off: AbstractSet[date] = frozenset()) -> bool:
    """Whether a day is one."""
    return day.weekday() <= _FRIDAY and day not in off


def after_work_days(day: date, number: int, country: str | None, region: str | None) -> date:
    """The day that is some working days later, or earlier if `number` is negative. Raises `NoDayError`."""
    if abs(number) > _MAX_STEPS:
        raise NoDayError("no-such-day")
    reach = timedelta(days=abs(number) * 2 + 30)
    off = days_off(country, region, day - reach, day + reach) or frozenset()
    step = 1 if number > 0 else -1
    while number:
        day += timedelta(days=step)
        if is_work_day(day, off):
            number -= step
    return day

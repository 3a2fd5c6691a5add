"""Replies about dates. See `edge.nlu.exact_date_replies`."""

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

from edge.nlu.en.clock import MONTH_NAMES, WEEKDAY_NAMES, ordinal, spoken_date, spoken_list
from edge.nlu.exact_date_replies import Amount

_NO_DAY: Final = {
    "no-such-day": "There is no such day.",
    "unknown-day": "I don't know when that is in your country.",
    "country-needed": "That day is another one in each country, and I don't know yours: it is missing in my settings.",
}
_NTH: Final = ("first", "second", "third", "fourth")


def no_day(why: str) -> str:
    """See `DateReplies.no_day`."""
    return _NO_DAY[why]


def weekday(day: date, today: date) -> str:
    """See `DateReplies.weekday`."""
    name = WEEKDAY_NAMES[day.weekday()]
    if day == today:
        return f"Today is {name}, {MONTH_NAMES[day.month - 1]} {ordinal(day.day)}."
    said = f"{MONTH_NAMES[day.month - 1]} {ordinal(day.day)}, {day.year}"
    return f"{said} {'was' if day < today else 'is'} a {name}."


def date_is(day: date, today: date) -> str:
    """See `DateReplies.date_is`."""
    return f"That's today, {_named(day, today)}." if day == today else f"{_was(day, today)} {_named(day, today)}."


def until(day: date, today: date, amounts: Sequence[Amount]) -> str:
    """See `DateReplies.until`."""
    if day == today:
        return f"That's today, {_named(day, today)}."
    if day < today:
        return f"That was {_listed(amounts)} ago, on {_named(day, today)}."
    return f"It's {_listed(amounts)} until {_named(day, today)}."


def since(day: date, today: date, amounts: Sequence[Amount]) -> str:
    """See `DateReplies.since`."""
    if day == today:
        return f"That's today, {_named(day, today)}."
    if day > today:
        return f"That is {_listed(amounts)} from now, on {_named(day, today)}."
    return f"It's {_listed(amounts)} since {_named(day, today)}."


def between(begin: date, end: date, today: date, amounts: Sequence[Amount]) -> str:
    """See `DateReplies.between`."""
    return f"From {_named(begin, today)} to {_named(end, today)}, it's {_listed(amounts)}."


def age(years: int) -> str:
    """See `DateReplies.age`."""
    return f"{years} year{'' if years == 1 else 's'} old."


def age_from_year(years: int, when: int, *, now: bool) -> str:
    """See `DateReplies.age_from_year`."""
    if now:
        return f"They turn {years} this year: {years} after the birthday, {max(0, years - 1)} before it."
    return f"They turn {years} in {when}."


def born(year: int) -> str:
    """See `DateReplies.born`."""
    return f"In {year}, or in {year - 1} if the birthday is still to come this year."


def leap_year(year: int, leap: bool, this_year: int) -> str:
    """See `DateReplies.leap_year`."""
    verb = "was" if year < this_year else "is"
    return f"{'Yes' if leap else 'No'}, {year} {verb} {'a' if leap else 'no'} leap year."


def holidays_left_out(*, known: bool) -> str:
    """See `DateReplies.holidays_left_out`."""
    return (
        "Public holidays are left out." if known else "Public holidays are counted, because I don't know my country's."
    )


def days_in_year(year: int, days: int, this_year: int) -> str:
    """See `DateReplies.days_in_year`."""
    return f"{year} {'had' if year < this_year else 'has'} {days} days."


def next_leap_year(year: int) -> str:
    """See `DateReplies.next_leap_year`."""
    return f"The next leap year is {year}."


def days_in_month(year: int, month: int, days: int, *, any_year: bool) -> str:
    """See `DateReplies.days_in_month`."""
    name = MONTH_NAMES[month - 1]
    if any_year:
        return f"{name} has 28 days, and 29 in a leap year. In {year} it has {days}."
    return f"{name} has {days} days." if month != 2 else f"{name} {year} has {days} days."  # noqa: PLR2004 - February


def in_month(year: int, month: int, amount: Amount) -> str:
    """See `DateReplies.in_month`."""
    return f"{MONTH_NAMES[month - 1]} {year} has {_listed([amount])}."


def week(day: date, week: int, today: date) -> str:
    """See `DateReplies.week`."""
    return f"It's week {week}." if day == today else f"{_named(day, today)} is in week {week}."


def day_of_year(day: date, number: int, days: int, today: date) -> str:
    """See `DateReplies.day_of_year`."""
    return f"{'Today' if day == today else _named(day, today)} is day {number} of {days}."


def quarter(day: date, quarter: int, today: date) -> str:
    """See `DateReplies.quarter`."""
    subject = "We are" if day == today else f"{_named(day, today)} is"
    return f"{subject} in the {_NTH[quarter - 1]} quarter."


def century(century: int) -> str:
    """See `DateReplies.century`."""
    return f"It's the {ordinal(century)} century."


def month(month: int, which: Literal["now", "next"]) -> str:
    """See `DateReplies.month`."""
    return f"{'It is' if which == 'now' else 'The next month is'} {MONTH_NAMES[month - 1]}."


def month_number(month: int) -> str:
    """See `DateReplies.month_number`."""
    return f"{MONTH_NAMES[month - 1]} is the {ordinal(month)} month."


def is_it(day: date, today: date, *, holds: bool) -> str:
    """See `DateReplies.is_it`."""
    of_a_year = f", {day.year}," if day.year != today.year else ""
    subject = "today" if day == today else f"{MONTH_NAMES[day.month - 1]} {ordinal(day.day)}{of_a_year}"
    said = f"{subject} {'was' if day < today else 'is'} a {WEEKDAY_NAMES[day.weekday()]}"
    if day == today:
        said = f"today is {_named(day, today)}"
    return f"{'Yes' if holds else 'No'}, {said}."


def _named(day: date, today: date) -> str:
    return spoken_date(day) + (f", {day.year}" if day.year != today.year else "")


def _was(day: date, today: date) -> str:
    return "That was" if day < today else "That's"


def _listed(amounts: Sequence[Amount]) -> str:
    return spoken_list([_amount(it) for it in amounts])


def _amount(amount: Amount) -> str:
    count = abs(int(amount.value))
    if amount.unit.startswith("weekday-"):
        unit = WEEKDAY_NAMES[int(amount.unit[-1])]
    else:
        unit = {"work-day": "working day"}.get(amount.unit, amount.unit)
    return f"{count:,} {unit}{'' if count == 1 else 's'}"

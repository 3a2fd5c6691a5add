"""The replies to questions about dates in one language. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of a unit of `edge.exact.units`, or of days: "work-day", "weekend", "weekday-4" (Fridays)."""

    value: Fraction
    unit: str


class DateReplies(Protocol):
    """Dates are named with their weekday, and with their year if it is not the present one."""

    def no_day(self, why: str) -> str:
        """There is no such day ("no-such-day"), it is unknown ("unknown-day"), or another one in each country."""
        ...

    def weekday(self, day: date, today: date) -> str:
        """The weekday of a date."""
        ...

    def date_is(self, day: date, today: date) -> str:
        """The date of a day."""
        ...

    def until(self, day: date, today: date, amounts: Sequence[Amount]) -> str:
        """How long it is until a day; negative amounts if it is over."""
        ...

    def since(self, day: date, today: date, amounts: Sequence[Amount]) -> str:
        """How long ago a day was."""
        ...

    def between(self, begin: date, end: date, today: date, amounts: Sequence[Amount]) -> str:
        """How long it is from one day to another."""
        ...

    def age(self, years: int) -> str:
        """The age of someone whose birthday is known."""
        ...

    def age_from_year(self, years: int, when: int, *, now: bool) -> str:
        """The age that someone reaches in the year `when`, which is the present one if `now`."""
        ...

    def born(self, year: int) -> str:
        """The year in which someone was born who has that age by its end."""
        ...

    def leap_year(self, year: int, leap: bool, this_year: int) -> str:
        """Whether a year is a leap year."""
        ...

    def holidays_left_out(self, *, known: bool) -> str:
        """That public holidays are no working days; not `known`: that they were counted, because the country is not."""
        ...

    def days_in_year(self, year: int, days: int, this_year: int) -> str:
        """How many days a year has."""
        ...

    def next_leap_year(self, year: int) -> str:
        """The next leap year."""
        ...

    def days_in_month(self, year: int, month: int, days: int, *, any_year: bool) -> str:
        """The days of a month; `any_year`: of February, without its year."""
        ...

    def in_month(self, year: int, month: int, amount: Amount) -> str:
        """How many working days or Fridays a month has."""
        ...

    def week(self, day: date, week: int, today: date) -> str:
        """The number of the week of a day by ISO 8601."""
        ...

    def day_of_year(self, day: date, number: int, days: int, today: date) -> str:
        """Which day of the year a day is, of so many."""
        ...

    def quarter(self, day: date, quarter: int, today: date) -> str:
        """The quarter of a day."""
        ...

    def century(self, century: int) -> str:
        """The present century."""
        ...

    def month(self, month: int, which: Literal["now", "next"]) -> str:
        """The present or the next month."""
        ...

    def month_number(self, month: int) -> str:
        """Which month of the year a month is."""
        ...

    def is_it(self, day: date, today: date, *, holds: bool) -> str:
        """Whether a day is what was asked, and which day it is."""
        ...

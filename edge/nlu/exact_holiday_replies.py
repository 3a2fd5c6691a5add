"""The replies to questions about public holidays and seasons in one language. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, Protocol

Season = Literal["spring", "summer", "autumn", "winter"]
Turn = Literal["spring", "summer", "autumn", "winter", "longest", "shortest", "equinox", "solstice"]
"""The beginning of a season; the day that is the longest or the shortest one; an equinox or a solstice of any kind."""


class HolidayReplies(Protocol):
    """Days off by law are called public holidays; those that only some regions have are never counted."""

    def country_missing(self) -> str:
        """Nobody can say whose holidays are meant: which setting is needed."""
        ...

    def country_unknown(self) -> str:
        """The holidays of the country or region are not known."""
        ...

    def next_holiday(self, day: date, name: str, today: date, *, nth: int, parts_before: bool) -> str:
        """The next public holiday, or the `nth` one; `parts_before`: parts of the country have one before it."""
        ...

    def last_holiday(self, day: date, name: str, today: date, *, parts_after: bool) -> str:
        """The most recent public holiday before today; `parts_after`: parts of the country had one after it."""
        ...

    def is_holiday(self, day: date, name: str | None, today: date, *, in_parts: bool) -> str:
        """Whether a day is a public holiday and which; `in_parts`: only parts of the country have it."""
        ...

    def holidays_listed(self, found: Mapping[date, str], today: date, *, more_in_parts: bool) -> str:
        """The public holidays of a time; `more_in_parts`: parts of the country have more."""
        ...

    def holidays_counted(self, count: int, on_weekdays: int, *, more_in_parts: bool) -> str:
        """How many public holidays a time has, and how many of them are on working days."""
        ...

    def turn(self, which: Turn, day: date, today: date, *, north_assumed: bool) -> str:
        """The day of an equinox or a solstice, asked for as `which`.

        `north_assumed`: nobody knows on which side of the equator the speaker is.
        """
        ...

    def season(self, season: Season, following: Season, begins: date, today: date, *, north_assumed: bool) -> str:
        """The season that it is, and when the following one begins."""
        ...

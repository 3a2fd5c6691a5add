"""The replies to questions about times of day, the sun and the moon in one language. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol


class ClockReplies(Protocol):
    """Moments are in the local time of the place that is named; "here" is the place of the speaker."""

    def time_now(self, now: datetime) -> str:
        """The time here."""
        ...

    def time_there(self, place: str, times: Sequence[tuple[str, datetime]], now: datetime) -> str:
        """The time in a place, or in the zones of one that has several, by their names in the tz database."""
        ...

    def date_there(self, place: str, there: datetime) -> str:
        """The date in a place."""
        ...

    def time_when(self, source: str, moment: datetime, place: str, there: datetime) -> str:
        """A moment in two places."""
        ...

    def time_difference(self, source: str, place: str, ahead: timedelta) -> str:
        """How far `place` is ahead of `source`."""
        ...

    def time_zone(self, place: str, name: str, offset: timedelta) -> str:
        """The time zone of a place."""
        ...

    def duration(self, minutes: int, unit: str) -> str:
        """The time between two times of day; `unit`: "hour", "minute", or empty."""
        ...

    def moment(self, moment: datetime, now: datetime) -> str:
        """A time before or after now."""
        ...

    def time_of_day(self, moment: datetime, *, half_known: bool) -> str:
        """A time before or after another one; not `half_known`: of the morning or of the evening."""
        ...

    def time_until(self, minutes: int, unit: str) -> str:
        """How long it is until a time."""
        ...

    def on_a_face(self, hour: int, minute: int, *, twelve: bool) -> str:
        """A time on a clock of twelve or of 24 hours."""
        ...

    def clocks_change(self, day: date, by: timedelta, today: date) -> str:
        """When the clocks change, and by how much."""
        ...

    def no_clock_change(self) -> str:
        """The clocks never change here."""
        ...

    def no_position(self) -> str:
        """The place of the speaker is not in its settings."""
        ...

    def sun(self, event: str, moment: datetime, now: datetime) -> str:
        """When the sun rises or sets ("sunrise", "sunset", "dawn", "dusk")."""
        ...

    def no_sun(self, event: str, day: date, today: date) -> str:
        """The sun does not do that on that day."""
        ...

    def daylight(self, length: timedelta, day: date, today: date) -> str:
        """How long the sun is up."""
        ...

    def moon_phase(self, quarter: int, lit: float) -> str:
        """The phase of the moon: its quarter from new moon on, and the share of it that is lit."""
        ...

    def next_moon(self, phase: str, day: date, today: date) -> str:
        """When the moon is "full" or "new"."""
        ...

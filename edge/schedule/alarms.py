"""Alarms: a pure model. They follow the wall clock, through time zones, daylight saving and corrections.

An alarm waits for a local date and time, and is due once the local clock shows it or a later one. So an alarm at 2:30
in a night that skips from 2 to 3 rings at 3, and in one that has 2:30 twice it rings the first time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal

from edge.runtime.clock import Clock
from edge.schedule.when import MAX_DAYS_AHEAD, When, falls_on, first_of_rule, moments, next_moment, repeats
from edge.schedule.when import times as times_of

MAX_ALARMS = 50
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm: `at` is its next local date and time, without a zone; it repeats on `days` (0 is Monday).

    A repeating one leaves out the dates `skipped`. `message` is what a reminder says; an alarm has none.
    """

    id: int
    at: datetime
    days: frozenset[int] = frozenset()
    name: str = ""
    message: str | None = None
    skipped: frozenset[date] = field(default_factory=frozenset)


class Alarms:
    """The alarms and reminders that are set, next first."""

    def __init__(self, clock: Clock, alarms: Sequence[Alarm] = ()) -> None:
        self._clock = clock
        self._alarms = {alarm.id: alarm for alarm in alarms}
        self._last_id = max(self._alarms, default=0)

    def __len__(self) -> int:
        return len(self._alarms)

    def all(self) -> list[Alarm]:
        """Every alarm and reminder, next first."""
        return sorted(self._alarms.values(), key=lambda alarm: (alarm.at, alarm.id))

    def set(self, when: When, name: str = "", message: str | None = None) -> list[Alarm]:
        """Set an alarm for the next matching time, one each for several weekdays.

        None is set if the time has passed ("today" at an earlier time), or there is no such day.
        """
        now = self.local_now()
        if repeats(when.day):
            at, days = first_of_rule(when, now)
            return [self.add(at, days, name, message)]
        return [self.add(at, frozenset(), name, message) for at in moments(when, now)]

    def add(
        self, at: datetime, days: frozenset[int] = frozenset(), name: str = "", message: str | None = None
    ) -> Alarm:
        """Set an alarm for exactly this moment."""
        self._last_id += 1
        return self._put(Alarm(self._last_id, at, days, name, message))

    def change(self, alarm: Alarm, when: When | None, day: str) -> Alarm | None:
        """Give it another time, another day or both, and keep the rest; None if that has passed.

        A time that may be in either half of the day is in the half that the alarm was in.
        """
        now = self.local_now()
        if when is None:
            when = When((alarm.at.hour - 1) % 12 + 1, alarm.at.minute, _meridiem(alarm.at), day)
        elif when.meridiem is None and 0 < when.hour <= 12:  # noqa: PLR2004 - of a clock
            when = replace(when, meridiem=_meridiem(alarm.at))
        if repeats(when.day):
            at, days = first_of_rule(when, now)
            return self._put(replace(alarm, at=at, days=days, skipped=frozenset()))
        if when.day:
            at_once = moments(when, now)
            return self._put(replace(alarm, at=at_once[0], days=frozenset())) if at_once else None
        moment = times_of(when)[0]
        if alarm.days:
            return self._put(replace(alarm, at=next_moment(moment, alarm.days, now, alarm.skipped)))
        at = datetime.combine(alarm.at.date(), moment)
        return self._put(replace(alarm, at=at if at > now else moments(when, now)[0]))

    def shift(self, alarm: Alarm, seconds: float) -> Alarm | None:
        """Let it ring so much later, or earlier if negative; None if that has passed."""
        at = alarm.at + timedelta(seconds=seconds)
        now = self.local_now()
        if alarm.days:
            moved = (at.date() - alarm.at.date()).days
            days = frozenset((day + moved) % 7 for day in alarm.days)
            return self._put(replace(alarm, at=next_moment(at.time(), days, now), days=days, skipped=frozenset()))
        return self._put(replace(alarm, at=at)) if at > now else None

    def skip(self, alarm: Alarm, day: str = "") -> datetime:
        """Leave out one day of a repeating alarm: the next one, or the one that is meant by `day` of `When`.

        Returns the moment at which it will not ring.
        """
        now = self.local_now()
        on = alarm.at
        for _ in range(MAX_DAYS_AHEAD):
            if not day or falls_on(on, frozenset(), frozenset(), day, now):
                break
            on = next_moment(alarm.at.time(), alarm.days, on)
        skipped = frozenset({*(it for it in alarm.skipped if it >= now.date()), on.date()})
        at = next_moment(alarm.at.time(), alarm.days, now, skipped)
        self._put(replace(alarm, at=at, skipped=skipped))
        return on

    def find(self, *, when: When | None = None, day: str = "", name: str = "") -> list[Alarm]:
        """The alarms, no reminders, at that time, on that day and of that name; all if none of these is given."""
        now = self.local_now()
        times = None if when is None else set(times_of(replace(when, wake=False, day="")))
        return [
            alarm
            for alarm in self.all()
            if alarm.message is None
            and (times is None or alarm.at.time() in times)
            and (not day or falls_on(alarm.at, alarm.days, alarm.skipped, day, now))
            and (not name or alarm.name.casefold() == name.casefold())
        ]

    def remove(self, alarm: Alarm) -> None:
        """Remove an alarm."""
        self._alarms.pop(alarm.id, None)

    def soonest(self) -> Alarm | None:
        """The next alarm or reminder."""
        now = self.local_now()
        for alarm in list(self._alarms.values()):
            # If a clock that was ahead is set back, a repeating alarm must not stay silent for months.
            if alarm.days and alarm.at - now > _WEEK * (1 + len(alarm.skipped)):
                self._put(replace(alarm, at=next_moment(alarm.at.time(), alarm.days, now, alarm.skipped)))
        return next(iter(self.all()), None)

    def left_s(self, alarm: Alarm) -> float:
        """Seconds of local time until it rings; negative if it is overdue."""
        return (alarm.at - self.local_now()).total_seconds()

    def rung(self, alarm: Alarm) -> None:
        """After an alarm has rung: set a repeating one for its next day, remove any other."""
        if alarm.days:
            now = self.local_now()
            skipped = frozenset(day for day in alarm.skipped if day >= now.date())
            at = next_moment(alarm.at.time(), alarm.days, now, skipped)
            self._put(replace(alarm, at=at, skipped=skipped))
        else:
            self.remove(alarm)

    def local_now(self) -> datetime:
        """The local date and time, without a zone."""
        return self._clock.now().replace(tzinfo=None)

    def _put(self, alarm: Alarm) -> Alarm:
        self._alarms[alarm.id] = alarm
        return alarm


def _meridiem(at: datetime) -> Literal["am", "pm"]:
    return "pm" if at.hour >= 12 else "am"  # noqa: PLR2004 - noon

"""Alarms: a pure model. They follow the wall clock, through time zones, daylight saving and corrections.

An alarm waits for a local date and time, and is due once the local clock shows it or a later one. So an alarm at 2:30
in a night that skips from 2 to 3 rings at 3, and in one that has 2:30 twice it rings the first time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Literal

from edge.runtime.clock import Clock

MAX_ALARMS = 50
EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
WEEKENDS = frozenset({5, 6})
_WEEK = timedelta(days=7)
_NOON = 12
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_REPEATS = {"every day": EVERY_DAY, "weekdays": WEEKDAYS, "weekends": WEEKENDS} | {
    f"every {name}": frozenset({day}) for day, name in enumerate(_DAY_NAMES)
}


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm: `at` is its next local date and time, without a zone; it repeats on `days` (0 is Monday)."""

    id: int
    at: datetime
    days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class When:
    """The spoken time of an alarm. Without `meridiem`, an hour of 1 to 12 may be in either half of the day.

    `day` is empty, "today", "tomorrow", "day after tomorrow", a weekday, "every monday"..., "every day", "weekdays" or
    "weekends".
    `wake`: it is a wake-up alarm, so five to eleven are in the morning.
    """

    hour: int
    minute: int
    meridiem: Literal["am", "pm"] | None = None
    day: str = ""
    wake: bool = False


class Alarms:
    """The alarms that are set, next first."""

    def __init__(self, clock: Clock, alarms: Sequence[Alarm] = ()) -> None:
        self._clock = clock
        self._alarms = {alarm.id: alarm for alarm in alarms}
        self._last_id = max(self._alarms, default=0)

    def __len__(self) -> int:
        return len(self._alarms)

    def all(self) -> list[Alarm]:
        """Every alarm, next first."""
        return sorted(self._alarms.values(), key=lambda alarm: (alarm.at, alarm.id))

    def set(self, when: When) -> Alarm | None:
        """Set an alarm for the next matching time; None if that has passed ("today" at an earlier time)."""
        now = self.local_now()
        days = _REPEATS.get(when.day, frozenset())
        fitting = [
            at
            for moment in _times(when)
            if (at := _next(moment, days, now) if days else _once(moment, when.day, now)) is not None
        ]
        if not fitting:
            return None
        self._last_id += 1
        alarm = Alarm(self._last_id, min(fitting), days)
        self._alarms[alarm.id] = alarm
        return alarm

    def find(self, *, when: When | None = None, day: str = "") -> list[Alarm]:
        """The alarms at that time and on that day; all alarms if neither is given."""
        now = self.local_now()
        times = None if when is None else set(_times(replace(when, wake=False, day="")))
        return [
            alarm
            for alarm in self.all()
            if (times is None or alarm.at.time() in times) and (not day or _falls_on(alarm, day, now))
        ]

    def remove(self, alarm: Alarm) -> None:
        """Remove an alarm."""
        self._alarms.pop(alarm.id, None)

    def clear(self) -> int:
        """Remove all alarms; returns how many there were."""
        count = len(self._alarms)
        self._alarms.clear()
        return count

    def soonest(self) -> Alarm | None:
        """The next alarm."""
        now = self.local_now()
        for alarm in list(self._alarms.values()):
            # If a clock that was ahead is set back, a repeating alarm must not stay silent for months.
            if alarm.days and alarm.at - now > _WEEK:
                self._alarms[alarm.id] = replace(alarm, at=_next(alarm.at.time(), alarm.days, now))
        return next(iter(self.all()), None)

    def left_s(self, alarm: Alarm) -> float:
        """Seconds of local time until it rings; negative if it is overdue."""
        return (alarm.at - self.local_now()).total_seconds()

    def rung(self, alarm: Alarm) -> None:
        """After an alarm has rung: set a repeating one for its next day, remove any other."""
        if alarm.days:
            self._alarms[alarm.id] = replace(alarm, at=_next(alarm.at.time(), alarm.days, self.local_now()))
        else:
            self.remove(alarm)

    def local_now(self) -> datetime:
        """The local date and time, without a zone."""
        return self._clock.now().replace(tzinfo=None)


def _times(when: When) -> list[time]:
    """The possible times of day; only one if it is much more likely than the other."""
    hour = when.hour % 24
    if when.meridiem is not None and when.hour <= _NOON:
        return [time(hour % _NOON + (_NOON if when.meridiem == "pm" else 0), when.minute)]
    if when.meridiem is not None or not 0 < hour <= _NOON:
        return [time(hour, when.minute)]
    morning, evening = time(hour % _NOON, when.minute), time(hour % _NOON + _NOON, when.minute)
    if when.wake and 3 < hour < _NOON:  # noqa: PLR2004 - "wake me at four" is not meant for the afternoon
        return [morning]
    if when.day and when.day != "today":
        return [morning if 4 < hour < _NOON else evening]  # noqa: PLR2004 - five to eleven
    return [morning, evening]


def _once(moment: time, day: str, now: datetime) -> datetime | None:
    at = datetime.combine(now.date(), moment)
    if day in _DAY_NAMES:
        at += timedelta(days=(_DAY_NAMES.index(day) - now.weekday()) % 7)
        return at if at > now else at + _WEEK
    if day in {"tomorrow", "day after tomorrow"}:
        return at + timedelta(days=1 if day == "tomorrow" else 2)
    if at > now:
        return at
    return None if day == "today" else at + timedelta(days=1)


def _next(moment: time, days: frozenset[int], now: datetime) -> datetime:
    at = datetime.combine(now.date(), moment)
    while at <= now or at.weekday() not in days:
        at += timedelta(days=1)
    return at


def _falls_on(alarm: Alarm, day: str, now: datetime) -> bool:
    if day in _REPEATS:
        return alarm.days == _REPEATS[day]
    if day in _DAY_NAMES:
        return _DAY_NAMES.index(day) in (alarm.days or {alarm.at.weekday()})
    ahead = {"today": 0, "tomorrow": 1, "day after tomorrow": 2}.get(day)
    if ahead is None:
        return True
    wanted = now.date() + timedelta(days=ahead)
    return alarm.at.date() == wanted or wanted.weekday() in alarm.days

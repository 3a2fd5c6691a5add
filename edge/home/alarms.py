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
    """One alarm: `at` is its next local date and time, without a zone; `days` (0 is Monday) those it comes back on."""

    id: int
    at: datetime
    days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class When:
    """When an alarm is wanted, as it was said. Without `meridiem` an hour of 1 to 12 is either half of the day.

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
        """Set one for the next time that fits; None when that is over ("today" at a time that has passed)."""
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
        """Those at that time and on that day; all of them when neither is given."""
        now = self.local_now()
        times = None if when is None else set(_times(replace(when, wake=False, day="")))
        return [
            alarm
            for alarm in self.all()
            if (times is None or alarm.at.time() in times) and (not day or _falls_on(alarm, day, now))
        ]

    def remove(self, alarm: Alarm) -> None:
        """Forget it."""
        self._alarms.pop(alarm.id, None)

    def clear(self) -> int:
        """Forget all; how many there were."""
        count = len(self._alarms)
        self._alarms.clear()
        return count

    def soonest(self) -> Alarm | None:
        """The next alarm."""
        now = self.local_now()
        for alarm in list(self._alarms.values()):
            # A clock that had run ahead and was set back must not silence a repeating alarm for months.
            if alarm.days and alarm.at - now > _WEEK:
                self._alarms[alarm.id] = replace(alarm, at=_next(alarm.at.time(), alarm.days, now))
        return next(iter(self.all()), None)

    def left_s(self, alarm: Alarm) -> float:
        """Seconds of local time until it rings; negative when it should have."""
        return (alarm.at - self.local_now()).total_seconds()

    def rung(self, alarm: Alarm) -> None:
        """It rang: a repeating one is set for its next day, another one is forgotten."""
        if alarm.days:
            self._alarms[alarm.id] = replace(alarm, at=_next(alarm.at.time(), alarm.days, self.local_now()))
        else:
            self.remove(alarm)

    def local_now(self) -> datetime:
        """The local date and time, without a zone."""
        return self._clock.now().replace(tzinfo=None)


def _times(when: When) -> list[time]:
    """The times of day that may be meant, the likelier one alone where one is much likelier."""
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

"""Timers, alarms, reminders and delayed commands: what waits for its moment, kept over a restart."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Ring:
    """A timer ran out, an alarm is due, or a reminder, which waits like one of them.

    `text` is to be spoken ("Your pasta timer is done."), `name` is the timer's or alarm's name (may be empty).
    `missed`: it ran out while the device was off, or the clock skipped it; it is announced once and does not ring.
    `once`: a reminder rings and says its text one time, not for minutes.
    """

    kind: Literal["timer", "alarm"]
    name: str
    text: str
    missed: bool = False
    once: bool = False


@dataclass(frozen=True, slots=True)
class PendingTimer:
    """A timer that has not rung: its label ("pasta timer"), what it was set to, and what is left, in seconds."""

    id: int
    label: str
    seconds: int
    left_s: float
    paused: bool


@dataclass(frozen=True, slots=True)
class PendingAlarm:
    """An alarm: its next local date and time, and the weekdays (0 is Monday) on which it repeats.

    `label` says what it is: "alarm", "gym alarm", "reminder to call mum".
    """

    id: int
    at: datetime
    days: frozenset[int]
    label: str


class Schedule(Protocol):
    """Waits for timers and alarms, without the network."""

    def pending(self) -> tuple[tuple[PendingTimer, ...], tuple[PendingAlarm, ...]]:
        """The timers and the alarms that are set, the soonest first, paused timers last."""
        ...

    def watch(self, changed: Callable[[], None]) -> None:
        """Call `changed` on the event loop after each change of `pending`, also when something rings."""
        ...

    async def set_timer(self, seconds: int, name: str = "") -> None:
        """Start a timer. Raises `HomeError` "timer-invalid" (its length), "timers-full" or "schedule-not-saved"."""
        ...

    async def set_alarm(self, at: datetime | time, days: frozenset[int] = frozenset(), name: str = "") -> None:
        """Set an alarm for a local date and time, for the next time of day, or for a time on `days` (0 is Monday).

        Raises `HomeError` "alarm-past", "alarm-invalid" (a date and days), "alarms-full" or "schedule-not-saved".
        """
        ...

    async def cancel_timer(self, number: int | None) -> None:
        """Cancel the timer or reminder with this id; None: all. Raises `HomeError` "timer-unknown"."""
        ...

    async def cancel_alarm(self, number: int | None) -> None:
        """Cancel the alarm or reminder with this id, with all its days; None: all. Raises "alarm-unknown"."""
        ...

    async def run(self, ring: Callable[[Ring], Awaitable[None]]) -> None:
        """Call `ring` for each timer and alarm that is due, one after another, until cancelled.

        `ring` returns when the ringing was stopped or has lasted long enough. A ring that is cancelled is announced
        again after the next start. An exception from `ring` is logged.
        """
        ...

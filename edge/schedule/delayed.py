"""Commands that wait for their moment: a model without effects. They do not ring.

One that waits for a length of time is kept as a `Timer`, one that waits for a time of day as an `Alarm`; the `name` is
what was said, the `message` the command (`edge.nlu.delayed.packed`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from edge.runtime.clock import Clock
from edge.schedule.alarms import Alarm, Alarms
from edge.schedule.timers import Timer, Timers

MAX_DELAYED: Final = 50

MISSED_S: Final = 180.0
"""A command that is found later than this is announced and not carried out."""


@dataclass(frozen=True, slots=True)
class AfterTimer:
    """A command that is carried out when a timer rings. It goes where the timer goes: paused, longer, cancelled."""

    timer_id: int
    said: str
    command: str


Waiting = Timer | Alarm | AfterTimer


@dataclass(frozen=True, slots=True)
class KeptDelayed:
    """The commands that were saved."""

    timers: Sequence[Timer] = ()
    alarms: Sequence[Alarm] = ()
    after: Sequence[AfterTimer] = field(default_factory=tuple)


class DelayedCommands:
    """The commands that wait."""

    def __init__(self, clock: Clock, kept: KeptDelayed) -> None:
        self.timers = Timers(clock, kept.timers)
        self.alarms = Alarms(clock, kept.alarms)
        self.after = list(kept.after)

    def __len__(self) -> int:
        return len(self.timers) + len(self.alarms) + len(self.after)

    def all(self) -> list[Waiting]:
        """Every command, the soonest first, those that wait for a timer last."""
        timed: list[tuple[float, Waiting]] = [
            *((self.timers.left_s(it), it) for it in self.timers.all()),
            *((self.alarms.left_s(it), it) for it in self.alarms.all()),
        ]
        return [*(it for _, it in sorted(timed, key=lambda pair: pair[0])), *self.after]

    def next(self) -> tuple[Timer | Alarm, float] | None:
        """The command that is due first, and in how many seconds; negative if it is overdue."""
        timer, alarm = self.timers.soonest(), self.alarms.soonest()
        both: list[tuple[Timer | Alarm, float]] = []
        if timer is not None:
            both.append((timer, self.timers.left_s(timer)))
        if alarm is not None:
            both.append((alarm, self.alarms.left_s(alarm)))
        return min(both, key=lambda pair: pair[1], default=None)

    def passed(self, due: Timer | Alarm) -> None:
        """The moment of a command has passed: remove it, or let it wait for its next day."""
        if isinstance(due, Timer):
            self.timers.remove(due)
        else:
            self.alarms.rung(due)

    def remove(self, waiting: Waiting) -> None:
        """Forget a command."""
        match waiting:
            case Timer():
                self.timers.remove(waiting)
            case Alarm():
                self.alarms.remove(waiting)
            case AfterTimer():
                self.after.remove(waiting)

    def take_after(self, timer: Timer) -> list[AfterTimer]:
        """The commands that waited for this timer, which has ended; they are forgotten."""
        found = [it for it in self.after if it.timer_id == timer.id]
        self.after = [it for it in self.after if it.timer_id != timer.id]
        return found

    def prune(self, timers: Sequence[Timer]) -> None:
        """Forget the commands whose timer is none of these: it was cancelled."""
        left = {timer.id for timer in timers}
        self.after = [it for it in self.after if it.timer_id in left]


def said_of(waiting: Waiting) -> str:
    """What was said."""
    return waiting.said if isinstance(waiting, AfterTimer) else waiting.name


def command_of(waiting: Waiting) -> str:
    """The command, packed."""
    return waiting.command if isinstance(waiting, AfterTimer) else waiting.message or ""

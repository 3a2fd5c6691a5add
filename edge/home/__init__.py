"""The model of the home, its actions, timers and alarms."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from edge.events import Intent, ReplySentence
from edge.nlu.replies import Replies
from edge.runtime.clock import Clock
from edge.settings import Settings


class Publisher(Protocol):
    """Sends a command to the home: `edge.home.publisher`."""

    async def publish(self, topic: str, payload: str) -> None:
        """Return when the broker has acknowledged it; raise `HomeError` when it does not within 2 s."""
        ...


class SpeakerControl(Protocol):
    """What a command may do to the speaker itself."""

    volume: int
    """Percent."""

    last_reply: str
    """What was said last, for "repeat that"; empty when nothing was."""


class Home(Protocol):
    """Carries out intents."""

    async def act(self, intent: Intent) -> ReplySentence | None:
        """Carry it out and return the reply. None: done, without a reply ("stop", "never mind").

        Failures are honest sentences, never exceptions.
        """
        ...

    async def rehearse(self, intent: Intent) -> ReplySentence | None:
        """What `act` would most likely say. Nothing is done, sent, kept or logged."""
        ...


@dataclass(frozen=True, slots=True)
class Ring:
    """A timer ran out or an alarm is due.

    `text` is what to say ("Your pasta timer is done."), `name` the timer's name (empty where it has none).
    `missed` ones ran out while the device was off, or were jumped over by the clock: say them once, do not ring.
    """

    kind: Literal["timer", "alarm"]
    name: str
    text: str
    missed: bool = False


@dataclass(frozen=True, slots=True)
class PendingTimer:
    """A timer that has not rung: its label ("pasta timer"), what it was set to, and what is left, in seconds."""

    label: str
    seconds: int
    left_s: float
    paused: bool


@dataclass(frozen=True, slots=True)
class PendingAlarm:
    """An alarm: its next local date and time, and the weekdays (0 is Monday) on which it repeats."""

    at: datetime
    days: frozenset[int]


class Schedule(Protocol):
    """Waits for timers and alarms, without the network."""

    def pending(self) -> tuple[tuple[PendingTimer, ...], tuple[PendingAlarm, ...]]:
        """The timers and the alarms that are set, the soonest first, paused timers last."""
        ...

    async def run(self, ring: Callable[[Ring], Awaitable[None]]) -> None:
        """Call `ring` for whatever is due, one after another, until cancelled.

        `ring` returns when the ringing was stopped or has gone on long enough; only then is it over. One that is
        cancelled in the middle is announced again after the next start. A `ring` that raises is logged.
        """
        ...


def open_home(
    settings: Settings,
    publisher: Publisher | None,
    speaker: SpeakerControl,
    clock: Clock,
    state_folder: Path,
    replies: Replies,
    *,
    rings: bool = True,
) -> tuple[Home, Schedule]:
    """The home and its timers and alarms, as they were saved in `state_folder` (made when it is missing).

    `publisher` None: no broker is named, home commands are refused in words. `rings` false: the schedule will not run,
    so timers and alarms are refused in words too, and the folder is not touched. Reads one small file.
    """
    from edge.home.actions import HomeActions  # noqa: PLC0415 - the stage's protocols are read without its parts
    from edge.home.schedule import TimerSchedule  # noqa: PLC0415
    from edge.home.schedule_store import ScheduleStore  # noqa: PLC0415

    schedule = TimerSchedule(clock, ScheduleStore(state_folder / "schedule.json") if rings else None, replies)
    return HomeActions(settings, publisher, speaker, clock, schedule, replies, rings=rings), schedule

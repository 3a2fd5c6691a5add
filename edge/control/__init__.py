"""Commands to the running speaker, from the broker (`mqtt`) and from the local socket (`socket`, `client`).

`executor` carries them out. The broker's access list and the permissions of the socket decide who may send commands.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from edge.events import TurnRecord
from edge.home.reports.explain import Explanation
from edge.home.reports.report import HomeReport
from edge.schedule import PendingAlarm, PendingTimer
from edge.settings import Escalate
from edge.telemetry.tail import Tail


@dataclass(frozen=True, slots=True)
class Stop:
    """End the reply, the announcement or the ring, and drop the queued texts."""


@dataclass(frozen=True, slots=True)
class SetVolume:
    """Set the volume."""

    percent: int


@dataclass(frozen=True, slots=True)
class Mute:
    """Switch the microphone off or on."""

    muted: bool


@dataclass(frozen=True, slots=True)
class Say:
    """Speak a text once the speaker is free. With `wait`, reply when it has been spoken, not when it is queued."""

    text: str
    wait: bool = False


@dataclass(frozen=True, slots=True)
class Announce:
    """Speak a text after a chime; `language` must be the speaker's own, if it is given.

    A normal announcement waits until the speaker is free. An urgent one ends what is being said or heard.
    """

    text: str
    priority: Literal["normal", "urgent"] = "normal"
    language: str | None = None
    earcon: bool = True


@dataclass(frozen=True, slots=True)
class Listen:
    """Start a turn as after the wake word."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Answer a typed question or carry out a typed command. With `speak`, also speak the reply.

    `id` comes back with the answer, for a sender that has several questions under way.
    """

    text: str
    speak: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class Timers:
    """List the timers and alarms."""


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Start a timer."""

    seconds: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class SetAlarm:
    """Set an alarm `at` a local time "07:30", on the weekdays `days` (0 is Monday) or once, or a date and time."""

    at: str
    days: tuple[int, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class CancelTimer:
    """Cancel the timer or reminder with this id; None: all."""

    id: int | None = None


@dataclass(frozen=True, slots=True)
class CancelAlarm:
    """Cancel the alarm or reminder with this id; None: all."""

    id: int | None = None


@dataclass(frozen=True, slots=True)
class SetWakeWord:
    """Listen for one of the configured wake words only, or for "all"."""

    word: str


@dataclass(frozen=True, slots=True)
class SetEscalation:
    """Choose which questions may go to the cloud, at most as many as the settings allow."""

    mode: Escalate


@dataclass(frozen=True, slots=True)
class Reload:
    """Read the settings and the sentence files again."""


@dataclass(frozen=True, slots=True)
class Restart:
    """Restart the service."""


@dataclass(frozen=True, slots=True)
class Status:
    """Report the volume, whether the microphone is off, and what is missing."""


@dataclass(frozen=True, slots=True)
class TailRecords:
    """Send every turn, metrics and event record from now on, until the connection ends."""


@dataclass(frozen=True, slots=True)
class ListHome:
    """Report what is known of the home."""


@dataclass(frozen=True, slots=True)
class ExplainHome:
    """Explain a name or a sentence about the home, without sending anything."""

    text: str


Command = (
    Stop
    | SetVolume
    | Mute
    | Say
    | Announce
    | Listen
    | Ask
    | Timers
    | SetTimer
    | CancelTimer
    | SetAlarm
    | CancelAlarm
    | SetWakeWord
    | SetEscalation
    | Reload
    | Restart
    | Status
    | TailRecords
    | ListHome
    | ExplainHome
)


@dataclass(frozen=True, slots=True)
class Done:
    """Reply to a command that has nothing to tell."""


@dataclass(frozen=True, slots=True)
class SpeakerStatus:
    """Reply to `SetVolume`, `Mute` and `Status`.

    `volume` is in percent; `degraded` names the engines and devices that are missing, with the code of the reason.
    """

    muted: bool
    volume: int
    degraded: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Queued:
    """Reply to `Say` and `Announce`: the number of queued texts of this priority, including this one."""

    waiting: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """Reply to `Say` with `wait`. `stopped` is True if `Stop` ended the text or removed it from the queue."""

    stopped: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Reply to `Ask`."""

    record: TurnRecord


@dataclass(frozen=True, slots=True)
class TimerList:
    """Reply to `Timers` and to commands that change them, with the next to ring first."""

    timers: tuple[PendingTimer, ...]
    alarms: tuple[PendingAlarm, ...]


Reply = Done | SpeakerStatus | Queued | Spoken | Answer | TimerList | Tail | HomeReport | Explanation
"""`Tail` is the reply to `TailRecords`; the caller closes it."""

Execute = Callable[[Command], Awaitable[Reply]]
"""Carries out a command. Raises `EdgeError`, such as "say-queue-full" if too many texts are queued."""

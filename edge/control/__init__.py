"""Commands to the running speaker, from the broker (`mqtt`) and from the local socket (`socket`, `client`).

`executor` carries them out. The broker's access list and the permissions of the socket decide who may send commands.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from edge.events import TurnRecord
from edge.home import PendingAlarm, PendingTimer
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
class Listen:
    """Start a turn as after the wake word."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Answer a typed question or carry out a typed command. With `speak`, also speak the reply."""

    text: str
    speak: bool = False


@dataclass(frozen=True, slots=True)
class Timers:
    """List the timers and alarms."""


@dataclass(frozen=True, slots=True)
class Status:
    """Report the volume, whether the microphone is off, and what is missing."""


@dataclass(frozen=True, slots=True)
class TailRecords:
    """Send every turn, metrics and event record from now on, until the connection ends."""


Command = Stop | SetVolume | Mute | Say | Listen | Ask | Timers | Status | TailRecords


@dataclass(frozen=True, slots=True)
class Done:
    """Reply to `Stop` and `Listen`."""


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
    """Reply to `Say`: the number of queued texts, including this one."""

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
    """Reply to `Timers`, with the next to ring first."""

    timers: tuple[PendingTimer, ...]
    alarms: tuple[PendingAlarm, ...]


Reply = Done | SpeakerStatus | Queued | Spoken | Answer | TimerList | Tail
"""`Tail` is the reply to `TailRecords`; the caller closes it."""

Execute = Callable[[Command], Awaitable[Reply]]
"""Carries out a command. Raises `EdgeError`, such as "say-queue-full" if too many texts are queued."""

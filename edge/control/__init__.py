"""Commands to the running speaker, from the broker (`mqtt`) and from the local socket (`socket`, `client`).

`executor` carries them out. Who may send commands is decided by the broker's access list and by the permissions of the
socket.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from edge.events import TurnRecord
from edge.home import PendingAlarm, PendingTimer


@dataclass(frozen=True, slots=True)
class Stop:
    """End the reply, the announcement or the ringing, and forget the texts that wait to be said."""


@dataclass(frozen=True, slots=True)
class SetVolume:
    """Set the volume."""

    percent: int


@dataclass(frozen=True, slots=True)
class Mute:
    """Switch the microphone off, or on again."""

    muted: bool


@dataclass(frozen=True, slots=True)
class Say:
    """Speak a text once the speaker is free. `wait`: reply when it has been spoken, not when it is queued."""

    text: str
    wait: bool = False


@dataclass(frozen=True, slots=True)
class Listen:
    """Begin a turn as after the wake word."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Answer a typed question or carry out a typed command. `speak`: say the reply too."""

    text: str
    speak: bool = False


@dataclass(frozen=True, slots=True)
class Timers:
    """List the timers and alarms."""


@dataclass(frozen=True, slots=True)
class Status:
    """Tell the volume and whether the microphone is off."""


Command = Stop | SetVolume | Mute | Say | Listen | Ask | Timers | Status


@dataclass(frozen=True, slots=True)
class Done:
    """Reply to `Stop` and `Listen`."""


@dataclass(frozen=True, slots=True)
class SpeakerStatus:
    """Reply to `SetVolume`, `Mute` and `Status`; `volume` is in percent."""

    muted: bool
    volume: int


@dataclass(frozen=True, slots=True)
class Queued:
    """Reply to `Say`: how many texts wait, this one included."""

    waiting: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """Reply to `Say` with `wait`. `stopped`: by `Stop`, while it was spoken or before."""

    stopped: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Reply to `Ask`."""

    record: TurnRecord


@dataclass(frozen=True, slots=True)
class TimerList:
    """Reply to `Timers`, the soonest first."""

    timers: tuple[PendingTimer, ...]
    alarms: tuple[PendingAlarm, ...]


Reply = Done | SpeakerStatus | Queued | Spoken | Answer | TimerList

Execute = Callable[[Command], Awaitable[Reply]]
"""Carries a command out. Raises `EdgeError`; "say-queue-full" when too many texts wait."""

"""Reports: the state of the speaker, turn records, metrics, events.

They go to the broker, if one is named, to programs on this machine that watch, and to Prometheus. No report makes a
turn wait: it is queued, written to the disk, and sent when the broker takes it.
"""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, TypedDict, Unpack

from edge.events import TurnRecord
from edge.mqtt import Mqtt
from edge.runtime.clock import Clock
from edge.settings import Escalate, Settings
from edge.telemetry.metrics import CounterName
from edge.telemetry.tail import Tail

Phase = Literal["idle", "listening", "thinking", "speaking", "ringing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerState:
    """What the retained topic `state` says, besides the name and the area of the speaker."""

    phase: Phase = "idle"
    muted: bool
    """The microphone is off."""
    volume: int
    """Percent."""
    wake_words: tuple[str, ...]
    versions: Mapping[str, str]
    degraded: Mapping[str, str]
    """Which parts are missing, each with the code of its error."""
    wake_word: str = "all"
    """The wake word that is listened for, or "all"."""
    escalate: Escalate = "never"
    """Which questions may go to the cloud, see `[route] escalate`; "never" without a cloud."""


class StateChanges(TypedDict, total=False):
    """Any fields of `SpeakerState`, to be replaced."""

    phase: Phase
    muted: bool
    volume: int
    wake_words: tuple[str, ...]
    versions: Mapping[str, str]
    degraded: Mapping[str, str]
    wake_word: str
    escalate: Escalate


class Telemetry(Protocol):
    """Reports, called on the event loop. Every call returns at once."""

    def state(self, **changes: Unpack[StateChanges]) -> None:
        """Replace fields of the state; published if that changes it.

        Nothing is published before every field of `SpeakerState` without a default has been given once.
        """
        ...

    def turn(self, record: TurnRecord) -> None:
        """Report one turn; texts only where the owner switched them on."""
        ...

    def event(self, kind: str, fields: Mapping[str, Any]) -> None:
        """Report a wake, a timer, an alarm or an error.

        Unless the owner switched texts on, only numbers and the texts named in `messages.PUBLIC_TEXTS` are sent.
        """
        ...

    def count(self, metric: CounterName, value: float = 1.0) -> None:
        """Add to a counter of the periodic metrics."""
        ...

    def tail(self) -> Tail:
        """Every turn, metrics and event record from now on, as it is published; to be closed."""
        ...


def open_telemetry(
    settings: Settings, mqtt: Mqtt | None, *, state: Path, clock: Clock | None = None
) -> AbstractAsyncContextManager[Telemetry]:
    """`async with` it, inside the connection's own block: what waits is sent on the way out, within a second.

    `state` is the state folder. With `mqtt` None nothing is written there.
    """
    from edge.telemetry.reporter import Reporter

    return Reporter(settings, mqtt, state=state, clock=clock)

"""What the device tells the world over MQTT, and the way home commands take. Off until a broker is named.

Nothing here ever makes a turn wait: reports are put down and forgotten, a missing broker is tried again in the
background.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from edge.events import TurnRecord
from edge.home import Publisher

if TYPE_CHECKING:
    from edge.runtime.clock import Clock
    from edge.settings import Settings

Phase = str
"""idle, listening, thinking, speaking, ringing: the `phase` of the state topic."""


@dataclass(frozen=True, slots=True)
class Stop:
    """`command/stop`: end the reply, or the ringing."""


@dataclass(frozen=True, slots=True)
class SetVolume:
    """`command/volume`: loudness in percent, 0 to 100."""

    percent: int


@dataclass(frozen=True, slots=True)
class Say:
    """`command/say`: speak this text, 1 to 500 characters without control characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Mute:
    """`command/mute`: the microphone is off, or on again."""

    muted: bool


Command = Stop | SetVolume | Say | Mute
"""What a broker's client may ask of the speaker. Checked already; who may ask is the broker's access list."""

OnCommand = Callable[[Command], None]
"""Takes a command on the event loop and returns at once."""


class Telemetry(Protocol):
    """Reports, called on the event loop. Every call returns at once."""

    def state(self, **changes: Any) -> None:
        """Update fields of the retained state (phase, muted, volume, wake_words, versions, degraded)."""
        ...

    def turn(self, record: TurnRecord) -> None:
        """Report one turn; texts only where the owner switched them on."""
        ...

    def event(self, kind: str, fields: Mapping[str, Any]) -> None:
        """Report a wake, a timer, an alarm or an error."""
        ...

    def count(self, metric: str, value: float = 1.0) -> None:
        """Add to a counter of the periodic metrics."""
        ...


class Reporter(Telemetry, Publisher, Protocol):
    """Both ways in which the speaker uses the broker: reports, and commands to the home."""


def open_telemetry(
    settings: "Settings", *, on_command: OnCommand | None = None, clock: "Clock | None" = None
) -> AbstractAsyncContextManager[Reporter]:
    """`async with` it: connects in the background, and says "offline" on the way out (within 1 s).

    Never fails for want of a broker. Without a host in the settings it reports nothing and connects to nothing.
    """
    if settings.telemetry.host is None:
        from edge.telemetry.null import NullTelemetry  # noqa: PLC0415 - one engine is loaded

        return NullTelemetry()
    from edge.telemetry.mqtt import MqttTelemetry  # noqa: PLC0415 - one engine is loaded

    return MqttTelemetry(settings, on_command=on_command, clock=clock)

"""What the device tells the world over MQTT, and the way home commands take. Off until a broker is named.

Nothing here ever makes a turn wait: reports are put down and forgotten, a missing broker is tried again in the
background.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from edge.events import TurnRecord

Phase = str
"""idle, listening, thinking, speaking, ringing: the `phase` of the state topic."""


class Telemetry(Protocol):
    """Reports. Every call returns at once."""

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

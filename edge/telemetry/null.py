"""Telemetry that is off."""

from collections.abc import Mapping
from typing import Any, Unpack

from edge.events import TurnRecord
from edge.telemetry import StateChanges
from edge.telemetry.metrics import CounterName
from edge.telemetry.tail import Tail, Tails


class NullTelemetry:
    """Discards every report."""

    def state(self, **changes: Unpack[StateChanges]) -> None:
        """See `Telemetry.state`."""

    def turn(self, record: TurnRecord) -> None:
        """See `Telemetry.turn`."""

    def event(self, kind: str, fields: Mapping[str, Any]) -> None:
        """See `Telemetry.event`."""

    def count(self, metric: CounterName, value: float = 1.0) -> None:
        """See `Telemetry.count`."""

    def tail(self) -> Tail:
        """See `Telemetry.tail`."""
        return Tails().open()

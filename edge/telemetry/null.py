"""Telemetry that is off."""

from collections.abc import Mapping
from typing import Any, Self, Unpack

from edge.events import TurnRecord
from edge.telemetry import StateChanges


class NullTelemetry:
    """Discards every report."""

    async def __aenter__(self) -> Self:
        """See `edge.telemetry.open_telemetry`."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Nothing to end."""

    def state(self, **changes: Unpack[StateChanges]) -> None:
        """See `Telemetry.state`."""

    def turn(self, record: TurnRecord) -> None:
        """See `Telemetry.turn`."""

    def event(self, kind: str, fields: Mapping[str, Any]) -> None:
        """See `Telemetry.event`."""

    def count(self, metric: str, value: float = 1.0) -> None:
        """See `Telemetry.count`."""

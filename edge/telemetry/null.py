"""Telemetry that is off."""

from collections.abc import Mapping
from typing import Any, Self

from edge.errors import HomeError
from edge.events import TurnRecord


class NullTelemetry:
    """Reports nothing, connects to nothing."""

    async def __aenter__(self) -> Self:
        """See `edge.telemetry.open_telemetry`."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Nothing to end."""

    def state(self, **changes: Any) -> None:
        """See `Telemetry.state`."""

    def turn(self, record: TurnRecord) -> None:
        """See `Telemetry.turn`."""

    def event(self, kind: str, fields: Mapping[str, Any]) -> None:
        """See `Telemetry.event`."""

    def count(self, metric: str, value: float = 1.0) -> None:
        """See `Telemetry.count`."""

    async def publish(self, topic: str, payload: str) -> None:
        """Raise `HomeError`: there is no broker to take it."""
        _ = topic, payload
        raise HomeError("home-no-broker", "no broker is configured", "name one in [telemetry] host")

"""What the tests around MQTT share: a speaker named "kitchen" with short pauses, and an observer."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiomqtt

from edge.events import TurnRecord
from edge.mqtt.connection import Connection
from edge.runtime.clock import SystemClock
from edge.settings import Settings
from edge.telemetry.reporter import Reporter
from tests.mqtt.mosquitto import Mosquitto, Observer

PREFIX = "edge-voice/kitchen"

TURN = TurnRecord(
    id="t1",
    started_at="2026-11-23T10:00:00+01:00",
    wake_word="alexa",
    transcript="what time is it",
    confidence=0.9,
    answerer="home",
    reason="intent",
    intent=None,
    reply="It is ten.",
    outcome="answered",
    stages_ms={},
    first_audio_ms=400.0,
)


class HastyClock(SystemClock):
    """Pauses between connections are short."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(min(seconds, 0.05))


def settings(port: int, *, telemetry: dict[str, Any] | None = None, **mqtt: Any) -> Settings:
    return Settings.model_validate(
        {
            "device": {"id": "kitchen"},
            "mqtt": {"host": "127.0.0.1", "port": port} | mqtt,
            "telemetry": telemetry or {},
        }
    )


def connection(port: int, *, presence: bool = True, **mqtt: Any) -> Connection:
    return Connection(settings(port, **mqtt).mqtt, device_id="kitchen", presence=presence, clock=HastyClock())


@asynccontextmanager
async def reporting(
    port: int, *, state: Path | None = None, telemetry: dict[str, Any] | None = None, **mqtt: Any
) -> AsyncIterator[Reporter]:
    """Telemetry on a connection of its own, as the daemon opens them. `state` None: an empty folder."""
    with TemporaryDirectory() as empty:
        folder = state or Path(empty)
        async with (
            connection(port, **mqtt) as connected,
            Reporter(settings(port, telemetry=telemetry), connected, state=folder, clock=HastyClock()) as reports,
        ):
            yield reports


async def becomes(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - watched from outside, nothing of the product waits like this
            await asyncio.sleep(0.01)


@asynccontextmanager
async def observing(mosquitto: Mosquitto, **options: Any) -> AsyncIterator[Observer]:
    protocol = aiomqtt.ProtocolVersion.V311
    async with aiomqtt.Client("127.0.0.1", mosquitto.port, protocol=protocol, **options) as client:
        await client.subscribe("#", qos=1)
        yield Observer(client)

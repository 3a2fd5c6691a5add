"""Sends reports to `edge-voice/<device-id>/state|turn|metrics|event`.

One task sends what is queued. The queue is bounded: one state and one metrics report (the latest), and `MAX_WAITING`
turns and events, of which the oldest are dropped and counted.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Self, Unpack

import structlog

from edge.errors import BrokerError
from edge.events import TurnRecord
from edge.mqtt import Mqtt
from edge.runtime.clock import Clock, SystemClock
from edge.settings import Settings
from edge.telemetry import SpeakerState, StateChanges, messages
from edge.telemetry.metrics import Metrics

MAX_WAITING = 200
"""Turns and events that wait for a broker: at most 3.2 MB."""

_FLUSH_S = 1.0
_REQUIRED = {"muted", "volume", "wake_words", "versions", "degraded"}

log = structlog.get_logger("telemetry")


class MqttTelemetry:
    """See `edge.telemetry.Telemetry`. All calls on one event loop."""

    def __init__(self, settings: Settings, mqtt: Mqtt, *, clock: Clock | None = None) -> None:
        self._settings = settings.telemetry
        self._device = {"name": settings.device.name, "area": settings.device.area}
        self._prefix = f"edge-voice/{settings.device.id}"
        self._mqtt = mqtt
        self._clock = clock or SystemClock()
        self._metrics = Metrics(self._clock)
        self._fields: StateChanges = {}
        self._state: SpeakerState | None = None
        self._published: SpeakerState | None = None
        self._metrics_due: bytes | None = None
        self._waiting: deque[tuple[str, bytes]] = deque()
        self._work = asyncio.Event()
        self._refused: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        """Begin to report, in the background."""
        self._mqtt.when_connected(self._on_connected)
        self._tasks = {
            asyncio.create_task(self._metrics.watch_loop(), name="telemetry-loop-lag"),
            asyncio.create_task(self._measure(), name="telemetry-metrics"),
            asyncio.create_task(self._send(), name="telemetry-send"),
        }
        return self

    async def __aexit__(self, *_: object) -> None:
        """Send what waits, within a second, if there is a connection."""
        for task in self._tasks:
            task.cancel()
        await asyncio.wait(self._tasks)
        if self._mqtt.connected:
            with contextlib.suppress(TimeoutError, BrokerError):
                async with asyncio.timeout(_FLUSH_S):
                    await self._send_waiting()

    def state(self, **changes: Unpack[StateChanges]) -> None:
        """See `Telemetry.state`."""
        self._fields |= changes
        if self._fields.keys() >= _REQUIRED:
            self._state = SpeakerState(**self._fields)
            self._work.set()

    def turn(self, record: TurnRecord) -> None:
        """See `Telemetry.turn`."""
        self._metrics.count("turns")
        self._queue("turn", messages.turn(record, transcripts=self._settings.transcripts))

    def event(self, kind: str, fields: Mapping[str, Any]) -> None:
        """See `Telemetry.event`."""
        at = self._clock.now().isoformat(timespec="milliseconds")
        self._queue("event", messages.event(kind, fields, at=at, transcripts=self._settings.transcripts))

    def count(self, metric: str, value: float = 1.0) -> None:
        """See `Telemetry.count`."""
        self._metrics.count(metric, value)

    def _queue(self, topic: str, payload: bytes) -> None:
        if len(self._waiting) >= MAX_WAITING:
            self._waiting.popleft()
            self._metrics.count("telemetry_dropped")
        self._waiting.append((topic, payload))
        self._work.set()

    def _on_connected(self) -> None:
        """The broker may have forgotten everything: the retained state is due again."""
        self._published = None
        self._refused.clear()
        self._work.set()

    async def _measure(self) -> None:
        dropped = 0
        while True:
            await self._clock.sleep(self._settings.metrics_interval_s)
            self._metrics.count("mqtt_dropped", self._mqtt.dropped - dropped)
            dropped = self._mqtt.dropped
            self._metrics_due = messages.encode(self._metrics.sample(), expendable=("counters",))
            self._work.set()

    async def _send(self) -> None:
        while True:
            await self._work.wait()
            self._work.clear()
            try:
                await self._send_waiting()
            except BrokerError as error:
                log.debug("report-waits", code=error.code)  # until `_on_connected` sets the work again
            except Exception:  # a bug costs one report, not the task
                log.exception("telemetry-failed")
                if self._waiting:
                    self._waiting.popleft()

    async def _send_waiting(self) -> None:
        while True:
            if self._state is not None and self._state != self._published:
                state = self._state
                await self._publish("state", messages.encode(self._device | asdict(state)), retain=True)
                self._published = state
            elif self._metrics_due is not None:
                payload = self._metrics_due
                await self._publish("metrics", payload)
                if self._metrics_due is payload:
                    self._metrics_due = None
            elif self._waiting:
                oldest = self._waiting[0]
                await self._publish(*oldest)
                if self._waiting and self._waiting[0] is oldest:  # otherwise it was dropped meanwhile
                    self._waiting.popleft()
            else:
                return

    async def _publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Raises `BrokerError` "broker-unreachable". A refusal is counted, logged once, and not tried again."""
        topic = f"{self._prefix}/{topic}"
        try:
            await self._mqtt.publish(topic, payload, retain=retain, timeout_s=None)
        except BrokerError as error:
            if error.code == "broker-unreachable":
                raise
            self._metrics.count("telemetry_refused")
            if topic not in self._refused:
                self._refused.add(topic)
                log.warning("report-refused", topic=topic, reason=error.message, hint=error.hint)

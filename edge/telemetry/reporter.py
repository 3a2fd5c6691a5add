"""Reports: to the broker below `edge-voice/<device-id>/`, to programs that watch, and to Prometheus.

The retained state is the latest one and waits for no record. Turns, metrics and events are records: they go through the
spool (`edge.telemetry.backlog`, `edge.telemetry.outbox`).
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self, Unpack

import structlog

from edge.errors import BrokerError
from edge.events import TurnRecord
from edge.mqtt import Mqtt
from edge.runtime.clock import Clock, SystemClock
from edge.runtime.worker import ThreadWorker, Worker
from edge.settings import Settings
from edge.telemetry import SpeakerState, StateChanges, messages, prometheus
from edge.telemetry.backlog import Backlog
from edge.telemetry.messages import Kind
from edge.telemetry.metrics import CounterName, Metrics, Sample
from edge.telemetry.outbox import AGAIN_S, RATE_PER_S, Outbox
from edge.telemetry.prometheus import TextFile
from edge.telemetry.spool import Spool
from edge.telemetry.tail import Tail, Tails

SPOOL = "telemetry.db"
"""The file in the state folder."""

_REQUIRED = {"muted", "volume", "wake_words", "versions", "degraded"}
_FLUSH_S = 1.0

log = structlog.get_logger("telemetry")


class Reporter:
    """See `edge.telemetry.Telemetry`. All calls on one event loop."""

    def __init__(
        self,
        settings: Settings,
        mqtt: Mqtt | None,
        *,
        state: Path,
        clock: Clock | None = None,
        open_worker: Callable[[], Worker] = lambda: ThreadWorker("telemetry"),
        rate_per_s: float = RATE_PER_S,
    ) -> None:
        """`state` is the state folder. `open_worker` opens the thread that writes there."""
        self._settings = settings.telemetry
        self._device = settings.device
        self._prefix = f"edge-voice/{settings.device.id}"
        self._mqtt = mqtt
        self._clock = clock or SystemClock()
        self._metrics = Metrics(self._clock)
        self._tails = Tails()
        self._fields: StateChanges = {}
        self._state: SpeakerState | None = None
        self._published: SpeakerState | None = None
        self._state_due = asyncio.Event()
        self._state_refused = False
        self._textfile = TextFile(file) if (file := self._settings.prometheus_file) else None
        self._outbox: Outbox | None = None
        if mqtt is not None:
            backlog = Backlog(
                lambda: Spool(
                    state / SPOOL,
                    limit_bytes=self._settings.spool_mb * 1_000_000,
                    transcripts=self._settings.transcripts,
                ),
                open_worker,
                clock=self._clock,
                count=self._metrics.count,
                on_trouble=lambda code, message: self.event("error", {"code": code, "message": message}),
            )
            self._outbox = Outbox(
                mqtt, self._prefix, backlog, clock=self._clock, count=self._metrics.count, rate_per_s=rate_per_s
            )
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        """Begin to report, in the background."""
        self._tasks = {
            asyncio.create_task(self._metrics.watch_loop(), name="telemetry-loop-lag"),
            asyncio.create_task(self._measure(), name="telemetry-metrics"),
        }
        if self._mqtt is not None and self._outbox is not None:
            self._mqtt.when_connected(self._on_connected)
            self._outbox.start()
            self._tasks.add(asyncio.create_task(self._keep_state(self._mqtt), name="telemetry-state"))
        return self

    async def __aexit__(self, *_: object) -> None:
        """Send what waits, within a second, if there is a connection; write the rest to the disk."""
        for task in self._tasks:
            task.cancel()
        await asyncio.wait(self._tasks)
        closing = [it.aclose() for it in (self._outbox, self._textfile) if it is not None]
        await asyncio.gather(self._close_state(), *closing)

    def state(self, **changes: Unpack[StateChanges]) -> None:
        """See `Telemetry.state`."""
        self._fields |= changes
        if self._fields.keys() >= _REQUIRED:
            self._state = SpeakerState(**self._fields)
            self._state_due.set()

    def turn(self, record: TurnRecord) -> None:
        """See `Telemetry.turn`."""
        self._metrics.turn(record)
        self._report("turn", messages.turn(record, at=self._now(), transcripts=self._settings.transcripts))

    def event(self, kind: str, fields: Mapping[str, Any]) -> None:
        """See `Telemetry.event`."""
        payload = messages.event(
            kind, fields, record_id=messages.new_id(), at=self._now(), transcripts=self._settings.transcripts
        )
        self._report("event", payload)

    def count(self, metric: CounterName, value: float = 1.0) -> None:
        """See `Telemetry.count`."""
        self._metrics.count(metric, value)

    def tail(self) -> Tail:
        """See `Telemetry.tail`."""
        return self._tails.open()

    def _now(self) -> str:
        return self._clock.now().isoformat(timespec="milliseconds")

    def _report(self, kind: Kind, payload: bytes) -> None:
        self._tails.put(kind, payload)
        if self._outbox is not None:
            self._outbox.add(kind, payload, texts=self._settings.transcripts and kind != "metrics")

    async def _measure(self) -> None:
        dropped = 0
        self._expose(self._metrics.sample())
        while True:
            await self._clock.sleep(self._settings.metrics_interval_s)
            if self._mqtt is not None:
                self._metrics.count("mqtt_dropped", self._mqtt.dropped - dropped)
                dropped = self._mqtt.dropped
            sample = self._metrics.sample(waiting=self._outbox.waiting if self._outbox else 0)
            self._report("metrics", messages.metrics(sample, record_id=messages.new_id()))
            self._expose(sample)

    def _expose(self, sample: Sample) -> None:
        if self._textfile is None:
            return
        text = prometheus.render(
            sample,
            device=self._device.id,
            muted=self._state.muted if self._state else None,
            degraded=self._state.degraded if self._state else {},
            connected=self._mqtt.connected if self._mqtt else None,
        )
        self._textfile.write(text)

    def _on_connected(self) -> None:
        """The broker may have forgotten everything: the retained state is due again."""
        self._published = None
        self._state_refused = False
        self._state_due.set()

    async def _keep_state(self, mqtt: Mqtt) -> None:
        """Publish the state when it is due, until cancelled."""
        while True:
            await self._state_due.wait()
            await mqtt.until_connected()
            self._state_due.clear()
            try:
                await self._publish_state(mqtt)
            except BrokerError as error:
                log.debug("state-waits", code=error.code)
                await self._clock.sleep(AGAIN_S[error.code])
                self._state_due.set()
            except Exception:  # a bug costs one report, not the task
                log.exception("telemetry-failed")

    async def _publish_state(self, mqtt: Mqtt) -> None:
        """Publish the latest state, if it differs from the last. Raises `BrokerError` if it is to be tried again."""
        while self._state is not None and self._state != self._published:
            state = self._state
            payload = messages.encode({"name": self._device.name, "area": self._device.area} | asdict(state))
            try:
                await mqtt.publish(f"{self._prefix}/state", payload, retain=True, timeout_s=None)
            except BrokerError as error:
                if error.code in AGAIN_S:
                    raise
                self._metrics.count("telemetry_refused")
                if not self._state_refused:
                    self._state_refused = True
                    log.warning("report-refused", topic="state", reason=error.message, hint=error.hint)
            self._published = state

    async def _close_state(self) -> None:
        if self._mqtt is not None and self._mqtt.connected:
            with suppress(TimeoutError, BrokerError):
                async with asyncio.timeout(_FLUSH_S):
                    await self._publish_state(self._mqtt)

"""Records on their way to the broker, in order: each is written first and removed when the broker has acknowledged it.

One record is published at a time, so that an interruption repeats at most this one. The rate is limited, so that a
backlog does not flood the broker.
"""

import asyncio
from contextlib import suppress
from typing import Final

import structlog

from edge.errors import BrokerError
from edge.mqtt import Mqtt
from edge.runtime.clock import Clock
from edge.telemetry import messages
from edge.telemetry.backlog import Backlog, Count
from edge.telemetry.messages import Kind
from edge.telemetry.spool import Record, Stored

RATE_PER_S: Final = 20.0
BURST: Final = 20

EXPIRY_S: Final[dict[Kind, int]] = {"turn": 604_800, "event": 604_800, "metrics": 86_400}
"""How long a broker with MQTT 5 keeps a record for an absent subscriber: a week, metrics for a day."""

AGAIN_S: Final = {"broker-unreachable": 1.0, "broker-busy": 30.0}
"""The pause before a record is published again, by the code of the error."""

_FLUSH_S = 1.0

log = structlog.get_logger("telemetry")


class Outbox:
    """Publishes records to `PREFIX/turn|metrics|event`. All calls on one event loop."""

    def __init__(
        self, mqtt: Mqtt, prefix: str, backlog: Backlog, *, clock: Clock, count: Count, rate_per_s: float = RATE_PER_S
    ) -> None:
        self._mqtt = mqtt
        self._prefix = prefix
        self._backlog = backlog
        self._clock = clock
        self._count = count
        self._pace = Pace(clock, rate_per_s, BURST)
        self._refused: set[str] = set()
        self._task: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> int:
        """How many records wait."""
        return self._backlog.waiting

    def start(self) -> None:
        """Begin to publish, in the background."""
        self._mqtt.when_connected(self._refused.clear)
        self._backlog.start()
        self._task = asyncio.create_task(self._send(), name="telemetry-send")

    def add(self, kind: Kind, payload: bytes, *, texts: bool) -> None:
        """Queue a record. Returns at once."""
        self._backlog.add(Record(kind, payload, texts, self._clock.monotonic()))

    async def aclose(self) -> None:
        """Write what is in memory, and publish what can be within a second if there is a connection."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_FLUSH_S):
                await self._backlog.written()
                if self._mqtt.connected:
                    await self._backlog.empty()
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
        await self._backlog.aclose()

    async def _send(self) -> None:
        while True:
            await self._backlog.some()
            await self._pace.wait()
            await self._mqtt.until_connected()
            taken = await self._backlog.take()
            if taken is None:
                continue
            again_s: float | None = 0.0
            try:
                again_s = await self._publish(taken.record if isinstance(taken, Stored) else taken)
            finally:
                if again_s is not None:
                    self._backlog.give_back(taken)
            if again_s is None:
                await self._backlog.settle(taken)
            else:
                await self._clock.sleep(again_s)

    async def _publish(self, record: Record) -> float | None:
        """Publish it. Return None when that is settled, otherwise the seconds until it is tried again."""
        late = self._clock.monotonic() - record.reported > messages.LATE_S
        payload = messages.late(record.payload) if late else record.payload
        topic = f"{self._prefix}/{record.kind}"
        try:
            await self._mqtt.publish(topic, payload, timeout_s=None, expiry_s=EXPIRY_S.get(record.kind))
        except BrokerError as error:
            if error.code in AGAIN_S:
                log.debug("record-waits", code=error.code)
                return AGAIN_S[error.code]
            self._count("telemetry_refused")
            if topic not in self._refused:
                self._refused.add(topic)
                log.warning("report-refused", topic=topic, reason=error.message, hint=error.hint)
        except Exception:  # a bug costs one record, not the task
            log.exception("telemetry-failed")
            self._count("telemetry_refused")
        return None


class Pace:
    """At most `burst` at once, and `rate_per_s` in the long run (the generic cell rate algorithm, ITU-T I.371)."""

    def __init__(self, clock: Clock, rate_per_s: float, burst: int) -> None:
        self._clock = clock
        self._step_s = 1 / rate_per_s
        self._ahead_s = burst * self._step_s
        self._due = float("-inf")

    async def wait(self) -> None:
        """Return when the next one may go."""
        now = self._clock.monotonic()
        due = max(self._due, now - self._ahead_s) + self._step_s
        if due > now:
            await self._clock.sleep(due - now)
        self._due = due

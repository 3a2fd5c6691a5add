"""MQTT telemetry: topics `edge-voice/<device-id>/status|state|turn|metrics|event`, commands on `command/<name>`.

Reports are put down and sent by one task. What waits is bounded: one state and one metrics report (the latest), and
`MAX_WAITING` turns and events, of which the oldest are dropped and counted. A broker that is missing, refuses or
dies is tried again, after a pause that doubles up to a minute, with full jitter so that a fleet does not come back
in step (Brooker, "Exponential Backoff And Jitter", 2015).
"""

import asyncio
import contextlib
import random
from collections import deque
from collections.abc import Mapping
from typing import Any, Self

import aiomqtt
import structlog

from edge import __version__
from edge.errors import EdgeError, HomeError
from edge.events import TurnRecord
from edge.runtime.clock import Clock, SystemClock
from edge.settings import Settings
from edge.telemetry import OnCommand, broker, commands, messages
from edge.telemetry.broker import Link
from edge.telemetry.metrics import Metrics

MAX_WAITING = 200
"""Turns and events that wait for a broker: at most 3.2 MB."""

PUBLISH_TIMEOUT_S = 2.0
"""How long a home command may wait for the broker."""

_PAUSE_S = (0.5, 60.0)
_STABLE_S = 30.0
"""A connection that lasted this long was a good one: the next pause is short again."""

_GOODBYE_S = 1.0
_TAKEN_OVER = 142
"""DISCONNECT: session taken over (MQTT 5, 3.14.2.1)."""

_SUBACK_FAILURE = 0x80
"""SUBACK: from here on refused, in both versions."""

log = structlog.get_logger("telemetry")


class MqttTelemetry:
    """See `edge.telemetry.open_telemetry`. All calls on one event loop."""

    def __init__(self, settings: Settings, *, on_command: OnCommand | None = None, clock: Clock | None = None) -> None:
        self._settings = settings.telemetry
        self._prefix = f"edge-voice/{settings.device.id}"
        self._identifier = f"edge-voice-{settings.device.id}"
        self._on_command = on_command
        self._clock = clock or SystemClock()
        self._metrics = Metrics(self._clock)
        self._state: dict[str, Any] = {
            "name": settings.device.name,
            "area": settings.device.area,
            "phase": "idle",
            "versions": {"edge-voice": __version__},
        }
        self._state_due = False
        self._metrics_due: bytes | None = None
        self._waiting: deque[tuple[str, bytes]] = deque()
        self._work = asyncio.Event()
        self._link: Link | None = None
        self._online = asyncio.Event()
        self._complaint = ""
        self._refused: set[str] = set()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Begin to connect, in the background."""
        self._task = asyncio.create_task(self._run(), name="telemetry")
        return self

    async def __aexit__(self, *_: object) -> None:
        """Send what waits, say "offline", hang up: within a second or so, or not at all."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    def state(self, **changes: Any) -> None:
        """See `Telemetry.state`."""
        self._state |= changes
        self._state_due = True
        self._work.set()

    def turn(self, record: TurnRecord) -> None:
        """See `Telemetry.turn`."""
        self._metrics.count("turns")
        self._wait("turn", messages.turn(record, transcripts=self._settings.transcripts))

    def event(self, kind: str, fields: Mapping[str, Any]) -> None:
        """See `Telemetry.event`."""
        self._wait("event", messages.event(kind, fields, at=self._clock.now().isoformat(timespec="milliseconds")))

    def count(self, metric: str, value: float = 1.0) -> None:
        """See `Telemetry.count`."""
        self._metrics.count(metric, value)

    async def publish(self, topic: str, payload: str) -> None:
        """See `edge.home.Publisher.publish`; codes "home-broker-unreachable" and "home-command-refused"."""
        try:
            async with asyncio.timeout(PUBLISH_TIMEOUT_S):
                while self._link is None:
                    await self._online.wait()
                refusal = await self._link.send(topic, payload.encode())
        except (TimeoutError, aiomqtt.MqttError, ValueError) as error:
            hint = "is it running? `edge-voice doctor` looks"
            raise HomeError("home-broker-unreachable", "the broker did not take the command", hint) from error
        if refusal is not None:
            hint = "let this device write to the topic in the broker's access list"
            raise HomeError("home-command-refused", f"the broker refused {topic}: {refusal}", hint)

    def _wait(self, topic: str, payload: bytes) -> None:
        if len(self._waiting) >= MAX_WAITING:
            self._waiting.popleft()
            self._metrics.count("telemetry_dropped")
        self._waiting.append((topic, payload))
        self._work.set()

    async def _run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._metrics.watch_loop(), name="telemetry-loop-lag")
            tasks.create_task(self._measure(), name="telemetry-metrics")
            tasks.create_task(self._stay_connected(), name="telemetry-connection")

    async def _measure(self) -> None:
        while True:
            await self._clock.sleep(self._settings.metrics_interval_s)
            self._metrics_due = messages.encode(self._metrics.sample(), spare=("counters",))
            self._work.set()

    async def _stay_connected(self) -> None:
        pause_s = _PAUSE_S[0]
        while True:
            since = self._clock.monotonic()
            try:
                await self._connected_once()
            except (aiomqtt.MqttError, OSError, EdgeError, ValueError) as error:
                pause_s = self._complain(error, pause_s)
            except Exception:  # a mistake of ours costs this connection, not the telemetry and not the speaker
                log.exception("telemetry-failed")
            if self._clock.monotonic() - since >= _STABLE_S:
                pause_s = _PAUSE_S[0]
            await self._clock.sleep(random.uniform(pause_s / 2, pause_s))  # noqa: S311 - jitter, no secret
            pause_s = min(2 * pause_s, _PAUSE_S[1])

    async def _connected_once(self) -> None:
        """One connection, from CONNECT to its loss, which is raised."""
        try:
            await self._converse(mqtt5=True)
        except broker.VersionRefusedError:
            await self._converse(mqtt5=False)

    async def _converse(self, *, mqtt5: bool) -> None:
        will = aiomqtt.Will(f"{self._prefix}/status", b"offline", qos=1, retain=True)
        async with broker.connect(self._settings, identifier=self._identifier, will=will, mqtt5=mqtt5) as link:
            log.info("connected", host=self._settings.host, mqtt="5" if mqtt5 else "3.1.1")
            self._complaint = ""
            self._refused.clear()
            self._state_due = True
            try:
                await self._serve(link)
            except asyncio.CancelledError:
                await self._say_goodbye(link)
                raise
            finally:
                self._link = None
                self._online.clear()

    async def _serve(self, link: Link) -> None:
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._receive(link), name="telemetry-receive")
                tasks.create_task(self._send(link), name="telemetry-send")
        except* aiomqtt.MqttError as lost:
            raise lost.exceptions[0] from None

    async def _say_goodbye(self, link: Link) -> None:
        with contextlib.suppress(TimeoutError, aiomqtt.MqttError):
            async with asyncio.timeout(_GOODBYE_S):
                await self._send_waiting(link)
                await link.send(f"{self._prefix}/status", b"offline", retain=True)

    async def _send(self, link: Link) -> None:
        await self._report(link, "status", b"online", retain=True)
        self._link = link
        self._online.set()
        while True:
            await self._send_waiting(link)
            self._work.clear()
            await self._work.wait()

    async def _send_waiting(self, link: Link) -> None:
        while self._state_due or self._metrics_due or self._waiting:
            if self._state_due:
                self._state_due = False
                await self._report(link, "state", messages.encode(self._state), retain=True)
            if self._metrics_due is not None:
                await self._report(link, "metrics", self._metrics_due)
                self._metrics_due = None
            if self._waiting:
                oldest = self._waiting[0]
                await self._report(link, *oldest)
                if self._waiting and self._waiting[0] is oldest:  # else it was dropped meanwhile
                    self._waiting.popleft()

    async def _report(self, link: Link, topic: str, payload: bytes, *, retain: bool = False) -> None:
        refusal = await link.send(f"{self._prefix}/{topic}", payload, retain=retain)
        if refusal is not None:
            self._metrics.count("telemetry_refused")
            if topic not in self._refused:
                self._refused.add(topic)
                log.warning("report-refused", topic=f"{self._prefix}/{topic}", reason=refusal)

    async def _receive(self, link: Link) -> None:
        granted = await link.subscribe(f"{self._prefix}/command/+", qos=1)
        first = granted[0]
        if (first if isinstance(first, int) else first.value) >= _SUBACK_FAILURE:
            log.warning("commands-refused", topic=f"{self._prefix}/command/+", reason=str(first))
        async for message in link.messages:
            self._take(message)

    def _take(self, message: aiomqtt.Message) -> None:
        name = str(message.topic).rpartition("/")[2]
        try:
            command = commands.parse(name, message.payload, retained=message.retain)
        except HomeError as error:
            log.warning("command-refused", code=error.code, reason=error.message)
            self._metrics.count("commands_refused")
            self.event("error", {"code": error.code, "message": error.message})
            return
        self._metrics.count("commands")
        if self._on_command is not None:
            self._on_command(command)

    def _complain(self, error: Exception, pause_s: float) -> float:
        """Log a failure once, until it changes; returns the pause to keep."""
        number = broker.reason_number(error) if isinstance(error, aiomqtt.MqttCodeError) else None
        match error:
            case EdgeError():
                code, hint = error.code, error.hint
            case _ if number in broker.NOT_AUTHORISED:
                code, hint = "broker-not-authorised", "check the user name, the password and the broker's access list"
            case _ if number == _TAKEN_OVER:
                code, hint = "device-id-taken", "another device uses this id: [device] id must be unique"
            case _:
                code, hint = "broker-unreachable", "tried again in the background"
        complaint = f"{code}: {error}"
        if complaint != self._complaint:
            self._complaint = complaint
            log.warning(code, host=self._settings.host, reason=str(error), hint=hint)
        return _PAUSE_S[1] if code in {"broker-not-authorised", "device-id-taken"} else pause_s

"""The permanent connection: connects in the background, reconnects after a loss, and restores the subscriptions.

The pause between attempts doubles up to a minute, with jitter, so that a fleet does not reconnect in step (Brooker,
"Exponential Backoff And Jitter", 2015).

The first attempt uses MQTT 5. If the broker rejects the version or hangs up without an answer, the other version is
tried at once; if it stays silent, at the next attempt, to avoid two timeouts. A version that worked is kept until the
broker rejects it or gives no answer `_DOUBTS` times in a row.
"""

import asyncio
import contextlib
import random
import uuid
from collections.abc import Callable, Collection
from typing import NoReturn, Self

import aiomqtt
import structlog

from edge.errors import BrokerError, EdgeError
from edge.mqtt import DEFAULT_QUEUE, Handler, link
from edge.mqtt.subscriptions import QueuedSubscription, Subscriptions
from edge.runtime.clock import Clock, SystemClock
from edge.settings import MqttSettings

_PAUSE_S = (0.5, 60.0)
_STABLE_S = 30.0
"""After a connection that lasted this long, the next pause is short again."""

_GOODBYE_S = 1.0
_DOUBTS = 3

_CLOSED_IN_A_ROW = 3
_SOON_S = 90.0
"""A rival is back after its own pause of at most a minute."""

NOT_AUTHORISED = {134, 135, 138}
"""CONNACK: bad user name or password, not authorised, banned (MQTT 5, 3.2.2.2)."""

_TAKEN_OVER = 142
"""DISCONNECT: session taken over (MQTT 5, 3.14.2.1)."""

log = structlog.get_logger("mqtt")


class Connection:
    """See `edge.mqtt.Mqtt` and `edge.mqtt.open_mqtt`."""

    def __init__(
        self, settings: MqttSettings, *, device_id: str, presence: bool = True, clock: Clock | None = None
    ) -> None:
        self._settings = settings
        suffix = "" if presence else f"-{uuid.uuid4().hex[:8]}"
        self._identifier = f"edge-voice-{device_id}{suffix}"
        self._status_topic = f"edge-voice/{device_id}/status" if presence else None
        self._clock = clock or SystemClock()
        self._versions = _Versions()
        self._rival = _Rival()
        self._link: link.Link | None = None
        self._online = asyncio.Event()
        self._subscriptions = Subscriptions()
        self._to_subscribe: set[str] = set()
        self._filters_changed = asyncio.Event()
        self._refused_filters: set[str] = set()
        self._callbacks: list[Callable[[], None]] = []
        self._last_failure = ""
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Start to connect in the background."""
        self._task = asyncio.create_task(self._stay_connected(), name="mqtt-connection")
        return self

    async def __aexit__(self, *_: object) -> None:
        """Publish "offline" and disconnect. Gives up after about a second."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
        await self._subscriptions.aclose()

    @property
    def connected(self) -> bool:
        """See `Mqtt.connected`."""
        return self._online.is_set()

    @property
    def dropped(self) -> int:
        """See `Mqtt.dropped`."""
        return self._subscriptions.dropped

    async def publish(
        self,
        topic: str,
        payload: bytes,
        *,
        retain: bool = False,
        timeout_s: float | None,
        expiry_s: int | None = None,
    ) -> None:
        """See `Mqtt.publish`."""
        try:
            async with asyncio.timeout(timeout_s):
                while self._link is None:
                    await self._online.wait()
                used = self._link
                try:
                    refusal = await used.send(topic, payload, retain=retain, expiry_s=expiry_s)
                except aiomqtt.MqttError:
                    self._forget(used)  # the session will notice a moment later
                    raise
        except (TimeoutError, aiomqtt.MqttError) as error:
            raise BrokerError(
                "broker-unreachable", "the MQTT broker did not accept the message", "is the broker running?"
            ) from error
        except ValueError as error:
            raise BrokerError("topic-invalid", f"'{topic}': {error}", "publish to a topic without wildcards") from error
        if refusal is not None and refusal.passing:
            raise BrokerError("broker-busy", f"the broker refused {topic} for now: {refusal.reason}", "try again later")
        if refusal is not None:
            hint = "allow this device to write to the topic in the broker's access list"
            raise BrokerError("publish-refused", f"the broker refused {topic}: {refusal.reason}", hint)

    def send_now(self, topic: str, payload: bytes) -> None:
        """See `Mqtt.send_now`."""
        if self._link is not None:
            self._link.send_now(topic, payload)

    def subscribe(
        self, topic_filters: str | Collection[str], handler: Handler, *, limit: int = DEFAULT_QUEUE
    ) -> QueuedSubscription:
        """See `Mqtt.subscribe`."""
        filters = {topic_filters} if isinstance(topic_filters, str) else set(topic_filters)
        for topic_filter in filters:
            aiomqtt.Wildcard(topic_filter)  # raises ValueError
        subscription = QueuedSubscription(filters, handler, limit, self._unsubscribe)
        self._subscriptions.add(subscription)
        self._to_subscribe |= filters
        self._filters_changed.set()
        return subscription

    async def until_connected(self) -> None:
        """See `Mqtt.until_connected`."""
        while not self.connected:
            await self._online.wait()

    def when_connected(self, callback: Callable[[], None]) -> None:
        """See `Mqtt.when_connected`."""
        self._callbacks.append(callback)
        if self.connected:
            callback()

    def _unsubscribe(self, subscription: QueuedSubscription) -> None:
        self._subscriptions.remove(subscription)
        self._filters_changed.set()

    async def _stay_connected(self) -> NoReturn:
        pause_s = _PAUSE_S[0]
        while True:
            since = self._clock.monotonic()
            try:
                await self._session()
            except (aiomqtt.MqttError, OSError, EdgeError, ValueError) as error:
                self._rival.ended(error, after_s=self._clock.monotonic() - since)
                pause_s = self._log_once(error, pause_s)
            except Exception:  # a bug must not end the speaker
                log.exception("mqtt-failed")
            if self._clock.monotonic() - since >= _STABLE_S:
                pause_s = _PAUSE_S[0]
            await self._clock.sleep(random.uniform(pause_s / 2, pause_s))  # noqa: S311 - jitter, not a secret
            pause_s = min(2 * pause_s, _PAUSE_S[1])

    async def _session(self) -> None:
        """Connect once and serve until the connection is lost. Raises the reason."""
        mqtt5 = self._versions.first()
        try:
            await self._serve(mqtt5=mqtt5)
        except (link.VersionRefusedError, link.NoAnswerError) as error:
            if not self._versions.failed(error, mqtt5=mqtt5):
                raise
            await self._serve(mqtt5=not mqtt5)

    async def _serve(self, *, mqtt5: bool) -> None:
        will = aiomqtt.Will(self._status_topic, b"offline", qos=1, retain=True) if self._status_topic else None
        async with link.connect(
            self._settings,
            identifier=self._identifier,
            will=will,
            mqtt5=mqtt5,
            on_message=self._subscriptions.deliver,
        ) as opened:
            self._versions.worked(mqtt5=mqtt5)
            log.info("connected", host=self._settings.host, mqtt="5" if mqtt5 else "3.1.1")
            if not self._rival.suspected:
                self._last_failure = ""
            try:
                await self._until_lost(opened)
            except asyncio.CancelledError:
                await self._say_goodbye(opened)
                raise
            finally:
                self._forget(opened)

    async def _until_lost(self, opened: link.Link) -> NoReturn:
        """Raise the reason when the connection ends."""
        # Not a TaskGroup: if this task is cancelled at the same moment, it would raise the reason and lose the cancel.
        tasks = {
            asyncio.create_task(opened.lost(), name="mqtt-lost"),
            asyncio.create_task(self._set_up(opened), name="mqtt-subscriptions"),
        }
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        failures = [error for task in done if (error := task.exception()) is not None]
        raise opened.ended_by or failures[0]

    async def _set_up(self, opened: link.Link) -> NoReturn:
        """Announce the speaker and subscribe; then keep the subscriptions up to date."""
        if self._status_topic is not None:
            refusal = await opened.send(self._status_topic, b"online", retain=True)
            if refusal is not None:
                log.warning("publish-refused", topic=self._status_topic, reason=refusal.reason)
        self._to_subscribe = self._subscriptions.filters
        granted: set[str] = set()
        while True:
            self._filters_changed.clear()
            wanted = self._subscriptions.filters
            fresh, self._to_subscribe = self._to_subscribe & wanted, set()
            await opened.unsubscribe(sorted(granted - wanted))
            self._note_refusals(await opened.subscribe(sorted(fresh)))
            granted = wanted
            if self._link is None:
                self._link = opened
                self._online.set()
                for callback in self._callbacks:
                    callback()
            await self._filters_changed.wait()

    def _note_refusals(self, results: dict[str, str | None]) -> None:
        """Log each refused filter once, until it is granted."""
        for topic_filter, refusal in results.items():
            if refusal is None:
                self._refused_filters.discard(topic_filter)
            elif topic_filter not in self._refused_filters:
                self._refused_filters.add(topic_filter)
                hint = "allow this device to read the topic in the broker's access list"
                log.warning("subscription-refused", topic=topic_filter, reason=refusal, hint=hint)

    def _forget(self, opened: link.Link) -> None:
        if self._link is opened:
            self._link = None
            self._online.clear()

    async def _say_goodbye(self, opened: link.Link) -> None:
        if self._status_topic is not None:
            with contextlib.suppress(TimeoutError, aiomqtt.MqttError):
                async with asyncio.timeout(_GOODBYE_S):
                    await opened.send(self._status_topic, b"offline", retain=True)

    def _log_once(self, error: Exception, pause_s: float) -> float:
        """Log a failure once until it changes. Returns the pause before the next attempt."""
        number = link.reason_number(error)
        match error:
            case EdgeError():
                code, hint = error.code, error.hint
            case _ if number in NOT_AUTHORISED:
                code, hint = "broker-not-authorised", "check the user name, the password and the broker's access list"
            case _ if number == _TAKEN_OVER:
                code, hint = "device-id-taken", "another device uses this id: [device] id must be unique"
            case _ if self._rival.suspected and self._status_topic is not None:
                code = "device-id-taken"
                hint = (
                    "another device seems to use this id: [device] id must be unique; if it is, the broker ends "
                    "each connection itself: see its log"
                )
            case _:
                code = "broker-unreachable"
                hint = "it reconnects in the background; `edge-voice doctor` looks for the reason"
        failure = code if code == "device-id-taken" else f"{code}: {error}"
        if failure != self._last_failure:
            self._last_failure = failure
            log.warning(code, host=self._settings.host, reason=str(error), hint=hint)
        return _PAUSE_S[1] if code in {"broker-not-authorised", "device-id-taken"} else pause_s


class _Rival:
    """Whether another client seems to use the same client id.

    The broker then closes the older of the two connections. Mosquitto 2.0.11 gives no reason for that, MQTT 3.1.1
    cannot; what can be seen is that connection after connection is accepted and then closed. An attempt that fails in
    between is another trouble: a broker that restarts, a network that is gone.
    """

    def __init__(self) -> None:
        self._closed = 0

    @property
    def suspected(self) -> bool:
        """`_CLOSED_IN_A_ROW` connections were accepted and closed."""
        return self._closed >= _CLOSED_IN_A_ROW

    def ended(self, error: Exception, *, after_s: float) -> None:
        """An attempt ended with `error`, `after_s` seconds after its beginning."""
        taken = link.reason_number(error) == _TAKEN_OVER
        closed = isinstance(error, link.LostError) and after_s <= _SOON_S
        self._closed = self._closed + 1 if taken or closed else 0


class _Versions:
    """Chooses the MQTT version, see the module docstring."""

    def __init__(self) -> None:
        self._known: bool | None = None
        self._next = True
        self._doubts = 0

    def first(self) -> bool:
        """Whether the next attempt starts with MQTT 5 (otherwise 3.1.1)."""
        return self._next if self._known is None else self._known

    def worked(self, *, mqtt5: bool) -> None:
        """Record that the broker accepted this version."""
        self._known, self._next, self._doubts = mqtt5, mqtt5, 0

    def failed(self, error: aiomqtt.MqttError, *, mqtt5: bool) -> bool:
        """Record that the broker did not accept this version. Return whether to try the other one at once."""
        refused = isinstance(error, link.VersionRefusedError)
        if self._known is not None and not refused:
            self._doubts += 1
            if self._doubts < _DOUBTS:
                return False
        self._known, self._doubts = None, 0
        silent = isinstance(error, link.NoAnswerError) and error.silent
        self._next = not mqtt5 if silent else True
        return not silent

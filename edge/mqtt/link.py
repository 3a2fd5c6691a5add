"""A single connection to a broker, from CONNECT until it is lost. `edge.mqtt.connection` opens the next one.

aiomqtt drives paho-mqtt on the event loop. This module uses three private names, because there is no public API:

* `aiomqtt.Client._client`, the paho client: its public callbacks report why a publication was rejected and that the
  broker hung up instead of answering;
* `paho.mqtt.client.Client._create_socket`, replaced to pass in a connected socket;
* `paho.mqtt.client.Client._sock_close`, to close the socket at once, whatever the broker does.

tests/mqtt/test_private_names.py fails if a new version changes one of them.
"""

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar, cast

import aiomqtt
from paho.mqtt.client import Client as PahoClient
from paho.mqtt.client import ConnectFlags, DisconnectFlags, MQTTMessage
from paho.mqtt.client import error_string as paho_error_string
from paho.mqtt.enums import MQTTErrorCode
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from edge.mqtt import Message
from edge.mqtt.sockets import CONNECT_TIMEOUT_S, open_socket
from edge.runtime.secrets import read_secret
from edge.settings import MqttSettings

ACK_TIMEOUT_S = 5.0
KEEPALIVE_S = 30
MAX_PACKET_BYTES = 1_048_576
"""The largest message accepted. An MQTT 5 broker withholds larger ones; those of other brokers are dropped here."""

FILTERS_IN_PACKET = 50
"""Topic filters in one SUBSCRIBE or UNSUBSCRIBE."""

_DISCONNECT_TIMEOUT_S = 0.5
_REFUSED_VERSION = 132
"""CONNACK: unsupported protocol version (MQTT 5, 3.2.2.2). paho converts the codes of 3.1.1 to those of 5."""

_PASSING = {151}
"""PUBACK: quota exceeded (MQTT 5, 3.4.2.1). The same message may be accepted later; the other refusals are final."""

_ROOM_BYTES = 64
"""What a PUBLISH holds besides topic and payload, at most: header, lengths, packet id and our properties."""

_CLOSED = "Unspecified error"
"""paho's reason for a connection that was closed without a DISCONNECT; others are its own timeouts."""

T = TypeVar("T")

logging.getLogger("mqtt").addHandler(logging.NullHandler())  # aiomqtt's; what it would print is reported here

OnMessage = Callable[[Message], None]


class VersionRefusedError(aiomqtt.MqttError):
    """The broker rejected this version of MQTT."""


class NoAnswerError(aiomqtt.MqttError):
    """The broker hung up, or was silent until the timeout, instead of answering CONNECT.

    Some brokers do that if they do not know the version.
    """

    def __init__(self, message: str, *, silent: bool) -> None:
        super().__init__(message)
        self.silent = silent


class LostError(aiomqtt.MqttError):
    """The other end closed an accepted connection, or the network did, and gave no reason."""

    def __init__(self) -> None:
        super().__init__("the connection was closed without a reason")


@dataclass(frozen=True, slots=True)
class Refusal:
    """The broker did not take a message (only MQTT 5 reports that). `passing`: it may take it later."""

    reason: str
    passing: bool = False


class Link:
    """An open connection."""

    def __init__(self, on_message: OnMessage, **options: Any) -> None:
        self._mqtt = aiomqtt.Client(**options)
        self._paho: PahoClient = self._mqtt._client  # noqa: SLF001 - see the module
        self._on_connack = cast("Callable[..., None]", self._paho.on_connect)
        self._paho.on_connect = self._on_connect
        self._paho.on_disconnect = self._on_disconnect
        self._paho.on_publish = self._on_publish
        self._paho.on_message = self._on_message
        self._deliver = on_message
        self._mqtt5 = options.get("protocol") == aiomqtt.ProtocolVersion.V5
        self._max_packet_bytes: int | None = None
        self._acknowledged: dict[int, asyncio.Future[Refusal | None]] = {}
        self._ended = asyncio.Event()
        self.ended_by: aiomqtt.MqttError | None = None
        """The reason why the connection ended."""

    async def open(self, connected: socket.socket) -> None:
        """Send CONNECT. Raises `VersionRefusedError`, `NoAnswerError` or `aiomqtt.MqttCodeError`."""
        self._paho._create_socket = lambda: connected  # type: ignore[method-assign]  # noqa: SLF001 - see the module
        connecting = asyncio.ensure_future(self._connect())
        ended = asyncio.ensure_future(self._ended.wait())
        try:
            await asyncio.wait({connecting, ended}, return_when=asyncio.FIRST_COMPLETED)
            answered = connecting.done()
        finally:
            connecting.cancel()
            ended.cancel()
            await asyncio.gather(connecting, ended, return_exceptions=True)
        if not answered:  # aiomqtt would wait for its timeout
            raise NoAnswerError("the broker hung up without an answer", silent=False)
        connecting.result()

    async def _connect(self) -> None:
        try:
            await self._mqtt.__aenter__()
        except aiomqtt.MqttCodeError as error:
            if reason_number(error) == _REFUSED_VERSION:
                raise VersionRefusedError(str(error)) from error
            raise
        except aiomqtt.MqttError as error:
            raise NoAnswerError("the broker does not answer", silent=True) from error

    async def lost(self) -> NoReturn:
        """Wait for the end of the connection and raise its reason, an `aiomqtt.MqttError`."""
        watching = asyncio.ensure_future(self._watch())
        try:
            await self._ended.wait()
        finally:
            watching.cancel()
        raise self.ended_by or aiomqtt.MqttError("the connection has ended")

    async def _watch(self) -> None:
        """End the connection if a packet is malformed: aiomqtt reports this error only to message iterators."""
        try:
            async for _ in self._mqtt.messages:
                pass
        except aiomqtt.MqttError as error:
            self._end(error)

    async def send(
        self, topic: str, payload: bytes, *, retain: bool = False, expiry_s: int | None = None
    ) -> Refusal | None:
        """Publish with QoS 1 and wait for the broker. Return None, or its refusal (MQTT 5 only).

        A packet that is larger than the broker takes is refused here: the broker would end the connection. `expiry_s`
        is the Message Expiry Interval of MQTT 5; 3.1.1 has none. Raises `aiomqtt.MqttError` if the connection is lost
        or the broker is silent for `ACK_TIMEOUT_S`, which ends the connection; ValueError if the topic is invalid.
        """
        size = len(topic.encode("utf-8", "replace")) + len(payload) + _ROOM_BYTES
        if self._max_packet_bytes is not None and size > self._max_packet_bytes:
            return Refusal("Packet too large")
        properties = None
        if self._mqtt5 and expiry_s is not None:
            properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]  # paho's gap
            properties.MessageExpiryInterval = expiry_s
        sent = self._paho.publish(topic, payload, qos=1, retain=retain, properties=properties)
        if sent.rc != MQTTErrorCode.MQTT_ERR_SUCCESS:  # paho's own number, which is not one of the broker's
            raise self.ended_by or aiomqtt.MqttError(paho_error_string(sent.rc))
        answer: asyncio.Future[Refusal | None] = asyncio.get_running_loop().create_future()
        self._acknowledged[sent.mid] = answer
        try:
            async with asyncio.timeout(ACK_TIMEOUT_S):
                return await answer
        except TimeoutError:
            error = aiomqtt.MqttError("the broker does not acknowledge")
            self._end(error)
            raise error from None
        finally:
            del self._acknowledged[sent.mid]

    def send_now(self, topic: str, payload: bytes) -> None:
        """Publish with QoS 0. It is lost if the connection is."""
        self._paho.publish(topic, payload, qos=0)

    async def subscribe(self, filters: Sequence[str]) -> dict[str, str | None]:
        """Subscribe with QoS 1. Return None or the reason of a rejection per filter. Raises `aiomqtt.MqttError`.

        A broker has to answer for each filter, in order (MQTT 5, 3.9.3); those that it leaves out count as rejected.
        """
        results: dict[str, str | None] = {}
        for batch in _batches(filters):
            codes = await cancellable(self._mqtt.subscribe([(topic_filter, 1) for topic_filter in batch]))
            results |= dict.fromkeys(batch, "the broker said nothing about it")
            for topic_filter, code in zip(batch, cast("list[ReasonCode]", codes), strict=False):
                results[topic_filter] = str(code) if code.is_failure else None
        return results

    async def unsubscribe(self, filters: Sequence[str]) -> None:
        """Unsubscribe. Raises `aiomqtt.MqttError`."""
        for batch in _batches(filters):
            await cancellable(self._mqtt.unsubscribe(batch))

    async def disconnect(self) -> None:
        """Send DISCONNECT, or give up after half a second."""
        if self._paho.disconnect() == MQTTErrorCode.MQTT_ERR_SUCCESS:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_DISCONNECT_TIMEOUT_S):
                    await self._ended.wait()

    async def aclose(self) -> None:
        """Close the socket, whatever the broker does. All calls that wait for the broker fail."""
        await asyncio.sleep(0)  # aiomqtt may have scheduled a callback that still needs the socket
        self._paho._sock_close()  # noqa: SLF001 - see the module
        self._end(aiomqtt.MqttError("the connection was closed"))

    def _end(self, error: aiomqtt.MqttError) -> None:
        self.ended_by = self.ended_by or error
        self._ended.set()
        for answer in self._acknowledged.values():
            if not answer.done():
                answer.set_exception(self.ended_by)

    def _on_connect(
        self,
        client: PahoClient,
        userdata: Any,
        flags: ConnectFlags,
        reason_code: ReasonCode,
        properties: Properties | None,
    ) -> None:
        """Handle CONNACK: keep the largest packet that the broker takes (MQTT 5, 3.2.2.3.6), then as aiomqtt does."""
        self._max_packet_bytes = getattr(properties, "MaximumPacketSize", None)
        self._on_connack(client, userdata, flags, reason_code, properties)

    def _on_disconnect(
        self,
        client: PahoClient,
        userdata: Any,
        flags: DisconnectFlags,
        reason_code: ReasonCode,
        properties: Properties | None,
    ) -> None:
        """The connection has ended; instead of aiomqtt's own callback, which ignores it before CONNACK.

        Without a packet from the broker the reason is paho's own, and its number is not one of the broker's.
        """
        _ = client, userdata, properties
        if flags.is_disconnect_packet_from_server:
            self._end(aiomqtt.MqttCodeError(reason_code, "disconnected"))
        elif reason_code == _CLOSED:
            self._end(LostError())
        else:
            self._end(aiomqtt.MqttError(str(reason_code)))

    def _on_publish(
        self, client: PahoClient, userdata: Any, mid: int, reason_code: ReasonCode, properties: Properties
    ) -> None:
        """Handle PUBACK. Replaces aiomqtt's callback, which drops the reason."""
        _ = client, userdata, properties
        answer = self._acknowledged.get(mid)
        if answer is not None and not answer.done():
            refusal = Refusal(str(reason_code), passing=reason_code.value in _PASSING)
            answer.set_result(refusal if reason_code.is_failure else None)

    def _on_message(self, client: PahoClient, userdata: Any, message: MQTTMessage) -> None:
        """Handle PUBLISH: pass it directly to the subscriptions' bounded queues. aiomqtt's own queue stays empty."""
        _ = client, userdata
        with contextlib.suppress(UnicodeDecodeError):  # not one of our topics
            if len(message.payload) <= MAX_PACKET_BYTES:
                self._deliver(Message(message.topic, bytes(message.payload), message.retain))


@asynccontextmanager
async def connect(
    settings: MqttSettings, *, identifier: str, will: aiomqtt.Will | None, mqtt5: bool, on_message: OnMessage
) -> AsyncIterator[Link]:
    """Connect, and close the connection at the end of the block.

    Raises `VersionRefusedError`, `NoAnswerError`, other `aiomqtt.MqttError`s, `OSError` (name, network, TLS) or
    `EdgeError` (password file).
    """
    secret = read_secret("mqtt-password", settings.password_file)
    port = port_of(settings)
    properties = None
    if mqtt5:
        properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]  # paho's gap
        properties.MaximumPacketSize = MAX_PACKET_BYTES
    link = Link(
        on_message,
        hostname=str(settings.host),
        port=port,
        username=settings.username,
        password=None if secret is None else secret.get_secret_value(),
        identifier=identifier,
        protocol=aiomqtt.ProtocolVersion.V5 if mqtt5 else aiomqtt.ProtocolVersion.V311,
        will=will,
        keepalive=KEEPALIVE_S,
        timeout=CONNECT_TIMEOUT_S,
        properties=properties,
    )
    connected = await open_socket(settings, port)
    try:
        await link.open(connected)
        try:
            yield link
        finally:
            await link.disconnect()
    finally:
        await link.aclose()
        connected.close()


async def cancellable(call: Coroutine[Any, Any, T]) -> T:
    """Await a call of aiomqtt, and end it when cancelled.

    aiomqtt waits with `asyncio.wait_for`, which on Python 3.11 loses a cancellation that comes together with the result
    (bpo-42130): the caller would go on, and closing the connection would wait for it for ever.
    """
    task = asyncio.ensure_future(call)
    try:
        await asyncio.wait({task})
    except asyncio.CancelledError:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise
    return task.result()


def port_of(settings: MqttSettings) -> int:
    """The broker's port."""
    return settings.port or (8883 if settings.tls else 1883)


def reason_number(error: Exception) -> int | None:
    """The number in the broker's CONNACK or DISCONNECT, in the numbers of MQTT 5; None for any other failure.

    paho numbers its own errors too ("4": not connected), with integers that mean something else in a CONNACK.
    """
    code = error.rc if isinstance(error, aiomqtt.MqttCodeError) else None
    return code.value if isinstance(code, ReasonCode) else None


def _batches(filters: Sequence[str]) -> list[list[str]]:
    return [list(filters[at : at + FILTERS_IN_PACKET]) for at in range(0, len(filters), FILTERS_IN_PACKET)]

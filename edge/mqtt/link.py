"""One connection to a broker, from CONNECT until it is lost. `edge.mqtt.connection` makes the next one.

aiomqtt drives paho-mqtt on the event loop. Three of their private names are used, because there is no public way:

* `aiomqtt.Client._client`, the paho client: its public callbacks report why a publication was refused and that the
  broker hung up instead of answering;
* `paho.mqtt.client.Client._create_socket`, replaced to hand over a socket that is connected already;
* `paho.mqtt.client.Client._sock_close`, to close it at once, whatever the broker does.

tests/mqtt/test_private_names.py fails when a new version changes one of them.
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, NoReturn, cast

import aiomqtt
from paho.mqtt.client import Client as PahoClient
from paho.mqtt.client import DisconnectFlags, MQTTMessage
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
"""The largest message taken from the broker. A broker with MQTT 5 withholds larger ones; others are dropped here."""

FILTERS_IN_PACKET = 50
"""Topic filters in one SUBSCRIBE or UNSUBSCRIBE."""

_DISCONNECT_TIMEOUT_S = 0.5
_REFUSED_VERSION = 132
"""CONNACK: unsupported protocol version (MQTT 5, 3.2.2.2). paho gives the codes of 3.1.1 in the numbers of 5."""

OnMessage = Callable[[Message], None]


class VersionRefusedError(aiomqtt.MqttError):
    """The broker does not speak this version of MQTT: it said so."""


class NoAnswerError(aiomqtt.MqttError):
    """The broker hung up, or was silent until the timeout, instead of answering CONNECT.

    Some brokers do that when they do not know the version.
    """

    def __init__(self, message: str, *, silent: bool) -> None:
        super().__init__(message)
        self.silent = silent


class Link:
    """An open connection."""

    def __init__(self, on_message: OnMessage, **options: Any) -> None:
        self._mqtt = aiomqtt.Client(**options)
        self._paho: PahoClient = self._mqtt._client  # noqa: SLF001 - see the module
        self._paho.on_disconnect = self._on_disconnect
        self._paho.on_publish = self._on_publish
        self._paho.on_message = self._on_message
        self._deliver = on_message
        self._acknowledged: dict[int, asyncio.Future[str | None]] = {}
        self._ended = asyncio.Event()
        self.ended_by: aiomqtt.MqttError | None = None
        """Why the connection has ended."""

    async def open(self, connected: socket.socket) -> None:
        """CONNECT. Raises `VersionRefusedError`, `NoAnswerError` or `aiomqtt.MqttCodeError`."""
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
        """End the connection on what a malformed packet raised: aiomqtt tells only an iterator over messages."""
        try:
            async for _ in self._mqtt.messages:
                pass
        except aiomqtt.MqttError as error:
            self._end(error)

    async def send(self, topic: str, payload: bytes, *, retain: bool = False) -> str | None:
        """Publish with QoS 1 and wait for the broker: None, or (MQTT 5) why it refused, e.g. "Not authorized".

        Raises `aiomqtt.MqttError` when the connection is lost or the broker is silent for `ACK_TIMEOUT_S`, which ends
        the connection; ValueError for a topic that cannot be published to.
        """
        sent = self._paho.publish(topic, payload, qos=1, retain=retain)
        if sent.rc != MQTTErrorCode.MQTT_ERR_SUCCESS:
            raise self.ended_by or aiomqtt.MqttCodeError(sent.rc, "could not publish")
        answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
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

    async def subscribe(self, filters: Sequence[str]) -> dict[str, str | None]:
        """Subscribe with QoS 1; for each filter None, or why the broker refused it. Raises `aiomqtt.MqttError`."""
        results: dict[str, str | None] = {}
        for batch in _batches(filters):
            codes = await self._mqtt.subscribe([(topic_filter, 1) for topic_filter in batch])
            for topic_filter, code in zip(batch, cast("list[ReasonCode]", codes), strict=True):
                results[topic_filter] = str(code) if code.is_failure else None
        return results

    async def unsubscribe(self, filters: Sequence[str]) -> None:
        """Unsubscribe. Raises `aiomqtt.MqttError`."""
        for batch in _batches(filters):
            await self._mqtt.unsubscribe(batch)

    async def disconnect(self) -> None:
        """DISCONNECT, or give up after half a second."""
        if self._paho.disconnect() == MQTTErrorCode.MQTT_ERR_SUCCESS:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_DISCONNECT_TIMEOUT_S):
                    await self._ended.wait()

    async def aclose(self) -> None:
        """Close the socket, whatever the broker does; everything that waits for the broker fails."""
        await asyncio.sleep(0)  # aiomqtt may have scheduled a callback that still needs the socket
        self._paho._sock_close()  # noqa: SLF001 - see the module
        self._end(aiomqtt.MqttError("the connection was closed"))

    def _end(self, error: aiomqtt.MqttError) -> None:
        self.ended_by = self.ended_by or error
        self._ended.set()
        for answer in self._acknowledged.values():
            if not answer.done():
                answer.set_exception(self.ended_by)

    def _on_disconnect(
        self,
        client: PahoClient,
        userdata: Any,
        flags: DisconnectFlags,
        reason_code: ReasonCode,
        properties: Properties | None,
    ) -> None:
        """The connection has ended; instead of aiomqtt's own callback, which ignores it before CONNACK."""
        _ = client, userdata, flags, properties
        self._end(aiomqtt.MqttCodeError(reason_code, "disconnected"))

    def _on_publish(
        self, client: PahoClient, userdata: Any, mid: int, reason_code: ReasonCode, properties: Properties
    ) -> None:
        """PUBACK; aiomqtt's own callback drops the reason."""
        _ = client, userdata, properties
        answer = self._acknowledged.get(mid)
        if answer is not None and not answer.done():
            answer.set_result(str(reason_code) if reason_code.is_failure else None)

    def _on_message(self, client: PahoClient, userdata: Any, message: MQTTMessage) -> None:
        """PUBLISH; straight to the subscriptions, whose queues are bounded. aiomqtt's own queue stays empty."""
        _ = client, userdata
        with contextlib.suppress(UnicodeDecodeError):  # no topic of ours
            if len(message.payload) <= MAX_PACKET_BYTES:
                self._deliver(Message(message.topic, bytes(message.payload), message.retain))


@asynccontextmanager
async def connect(
    settings: MqttSettings, *, identifier: str, will: aiomqtt.Will | None, mqtt5: bool, on_message: OnMessage
) -> AsyncIterator[Link]:
    """A connection for as long as the block runs.

    Raises `VersionRefusedError`, `NoAnswerError`, other `aiomqtt.MqttError`s, `OSError` (name, network, TLS) or
    `EdgeError` (password file).
    """
    secret = read_secret("mqtt-password", settings.password_file)
    port = settings.port or (8883 if settings.tls else 1883)
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


def reason_number(error: Exception) -> int | None:
    """The number in the broker's CONNACK or DISCONNECT, in the numbers of MQTT 5; None for any other failure."""
    code = error.rc if isinstance(error, aiomqtt.MqttCodeError) else None
    return code.value if isinstance(code, ReasonCode) else None


def _batches(filters: Sequence[str]) -> list[list[str]]:
    return [list(filters[at : at + FILTERS_IN_PACKET]) for at in range(0, len(filters), FILTERS_IN_PACKET)]

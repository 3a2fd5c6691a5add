"""One connection to a broker: MQTT 5 where it has it, 3.1.1 otherwise.

aiomqtt connects on the loop's default executor, which a stopping program waits for; a broker that is a black hole
would hold up the end by seconds. Here names are looked up, sockets connected and TLS shaken on a thread that
is left behind when the caller is cancelled.
"""

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar, cast

import aiomqtt
from paho.mqtt.client import Client as PahoClient
from paho.mqtt.client import DisconnectFlags
from paho.mqtt.enums import MQTTErrorCode
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from edge.runtime.secrets import read_secret
from edge.settings import TelemetrySettings

CONNECT_TIMEOUT_S = 5.0
ACK_TIMEOUT_S = 5.0
KEEPALIVE_S = 30
_GOODBYE_TIMEOUT_S = 0.5
MAX_PACKET_BYTES = 65_536
"""What the broker may send us in one packet (MQTT 5 only)."""

_MAX_WAITING_COMMANDS = 32
_REFUSED_VERSION = {1, 132}
"""CONNACK: unacceptable protocol version (3.1.1, 3.2.2.3), unsupported protocol version (5, 3.2.2.2)."""

NOT_AUTHORISED = {4, 5, 134, 135, 138}
"""CONNACK: bad user name or password, not authorised, banned; in the numbers of both versions."""


class VersionRefusedError(aiomqtt.MqttError):
    """The broker does not speak this version of MQTT, or hung up on it without a word."""


class Link(aiomqtt.Client):
    """A client on a socket that is connected already, whose publications know whether the broker refused them."""

    def __init__(self, connected: socket.socket, **options: Any) -> None:
        super().__init__(**options)
        self._acknowledged: dict[int, asyncio.Future[str | None]] = {}
        # paho has no public way to take a socket; test_broker.py fails if this stops working.
        self._client._create_socket = lambda: connected  # type: ignore[method-assign]  # noqa: SLF001

    async def send(self, topic: str, payload: bytes, *, retain: bool = False) -> str | None:
        """Publish with QoS 1 and wait for the broker: None, or (MQTT 5) why it refused, e.g. "Not authorized".

        Raises `aiomqtt.MqttError` when the connection is gone or the broker is silent for `ACK_TIMEOUT_S`.
        """
        sent = self._client.publish(topic, payload, qos=1, retain=retain)
        if sent.rc != MQTTErrorCode.MQTT_ERR_SUCCESS:
            raise aiomqtt.MqttCodeError(sent.rc, "could not publish")
        answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._acknowledged[sent.mid] = answer
        try:
            async with asyncio.timeout(ACK_TIMEOUT_S):
                return await answer
        except TimeoutError:
            message = "the broker does not acknowledge"
            raise aiomqtt.MqttError(message) from None
        finally:
            del self._acknowledged[sent.mid]

    def drop(self) -> None:
        """Let go of the socket, whatever the broker does, and of everybody who waits for it."""
        self._client._sock_close()  # noqa: SLF001 - see __init__
        for answer in self._acknowledged.values():
            if not answer.done():
                answer.set_exception(aiomqtt.MqttError("the connection was lost"))
        if self._disconnected.done() and not self._disconnected.cancelled():
            self._disconnected.exception()  # asyncio logs what nobody looks at

    def _on_disconnect(
        self,
        client: PahoClient,
        userdata: Any,
        flags: DisconnectFlags,
        reason_code: ReasonCode,
        properties: Properties | None = None,
    ) -> None:
        """A broker that hangs up instead of answering CONNECT is noticed at once; aiomqtt would wait for its timeout.

        Some brokers that know only 3.1.1 do this when they meet version 5.
        """
        if not self._connected.done():
            self._connected.set_exception(VersionRefusedError("the broker hung up without an answer"))
        super()._on_disconnect(client, userdata, flags, reason_code, properties)

    def _on_publish(
        self, client: PahoClient, userdata: Any, mid: int, reason_code: ReasonCode, properties: Properties
    ) -> None:
        """Called with the PUBACK; aiomqtt's own drops the reason."""
        _ = client, userdata, properties
        answer = self._acknowledged.get(mid)
        if answer is not None and not answer.done():
            answer.set_result(str(reason_code) if reason_code.is_failure else None)


@asynccontextmanager
async def connect(
    settings: TelemetrySettings, *, identifier: str, will: aiomqtt.Will, mqtt5: bool
) -> AsyncIterator[Link]:
    """A connection for as long as the block runs.

    Raises `VersionRefusedError`, `aiomqtt.MqttError`, `OSError` (name, network, TLS) or `EdgeError` (password file).
    """
    secret = read_secret("mqtt-password", settings.password_file)
    port = settings.port or (8883 if settings.tls else 1883)
    connected = await _on_left_thread(lambda: _open_socket(settings, port), discard=lambda it: it.close())
    properties = None
    if mqtt5:
        properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]  # paho's gap
        properties.MaximumPacketSize = MAX_PACKET_BYTES
    link = Link(
        connected,
        hostname=str(settings.host),
        port=port,
        username=settings.username,
        password=None if secret is None else secret.get_secret_value(),
        identifier=identifier,
        protocol=aiomqtt.ProtocolVersion.V5 if mqtt5 else aiomqtt.ProtocolVersion.V311,
        will=will,
        keepalive=KEEPALIVE_S,
        timeout=CONNECT_TIMEOUT_S,
        max_queued_incoming_messages=_MAX_WAITING_COMMANDS,
        properties=properties,
    )
    try:
        await _say_hello(link, mqtt5=mqtt5)
        try:
            yield link
        finally:
            with contextlib.suppress(aiomqtt.MqttError, TimeoutError):
                async with asyncio.timeout(_GOODBYE_TIMEOUT_S):
                    await link.__aexit__(None, None, None)
    finally:
        link.drop()


async def _say_hello(link: Link, *, mqtt5: bool) -> None:
    try:
        await link.__aenter__()
    except aiomqtt.MqttCodeError as error:
        if reason_number(error) in _REFUSED_VERSION:
            raise VersionRefusedError(str(error)) from error
        raise
    except aiomqtt.MqttError as error:
        if mqtt5:  # silence is what some brokers have for a version they do not know
            raise VersionRefusedError(str(error)) from error
        raise


def reason_number(error: aiomqtt.MqttCodeError) -> int | None:
    """The number in the broker's CONNACK or DISCONNECT."""
    return error.rc.value if isinstance(error.rc, ReasonCode) else error.rc


def _open_socket(settings: TelemetrySettings, port: int) -> socket.socket:
    """A connected socket, TLS included. The certificates are read anew: a renewed one holds at the next connection."""
    context = _tls_context(settings) if settings.tls else None
    plain = socket.create_connection((str(settings.host), port), timeout=CONNECT_TIMEOUT_S)
    try:
        return plain if context is None else context.wrap_socket(plain, server_hostname=settings.host)
    except BaseException:
        plain.close()
        raise


def _tls_context(settings: TelemetrySettings) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=settings.ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if settings.cert_file is not None:
        context.load_cert_chain(settings.cert_file, settings.key_file)
    return context


T = TypeVar("T")


async def _on_left_thread(call: Callable[[], T], *, discard: Callable[[T], None]) -> T:
    """What `call` returns or raises, from a daemon thread. Cancelled: the thread is left, a late result discarded."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: Exception | None) -> None:
        if not future.done():
            future.set_exception(error) if error is not None else future.set_result(cast("T", result))
        elif error is None:
            discard(cast("T", result))

    def work() -> None:
        result, error = None, None
        try:
            result = call()
        except Exception as caught:  # noqa: BLE001 - handed to the caller
            error = caught
        try:
            loop.call_soon_threadsafe(settle, result, error)
        except RuntimeError:  # the loop is closed: nobody waits any more
            if error is None:
                discard(cast("T", result))

    threading.Thread(target=work, name="mqtt-connect", daemon=True).start()
    return await future

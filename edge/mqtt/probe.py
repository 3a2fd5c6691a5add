"""What keeps a speaker from using its broker: one connection beside the speaker's own, for `edge-voice doctor`."""

import asyncio
import socket
import ssl
import uuid
from collections.abc import Sequence

import aiomqtt

from edge.errors import BrokerError, EdgeError
from edge.mqtt import link
from edge.mqtt.connection import NOT_AUTHORISED
from edge.settings import Settings

PROBE_TIMEOUT_S = 15.0
"""For all of it: name, connection, TLS, the broker's answers."""


async def probe(settings: Settings) -> Sequence[EdgeError]:
    """Connect with a client id of its own, and try the speaker's rights; empty where nothing is wrong.

    It subscribes to the speaker's commands, which disturbs nothing, and publishes an empty message on
    `edge-voice/<device id>/doctor`, which is not retained. Only MQTT 5 tells that a publication was refused; that the
    home's topics may be written cannot be tried without switching something.
    """
    try:
        async with asyncio.timeout(PROBE_TIMEOUT_S):
            return await _try(settings)
    except TimeoutError:
        return [_unreachable(settings, "does not answer")]
    except EdgeError as error:
        return [error]
    except (aiomqtt.MqttError, OSError, ValueError) as error:
        return [_explain(settings, error)]


async def _try(settings: Settings) -> Sequence[EdgeError]:
    try:
        return await _rights(settings, mqtt5=True)
    except (link.VersionRefusedError, link.NoAnswerError):
        return await _rights(settings, mqtt5=False)


async def _rights(settings: Settings, *, mqtt5: bool) -> Sequence[EdgeError]:
    prefix = f"edge-voice/{settings.device.id}"
    identifier = f"edge-voice-{settings.device.id}-{uuid.uuid4().hex[:8]}"
    async with link.connect(
        settings.mqtt, identifier=identifier, will=None, mqtt5=mqtt5, on_message=lambda _: None
    ) as opened:
        found: list[EdgeError] = []
        for topic, refusal in (await opened.subscribe([f"{prefix}/command/+"])).items():
            if refusal is not None:
                hint = f"let this device read {topic} in the broker's access list"
                found.append(
                    BrokerError("subscription-refused", f"the broker refused to send {topic}: {refusal}", hint)
                )
        topic = f"{prefix}/doctor"
        publishing = await opened.send(topic, b"")
        if publishing is not None:
            hint = f"let this device write to {prefix}/# in the broker's access list"
            found.append(BrokerError("publish-refused", f"the broker refused {topic}: {publishing.reason}", hint))
        return found


def _explain(settings: Settings, error: Exception) -> EdgeError:
    mqtt, place = settings.mqtt, _place(settings)
    code = "broker-unreachable"
    match error:
        case aiomqtt.MqttError() if link.reason_number(error) in NOT_AUTHORISED:
            user = f"the user {mqtt.username!r}" if mqtt.username else "a client without a user name"
            code, message = "broker-not-authorised", f"the broker refuses {user}: {error}"
            hint = "check username and password_file, or the service's credential mqtt-password"
        case link.NoAnswerError() if not mqtt.tls:
            message = f"{place} takes connections and answers nothing"
            hint = "perhaps the port expects TLS: set tls = true; or it is not an MQTT broker"
        case link.LostError():
            message = f"{place} closed the accepted connection"
            hint = "see the broker's log: its access list or its limits"
        case socket.gaierror(errno=socket.EAI_AGAIN):
            message = f"the name {mqtt.host!r} cannot be looked up now: {error.strerror}"
            hint = "is this machine in a network with a name server? Or use the address in [mqtt] host"
        case socket.gaierror():
            message = f"there is no machine called {mqtt.host!r}: {error.strerror}"
            hint = "check [mqtt] host, or use the address instead"
        case ssl.SSLCertVerificationError():
            message = f"the certificate of {place} is not accepted: {error.verify_message}"
            hint = "name the authority in ca_file, and the machine as its certificate does in host"
        case ssl.SSLError() | ConnectionResetError() if mqtt.tls:
            message = f"no TLS with {place}: {getattr(error, 'reason', None) or error.strerror}"
            hint = "perhaps the port does not speak TLS (1883 usually does not, 8883 does), or it wants a certificate"
        case ConnectionRefusedError():
            message = f"nothing listens on {place}"
            hint = "start the broker, let it listen on the network (listener in mosquitto.conf), or correct port"
        case _:
            return _unreachable(settings, f"cannot be reached: {getattr(error, 'strerror', None) or error}")
    return BrokerError(code, message, hint)


def _unreachable(settings: Settings, what: str) -> EdgeError:
    hint = "is the machine on, in the same network, and is the port open in its firewall?"
    return BrokerError("broker-unreachable", f"{_place(settings)} {what}", hint)


def _place(settings: Settings) -> str:
    host, port = settings.mqtt.host or "", link.port_of(settings.mqtt)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

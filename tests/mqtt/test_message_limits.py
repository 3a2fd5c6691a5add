"""What MQTT 5 adds to a message: how long it is kept, why it was refused, how large it may be; and that 3.1.1 does."""

import asyncio

import aiomqtt
import pytest

from edge.errors import BrokerError
from tests.mqtt import scripted_broker
from tests.mqtt.mosquitto import Mosquitto
from tests.mqtt.scripted_broker import V5, V311, Answer, packet, scripted
from tests.mqtt.world import becomes, connection

pytestmark = pytest.mark.slow  # a real broker


def acknowledging(
    *codes: int, connack: bytes = scripted_broker.CONNACK[V5], versions: tuple[int, ...] = (V5,)
) -> Answer:
    """A broker that acknowledges the messages after "online" with these reason codes (none: as 3.1.1 does)."""

    async def answer(level: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if level not in versions:
            writer.write(b"\x20\x02\x00\x01")  # unacceptable protocol version
            return
        writer.write(connack if level == V5 else scripted_broker.CONNACK[V311])
        for code in (0, *codes):
            body = await packet(reader)
            at = 2 + int.from_bytes(body[:2])
            number = body[at : at + 2]
            writer.write(b"\x40\x04" + number + bytes([code, 0]) if level == V5 else b"\x40\x02" + number)
        await reader.read()

    return answer


async def test_a_message_expires_at_a_broker_with_mqtt_5(mosquitto: Mosquitto) -> None:
    async with (
        aiomqtt.Client("127.0.0.1", mosquitto.port, protocol=aiomqtt.ProtocolVersion.V5) as client,
        connection(mosquitto.port, presence=False) as mqtt,
    ):
        await client.subscribe("home/#", qos=1)
        await mqtt.publish("home/a", b"kept for ever", timeout_s=5)
        await mqtt.publish("home/b", b"kept for a minute", timeout_s=5, expiry_s=60)
        async with asyncio.timeout(10):
            first, second = await anext(client.messages), await anext(client.messages)
    assert first.properties is not None
    assert second.properties is not None
    assert not hasattr(first.properties, "MessageExpiryInterval")
    assert vars(second.properties)["MessageExpiryInterval"] in {59, 60}


async def test_a_broker_without_mqtt_5_gets_the_message_without_a_limit() -> None:
    async with scripted(acknowledging(0, versions=(V311,))) as broker, broker.connection() as mqtt:
        await mqtt.publish("home/light/set", b"ON", timeout_s=10, expiry_s=60)
        assert broker.levels == [V5, V311]


@pytest.mark.parametrize(
    ("code", "expected"), [(0x97, "broker-busy"), (0x87, "publish-refused"), (0x99, "publish-refused")]
)
async def test_a_refusal_says_whether_it_will_pass(code: int, expected: str) -> None:
    async with scripted(acknowledging(code, 0, 0x10)) as broker, broker.connection() as mqtt:
        with pytest.raises(BrokerError) as caught:
            await mqtt.publish("home/light/set", b"ON", timeout_s=10)
        assert caught.value.code == expected
        await mqtt.publish("home/light/set", b"ON", timeout_s=10)
        await mqtt.publish("home/light/set", b"ON", timeout_s=10)  # 0x10: taken, though nothing subscribes


async def test_a_message_larger_than_the_broker_takes_is_refused_and_the_connection_goes_on() -> None:
    limited = b"\x20\x08\x00\x00\x05\x27\x00\x00\x01\x00"  # Maximum Packet Size: 256
    async with scripted(acknowledging(0, connack=limited)) as broker, broker.connection() as mqtt:
        await becomes(lambda: mqtt.connected)
        with pytest.raises(BrokerError) as caught:
            await mqtt.publish("home/light/set", b"x" * 200, timeout_s=10)
        assert caught.value.code == "publish-refused"
        assert "too large" in caught.value.message
        await mqtt.publish("home/light/set", b"ON", timeout_s=10)
        assert len(broker.levels) == 1

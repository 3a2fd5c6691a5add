"""The connection against a real broker: presence, subscriptions, and what it survives."""

import asyncio
import subprocess
import sys
import threading

import aiomqtt
import pytest
from paho.mqtt.enums import MQTTErrorCode

from edge.errors import BrokerError
from edge.mqtt import Message, link, open_mqtt
from edge.settings import Settings
from tests.mqtt import scripted_broker
from tests.mqtt.mosquitto import Mosquitto, free_port
from tests.mqtt.scripted_broker import scripted
from tests.mqtt.world import PREFIX, becomes, connection, observing

pytestmark = pytest.mark.slow  # a real broker

STATUS = f"{PREFIX}/status"


async def nothing(_: Message) -> None:
    """A handler."""


async def test_it_says_online_and_offline(mosquitto: Mosquitto) -> None:
    async with observing(mosquitto) as seen:
        async with connection(mosquitto.port):
            await seen.until(STATUS, b"online")
        await seen.until(STATUS, b"offline")


async def test_a_killed_speaker_is_offline(mosquitto: Mosquitto) -> None:
    code = (
        "import asyncio, sys\n"
        "from edge.mqtt import open_mqtt\n"
        "from edge.settings import Settings\n"
        "async def main():\n"
        "    settings = {'device': {'id': 'kitchen'}, 'mqtt': {'host': '127.0.0.1', 'port': int(sys.argv[1])}}\n"
        "    async with open_mqtt(Settings.model_validate(settings)):\n"
        "        await asyncio.Event().wait()\n"
        "asyncio.run(main())\n"
    )
    async with observing(mosquitto) as seen:
        device = await asyncio.create_subprocess_exec(sys.executable, "-c", code, str(mosquitto.port))
        await seen.until(STATUS, b"online")
        device.kill()
        await device.wait()
        await seen.until(STATUS, b"offline")


async def test_a_connection_without_presence_disturbs_the_speaker_in_nothing(mosquitto: Mosquitto) -> None:
    async with observing(mosquitto) as seen, connection(mosquitto.port) as speaker:
        await seen.until(STATUS, b"online")
        async with connection(mosquitto.port, presence=False) as tool:
            await tool.publish("home/lamp/set", b"ON", timeout_s=5)
            assert speaker.connected
        await speaker.publish("end", b"", timeout_s=5)
        said = []
        async for message in seen.messages():
            if str(message.topic) == "end":
                break
            said.append((str(message.topic), message.payload))
        assert said == [("home/lamp/set", b"ON")]


async def test_a_message_reaches_the_handlers_whose_filter_it_matches(mosquitto: Mosquitto) -> None:
    got: asyncio.Queue[tuple[str, Message]] = asyncio.Queue()

    async def lamp(message: Message) -> None:
        got.put_nowait(("lamp", message))

    async def door(message: Message) -> None:
        got.put_nowait(("door", message))

    async with observing(mosquitto) as other, connection(mosquitto.port) as mqtt:
        mqtt.subscribe("home/lamp/+", lamp)
        mqtt.subscribe("home/door/#", door)
        await becomes(lambda: mqtt.connected)
        await other.publish("home/lamp/state", b"ON")
        assert await asyncio.wait_for(got.get(), 10) == ("lamp", Message("home/lamp/state", b"ON"))
        await other.publish("home/door/front/lock", b"LOCKED")
        assert await asyncio.wait_for(got.get(), 10) == ("door", Message("home/door/front/lock", b"LOCKED"))
        assert got.empty()


async def test_a_subscription_comes_and_goes_at_run_time_and_another_of_its_filter_stays(mosquitto: Mosquitto) -> None:
    first: asyncio.Queue[bytes] = asyncio.Queue()
    second: asyncio.Queue[bytes] = asyncio.Queue()

    async def to_first(message: Message) -> None:
        first.put_nowait(message.payload)

    async def to_second(message: Message) -> None:
        second.put_nowait(message.payload)

    async with observing(mosquitto) as other, connection(mosquitto.port) as mqtt:
        await becomes(lambda: mqtt.connected)
        await other.publish("room/temperature", b"20", retain=True)
        one = mqtt.subscribe("room/+", to_first)
        assert await asyncio.wait_for(first.get(), 10) == b"20"
        two = mqtt.subscribe("room/+", to_second)  # a late one gets what is retained too
        assert await asyncio.wait_for(second.get(), 10) == b"20"
        await one.aclose()
        await other.publish("room/temperature", b"21")
        assert await asyncio.wait_for(second.get(), 10) == b"21"
        await two.aclose()
        await becomes(lambda: "Received UNSUBSCRIBE" in mosquitto.log())
        assert b"21" not in [first.get_nowait() for _ in range(first.qsize())]


async def test_hundreds_of_retained_messages_all_arrive_in_a_slow_handler(mosquitto: Mosquitto) -> None:
    got: set[str] = set()

    async def slow(message: Message) -> None:
        await asyncio.sleep(0.001)
        got.add(message.topic)

    topics = {f"homeassistant/light/lamp{number}/config" for number in range(700)}
    async with connection(mosquitto.port, presence=False) as home:
        for topic in sorted(topics):
            await home.publish(topic, b"{" + b" " * 500 + b"}", retain=True, timeout_s=5)
    async with connection(mosquitto.port) as mqtt:
        subscription = mqtt.subscribe("homeassistant/+/+/config", slow, limit=1000)
        await becomes(lambda: got == topics)
        assert subscription.dropped == 0


async def test_a_handler_that_is_too_slow_loses_the_oldest_and_delays_no_other(
    mosquitto: Mosquitto, capsys: pytest.CaptureFixture[str]
) -> None:
    release = asyncio.Event()
    slow: list[bytes] = []
    quick: list[bytes] = []

    taken = asyncio.Event()

    async def to_slow(message: Message) -> None:
        taken.set()
        await release.wait()
        slow.append(message.payload)

    async def to_quick(message: Message) -> None:
        quick.append(message.payload)

    async with observing(mosquitto) as other, connection(mosquitto.port) as mqtt:
        mqtt.subscribe("flood/+", to_slow, limit=3)
        mqtt.subscribe("flood/#", to_quick)
        await becomes(lambda: mqtt.connected)
        for number in range(10):
            await other.publish("flood/x", str(number).encode())
            await taken.wait()  # the first one is in the handler's hands before the others come
        await becomes(lambda: set(quick) == {str(number).encode() for number in range(10)})
        await becomes(lambda: mqtt.dropped >= 6)
        release.set()
        await becomes(lambda: slow[-1:] == [b"9"])
        assert slow[0] == b"0"
        assert b"4" not in slow
    written = capsys.readouterr()
    assert (written.out + written.err).count("messages-dropped") == 1


async def test_a_handler_that_fails_costs_one_message(mosquitto: Mosquitto) -> None:
    got: asyncio.Queue[bytes] = asyncio.Queue()

    async def fragile(message: Message) -> None:
        if message.payload == b"bad":
            raise LookupError(message)
        got.put_nowait(message.payload)

    async with observing(mosquitto) as other, connection(mosquitto.port) as mqtt:
        mqtt.subscribe("a", fragile)
        await becomes(lambda: mqtt.connected)
        await other.publish("a", b"bad")
        await other.publish("a", b"good")
        assert await asyncio.wait_for(got.get(), 10) == b"good"
        assert mqtt.connected


async def test_a_broker_that_restarts_is_found_again_and_subscriptions_with_it(mosquitto: Mosquitto) -> None:
    got: asyncio.Queue[bytes] = asyncio.Queue()

    async def handler(message: Message) -> None:
        got.put_nowait(message.payload)

    times = 0

    def connected() -> None:
        nonlocal times
        times += 1

    async with connection(mosquitto.port) as mqtt:
        mqtt.when_connected(connected)
        mqtt.subscribe("a", handler)
        await becomes(lambda: mqtt.connected)
        mosquitto.stop()
        await becomes(lambda: not mqtt.connected)
        mosquitto.start()
        await becomes(lambda: mqtt.connected)
        await mqtt.publish("a", b"again", timeout_s=5)
        assert await asyncio.wait_for(got.get(), 10) == b"again"
        assert times == 2


def logged(capsys: pytest.CaptureFixture[str], code: str) -> int:
    written = capsys.readouterr()
    return (written.out + written.err).count(code)


async def test_two_speakers_with_one_id_are_told_so_once(
    mosquitto: Mosquitto, capsys: pytest.CaptureFixture[str]
) -> None:
    taken: list[int] = []

    def both_know() -> bool:
        taken.append(logged(capsys, "device-id-taken"))
        return sum(taken) >= 2

    async with connection(mosquitto.port), connection(mosquitto.port):
        await becomes(both_know)
        more = mosquitto.log().count("already connected") + 6
        await becomes(lambda: mosquitto.log().count("already connected") >= more)
    assert sum(taken) + logged(capsys, "device-id-taken") == 2


async def test_a_tool_beside_a_speaker_has_an_id_of_its_own(
    mosquitto: Mosquitto, capsys: pytest.CaptureFixture[str]
) -> None:
    async with connection(mosquitto.port) as speaker:
        for _ in range(5):
            async with connection(mosquitto.port, presence=False) as tool:
                await becomes(lambda: tool.connected)
        assert speaker.connected
    assert "already connected" not in mosquitto.log()
    assert logged(capsys, "device-id-taken") == 0


@pytest.mark.parametrize("number", range(1, 17))
def test_an_error_of_the_library_is_no_answer_of_the_broker(number: int) -> None:
    """4 is "not connected" of the library, and "bad user name or password" of a broker with MQTT 3.1.1."""
    assert link.reason_number(aiomqtt.MqttCodeError(number)) is None
    assert link.reason_number(aiomqtt.MqttCodeError(MQTTErrorCode(number))) is None


async def test_a_message_that_comes_too_late_is_not_blamed_on_the_password(
    mosquitto: Mosquitto, capsys: pytest.CaptureFixture[str]
) -> None:
    async with connection(mosquitto.port) as mqtt:
        await becomes(lambda: mqtt.connected)
        opened = mqtt._link
        assert opened is not None
        opened._paho._sock_close()
        with pytest.raises(aiomqtt.MqttError) as caught:
            await opened.send("a", b"")
        assert "not currently connected" in str(caught.value)
        assert link.reason_number(caught.value) is None
        mqtt._log_once(caught.value, 1.0)
    assert logged(capsys, "broker-not-authorised") == 0


async def test_a_broker_that_hangs_is_left_and_found_again(
    mosquitto: Mosquitto, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "ACK_TIMEOUT_S", 0.1)
    async with connection(mosquitto.port) as mqtt:
        await becomes(lambda: mqtt.connected)
        mosquitto.suspend()
        with pytest.raises(BrokerError) as caught:
            await mqtt.publish("home/light/set", b"ON", timeout_s=5)
        assert caught.value.code == "broker-unreachable"
        assert not mqtt.connected
        mosquitto.resume()
        monkeypatch.setattr(link, "ACK_TIMEOUT_S", 5)
        await becomes(lambda: mqtt.connected)
        await mqtt.publish("home/light/set", b"ON", timeout_s=5)


async def test_without_a_broker_a_message_fails_after_its_timeout() -> None:
    async with connection(free_port()) as mqtt:
        with pytest.raises(BrokerError) as caught:
            await mqtt.publish("home/light/set", b"ON", timeout_s=0.1)
    assert caught.value.code == "broker-unreachable"


async def test_a_message_larger_than_the_limit_is_withheld(mosquitto: Mosquitto) -> None:
    got: asyncio.Queue[bytes] = asyncio.Queue()

    async def handler(message: Message) -> None:
        got.put_nowait(message.payload)

    async with observing(mosquitto) as other, connection(mosquitto.port) as mqtt:
        mqtt.subscribe("a", handler)
        await becomes(lambda: mqtt.connected)
        await other.publish("a", b"x" * (link.MAX_PACKET_BYTES + 1))
        await other.publish("a", b"small")
        assert await asyncio.wait_for(got.get(), 10) == b"small"


@pytest.mark.parametrize("topic_filter", ["", "a/#/b", "a+", "a/b#"])
async def test_a_filter_that_mqtt_does_not_allow_is_an_error_of_the_caller(topic_filter: str) -> None:
    async with connection(free_port()) as mqtt:
        with pytest.raises(ValueError, match="wildcard"):
            mqtt.subscribe(topic_filter, nothing)
        with pytest.raises(ValueError, match="wildcard"):
            mqtt.subscribe("x" * 70_000, nothing)


async def test_a_topic_that_cannot_be_published_to_does_not_cost_the_connection(mosquitto: Mosquitto) -> None:
    async with connection(mosquitto.port) as mqtt:
        await becomes(lambda: mqtt.connected)
        with pytest.raises(BrokerError) as caught:
            await mqtt.publish("home/+/set", b"ON", timeout_s=5)
        assert caught.value.code == "topic-invalid"
        assert mqtt.connected


async def test_nothing_is_left_when_it_ends(mosquitto: Mosquitto) -> None:
    before = {thread for thread in threading.enumerate() if not thread.daemon}
    async with connection(mosquitto.port) as mqtt:
        mqtt.subscribe("a", nothing)
        await becomes(lambda: mqtt.connected)
    assert len(asyncio.all_tasks()) == 1
    left = {thread for thread in threading.enumerate() if not thread.daemon} - before
    assert [thread.name for thread in left if not thread.name.startswith("asyncio")] == []


async def test_a_connection_that_is_lost_in_the_moment_of_leaving_does_not_delay_the_exit(mosquitto: Mosquitto) -> None:
    async with asyncio.timeout(5):
        async with connection(mosquitto.port) as mqtt:
            await becomes(lambda: mqtt.connected)
            assert mqtt._link is not None
            mqtt._link._end(aiomqtt.MqttError("lost"))
    assert len(asyncio.all_tasks()) == 1


@pytest.mark.parametrize("garbage", [b"\x30\x05\x00\x01a\xff\xff", b"\x20\x03\x00\x00\xff", b"\x00\x00", b"\xff" * 50])
async def test_a_broker_that_sends_garbage_is_left_and_tried_again(garbage: bytes) -> None:
    async def rubbish(level: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepting = asyncio.create_task(scripted_broker.accept(level, reader, writer))
        await becomes(lambda: mqtt.connected)
        writer.write(garbage)
        await asyncio.gather(accepting, return_exceptions=True)

    async with scripted(rubbish) as broker, broker.connection() as mqtt:
        await becomes(lambda: len(broker.levels) >= 2)


async def test_a_topic_that_is_no_text_is_ignored() -> None:
    got: list[bytes] = []

    async def handler(message: Message) -> None:
        got.append(message.payload)

    async def odd(level: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(scripted_broker.CONNACK[level])
        online = await scripted_broker.packet(reader)
        at = 2 + int.from_bytes(online[:2])
        writer.write(b"\x40\x02" + online[at : at + 2])
        subscribe = await scripted_broker.packet(reader)
        writer.write(b"\x90\x04" + subscribe[:2] + b"\x00\x01")
        writer.write(b"\x30\x06\x00\x02\xff\xfe\x00x" + b"\x30\x05\x00\x01a\x00y")
        await reader.read()

    async with scripted(odd) as broker, broker.connection() as mqtt:
        mqtt.subscribe("#", handler)
        await becomes(lambda: got == [b"y"])
        assert len(broker.levels) == 1


async def test_off_without_a_host() -> None:
    async with open_mqtt(Settings()) as mqtt:
        assert mqtt is None


def test_mqtt_that_is_off_loads_no_library() -> None:
    code = (
        "import sys\n"
        "from edge.settings import Settings\n"
        "from edge.mqtt import open_mqtt\n"
        "from edge.telemetry import open_telemetry\n"
        "open_mqtt(Settings())\n"
        "from pathlib import Path\n"
        "open_telemetry(Settings(), None, state=Path('nowhere'))\n"
        "assert not {'aiomqtt', 'paho'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

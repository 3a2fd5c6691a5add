"""MQTT 5 where the broker has it, 3.1.1 otherwise, and no more rounds than it takes to find out."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import aiomqtt
import pytest

from edge.mqtt import connection, link
from edge.mqtt.sockets import CONNECT_TIMEOUT_S
from tests.mqtt import scripted_broker
from tests.mqtt.mosquitto import Observer, free_port
from tests.mqtt.scripted_broker import CONNACK, TAKEN_OVER, V5, V311, Answer, scripted
from tests.mqtt.world import becomes
from tests.mqtt.world import connection as connect

pytestmark = pytest.mark.slow  # a real broker


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link, "CONNECT_TIMEOUT_S", 0.2)


def only_311(otherwise: Answer) -> Answer:
    async def answer(level: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await (scripted_broker.accept if level == V311 else otherwise)(level, reader, writer)

    return answer


async def refuse(_: int, __: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"\x20\x02\x00\x01")
    await writer.drain()


async def test_a_broker_with_both_is_spoken_to_in_5() -> None:
    async with scripted(scripted_broker.accept) as broker, broker.connection() as mqtt:
        await becomes(lambda: mqtt.connected)
        assert broker.levels == [V5]


@pytest.mark.usefixtures("_impatient")
@pytest.mark.parametrize("otherwise", [refuse, scripted_broker.hang_up, scripted_broker.silence])
async def test_the_version_that_worked_is_tried_first_from_then_on(otherwise: Answer) -> None:
    async with scripted(only_311(otherwise)) as broker, broker.connection() as mqtt:
        await becomes(lambda: mqtt.connected)
        assert broker.levels == [V5, V311]
        broker.drop()
        await becomes(lambda: len(broker.levels) == 3 and mqtt.connected)
        assert broker.levels == [V5, V311, V311]


@pytest.mark.usefixtures("_impatient")
async def test_a_silent_broker_costs_one_round_for_each_attempt() -> None:
    attempts = 0

    class CountedConnection(connection.Connection):
        async def _session(self) -> None:
            nonlocal attempts
            attempts += 1
            await super()._session()

    async with scripted(scripted_broker.silence) as broker:
        settings = broker.connection()._settings
        async with CountedConnection(settings, device_id="kitchen", clock=broker.connection()._clock):
            await becomes(lambda: attempts == 5)
            assert broker.levels[:4] == [V5, V311, V5, V311]


async def test_a_session_that_was_taken_over_is_named_in_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    async def take_over(level: int, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(CONNACK[level])
        await asyncio.sleep(0)
        writer.write(TAKEN_OVER)
        await writer.drain()

    async with scripted(take_over) as broker, broker.connection() as mqtt:
        await becomes(lambda: len(broker.levels) == 2)
        assert not mqtt.connected
    written = capsys.readouterr()
    assert (written.out + written.err).count("device-id-taken") >= 1


def lost() -> aiomqtt.MqttError:
    return link.LostError()


@pytest.mark.parametrize(
    "between",
    [
        lambda: link.NoAnswerError("mute", silent=True),
        lambda: OSError("refused"),
        lambda: aiomqtt.MqttError("the broker does not acknowledge"),
    ],
)
def test_a_broker_that_restarts_is_not_taken_for_a_second_speaker(between: Callable[[], Exception]) -> None:
    rival = connection._Rival()
    for _ in range(10):
        rival.ended(lost(), after_s=1)
        rival.ended(lost(), after_s=1)
        assert not rival.suspected
        rival.ended(between(), after_s=1)
    rival.ended(lost(), after_s=1)
    assert not rival.suspected


def test_connections_that_last_are_not_ended_by_a_second_speaker() -> None:
    rival = connection._Rival()
    for _ in range(10):
        rival.ended(lost(), after_s=600)
    assert not rival.suspected
    for _ in range(3):
        rival.ended(lost(), after_s=60)
    assert rival.suspected


def refused() -> aiomqtt.MqttError:
    return link.VersionRefusedError("no")


def hung_up() -> aiomqtt.MqttError:
    return link.NoAnswerError("gone", silent=False)


def silent() -> aiomqtt.MqttError:
    return link.NoAnswerError("mute", silent=True)


@pytest.mark.parametrize("doubt", [hung_up, silent])
@pytest.mark.parametrize("mqtt5", [True, False])
def test_a_broker_in_trouble_is_not_taken_for_one_of_another_version(
    doubt: Callable[[], aiomqtt.MqttError], mqtt5: bool
) -> None:
    versions = connection._Versions()
    versions.worked(mqtt5=mqtt5)
    for _ in range(2):
        assert not versions.failed(doubt(), mqtt5=mqtt5)
        assert versions.first() == mqtt5
    versions.worked(mqtt5=mqtt5)
    assert not versions.failed(doubt(), mqtt5=mqtt5)
    assert versions.first() == mqtt5


def test_a_broker_that_does_not_answer_three_times_may_have_been_replaced() -> None:
    versions = connection._Versions()
    versions.worked(mqtt5=True)
    assert [versions.failed(hung_up(), mqtt5=True) for _ in range(3)] == [False, False, True]
    versions.worked(mqtt5=False)
    assert [versions.failed(silent(), mqtt5=False) for _ in range(3)] == [False, False, False]
    assert versions.first()


def test_a_refused_version_is_given_up_at_once() -> None:
    versions = connection._Versions()
    versions.worked(mqtt5=True)
    assert versions.failed(refused(), mqtt5=True)


async def test_a_real_broker_that_only_knows_3_1_1(tmp_path: Path) -> None:
    pytest.importorskip("amqtt", reason="amqtt, a broker without MQTT 5, is not installed")
    port = free_port()
    config = f"listeners:\n  default:\n    type: tcp\n    bind: 127.0.0.1:{port}\n"
    plugins = "plugins:\n  amqtt.plugins.authentication.AnonymousAuthPlugin:\n    allow_anonymous: true\n"
    (tmp_path / "amqtt.yaml").write_text(config + plugins, encoding="utf-8")
    program = str(Path(sys.executable).with_name("amqtt"))
    with (tmp_path / "log").open("wb") as log:
        old = await asyncio.create_subprocess_exec(program, "-c", str(tmp_path / "amqtt.yaml"), stdout=log, stderr=log)
    try:
        async with connect(port) as mqtt:
            await becomes(lambda: mqtt.connected)
            async with aiomqtt.Client("127.0.0.1", port) as client:
                await client.subscribe("home/#", qos=1)
                await mqtt.publish("home/light/set", b"ON", timeout_s=5)
                assert await Observer(client).next("home/light/set") == b"ON"
    finally:
        old.kill()
        await old.wait()


@pytest.mark.parametrize("tls", [True, False])
async def test_a_silent_broker_does_not_delay_the_exit(tls: bool) -> None:
    async with scripted(scripted_broker.silence) as broker:
        began = asyncio.get_running_loop().time()
        async with connect(broker.port, tls=tls):
            await becomes(lambda: tls or bool(broker.levels))
        assert asyncio.get_running_loop().time() - began < 0.9 * CONNECT_TIMEOUT_S

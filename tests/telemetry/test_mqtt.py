"""Telemetry against a real broker: what it says, what it survives, and that nothing ever waits for it."""

import asyncio
import json
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiomqtt
import pytest

from edge.errors import HomeError
from edge.settings import Settings
from edge.telemetry import Command, SetVolume, Stop, broker, mqtt, open_telemetry
from tests.telemetry.mosquitto import Mosquitto, Observer, free_port
from tests.telemetry.world import PREFIX, TURN, becomes, observing, telemetry

pytestmark = pytest.mark.slow  # a real broker


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def mosquitto(folder: Path) -> Iterator[Mosquitto]:
    it = Mosquitto(folder)
    it.start()
    yield it
    it.stop()


async def test_it_says_online_its_state_its_turns_and_offline(mosquitto: Mosquitto) -> None:
    async with observing(mosquitto) as seen:
        async with telemetry(mosquitto.port) as it:
            await seen.until(f"{PREFIX}/status", b"online")
            first = json.loads(await seen.next(f"{PREFIX}/state"))
            assert first["phase"] == "idle"
            assert first["name"] == "Edge Voice"
            it.state(phase="listening", volume=40, wake_words=["alexa"])
            second = json.loads(await seen.next(f"{PREFIX}/state"))
            assert second == first | {"phase": "listening", "volume": 40, "wake_words": ["alexa"]}
            it.turn(TURN)
            turn = await seen.next(f"{PREFIX}/turn")
            assert json.loads(turn)["id"] == "t1"
            assert b"what time" not in turn
            it.event("wake", {"word": "alexa", "score": 0.93})
            assert json.loads(await seen.next(f"{PREFIX}/event"))["word"] == "alexa"
            it.turn(TURN)  # put down just before the end: still delivered
        await seen.next(f"{PREFIX}/turn")
        await seen.until(f"{PREFIX}/status", b"offline")


async def test_texts_are_sent_where_the_owner_switched_them_on(mosquitto: Mosquitto) -> None:
    async with observing(mosquitto) as seen, telemetry(mosquitto.port, transcripts=True) as it:
        it.turn(TURN)
        assert json.loads(await seen.next(f"{PREFIX}/turn"))["transcript"] == "what time is it"


async def test_status_and_state_are_retained_and_nothing_else_is(mosquitto: Mosquitto) -> None:
    async with telemetry(mosquitto.port) as it, observing(mosquitto) as seen:
        it.turn(TURN)
        await seen.next(f"{PREFIX}/turn")
        async with aiomqtt.Client("127.0.0.1", mosquitto.port) as late:
            await late.subscribe("#")
            await late.publish("end")
            kept = set()
            async for message in late.messages:
                if str(message.topic) == "end":
                    break
                if message.retain:
                    kept.add(str(message.topic))
        assert kept == {f"{PREFIX}/status", f"{PREFIX}/state"}


async def test_metrics_come_by_themselves(mosquitto: Mosquitto) -> None:
    async with observing(mosquitto) as seen, telemetry(mosquitto.port, metrics_interval_s=1) as it:
        it.count("wakes", 2)
        metrics = json.loads(await seen.next(f"{PREFIX}/metrics"))
        assert metrics["counters"]["wakes"] == 2
        assert metrics["counters"]["dropped_frames"] == 0
        assert metrics["rss_mb"] > 5
        assert metrics["loop_lag_ms"] is not None


async def test_commands_are_delivered_and_bad_ones_reported(mosquitto: Mosquitto) -> None:
    got: asyncio.Queue[Command] = asyncio.Queue()
    async with observing(mosquitto) as seen, telemetry(mosquitto.port, got.put_nowait):
        await seen.until(f"{PREFIX}/status", b"online")
        await seen.publish(f"{PREFIX}/command/volume", b"35")
        await seen.publish(f"{PREFIX}/command/volume", b"loud")
        await seen.publish(f"{PREFIX}/command/stop")
        assert await got.get() == SetVolume(35)
        assert await got.get() == Stop()
        error = json.loads(await seen.next(f"{PREFIX}/event"))
        assert error["code"] == "command-invalid"
        assert "loud" not in json.dumps(error)


async def test_a_retained_command_is_not_carried_out(mosquitto: Mosquitto) -> None:
    got: list[Command] = []
    async with observing(mosquitto) as seen:
        await seen.publish(f"{PREFIX}/command/say", b"boo", retain=True)
        async with telemetry(mosquitto.port, got.append):
            error = json.loads(await seen.next(f"{PREFIX}/event"))
            assert error["code"] == "command-invalid"
        assert got == []


async def test_a_listener_that_fails_does_not_end_the_telemetry(mosquitto: Mosquitto) -> None:
    def fail(command: Command) -> None:
        raise LookupError(command)

    async with observing(mosquitto) as seen, telemetry(mosquitto.port, fail) as it:
        await seen.until(f"{PREFIX}/status", b"online")
        await seen.publish(f"{PREFIX}/command/stop")
        await seen.until(f"{PREFIX}/status", b"online")
        it.turn(TURN)
        await seen.next(f"{PREFIX}/turn")


async def test_a_killed_device_is_offline(mosquitto: Mosquitto) -> None:
    code = (
        "import asyncio, sys\n"
        "from edge.settings import Settings\n"
        "from edge.telemetry import open_telemetry\n"
        "async def main():\n"
        "    settings = {'device': {'id': 'kitchen'}, 'telemetry': {'host': '127.0.0.1', 'port': int(sys.argv[1])}}\n"
        "    async with open_telemetry(Settings.model_validate(settings)):\n"
        "        await asyncio.Event().wait()\n"
        "asyncio.run(main())\n"
    )
    async with observing(mosquitto) as seen:
        device = await asyncio.create_subprocess_exec(sys.executable, "-c", code, str(mosquitto.port))
        await seen.until(f"{PREFIX}/status", b"online")
        device.kill()
        await device.wait()
        await seen.until(f"{PREFIX}/status", b"offline")


async def test_a_broker_that_restarts_gets_what_happened_meanwhile(mosquitto: Mosquitto) -> None:
    async with telemetry(mosquitto.port) as it:
        async with observing(mosquitto) as seen:
            await seen.until(f"{PREFIX}/status", b"online")
        mosquitto.stop()
        it.state(phase="speaking")
        it.turn(TURN)
        mosquitto.start()
        async with observing(mosquitto) as seen:
            turn = json.loads(await seen.next(f"{PREFIX}/turn"))
            assert turn["id"] == "t1"
        async with observing(mosquitto) as seen:  # retained anew, though the broker had forgotten everything
            assert json.loads(await seen.next(f"{PREFIX}/state"))["phase"] == "speaking"


async def test_without_a_broker_reports_are_kept_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mqtt, "PUBLISH_TIMEOUT_S", 0.1)
    async with telemetry(free_port()) as it:
        for _ in range(mqtt.MAX_WAITING + 50):
            it.event("wake", {})
        assert len(it._waiting) == mqtt.MAX_WAITING
        counters = it._metrics.sample()["counters"]
        assert isinstance(counters, dict)
        assert counters["telemetry_dropped"] == 50
        with pytest.raises(HomeError) as caught:
            await it.publish("home/light/set", "ON")
        assert caught.value.code == "home-broker-unreachable"


async def test_a_broker_that_hangs_is_left_and_found_again(
    mosquitto: Mosquitto, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broker, "ACK_TIMEOUT_S", 0.1)
    monkeypatch.setattr(mqtt, "PUBLISH_TIMEOUT_S", 0.2)
    async with telemetry(mosquitto.port) as it:
        await asyncio.wait_for(it._online.wait(), 10)
        mosquitto.hold_up()
        it.turn(TURN)
        with pytest.raises(HomeError) as caught:
            await it.publish("home/light/set", "ON")
        assert caught.value.code == "home-broker-unreachable"
        await becomes(lambda: it._link is None)
        mosquitto.go_on()
        monkeypatch.setattr(broker, "ACK_TIMEOUT_S", 5)
        await asyncio.wait_for(it._online.wait(), 20)
        async with observing(mosquitto) as seen:
            it.turn(TURN)
            await seen.next(f"{PREFIX}/turn")


async def test_a_home_command_reaches_the_broker(mosquitto: Mosquitto) -> None:
    async with observing(mosquitto) as seen, telemetry(mosquitto.port) as it:
        await it.publish("zigbee2mqtt/kitchen light/set", "ON")
        assert await seen.next("zigbee2mqtt/kitchen light/set") == b"ON"


async def test_a_broker_that_only_knows_3_1_1_is_spoken_to_in_it(folder: Path) -> None:
    pytest.importorskip("amqtt", reason="amqtt, a broker without MQTT 5, is not installed")
    port = free_port()
    config = f"listeners:\n  default:\n    type: tcp\n    bind: 127.0.0.1:{port}\n"
    plugins = "plugins:\n  amqtt.plugins.authentication.AnonymousAuthPlugin:\n    allow_anonymous: true\n"
    (folder / "amqtt.yaml").write_text(config + plugins, encoding="utf-8")
    program = str(Path(sys.executable).with_name("amqtt"))
    with (folder / "log").open("wb") as log:
        old = await asyncio.create_subprocess_exec(program, "-c", str(folder / "amqtt.yaml"), stdout=log, stderr=log)
    try:
        async with telemetry(port) as it:
            await asyncio.wait_for(it._online.wait(), 30)
            async with aiomqtt.Client("127.0.0.1", port) as client:
                await client.subscribe(f"{PREFIX}/#", qos=1)
                it.turn(TURN)
                await Observer(client).next(f"{PREFIX}/turn")
                await it.publish("home/light/set", "ON")
    finally:
        old.kill()
        await old.wait()


@asynccontextmanager
async def mute_listener() -> AsyncIterator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("tls", [True, False])
async def test_a_mute_broker_does_not_hold_up_the_end(tls: bool) -> None:
    async with mute_listener() as port:
        before = {thread for thread in threading.enumerate() if not thread.daemon}
        async with telemetry(port, tls=tls):
            await asyncio.sleep(0.1)
        waiting = {thread for thread in threading.enumerate() if not thread.daemon} - before
        assert [thread.name for thread in waiting if not thread.name.startswith("asyncio")] == []


async def test_off_without_a_host() -> None:
    async with open_telemetry(Settings()) as it:
        it.state(phase="idle")
        it.turn(TURN)
        it.event("wake", {})
        it.count("wakes")
        with pytest.raises(HomeError) as caught:
            await it.publish("home/light/set", "ON")
        assert caught.value.code == "home-no-broker"


def test_telemetry_that_is_off_loads_no_mqtt() -> None:
    code = (
        "import sys\n"
        "from edge.settings import Settings\n"
        "from edge.telemetry import open_telemetry\n"
        "open_telemetry(Settings())\n"
        "assert not {'aiomqtt', 'paho'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

"""A whole speaker without models: broker, local socket and state folder are real."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from edge.assembly import open_pipeline
from edge.pipeline import Pipeline
from edge.runtime.clock import SystemClock
from edge.settings import Settings
from tests.fakes.audio import FakeSink, FakeSource
from tests.mqtt.mosquitto import Mosquitto, Observer
from tests.mqtt.world import PREFIX, observing

pytestmark = pytest.mark.slow  # a real broker


@asynccontextmanager
async def modelless(
    state: Path,
    broker: Mosquitto,
    *,
    listen: bool = True,
    device_id: str = "kitchen",
    name: str = "Edge Voice",
    area: str | None = None,
    **mqtt: Any,
) -> AsyncIterator[Pipeline]:
    """A speaker without any model, with a broker and a local socket."""
    settings = Settings.model_validate(
        {
            "device": {"id": device_id, "name": name, "area": area},
            "models": {"folder": state / "none", "offline": True},
            "mqtt": {"host": "127.0.0.1", "port": broker.port} | mqtt,
            "home": {"entities": [{"name": "lamp", "topic": "home/lamp/set"}]},
        }
    )
    clock = SystemClock()
    source, sink = FakeSource(clock), FakeSink(clock)
    async with open_pipeline(
        settings, source=source, sink=sink, clock=clock, state=state, listen=listen, control=state / "control.sock"
    ) as pipeline:
        yield pipeline


async def state_of(seen: Observer, **expected: object) -> dict[str, object]:
    """The next state that says this."""
    while True:
        state: dict[str, object] = json.loads(await seen.next(f"{PREFIX}/state"))
        if expected.items() <= state.items():
            return state


async def test_the_first_state_is_complete_and_a_volume_set_by_voice_is_reported(
    mosquitto: Mosquitto, tmp_path: Path
) -> None:
    async with observing(mosquitto) as seen, modelless(tmp_path, mosquitto) as pipeline:
        first = json.loads(await seen.next(f"{PREFIX}/state"))
        assert (first["muted"], first["volume"], first["phase"]) == (False, 60, "idle")
        assert first["degraded"] == dict.fromkeys(("wake", "vad", "stt", "llm"), "model-missing")
        record = await pipeline.ask("set the volume to forty percent", speak=False)
        assert record.reply == "Volume 40 percent."
        await state_of(seen, volume=40)


async def test_a_sound_that_is_switched_off_by_voice_is_reported_at_once_and_nothing_twice(
    mosquitto: Mosquitto, tmp_path: Path
) -> None:
    async with observing(mosquitto) as seen, modelless(tmp_path, mosquitto) as pipeline:
        await state_of(seen, muted=False)
        for said in (
            "set the volume to forty percent",
            "mute yourself",
            "unmute yourself",
            "set the volume to 40 percent",
            "set the volume to ten percent",
        ):
            await pipeline.ask(said, speak=False)
        states = [await state_of(seen)]
        while states[-1] != states[-1] | {"volume": 10}:
            states.append(await state_of(seen))
        await pipeline.ask("set the volume to ten percent", speak=False)
        await pipeline.ask("mute yourself", speak=False)
        states.append(await state_of(seen))
        assert states[-1] == states[-1] | {"volume": 0}
    assert all(before != after for before, after in itertools.pairwise(states))


async def test_a_mute_from_the_broker_outlives_a_restart_and_is_reported_again(
    mosquitto: Mosquitto, tmp_path: Path
) -> None:
    async with observing(mosquitto) as seen:
        async with modelless(tmp_path, mosquitto) as pipeline:
            await state_of(seen, muted=False)
            await seen.publish(f"{PREFIX}/command/mute", b"ON")
            await state_of(seen, muted=True)
            assert pipeline.muted
        async with modelless(tmp_path, mosquitto) as pipeline:
            assert pipeline.muted
            await seen.until(f"{PREFIX}/status", b"online")
            assert json.loads(await seen.next(f"{PREFIX}/state"))["muted"] is True


async def test_the_local_socket_has_the_same_speaker(mosquitto: Mosquitto, tmp_path: Path) -> None:
    async with observing(mosquitto) as seen, modelless(tmp_path, mosquitto):
        reader, writer = await asyncio.open_unix_connection(tmp_path / "control.sock")
        for request in (
            {"command": "volume", "percent": 30},
            {"command": "ask", "text": "set a pasta timer for ten minutes"},
            {"command": "timers"},
        ):
            writer.write(json.dumps(request).encode() + b"\n")
        status = json.loads(await reader.readline())
        assert (status["muted"], status["volume"]) == (False, 30)
        assert status["degraded"]["stt"] == "model-missing"
        assert json.loads(await reader.readline())["record"]["reply"] == "Pasta timer set for 10 minutes."
        assert json.loads(await reader.readline())["timers"][0]["label"] == "pasta timer"
        await state_of(seen, volume=30)
        writer.close()
    assert not (tmp_path / "control.sock").exists()


async def test_a_socket_that_cannot_be_opened_costs_local_commands_only(mosquitto: Mosquitto, tmp_path: Path) -> None:
    async with modelless(tmp_path, mosquitto), modelless(tmp_path, mosquitto) as second:
        assert second.engines.degraded["control"] == "control-in-use"


async def test_typed_turns_beside_a_running_speaker_disturb_it_in_nothing(mosquitto: Mosquitto, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    async with observing(mosquitto) as seen, modelless(tmp_path, mosquitto) as running:
        await running.ask("set a timer for ten minutes", speak=False)
        first = await state_of(seen, muted=False)
        async with modelless(tmp_path / "other", mosquitto, listen=False) as beside:
            assert (await beside.ask("turn on the lamp", speak=False)).outcome == "answered"
            assert await seen.next("home/lamp/set") == b"ON"
            refused = await beside.ask("set a timer for five minutes", speak=False)
            assert refused.reply == "I can't do that here: timers and alarms need the running speaker."
            await beside.ask("volume 10 percent", speak=False)
        await seen.publish(f"{PREFIX}/command/volume", b"70")
        assert await state_of(seen) == first | {"volume": 70}
    assert mosquitto.log().count("Sending DISCONNECT") == mosquitto.log().count("closing old connection") == 0
    assert [it.name for it in (tmp_path / "other").iterdir()] == ["volume.json"]


async def test_the_home_that_was_known_is_known_after_every_restart_without_the_broker(
    mosquitto: Mosquitto, tmp_path: Path
) -> None:
    config = {
        "name": "Reading light",
        "unique_id": "r",
        "command_topic": "r/set",
        "device": {"identifiers": ["r"], "suggested_area": "Hall"},
    }
    async with observing(mosquitto) as seen:
        await seen.publish("homeassistant/light/r/config", json.dumps(config).encode(), retain=True)
        for _ in range(2):
            async with modelless(tmp_path, mosquitto) as pipeline:
                await state_of(seen)
                async with asyncio.timeout(20):
                    while (await pipeline.ask("turn on the reading light", speak=False)).reply != "Reading light on.":
                        pass
    mosquitto.stop()
    async with modelless(tmp_path, mosquitto) as pipeline:
        reply = (await pipeline.ask("turn on the reading light", speak=False)).reply
        assert reply == "I can't reach your home right now."

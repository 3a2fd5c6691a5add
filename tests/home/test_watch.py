"""The home that announces itself: what is known of it, whatever comes, goes, and comes again."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from edge.home.modelling.watch import MAX_PAUSE_S
from edge.home.sources import announced
from edge.home.sources.announced import FORGET_ALL_S, FORGET_S
from edge.runtime import virtual_time
from edge.settings import EntitySettings
from tests.fakes.home_broker import HomeBroker, opened


def light(name: str = "Lamp", base: str = "lamp", **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "unique_id": base,
        "command_topic": f"{base}/set",
        "state_topic": f"{base}/state",
        "device": {"identifiers": [base], "suggested_area": "Kitchen"},
        **more,
    }


def config(base: str = "lamp", kind: str = "light") -> str:
    return f"homeassistant/{kind}/{base}/config"


async def home_of(*bases: str) -> HomeBroker:
    broker = HomeBroker()
    for base in bases:
        await broker.keep(config(base), light(base.title(), base))
        await broker.keep(f"{base}/state", "OFF")
    return broker


@virtual_time.instantly
async def test_what_the_broker_keeps_is_known_when_the_home_is_settled(tmp_path: Path) -> None:
    broker = await home_of("lamp", "bulb")
    async with opened(broker, tmp_path) as home:
        assert home.ids == {"light.lamp", "light.bulb"}
        assert [it.name for it in home.names[-1].entities] == ["Lamp", "Bulb"]
        assert await home.says("HassGetState", name="Lamp") == "Lamp is off."


@virtual_time.instantly
async def test_without_a_broker_the_home_is_settled_soon_and_says_that_it_cannot_be_reached(tmp_path: Path) -> None:
    broker = await home_of("lamp")
    async with opened(broker, tmp_path):
        pass
    broker = HomeBroker()
    broker.disconnect()
    began = asyncio.get_running_loop().time()
    async with opened(broker, tmp_path / "new") as home:
        assert home.ids == set()
        assert asyncio.get_running_loop().time() - began < 15
        broker.retained = {config(): json.dumps(light()).encode(), "lamp/state": b"ON"}
        broker.connect()
        await asyncio.sleep(3)
        assert await home.says("HassGetState", name="Lamp") == "Lamp is on."


@virtual_time.instantly
async def test_a_broker_that_is_away_makes_every_answer_doubtful_but_the_names_stay(tmp_path: Path) -> None:
    away = "I can't reach your home right now."
    broker = await home_of("lamp")
    broker.retained |= {
        config("warm", "sensor"): json.dumps(
            {**light("Warm", "warm"), "device_class": "temperature", "unit_of_measurement": "°C"}
        ).encode(),
        "warm/state": b"20",
    }
    async with opened(broker, tmp_path) as home:
        assert "20 degrees" in await home.says("EdgeMeasure", measure="temperature", area="Kitchen")
        broker.disconnect()
        assert await home.says("HassGetState", name="Lamp") == away
        assert await home.says("HassGetState", domain="light", state="on", ask="any") == away
        assert await home.says("EdgeMeasure", measure="temperature", area="Kitchen") == away
        assert await home.says("HassTurnOn", name="Lamp") == away
        assert home.ids == {"light.lamp", "sensor.warm"}
        broker.connect()
        await asyncio.sleep(1)
        assert await home.says("HassGetState", name="Lamp") == "Lamp is off."


@virtual_time.instantly
async def test_a_thing_is_renamed_and_removed_while_states_come_all_the_time(tmp_path: Path) -> None:
    broker = await home_of("lamp", "bulb")
    async with opened(broker, tmp_path) as home:

        async def chatter() -> None:
            while True:
                await broker.receive("bulb/state", b"ON")
                await asyncio.sleep(0.1)

        chattering = asyncio.create_task(chatter())
        await broker.keep(config(), light("Reading light"))
        await asyncio.sleep(2)
        assert [it.name for it in home.names[-1].entities] == ["Reading light", "Bulb"]
        assert await home.says("HassGetState", name="Reading light") == "Reading light is off."
        await broker.keep(config())
        await asyncio.sleep(2)
        chattering.cancel()
        assert home.ids == {"light.bulb"}


@virtual_time.instantly
async def test_a_flood_of_announcements_neither_stops_the_model_nor_makes_it_again_for_each(tmp_path: Path) -> None:
    broker = await home_of("lamp")
    async with opened(broker, tmp_path) as home:
        before = len(home.names)
        for number in range(1200):  # two minutes
            await broker.keep(config(), light(f"Lamp {number}"))
            await asyncio.sleep(0.1)
        assert 5 < len(home.names) - before < 20
        await asyncio.sleep(2 * MAX_PAUSE_S)
        assert home.names[-1].entities[0].name == "Lamp 1199"


@virtual_time.instantly
async def test_what_was_removed_while_the_broker_was_away_is_forgotten(tmp_path: Path) -> None:
    broker = await home_of("lamp", "bulb")
    async with opened(broker, tmp_path) as home:
        broker.disconnect()
        await broker.keep(config())
        broker.connect()
        await asyncio.sleep(FORGET_S + 3)
        assert home.ids == {"light.bulb"}


@virtual_time.instantly
async def test_what_was_removed_while_the_speaker_was_off_is_forgotten_after_the_start(tmp_path: Path) -> None:
    broker = await home_of("lamp", "bulb")
    async with opened(broker, tmp_path):
        await broker.keep(config("spot"), light("Spot", "spot"))
    await broker.keep(config())
    async with opened(broker, tmp_path, settle=False) as home:
        assert home.ids == {"light.lamp", "light.bulb", "light.spot"}, "known before the broker has answered"
        await asyncio.sleep(FORGET_S + 3)
        assert home.ids == {"light.bulb", "light.spot"}
    async with opened(HomeBroker(), tmp_path, settle=False) as home:
        assert home.ids == {"light.bulb", "light.spot"}


@virtual_time.instantly
async def test_a_broker_that_has_lost_everything_does_not_take_the_home_along(tmp_path: Path) -> None:
    broker = await home_of("lamp", "bulb")
    async with opened(broker, tmp_path) as home:
        broker.disconnect()
        broker.retained.clear()
        broker.connect()
        await asyncio.sleep(FORGET_ALL_S / 2)
        assert home.ids == {"light.lamp", "light.bulb"}
        await broker.receive(config("bulb"), json.dumps(light("Bulb", "bulb")).encode())
        await asyncio.sleep(FORGET_ALL_S)
        assert home.ids == {"light.bulb"}, "what has announced itself since then"


@virtual_time.instantly
async def test_a_component_moves_from_its_own_topic_to_that_of_its_device(tmp_path: Path) -> None:
    broker = await home_of("lamp")
    async with opened(broker, tmp_path) as home:
        await broker.keep(config(), {"migrate_discovery": True})
        part = {key: value for key, value in light().items() if key != "device"} | {"platform": "light"}
        device = {"device": {"identifiers": ["lamp"], "name": "Desk"}, "origin": {"name": "x"}}
        await broker.keep("homeassistant/device/lamp/config", {**device, "components": {"lamp": part}})
        await broker.keep(config())
        await asyncio.sleep(3)
        assert home.ids == {"light.lamp"}
        assert home.home.watch.refused == ()


@virtual_time.instantly
async def test_of_two_things_with_one_id_the_second_takes_the_place_of_the_first_when_that_goes(tmp_path: Path) -> None:
    broker = await home_of("lamp")
    async with opened(broker, tmp_path) as home:
        await broker.keep(config("new"), light("New", "new", unique_id="lamp"))
        await asyncio.sleep(2)
        assert [it.name for it in home.names[-1].entities] == ["Lamp"]
        assert [it.code for it in home.home.watch.refused] == ["discovery-taken"]
        await broker.keep(config())
        await asyncio.sleep(2)
        assert [it.name for it in home.names[-1].entities] == ["New"]
        assert home.home.watch.refused == ()


@virtual_time.instantly
async def test_a_new_thing_on_the_topic_of_another_one_knows_its_state_at_once(tmp_path: Path) -> None:
    broker = await home_of("lamp")
    async with opened(broker, tmp_path) as home:
        await broker.keep(config("more", "switch"), {**light("Night mode", "more"), "state_topic": "lamp/state"})
        await asyncio.sleep(2)
        assert await home.says("HassGetState", name="Night mode") == "Night mode is off."


@virtual_time.instantly
async def test_the_watch_can_be_run_again_after_it_has_failed(tmp_path: Path) -> None:
    broker = await home_of("lamp")
    async with opened(broker, tmp_path) as home:
        pass
    running = asyncio.create_task(home.home.watch.run(broker))
    await asyncio.sleep(5)
    assert sum(not each.closed for each in broker._subscriptions) == 2
    await broker.keep(config("bulb"), light("Bulb", "bulb"))
    await asyncio.sleep(2)
    assert home.ids == {"light.lamp", "light.bulb"}
    running.cancel()
    await asyncio.wait({running})


@virtual_time.instantly
async def test_a_name_of_the_settings_is_never_that_of_something_announced(tmp_path: Path) -> None:
    own = EntitySettings(name="Lamp", topic="own/lamp", domain="light")
    async with opened(await home_of("lamp", "bulb"), tmp_path, entities=(own,)) as home:
        assert home.ids == {"settings.Lamp", "light.bulb"}


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"1", b'{"a": 1}', b'{"a": "\xff"}', b'{"a": "*"}', b"[" * 99_999]
)
@virtual_time.instantly
async def test_a_damaged_file_of_announcements_is_no_file(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "home.json").write_bytes(content)
    async with opened(await home_of("lamp"), tmp_path) as home:
        assert home.ids == {"light.lamp"}


@virtual_time.instantly
async def test_a_folder_that_cannot_be_written_costs_only_the_file(tmp_path: Path) -> None:
    (tmp_path / "home.json").mkdir()
    async with opened(await home_of("lamp"), tmp_path) as home:
        await asyncio.sleep(60)
        assert home.ids == {"light.lamp"}


@virtual_time.instantly
async def test_floods_are_limited_in_bytes_and_topics_in_memory_and_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announced, "MAX_BYTES", 20_000)
    monkeypatch.setattr(announced, "MAX_TOPICS", 100)
    broker = await home_of("lamp")
    async with opened(broker, tmp_path) as home:
        for number in range(1000):
            await broker.receive(config(f"x{number}", "camera"), b"{}")
        for number in range(1000):
            await broker.receive(config(f"y{number}"), b"x" * 5000)
        await asyncio.sleep(60)
        assert [it.message for it in home.home.watch.refused if "topics" in it.message]
        assert len(home.home.watch.refused) <= 101
        await broker.keep(config(), light("Still here"))
        await asyncio.sleep(40)
        assert [it.name for it in home.names[-1].entities] == ["Still here"]
    assert (tmp_path / "home.json").stat().st_size < 40_000

"""What was known of Home Assistant is known after a restart, before it has answered."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.home.sources.home_assistant.kept import KeptHome
from edge.home.sources.home_assistant.registry import Home
from edge.home.sources.home_assistant.snapshot import Snapshot
from edge.settings import HomeAssistantSettings
from tests.fakes.home_assistant import FakeHomeAssistant, a_house, served
from tests.home.home_assistant.house import House, becomes, settings_for

AWAY = "I can't reach your home right now."
FILE = "home-assistant.json"


@asynccontextmanager
async def running(home: FakeHomeAssistant, folder: Path) -> AsyncIterator[House]:
    """The speaker with its home, which is served already."""
    speaker = restarted(home, folder)
    assert speaker.home.assistant is not None
    following = asyncio.create_task(speaker.home.assistant.run())
    try:
        yield speaker
    finally:
        following.cancel()
        await asyncio.wait({following})


def restarted(home: FakeHomeAssistant, folder: Path) -> House:
    return House(home, settings_for(home.url, folder), folder, rings=True)


async def known_once(home: FakeHomeAssistant, folder: Path) -> Snapshot:
    """The speaker has run once; what it knew then."""
    async with running(home, folder) as speaker:
        await becomes((folder / FILE).is_file)
        return speaker.home.watch._assistant


def names(speaker: House) -> set[str]:
    return {entity.name for entity in speaker.home.names.entities}


async def test_names_rooms_and_what_things_can_do_are_known_before_it_answers(tmp_path: Path) -> None:
    home = a_house()
    async with served(home):
        before = await known_once(home, tmp_path)
    speaker = restarted(home, tmp_path)
    assert speaker.home.watch._assistant == before
    assert len(before.entities) > 10
    assert "Bed lamp" in names(speaker)


async def test_while_it_cannot_be_reached_commands_and_questions_say_so(tmp_path: Path) -> None:
    home = a_house()
    async with served(home):
        await known_once(home, tmp_path)
    async with running(home, tmp_path) as speaker:
        assert speaker.home.assistant is not None
        await speaker.home.assistant.settled.wait()
        for said in ("turn on the bed lamp", "turn off the lights upstairs", "is the bed lamp on",
                     "what's on the shopping list", "what's playing", "what's the weather",
                     "what's on my calendar today", "is anyone home"):  # fmt: skip
            assert await speaker.says(said) == AWAY


async def test_a_command_during_the_start_waits_for_the_connection(tmp_path: Path) -> None:
    home = a_house()
    home.on_call = lambda _, entity, __: home.set(entity, "on")
    async with served(home):
        await known_once(home, tmp_path)
        speaker = restarted(home, tmp_path)
        assert speaker.home.assistant is not None
        saying = asyncio.create_task(speaker.says("turn on the kitchen ceiling"))
        for _ in range(5):
            await asyncio.sleep(0)
        assert not saying.done()
        following = asyncio.create_task(speaker.home.assistant.run())
        assert await saying == "Kitchen ceiling on."
        following.cancel()
        await asyncio.wait({following})
    assert home.calls == [("light.turn_on", "light.kitchen_ceiling", {})]


async def test_what_is_exposed_no_longer_is_gone_with_the_first_answer(tmp_path: Path) -> None:
    home = a_house()
    async with served(home):
        await known_once(home, tmp_path)
        home.exposed.discard("light.bed_lamp")
        home.entries["light.bed_lamp"]["options"] = {"conversation": {"should_expose": False}}
        assert "Bed lamp" in names(restarted(home, tmp_path))
        async with running(home, tmp_path) as speaker:
            await becomes(lambda: "Bed lamp" not in names(speaker))
            await becomes(lambda: "Bed lamp" not in (tmp_path / FILE).read_text())


async def test_the_file_is_the_owners_and_holds_no_states(tmp_path: Path) -> None:
    home = a_house()
    async with served(home):
        await known_once(home, tmp_path)
    kept = (tmp_path / FILE).read_text()
    assert "Lounge thermostat" in kept
    assert "The News" not in kept
    assert "a-long-lived-token" not in kept
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


async def test_a_player_that_changes_its_sources_all_the_time_spares_the_disk(tmp_path: Path) -> None:
    home = a_house()
    home.states["media_player.tv"][1]["supported_features"] = 2048
    async with served(home), running(home, tmp_path) as speaker:
        await becomes((tmp_path / FILE).is_file)
        first = (tmp_path / FILE).stat().st_mtime_ns
        for number in range(5):
            await home.becomes("media_player.tv", "playing", source_list=[f"channel {number}"])
            await asyncio.sleep(0.05)
        await becomes(lambda: "channel 4" in str(speaker.home.watch._assistant))
        assert (tmp_path / FILE).stat().st_mtime_ns == first
        home.areas[0]["name"] = "Cookery"
        await home.changed("area")
        await becomes(lambda: "Cookery" in (tmp_path / FILE).read_text())


async def test_what_was_kept_of_another_home_is_not_used(tmp_path: Path) -> None:
    home = a_house()
    async with served(home):
        await known_once(home, tmp_path)
    home.url = "ws://127.0.0.1:9"
    assert names(restarted(home, tmp_path)) == set()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"exposed": 5, "rooms": [], "url": 7}', b"\xff", b"[" * 10**6])
def test_a_damaged_file_is_no_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert KeptHome(HomeAssistantSettings(url="ws://h:8123"), tmp_path).load() == Snapshot()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


@given(st.fixed_dictionaries(dict.fromkeys(("exposed", "rooms", "floors", "abilities", "unit"), JSON)), JSON, JSON)
def test_no_content_of_the_file_ends_the_speaker(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, Any], exposed: Any, able: Any
) -> None:
    folder = tmp_path_factory.getbasetemp()
    one = {"entity_id": "light.x", "aliases": exposed, "device_ids": exposed, "area": exposed}
    more = {"exposed": [one, exposed], "abilities": {"light.x": able}}
    for content in (fields, {**fields, **more}):
        (folder / FILE).write_text(json.dumps({**content, "url": "ws://h:8123"}))
        KeptHome(HomeAssistantSettings(url="ws://h:8123"), folder).load()


def test_a_disk_that_takes_nothing_costs_only_the_head_start(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    KeptHome(HomeAssistantSettings(url="ws://h:8123"), tmp_path / "file").save(Home(), {}, "°C")
    assert "home-not-saved" in capfd.readouterr().out

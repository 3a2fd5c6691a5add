"""The connection to Home Assistant: signing in, what is exposed, states, and what happens when it breaks."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest

from edge.errors import HomeError
from edge.home.model import Feature, ServiceCall, State
from edge.home.sources.home_assistant.connection import RequestError
from edge.home.sources.home_assistant.kept import KeptHome
from edge.home.sources.home_assistant.source import HomeAssistant
from edge.runtime.clock import Clock
from edge.settings import HomeAssistantSettings
from tests.fakes.home_assistant import DIMMER, TOKEN, FakeHomeAssistant, a_house, served
from tests.home.home_assistant.house import HastyClock, House, becomes, house, settings_for

LAMP = ServiceCall("light", "turn_on", "light.bed_lamp")


def values(speaker: House, name: str) -> State:
    """What is known of a thing."""
    entity = next(it for it in speaker.home.watch.model.entities if it.name == name)
    return speaker.home.states.of(entity).values


def names(speaker: House) -> set[str]:
    return {entity.name for entity in speaker.home.names.entities}


def unheard(settings: HomeAssistantSettings, clock: Clock) -> HomeAssistant:
    """A source that nobody listens to."""
    kept = KeptHome(settings, None)
    return HomeAssistant(settings, clock, lambda _: None, lambda _: None, lambda _: None, lambda: None, kept)


@asynccontextmanager
async def unknown_to(home: FakeHomeAssistant, folder: Path, *, token: str = TOKEN) -> AsyncIterator[House]:
    """A speaker that may not come to know the home."""
    async with served(home):
        found = House(home, settings_for(home.url, folder, token=token), folder)
        assert found.home.assistant is not None
        following = asyncio.create_task(found.home.assistant.run())
        try:
            yield found
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)


def test_without_a_url_there_is_no_home_assistant(tmp_path: Path) -> None:
    speaker = House(a_house(), settings_for(None, tmp_path), tmp_path)
    assert speaker.home.assistant is None


async def test_what_is_exposed_is_named_and_nothing_else(tmp_path: Path) -> None:
    async with house(a_house(), tmp_path) as speaker:
        assert {"Kitchen ceiling", "Shopping list", "Home weather", "Anna"} <= names(speaker)
        assert "Secret lamp" not in names(speaker)


async def test_a_user_without_administrator_rights_is_enough(tmp_path: Path) -> None:
    home = a_house()
    home.admin = False
    async with house(home, tmp_path) as speaker:
        assert "Kitchen ceiling" in names(speaker)
        assert "Secret lamp" not in names(speaker)


@pytest.mark.parametrize(("expose_new", "admin"), [(True, True), (False, True), (True, False)])
async def test_what_was_never_decided_about_is_exposed_as_home_assistant_would(
    tmp_path: Path, expose_new: bool, admin: bool
) -> None:
    home = FakeHomeAssistant()
    home.expose_new, home.admin = expose_new, admin
    home.add("light.desk", "on", DIMMER, name="Desk lamp", exposed=False, options={})
    home.add("lock.shed", "locked", name="Shed", exposed=False, options={})
    home.add("sensor.hall", "20", name="Hall air", exposed=False, options={}, original_device_class="temperature")
    home.add("sensor.meter", "5", name="Meter", exposed=False, options={}, original_device_class="energy")
    home.add("light.led", "on", name="Status", exposed=False, options={}, entity_category="config")
    home.add("light.off", "on", name="Never", options={}, disabled_by="user")
    async with house(home, tmp_path) as speaker:
        assert names(speaker) == ({"Desk lamp", "Hall air"} if expose_new and admin else set())


async def test_a_speaker_of_our_own_kind_is_no_thing_of_the_home(tmp_path: Path) -> None:
    home = a_house()
    home.devices = [{"id": "d", "manufacturer": "edge-voice", "name": "Kitchen speaker", "identifiers": []}]
    home.add("switch.kitchen_speaker_microphone_off", "off", platform="mqtt", device_id="d", name="Microphone off")
    async with house(home, tmp_path) as speaker:
        assert "Microphone off" not in names(speaker)


async def test_an_entity_without_an_entry_in_the_registry_is_there_if_it_is_exposed(tmp_path: Path) -> None:
    home = a_house()
    home.states["light.template"] = ("on", {"friendly_name": "Porch", **DIMMER})
    home.exposed.add("light.template")
    home.states["light.hidden"] = ("on", {"friendly_name": "Hidden"})
    async with house(home, tmp_path) as speaker:
        assert "Porch" in names(speaker)
        assert "Hidden" not in names(speaker)


async def test_an_older_home_assistant_has_no_floors(tmp_path: Path) -> None:
    home = a_house()
    home.floors = None
    async with house(home, tmp_path) as speaker:
        home.faults.clear()
        assert speaker.home.watch.model.floors == ()
        assert await speaker.says("turn off the lights upstairs") != ""


async def test_states_follow_and_a_removed_thing_is_gone(tmp_path: Path) -> None:
    home = a_house()
    async with house(home, tmp_path) as speaker:
        lamp = next(it for it in speaker.home.watch.model.entities if it.service_id == "light.bed_lamp")
        state = speaker.home.states.of(lamp)
        assert (state.values[Feature.POWER], round(float(str(state.values[Feature.BRIGHTNESS])))) == (True, 50)
        at = datetime.fromtimestamp(1.0e9).astimezone()
        assert (state.changed, state.known_since[Feature.POWER]) == ({}, at), "a restart counts as a change there"
        await home.becomes("light.bed_lamp", "off")
        await becomes(lambda: speaker.home.states.of(lamp).values.get(Feature.POWER) is False)
        assert speaker.home.states.of(lamp).changed[Feature.POWER] == at
        await home.becomes("light.bed_lamp", "unavailable")
        await becomes(lambda: speaker.home.states.of(lamp).available is False)
        assert await speaker.says("turn on the bed lamp") == "Bed lamp is offline."
        await home.becomes("light.bed_lamp", "off")
        await becomes(lambda: speaker.home.states.of(lamp).available is True)
        assert Feature.POWER not in speaker.home.states.of(lamp).changed, "it has only come back"
        await home.becomes("light.bed_lamp", None)
        await becomes(lambda: "Bed lamp" not in names(speaker))


async def test_what_it_can_do_follows_its_attributes(tmp_path: Path) -> None:
    home = a_house()
    async with house(home, tmp_path) as speaker:
        before = len(speaker.named)
        await home.becomes("light.mirror", "on", supported_color_modes=["brightness"])
        await becomes(lambda: any(it.service_id == "light.mirror" and it.can(Feature.BRIGHTNESS)
                                  for it in speaker.home.watch.model.entities))  # fmt: skip
        assert len(speaker.named) == before, "its names are the same"


@pytest.mark.parametrize("registry", ["entity", "area", "device", "floor"])
async def test_changes_of_the_registries_are_noticed(tmp_path: Path, registry: str) -> None:
    home = a_house()
    async with house(home, tmp_path) as speaker:
        home.add("light.new", "on", DIMMER, area="bath", name="New lamp")
        home.areas[3]["name"] = "Shower room"
        await home.changed(registry)
        await becomes(lambda: "New lamp" in names(speaker))
        assert "Shower room" in {area.name for area in speaker.home.watch.model.areas}
        assert await speaker.says("is the new lamp on") == "Yes. New lamp is on."


async def test_a_lost_connection_is_made_again_and_nothing_old_is_told_meanwhile(tmp_path: Path) -> None:
    home = a_house()
    async with house(home, tmp_path) as speaker:
        assert await speaker.says("is the bed lamp on") == "Yes. Bed lamp is on."
        token, home.token = home.token, "another"
        await home.drop()
        await becomes(lambda: max(speaker.clock.slept, default=0) > 400)
        assert await speaker.says("is the bed lamp on") == "I can't reach your home right now."
        assert await speaker.says("turn on the bed lamp") == "I can't reach your home right now."
        home.token = token
        await home.becomes("light.bed_lamp", "off")
        await becomes(lambda: home.connections == 2)
        await becomes(lambda: values(speaker, "Bed lamp") != {})
        assert await speaker.says("is the bed lamp on") == "No. Bed lamp is off."


async def test_the_pauses_between_attempts_grow(tmp_path: Path) -> None:
    speaker = House(a_house(), settings_for("ws://127.0.0.1:9", tmp_path), tmp_path)
    assert speaker.home.assistant is not None
    following = asyncio.create_task(speaker.home.assistant.run())
    await becomes(lambda: len(speaker.clock.slept) > 9)
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    assert [0.5 <= speaker.clock.slept[0] <= 1, 8 <= speaker.clock.slept[4] <= 16] == [True, True]
    assert 60 <= speaker.clock.slept[9] <= 120


async def test_a_token_that_is_refused_is_not_offered_again_soon(tmp_path: Path) -> None:
    async with unknown_to(a_house(), tmp_path, token="wrong") as speaker:
        await becomes(lambda: speaker.clock.slept != [])
        assert speaker.clock.slept[0] > 400
        assert speaker.home.names.entities == ()


@pytest.mark.parametrize("mode", [0o644, 0o640])
async def test_a_token_that_others_can_read_is_not_used(tmp_path: Path, mode: int) -> None:
    home = a_house()
    async with unknown_to(home, tmp_path) as speaker:
        (tmp_path / "token").chmod(mode)
        await becomes(lambda: speaker.clock.slept != [])
    assert home.connections == 0


async def test_a_missing_token_is_an_error_with_a_hint(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    settings = settings_for("ws://127.0.0.1:9", tmp_path).home.home_assistant.model_copy(update={"token_file": None})
    clock = HastyClock()
    source = HomeAssistant(
        settings, clock, lambda _: None, lambda _: None, lambda _: None, lambda: None, KeptHome(settings, None)
    )
    following = asyncio.create_task(source.run())
    await becomes(lambda: clock.slept != [])
    following.cancel()
    assert "home-assistant-token-missing" in capfd.readouterr().out


async def test_a_token_of_systemd_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home-assistant-token").write_text(TOKEN)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    async with served(a_house()) as home:
        settings = settings_for(home.url, tmp_path).home.home_assistant.model_copy(update={"token_file": None})
        source = HomeAssistant(
            settings,
            HastyClock(),
            lambda _: None,
            lambda _: None,
            lambda _: None,
            lambda: None,
            KeptHome(settings, None),
        )
        following = asyncio.create_task(source.run())
        await becomes(lambda: source.connected)
        following.cancel()


async def test_neither_token_nor_states_are_logged(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("websockets.server").setLevel(logging.WARNING)  # the other side's
    home = a_house()
    home.refused["light.turn_on"] = "home_assistant_error"
    async with house(home, tmp_path) as speaker:
        await speaker.says("turn on the bed lamp")
        await speaker.says("add secret surprise to the shopping list")
        await home.drop()
        await becomes(lambda: home.connections == 2)
    logged = "".join(capfd.readouterr()) + caplog.text
    assert "home-assistant-connected" in logged
    assert TOKEN not in logged
    assert "surprise" not in logged


async def test_services_answer_or_say_why_not(tmp_path: Path) -> None:
    home = a_house()
    async with house(home, tmp_path) as speaker:
        assistant = speaker.home.assistant
        assert assistant is not None
        assert await assistant.call(LAMP) == {}
        home.answers["todo.get_items"] = lambda *_: {"items": [1]}
        items = ServiceCall("todo", "get_items", "todo.chores", answers=True)
        assert await assistant.call(items) == {"items": [1]}
        home.refused["light.turn_on"] = "unauthorized"
        with pytest.raises(RequestError) as refused:
            await assistant.call(LAMP)
        assert refused.value.reason == "unauthorized"


async def test_a_service_that_works_on_is_left_to_it_and_one_with_an_answer_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edge.home.sources.home_assistant.source.CALL_S", 0.05)
    monkeypatch.setattr("edge.home.sources.home_assistant.source.ANSWER_S", 0.05)
    home = a_house()
    home.silent |= {"light.turn_on", "todo.get_items"}
    async with house(home, tmp_path) as speaker:
        assistant = speaker.home.assistant
        assert assistant is not None
        assert await assistant.call(LAMP) == {}
        with pytest.raises(HomeError) as late:
            await assistant.call(ServiceCall("todo", "get_items", "todo.chores", answers=True))
        assert late.value.code == "home-assistant-unreachable"


NOT_UNDERSTOOD = [
    "no JSON",
    "[1, 2]",
    "[" * 100_000,
    '{"id": 1e999, "type": "event"}',
    '{"id": 1, "type": "event", "event": {"a": {"light.bed_lamp": 5, "light.x": {"s": {}}}}}',
    '{"type": "result"}',
    '{"id": 7}',
    "{}",
    '{"id": ' + "9" * 5000 + "}",
]


@pytest.mark.parametrize("raw", NOT_UNDERSTOOD, ids=range(len(NOT_UNDERSTOOD)))
async def test_what_cannot_be_understood_harms_nothing(tmp_path: Path, raw: str) -> None:
    home = a_house()
    async with house(home, tmp_path) as speaker:
        await home.say(raw)
        await home.becomes("light.bed_lamp", "off")
        await becomes(lambda: home.connections == 2 or values(speaker, "Bed lamp").get(Feature.POWER) is False)
        await becomes(lambda: speaker.home.assistant is not None and speaker.home.assistant.connected)


STRANGE = {
    "areas": [5, {"name": 7}, {"area_id": ["x"], "name": None}],
    "floors": "none",
    "devices": {"a": 1},
}


async def test_registries_of_any_shape_harm_nothing(tmp_path: Path) -> None:
    home = a_house()
    home.areas, home.floors, home.devices = STRANGE["areas"], STRANGE["floors"], STRANGE["devices"]  # type: ignore[assignment]
    home.entries["light.x"] = {"entity_id": 5}
    home.entries["light.y"] = {"entity_id": "light.y", "options": [], "aliases": {"a": 1}, "name": {"b": 2}}
    home.exposed |= {"light.y", "../../etc", "light." + "x" * 5000}
    home.states["light.y"] = ("on" * 5000, {"supported_color_modes": 5, "supported_features": "many", "max": []})
    async with house(home, tmp_path) as speaker:
        assert "Bed lamp" in names(speaker)
        assert await speaker.says("turn on the y") != ""


async def test_a_message_that_is_too_long_ends_the_connection_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edge.home.sources.home_assistant.connection.MAX_MESSAGE_BYTES", 200_000)
    home = a_house()
    async with house(home, tmp_path) as speaker:
        await home.say(f'{{"a": "{"x" * 300_000}"}}')
        await becomes(lambda: home.connections == 2)
        await becomes(lambda: speaker.home.assistant is not None and speaker.home.assistant.connected)

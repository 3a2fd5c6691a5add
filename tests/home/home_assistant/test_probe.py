"""`edge-voice doctor` finds what keeps the speaker from using Home Assistant."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from edge.errors import EdgeError
from edge.home.sources.home_assistant.probe import probe
from tests.fakes.home_assistant import FakeHomeAssistant, a_house, served
from tests.home.home_assistant.house import settings_for


def codes(found: Sequence[EdgeError]) -> list[str]:
    assert all(error.hint for error in found)
    return [error.code for error in found]


async def test_nothing_is_wrong(tmp_path: Path) -> None:
    async with served(a_house()) as home:
        assert codes(await probe(settings_for(home.url, tmp_path).home.home_assistant)) == []
        assert home.faults == []
        assert home.calls == []


async def test_a_wrong_token(tmp_path: Path) -> None:
    async with served(a_house()) as home:
        settings = settings_for(home.url, tmp_path, token="wrong").home.home_assistant
        assert codes(await probe(settings)) == ["home-assistant-token-refused"]


async def test_nothing_is_exposed(tmp_path: Path) -> None:
    async with served(FakeHomeAssistant()) as home:
        found = await probe(settings_for(home.url, tmp_path).home.home_assistant)
        assert codes(found) == ["home-assistant-nothing-exposed"]


async def test_nothing_listens_there(tmp_path: Path) -> None:
    settings = settings_for("ws://127.0.0.1:9", tmp_path).home.home_assistant
    assert codes(await probe(settings)) == ["home-assistant-unreachable"]


async def test_no_home_assistant_at_the_address(tmp_path: Path) -> None:
    async with served(a_house()) as home:
        url = home.url.replace("ws", "wss")
        assert codes(await probe(settings_for(url, tmp_path).home.home_assistant)) == ["home-assistant-unreachable"]


async def test_a_file_without_certificates(tmp_path: Path) -> None:
    settings = settings_for("wss://127.0.0.1:9", tmp_path).home.home_assistant
    empty = tmp_path / "ca.pem"
    empty.write_text("nothing")
    found = await probe(settings.model_copy(update={"ca_file": empty}))
    assert codes(found) == ["home-assistant-ca-unusable"]


async def test_a_home_assistant_that_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge.home.sources.home_assistant.probe.PROBE_TIMEOUT_S", 0.2)
    home = a_house()
    home.silent.add("config/area_registry/list")
    async with served(home):
        found = await probe(settings_for(home.url, tmp_path).home.home_assistant)
        assert codes(found) == ["home-assistant-unreachable"]

"""A dry run shows the request that a turn would make, and makes none."""

import json
from pathlib import Path

import pytest

from edge.cli.dry_run import dry_run
from edge.events import Decision
from edge.llm import open_cloud
from edge.llm.chat_service import ChatService
from edge.runtime.clock import SystemClock
from edge.settings import CloudSettings, EntitySettings, HomeSettings, LlmSettings, RouteSettings, Settings
from tests.fakes.language import ENGLISH
from tests.llm.fake_cloud import Connection, Request, fake_cloud

TEXT = "why does ada dot king at example dot com bounce"


async def answer(_request: Request, connection: Connection) -> None:
    await connection.head()
    await connection.text("Because.", "stop")


@pytest.fixture(name="key")
def _key(tmp_path: Path) -> Path:
    file = tmp_path / "key"
    file.write_text("secret", encoding="utf-8")
    file.chmod(0o600)
    return file


def settings(key: Path | None, url: str, route: RouteSettings | None = None) -> Settings:
    llm = LlmSettings(engine="none", cloud=CloudSettings(url=url, api_key_file=key, model="m"))
    return Settings(llm=llm, route=route or RouteSettings())


async def test_the_request_is_the_one_that_a_turn_makes_and_nothing_is_sent(key: Path, tmp_path: Path) -> None:
    async with fake_cloud(answer) as cloud:
        mine = settings(key, cloud.url)
        shown = await dry_run(mine, TEXT)
        assert cloud.requests == []
        clock = SystemClock()
        cloud_of_turn = open_cloud(mine.llm.cloud, clock, tmp_path)
        chat = ChatService(None, cloud_of_turn, settings=mine.llm, language=ENGLISH, clock=clock)
        async for _ in chat.reply(Decision("cloud", shown.reason, TEXT)):
            pass
        await chat.aclose()
    assert shown.body is not None
    assert (shown.answerer, shown.url) == ("cloud", f"{cloud.url}/chat/completions")
    assert json.loads(shown.body) == cloud.requests[0].body
    assert b"ada" not in shown.body
    assert b"secret" not in shown.body


@pytest.mark.parametrize("text", ["my son has a fever", "can I afford my mortgage", "turn up the volume"])
async def test_nothing_is_shown_where_nothing_would_be_sent(key: Path, text: str) -> None:
    shown = await dry_run(settings(key, "http://127.0.0.1:9/v1", RouteSettings(escalate="prefer")), text)
    assert shown.answerer != "cloud"
    assert shown.body is None
    assert shown.as_text().endswith("sent to a cloud: nothing")


async def test_without_a_key_there_is_no_cloud() -> None:
    shown = await dry_run(settings(None, "http://127.0.0.1:9/v1"), TEXT)
    assert shown.answerer != "cloud"
    assert shown.body is None


async def test_what_is_sent_after_a_yes_is_shown_as_such(key: Path) -> None:
    shown = await dry_run(settings(key, "http://127.0.0.1:9/v1", RouteSettings(escalate="ask")), TEXT)
    assert shown.asks_first
    assert shown.body is not None
    assert json.loads(shown.as_json())["body"] == shown.body.decode()


async def test_the_menu_of_a_cloud_that_may_choose_is_shown(key: Path) -> None:
    url = "http://127.0.0.1:9/v1"
    cloud = CloudSettings(url=url, api_key_file=key, model="m", chooses_commands=True)
    lamp = EntitySettings(name="Reading Lamp", topic="lamp")
    mine = Settings.model_validate(
        {
            "llm": LlmSettings(engine="none", cloud=cloud),
            "home": HomeSettings(entities=[lamp]),
            "mqtt": {"host": "127.0.0.1", "port": 9},
        }
    )
    shown = await dry_run(mine, "somebody put a brew on for me")
    assert (shown.answerer, shown.reason) == ("home", "chosen-by-cloud")
    assert shown.body is not None
    (tool,) = json.loads(shown.body)["tools"]
    assert tool["function"]["parameters"]["properties"]["thing"]["enum"] == ["Reading Lamp (light)"]

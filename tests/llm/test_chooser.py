"""Endpoints that choose with a tool: what they are sent, and what they send back."""

import asyncio
import json
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from llmock.pytest_plugin import LLMock

from edge.budget import FILE, Budget, Ledger
from edge.errors import LlmError
from edge.events import Intent
from edge.llm import Delta, Finished, Message, Tool
from edge.llm.chooser import choose
from edge.llm.cloud import Cloud, open_ledger
from edge.llm.endpoint_profile import Target, shipped_profiles
from edge.llm.openai_endpoint import OpenAiEndpoint
from edge.nlu.home_names import HomeNames, NamedEntity
from edge.nlu.suggestions import Suggestions
from edge.privacy import PrivacyGate
from edge.runtime.clock import SystemClock
from edge.runtime.virtual_time import instantly
from edge.settings import BudgetSettings, PrivacySettings
from tests.fakes.language import ENGLISH
from tests.llm.fake_cloud import Connection, Request, fake_cloud
from tests.llm.fakes import ScriptedEndpoint
from tests.llm.providers import PROVIDERS

HOME = HomeNames(entities=(NamedEntity("Kettle", "switch"), NamedEntity("Ada's Lamp", "light")))
MENU = Suggestions(HOME, ENGLISH).menu("make it nicer", 40)
KETTLE = {"action": "turn_on", "thing": "Kettle (switch)"}
ON = MENU.intent(json.dumps(KETTLE))
GATE = PrivacyGate(ENGLISH, PrivacySettings())
GPT_4O_MINI = partial(Target, "gpt-4o-mini", shipped_profiles()["gpt-4o-mini"])
MESSAGES = (Message("system", "Choose."), Message("user", "I want tea"))
TOOL = Tool("choose_command", "Chooses.", MENU.parameters)


@pytest.fixture
async def endpoint(llmock: LLMock) -> AsyncIterator[OpenAiEndpoint]:
    endpoint = OpenAiEndpoint(url=llmock.base_url(), target=GPT_4O_MINI, api_key=None, first_token_timeout_s=5)
    yield endpoint
    await endpoint.aclose()


async def chosen(endpoint: OpenAiEndpoint | ScriptedEndpoint | Cloud, gate: PrivacyGate | None = GATE) -> Intent | None:
    return await choose(endpoint, "I want tea", MENU, ENGLISH.chat, on_board=False, gate=gate)


async def test_a_call_of_the_tool_is_a_command(llmock: LLMock, endpoint: OpenAiEndpoint) -> None:
    llmock.call_tool("choose_command", KETTLE)
    assert ON is not None
    assert await chosen(endpoint) == ON


async def test_an_answer_in_words_is_none(llmock: LLMock, endpoint: OpenAiEndpoint) -> None:
    llmock.reply("I have turned on the kettle.")
    assert await chosen(endpoint) is None


async def test_another_tool_is_none(llmock: LLMock, endpoint: OpenAiEndpoint) -> None:
    llmock.call_tool("run_shell", {"command": "reboot"})
    assert await chosen(endpoint) is None


async def test_a_malformed_call_is_none(llmock: LLMock, endpoint: OpenAiEndpoint) -> None:
    llmock.break_tool_call().call_tool("choose_command", KETTLE)
    assert await chosen(endpoint) is None


async def test_without_a_tool_a_call_is_an_error(llmock: LLMock, endpoint: OpenAiEndpoint) -> None:
    llmock.call_tool("choose_command", KETTLE)
    with pytest.raises(LlmError, match="called a tool that it was not given"):
        _ = [it async for it in endpoint.stream(MESSAGES, max_tokens=50)]


async def test_of_several_calls_the_first_counts() -> None:
    async def calls_twice(_: Request, connection: Connection) -> None:
        await connection.head()
        whole = json.dumps(KETTLE)
        for piece in ({"name": "choose_command", "arguments": whole[:9]}, {"arguments": whole[9:]}):
            await connection.text("", tool_calls=[{"index": 0, "function": piece}])
        other = {"name": "choose_command", "arguments": '{"action": "turn_off"}'}
        await connection.text("", "tool_calls", tool_calls=[{"index": 1, "function": other}])
        await connection.usage(30, 7)
        await connection.done()

    async with fake_cloud(calls_twice) as server:
        endpoint = OpenAiEndpoint(url=server.url, target=GPT_4O_MINI, api_key=None, first_token_timeout_s=5)
        assert await chosen(endpoint) == ON
        await endpoint.aclose()


@pytest.mark.parametrize(
    "calls", ["no list", [1], [{}], [{"function": "x"}], [{"function": {"name": "choose_command", "arguments": {}}}]]
)
async def test_calls_of_a_strange_form_are_none(calls: object) -> None:
    async def damaged(_: Request, connection: Connection) -> None:
        await connection.head()
        await connection.text("", "tool_calls", tool_calls=calls)
        await connection.done()

    async with fake_cloud(damaged) as server:
        endpoint = OpenAiEndpoint(url=server.url, target=GPT_4O_MINI, api_key=None, first_token_timeout_s=5)
        assert await chosen(endpoint) is None
        await endpoint.aclose()


@pytest.mark.parametrize("name", sorted(PROVIDERS))
async def test_each_provider_takes_the_tool(name: str) -> None:
    profile = shipped_profiles()[name]
    model = profile.model or ("gpt-4o-mini" if name == "compatible" else "some-model")
    async with fake_cloud(PROVIDERS[name]) as server:
        endpoint = OpenAiEndpoint(
            url=server.url, target=lambda: Target(model, profile), api_key=None, first_token_timeout_s=5
        )
        pieces = [it async for it in endpoint.stream(MESSAGES, max_tokens=80, tool=TOOL)]
        await endpoint.aclose()
    assert "".join(it.text for it in pieces if isinstance(it, Delta)) == ""
    assert isinstance(pieces[-1], Finished)
    (request,) = server.requests
    assert request.body["tools"][0]["function"]["parameters"] == TOOL.parameters


async def test_a_failure_is_none() -> None:
    assert await chosen(ScriptedEndpoint([LlmError("llm-unavailable", "gone")])) is None


@instantly
async def test_a_slow_model_is_not_waited_for() -> None:
    class Slow(ScriptedEndpoint):
        async def stream(self, messages, *, max_tokens, tool=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - as its base
            assert (bool(messages), max_tokens > 0, tool is not None) == (True, True, True)
            await asyncio.sleep(3600)
            yield Delta("never")

    assert await chosen(Slow()) is None


async def test_private_texts_and_names_are_not_sent() -> None:
    gate = PrivacyGate(ENGLISH, PrivacySettings(names=["Ada"], words=["kettle"]))
    endpoint = ScriptedEndpoint([json.dumps(KETTLE)])
    assert await chosen(endpoint, gate) is None
    private = await choose(endpoint, "my son has a fever", MENU, ENGLISH.chat, on_board=False, gate=GATE)
    assert (private, endpoint.asked) == (None, [])
    gate = PrivacyGate(ENGLISH, PrivacySettings(names=["Ada"]))
    assert await chosen(endpoint, gate) == ON
    (tool,) = endpoint.tools
    assert tool is not None
    assert tool.parameters["properties"]["thing"]["enum"] == ["Kettle (switch)"]


async def test_the_tool_counts_in_what_is_reserved(llmock: LLMock, endpoint: OpenAiEndpoint, tmp_path: Path) -> None:
    limits = BudgetSettings(tokens_per_turn=500)
    cloud = Cloud(endpoint, Budget(open_ledger(tmp_path), limits, SystemClock()), tokens_per_turn=500)
    large = Tool("choose_command", "x" * 1000, MENU.parameters)
    with pytest.raises(LlmError, match="does not fit into 500 tokens"):
        _ = [it async for it in cloud.stream(MESSAGES, max_tokens=80, tool=large)]
    llmock.call_tool("choose_command", KETTLE)
    assert await choose(cloud, "I want tea", MENU, ENGLISH.chat, on_board=False, gate=GATE) == ON
    await cloud.aclose()
    ledger = Ledger(tmp_path / FILE, read_only=True)
    (call,) = ledger.last(10)
    ledger.close()
    assert call.counted

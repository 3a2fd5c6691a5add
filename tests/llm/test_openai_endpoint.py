"""The client against an OpenAI-like server with faults that we did not write."""

import asyncio
import platform
from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial
from pathlib import Path

import httpx
import pytest
from llmock.pytest_plugin import LLMock
from pydantic import SecretStr, ValidationError

from edge.budget import FILE, Budget, Ledger
from edge.errors import LlmError, SettingsError
from edge.events import Decision, ReplySentence
from edge.llm import Delta, Finished, Message, open_cloud, open_llm
from edge.llm.chat_service import ChatService, ReplyRecord
from edge.llm.cloud import Cloud
from edge.llm.endpoint_profile import Target, shipped_profiles
from edge.llm.openai_endpoint import OpenAiEndpoint
from edge.runtime.clock import SystemClock
from edge.settings import BudgetSettings, CloudSettings, LlmSettings
from tests.fakes.language import ENGLISH
from tests.llm.fakes import ScriptedEndpoint

MESSAGES = (Message("system", "Be short."), Message("user", "What is a volcano?"))
GPT_4O_MINI = partial(Target, "gpt-4o-mini", shipped_profiles()["gpt-4o-mini"])
ANSWER = "A volcano is a mountain. It can erupt. Then it is hot."


class NotedClock(SystemClock):
    """Real time, but sleeps are only noted down."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def now(self) -> datetime:
        return super().now()


@pytest.fixture
def clock() -> NotedClock:
    return NotedClock()


@pytest.fixture
async def endpoint(llmock: LLMock, clock: NotedClock) -> AsyncIterator[OpenAiEndpoint]:
    endpoint = OpenAiEndpoint(
        url=llmock.base_url(), target=GPT_4O_MINI, api_key=SecretStr("key"), first_token_timeout_s=5, clock=clock
    )
    yield endpoint
    await endpoint.aclose()


async def hasty(llmock: LLMock, *, first: float = 5, total: float = 60) -> OpenAiEndpoint:
    return OpenAiEndpoint(
        url=llmock.base_url(),
        target=GPT_4O_MINI,
        api_key=SecretStr("key"),
        first_token_timeout_s=first,
        total_timeout_s=total,
    )


async def ask(endpoint: OpenAiEndpoint, max_tokens: int = 100) -> tuple[str, Finished]:
    text, finished = "", None
    async for piece in endpoint.stream(MESSAGES, max_tokens=max_tokens):
        if isinstance(piece, Delta):
            text += piece.text
        else:
            finished = piece
    assert finished is not None
    return text, finished


async def failure(endpoint: OpenAiEndpoint) -> str:
    with pytest.raises(LlmError) as raised:
        await ask(endpoint)
    assert "key" not in str(raised.value).replace("the key", "")
    return raised.value.code


async def test_an_answer_is_streamed_and_paid_for(llmock: LLMock, endpoint: OpenAiEndpoint) -> None:
    llmock.reply(ANSWER)
    text, finished = await ask(endpoint)
    assert text == ANSWER
    assert finished.reason == "stop"
    usage = finished.usage
    assert usage.prompt_tokens > 0
    assert usage.reply_tokens > 0
    new = usage.prompt_tokens - usage.cached_tokens
    assert usage.cost_usd == pytest.approx((new * 0.15 + usage.cached_tokens * 0.075 + usage.reply_tokens * 0.6) / 1e6)


async def test_the_roles_reach_the_server(llmock: LLMock, endpoint: OpenAiEndpoint) -> None:
    await ask(endpoint)
    (request,) = llmock.requests
    assert request.path == "/v1/chat/completions"
    assert request.stream


async def test_the_request_does_not_describe_the_machine() -> None:
    heads: list[str] = []

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append((await reader.readuntil(b"\r\n\r\n")).decode("ascii").lower())
        writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        endpoint = OpenAiEndpoint(url=url, target=GPT_4O_MINI, api_key=SecretStr("key"), first_token_timeout_s=5)
        assert await failure(endpoint) == "llm-refused"
        await endpoint.aclose()
    (head,) = heads
    assert "user-agent: edge-voice\r\n" in head
    described = ("linux", "python", platform.machine().lower(), platform.python_version(), httpx.__version__)
    assert [word for word in described if word in head] == []


async def test_too_many_requests_are_waited_out_once_where_there_is_time(
    llmock: LLMock, endpoint: OpenAiEndpoint, clock: NotedClock
) -> None:
    llmock.rate_limit(times=1, retry_after=0.4).reply(ANSWER)
    assert (await ask(endpoint))[0] == ANSWER
    assert clock.slept == [0.4]


async def test_a_server_that_stays_busy_is_asked_no_third_time(
    llmock: LLMock, endpoint: OpenAiEndpoint, clock: NotedClock
) -> None:
    llmock.rate_limit(times=None, retry_after=0.2)
    assert await failure(endpoint) == "llm-rate-limited"
    assert len(llmock.requests) == 2
    assert clock.slept == [0.2]


async def test_a_wait_that_does_not_fit_is_not_begun(
    llmock: LLMock, endpoint: OpenAiEndpoint, clock: NotedClock
) -> None:
    llmock.rate_limit(times=None, retry_after=20)
    assert await failure(endpoint) == "llm-rate-limited"
    assert len(llmock.requests) == 1
    assert clock.slept == []


async def test_a_retry_keeps_to_what_the_server_asked_for(llmock: LLMock) -> None:
    llmock.rate_limit(times=1, retry_after=0.2).reply(ANSWER)
    endpoint = await hasty(llmock)
    await ask(endpoint)
    await endpoint.aclose()
    llmock.assert_resilient()


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "llm-refused"),
        (403, "llm-refused"),
        (404, "llm-model-unknown"),
        (400, "llm-refused"),
        (500, "llm-unavailable"),
        (502, "llm-unavailable"),
    ],
)
async def test_a_refusal_has_a_code_and_is_not_repeated(
    llmock: LLMock, endpoint: OpenAiEndpoint, status: int, code: str
) -> None:
    llmock.fail(status, times=None)
    assert await failure(endpoint) == code
    assert len(llmock.requests) == 1


async def test_a_question_that_is_too_long_says_so(llmock: LLMock, endpoint: OpenAiEndpoint) -> None:
    llmock.context_overflow()
    assert await failure(endpoint) == "llm-context-exceeded"


async def test_a_stream_that_ends_without_saying_why_was_cut(llmock: LLMock, endpoint: OpenAiEndpoint) -> None:
    llmock.reply(ANSWER).truncate(after_chunks=3)
    assert await failure(endpoint) == "llm-cut-off"


async def test_a_connection_that_drops_in_the_middle_was_cut(llmock: LLMock, endpoint: OpenAiEndpoint) -> None:
    llmock.reply(ANSWER).disconnect(after_chunks=3)
    assert await failure(endpoint) in {"llm-cut-off", "llm-unavailable"}


async def test_a_damaged_stream_is_no_answer(llmock: LLMock, endpoint: OpenAiEndpoint) -> None:
    llmock.reply(ANSWER).corrupt(after_chunks=2)
    assert await failure(endpoint) == "llm-cut-off"


async def test_a_slow_first_word_is_not_waited_for(llmock: LLMock) -> None:
    llmock.slow_first_token(20)
    endpoint = await hasty(llmock, first=0.1)
    assert await failure(endpoint) == "llm-timeout"
    await endpoint.aclose()


async def test_a_stall_in_the_middle_is_not_waited_for(llmock: LLMock) -> None:
    llmock.reply(ANSWER).stall(after_chunks=3, seconds=20)
    endpoint = await hasty(llmock, total=0.5)
    assert await failure(endpoint) == "llm-timeout"
    await endpoint.aclose()


async def test_a_server_that_is_not_there(clock: NotedClock) -> None:
    endpoint = OpenAiEndpoint(
        url="http://127.0.0.1:9/v1", target=GPT_4O_MINI, api_key=None, first_token_timeout_s=5, clock=clock
    )
    assert await failure(endpoint) == "llm-unavailable"
    await endpoint.aclose()


async def test_an_endless_answer_is_not_read_to_its_end(llmock: LLMock, endpoint: OpenAiEndpoint) -> None:
    llmock.reply("word " * 2000)
    text, finished = await ask(endpoint, max_tokens=10)
    assert finished.reason == "length"
    assert len(text) < 1000


async def answer(endpoint: OpenAiEndpoint, local: ScriptedEndpoint, folder: Path) -> tuple[list[str], ReplyRecord]:
    budget = Budget(Ledger(folder / FILE), BudgetSettings(), SystemClock())
    cloud = Cloud(endpoint, budget, tokens_per_turn=4000)
    answering = ChatService(local, cloud, settings=LlmSettings(), language=ENGLISH, clock=SystemClock())
    decision = Decision("cloud", "world-knowledge", "What is a volcano?")
    pieces = [piece async for piece in answering.reply(decision)]
    record = pieces.pop()
    assert isinstance(record, ReplyRecord)
    return [piece.text for piece in pieces if isinstance(piece, ReplySentence)], record


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (lambda llmock: llmock.rate_limit(times=None, retry_after=30), "cloud-rate-limited"),
        (lambda llmock: llmock.outage(), "cloud-unavailable"),
        (lambda llmock: llmock.fail(401, times=None), "cloud-refused"),
        (lambda llmock: llmock.reply(ANSWER).truncate(after_chunks=2), "cloud-cut-off"),
        (lambda llmock: llmock.slow_first_token(20), "cloud-timeout"),
    ],
)
async def test_whatever_the_cloud_does_the_turn_is_answered(
    llmock: LLMock, fault: object, reason: str, tmp_path: Path
) -> None:
    assert callable(fault)
    fault(llmock)
    endpoint = await hasty(llmock, first=0.5)
    said, record = await answer(endpoint, ScriptedEndpoint(["A mountain."]), tmp_path)
    await endpoint.aclose()
    assert said == ["A mountain."]
    assert (record.answerer, record.reason, record.error) == ("llm", reason, None)


async def test_a_cloud_that_is_cut_after_its_first_sentence_is_completed_honestly(
    llmock: LLMock, endpoint: OpenAiEndpoint, tmp_path: Path
) -> None:
    llmock.reply(ANSWER).truncate(after_chunks=9)
    said, record = await answer(endpoint, ScriptedEndpoint(), tmp_path)
    assert said[0].startswith("A volcano is a mountain.")
    assert said[-1] == ENGLISH.chat.not_finished
    assert (record.answerer, record.error) == ("cloud", "llm-cut-off")


async def test_the_cloud_is_off_without_a_key_and_opened_with_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    assert open_cloud(CloudSettings(), SystemClock(), tmp_path) is None
    key = tmp_path / "key"
    key.write_text("sk-secret\n")
    key.chmod(0o600)
    endpoint = open_cloud(CloudSettings(model="gpt-4o-mini", api_key_file=key), SystemClock(), tmp_path)
    assert endpoint is not None
    assert endpoint.name == "gpt-4o-mini"
    await endpoint.aclose()
    key.chmod(0o644)
    with pytest.raises(SettingsError):
        open_cloud(CloudSettings(model="gpt-4o-mini", api_key_file=key), SystemClock(), tmp_path)


async def test_a_server_of_ones_own_needs_no_key(llmock: LLMock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    llmock.reply(ANSWER)
    settings = LlmSettings(engine="server", url=llmock.base_url(), model="qwen")
    endpoint = open_llm(settings, store=None)  # type: ignore[arg-type]  # a server needs no store
    assert isinstance(endpoint, OpenAiEndpoint)
    await endpoint.warm(MESSAGES)
    text, finished = await ask(endpoint)
    assert text == ANSWER
    assert finished.usage.cost_usd is None
    await endpoint.aclose()


def test_a_server_needs_the_name_that_it_knows_the_model_by() -> None:
    with pytest.raises(ValidationError, match="engine = 'server' needs model"):
        LlmSettings(engine="server", url="http://127.0.0.1:1/v1")


def test_no_model_is_a_choice() -> None:
    assert open_llm(LlmSettings(engine="none"), store=None) is None  # type: ignore[arg-type]  # nothing is looked up

"""Each fault of an endpoint ends the answer in time, with a code, and quotes nothing."""

import asyncio
import itertools
import json
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from edge.errors import LlmError
from edge.llm import Delta, Finished, Message, Usage
from edge.llm.completions import Lines, read_line, refusal
from edge.llm.endpoint_profile import Target, shipped_profiles
from edge.llm.openai_endpoint import OpenAiEndpoint
from edge.runtime.clock import SystemClock
from tests.llm.fake_cloud import Connection, Request, fake_cloud
from tests.llm.faults import FAULTS
from tests.mqtt.mosquitto import make_certificates

MESSAGES = (Message("system", "Be short."), Message("user", "What is a volcano?"))
TARGET = Target("gpt-4o-mini", shipped_profiles()["gpt-4o-mini"])
KEY = "sk-never-to-be-seen"


def endpoint(url: str, clock: SystemClock | None = None) -> OpenAiEndpoint:
    return OpenAiEndpoint(
        url=url,
        target=lambda: TARGET,
        api_key=SecretStr(KEY),
        first_token_timeout_s=0.4,
        stall_timeout_s=0.2,
        total_timeout_s=5,
        clock=clock,
    )


async def answer(chat: OpenAiEndpoint) -> tuple[str, Finished]:
    pieces = [piece async for piece in chat.stream(MESSAGES, max_tokens=100)]
    *deltas, finished = pieces
    assert isinstance(finished, Finished)
    return "".join(it.text for it in deltas if isinstance(it, Delta)), finished


def chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


@pytest.mark.parametrize("name", sorted(FAULTS))
async def test_a_fault_has_a_code_a_hint_and_no_quotation(name: str, caplog: pytest.LogCaptureFixture) -> None:
    fault = FAULTS[name]
    async with fake_cloud(fault.behave) as cloud:
        chat = endpoint(cloud.url)
        if fault.code == "llm-empty":
            assert (await answer(chat))[0].strip() == ""
            return
        with pytest.raises(LlmError) as raised:
            await answer(chat)
        await chat.aclose()
    assert raised.value.code == fault.code
    shown = f"{raised.value}{raised.value.hint}{caplog.text}"
    assert "secret words" not in shown
    assert not any(KEY in str(error) for error in chain(raised.value))
    assert KEY not in caplog.text
    assert len(cloud.requests) == 1


async def test_the_hint_of_a_model_that_is_gone_names_what_to_write_instead() -> None:
    async with fake_cloud(FAULTS["404 model"].behave) as cloud:
        with pytest.raises(LlmError, match="the endpoint has no model gpt-4o-mini") as raised:
            await answer(endpoint(cloud.url))
    assert "set model = 'auto' or 'gpt-6-luna'" in raised.value.hint


async def test_a_name_that_cannot_be_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(LlmError, match="cannot be looked up") as raised:
        await answer(endpoint("http://models.invalid/v1"))
    assert raised.value.code == "llm-unavailable"


async def test_a_certificate_that_nobody_trusts(tmp_path: Path) -> None:
    make_certificates(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "server.crt", tmp_path / "server.key")

    async def accept(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with await asyncio.start_server(accept, "127.0.0.1", 0, ssl=context) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(LlmError, match="no certificate that is trusted") as raised:
            await answer(endpoint(f"https://127.0.0.1:{port}/v1"))
    assert raised.value.code == "llm-unavailable"
    assert "clock" in raised.value.hint


async def test_a_port_where_nobody_listens() -> None:
    with pytest.raises(LlmError, match="cannot be reached") as raised:
        await answer(endpoint("http://127.0.0.1:9/v1"))
    assert raised.value.code == "llm-unavailable"


async def test_an_answer_whose_count_never_comes_is_whole() -> None:
    async def behave(_: Request, connection: Connection) -> None:
        await connection.head()
        await connection.text("It is a mountain.", "stop")
        await asyncio.sleep(3600)

    async with fake_cloud(behave) as cloud:
        text, finished = await answer(endpoint(cloud.url))
    assert (text, finished.reason, finished.usage) == ("It is a mountain.", "stop", Usage())


@pytest.mark.parametrize(
    "counted",
    [
        {"prompt_tokens": -3, "completion_tokens": 5},
        {"prompt_tokens": "many", "completion_tokens": None},
        {"prompt_tokens": 10**30, "completion_tokens": 5},
        {"prompt_tokens": True},
        [],
        "free",
    ],
)
async def test_a_count_that_cannot_be_right_is_none(counted: object) -> None:
    async def behave(_: Request, connection: Connection) -> None:
        await connection.head()
        await connection.text("It is a mountain.", "stop")
        await connection.event({"choices": [], "usage": counted})
        await connection.done()

    async with fake_cloud(behave) as cloud:
        text, finished = await answer(endpoint(cloud.url))
    assert (text, finished.usage) == ("It is a mountain.", Usage())


async def test_what_is_written_to_the_cache_and_read_from_it_has_its_own_price() -> None:
    async def behave(_: Request, connection: Connection) -> None:
        await connection.head()
        await connection.text("It is a mountain.", "stop")
        await connection.usage(1000, 100, prompt_tokens_details={"cached_tokens": 300, "cache_write_tokens": 200})
        await connection.done()

    luna = Target("gpt-6-luna", shipped_profiles()["gpt-6-luna"])
    async with fake_cloud(behave) as cloud:
        chat = OpenAiEndpoint(url=cloud.url, target=lambda: luna, api_key=None, first_token_timeout_s=5)
        _, finished = await answer(chat)
    usage = finished.usage
    assert (usage.prompt_tokens, usage.cached_tokens, usage.reply_tokens) == (1000, 300, 100)
    assert usage.cost_usd == pytest.approx((500 * 0.10 + 300 * 0.01 + 200 * 0.125 + 100 * 0.50) / 1e6)


async def test_an_endpoint_that_keeps_failing_is_left_alone_and_then_tried_once() -> None:
    class Hand(SystemClock):
        ahead = 0.0

        def monotonic(self) -> float:
            return super().monotonic() + self.ahead

    async def works(_: Request, connection: Connection) -> None:
        await connection.answer("Here I am again.")

    clock = Hand()
    broken = FAULTS["500"].behave
    async with fake_cloud(broken, broken, broken, works) as cloud:
        chat = endpoint(cloud.url, clock)
        for _ in range(3):
            with pytest.raises(LlmError, match="status 500"):
                await answer(chat)
        with pytest.raises(LlmError, match="asked again in a while"):
            await answer(chat)
        assert len(cloud.requests) == 3
        clock.ahead = 31.0
        assert (await answer(chat))[0].strip() == "Here I am again."
        await chat.aclose()
    assert chat.breaker.lets_through


async def test_an_answer_that_is_stopped_tells_nothing_of_the_endpoint() -> None:
    async with fake_cloud(FAULTS["stall in the stream"].behave) as cloud:
        chat = endpoint(cloud.url)
        for _ in range(4):
            pieces = chat.stream(MESSAGES, max_tokens=100)
            assert isinstance(await anext(pieces), Delta)
            await pieces.aclose()  # type: ignore[attr-defined]  # every endpoint is a generator
        assert chat.breaker.lets_through
        await chat.aclose()


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_lines_do_not_depend_on_how_the_bytes_arrive(pieces: list[bytes]) -> None:
    whole = b"".join(pieces) + b"\n"
    cut, at_once = Lines("m"), Lines("m")
    lines = list(itertools.chain.from_iterable(cut.feed(it) for it in [*pieces, b"\n"]))
    assert lines == list(at_once.feed(whole))


def failure(line: bytes) -> str | None:
    """The code with which a line fails; any other exception is a mistake."""
    try:
        read_line(line, TARGET)
    except LlmError as error:
        return error.code
    return None


FAILURES = {None, "llm-cut-off", "llm-malformed", "llm-unavailable"}


@given(st.binary(max_size=300))
def test_no_line_fails_in_another_way(line: bytes) -> None:
    assert failure(b"data: " + line) in FAILURES


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["choices", "delta", "content", "usage", "prompt_tokens", "error", "tool_calls", "code"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_no_document_fails_in_another_way(document: object) -> None:
    text = json.dumps(document).encode()
    assert refusal(400, {}, text, TARGET).code.startswith("llm-")
    assert failure(b"data: " + text) in FAILURES

"""Everything that can go wrong between the speaker and a chat endpoint, acted out by a real server."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tests.llm.fake_cloud import Behaviour, Connection, Request

BEGUN = "A volcano is a mountain that opens. It can "
"""What is said before an answer breaks off; its first sentence can be spoken."""

LONG = 3600.0
"""Seconds: for ever."""


@dataclass(frozen=True)
class Fault:
    """`code` is the reason of the failure; `begun`: the first sentence had been spoken."""

    behave: Behaviour
    code: str
    begun: bool = False


def _refuse(status: int, code: str | None = None, **headers: str) -> Behaviour:
    async def behave(_: Request, connection: Connection) -> None:
        await connection.error(status, "You said: secret words", code, **headers)

    return behave


async def _stall_before(_: Request, __: Connection) -> None:
    await asyncio.sleep(LONG)


async def _stall_after_the_head(_: Request, connection: Connection) -> None:
    await connection.head()
    await asyncio.sleep(LONG)


async def _keep_alive(_: Request, connection: Connection) -> None:
    await connection.head()
    while True:
        await connection.send(": still here\n\n")
        await asyncio.sleep(0.01)


async def _stall_in_the_stream(_: Request, connection: Connection) -> None:
    await connection.head()
    await connection.text(BEGUN)
    await asyncio.sleep(LONG)


async def _cut(_: Request, connection: Connection) -> None:
    await connection.head()
    await connection.text(BEGUN)


async def _cut_at_once(_: Request, __: Connection) -> None:
    return


async def _slow_tokens(_: Request, connection: Connection) -> None:
    await connection.head()
    for character in BEGUN:
        await connection.text(character)
        await asyncio.sleep(0.08)


async def _tool_call(_: Request, connection: Connection) -> None:
    await connection.head()
    function = {"name": "unlock_door", "arguments": '{"door": '}
    await connection.text("", tool_calls=[{"index": 0, "id": "1", "type": "function", "function": function}])
    await connection.text("", "tool_calls")
    await connection.done()


async def _tool_call_later(_: Request, connection: Connection) -> None:
    await connection.head()
    await connection.text(BEGUN)
    await connection.text("", tool_calls="unlock the door")
    await connection.text("", "tool_calls")
    await connection.done()


async def _web_page(_: Request, connection: Connection) -> None:
    await connection.head(200, "text/html; charset=utf-8")
    await connection.send("<html><body>Log in to this network</body></html>")


async def _compressed(_: Request, connection: Connection) -> None:
    await connection.head(Content_Encoding="gzip")
    await connection.send(b"\x1f\x8b" + bytes(100))


async def _long_line(_: Request, connection: Connection) -> None:
    await connection.head()
    await connection.send(b'data: {"choices": [{"delta": {"content": "' + b"a" * 1_048_576 + b'"}}]}\n\n')
    await asyncio.sleep(LONG)


async def _endless_line(_: Request, connection: Connection) -> None:
    await connection.head()
    while True:
        await connection.send(b"data" * 1000)


async def _large_refusal(_: Request, connection: Connection) -> None:
    await connection.head(500, "application/json")
    while True:
        await connection.send(b" " * 4000)


async def _not_json(_: Request, connection: Connection) -> None:
    await connection.head()
    await connection.send("data: {nothing}\n\n")


async def _wrong_types(_: Request, connection: Connection) -> None:
    await connection.head()
    await connection.event({"choices": [{"delta": {"content": {"text": "a"}}, "finish_reason": 7}]})


async def _nested(_: Request, connection: Connection) -> None:
    await connection.head()
    await connection.send(b"data: " + b"[" * 30_000 + b"\n\n")


async def _error_in_the_stream(_: Request, connection: Connection) -> None:
    await connection.head()
    await connection.text(BEGUN)
    await connection.event({"error": {"message": "You said: secret words", "type": "server_error"}})


async def _declined(_: Request, connection: Connection) -> None:
    await connection.head()
    await connection.text("", "content_filter")
    await connection.done()


async def _nothing(_: Request, connection: Connection) -> None:
    await connection.answer("", reply=0)


async def _elsewhere(_: Request, connection: Connection) -> None:
    await connection.head(307, Location="http://127.0.0.1:9/v1/chat/completions")


FAULTS: Final[Mapping[str, Fault]] = {
    "400": Fault(_refuse(400), "llm-refused"),
    "401": Fault(_refuse(401, "invalid_api_key"), "llm-refused"),
    "404 model": Fault(_refuse(404, "model_not_found"), "llm-model-unknown"),
    "404 page": Fault(_refuse(404), "llm-model-unknown"),
    "400 model": Fault(_refuse(400, "model_not_found"), "llm-model-unknown"),
    "429": Fault(_refuse(429), "llm-rate-limited"),
    "429 with Retry-After": Fault(_refuse(429, Retry_After="20"), "llm-rate-limited"),
    "429 with a date": Fault(_refuse(429, Retry_After="Fri, 27 Nov 2026 12:00:00 GMT"), "llm-rate-limited"),
    "500": Fault(_refuse(500), "llm-unavailable"),
    "503 with Retry-After": Fault(_refuse(503, Retry_After="20"), "llm-unavailable"),
    "large refusal": Fault(_large_refusal, "llm-unavailable"),
    "redirect": Fault(_elsewhere, "llm-refused"),
    "stall before the stream": Fault(_stall_before, "llm-timeout"),
    "stall after the head": Fault(_stall_after_the_head, "llm-timeout"),
    "only comments": Fault(_keep_alive, "llm-timeout"),
    "stall in the stream": Fault(_stall_in_the_stream, "llm-timeout", begun=True),
    "cut": Fault(_cut, "llm-cut-off", begun=True),
    "cut at once": Fault(_cut_at_once, "llm-cut-off"),
    "slow tokens": Fault(_slow_tokens, "llm-timeout"),
    "malformed tool call": Fault(_tool_call, "llm-malformed"),
    "malformed tool call in the answer": Fault(_tool_call_later, "llm-malformed", begun=True),
    "a web page": Fault(_web_page, "llm-malformed"),
    "compressed": Fault(_compressed, "llm-malformed"),
    "a line of 1 MB": Fault(_long_line, "llm-malformed"),
    "a line without an end": Fault(_endless_line, "llm-malformed"),
    "not JSON": Fault(_not_json, "llm-cut-off"),
    "wrong types": Fault(_wrong_types, "llm-cut-off"),
    "nested too deeply": Fault(_nested, "llm-cut-off"),
    "error in the stream": Fault(_error_in_the_stream, "llm-unavailable", begun=True),
    "declined": Fault(_declined, "llm-declined"),
    "nothing": Fault(_nothing, "llm-empty"),
}

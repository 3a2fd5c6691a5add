"""What an OpenAI-compatible endpoint sends back: a stream of events, or a refusal. Pure.

All of it is a stranger's: sizes and types are checked, and its words appear in no message.

platform.openai.com/docs/api-reference/chat-streaming; html.spec.whatwg.org/multipage/server-sent-events.html
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from edge.errors import LlmError
from edge.llm import Tool, Usage
from edge.llm.endpoint_profile import Prices, Target

LINE_LIMIT = 65_536
"""Bytes. An event carries a word and some names."""

BODY_LIMIT = 4_194_304
"""Bytes of a whole answer."""

ERROR_LIMIT = 65_536
"""Bytes of a refusal that are read."""

_MOST_TOKENS = 10_000_000
_LONGEST_WAIT_S = 3600.0


class BusyError(LlmError):
    """The endpoint receives too many requests. `wait_s`: how long it asks to be left alone; None: it does not say."""

    def __init__(self, code: str, message: str, wait_s: float | None) -> None:
        super().__init__(code, message, "wait, or check the limits and the credit of the account")
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Chunk:
    """One event: a piece of the text, why the answer ended, and what was counted. `done` is the last of all.

    `arguments` are a piece of the arguments of the first tool that is called.
    """

    text: str = ""
    arguments: str = ""
    finish: str | None = None
    usage: Usage | None = None
    done: bool = False


class Lines:
    """Cuts the bytes of an answer into lines. Raises `LlmError` "llm-malformed" for more than is legitimate."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._rest = b""
        self._bytes = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The lines that are complete now, without their ends."""
        self._bytes += len(data)
        *lines, self._rest = (self._rest + data).split(b"\n")
        if self._bytes > BODY_LIMIT or any(len(it) > LINE_LIMIT for it in (*lines, self._rest)):
            raise LlmError("llm-malformed", f"{self._model} sent more than an answer can have", "check url")
        yield from (it.rstrip(b"\r") for it in lines)


def read_line(line: bytes, target: Target, tool: Tool | None = None) -> Chunk | None:
    """The event of a line; None for a line without one.

    Raises `LlmError` if it is damaged, reports a failure, or calls another tool than the model was given.
    """
    if not line.startswith(b"data:"):
        return None
    data = line.removeprefix(b"data:").strip()
    if data == b"[DONE]":
        return Chunk(done=True)
    try:
        event = json.loads(data)
        if event.get("error"):
            raise LlmError("llm-unavailable", f"{target.model} failed in the middle of its answer")
        choice = (event.get("choices") or [{}])[0]
        delta = choice.get("delta") or {}
        text, finish = delta.get("content") or "", choice.get("finish_reason")
        called = bool(delta.get("function_call") or (tool is None and delta.get("tool_calls")))
        names, arguments = ((), "") if tool is None else _call(delta.get("tool_calls"))
        usage = _usage(event.get("usage"), target.profile.prices)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        raise _damaged(target.model) from error
    if not isinstance(text, str) or not isinstance(finish, str | None):
        raise _damaged(target.model)
    if called or (tool is not None and any(name != tool.name for name in names)):
        message = f"{target.model} called a tool that it was not given"
        raise LlmError("llm-malformed", message, "name another model")
    return Chunk(text, "" if tool is None else arguments, finish, usage)


def of_stream(content_type: str, encoding: str, model: str) -> None:
    """Raise `LlmError` "llm-malformed" unless these headers begin a stream of events."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind != "text/event-stream" or encoding.lower() not in {"", "identity"}:
        raise LlmError("llm-malformed", f"something else than a chat endpoint answers for {model}", "check url")


def refusal(status: int, headers: Mapping[str, str], body: bytes, target: Target) -> LlmError:
    """The error for a response that is no success. The endpoint's own words stay out: they can quote the question."""
    name, said = target.model, _error_of(body)
    code, kind = said.get("code"), str(said.get("type"))
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return LlmError("llm-refused", f"{name} refused the key", "check the key and its rights")
    if status == HTTPStatus.NOT_FOUND or code == "model_not_found":
        instead = f"'auto' or '{target.profile.successor}'" if target.profile.successor else "a model that it has"
        return LlmError("llm-model-unknown", f"the endpoint has no model {name}", f"set model = {instead}; check url")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        message = f"{name} received too many requests, or the credit is used up"
        return BusyError("llm-rate-limited", message, retry_after_s(headers))
    if code == "context_length_exceeded" or "exceed_context_size" in kind:
        return LlmError("llm-context-exceeded", f"the question is too long for {name}")
    message = f"{name} answered with status {status}"
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return BusyError("llm-unavailable", message, retry_after_s(headers))
    server = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return LlmError("llm-unavailable" if server else "llm-refused", message, "check url and model")


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """The wait that the endpoint requests, in seconds; None if it requests none, or in an unknown format."""
    for header, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            wait_s = float(headers[header]) * scale
        except (KeyError, ValueError):
            continue
        return wait_s if 0 <= wait_s < _LONGEST_WAIT_S else None  # also refuses NaN
    return None


def _call(calls: Any) -> tuple[Sequence[object], str]:
    """The names of the tools that are called, and a piece of the arguments of the first call.

    platform.openai.com/docs/guides/function-calling (streaming). Raises `TypeError`, `AttributeError` or `LookupError`
    for what is none.
    """
    names: list[object] = []
    arguments = ""
    for call in calls or ():
        function = call["function"]
        if function.get("name"):
            names.append(function["name"])
        if call.get("index", 0) == 0:
            arguments += function.get("arguments") or ""
    return names, arguments


def _usage(reported: Any, prices: Prices | None) -> Usage | None:
    """What was counted; None where the numbers cannot be right."""
    if not isinstance(reported, dict):
        return None
    prompt, reply = _tokens(reported.get("prompt_tokens")), _tokens(reported.get("completion_tokens"))
    if not prompt:  # every request has a prompt
        return None
    details = reported.get("prompt_tokens_details")
    details = details if isinstance(details, dict) else {}
    cached = min(prompt, _tokens(details.get("cached_tokens")))
    written = min(prompt - cached, _tokens(details.get("cache_write_tokens")))
    cost = None if prices is None else prices.cost_usd(prompt=prompt, cached=cached, written=written, reply=reply)
    return Usage(prompt, cached, reply, cost)


def _tokens(given: Any) -> int:
    return given if type(given) is int and 0 <= given <= _MOST_TOKENS else 0


def _error_of(body: bytes) -> dict[str, Any]:
    """The error that a refusal carries; without one, what vLLM puts in its place."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    document = document if isinstance(document, dict) else {}
    error = document.get("error", document)
    return error if isinstance(error, dict) else {}


def _damaged(model: str) -> LlmError:
    return LlmError("llm-cut-off", f"the answer of {model} was damaged")

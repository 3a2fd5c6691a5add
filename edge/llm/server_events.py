"""What llama.cpp's server sends back: the events of a streamed answer, and its refusals. Pure."""

import json
from dataclasses import dataclass
from typing import Any

from edge.errors import LlmError
from edge.llm import Delta, Token, Usage


@dataclass(frozen=True, slots=True)
class Event:
    """One server-sent event. `finish` is set in the last one of an answer, `usage` in one of the last."""

    delta: Delta
    finish: str | None = None
    usage: Usage | None = None


def read_event(line: str) -> Event | None:
    """The event of a line; None for a line without an answer in it.

    Raises `LlmError` if the line reports a failure, `ValueError`, `KeyError` or `TypeError` if it is damaged.
    """
    if line.startswith("error:"):
        raise _failed()
    if not line.startswith("data: {"):
        return None
    event = json.loads(line.removeprefix("data: "))
    if "error" in event:
        raise _failed()
    choice = (event.get("choices") or [{}])[0]
    text = choice.get("delta", {}).get("content") or ""
    return Event(
        Delta(text, _tokens(choice.get("logprobs"))), choice.get("finish_reason"), _usage(event.get("timings"))
    )


def refusal(status: int, body: bytes) -> LlmError:
    """The error for a response with a status that is no success."""
    if b"exceed_context_size_error" in body:
        return LlmError("llm-context-exceeded", "the question is too long for the model", "ask a shorter one")
    return LlmError("llm-unavailable", f"the language model answered with status {status}")


def _tokens(logprobs: dict[str, Any] | None) -> tuple[Token, ...]:
    return tuple(_token(it) for it in (logprobs or {}).get("content") or ())


def _token(told: dict[str, Any]) -> Token:
    likeliest = ((str(it["token"]), float(it["logprob"])) for it in told.get("top_logprobs") or ())
    text = str(told["token"])
    return Token(text, float(told["logprob"]), tuple(it for it in likeliest if it[0] != text))


def _usage(timings: dict[str, Any] | None) -> Usage | None:
    if timings is None:
        return None
    cached = int(timings["cache_n"])
    return Usage(cached + int(timings["prompt_n"]), cached, int(timings["predicted_n"]))


def _failed() -> LlmError:
    return LlmError("llm-unavailable", "the language model failed in the middle of its answer")

"""Any OpenAI-compatible chat endpoint: a server in the user's network (llama-server, Ollama, vLLM) or the cloud.

Imported only if one is configured, because the client costs about 20 MB of memory.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from http import HTTPStatus
from typing import Any, Final, cast

import openai
import structlog
from openai.types import CompletionUsage
from openai.types.chat import ChatCompletionChunk
from pydantic import SecretStr

from edge.errors import LlmError
from edge.llm import Delta, Finished, Message, Usage
from edge.llm.endpoint_profile import Prices, Target
from edge.runtime.clock import Clock, SystemClock

_HEADERS: Final[dict[str, str | openai.Omit]] = {
    "User-Agent": "edge-voice",
    "X-Stainless-Lang": openai.Omit(),
    "X-Stainless-Package-Version": openai.Omit(),
    "X-Stainless-OS": openai.Omit(),
    "X-Stainless-Arch": openai.Omit(),
    "X-Stainless-Runtime": openai.Omit(),
    "X-Stainless-Runtime-Version": openai.Omit(),
    "X-Stainless-Async": openai.Omit(),
}
"""Headers to remove: they describe this machine to the server (system, processor, version of Python)."""

_CHARACTERS_PER_TOKEN = 16
"""More text than this per requested token is not a legitimate answer, and the rest is not read."""

_log = structlog.get_logger("llm")


class OpenAiEndpoint:
    """A `ChatEndpoint` through the `openai` client.

    `target` names the model for each question anew: which one "auto" stands for depends on the day.
    `first_token_timeout_s` covers connecting, one retry after "too many requests" or a short outage where the server's
    Retry-After still fits into it, and the wait for the first word; `total_timeout_s` the whole answer.
    """

    certain_from = 0.0

    def __init__(
        self,
        *,
        url: str,
        target: Callable[[], Target],
        api_key: SecretStr | None,
        first_token_timeout_s: float,
        total_timeout_s: float = 60.0,
        clock: Clock | None = None,
    ) -> None:
        self._target = target
        self._first_token_timeout_s = first_token_timeout_s
        self._total_timeout_s = total_timeout_s
        self._clock = clock or SystemClock()
        self._client = openai.AsyncOpenAI(
            base_url=url,
            # The client needs a key even for a server without one.
            api_key=api_key.get_secret_value() if api_key else "none",
            organization="",
            project="",
            max_retries=0,
            timeout=total_timeout_s,
            default_headers=_HEADERS,  # type: ignore[arg-type] # `Omit` is documented, but missing in this annotation
        )

    @property
    def name(self) -> str:
        """The model that is asked now."""
        return self._target().model

    async def stream(self, messages: Sequence[Message], *, max_tokens: int) -> AsyncIterator[Delta | Finished]:
        """See `ChatEndpoint.stream`."""
        begun = self._clock.monotonic()
        target = self._target()
        async with contextlib.aclosing(self._pieces(target, target.body(messages, max_tokens), max_tokens)) as pieces:
            deadline = begun + self._first_token_timeout_s
            while True:
                try:
                    async with asyncio.timeout(deadline - self._clock.monotonic()):
                        piece = await anext(pieces, None)
                except TimeoutError as error:
                    raise LlmError("llm-timeout", f"{target.model} took too long") from error
                if piece is None:
                    return
                yield piece
                deadline = begun + self._total_timeout_s

    async def warm(self, messages: Sequence[Message]) -> None:
        """Does nothing: nothing is sent before the question."""

    async def aclose(self) -> None:
        """See `ChatEndpoint.aclose`."""
        await self._client.close()

    async def _pieces(
        self, target: Target, body: dict[str, Any], max_tokens: int
    ) -> AsyncGenerator[Delta | Finished, None]:
        finish: str | None = None
        usage = Usage()
        room = max_tokens * _CHARACTERS_PER_TOKEN
        with _as_llm_errors(target):
            async with await self._open(target, body) as chunks:
                async for chunk in chunks:
                    if chunk.usage is not None:
                        usage = _usage(target.profile.prices, chunk.usage)
                    for choice in (chunk.choices or [])[:1]:
                        finish = choice.finish_reason or finish
                        text = choice.delta.content if choice.delta is not None else None
                        if text:
                            room -= len(text)
                            yield Delta(text)
                    if room < 0:
                        finish = "length"
                        break
        if finish is None:
            raise LlmError("llm-cut-off", f"the answer of {target.model} was cut off")
        if finish == "content_filter":
            raise LlmError("llm-refused", f"{target.model} refused to answer")
        yield Finished("length" if finish == "length" else "stop", usage)

    async def _open(self, target: Target, body: dict[str, Any]) -> openai.AsyncStream[ChatCompletionChunk]:
        deadline = self._clock.monotonic() + self._first_token_timeout_s
        while True:
            try:
                return cast(
                    "openai.AsyncStream[ChatCompletionChunk]", await self._client.chat.completions.create(**body)
                )
            except openai.APIStatusError as error:
                wait_s = _retry_after_s(error)
                if wait_s is None or self._clock.monotonic() + wait_s >= deadline:
                    raise
                _log.info("endpoint-busy", endpoint=target.model, status=error.status_code, wait_s=wait_s)
                await self._clock.sleep(wait_s)
                deadline = 0.0  # once


def _retry_after_s(error: openai.APIStatusError) -> float | None:
    """The wait that the server requests, in seconds; None if it requests none, or an unknown format."""
    if error.status_code not in {429, 503}:
        return None
    for header, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            wait_s = float(error.response.headers[header]) * scale
        except (KeyError, ValueError):
            continue
        return wait_s if 0 <= wait_s < 3600 else None  # noqa: PLR2004 - also refuses NaN
    return None


def _usage(prices: Prices | None, reported: CompletionUsage) -> Usage:
    prompt, reply = reported.prompt_tokens or 0, reported.completion_tokens or 0
    details = reported.prompt_tokens_details
    cached = min(prompt, (details.cached_tokens or 0) if details is not None else 0)
    cost = 0.0 if prices is None else prices.cost_usd(prompt=prompt, cached=cached, written=0, reply=reply)
    return Usage(prompt, cached, reply, cost)


@contextlib.contextmanager
def _as_llm_errors(target: Target) -> Iterator[None]:
    """The client's exceptions as `LlmError`. Their texts stay out: they can quote the question or the key."""
    name = target.model
    try:
        yield
    except openai.APITimeoutError as error:
        raise LlmError("llm-timeout", f"{name} took too long") from error
    except openai.APIConnectionError as error:
        raise LlmError("llm-unavailable", f"{name} cannot be reached", "check the network connection") from error
    except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
        raise LlmError("llm-refused", f"{name} refused the key", "check the key and its rights") from error
    except openai.RateLimitError as error:
        raise LlmError("llm-rate-limited", f"{name} received too many requests, or the credit is used up") from error
    except openai.APIStatusError as error:
        raise _of_status(error, target) from error
    except (openai.OpenAIError, json.JSONDecodeError, AttributeError, TypeError, ValueError) as error:
        # A damaged stream raises any of these, depending on where parsing failed.
        raise LlmError("llm-cut-off", f"the answer of {name} was damaged") from error


def _of_status(error: openai.APIStatusError, target: Target) -> LlmError:
    name, status = target.model, error.status_code
    if status == HTTPStatus.NOT_FOUND or error.code == "model_not_found":
        instead = f"'auto' or '{target.profile.successor}'" if target.profile.successor else "a model that it has"
        return LlmError("llm-model-unknown", f"the endpoint has no model {name}", f"set model = {instead}; check url")
    if error.code == "context_length_exceeded" or "exceed_context_size" in str(error.type):
        return LlmError("llm-context-exceeded", f"the question is too long for {name}")
    code = "llm-unavailable" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "llm-refused"
    return LlmError(code, f"{name} answered with status {status}", "check url and model")

"""Any OpenAI-compatible chat endpoint: a server in the user's network (llama-server, Ollama, vLLM) or the cloud."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from typing import Any, Final

import httpx
import structlog
from pydantic import SecretStr

from edge.errors import LlmError
from edge.llm import Delta, Finished, Message, Tool, Usage
from edge.llm.breaker import Breaker
from edge.llm.completions import ERROR_LIMIT, BusyError, Chunk, Lines, of_stream, read_line, refusal
from edge.llm.endpoint_profile import Target
from edge.runtime.clock import Clock, SystemClock

STALL_TIMEOUT_S = 2.0
"""The longest silence in an answer that has begun."""

_TOTAL_TIMEOUT_S = 60.0
_TAIL_TIMEOUT_S = 0.5
"""The wait for the count of tokens after the last word."""

_FIRST_WORDS = 18
"""Characters of an answer before which nothing could be spoken: a server that writes them slowly has not begun yet."""

_CHARACTERS_PER_TOKEN = 16
"""More text than this per requested token is not a legitimate answer, and the rest is not read."""

_UNTOUCHED: Final = {"llm-context-exceeded", "llm-declined"}
"""The codes of failures that tell nothing of the endpoint's health."""

_log = structlog.get_logger("llm")


class OpenAiEndpoint:
    """A `ChatEndpoint` over HTTP. The first piece may be empty: it says that the server took the question.

    `target` names the model for each question anew: which one "auto" stands for depends on the day.
    `first_token_timeout_s` covers connecting, one retry after "too many requests" or a short outage where the server's
    Retry-After still fits into it, and the wait for the first words; `stall_timeout_s` each further wait;
    `total_timeout_s` the whole answer. `transport` takes the place of the network. Redirects are not followed: they
    would take the question elsewhere.
    """

    certain_from = 0.0

    def __init__(
        self,
        *,
        url: str,
        target: Callable[[], Target],
        api_key: SecretStr | None,
        first_token_timeout_s: float,
        stall_timeout_s: float = STALL_TIMEOUT_S,
        total_timeout_s: float = _TOTAL_TIMEOUT_S,
        clock: Clock | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._url = f"{url.rstrip('/')}/chat/completions"
        self._target = target
        self._first_token_timeout_s = first_token_timeout_s
        self._stall_timeout_s = stall_timeout_s
        self._total_timeout_s = total_timeout_s
        self._clock = clock or SystemClock()
        self.breaker = Breaker(self._clock)
        # Nothing that describes this machine. Uncompressed, so that a few bytes cannot become many.
        headers = {"User-Agent": "edge-voice", "Accept": "text/event-stream", "Accept-Encoding": "identity"}
        if api_key is not None:
            headers["Authorization"] = f"Bearer {api_key.get_secret_value()}"
        trusted = httpx.create_ssl_context()
        trusted.load_default_certs()  # also those that the owner gave this system
        self._http = httpx.AsyncClient(headers=headers, timeout=total_timeout_s, verify=trusted, transport=transport)

    @property
    def name(self) -> str:
        """The model that is asked now."""
        return self.target().model

    def target(self) -> Target:
        """What is asked now."""
        return self._target()

    async def stream(
        self, messages: Sequence[Message], *, max_tokens: int, tool: Tool | None = None
    ) -> AsyncIterator[Delta | Finished]:
        """See `ChatEndpoint.stream`."""
        target = self._target()
        if not self.breaker.begin():
            raise LlmError("llm-unavailable", f"{target.model} failed several times, and is asked again in a while")
        answer = self._answer(target, target.body(messages, max_tokens, tool), max_tokens, tool)
        try:
            async with contextlib.aclosing(answer) as pieces:
                async for piece in pieces:
                    if isinstance(piece, Finished):
                        self.breaker.succeeded()
                    yield piece
        except LlmError as error:
            if error.code in _UNTOUCHED:
                self.breaker.succeeded()
            else:
                self.breaker.failed(error.wait_s if isinstance(error, BusyError) else None)
            raise
        finally:
            self.breaker.given_up()  # changes nothing after one of the others

    async def warm(self, messages: Sequence[Message], begun: str = "") -> None:
        """Does nothing: nothing is sent before the question."""

    async def aclose(self) -> None:
        """See `ChatEndpoint.aclose`."""
        await self._http.aclose()

    async def _answer(
        self, target: Target, body: dict[str, Any], max_tokens: int, tool: Tool | None
    ) -> AsyncGenerator[Delta | Finished, None]:
        """The pieces of the answer, or of the arguments of the tool, each in time."""
        begun = self._clock.monotonic()
        finish: str | None = None
        usage = Usage()
        written = 0
        async with contextlib.aclosing(self._chunks(target, body, tool)) as chunks:
            until = begun + self._first_token_timeout_s
            while written <= max_tokens * _CHARACTERS_PER_TOKEN:
                try:
                    async with asyncio.timeout(until - self._clock.monotonic()):
                        chunk = await anext(chunks, Chunk(done=True))
                except TimeoutError as error:
                    if finish is not None:
                        break
                    raise LlmError("llm-timeout", f"{target.model} took too long") from error
                if chunk.done:
                    break
                finish, usage = chunk.finish or finish, chunk.usage or usage
                written += len(chunk.text) + len(chunk.arguments)
                yield Delta(chunk.text if tool is None else chunk.arguments)
                now = self._clock.monotonic()
                if finish is not None:
                    until = now + _TAIL_TIMEOUT_S
                elif written >= _FIRST_WORDS:
                    until = min(begun + self._total_timeout_s, now + self._stall_timeout_s)
            else:
                finish = "length"
        if finish is None:
            raise LlmError("llm-cut-off", f"the answer of {target.model} was cut off")
        if finish == "content_filter":
            raise LlmError("llm-declined", f"{target.model} declined to answer")
        yield Finished("length" if finish == "length" else "stop", usage)

    async def _chunks(self, target: Target, body: dict[str, Any], tool: Tool | None) -> AsyncGenerator[Chunk, None]:
        lines = Lines(target.model)
        with _as_llm_errors(target.model):
            async with self._response(target, body) as response:
                yield Chunk()
                async for data in response.aiter_bytes():
                    for line in lines.feed(data):
                        if (chunk := read_line(line, target, tool)) is not None:
                            yield chunk

    @contextlib.asynccontextmanager
    async def _response(self, target: Target, body: dict[str, Any]) -> AsyncIterator[httpx.Response]:
        """A response that is a stream of events. A busy endpoint is asked once more, where it says when."""
        deadline = self._clock.monotonic() + self._first_token_timeout_s
        while True:
            async with self._http.stream("POST", self._url, json=body) as response:
                if response.is_success:
                    headers = response.headers
                    of_stream(headers.get("content-type", ""), headers.get("content-encoding", ""), target.model)
                    yield response
                    return
                error = refusal(response.status_code, response.headers, await _beginning(response), target)
            wait_s = error.wait_s if isinstance(error, BusyError) else None
            if wait_s is None or self._clock.monotonic() + wait_s >= deadline:
                raise error
            _log.info("endpoint-busy", endpoint=target.model, status=response.status_code, wait_s=wait_s)
            await self._clock.sleep(wait_s)
            deadline = 0.0  # once


async def _beginning(response: httpx.Response) -> bytes:
    """As much of a refusal as is worth reading."""
    body = b""
    async for data in response.aiter_raw():
        body += data
        if len(body) > ERROR_LIMIT:
            break
    return body


@contextlib.contextmanager
def _as_llm_errors(model: str) -> Iterator[None]:
    """The client's exceptions as `LlmError`, without their texts."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise LlmError("llm-timeout", f"{model} took too long") from error
    except httpx.ConnectError as error:
        raise LlmError("llm-unavailable", *_unreachable(model, error)) from error
    except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError) as error:
        raise LlmError("llm-cut-off", f"the answer of {model} was cut off") from error
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        raise LlmError("llm-unavailable", f"{model} cannot be reached", "check url and the network") from error


def _unreachable(model: str, error: BaseException) -> tuple[str, str]:
    """What keeps a connection from being made, and what to do about it."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            hint = "check url, and the clock of this machine"
            return f"the endpoint of {model} has no certificate that is trusted", hint
        if isinstance(cause, socket.gaierror):
            return f"the address of {model} cannot be looked up", "check the network connection and url"
        cause = cause.__cause__ or cause.__context__
    return f"{model} cannot be reached", "check the network connection"

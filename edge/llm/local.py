"""The quantised model on the board, in a supervised child process (`edge.llm.child`) that speaks llama.cpp's HTTP API.

The child listens on an ephemeral port of the loopback device and refuses requests without the token.
"""

import asyncio
import contextlib
import json
import secrets
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import structlog

from edge.errors import LlmError, ModelError
from edge.llm import Delta, Finished, Message, Tool, Usage
from edge.llm.kept_prompt import KeptPrompt
from edge.llm.server_events import read_event, refusal
from edge.llm.tuning import UNTUNED, Tuning
from edge.runtime.clock import Clock, SystemClock
from edge.runtime.commands import edge_voice
from edge.runtime.supervisor import RestartBudget, Supervisor

_GGUF_MAGIC = b"GGUF"
_START_WAIT_S = 10.0
_SLOW_DISK = 40_000_000
"""The read speed of a memory card, in bytes per second. A large model takes that much longer to start."""
_READ_TIMEOUT_S = 60.0
_LINE_LIMIT = 4096
_CHARACTERS_PER_TOKEN = 32
"""No text has tokens this long on average, so text longer than the context times this need not be counted."""
_MESSAGE_TOKENS = 8
"""The most tokens that a chat template adds to a message."""

_REQUEST: Final[dict[str, Any]] = {
    "cache_prompt": True,
    "temperature": 0.0,  # the likeliest word: the same question gets the same answer
    "seed": 1,
    "dry_sequence_breakers": ["\n"],  # each costs 3 ms per question, because the runtime searches the whole vocabulary
}
"""Of every request. What a model needs against loops stands in its manifest (`Tuning`)."""

_LIKELIEST = 8
"""The number of tokens that are told for each place of an answer: together they have nearly all of the probability."""

_CUT = "\N{SYMBOL FOR RECORD SEPARATOR}"
"""Stands where a prompt that is read ahead is cut: before what the chat template writes behind a question."""

_log = structlog.get_logger("llm")


@dataclass(frozen=True, slots=True)
class _Address:
    url: str
    token: str


class LocalEndpoint:
    """A `ChatEndpoint` on a GGUF file.

    The child starts with the first `warm` or `stream`. A file that llama.cpp cannot load raises `ModelError` from both;
    one that is not a GGUF file raises it here. A model that `weighs`, or must be certain, tells the tokens of its
    answers. A child begins with what is `kept`; where nothing is, the first `warm` with just that keeps it.
    """

    def __init__(
        self,
        model: Path,
        *,
        name: str,
        context_tokens: int,
        threads: int,
        tuning: Tuning = UNTUNED,
        weighs: bool = False,
        kept: KeptPrompt | None = None,
        clock: Clock | None = None,
        budget: RestartBudget | None = None,
        debug: bool = False,
    ) -> None:
        _check_gguf(model)
        self.name = name
        self.certain_from = tuning.certain_from
        self._request = {
            **_REQUEST,
            "repeat_penalty": tuning.repeat_penalty,
            "dry_multiplier": tuning.dry_multiplier,
        }
        self._weighs = weighs or tuning.certain_from > 0
        self._start_wait_s = _START_WAIT_S + model.stat().st_size / _SLOW_DISK
        self._model = model
        self._context_tokens = context_tokens
        # One connection per request: the child closes it after a streamed answer, and a closing connection must not be
        # used for the next question. Never through a proxy.
        self._http = httpx.AsyncClient(
            limits=httpx.Limits(max_keepalive_connections=0),
            timeout=httpx.Timeout(_READ_TIMEOUT_S, connect=2.0),
            trust_env=False,
        )
        command = [sys.executable, "-m", "edge.llm.child", "--model", str(model)]
        command += ["--context", str(context_tokens), "--threads", str(threads)]
        if kept is not None:
            command += ["--kept", str(kept.folder)]
        if debug:
            command += ["--verbosity", "2"]  # warnings; prompts are never logged at this level
        self.supervisor = Supervisor(
            "llm", command, ready=self._introduce, clock=clock or SystemClock(), budget=budget, show_errors=debug
        )
        self._kept = kept
        self._begun: _Address | None = None
        self._warming: asyncio.Task[None] | None = None

    async def stream(
        self, messages: Sequence[Message], *, max_tokens: int, tool: Tool | None = None
    ) -> AsyncIterator[Delta | Finished]:
        """See `ChatEndpoint.stream`. If the conversation does not fit, its oldest exchanges are left out."""
        await self._stop_warming()
        begun = False
        for last_try in (False, True):
            address = await self._address()
            try:
                async with contextlib.aclosing(self._answer(address, messages, max_tokens, tool)) as answer:
                    async for piece in answer:
                        begun = True
                        yield piece
            except LlmError as error:
                # The child may have died just before the request; then the new one is asked.
                if begun or last_try or error.code != "llm-unavailable":
                    raise
            else:
                return

    async def _answer(
        self, address: _Address, messages: Sequence[Message], max_tokens: int, tool: Tool | None
    ) -> AsyncGenerator[Delta | Finished, None]:
        fitting = await self._fit(address, messages, max_tokens)
        body = {"messages": _as_json(fitting), "max_tokens": max_tokens, "stream": True, **self._request}
        if tool is not None:  # llama.cpp makes a grammar (GBNF) of it, so that nothing else can be written
            body |= {"response_format": {"type": "json_schema", "json_schema": {"schema": tool.parameters}}}
        elif self._weighs:
            body |= {"logprobs": True, "top_logprobs": _LIKELIEST}
        finish: str | None = None
        usage = Usage()
        async with (
            self._errors(address),
            self._http.stream(
                "POST", f"{address.url}/v1/chat/completions", json=body, headers=_headers(address)
            ) as response,
        ):
            if response.status_code != httpx.codes.OK:
                raise refusal(response.status_code, await response.aread())
            async for line in response.aiter_lines():
                event = read_event(line)
                if event is None:
                    continue
                if event.delta.text:
                    yield event.delta
                finish, usage = event.finish or finish, event.usage or usage
        if finish is None:
            raise LlmError("llm-cut-off", "the language model stopped in the middle of its answer")
        yield Finished("length" if finish == "length" else "stop", usage)

    async def warm(self, messages: Sequence[Message], begun: str = "") -> None:
        """Start the child and compute the prefix that a next question, which begins with `begun`, will share.

        Gives way at once to `stream`.
        """
        await self._stop_warming()
        warming = self._warming = asyncio.create_task(self._warm(messages, begun), name="warm the llm")
        try:
            await asyncio.shield(warming)
        except asyncio.CancelledError:
            if not warming.cancelled():  # the caller is cancelled, not the warming
                await self._stop_warming()
                raise

    async def aclose(self) -> None:
        """See `ChatEndpoint.aclose`."""
        await self._stop_warming()
        await self._http.aclose()
        await self.supervisor.stop()

    async def _warm(self, messages: Sequence[Message], begun: str) -> None:
        address = await self._address()
        fitting = await self._fit(address, [*messages, Message("user", f"{begun}{_CUT}")], 1)
        written = await self._post(address, "/apply-template", {"messages": _as_json(fitting)})
        prompt, _, _ = str(written["prompt"]).rpartition(_CUT)
        await self._post(address, "/completion", {"prompt": prompt, "n_predict": 0, **self._request})
        if self._kept is not None and self._kept.is_of(messages) and not self._kept.exists:
            await self._keep(address, self._kept)

    async def _keep(self, address: _Address, kept: KeptPrompt) -> None:
        try:
            await asyncio.to_thread(kept.make_room)
            await self._post(address, "/slots/0?action=save", {"filename": kept.name})
        except (OSError, LlmError) as error:
            _log.info("prompt-not-kept", kind=type(error).__name__)

    async def _begin(self, address: _Address, kept: KeptPrompt) -> None:
        """Give a new child what is kept. A file that it does not accept is made anew by the next `warm`."""
        self._begun = address
        if not kept.exists:
            return
        try:
            await self._post(address, "/slots/0?action=restore", {"filename": kept.name})
        except LlmError:
            _log.info("kept-prompt-refused")
            with contextlib.suppress(OSError):
                await asyncio.to_thread(kept.remove)

    async def _stop_warming(self) -> None:
        task, self._warming = self._warming, None
        if task is not None and not task.done():
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _address(self) -> _Address:
        try:
            async with asyncio.timeout(self._start_wait_s):
                address = await self.supervisor.get()
                if self._kept is not None and address != self._begun:
                    await self._begin(address, self._kept)
                    address = await self.supervisor.get()
                return address
        except TimeoutError as error:
            raise LlmError("llm-unavailable", "the language model is still starting", "ask again later") from error
        except ModelError:
            raise
        except Exception as error:
            raise LlmError("llm-unavailable", f"the language model is not running: {error}") from error

    async def _fit(self, address: _Address, messages: Sequence[Message], reply_tokens: int) -> Sequence[Message]:
        """The messages without the oldest exchanges, as far as needed to fit. The last message always stays."""
        room = self._context_tokens - reply_tokens
        fitting = list(messages)
        # Byte-level tokens are at least one byte each, so most conversations need no counting.
        while sum(len(m.text.encode()) + _MESSAGE_TOKENS for m in fitting) > room:
            if len(fitting[-1].text) > room * _CHARACTERS_PER_TOKEN:
                raise _too_long(self._context_tokens)
            counted = await self._post(address, "/v1/chat/completions/input_tokens", {"messages": _as_json(fitting)})
            if int(counted["input_tokens"]) <= room:
                break
            oldest = next((i for i, m in enumerate(fitting[:-1]) if m.role != "system"), None)
            if oldest is None:
                raise _too_long(self._context_tokens)
            del fitting[oldest : min(oldest + 2, len(fitting) - 1)]
        return fitting

    async def _post(self, address: _Address, path: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self._errors(address):
            response = await self._http.post(address.url + path, json=body, headers=_headers(address))
            if response.status_code != httpx.codes.OK:
                raise refusal(response.status_code, response.content)
            answer: dict[str, Any] = response.json()
            return answer

    @contextlib.asynccontextmanager
    async def _errors(self, address: _Address) -> AsyncIterator[None]:
        """Convert failures of a request to `LlmError`; a misbehaving child is replaced."""
        try:
            yield
        except (httpx.TransportError, ValueError, KeyError, TypeError) as error:
            # No detail of it: it could quote the conversation.
            _log.debug("request-failed", kind=type(error).__name__)
            await self.supervisor.discard(address)
            if isinstance(error, httpx.TimeoutException):
                raise LlmError("llm-timeout", "the language model took too long") from error
            raise LlmError("llm-unavailable", "the language model crashed") from error

    async def _introduce(self, process: Process) -> _Address:
        token = secrets.token_urlsafe(32)
        if process.stdin is None or process.stdout is None:
            raise EOFError
        process.stdin.write(f"{token}\n".encode())
        await process.stdin.drain()
        line = await process.stdout.readline()
        if not line or len(line) > _LINE_LIMIT:
            raise EOFError
        answer = json.loads(line)
        if "missing" in answer:  # the wheel takes OpenMP from the system
            message = f"the language model's runtime cannot be loaded: {answer['missing']}"
            raise ModelError("library-missing", message, "install it, for libgomp: sudo apt-get install libgomp1")
        if "url" not in answer:
            raise ModelError(
                "model-damaged",
                f"{self._model.name} cannot be loaded",
                f"fetch it again: edge-voice models verify {self.name}",
            )
        return _Address(str(answer["url"]), token)


def _check_gguf(model: Path) -> None:
    try:
        with model.open("rb") as file:
            magic = file.read(len(_GGUF_MAGIC))
    except OSError as error:
        raise ModelError("model-missing", f"{model}: {error.strerror}", f"run: {edge_voice('models pull')}") from error
    if magic != _GGUF_MAGIC:
        raise ModelError(
            "model-damaged", f"{model.name} is not a GGUF file", "fetch it again: edge-voice models verify"
        )


def _too_long(context_tokens: int) -> LlmError:
    return LlmError(
        "llm-context-exceeded",
        f"the question is longer than the model's context of {context_tokens} tokens",
        "ask a shorter one, or raise llm.context_tokens",
    )


def _headers(address: _Address) -> dict[str, str]:
    return {"Authorization": f"Bearer {address.token}"}


def _as_json(messages: Sequence[Message]) -> list[dict[str, str]]:
    return [{"role": m.role, "content": m.text} for m in messages]

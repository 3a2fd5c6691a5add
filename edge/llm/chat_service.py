"""Who answers a question in the end: never silence, and never two answers mixed.

The endpoint that was chosen answers; where the cloud fails, the model on the board; where all fail, an honest sentence.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final, Literal, cast

import structlog

from edge.errors import EdgeError
from edge.events import Decision
from edge.llm import ChatEndpoint, Delta, Finished, Message, Usage
from edge.llm.conversation import Conversation
from edge.llm.whole_sentences import WholeSentences
from edge.runtime.clock import Clock
from edge.settings import LlmSettings

APOLOGY: Final = "Sorry, I can't answer that right now."
NOT_FINISHED: Final = "Sorry, I could not finish that."
TOO_LONG: Final = "Sorry, that question is too long for me."
NO_MODEL: Final = "Sorry, I can't answer that, I only know commands."
FIXED_REPLIES: Final = frozenset({APOLOGY, NOT_FINISHED, TOO_LONG, NO_MODEL})
"""What is said instead of an answer; each comes as one piece of text of its own."""

_INSTEAD: Final = {"llm-context-exceeded": TOO_LONG, "llm-missing": NO_MODEL}

_LOCAL_SENTENCES = 3

_log = structlog.get_logger("llm")


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """How an answer came about; the last thing that `ChatService.answer` yields.

    `answerer` is who spoke and `reason` why: that of the decision, or "cloud-timeout", "cloud-cut-off",
    "cloud-unavailable"... where the cloud was asked and the board answered. `error` is the code of what the user was
    let down by, None when there was a whole answer; `hint` what to do about it. `cost_usd` of `usage` counts the
    cloud's part.
    """

    answerer: Literal["llm", "cloud"]
    reason: str
    usage: Usage
    error: str | None = None
    hint: str = ""


class ChatService:
    """The chat endpoints and what they remember of the conversation. Either endpoint may be None."""

    def __init__(
        self,
        local: ChatEndpoint | None,
        cloud: ChatEndpoint | None,
        *,
        settings: LlmSettings,
        clock: Clock,
        area: str | None = None,
    ) -> None:
        self._ahead: asyncio.Task[None] | None = None
        self._local = local
        self._cloud = cloud
        self._settings = settings
        # A small model goes on and on; one on a server does what the system prompt says.
        self._local_sentences = _LOCAL_SENTENCES if settings.engine == "local" else None
        self._conversation = Conversation(
            turns=settings.memory_turns, minutes=settings.memory_minutes, clock=clock, area=area
        )

    @property
    def cloud_ready(self) -> bool:
        """There is a cloud to ask."""
        return self._cloud is not None

    @property
    def local_ready(self) -> bool:
        """There is a model of our own to ask."""
        return self._local is not None

    @property
    def on_board(self) -> bool:
        """The model of our own runs on the board: it may be asked before it is sure that it must be."""
        return self._local is not None and self._settings.engine == "local"

    async def answer(self, decision: Decision) -> AsyncGenerator[str | AnswerRecord, None]:
        """Pieces of the answer's text, whole sentences or clauses, then one `AnswerRecord`.

        Never raises an `EdgeError`. Closing the generator stops the model.
        """
        reason = decision.reason
        if decision.answerer == "cloud":
            attempt = _Attempt(WholeSentences())
            messages = self._conversation.messages_for_cloud(decision.text)
            tokens = self._settings.cloud.max_reply_tokens
            async with aclosing(attempt.run(self._cloud, messages, tokens)) as pieces:
                async for piece in pieces:
                    yield piece
            if attempt.sentences.began:
                if attempt.error is not None:
                    yield NOT_FINISHED
                yield AnswerRecord("cloud", reason, attempt.usage, attempt.error, attempt.hint)
                return
            reason = f"cloud-{(attempt.error or 'llm-empty').removeprefix('llm-')}"
            _log.warning("cloud-failed", reason=reason)
        attempt = _Attempt(WholeSentences(self._local_sentences))
        messages = self._conversation.messages(decision.text)
        async with aclosing(attempt.run(self._local, messages, self._settings.max_reply_tokens)) as pieces:
            async for piece in pieces:
                yield piece
        if attempt.error is not None:
            _log.info("llm-failed", code=attempt.error)
            yield NOT_FINISHED if attempt.sentences.began else _INSTEAD.get(attempt.error, APOLOGY)
        yield AnswerRecord("llm", reason, attempt.usage, attempt.error, attempt.hint)

    def remember(self, question: str, spoken: str, *, answerer: Literal["llm", "cloud"] = "llm") -> None:
        """Keep a committed exchange: what was asked, and what was spoken of the answer, even where it was cut short.

        Called on the loop: the model begins to read the head of the next prompt, while the voice still speaks.
        """
        self._conversation.remember(question, spoken, shared=answerer == "cloud")
        self._read_ahead()

    def forget(self) -> None:
        """Begin a new conversation. Called on the loop."""
        self._conversation.forget()
        self._read_ahead()

    def _read_ahead(self) -> None:
        if self._ahead is not None:
            self._ahead.cancel()
        self._ahead = asyncio.create_task(self.warm(), name="warm the llm")

    async def warm(self) -> None:
        """Let the model on the board read what the next question will begin with. Failures are logged."""
        if self._local is None:
            return
        try:
            await self._local.warm(self._conversation.head())
        except EdgeError as error:
            _log.error("llm-warmup-failed", code=error.code, message=error.message, hint=error.hint)

    async def aclose(self) -> None:
        """Close both endpoints."""
        if self._ahead is not None:
            self._ahead.cancel()
            await asyncio.wait([self._ahead])
        for endpoint in (self._cloud, self._local):
            if endpoint is not None:
                await endpoint.aclose()


class _Attempt:
    """One endpoint asked once: what came out of it stands in `sentences`, `usage` and `error`."""

    def __init__(self, sentences: WholeSentences) -> None:
        self.sentences = sentences
        self.usage = Usage()
        self.error: str | None = None
        self.hint = ""

    async def run(
        self, endpoint: ChatEndpoint | None, messages: Sequence[Message], max_tokens: int
    ) -> AsyncGenerator[str, None]:
        """Text that can be spoken. Failures end it and stand in `error`."""
        if endpoint is None:
            self.error, self.hint = "llm-missing", "set [llm] engine, or `edge-voice models pull`"
            return
        cut = False
        try:
            # The protocol says "iterator", every endpoint is a generator: closing it stops the model.
            stream = cast("AsyncGenerator[Delta | Finished, None]", endpoint.stream(messages, max_tokens=max_tokens))
            async with aclosing(stream):
                async for piece in stream:
                    if isinstance(piece, Finished):
                        self.usage, cut = piece.usage, piece.reason == "length"
                    elif text := self.sentences.feed(piece.text):
                        yield text
                    if self.sentences.ended:
                        break
        except EdgeError as error:
            self.error, self.hint = error.code, error.hint
            return
        if text := self.sentences.finish(cut=cut):
            yield text
        if not self.sentences.began:
            self.error = "llm-empty"

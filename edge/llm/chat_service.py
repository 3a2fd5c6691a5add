"""Gets a reply from the chat models: never silence, and never two replies mixed.

The chosen endpoint replies; if the cloud fails, the model in the home; if all fail, a sentence that says so. While an
endpoint that is not on the board is silent, a filler is spoken once. No sentence is spoken in which a model claims to
have done something, or to know what only the speaker or a service knows, and none about the world of which the model in
the home is not certain.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Literal

import structlog

from edge.errors import EdgeError
from edge.events import Chooser, CloudState, Decision, Intent, ReplySentence
from edge.llm import SERVER_FIRST_TOKEN_TIMEOUT_S, ChatEndpoint, CloudEndpoint, Usage
from edge.llm.attempt import NOT_CERTAIN, Attempt, ReplyRecord
from edge.llm.certainty import Certainty
from edge.llm.chooser import choose
from edge.llm.cloud import BudgetSpentError
from edge.llm.conversation import Conversation
from edge.llm.outgoing import outgoing
from edge.llm.read_ahead import ReadAhead
from edge.nlu import Language
from edge.nlu.segmenter import Segmenter
from edge.nlu.suggestions.menu import Menu
from edge.privacy import PrivacyGate
from edge.runtime.clock import Clock
from edge.settings import LlmSettings, PrivacySettings

_MAX_LOCAL_SENTENCES = 3

_FILLER_AFTER_S = 0.8
_PHRASE_S = 0.3
"""From the first token of a reply to its first words that can be spoken."""

_SILENCE_S = 4.0
"""The longest silence between two pieces of a reply."""

_SPEECH_WITHIN_S = 4.8
_LOCAL_AT_LEAST_S = 1.5
"""A question that the cloud did not answer has an answer of the home after this time, or an apology. However patient
the owner is with the cloud, the model in the home has some time, too."""

CHECKED_KIND = "world"
"""The kind of question that is answered right or wrong in a word. For all others, a model may choose its words."""

__all__ = ["CHECKED_KIND", "NOT_CERTAIN", "ChatService", "ReplyRecord"]

_log = structlog.get_logger("llm")


@dataclass(slots=True)
class _Outcome:
    """How the question to the cloud ended: with a `record`, or the model in the home replies for this `reason`."""

    record: ReplyRecord | None = None
    reason: str = ""


class ChatService:
    """The chat endpoints and what they remember of the conversation. Either endpoint may be None."""

    def __init__(
        self,
        local: ChatEndpoint | None,
        cloud: CloudEndpoint | None,
        *,
        settings: LlmSettings,
        language: Language,
        clock: Clock,
        area: str | None = None,
        privacy: PrivacySettings | None = None,
    ) -> None:
        self._ahead: asyncio.Task[None] | None = None
        self._local = local
        self._cloud = cloud
        self._settings = settings
        self._clock = clock
        self._gate = PrivacyGate(language, privacy or PrivacySettings())
        self._texts = language.chat
        self._replies = language.replies
        self._rules = language.sentence_rules
        # A small model goes on and on; one on a server does what the system prompt says.
        self._max_local_sentences = _MAX_LOCAL_SENTENCES if settings.engine == "local" else None
        self._conversation = Conversation(
            language.chat,
            turns=settings.memory_turns,
            minutes=settings.memory_minutes,
            clock=clock,
            area=area,
            small=settings.engine == "local",
            cloud_memory=settings.cloud.memory,
        )

    @property
    def cloud_ready(self) -> bool:
        """Whether a cloud endpoint is open."""
        return self._cloud is not None

    def cloud_state(self) -> CloudState:
        """Whether the cloud can be asked now. Cheap; may be called on any thread."""
        return "no-key" if self._cloud is None else self._cloud.state

    @property
    def charged_usd(self) -> float:
        """What the cloud has cost since the start."""
        return 0.0 if self._cloud is None else self._cloud.charged_usd

    @property
    def local_model(self) -> str | None:
        """The name of the model on the board or on the user's server; None if none is open."""
        return None if self._local is None else self._local.name

    @property
    def on_board(self) -> bool:
        """The local model runs on the board, so that it may be asked before the end of the turn is certain."""
        return self._local is not None and self._settings.engine == "local"

    async def reply(
        self, decision: Decision, *, spoken: bool = True
    ) -> AsyncGenerator[ReplySentence | ReplyRecord, None]:
        """The reply's sentences, the first begun as early as it can be spoken, then one `ReplyRecord`.

        A fixed sentence takes the place of a reply that failed. Never raises an `EdgeError`. Closing the generator
        stops the model. A reply that is not `spoken` needs no filler.
        """
        begun = self._clock.monotonic()
        reason, until = decision.reason, None
        if decision.answerer == "cloud":
            outcome = _Outcome()
            async with aclosing(self._cloud_sentences(decision, outcome, filler=spoken)) as sentences:
                async for sentence in sentences:
                    yield sentence
            if outcome.record is not None:
                yield outcome.record
                return
            reason = outcome.reason
            until = max(begun + _SPEECH_WITHIN_S, self._clock.monotonic() + _LOCAL_AT_LEAST_S)
        async with aclosing(self._reply_at_home(decision, reason, until=until, filler=spoken)) as reply:
            async for piece in reply:
                yield piece

    async def choose(self, text: str, menu: Menu, by: Chooser) -> Intent | None:
        """The command that a model chooses for a text that was not understood; see `edge.llm.chooser`."""
        endpoint = self._cloud if by == "cloud" else self._local
        if endpoint is None:
            return None
        on_board, gate = by == "llm" and self.on_board, self._gate if by == "cloud" else None
        return await choose(endpoint, text, menu, self._texts, on_board=on_board, gate=gate)

    async def _cloud_sentences(
        self, decision: Decision, outcome: _Outcome, *, filler: bool
    ) -> AsyncGenerator[ReplySentence, None]:
        """What is said for the cloud. `outcome` says whether that was all."""
        sent = outgoing(self._conversation.messages_for_cloud(decision.text), self._gate)
        if sent is None:
            outcome.reason = "private"
            if self._local is None or decision.refusal is not None:
                yield ReplySentence(self._replies.unsupported("private") or self._texts.apology, fixed=True)
                outcome.record = ReplyRecord("home", "private", Usage())
            return
        attempt = Attempt(Segmenter(self._rules, "phrase"))
        pieces = attempt.run(self._cloud, sent.messages, self._settings.cloud.max_reply_tokens, sent)
        # It was asked for the weather or the news because it may know them.
        checked = self._without_claims(pieces, attempt, decision.text, informed=decision.refusal is not None)
        first_words_s = self._settings.cloud.first_token_timeout_s + _PHRASE_S
        answered = False
        async with aclosing(self._in_time(checked, attempt, first_words_s, filler=filler)) as sentences:
            async for sentence in sentences:
                answered = answered or not sentence.aside
                yield sentence
        if answered:
            if attempt.error is not None:
                yield ReplySentence(self._texts.not_finished, fixed=True)
            outcome.record = attempt.record("cloud", decision.reason)
            return
        outcome.reason = f"cloud-{(attempt.error or 'llm-empty').removeprefix('llm-')}"
        _log.warning("cloud-failed", reason=outcome.reason, hint=attempt.hint)
        if isinstance(attempt.failure, BudgetSpentError) and attempt.failure.first:
            yield ReplySentence(self._texts.budget_spent(attempt.failure.period), fixed=True, aside=True)
        if decision.refusal is not None:
            yield ReplySentence(self._replies.unsupported(decision.refusal) or self._texts.apology, fixed=True)
            outcome.record = ReplyRecord("home", outcome.reason, attempt.usage)
        elif self._local is None:
            yield ReplySentence(self._instead(attempt.error or "llm-empty", began=False), fixed=True)
            outcome.record = attempt.record("cloud", outcome.reason)

    async def _reply_at_home(
        self, decision: Decision, reason: str, *, until: float | None = None, filler: bool = False
    ) -> AsyncGenerator[ReplySentence | ReplyRecord, None]:
        """The reply of the model in the home, then its record. `until`: when the first words must be there."""
        certainty = self._certainty(decision)
        most = self._max_local_sentences if certainty is None else 1
        attempt = Attempt(Segmenter(self._rules, "phrase", max_sentences=most), certainty)
        messages = self._conversation.messages(decision.text)
        pieces = attempt.run(self._local, messages, self._settings.max_reply_tokens)
        if certainty is not None:
            pieces = certainty.only_certain(pieces)
        checked = self._without_claims(pieces, attempt, decision.text, informed=False)
        if until is not None:
            checked = self._begun_by(until, checked, attempt)
        elif self._settings.engine == "server":
            checked = self._in_time(checked, attempt, SERVER_FIRST_TOKEN_TIMEOUT_S + _PHRASE_S, filler=filler)
        answered = False
        async with aclosing(checked) as sentences:
            async for sentence in sentences:
                answered = answered or not sentence.aside
                yield sentence
        if attempt.error is not None:
            _log.info("llm-failed", code=attempt.error)
            yield ReplySentence(self._instead(attempt.error, began=answered), fixed=True)
        yield attempt.record("llm", reason)

    async def _begun_by(
        self, until: float, pieces: AsyncGenerator[ReplySentence, None], attempt: Attempt
    ) -> AsyncGenerator[ReplySentence, None]:
        """The pieces, or none if the first is not there in time: see `attempt.error`."""
        async with aclosing(pieces):
            try:
                async with asyncio.timeout(until - self._clock.monotonic()):
                    piece = await anext(pieces, None)
            except TimeoutError:
                attempt.error = "llm-timeout"
                return
            while piece is not None:
                yield piece
                piece = await anext(pieces, None)

    async def _in_time(
        self, pieces: AsyncGenerator[ReplySentence, None], attempt: Attempt, first_words_s: float, *, filler: bool
    ) -> AsyncGenerator[ReplySentence, None]:
        """The pieces as they come, behind a filler if they are slow; a silence ends them: see `attempt.error`."""
        due = self._clock.monotonic() + first_words_s
        ahead = ReadAhead(pieces)
        try:
            if filler:
                try:
                    piece = await ahead.next(min(_FILLER_AFTER_S, first_words_s))
                except TimeoutError:
                    yield ReplySentence(self._texts.filler, fixed=True, aside=True)
                    piece = await ahead.next(due - self._clock.monotonic())
            else:
                piece = await ahead.next(first_words_s)
            while piece is not None:
                yield piece
                piece = await ahead.next(_SILENCE_S)
        except TimeoutError:
            attempt.error = "llm-timeout"
        finally:
            await ahead.aclose()

    async def _without_claims(
        self, pieces: AsyncGenerator[ReplySentence, None], attempt: Attempt, question: str, *, informed: bool
    ) -> AsyncGenerator[ReplySentence, None]:
        """The pieces of a reply up to the first claim, and what is said instead. See `ChatTexts.instead`."""
        begun = ""
        said = False
        async with aclosing(pieces):
            async for piece in pieces:
                whole = f"{begun} {piece.text}".strip()
                instead = self._texts.instead(question, whole, informed=informed)
                if instead is not None:
                    _log.info("claim-refused")
                    attempt.claimed = True
                    if begun or not said:  # behind whole sentences the reply simply ends
                        yield ReplySentence(instead, fixed=True)
                    return
                yield piece
                said, begun = True, whole if piece.goes_on else ""

    def _certainty(self, decision: Decision) -> Certainty | None:
        """What checks the reply of the model in the home; None if it is taken as it is."""
        certain_from = 0.0 if self._local is None else self._local.certain_from
        if not certain_from or decision.kind != CHECKED_KIND:
            return None
        return Certainty(self._texts, decision.text, certain_from)

    def _instead(self, error: str, *, began: bool) -> str:
        """The sentence for a reply that failed with this code."""
        if began:
            return self._texts.not_finished
        match error:
            case "llm-context-exceeded":
                return self._texts.too_long
            case "llm-missing":
                return self._texts.no_model
            case _:
                return self._texts.apology

    def remember(
        self, question: str, spoken: str, *, answerer: Literal["llm", "cloud"] = "llm", kind: str | None = None
    ) -> None:
        """Keep a committed exchange: the question, and what was spoken of the reply, even if it was cut short.

        Called on the loop: the model begins to read the head of the next prompt, while the voice still speaks.
        """
        self._conversation.remember(question, spoken, shared=answerer == "cloud", creative=kind == "creative")
        self._read_ahead()

    def forget(self) -> None:
        """Begin a new conversation. Called on the loop."""
        self._conversation.forget()
        self._read_ahead()

    def read_along(self, text: str) -> None:
        """Let the model on the board read a question while it is still being asked, as far as `text`.

        Its last word may become another one and is not read. What the model is still reading is not interrupted.
        Called on the loop.
        """
        begun, _, _ = text.rstrip().rpartition(" ")
        if begun and self.on_board and (self._ahead is None or self._ahead.done()):
            self._ahead = asyncio.create_task(self.warm(begun), name="read along")

    def _read_ahead(self) -> None:
        if self._ahead is not None:
            self._ahead.cancel()
        self._ahead = asyncio.create_task(self.warm(), name="warm the llm")

    async def warm(self, begun: str = "") -> None:
        """Let the model on the board read the beginning of the next prompt: all before the question, and `begun`.

        Failures are logged.
        """
        if self._local is None:
            return
        try:
            await self._local.warm(self._conversation.head(), begun)
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

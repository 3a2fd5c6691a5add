"""Gets a reply from the chat models: never silence, and never two replies mixed.

The chosen endpoint replies; if the cloud fails, the model in the home; if all fail, a sentence that says so. No
sentence is spoken in which a model claims to have done something, or to know what only the speaker or a service knows,
and none about the world of which the model in the home is not certain.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Literal, cast

import structlog

from edge.errors import EdgeError
from edge.events import Answerer, Decision, ReplySentence
from edge.llm import ChatEndpoint, Delta, Finished, Message, Usage
from edge.llm.certainty import Certainty
from edge.llm.conversation import Conversation
from edge.llm.outgoing import Outgoing, outgoing
from edge.nlu import Language
from edge.nlu.segmenter import Segmenter
from edge.privacy import PrivacyGate
from edge.privacy_settings import PrivacySettings
from edge.runtime.clock import Clock
from edge.settings import LlmSettings

_MAX_LOCAL_SENTENCES = 3
NOT_CERTAIN = "not-certain"
"""The reason of a reply that says that the model is not certain of its answer, or that ends before what it doubts."""
CHECKED_KIND = "world"
"""The kind of question that is answered right or wrong in a word. For all others, a model may choose its words."""

_log = structlog.get_logger("llm")


@dataclass(frozen=True, slots=True)
class ReplyRecord:
    """How a reply came about; the last item of `ChatService.reply`.

    `answerer` is the endpoint that replied and `reason` why: that of the decision, or "cloud-timeout",
    "cloud-cut-off", "cloud-unavailable"... if the cloud was asked in vain, "private" if it must not be asked,
    "claim-refused" if the model claimed to have done or to know what it cannot, or "not-certain" if it was not certain
    of its answer. `answerer` is "home" for a refusal in place of the cloud. `error` is the code of the failure that the
    user noticed, None for a whole reply; `hint` what to do about it. `cost_usd` of `usage` counts the cloud's part.
    """

    answerer: Answerer
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
        language: Language,
        clock: Clock,
        area: str | None = None,
        privacy: PrivacySettings | None = None,
    ) -> None:
        self._ahead: asyncio.Task[None] | None = None
        self._local = local
        self._cloud = cloud
        self._settings = settings
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
        )

    @property
    def cloud_ready(self) -> bool:
        """Whether a cloud endpoint is open."""
        return self._cloud is not None

    @property
    def local_model(self) -> str | None:
        """The name of the model on the board or on the user's server; None if none is open."""
        return None if self._local is None else self._local.name

    @property
    def on_board(self) -> bool:
        """The local model runs on the board, so that it may be asked before the end of the turn is certain."""
        return self._local is not None and self._settings.engine == "local"

    async def reply(self, decision: Decision) -> AsyncGenerator[ReplySentence | ReplyRecord, None]:
        """The reply's sentences, the first begun as early as it can be spoken, then one `ReplyRecord`.

        A fixed sentence takes the place of a reply that failed. Never raises an `EdgeError`. Closing the generator
        stops the model.
        """
        reason = decision.reason
        sent: Outgoing | None = None
        if decision.answerer == "cloud":
            sent = outgoing(self._conversation.messages_for_cloud(decision.text), self._gate)
            if sent is None:
                reason = "private"
                if self._local is None or decision.refusal is not None:
                    yield ReplySentence(self._replies.unsupported("private") or self._texts.apology, fixed=True)
                    yield ReplyRecord("home", reason, Usage())
                    return
        if sent is not None:
            attempt = _Attempt(Segmenter(self._rules, "phrase"))
            pieces = attempt.run(self._cloud, sent.messages, self._settings.cloud.max_reply_tokens, sent)
            # It was asked for the weather or the news because it may know them.
            checked = self._without_claims(pieces, attempt, decision.text, informed=decision.refusal is not None)
            async with aclosing(checked) as sentences:
                async for sentence in sentences:
                    yield sentence
            if attempt.began:
                if attempt.error is not None:
                    yield ReplySentence(self._texts.not_finished, fixed=True)
                yield attempt.record("cloud", reason)
                return
            reason = f"cloud-{(attempt.error or 'llm-empty').removeprefix('llm-')}"
            _log.warning("cloud-failed", reason=reason)
            if decision.refusal is not None:
                yield ReplySentence(self._replies.unsupported(decision.refusal) or self._texts.apology, fixed=True)
                yield ReplyRecord("home", reason, attempt.usage)
                return
        async with aclosing(self._reply_at_home(decision, reason)) as reply:
            async for piece in reply:
                yield piece

    async def _reply_at_home(
        self, decision: Decision, reason: str
    ) -> AsyncGenerator[ReplySentence | ReplyRecord, None]:
        """The reply of the model in the home, then its record."""
        certainty = self._certainty(decision)
        most = self._max_local_sentences if certainty is None else 1
        attempt = _Attempt(Segmenter(self._rules, "phrase", max_sentences=most), certainty)
        messages = self._conversation.messages(decision.text)
        pieces = attempt.run(self._local, messages, self._settings.max_reply_tokens)
        if certainty is not None:
            pieces = certainty.only_certain(pieces)
        checked = self._without_claims(pieces, attempt, decision.text, informed=False)
        async with aclosing(checked) as sentences:
            async for sentence in sentences:
                yield sentence
        if attempt.error is not None:
            _log.info("llm-failed", code=attempt.error)
            yield ReplySentence(self._instead(attempt.error, began=attempt.began), fixed=True)
        yield attempt.record("llm", reason)

    async def _without_claims(
        self, pieces: AsyncGenerator[ReplySentence, None], attempt: "_Attempt", question: str, *, informed: bool
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

    def _read_ahead(self) -> None:
        if self._ahead is not None:
            self._ahead.cancel()
        self._ahead = asyncio.create_task(self.warm(), name="warm the llm")

    async def warm(self) -> None:
        """Let the model on the board read the beginning of the next prompt. Failures are logged."""
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
    """One endpoint asked once; how it went stands in `began`, `usage`, `error` and `hint`.

    `claimed`: its reply was cut before a claim.
    """

    def __init__(self, segmenter: Segmenter, certainty: Certainty | None = None) -> None:
        self._segmenter = segmenter
        self._certainty = certainty
        self.usage = Usage()
        self.error: str | None = None
        self.hint = ""
        self.claimed = False

    def record(self, answerer: Literal["llm", "cloud"], reason: str) -> ReplyRecord:
        """The record of a reply for this reason."""
        if self.claimed:
            reason = "claim-refused"
        elif self._certainty is not None and self._certainty.doubted:
            reason = NOT_CERTAIN
        return ReplyRecord(answerer, reason, self.usage, self.error, self.hint)

    @property
    def began(self) -> bool:
        """Something can be spoken."""
        return self._segmenter.began

    async def run(
        self, endpoint: ChatEndpoint | None, messages: Sequence[Message], max_tokens: int, sent: Outgoing | None = None
    ) -> AsyncGenerator[ReplySentence, None]:
        """What can be spoken. A failure ends it and stands in `error`. `sent` puts back what was not sent."""
        if endpoint is None:
            self.error, self.hint = "llm-missing", "set [llm] engine, or `edge-voice models pull`"
            return
        cut = False
        try:
            # The protocol says "iterator", every endpoint is a generator: closing it stops the model.
            stream = cast("AsyncGenerator[Delta | Finished, None]", endpoint.stream(messages, max_tokens=max_tokens))
            restored = stream if sent is None else sent.restored(stream)
            async with aclosing(restored):
                async for piece in restored:
                    if isinstance(piece, Finished):
                        self.usage, cut = piece.usage, piece.reason == "length"
                    else:
                        if self._certainty is not None:
                            self._certainty.feed(piece.tokens)
                        for sentence in self._segmenter.feed(piece.text):
                            yield sentence
                    if self._segmenter.ended:
                        break
        except EdgeError as error:
            self.error, self.hint = error.code, error.hint
            return
        for sentence in self._segmenter.finish(cut=cut):
            yield sentence
        if not self.began:
            self.error = "llm-empty"

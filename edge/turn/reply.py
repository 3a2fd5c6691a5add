"""The reply to an utterance: routed, carried out and synthesised, as far as possible ahead of time.

Preparing has no side effects: it routes the text, rehearses a command, and lets the local model write and the voice
synthesise the first sentence. Nothing is played, done, sent, counted or remembered before `Reply.speak`.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace

from edge.errors import EdgeError
from edge.events import Chooser, Decision, Intent, ReplySentence, Transcript
from edge.home import Home
from edge.llm.chat_service import ChatService
from edge.nlu import Language
from edge.nlu.delayed import unpacked
from edge.nlu.suggestions import BY, CHOICE, OTHERWISE, suggestion
from edge.route import Router
from edge.runtime.clock import Clock
from edge.runtime.hosted import Hosted
from edge.tts.voice import Spoken, Voice
from edge.turn.dialogue import Dialogue
from edge.turn.log import AnswerLog
from edge.turn.model_reply import model_sentences

_UNDERSTOOD = frozenset({"exact-question", "follow-up", "intent", "part-of-name", "sounds-like"})
"""The reasons of a decision for what is carried out or computed."""

_REFUSED = Intent("EdgeUnsupported", {"what": "unclear"})


@dataclass(frozen=True, slots=True)
class Responder:
    """Makes replies with these services."""

    router: Hosted[Router]
    home: Home
    chat: ChatService
    voice: Voice
    dialogue: Dialogue
    clock: Clock
    language: Language
    uses_code: bool
    """Whether the home asks for a code."""

    def is_private(self, text: str) -> bool:
        """Whether a text may hold the code: it is recorded nowhere, and no model is asked about it."""
        question = self.dialogue.context.question
        return self.uses_code and ((question is not None and question.secret) or self.language.tells_code(text))

    def respond(self, said: Transcript, *, early: bool) -> "Reply":
        """Start to prepare the reply. An `early` one may still be dropped. Call it on the event loop."""
        return Reply(self, said, early=early)

    def read_along(self, said: Transcript) -> None:
        """Let the model on the board read what is still being said, unless a command begins like that."""
        if said.progress == "no-command" and not self.is_private(said.text):
            self.chat.read_along(said.text)

    async def respond_as_text(self, said: Transcript, log: AnswerLog) -> AsyncGenerator[ReplySentence, None]:
        """Carry out the command and yield the sentences of the reply without speaking them."""
        decision = await self.decide(said, log)
        self.committed(decision)
        intent = await self.settled(decision, log)
        if intent is None:
            async with aclosing(model_sentences(self.chat, decision, log, spoken=False)) as sentences:
                async for sentence in sentences:
                    yield sentence
        elif (done := await self.act(intent, log)) is not None:
            yield done

    async def decide(self, said: Transcript, log: AnswerLog) -> Decision:
        """Decide who answers, and record it in `log`."""
        context = self.dialogue.context
        with log.span("route"):
            decision = await self.router.call(lambda it: it.decide(said.text, said.match, context))
        log.private = self.is_private(said.text)
        if log.private and (decision.reason not in _UNDERSTOOD or self._would_keep(decision.intent)):
            # a model would read the code, a refusal would quote it, a reminder would keep it
            decision = Decision("home", "not-understood", "", _REFUSED)
        log.decision = decision
        log.details |= decision.why
        return decision

    def _would_keep(self, intent: Intent | None) -> bool:
        """Whether a command has the code, or what may be one, as a part of its text."""
        parts = () if intent is None or intent.name == "EdgeCode" else (intent, *intent.then)
        texts = [it for part in parts for it in part.slots.values() if isinstance(it, str)]
        return any(self.language.tells_code(it, asked=True) for it in texts)

    def committed(self, decision: Decision) -> None:
        """The decision holds: remember what the user allowed, and that a model is asked."""
        if decision.consent is not None:
            self.dialogue.consented(decision.consent)
        if decision.intent is None:
            self.dialogue.chatted()

    async def settled(self, decision: Decision, log: AnswerLog) -> Intent | None:
        """The intent of a decision, for which a model may first have to choose a command."""
        intent = decision.intent
        if intent is None or intent.name != CHOICE:
            return intent
        by: Chooser = "cloud" if intent.slots.get(BY) == "cloud" else "llm"
        refusal = unpacked(str(intent.slots[OTHERWISE])) or _REFUSED
        menu = await self.router.call(lambda it: it.menu(decision.text))
        charged_usd = self.chat.charged_usd
        try:
            with log.span("llm"):
                chosen = None if menu is None else await self.chat.choose(decision.text, menu, by)
        finally:
            log.cost_usd = round(self.chat.charged_usd - charged_usd, 9)
        settled = refusal if chosen is None else suggestion([chosen], refusal)
        log.decision = replace(decision, intent=settled)
        return settled

    async def act(self, intent: Intent, log: AnswerLog) -> ReplySentence | None:
        """Carry out the command."""
        with log.span("home"):
            reply = await self.home.act(intent)
        self.dialogue.acted(intent, reply)
        return reply


class Reply:
    """The reply to one utterance, prepared in its own task from the start; ended by `speak` or `aclose`."""

    def __init__(self, services: Responder, said: Transcript, *, early: bool) -> None:
        self.said = said
        self.log = AnswerLog(services.clock)
        self._services = services
        self._early = early
        self._decided = asyncio.Event()
        self._rehearsed: ReplySentence | None = None
        self._spoken: AsyncGenerator[Spoken, None] | None = None
        self._first: Spoken | None = None
        self._sentence_at = 0.0
        self._preparing = asyncio.create_task(self._prepare(), name="prepare the reply")

    async def speak(self) -> AsyncGenerator[Spoken, None]:
        """Commit: carry out the command, and yield the speech sentence by sentence.

        The command is carried out when the first sentence is requested, without waiting for the voice. Raises the
        engines' errors. Closing the generator ends the reply.
        """
        self._early = False
        try:
            await self._decided.wait()
            decision = self.log.decision
            if decision is not None:
                self._services.committed(decision)
            if decision is None or decision.intent is None:
                await self._preparing  # raises the router's error
                assert decision is not None  # noqa: S101 - preparing ends with a decision or raises
                if self._spoken is None:
                    await self._begin(model_sentences(self._services.chat, decision, self.log))
            else:
                intent = await self._services.settled(decision, self.log)
                assert intent is not None  # noqa: S101 - it is None where the intent of the decision is
                await self._act(intent)
            if self._first is not None and self._spoken is not None:
                yield self._first
                async with aclosing(self._spoken) as spoken:
                    async for piece in spoken:
                        yield piece
        finally:
            await self.aclose()

    async def aclose(self) -> None:
        """Cancel the current work and return when it has ended. May be called again."""
        self._preparing.cancel()
        await asyncio.wait({self._preparing})
        if not self._preparing.cancelled():
            self._preparing.exception()  # retrieved: `speak` raised it, or the reply was dropped
        await self._drop_speech()

    async def _prepare(self) -> None:
        try:
            decision = await self._services.decide(self.said, self.log)
        finally:
            self._decided.set()
        if decision.intent is not None:
            if self._early and decision.intent.name != CHOICE:
                await self._rehearse(decision.intent)
        elif decision.answerer == "llm" and self._services.chat.on_board:
            await self._begin(model_sentences(self._services.chat, decision, self.log))

    async def _rehearse(self, intent: Intent) -> None:
        self._rehearsed = await self._services.home.rehearse(intent)
        if self._rehearsed is not None:
            with suppress(EdgeError):  # the command is carried out even if the voice fails
                await self._begin(self._services.voice.cut(self._rehearsed))

    async def _act(self, intent: Intent) -> None:
        sentence = await self._services.act(intent, self.log)
        if sentence is not None and sentence == self._rehearsed:
            await self._preparing  # its speech is ready or being synthesised
            if self._first is not None:
                return
        self._preparing.cancel()
        await asyncio.wait({self._preparing})
        await self._drop_speech()
        if sentence is not None:
            await self._begin(self._services.voice.cut(sentence))

    async def _begin(self, sentences: AsyncGenerator[ReplySentence, None]) -> None:
        """Synthesise the first piece. The voice synthesises one piece ahead, then waits."""
        self._spoken = self._services.voice.speak(self._timed(sentences))
        self._first = await anext(self._spoken, None)
        if self._first is not None:
            self.log.book("tts", self._sentence_at)

    async def _timed(self, sentences: AsyncGenerator[ReplySentence, None]) -> AsyncGenerator[ReplySentence, None]:
        """Yield the sentences and record when the voice took the newest one."""
        async with aclosing(sentences):
            async for sentence in sentences:
                self._sentence_at = self._services.clock.monotonic()
                yield sentence

    async def _drop_speech(self) -> None:
        spoken, self._spoken, self._first = self._spoken, None, None
        if spoken is not None:
            await spoken.aclose()

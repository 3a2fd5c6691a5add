"""The reply to what was said: decided, carried out, synthesised; made ahead of time where that does no harm.

Preparing is free of consequences: it routes, rehearses a command, lets the model on the board write and the voice read
its first sentence. Nothing is heard, done, sent, counted or remembered before `Reply.speak`.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass

from edge.errors import EdgeError
from edge.events import Intent, ReplySentence, Transcript
from edge.home import Home
from edge.llm.chat_service import ChatService
from edge.route import Router
from edge.runtime.clock import Clock
from edge.runtime.cost import Cost
from edge.runtime.worker import Worker
from edge.tts.voice import Spoken, Voice
from edge.turn.log import AnswerLog
from edge.turn.model_reply import model_sentences
from edge.turn.speaking import only


@dataclass(frozen=True, slots=True)
class Replying:
    """Whoever has a part in a reply."""

    router: Router
    route_worker: Worker
    home: Home
    answering: ChatService
    voice: Voice
    clock: Clock

    def to(self, said: Transcript, *, early: bool = False) -> "Reply":
        """Begin to make the reply; `early`: it may be in vain, see `Reply`. Call it on the loop."""
        return Reply(self, said, early=early)

    async def in_writing(self, said: Transcript) -> tuple[AnswerLog, AsyncGenerator[ReplySentence, None]]:
        """Decide at once; the sentences are the reply, carried out as they are asked for, and not spoken."""
        log = AnswerLog(self.clock)
        with log.span("route"):
            decision = await self.route_worker.run(self.router.decide, said.text, said.match)
        log.decision = decision
        if decision.intent is None:
            return log, model_sentences(self.answering, decision, log)
        return log, self._act(decision.intent, log)

    async def _act(self, intent: Intent, log: AnswerLog) -> AsyncGenerator[ReplySentence, None]:
        with log.span("home"):
            sentence = await self.home.act(intent)
        if sentence is not None:
            yield sentence


class Reply:
    """The reply to one utterance, made on a task of its own from the beginning; end it with `speak` or `discard`."""

    def __init__(self, by: Replying, said: Transcript, *, early: bool) -> None:
        self.said = said
        self.log = AnswerLog(by.clock)
        self.cost = Cost()
        self._by = by
        self._early = early
        self._rehearsed: ReplySentence | None = None
        self._spoken: AsyncGenerator[Spoken, None] | None = None
        self._first: Spoken | None = None
        self._sentence_at = 0.0
        self._model_cpu_s: float | None = None
        self._preparing = asyncio.create_task(self._prepare(), name="prepare the reply")

    async def speak(self) -> AsyncGenerator[Spoken, None]:
        """Commit: carry out what was said, and yield what is to be heard, sentence by sentence.

        A command is carried out when the first sentence is asked for. Raises what the engines raise. Closing it ends
        the reply.
        """
        self._early = False
        try:
            await self._preparing
            decision = self.log.decision
            assert decision is not None  # noqa: S101 - preparing ends with one, or raises
            if decision.intent is not None:
                await self._act(decision.intent)
            elif self._spoken is None:
                await self._begin(model_sentences(self._by.answering, decision, self.log))
            if self._first is not None and self._spoken is not None:
                yield self._first
                async with aclosing(self._spoken) as spoken:
                    async for piece in spoken:
                        yield piece
        finally:
            await self.aclose()

    async def discard(self) -> None:
        """End it: nobody will hear it. Work under way ends at its next step; what it took stands in `cost`."""
        await self.aclose()
        if self._model_cpu_s is not None:
            self.cost.cpu_s += self._by.answering.cpu_s() - self._model_cpu_s

    async def aclose(self) -> None:
        """End what is under way. May be called again."""
        self._preparing.cancel()
        await asyncio.wait({self._preparing})
        if not self._preparing.cancelled():
            self._preparing.exception()  # whoever spoke the reply has had it
        await self._drop_speech()

    async def _prepare(self) -> None:
        with self.cost.counted():
            by, said = self._by, self.said
            with self.log.span("route"):
                decision = await by.route_worker.run(by.router.decide, said.text, said.match)
            self.log.decision = decision
            if decision.intent is not None:
                if self._early:
                    await self._rehearse(decision.intent)
            elif decision.answerer == "llm" and by.answering.on_board:
                self._model_cpu_s = by.answering.cpu_s()
                await self._begin(model_sentences(by.answering, decision, self.log))

    async def _rehearse(self, intent: Intent) -> None:
        self._rehearsed = await self._by.home.rehearse(intent)
        if self._rehearsed is not None:
            with suppress(EdgeError):  # a voice that fails does not keep the command from being carried out
                await self._begin(only(self._rehearsed))

    async def _act(self, intent: Intent) -> None:
        with self.log.span("home"):
            sentence = await self._by.home.act(intent)
        if sentence is not None and sentence == self._rehearsed and self._first is not None:
            return
        await self._drop_speech()
        if sentence is not None:
            await self._begin(only(sentence))

    async def _begin(self, sentences: AsyncGenerator[ReplySentence, None]) -> None:
        """Have the first piece synthesised; the voice goes on one piece further and waits."""
        self._spoken = self._by.voice.speak(self._timed(sentences))
        self._first = await anext(self._spoken, None)
        if self._first is not None:
            self.log.book("tts", self._sentence_at)

    async def _timed(self, sentences: AsyncGenerator[ReplySentence, None]) -> AsyncGenerator[ReplySentence, None]:
        self._sentence_at = self._by.clock.monotonic()
        first = True
        async with aclosing(sentences):
            async for sentence in sentences:
                if first:
                    self._sentence_at = self._by.clock.monotonic()
                    first = False
                yield sentence

    async def _drop_speech(self) -> None:
        spoken, self._spoken, self._first = self._spoken, None, None
        if spoken is not None:
            await spoken.aclose()

"""From a decision to the sentences of a reply: the home acts and answers, or a chat model does."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Literal

from edge.events import Decision, ReplySentence
from edge.home import Home
from edge.llm.answering import FIXED_REPLIES, Answering, AnswerRecord
from edge.tts.splitter import Splitter
from edge.turn.log import TurnLog

FIRST_CLAUSE_CHARS = 40
"""From this length on the first clause is spoken while the rest of its sentence is still being thought of."""

CANNOT_HEAR = ReplySentence("Sorry, I can't understand speech at the moment.", fixed=True)


class Reply:
    """Everybody who can answer."""

    def __init__(self, home: Home, answering: Answering) -> None:
        self._home = home
        self._answering = answering

    async def sentences(self, decision: Decision, turn: TurnLog) -> AsyncGenerator[ReplySentence, None]:
        """The reply, sentence by sentence, as early as each is whole; books the stages in `turn`.

        Closing it stops the model. What was spoken of a model's answer is remembered, even where it was cut short.
        """
        if decision.intent is not None:
            sentence = await self._home.act(decision.intent)
            turn.lap("home")
            if sentence is not None:
                yield sentence
            return
        try:
            async with aclosing(self._answered(decision, turn)) as sentences:
                async for sentence in sentences:
                    turn.first_sentence()
                    yield sentence
        finally:
            if turn.decision is not None and turn.error is None:
                who: Literal["llm", "cloud"] = "cloud" if turn.decision.answerer == "cloud" else "llm"
                self._answering.remember(decision.text, turn.reply, answerer=who)

    async def _answered(self, decision: Decision, turn: TurnLog) -> AsyncGenerator[ReplySentence, None]:
        splitter = Splitter(first_clause_chars=FIRST_CLAUSE_CHARS)
        async with aclosing(self._answering.answer(decision)) as pieces:
            async for piece in pieces:
                if isinstance(piece, AnswerRecord):
                    turn.answered(piece.answerer, piece.reason, error=piece.error, cost_usd=piece.usage.cost_usd)
                    if piece.hint:
                        turn.details["hint"] = piece.hint
                    turn.details["prompt_tokens"] = piece.usage.prompt_tokens
                    turn.details["cached_tokens"] = piece.usage.cached_tokens
                    turn.details["reply_tokens"] = piece.usage.reply_tokens
                    continue
                fixed = piece in FIXED_REPLIES
                # A fixed reply stands alone: nothing that came before may run into it.
                for text in [*(splitter.finish() if fixed else ()), *splitter.feed(piece)]:
                    yield ReplySentence(text)
                if fixed:
                    for text in splitter.finish():
                        yield ReplySentence(text, fixed=True)
        for text in splitter.finish():
            yield ReplySentence(text)

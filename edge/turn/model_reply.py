"""From a question to the sentences of a chat model's answer, each as early as it is whole."""

import re
from collections.abc import AsyncGenerator
from contextlib import aclosing

from edge.events import Decision, ReplySentence
from edge.llm.chat_service import FIXED_REPLIES, AnswerRecord, ChatService
from edge.tts.splitter import Splitter
from edge.turn.log import AnswerLog

_WHOLE = re.compile(r"[.!?\u2026][\"')\]\u201d\u2019]*\s*$")


async def model_sentences(
    answering: ChatService, decision: Decision, log: AnswerLog
) -> AsyncGenerator[ReplySentence, None]:
    """The answer, sentence by sentence; `log` is told who answered, and how long the first took. Closing stops it."""
    began = log.now()
    first = True
    async with aclosing(_sentences(answering, decision, log)) as sentences:
        async for sentence in sentences:
            if first:
                log.book("llm", began)
                first = False
            yield sentence


async def _sentences(answering: ChatService, decision: Decision, log: AnswerLog) -> AsyncGenerator[ReplySentence, None]:
    splitter = Splitter()
    first = True
    async with aclosing(answering.answer(decision)) as pieces:
        async for piece in pieces:
            if isinstance(piece, AnswerRecord):
                log.answered(piece.answerer, piece.reason, error=piece.error, cost_usd=piece.usage.cost_usd)
                if piece.hint:
                    log.details["hint"] = piece.hint
                log.details["prompt_tokens"] = piece.usage.prompt_tokens
                log.details["cached_tokens"] = piece.usage.cached_tokens
                log.details["reply_tokens"] = piece.usage.reply_tokens
                continue
            begun, first = first and not _WHOLE.search(piece), False
            if begun:  # spoken while the rest of its sentence is still being thought of
                yield ReplySentence(piece.strip(), goes_on=True)
                continue
            fixed = piece in FIXED_REPLIES
            # A fixed reply stands alone: nothing that came before may run into it.
            for text in [*(splitter.finish() if fixed else ()), *splitter.feed(piece), *splitter.settle()]:
                yield ReplySentence(text)
            if fixed:
                for text in splitter.finish():
                    yield ReplySentence(text, fixed=True)
    for text in splitter.finish():
        yield ReplySentence(text)

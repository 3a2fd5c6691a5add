"""Streams the sentences of a chat model's reply, each as soon as it can be spoken."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from edge.events import Decision, ReplySentence
from edge.llm.chat_service import ChatService, ReplyRecord
from edge.turn.log import AnswerLog


async def model_sentences(chat: ChatService, decision: Decision, log: AnswerLog) -> AsyncGenerator[ReplySentence, None]:
    """Yield the reply sentence by sentence; `log` records who replied and the time to the first. Closing stops it."""
    began = log.now()
    first = True
    async with aclosing(chat.reply(decision)) as pieces:
        async for piece in pieces:
            if isinstance(piece, ReplyRecord):
                _book(piece, log)
            else:
                if first:
                    log.book("llm", began)
                    first = False
                yield piece


def _book(record: ReplyRecord, log: AnswerLog) -> None:
    log.answered(record.answerer, record.reason, error=record.error, cost_usd=record.usage.cost_usd or 0.0)
    if record.hint:
        log.details["hint"] = record.hint
    log.details["prompt_tokens"] = record.usage.prompt_tokens
    log.details["cached_tokens"] = record.usage.cached_tokens
    log.details["reply_tokens"] = record.usage.reply_tokens

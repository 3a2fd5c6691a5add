"""Streams the sentences of a chat model's reply, each as soon as it can be spoken."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from edge.events import Decision, ReplySentence
from edge.llm.chat_service import ChatService, ReplyRecord
from edge.turn.log import AnswerLog


async def model_sentences(
    chat: ChatService, decision: Decision, log: AnswerLog, *, spoken: bool = True
) -> AsyncGenerator[ReplySentence, None]:
    """Yield the reply sentence by sentence; closing stops it. One that is not `spoken` has no filler.

    `log` records who replied, the time to the first sentence, and what the cloud charged, also for a reply that is
    stopped.
    """
    began, charged_usd = log.now(), chat.charged_usd
    first = True
    try:
        async with aclosing(chat.reply(decision, spoken=spoken)) as pieces:
            async for piece in pieces:
                if isinstance(piece, ReplyRecord):
                    _book(piece, log)
                else:
                    if first:
                        log.book("llm", began)
                        first = False
                    if piece.aside:
                        log.details["aside"] = True
                    yield piece
    finally:
        log.cost_usd = round(chat.charged_usd - charged_usd, 9)


def _book(record: ReplyRecord, log: AnswerLog) -> None:
    log.answered(record.answerer, record.reason, error=record.error)
    if record.hint:
        log.details["hint"] = record.hint
    if record.usage.cost_usd is None:
        log.details["cost"] = "unknown"
    log.details["prompt_tokens"] = record.usage.prompt_tokens
    log.details["cached_tokens"] = record.usage.cached_tokens
    log.details["reply_tokens"] = record.usage.reply_tokens

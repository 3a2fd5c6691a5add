"""What the record of a reply says of its cost, also where the reply is stopped."""

from collections.abc import AsyncGenerator, Sequence

import pytest

from edge.errors import LlmError
from edge.events import Decision
from edge.llm import Delta, Finished, Message, Tool, Usage
from edge.llm.chat_service import ChatService
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.settings import LlmSettings
from edge.turn.log import AnswerLog
from edge.turn.model_reply import model_sentences
from tests.fakes.language import ENGLISH
from tests.llm.fakes import ScriptedEndpoint

QUESTION = Decision("cloud", "fresh-knowledge", "Why?")


class Charging(ScriptedEndpoint):
    """Charges each call when it ends, however it ends."""

    async def stream(
        self, messages: Sequence[Message], *, max_tokens: int, tool: Tool | None = None
    ) -> AsyncGenerator[Delta | Finished, None]:
        try:
            async for piece in super().stream(messages, max_tokens=max_tokens, tool=tool):
                yield piece
        finally:
            self.charged_usd += 0.0001


def replying(*scripts: Sequence[str | LlmError | Finished]) -> tuple[ChatService, AnswerLog]:
    clock = VirtualClock()
    chat = ChatService(
        ScriptedEndpoint(["At home."]), Charging(*scripts), settings=LlmSettings(), language=ENGLISH, clock=clock
    )
    log = AnswerLog(clock)
    log.decision = QUESTION
    return chat, log


SCRIPTS: list[list[str | LlmError]] = [
    ["It is so."],
    ["It is so. And", LlmError("llm-cut-off", "cut")],
    [LlmError("llm-timeout", "slow")],
]


@pytest.mark.parametrize("script", SCRIPTS)
@instantly
async def test_each_call_of_the_cloud_is_in_the_record_of_its_turn(script: Sequence[str | LlmError]) -> None:
    chat, log = replying(script, ["Again."])
    for _ in range(2):
        _ = [sentence async for sentence in model_sentences(chat, QUESTION, log)]
        assert log.cost_usd == 0.0001


@instantly
async def test_a_reply_that_is_stopped_has_its_cost_too() -> None:
    chat, log = replying(["One. ", "Two. ", "Three."])
    sentences = model_sentences(chat, QUESTION, log)
    assert (await anext(sentences)).text == "One."
    await sentences.aclose()
    assert log.cost_usd == 0.0001


@instantly
async def test_a_cost_that_is_not_known_is_said_to_be_unknown() -> None:
    chat, log = replying(["It is so.", Finished("stop", Usage(10, 0, 5, None))])
    _ = [sentence async for sentence in model_sentences(chat, QUESTION, log)]
    assert log.details["cost"] == "unknown"

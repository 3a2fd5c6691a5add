"""Lets a model choose a command for a text that was not understood. It chooses from a menu, and can do nothing else."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Final, cast

import structlog

from edge.errors import EdgeError
from edge.events import Intent
from edge.llm import ChatEndpoint, Delta, Finished, Message, Tool
from edge.llm.outgoing import outgoing
from edge.nlu.chat_texts import ChatTexts
from edge.nlu.suggestions.menu import Menu
from edge.privacy import PrivacyGate

_NAME: Final = "choose_command"
_MAX_TOKENS: Final = 80
_WITHIN_S: Final = 4.0
"""Afterwards the refusal is spoken: a user who waits longer says it again in other words."""

_log = structlog.get_logger("llm")


async def choose(
    endpoint: ChatEndpoint, text: str, menu: Menu, texts: ChatTexts, *, on_board: bool, gate: PrivacyGate | None
) -> Intent | None:
    """The command that a model chooses for a text.

    None: nothing on the menu fits, the model failed or took too long, or the text must not leave the home. `gate` is
    that of an endpoint in the cloud: names that hold a private value are left out. A model on the board is constrained
    to the form of a choice, and has to be told the menu as text. Never raises an `EdgeError`.
    """
    if gate is not None:
        menu = menu.only(lambda name: not gate.check(name) and gate.redact([name]).texts == (name,))
    if not menu.things:
        return None
    messages: tuple[Message, ...] = (
        Message("system", texts.chooses(menu.things if on_board else ())),
        Message("user", text),
    )
    if gate is not None:
        sent = outgoing(messages, gate)
        if sent is None:
            return None
        messages = sent.messages
    tool = Tool(_NAME, texts.choice, menu.parameters)
    asked = cast("AsyncGenerator[Delta | Finished, None]", endpoint.stream(messages, max_tokens=_MAX_TOKENS, tool=tool))
    try:
        async with asyncio.timeout(_WITHIN_S), aclosing(asked) as pieces:
            chosen = "".join([piece.text async for piece in pieces if isinstance(piece, Delta)])
    except EdgeError as error:
        _log.warning("choice-failed", code=error.code, hint=error.hint)
        return None
    except TimeoutError:
        _log.warning("choice-failed", code="llm-timeout")
        return None
    return menu.intent(chosen)

"""What a cloud is sent of a prompt: nothing about private matters, and no private values. Pure.

The last gate before a socket: everything for a cloud passes `outgoing`, whatever the question is.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from edge.llm import Delta, Finished, Message
from edge.privacy import PrivacyGate, Redacted


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The messages that may be sent, and what stands for the values that are not in them."""

    messages: tuple[Message, ...]
    redacted: Redacted

    async def restored(self, reply: AsyncGenerator[Delta | Finished, None]) -> AsyncGenerator[Delta | Finished, None]:
        """The pieces of the reply with the values put back. Closing it closes the reply."""
        restorer = self.redacted.restorer()
        async with aclosing(reply) as pieces:
            async for piece in pieces:
                text = restorer.feed(piece.text) if isinstance(piece, Delta) else restorer.finish()
                if text:
                    yield Delta(text)
                if isinstance(piece, Finished):
                    yield piece


def outgoing(messages: Sequence[Message], gate: PrivacyGate) -> Outgoing | None:
    """What may be sent of a prompt; None if its question must not leave the home.

    Earlier exchanges about private matters are left out, and those that make the question one: "what is a mortgage"
    before "could we get one". The system prompt is ours; it gets a sentence about the placeholders, if there are any.
    """
    exchanges = _exchanges([it for it in messages if it.role != "system"])
    if not exchanges or _is_private(exchanges[-1], gate):
        return None
    *before, asked = exchanges
    kept = [not _is_private([*one, Message("user", f"{one[0].text} {asked[0].text}")], gate) for one in before]
    sent = [it for one, may in zip(exchanges, [*kept, True], strict=True) if may for it in one]
    unsent = [it.text for one, may in zip(before, kept, strict=True) if not may for it in one]
    redacted = gate.redact((it.text for it in sent), unsent)
    prompt = [it for it in messages if it.role == "system"]
    if redacted.placeholders and prompt:
        prompt[-1] = replace(prompt[-1], text=f"{prompt[-1].text} {gate.note}")
    safe = [replace(it, text=text) for it, text in zip(sent, redacted.texts, strict=True)]
    return Outgoing((*prompt, *safe), redacted)


def _is_private(messages: Sequence[Message], gate: PrivacyGate) -> bool:
    return any(gate.check(it.text) for it in messages)


def _exchanges(messages: Sequence[Message]) -> list[list[Message]]:
    """The messages cut before each question."""
    exchanges: list[list[Message]] = []
    for message in messages:
        if message.role == "user" or not exchanges:
            exchanges.append([])
        exchanges[-1].append(message)
    return exchanges

"""Chat models: the quantised one on the board and any OpenAI-compatible endpoint."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer took. `cached_tokens` of the `prompt_tokens` were not computed again."""

    prompt_tokens: int = 0
    cached_tokens: int = 0
    reply_tokens: int = 0
    cost_usd: float = 0.0


@dataclass(frozen=True, slots=True)
class Delta:
    """The next piece of an answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of an answer. A stream that ends without one was cut off and raises `LlmError`."""

    reason: Literal["stop", "length"]
    usage: Usage


class ChatEndpoint(Protocol):
    """Answers a conversation, streamed."""

    name: str

    def stream(self, messages: Sequence[Message], *, max_tokens: int) -> AsyncIterator[Delta | Finished]:
        """Pieces of the answer, then one `Finished`.

        Raises `LlmError` with code `llm-unavailable`, `llm-timeout`, `llm-cut-off`, `llm-refused`,
        `llm-rate-limited` or `llm-context-exceeded`. Cancelling the iteration stops the generation.
        """
        ...

    async def warm(self, messages: Sequence[Message]) -> None:
        """Compute the prefix of the next question ahead of time, where the endpoint can."""
        ...

    async def aclose(self) -> None:
        """Close connections; end the child process where there is one."""
        ...

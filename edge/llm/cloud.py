"""The endpoint in the cloud: asked within its budget, and left alone while it is down."""

import json
import sqlite3
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Final, Protocol, cast

import structlog

from edge.budget import FILE, Budget, Ledger, Period, Refusal, Worst
from edge.errors import LlmError
from edge.events import CloudState
from edge.llm import Delta, Finished, Message, Tool, Usage
from edge.llm.breaker import Breaker
from edge.llm.endpoint_profile import Target

_BYTES_PER_TOKEN: Final = 2
_TOKENS_PER_MESSAGE: Final = 8
"""No usual text has as few bytes in a token, and no template as many tokens around a message: the most that a prompt
can be, without the tokeniser of the model."""

_SHORTEST_REPLY = 16

_log = structlog.get_logger("llm")


class BudgetSpentError(LlmError):
    """The question does not fit into the budget of this `period`. `first`: the owner was not told yet."""

    def __init__(self, refusal: Refusal) -> None:
        hint = "raise it in [llm.cloud.budget], or wait"
        super().__init__("budget-spent", f"the cloud's budget of this {refusal.period} is used up", hint)
        self.period: Period = refusal.period
        self.first = refusal.first


def open_ledger(folder: Path) -> Ledger:
    """The ledger in this folder. Raises `LlmError` "budget-unusable"."""
    path = folder / FILE
    try:
        ledger = Ledger(path)
    except (OSError, sqlite3.Error) as error:
        raise LlmError("budget-unusable", f"{path} cannot be used: {error}", "check the disk and its rights") from error
    if ledger.set_aside:
        _log.error("budget-damaged", put_aside=f"{path}.damaged", hint="what was spent before is not counted")
    return ledger


class PaidEndpoint(Protocol):
    """A `ChatEndpoint` that is paid for, and may be down. `edge.llm.openai_endpoint` has one."""

    breaker: Breaker

    def target(self) -> Target:
        """What is asked now."""
        ...

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, tool: Tool | None = None
    ) -> AsyncIterator[Delta | Finished]:
        """See `ChatEndpoint.stream`. The first piece, which may be empty, says that the endpoint took the question."""
        ...

    async def aclose(self) -> None:
        """See `ChatEndpoint.aclose`."""
        ...


class Cloud:
    """A `ChatEndpoint` with a budget. The cost of every call is reserved before the call.

    It is settled from what the endpoint counted. A question that the endpoint never took is not billed; one that it
    took without a count, because the answer broke off or was stopped, counts as the most that it can have cost.
    """

    certain_from = 0.0

    def __init__(self, endpoint: PaidEndpoint, budget: Budget, *, tokens_per_turn: int) -> None:
        self._endpoint = endpoint
        self._budget = budget
        self._tokens_per_turn = tokens_per_turn
        self.charged_usd = 0.0
        """The cost of all calls since the start, as far as it is known."""

    @property
    def name(self) -> str:
        """The model that is asked now."""
        return self._endpoint.target().model

    @property
    def state(self) -> CloudState:
        """Whether it can be asked now. Cheap; may be read on any thread."""
        if self._budget.is_spent:
            return "over-budget"
        return "ready" if self._endpoint.breaker.lets_through else "down"

    async def stream(
        self, messages: Sequence[Message], *, max_tokens: int, tool: Tool | None = None
    ) -> AsyncIterator[Delta | Finished]:
        """See `ChatEndpoint.stream`. Also raises `LlmError` "budget-spent" or "budget-unusable"."""
        if not self._endpoint.breaker.lets_through:
            raise LlmError("llm-unavailable", f"{self.name} failed several times, and is asked again in a while")
        target = self._endpoint.target()
        called = _most_tokens_of(tool)
        messages = _fitted(messages, self._tokens_per_turn - _SHORTEST_REPLY - called)
        prompt = _most_tokens(messages) + called
        reply = min(max_tokens, self._tokens_per_turn - prompt)
        if reply < _SHORTEST_REPLY:
            raise LlmError("llm-context-exceeded", f"the question does not fit into {self._tokens_per_turn} tokens")
        prices = target.profile.prices
        worst = Worst(prompt, reply, None if prices is None else prices.worst_usd(prompt=prompt, reply=reply))
        number = self._reserve(target.model, worst)
        taken, usage = False, Usage()
        try:
            asked = self._endpoint.stream(messages, max_tokens=reply, tool=tool)
            async with aclosing(cast("AsyncGenerator[Delta | Finished, None]", asked)) as pieces:
                async for piece in pieces:
                    taken = True
                    if isinstance(piece, Finished):
                        usage = piece.usage
                    yield piece
        finally:
            self._settle(number, worst, usage, taken=taken)

    async def warm(self, messages: Sequence[Message], begun: str = "") -> None:
        """Does nothing: nothing is sent before the question."""

    async def aclose(self) -> None:
        """See `ChatEndpoint.aclose`."""
        await self._endpoint.aclose()
        self._budget.close()

    def _reserve(self, model: str, worst: Worst) -> int:
        try:
            reserved = self._budget.reserve(model, worst)
        except sqlite3.Error as error:
            raise LlmError("budget-unusable", "the budget cannot be written", "check the disk") from error
        if isinstance(reserved, Refusal):
            raise BudgetSpentError(reserved)
        return reserved

    def _settle(self, number: int, worst: Worst, usage: Usage, *, taken: bool) -> None:
        counted = usage.prompt_tokens > 0
        if taken:
            self.charged_usd += (usage.cost_usd if counted else worst.usd) or 0.0
        try:
            if counted:
                tokens = {"prompt": usage.prompt_tokens, "cached": usage.cached_tokens, "reply": usage.reply_tokens}
                self._budget.settle(number, **tokens, usd=usage.cost_usd)
            elif not taken:
                self._budget.release(number)
        except sqlite3.Error:
            _log.error("budget-unusable", hint="check the disk; the call counts as the most that it can have cost")


def _fitted(messages: Sequence[Message], most_tokens: int) -> Sequence[Message]:
    """The messages without the oldest exchanges that do not fit. The system prompt and the question stay."""
    head = [it for it in messages if it.role == "system"]
    rest = [it for it in messages if it.role != "system"]
    while len(rest) > 1 and _most_tokens([*head, *rest]) > most_tokens:
        del rest[: next((at for at, it in enumerate(rest) if at and it.role == "user"), 1)]
    return [*head, *rest]


def _most_tokens_of(tool: Tool | None) -> int:
    if tool is None:
        return 0
    written = json.dumps([tool.name, tool.description, tool.parameters])
    return len(written) // _BYTES_PER_TOKEN + 1 + _TOKENS_PER_MESSAGE


def _most_tokens(messages: Sequence[Message]) -> int:
    return sum(len(it.text.encode()) // _BYTES_PER_TOKEN + 1 + _TOKENS_PER_MESSAGE for it in messages)

"""What the cloud has cost and may still cost: reserved before a call, settled from what the endpoint counted.

    reserve -> a call of the worst case is in the ledger -> settle: what it really was
                                                         -> release: it was not billed
                                                         -> nothing: the worst case stays

So a call that broke off, and one during which the process was killed, counts as the most that it can have cost.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from edge.budget.ledger import Call, Ledger, Spent
from edge.runtime.clock import Clock
from edge.settings import BudgetSettings

__all__ = ["FILE", "Budget", "Call", "Ledger", "Period", "Refusal", "Spent", "Worst"]

FILE = "budget.db"
"""The name of the ledger in the state folder."""

Period = Literal["day", "month"]


@dataclass(frozen=True, slots=True)
class Worst:
    """The most that a call can cost, before it is made; `usd` None: the price is not known."""

    prompt_tokens: int
    reply_tokens: int
    usd: float | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """The call does not fit into the budget of a period. `first`: it is the first one that does not."""

    period: Period
    first: bool


class Budget:
    """The budget of one speaker. Every method raises `sqlite3.Error` if the disk fails. For one thread at a time."""

    def __init__(self, ledger: Ledger, settings: BudgetSettings, clock: Clock) -> None:
        self._ledger = ledger
        self._settings = settings
        self._clock = clock
        self._refused: tuple[Period, str] | None = None

    @property
    def is_spent(self) -> bool:
        """Whether a call of this day or month was refused. Cheap; may be read on any thread."""
        refused = self._refused
        return refused is not None and refused[1] == _name(refused[0], self._clock.now().date())

    def reserve(self, model: str, worst: Worst) -> int | Refusal:
        """Enter a call before it is made: its number, or why it must not be made."""
        now = self._clock.now()
        with self._ledger.writing():
            self._ledger.tidy(now.date())
            period = self._exceeded(worst, now.date())
            if period is None:
                call = Call(now, model, worst.prompt_tokens, 0, worst.reply_tokens, worst.usd, counted=False)
                return self._ledger.enter(call)
            name = _name(period, now.date())
            first = self._ledger.note(name)
        self._refused = (period, name)
        return Refusal(period, first)

    def settle(self, number: int, *, prompt: int, cached: int, reply: int, usd: float | None) -> None:
        """Replace the worst case by what the endpoint counted."""
        with self._ledger.writing():
            self._ledger.count(number, prompt=prompt, cached=cached, reply=reply, usd=usd)

    def release(self, number: int) -> None:
        """Remove a call that was not billed."""
        with self._ledger.writing():
            self._ledger.remove(number)

    def close(self) -> None:
        """Close the ledger."""
        self._ledger.close()

    def _exceeded(self, worst: Worst, today: date) -> Period | None:
        limits, day = self._settings, self._ledger.spent(today)
        if worst.usd is None:
            tokens = day.unpriced_tokens + worst.prompt_tokens + worst.reply_tokens
            return "day" if tokens > limits.tokens_per_day else None
        month = self._ledger.spent(today.replace(day=1))
        if month.usd + worst.usd > limits.usd_per_month:
            return "month"
        return "day" if day.usd + worst.usd > limits.usd_per_day else None


def _name(period: Period, today: date) -> str:
    return f"{today:%Y-%m-%d}" if period == "day" else f"{today:%Y-%m}"

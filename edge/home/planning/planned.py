"""What an intent about things leads to: a plan, an errand, a reply, or a question."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from edge.events import SlotValue
from edge.home import Asks
from edge.home.model import Command, Entity, State
from edge.home.planning.risk import Tier


@dataclass(frozen=True, slots=True)
class Step:
    """One entity, what changes, the commands for it, and the sentence if it works."""

    entity: Entity
    change: State
    commands: tuple[Command, ...]
    done: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps, and the reply if all of them work. `offline` are entities that are left out.

    `tier` is the strictest of its steps; `question` is what is asked before anything is done, empty if nothing is.
    `refused` says what is left out because the owner does not allow it.
    """

    steps: tuple[Step, ...]
    reply: str
    offline: tuple[Entity, ...] = ()
    tier: Tier = Tier.FREE
    question: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Errand:
    """A command or question that Home Assistant has to be asked about, because no state tells the answer.

    `run` carries it out and returns the reply, or raises `HomeError`. `expected` is the reply if it works, so that it
    can be synthesised in advance; empty: only the answer tells.
    """

    run: Callable[[], Awaitable[str]]
    expected: str = ""


Slots = Mapping[str, SlotValue]
Planned = Plan | Errand | str | Asks

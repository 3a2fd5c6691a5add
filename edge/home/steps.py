"""A plan: the steps of a command, what is said, and whether it asks first."""

from dataclasses import dataclass

from edge.home.model import Command, Entity, State
from edge.home.risk import Tier


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

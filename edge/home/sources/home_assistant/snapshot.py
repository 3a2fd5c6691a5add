"""What is known of a home in Home Assistant: its entities, rooms and floors, and reports of states. Immutable."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from edge.home.model import Entity, Feature, Value
from edge.home.sources.home_assistant.entities import entity_of, exposed_of
from edge.home.sources.home_assistant.payload import Object
from edge.home.sources.home_assistant.registry import Exposed, Home, Room, Storey
from edge.home.sources.home_assistant.reported import UNAVAILABLE, reported


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The exposed entities, each with what it can do, and the rooms and floors by their keys."""

    entities: tuple[tuple[Exposed, Entity], ...] = ()
    rooms: Mapping[str, Room] = field(default_factory=dict)
    floors: Mapping[str, Storey] = field(default_factory=dict)

    @classmethod
    def of(cls, home: Home, states: Mapping[str, Object], temperature_unit: str) -> Self:
        """The snapshot of the registries, and of the `capabilities` by entity id; without them it is left out."""
        return cls(
            tuple((it, entity_of(it, states[it.entity_id], temperature_unit)) for it in exposed_of(home, states)),
            home.rooms,
            home.floors,
        )


@dataclass(frozen=True, slots=True)
class Report:
    """A state of one entity: the values that it tells (None: unknown), and when it changed, if that is known."""

    entity_id: str
    values: Mapping[Feature, Value | None] = field(default_factory=dict)
    available: bool = True
    changed: datetime | None = None

    @classmethod
    def of(cls, entity_id: str, state: str, attributes: Object, changed: datetime | None) -> Self:
        """The report of a state."""
        values = reported(entity_id.partition(".")[0], state, attributes)
        return cls(entity_id, values, state != UNAVAILABLE, changed)

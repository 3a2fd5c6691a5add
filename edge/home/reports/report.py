"""What the speaker knows of the home, as plain data for people and programs. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from edge.home.model import Entity, Feature, HomeModel, Value
from edge.home.modelling.groups import StateOf
from edge.home.modelling.owner import Misfit
from edge.home.sources.discovery.registry import Refused

PlainValue = bool | float | str | tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class KnownThing:
    """One entity: what it is called, where it is, what it reports, and where it comes from.

    `state` has the names of features as keys. `available` None: nothing was heard of it. `source` is "settings",
    "discovery", ..., `topic` that of its announcement, `publisher` the program that announced it; both may be empty.
    `spoken` is false for what has no place in a conversation. `members` are the ids of the things of a group.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    room: str
    floor: str
    kind: str
    device_class: str
    state: Mapping[str, PlainValue]
    unit: str
    available: bool | None
    source: str
    topic: str
    publisher: str
    spoken: bool
    members: tuple[str, ...]
    asks_first: bool
    forbidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HomeReport:
    """All that is known.

    `refused` are announcements that cannot be used; `misfits` are settings that fit nothing, or several things.
    """

    things: tuple[KnownThing, ...]
    refused: tuple[Refused, ...]
    misfits: tuple[Misfit, ...]


def report(
    model: HomeModel, state_of: StateOf, refused: Iterable[Refused] = (), misfits: Sequence[Misfit] = ()
) -> HomeReport:
    """The report of a model and its states."""
    floors = {area.name: area.floor for area in model.areas}
    things = (known(entity, state_of, floors.get(entity.area, "")) for entity in model.entities)
    return HomeReport(tuple(things), tuple(refused), tuple(misfits))


def known(entity: Entity, state_of: StateOf, floor: str = "") -> KnownThing:
    """One entity of the report."""
    state = state_of(entity)
    return KnownThing(
        id=entity.id,
        name=entity.name,
        aliases=entity.aliases,
        room=entity.area,
        floor=floor,
        kind=entity.domain,
        device_class=entity.device_class,
        state=plain(state.values),
        unit=entity.unit,
        available=state.available,
        source=entity.source.kind,
        topic=entity.source.topic,
        publisher=entity.source.publisher,
        spoken=entity.spoken,
        members=entity.members,
        asks_first=entity.asks_first,
        forbidden=tuple(sorted(entity.forbidden)),
    )


def plain(values: Mapping[Feature, Value]) -> dict[str, PlainValue]:
    """Values by the names of their features."""
    return {str(feature): value for feature, value in values.items()}

"""Groups: one name for several things, which carry out the commands to it. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from edge.home.model import (
    EVERYTHING,
    Accepts,
    Choice,
    Command,
    Entity,
    Feature,
    HomeModel,
    Range,
    Source,
    State,
    Value,
)
from edge.home.states import EntityState
from edge.settings import GroupSettings

StateOf = Callable[[Entity], EntityState]

_TELLING: Final[tuple[tuple[Feature, frozenset[Value]], ...]] = (
    (Feature.POWER, frozenset({True})),
    (Feature.MOVEMENT, frozenset({"opening", "open", "closing"})),
    (Feature.LOCK, frozenset({"unlocked", "open", "jammed", "unlocking"})),
)
"""A group is on, open or unlocked if one of its things is."""


@dataclass(frozen=True, slots=True)
class _Encoder:
    members: tuple[Entity, ...]

    def __call__(self, change: State, state: State) -> Sequence[Command]:
        """The commands of every member, for what it can do of the change. See `Encoder`."""
        found: list[Command] = []
        for member in self.members:
            own = {feature: value for feature, value in change.items() if member.can(feature)}
            if own and member.encode is not None:
                found += member.encode(own, state)
        return found


def can_share(members: Sequence[Entity]) -> list[Entity]:
    """Those of the members that can be in one group: all of one kind, or what "everything" switches.

    "Off" unlocks a lock and closes a cover, so neither is in a group with a lamp.
    """
    if len({it.domain for it in members}) <= 1:
        return list(members)
    return [it for it in members if it.domain in EVERYTHING]


def group_of(settings: GroupSettings, members: Sequence[Entity], area: str) -> Entity:
    """The entity of a group with at least one member, which can do what any of its members can."""
    accepts: dict[Feature, Accepts] = {}
    for member in members:
        for feature, accepted in member.accepts.items():
            if member.can(feature):
                accepts[feature] = _wider(accepts[feature], accepted) if feature in accepts else accepted
    domains = {it.domain for it in members}
    classes = {it.device_class for it in members}
    return Entity(
        id=f"group.{settings.name}",
        domain=domains.pop() if len(domains) == 1 else "switch",
        name=settings.name,
        source=Source("settings"),
        aliases=tuple(settings.aliases),
        area=area,
        device_class=classes.pop() if len(classes) == 1 else "",
        accepts=accepts,
        encode=_Encoder(tuple(members)),
        members=tuple(it.id for it in members),
    )


def with_groups(model: HomeModel, state_of: StateOf) -> StateOf:
    """The states of things and of groups, which follow from those of their members."""
    by_id = {it.id: it for it in model.entities}

    def of(entity: Entity) -> EntityState:
        if not entity.members:
            return state_of(entity)
        return _together([state_of(by_id[id_]) for id_ in entity.members if id_ in by_id])

    return of


def _together(states: Sequence[EntityState]) -> EntityState:
    values: dict[Feature, Value] = {}
    changed: dict[Feature, datetime] = {}
    known_since: dict[Feature, datetime] = {}
    for feature in dict.fromkeys(feature for state in states for feature in state.values):
        having = [state for state in states if feature in state.values]
        known = [state.values[feature] for state in having]
        telling = next((values for one, values in _TELLING if one is feature), frozenset[Value]())
        if (one := next((value for value in known if value in telling), None)) is not None:
            values[feature] = one
            lasting = [_since(state, feature) for state in having if state.values[feature] in telling]
            if times := [at for at in lasting if at is not None]:
                known_since[feature] = min(times)  # one that is off again may have been on before
        elif all(value == known[0] for value in known):
            values[feature] = known[0]
            if all(feature in state.changed for state in having):
                changed[feature] = max(state.changed[feature] for state in having)
            elif None not in (lasting := [_since(state, feature) for state in having]):
                known_since[feature] = max(at for at in lasting if at is not None)
    reachable = {state.available for state in states}
    available = True if True in reachable else None if None in reachable or not reachable else False
    unheard = frozenset(values).intersection(*(state.unheard for state in states))
    current = all(state.current for state in states)
    return EntityState(values, available, changed, known_since, unheard, current)


def _since(state: EntityState, feature: Feature) -> datetime | None:
    """Since when the value has held at least."""
    return state.changed.get(feature, state.known_since.get(feature))


def _wider(one: Accepts, other: Accepts) -> Accepts:
    match one, other:
        case Range(), Range():
            low, high = min(one.minimum, other.minimum), max(one.maximum, other.maximum)
            return Range(low, high, min(one.step, other.step), one.unit)
        case Choice(), Choice():
            return Choice(tuple(dict.fromkeys((*one.options, *other.options))))
        case _:
            return one

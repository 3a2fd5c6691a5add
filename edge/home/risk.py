"""Which commands ask first: what unlocks, disarms, opens a way into the home, or makes a great noise.

The tier hangs on what a command does, not on how it was said: it is enforced where commands are carried out, for every
source of them. A command that sends the same as a risky one is risky too, whatever its name is.
"""

from collections.abc import Mapping
from typing import Final

from edge.errors import HomeError
from edge.home.model import Command, Entity, Feature, HomeModel, State, Value
from edge.nlu import Language

_WAYS_IN: Final = frozenset({"door", "garage", "gate"})
_SWITCHES: Final = frozenset({"button", "scene", "script", "switch"})
"""Domains that tell nothing of what they switch: the name does."""


class Risks:
    """The risky commands of one model."""

    def __init__(self, model: HomeModel, language: Language, marked: frozenset[str] = frozenset()) -> None:
        """`marked` are the ids of entities that the owner wants to be asked about."""
        self._language = language
        self._marked = marked
        self._commands = frozenset(
            (command.receiver, command.content)
            for entity in model.entities
            for change in self._risky_changes(entity)
            for command in _commands(entity, change)
        )
        self._receivers = frozenset(receiver for receiver, _ in self._commands)
        self._owners = frozenset(entity.id for entity in model.entities if self._risky_changes(entity))

    def asks_first(self, entity: Entity, change: State, commands: tuple[Command, ...]) -> bool:
        """Whether a change must be confirmed; `commands` are what it would send."""
        return (
            entity.id in self._marked
            or self._is_risky(entity, change)
            or any((command.receiver, command.content) in self._commands for command in commands)
        )

    def intrudes(self, entity: Entity, commands: tuple[Command, ...]) -> bool:
        """Whether a change would send something to another, risky thing: "all lights" leave it alone."""
        return entity.id not in self._owners and any(command.receiver in self._receivers for command in commands)

    def _is_risky(self, entity: Entity, change: State) -> bool:
        return any(self._is_risky_value(entity, feature, value) for feature, value in change.items())

    def _is_risky_value(self, entity: Entity, feature: Feature, value: Value) -> bool:
        if feature in {Feature.MOVEMENT, Feature.POSITION, Feature.TILT}:
            return value not in {"close", "stop", 0} and self._is_way_in(entity)
        if feature in {Feature.POWER, Feature.PRESS}:
            return value is True and (self._is_siren(entity) or self._is_way_in(entity))
        return (feature is Feature.LOCK and value != "lock") or (
            feature is Feature.ALARM and value in {"disarm", "trigger"}
        )

    def _is_way_in(self, entity: Entity) -> bool:
        if entity.domain == "cover":
            return (entity.device_class or self._language.names.class_of(entity.name)) in _WAYS_IN
        return entity.domain in _SWITCHES and self._language.names.class_of(entity.name) in _WAYS_IN

    def _is_siren(self, entity: Entity) -> bool:
        return entity.domain == "siren" or self._language.names.class_of(entity.name) == "siren"

    def _risky_changes(self, entity: Entity) -> list[Mapping[Feature, Value]]:
        candidates: list[Mapping[Feature, Value]] = [
            {Feature.LOCK: "unlock"},
            {Feature.LOCK: "open"},
            {Feature.ALARM: "disarm"},
            {Feature.ALARM: "trigger"},
            {Feature.MOVEMENT: "open"},
            {Feature.POSITION: 100.0},
            {Feature.POWER: True},
            {Feature.PRESS: True},
        ]
        return [it for it in candidates if all(map(entity.can, it)) and self._is_risky(entity, it)]


def _commands(entity: Entity, change: State) -> tuple[Command, ...]:
    (feature, value), *_ = change.items()
    accepted = entity.accepts.get(feature)
    if entity.encode is None or accepted is None or value not in getattr(accepted, "options", (value,)):
        return ()
    try:
        return tuple(entity.encode(change, {}))
    except HomeError:
        return ()

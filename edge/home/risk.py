"""Which commands ask first: what unlocks, disarms, opens a way into the home, or makes a great noise.

The tier hangs on what a command does, not on how it was said: it is enforced where commands are carried out, for every
source of them. A command whose messages equal those of a risky one is risky too, whatever its name is.
"""

from collections.abc import Mapping
from typing import Final

from edge.errors import HomeError
from edge.home.model import Entity, Feature, HomeModel, MqttMessage, State, Value
from edge.nlu import Language

_WAYS_IN: Final = frozenset({"door", "garage", "gate"})


class Risks:
    """The risky commands of one model."""

    def __init__(self, model: HomeModel, language: Language, marked: frozenset[str] = frozenset()) -> None:
        """`marked` are the ids of entities that the owner wants to be asked about."""
        self._language = language
        self._marked = marked
        self._messages = frozenset(
            (message.topic, message.payload)
            for entity in model.entities
            for change in self._risky_changes(entity)
            for message in _messages(entity, change)
        )

        self._topics = frozenset(topic for topic, _ in self._messages)
        self._owners = frozenset(entity.id for entity in model.entities if self._risky_changes(entity))

    def asks_first(self, entity: Entity, change: State, messages: tuple[MqttMessage, ...]) -> bool:
        """Whether a change must be confirmed; `messages` are what it would send."""
        return (
            entity.id in self._marked
            or self._is_risky(entity, change)
            or any((message.topic, message.payload) in self._messages for message in messages)
        )

    def intrudes(self, entity: Entity, messages: tuple[MqttMessage, ...]) -> bool:
        """Whether a change would send something to the topic of another, risky thing: "all lights" leave it alone."""
        return entity.id not in self._owners and any(message.topic in self._topics for message in messages)

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
        return entity.domain in {"button", "switch"} and self._language.names.class_of(entity.name) in _WAYS_IN

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


def _messages(entity: Entity, change: State) -> tuple[MqttMessage, ...]:
    (feature, value), *_ = change.items()
    accepted = entity.accepts.get(feature)
    if entity.encode is None or accepted is None or value not in getattr(accepted, "options", (value,)):
        return ()
    try:
        return tuple(entity.encode(change, {}))
    except HomeError:
        return ()

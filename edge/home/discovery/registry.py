"""All announcements of a home on one discovery prefix, in the order of their arrival."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from edge.errors import HomeError
from edge.home.discovery.config import refused
from edge.home.discovery.entity import READERS, read_entity
from edge.home.discovery.envelope import (
    Address,
    Announced,
    address,
    component_key,
    components,
    migrates,
    payload_object,
)
from edge.home.model import Entity

MAX_COMPONENTS: Final = 5000


@dataclass(frozen=True, slots=True)
class Refused:
    """An announcement that cannot be used: its topic, and what is wrong."""

    topic: str
    code: str
    message: str


class Registry:
    """Collects announcements. A broken one changes nothing of what is known of others."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._entities: dict[str, Entity] = {}
        self._topics: dict[str, set[str]] = {}
        self._refused: dict[str, Refused] = {}

    @property
    def entities(self) -> tuple[Entity, ...]:
        """What is announced now, with the names of the announcements."""
        return tuple(self._entities.values())

    @property
    def refused(self) -> tuple[Refused, ...]:
        """The announcements that cannot be used, one for each topic and reason."""
        return tuple(self._refused.values())

    def feed(self, topic: str, payload: bytes) -> bool:
        """Take one message; returns whether it changed the home. Never raises for what a message contains."""
        at = address(topic, self._prefix)
        if at is None or (at.component not in READERS and at.component != "device"):
            return False
        self._refused.pop(topic, None)
        if not payload:
            return self._remove(topic, at)
        try:
            parsed = payload_object(payload)
            if migrates(parsed):
                self._topics.pop(
                    topic, None
                )  # the payload of the device, or the single topics, take its components over
                return False
            found = list(components(at, parsed))
        except HomeError as error:
            self._refuse(topic, error)
            return False
        changed = [self._take(announced, topic) for announced in found]
        return any(changed)

    def _take(self, announced: Announced, topic: str) -> bool:
        known = self._entities.get(announced.key)
        if announced.config is None:
            return self._drop(announced.key, topic)
        if announced.component not in READERS:
            return False
        try:
            if known is None and len(self._entities) >= MAX_COMPONENTS:
                raise refused(f"the home has more than {MAX_COMPONENTS} components")
            entity = read_entity(announced, topic)
        except HomeError as error:
            self._refuse(topic, error)
            return self._drop(announced.key, topic)
        if known is None and any(other.id == entity.id for other in self._entities.values()):
            self._refuse(topic, refused("its 'unique_id' is taken by another component"))
            return False
        self._topics.setdefault(topic, set()).add(announced.key)
        self._entities[announced.key] = entity
        return True

    def _remove(self, topic: str, at: Address) -> bool:
        keys = self._topics.pop(topic, set())
        if at.component != "device":
            own = component_key(at.component, at.node, at.object)
            keys = keys & {own}
        dropped = [self._drop(key, topic) for key in keys]
        return any(dropped)

    def _drop(self, key: str, topic: str) -> bool:
        entity = self._entities.get(key)
        if entity is None or entity.source.topic != topic:
            return False
        del self._entities[key]
        return True

    def _refuse(self, topic: str, error: HomeError) -> None:
        if len(self._refused) < MAX_COMPONENTS:
            self._refused[topic] = Refused(topic, error.code, error.message)


def entities_of(retained: Mapping[str, bytes], prefix: str) -> tuple[Entity, ...]:
    """The entities of a set of messages."""
    registry = Registry(prefix)
    for topic, payload in retained.items():
        registry.feed(topic, payload)
    return registry.entities

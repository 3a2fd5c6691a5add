"""All announcements of a home on one discovery prefix, in the order of their arrival."""

from dataclasses import dataclass
from typing import Final

from edge.errors import HomeError
from edge.home.model import Entity
from edge.home.sources.discovery.config import TAKEN, refused
from edge.home.sources.discovery.entity import READERS, read_entity
from edge.home.sources.discovery.envelope import Announced, address, components, is_a_speaker, migrates, payload_object

MAX_COMPONENTS: Final = 5000
MAX_REFUSED: Final = 1000


@dataclass(frozen=True, slots=True)
class Refused:
    """An announcement, or a component of one, that cannot be used: its topic, and what is wrong."""

    topic: str
    code: str
    message: str


class Registry:
    """Collects announcements. What cannot be used changes nothing of what is known."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._entities: dict[str, Entity] = {}
        self._keys: dict[str, str] = {}
        self._announced: dict[str, set[str]] = {}
        self._refused: dict[str, dict[str, Refused]] = {}
        self._refusals = 0

    @property
    def entities(self) -> tuple[Entity, ...]:
        """What is announced now, with the names of the announcements."""
        return tuple(self._entities.values())

    @property
    def refused(self) -> tuple[Refused, ...]:
        """What cannot be used, in the order of the announcements."""
        return tuple(refused for reasons in self._refused.values() for refused in reasons.values())

    def feed(self, topic: str, payload: bytes) -> bool:
        """Take one message; returns whether it changed the home. Never raises for what a message contains."""
        at = address(topic, self._prefix)
        if at is None or (at.component not in READERS and at.component != "device"):
            return False
        self._refusals -= len(self._refused.pop(topic, ()))
        if not payload:
            dropped = [self._drop(key, topic) for key in self._announced.pop(topic, ())]
            return any(dropped)
        try:
            parsed = payload_object(payload)
            if is_a_speaker(parsed):
                return False
            if migrates(parsed):  # another topic announces the components again, then this one is emptied
                return False
            found = list(components(at, parsed))
        except HomeError as error:
            self._refuse(topic, "", error)
            return False
        changed = [self._take(announced, topic) for announced in found]
        return any(changed)

    def _take(self, announced: Announced, topic: str) -> bool:
        if announced.config is None:
            return self._drop(announced.key, topic)
        if announced.component not in READERS:
            return False
        known = self._entities.get(announced.key)
        try:
            if known is None and len(self._entities) >= MAX_COMPONENTS:
                raise refused(f"the home has more than {MAX_COMPONENTS} components", TAKEN)
            entity = read_entity(announced, topic)
            if self._keys.get(entity.id, announced.key) != announced.key:
                raise refused("its 'unique_id' is taken by another component", TAKEN)
        except HomeError as error:
            self._refuse(topic, announced.key, error)
            return False
        if known is not None:
            del self._keys[known.id]
        self._keys[entity.id] = announced.key
        self._announced.setdefault(topic, set()).add(announced.key)
        self._entities[announced.key] = entity
        return True

    def _drop(self, key: str, topic: str) -> bool:
        """Remove a component, unless another topic has announced it since."""
        entity = self._entities.get(key)
        if entity is None or entity.source.topic != topic:
            return False
        del self._entities[key], self._keys[entity.id]
        self._announced.get(topic, set()).discard(key)
        return True

    def _refuse(self, topic: str, key: str, error: HomeError) -> None:
        if self._refusals < MAX_REFUSED:
            self._refused.setdefault(topic, {})[key] = Refused(topic, error.code, error.message)
            self._refusals += 1

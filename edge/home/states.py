"""What the things of the home report: values, availability, and when they changed. On the event loop only."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from edge.home.model import Entity, Feature, HomeModel, State, Value
from edge.runtime.clock import Clock

MAX_PAYLOAD_BYTES: Final = 65_536


@dataclass(frozen=True, slots=True)
class EntityState:
    """The state of one entity. `available` None: nothing was heard of it. `changed` is the local time of a change.

    A value that was first heard when the speaker started has no time in `changed`: it may be old.
    """

    values: State = field(default_factory=dict)
    available: bool | None = None
    changed: Mapping[Feature, datetime] = field(default_factory=dict)


_UNKNOWN: Final = EntityState()


class HomeStates:
    """The states of the entities of one model. Feed it with every message on `topics`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._model = HomeModel()
        self._states: dict[str, EntityState] = {}
        self._reachable: dict[str, dict[str, bool]] = {}
        self._exact: dict[str, list[Entity]] = {}
        self._filters: dict[tuple[str, ...], list[Entity]] = {}
        self._heard: set[asyncio.Event] = set()

    @property
    def topics(self) -> frozenset[str]:
        """The topics and filters to subscribe to."""
        return frozenset(topic for entity in self._model.entities for topic in entity.topics())

    def use(self, model: HomeModel) -> None:
        """Use another model. An entity that has the same id keeps what is known of it."""
        self._model = model
        known = {entity.id for entity in model.entities}
        self._states = {id_: state for id_, state in self._states.items() if id_ in known}
        self._reachable = {id_: topics for id_, topics in self._reachable.items() if id_ in known}
        self._exact, self._filters = {}, {}
        for entity in model.entities:
            for topic in entity.topics():
                if "+" in topic or "#" in topic:
                    self._filters.setdefault(tuple(topic.split("/")), []).append(entity)
                else:
                    self._exact.setdefault(topic, []).append(entity)

    def of(self, entity: Entity) -> EntityState:
        """What is known of the entity."""
        return self._states.get(entity.id, _UNKNOWN)

    def feed(self, topic: str, payload: bytes, *, retained: bool = False) -> None:
        """Take one message. A payload that cannot be read leaves the state as it is."""
        entities = [*self._exact.get(topic, ()), *self._matching(topic)]
        if not entities or len(payload) > MAX_PAYLOAD_BYTES:
            return
        try:
            text = payload.decode()
        except UnicodeDecodeError:
            return
        for entity in entities:
            self._read(entity, topic, text, retained=retained)
        for event in self._heard:
            event.set()

    def report(
        self,
        entity: Entity,
        found: Mapping[Feature, Value | None],
        *,
        available: bool | None,
        changed: datetime | None,
    ) -> None:
        """Take values of an entity from elsewhere than MQTT; None: known to be unknown. `changed` is their local time.

        None: when they changed is not known.
        """
        before = self.of(entity)
        values = _updated(before.values, found)
        new = {feature for feature, value in values.items() if before.values.get(feature) != value}
        times = {} if changed is None else dict.fromkeys(new, changed)
        self._states[entity.id] = EntityState(values, available, {**before.changed, **times})
        for event in self._heard:
            event.set()

    def forget(self, entities: Iterable[Entity]) -> None:
        """Nothing is known of these any more: what reports them cannot be reached."""
        for entity in entities:
            self._states.pop(entity.id, None)

    async def until(self, done: Callable[[], bool], timeout_s: float) -> bool:
        """Wait until `done` is true; False after `timeout_s` seconds. `done` is asked again after each message."""
        heard = asyncio.Event()
        self._heard.add(heard)
        deadline = self._clock.monotonic() + timeout_s
        try:
            while not done():
                left = deadline - self._clock.monotonic()
                if left <= 0:
                    return False
                heard.clear()
                await self._first(heard, left)
        finally:
            self._heard.discard(heard)
        return True

    async def _first(self, heard: asyncio.Event, seconds: float) -> None:
        waits = {asyncio.ensure_future(heard.wait()), asyncio.ensure_future(self._clock.sleep(seconds))}
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)

    def _matching(self, topic: str) -> Iterable[Entity]:
        levels = topic.split("/")
        return [it for filtered, entities in self._filters.items() if _matches(filtered, levels) for it in entities]

    def _read(self, entity: Entity, topic: str, text: str, *, retained: bool) -> None:
        levels = topic.split("/")
        before = self.of(entity)
        found: dict[Feature, Value | None] = {}
        for reading in entity.readings:
            if _matches(reading.topic.split("/"), levels):
                found.update(reading.decode(text))
        values = _updated(before.values, found)
        now = self._clock.now()
        new = {feature for feature, value in values.items() if before.values.get(feature) != value}
        timed = new if not retained else {feature for feature in new if feature in before.values}
        self._states[entity.id] = EntityState(
            values, self._available(entity, text, levels), {**before.changed, **dict.fromkeys(timed, now)}
        )

    def _available(self, entity: Entity, text: str, levels: list[str]) -> bool | None:
        heard = self._reachable.setdefault(entity.id, {})
        for one in entity.availability.topics:
            if _matches(one.topic.split("/"), levels) and (reachable := one.decode(text)) is not None:
                heard.pop(one.topic, None)  # the latest comes last
                heard[one.topic] = reachable
        if not heard:
            return None
        match entity.availability.mode:
            case "all":
                return all(heard.values())
            case "any":
                return any(heard.values()) or (None if len(heard) < len(entity.availability.topics) else False)
            case "latest":
                return next(reversed(heard.values()))


def _updated(values: State, found: Mapping[Feature, Value | None]) -> dict[Feature, Value]:
    """The values with those found, and without those found to be unknown."""
    whole = {**values, **found}
    return {feature: value for feature, value in whole.items() if value is not None}


def _matches(filtered: "list[str] | tuple[str, ...]", levels: list[str]) -> bool:
    """Whether a topic matches a filter (MQTT 5, 4.7)."""
    for at, level in enumerate(filtered):
        if level == "#":
            return True
        if at >= len(levels) or level not in {"+", levels[at]}:
            return False
    return len(filtered) == len(levels)

"""What the things of the home report: values, availability, and when they changed. On the event loop only."""

import asyncio
import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from edge.home.model import Entity, Feature, HomeModel, MqttMessage, State, Value
from edge.runtime.clock import Clock

MAX_PAYLOAD_BYTES: Final = 65_536

MAX_WILDCARDS: Final = 50
"""Entities whose topics have wildcards, each of which reads every message that matches; those of more are not read."""

_SLICE_S: Final = 0.01
"""How long reading one message may hold up the event loop."""


@dataclass(frozen=True, slots=True)
class EntityState:
    """The state of one entity. `available` None: nothing was heard of it.

    Times are local, and told of what was heard only. `changed` is the time of a change from one known value to another.
    `known_since` is that of a value that may be older: the first that was heard, or the first after an interruption.
    What the broker had kept has neither time. `unheard` are the features of which nothing was heard since the
    connection was lost and made again. `current` false: what reports it cannot be reached, all may have changed since.
    """

    values: State = field(default_factory=dict)
    available: bool | None = None
    changed: Mapping[Feature, datetime] = field(default_factory=dict)
    known_since: Mapping[Feature, datetime] = field(default_factory=dict)
    unheard: frozenset[Feature] = frozenset()
    current: bool = True

    @property
    def heard(self) -> State:
        """The values without those that an interruption has made doubtful."""
        return {feature: value for feature, value in self.values.items() if feature not in self.unheard}

    def after(
        self, found: Mapping[Feature, Value | None], available: bool | None, at: datetime | None, *, kept: bool = False
    ) -> "EntityState":
        """The state after a report of `found` (None: known to be unknown), whose values hold since `at` at least.

        `kept`: by the broker, so that its beginning is unknown.
        """
        values = {feature: value for feature, value in {**self.values, **found}.items() if value is not None}
        changed, known_since = dict(self.changed), dict(self.known_since)
        for feature in found:
            before = None if feature in self.unheard else self.values.get(feature)
            if before is not None and before == values.get(feature):
                continue
            changed.pop(feature, None)
            known_since.pop(feature, None)
            if at is None or feature not in values:
                continue
            if before is not None:
                changed[feature] = at
            elif not kept:
                known_since[feature] = at
        return EntityState(values, available, changed, known_since, self.unheard - found.keys())


_UNKNOWN: Final = EntityState()
_OUT_OF_REACH: Final = EntityState(current=False)


class HomeStates:
    """The states of the entities of one model. Feed it with every message on `topics`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._model = HomeModel()
        self._states: dict[str, EntityState] = {}
        self._reported_at: dict[str, float] = {}
        """Of those that expire or go off by themselves."""
        self.connected: Callable[[], bool] = lambda: True
        """Whether the broker can be reached; set it when there is one."""
        self.assistant_connected: Callable[[], bool] = lambda: True
        """The same for Home Assistant."""
        self._reachable: dict[str, dict[str, bool]] = {}
        self._exact: dict[str, list[Entity]] = {}
        self._filters: dict[tuple[str, ...], list[Entity]] = {}
        self._waiting: dict[str, set[asyncio.Event]] = {}

    @property
    def topics(self) -> frozenset[str]:
        """The topics and filters to subscribe to."""
        return frozenset(["/".join(levels) for levels in self._filters] + list(self._exact))

    def use(self, model: HomeModel) -> None:
        """Use another model. An entity that has the same id keeps what is known of it."""
        self._model = model
        known = {entity.id for entity in model.entities}
        self._states = {id_: state for id_, state in self._states.items() if id_ in known}
        self._reported_at = {id_: at for id_, at in self._reported_at.items() if id_ in known}
        topics = {entity.id: {one.topic for one in entity.availability.topics} for entity in model.entities}
        self._reachable = {
            id_: {topic: reachable for topic, reachable in heard.items() if topic in topics[id_]}
            for id_, heard in self._reachable.items()
            if id_ in known
        }
        self._exact, self._filters = {}, {}
        wild: set[str] = set()
        for entity in model.entities:
            for topic in sorted(entity.topics()):
                if "+" in topic or "#" in topic:
                    if entity.id not in wild and len(wild) >= MAX_WILDCARDS:
                        continue
                    wild.add(entity.id)
                    self._filters.setdefault(tuple(topic.split("/")), []).append(entity)
                else:
                    self._exact.setdefault(topic, []).append(entity)

    def of(self, entity: Entity) -> EntityState:
        """What is known of the entity now."""
        current = (not entity.readings or self.connected()) and (not entity.service_id or self.assistant_connected())
        known = self._states.get(entity.id)
        if known is None:
            return _UNKNOWN if current else _OUT_OF_REACH
        if entity.id in self._reported_at:
            known = self._aged(entity, known, self._clock.monotonic() - self._reported_at[entity.id])
        return known if current else dataclasses.replace(known, current=False)

    def _aged(self, entity: Entity, known: EntityState, age_s: float) -> EntityState:
        """A state after `age_s`: too old to be one, or off by itself."""
        if 0 < entity.expire_after_s <= age_s:
            return EntityState(available=False)
        if 0 < entity.off_delay_s <= age_s and known.values.get(Feature.VALUE) is True:
            since = self._clock.now() - timedelta(seconds=age_s - entity.off_delay_s)
            return dataclasses.replace(
                known,
                values={**known.values, Feature.VALUE: False},
                changed={**known.changed, Feature.VALUE: since},
                known_since={feature: at for feature, at in known.known_since.items() if feature is not Feature.VALUE},
            )
        return known

    async def feed(self, topic: str, payload: bytes, *, retained: bool = False) -> Sequence[MqttMessage]:
        """Take one message. A payload that cannot be read leaves the state as it is.

        Returns what to send now: things that do not keep their state are asked for it when they come online. If many
        entities read the topic, the event loop goes on in between.
        """
        entities = [*self._exact.get(topic, ()), *self._matching(topic)]
        if not entities or len(payload) > MAX_PAYLOAD_BYTES:
            return ()
        try:
            text = payload.decode()
        except UnicodeDecodeError:
            return ()
        greeted: dict[MqttMessage, None] = {}
        began = self._clock.monotonic()
        for entity in entities:
            before = self._states.get(entity.id, _UNKNOWN)
            self._read(entity, topic, text, retained=retained)
            came = topic in self._availability_topics(entity) and self._states[entity.id].available
            if came and (before.available is not True or not before.values or not retained):
                greeted |= dict.fromkeys(entity.greetings)
            for event in self._waiting.get(entity.id, ()):
                event.set()
            if self._clock.monotonic() - began > _SLICE_S:
                await asyncio.sleep(0)
                began = self._clock.monotonic()
        return tuple(greeted)

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
        self._states[entity.id] = self.of(entity).after(found, available, changed)
        for event in self._waiting.get(entity.id, ()):
            event.set()

    def interrupted(self) -> None:
        """The connection to the broker was lost and is made again: what was heard before may not hold any more."""
        self._reachable.clear()
        for entity in self._model.entities:
            known = self._states.get(entity.id)
            if known is not None and entity.readings:
                unheard = frozenset(known.values)
                self._states[entity.id] = dataclasses.replace(known, available=None, unheard=unheard)

    def forget(self, entities: Iterable[Entity]) -> None:
        """Nothing is known of these any more: what reports them cannot be reached."""
        for entity in entities:
            self._states.pop(entity.id, None)

    async def until(self, entity: Entity, done: Callable[[], bool], timeout_s: float) -> bool:
        """Wait until `done` is true; False after `timeout_s` seconds. It is asked after each message on the entity."""
        heard = asyncio.Event()
        waiting = self._waiting.setdefault(entity.id, set())
        waiting.add(heard)
        timer = asyncio.ensure_future(self._clock.sleep(timeout_s))
        try:
            while not done():
                if timer.done():
                    return False
                heard.clear()
                waits = asyncio.ensure_future(heard.wait())
                try:
                    await asyncio.wait({waits, timer}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    waits.cancel()
            return True
        finally:
            timer.cancel()
            waiting.discard(heard)
            if not waiting:
                self._waiting.pop(entity.id, None)

    def _matching(self, topic: str) -> Iterable[Entity]:
        levels = topic.split("/")
        return [it for filtered, entities in self._filters.items() if _matches(filtered, levels) for it in entities]

    def _read(self, entity: Entity, topic: str, text: str, *, retained: bool) -> None:
        levels = topic.split("/")
        found: dict[Feature, Value | None] = {}
        for reading in entity.readings:
            if _matches(reading.topic.split("/"), levels):
                found.update(reading.decode(text))
        before = self.of(entity)
        if found and (entity.expire_after_s or entity.off_delay_s):
            self._reported_at[entity.id] = self._clock.monotonic()
        available = self._available(entity, text, levels)
        self._states[entity.id] = before.after(found, available, self._clock.now(), kept=retained)

    @staticmethod
    def _availability_topics(entity: Entity) -> set[str]:
        return {one.topic for one in entity.availability.topics} if entity.greetings else set()

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


def _matches(filtered: "list[str] | tuple[str, ...]", levels: list[str]) -> bool:
    """Whether a topic matches a filter (MQTT 5, 4.7)."""
    for at, level in enumerate(filtered):
        if level == "#":
            return True
        if at >= len(levels) or level not in {"+", levels[at]}:
            return False
    return len(filtered) == len(levels)

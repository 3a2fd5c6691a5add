"""Keeps the model of the home: entities of the settings, those that announce themselves on MQTT, and Home Assistant's.

The announcements are kept on disk, so that commands work at once after a restart.
"""

import asyncio
import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

import structlog

from edge.home.configured import configured
from edge.home.discovery.registry import Refused, Registry
from edge.home.home_assistant.snapshot import Report, Snapshot
from edge.home.model import Entity, HomeModel
from edge.home.naming import with_names
from edge.home.owner import Misfit, OwnersWords
from edge.home.places import places
from edge.home.states import HomeStates
from edge.home.tasmota import FILTERS, TasmotaRegistry, without_twins
from edge.home.together import together
from edge.mqtt import Message, Mqtt, Subscription
from edge.nlu import open_language
from edge.nlu.home_names import spellings
from edge.runtime.clock import Clock
from edge.settings import Settings

_log = structlog.get_logger("home")

QUIET_S: Final = 0.25
"""After this long without an announcement the home is taken for known: a broker sends retained ones at once."""

_SETTLE_S: Final = 3.0
_QUEUE: Final = 10_000
_SAVE_S: Final = 5.0
_MAX_SAVED_BYTES: Final = 16_777_216


class HomeWatch:
    """Reads announcements and states, and says when the model has changed. On the event loop only."""

    def __init__(
        self,
        settings: Settings,
        states: HomeStates,
        clock: Clock,
        on_model: Callable[[HomeModel], None],
        folder: Path | None,
    ) -> None:
        """`on_model` is called with each new model. `folder` holds the file of announcements, None: no file."""
        self._settings = settings
        self._language = open_language(settings.device.language)
        self._own = configured(settings.home.entities, self._language)
        self._owner = OwnersWords(settings.home, self._language)
        self._states = states
        self._clock = clock
        self._on_model = on_model
        self._here = settings.device.area or ""
        self._path = None if folder is None else folder / "home.json"
        self._registry = Registry(settings.mqtt.discovery_prefix)
        self._tasmota = TasmotaRegistry()
        self._announced: dict[str, bytes] = {}
        self._assistant = Snapshot()
        self._by_service: dict[str, Entity] = {}
        self._reports: dict[str, Report] = {}
        """The latest of each exposed entity, also of those that are on MQTT as well."""
        self._changed = asyncio.Event()
        self._heard = asyncio.Event()
        self.settled = asyncio.Event()
        """Set when the broker has sent what it keeps, or does not answer."""
        self._subscriptions: list[Subscription] = []
        self._followed: frozenset[str] = frozenset()
        self.model = HomeModel()
        self.announced: tuple[Entity, ...] = ()
        """The entities with the names of their announcements."""

    @property
    def misfits(self) -> tuple[Misfit, ...]:
        """What the owner says of things that fits none of them, or several."""
        return self._owner.misfits

    @property
    def refused(self) -> tuple[Refused, ...]:
        """The announcements that cannot be used."""
        return tuple(refused for registry in (self._registry, self._tasmota) for refused in registry.refused)

    def start(self) -> None:
        """Use the entities of the settings and the announcements on disk. Reads one file."""
        for topic, payload in _saved(self._path).items():
            self._feed(topic, payload)
        self._use()

    async def run(self, mqtt: Mqtt) -> None:
        """Follow the announcements and the states until cancelled."""
        prefix = self._settings.mqtt.discovery_prefix
        filters = [f"{prefix}/+/+/config", f"{prefix}/+/+/+/config", *FILTERS]
        self._subscriptions.append(mqtt.subscribe(filters, self._on_announcement, limit=_QUEUE))
        connected = asyncio.Event()
        mqtt.when_connected(connected.set)
        try:
            async with asyncio.timeout(_SETTLE_S):
                await connected.wait()
                await self._quiet()
        except TimeoutError:
            pass
        await self._follow_states(mqtt)
        try:
            async with asyncio.timeout(_SETTLE_S):
                await self._quiet()
        except TimeoutError:
            pass
        self.settled.set()
        while True:
            await self._changed.wait()
            self._changed.clear()
            await self._quiet()
            await self._follow_states(mqtt)
            self._save()

    def prepare(self, snapshot: Snapshot) -> None:
        """Read the names of a home, on any thread: reading takes 1 ms for each name, and the language remembers it."""
        rooms = [room.name for room in snapshot.rooms.values()]
        for entity in with_names([entity for _, entity in snapshot.entities], rooms, self._language):
            for name in (entity.name, *entity.aliases):
                spellings(name, self._language)

    def use_home_assistant(self, snapshot: Snapshot) -> None:
        """Use what is exposed in Home Assistant from now on."""
        exposed = {it.entity_id for it, _ in snapshot.entities}
        self._reports = {entity_id: report for entity_id, report in self._reports.items() if entity_id in exposed}
        self._assistant = snapshot
        self._use()

    def report(self, report: Report) -> None:
        """Take a state from Home Assistant."""
        self._reports[report.entity_id] = report
        entity = self._by_service.get(report.entity_id)
        if entity is not None:
            self._states.report(entity, report.values, available=report.available, changed=report.changed)

    def lose_home_assistant(self) -> None:
        """The connection is lost: its states are not known any more. Its entities stay, the names are still right."""
        self._reports.clear()
        self._states.forget(self._by_service.values())

    async def aclose(self) -> None:
        """Stop listening."""
        self.settled.set()
        for subscription in self._subscriptions:
            await subscription.aclose()

    async def _quiet(self) -> None:
        """Return when nothing has come for `QUIET_S`."""
        while True:
            self._heard.clear()
            await self._clock.sleep(QUIET_S)
            if not self._heard.is_set():
                return

    async def _follow_states(self, mqtt: Mqtt) -> None:
        self._use()
        topics = self._states.topics
        if topics != self._followed:
            self._followed = topics
            old = self._subscriptions[1:]
            del self._subscriptions[1:]
            if topics:
                self._subscriptions.append(mqtt.subscribe(topics, self._on_state, limit=_QUEUE))
            for subscription in old:
                await subscription.aclose()

    async def _on_announcement(self, message: Message) -> None:
        self._heard.set()
        if self._announced.get(message.topic, b"") == message.payload:
            return
        self._feed(message.topic, message.payload)
        self._changed.set()

    def _feed(self, topic: str, payload: bytes) -> None:
        for registry in (self._registry, self._tasmota):
            registry.feed(topic, payload)
        if payload:
            self._announced[topic] = payload
        else:
            self._announced.pop(topic, None)

    async def _on_state(self, message: Message) -> None:
        self._heard.set()
        self._states.feed(message.topic, message.payload, retained=message.retained)

    def _use(self) -> None:
        """Make the model, and use it if it has changed."""
        own_format = self._tasmota.entities
        announced = [*without_twins(self._registry.entities, own_format), *own_format]
        found = together(announced, self._assistant)
        rooms = [it.name for it in self._assistant.rooms.values()]
        own_rooms = (self._settings.device.area, *(it.area for it in self._own), *self._owner.areas)
        areas = [area for area in (*own_rooms, *rooms) if area]
        own_names = {name.casefold() for it in self._own for name in (it.name, *it.aliases)}
        named = [it for it in with_names(found, areas, self._language) if it.name.casefold() not in own_names]
        self.announced = (*self._own, *found)
        entities = self._owner.applied((*self._own, *named))
        used = (*areas[: len(areas) - len(rooms)], *(it.area for it in entities if it.area))
        known_places = places(used, self._assistant, self._here, self._language)
        model = HomeModel(entities, *self._owner.on_floors(*known_places))
        if model == self.model:
            return
        self.model = model
        before, self._by_service = self._by_service, {it.service_id: it for it in entities if it.service_id}
        self._states.use(model)
        for entity_id in self._by_service.keys() - before.keys():
            if (known := self._reports.get(entity_id)) is not None:
                self.report(known)
        self._on_model(model)

    def _save(self) -> None:
        """Write the announcements. A disk that is full costs only the head start after a restart."""
        if self._path is None:
            return
        kept = {topic: base64.b64encode(payload).decode() for topic, payload in self._announced.items()}
        text = json.dumps(kept)
        if len(text) > _MAX_SAVED_BYTES:
            return
        try:
            fresh = self._path.with_suffix(".new")
            fresh.touch(mode=0o600)  # announcements may hold codes
            fresh.write_text(text)
            fresh.replace(self._path)
        except OSError as error:
            _log.warning("home-not-saved", error=str(error))


def _saved(path: Path | None) -> dict[str, bytes]:
    """The announcements on disk; none if the file is missing or broken."""
    if path is None:
        return {}
    try:
        kept = json.loads(path.read_text()) if path.stat().st_size <= _MAX_SAVED_BYTES else {}
        return {str(topic): base64.b64decode(payload) for topic, payload in kept.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        _log.warning("home-not-read", error=str(error))
        return {}

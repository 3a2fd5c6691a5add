"""Keeps the model of the home: entities of the settings, those that announce themselves on MQTT, and Home Assistant's.

The announcements are kept on disk, so that commands work at once after a restart.
"""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from edge.home.model import Entity, HomeModel, MqttMessage
from edge.home.modelling.asking import StateRequests, without_batteries
from edge.home.modelling.naming import with_names
from edge.home.modelling.owner import Misfit, OwnersWords
from edge.home.modelling.places import places
from edge.home.modelling.together import together
from edge.home.sources.announced import FORGET_ALL_S, FORGET_S, Announcements, merged
from edge.home.sources.configured import configured
from edge.home.sources.discovery.registry import Refused
from edge.home.sources.home_assistant.snapshot import Report, Snapshot
from edge.home.states import HomeStates
from edge.mqtt import Message, Mqtt, Subscription
from edge.nlu import open_language
from edge.nlu.home_names import spellings
from edge.runtime.clock import Clock
from edge.settings import Settings

QUIET_S: Final = 0.25
"""After this long without an announcement the home is taken for known: a broker sends retained ones at once."""

MAX_PAUSE_S: Final = 15.0
"""Between two models, while announcements go on changing; the first changes are used at once."""

_SETTLE_S: Final = 3.0
_QUEUE: Final = 10_000
_SAVE_S: Final = 30.0

Prepare = Callable[[HomeModel], Callable[[], None]]
"""Prepares for a model, on any thread; what it returns is called on the event loop to use the model."""


class HomeWatch:
    """Reads announcements and states, and says when the model has changed. On the event loop only.

    Models are made in a thread: in a home of 1,000 things that takes a second on a small board.
    """

    def __init__(
        self, settings: Settings, states: HomeStates, clock: Clock, prepare: Prepare, folder: Path | None
    ) -> None:
        """`prepare` is called for each new model. `folder` holds the file of announcements, None: no file."""
        self._settings = settings
        self._language = open_language(settings.device.language)
        self._own = configured(settings.home.entities, self._language)
        self._owner = OwnersWords(settings.home, self._language)
        self._states = states
        self._clock = clock
        self._prepare = prepare
        self._here = settings.device.area or ""
        self._assistant = Snapshot()
        self._by_service: dict[str, Entity] = {}
        self._told: dict[str, Report] = {}
        """The latest of each exposed entity, also of those that are on MQTT as well."""
        self._path = None if folder is None else folder / "home.json"
        self._announcements = Announcements(settings.mqtt.discovery_prefix)
        self._changed = asyncio.Event()
        self._announced = asyncio.Event()
        self._reported = asyncio.Event()
        self._unsaved = asyncio.Event()
        self._reconnected = asyncio.Event()
        self._online = asyncio.Event()
        self.settled = asyncio.Event()
        """Set when the broker has sent what it keeps, or does not answer."""
        self._requests = StateRequests(states.of, clock)
        self._mqtt: Mqtt | None = None
        self._linked = False
        """Whether the connection whose announcements are read now was complete."""
        self._subscriptions: list[Subscription] = []
        self._reports: Subscription | None = None
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
        return self._announcements.refused

    def start(self, assistant: Snapshot) -> None:
        """Use the settings' entities, the announcements on disk (blocks) and what was known of Home Assistant."""
        self._assistant = assistant
        if self._path is not None:
            self._announcements.load(self._path)
        self._use(self._make(self._announcements.entities()))

    async def run(self, mqtt: Mqtt) -> None:
        """Follow the announcements and the states until cancelled. May be called again after it has failed."""
        await self._unsubscribe()
        self._begin_again()
        if self._mqtt is not mqtt:
            self._mqtt = mqtt
            self._states.connected = lambda: mqtt.connected
            mqtt.when_connected(self._on_connect)
        self._subscriptions.append(mqtt.subscribe(self._announcements.filters, self._on_announcement, limit=_QUEUE))
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._forget())
            tasks.create_task(self._save())
            await self._settle(mqtt)
            tasks.create_task(self._requests.keep_asking(lambda: self.model.entities, self._send))
            await self._keep_up(mqtt)

    def prepare(self, snapshot: Snapshot) -> None:
        """Read the names of a home, on any thread: reading takes 1 ms for each name, and the language remembers it."""
        rooms = [room.name for room in snapshot.rooms.values()]
        for entity in with_names([entity for _, entity in snapshot.entities], rooms, self._language):
            for name in (entity.name, *entity.aliases):
                spellings(name, self._language)

    def use_home_assistant(self, snapshot: Snapshot) -> None:
        """Use what is exposed in Home Assistant from now on."""
        exposed = {it.entity_id for it, _ in snapshot.entities}
        self._told = {entity_id: report for entity_id, report in self._told.items() if entity_id in exposed}
        self._assistant = snapshot
        self._use(self._make(self._announcements.entities()))
        self._changed.set()  # other topics may tell of the home now

    def report(self, report: Report) -> None:
        """Take a state from Home Assistant."""
        self._told[report.entity_id] = report
        entity = self._by_service.get(report.entity_id)
        if entity is not None:
            self._states.report(entity, report.values, available=report.available, changed=report.changed)

    def lose_home_assistant(self) -> None:
        """The connection is lost: its states are not known any more. Its entities stay, the names are still right."""
        self._told.clear()
        self._states.forget(self._by_service.values())

    async def aclose(self) -> None:
        """Stop listening, and save what was announced."""
        self.settled.set()
        await self._unsubscribe()
        if self._path is not None and self._unsaved.is_set():
            await asyncio.to_thread(self._announcements.saver(self._path))

    async def _unsubscribe(self) -> None:
        while self._subscriptions:
            await self._subscriptions.pop().aclose()
        if self._reports is not None:
            reports, self._reports = self._reports, None
            await reports.aclose()

    async def _settle(self, mqtt: Mqtt) -> None:
        """Read what the broker keeps: the announcements, then the states."""
        await self._within(_SETTLE_S, self._online.wait)
        await self._within(_SETTLE_S, lambda: self._quiet(self._announced))
        self._changed.clear()
        await self._renew(mqtt)
        await self._within(_SETTLE_S, lambda: self._quiet(self._reported))
        await self._within(_SETTLE_S, lambda: self._requests.ask(self.model.entities, self._send))
        self.settled.set()

    async def _keep_up(self, mqtt: Mqtt) -> None:
        """Make a new model when announcements have changed; while they change on and on, ever more rarely."""
        pause_s, renewed = 0.0, self._clock.monotonic()
        while True:
            await self._changed.wait()
            since = self._clock.monotonic() - renewed
            pause_s = min(MAX_PAUSE_S, 2 * pause_s + 0.5) if since < 2 * MAX_PAUSE_S else 0.0
            await self._clock.sleep(max(0.0, pause_s - since))
            await self._within(_SETTLE_S, lambda: self._quiet(self._announced))
            self._changed.clear()
            await self._renew(mqtt)
            renewed = self._clock.monotonic()

    async def _within(self, seconds: float, wait: Callable[[], object]) -> None:
        """Wait, but no longer than this."""
        waiting = asyncio.ensure_future(wait())  # type: ignore[call-overload]  # a coroutine
        timer = asyncio.ensure_future(self._clock.sleep(seconds))
        try:
            await asyncio.wait({waiting, timer}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
            timer.cancel()
            await asyncio.gather(waiting, timer, return_exceptions=True)

    async def _quiet(self, heard: asyncio.Event) -> None:
        """Return when nothing has come for `QUIET_S`."""
        while True:
            heard.clear()
            await self._clock.sleep(QUIET_S)
            if not heard.is_set():
                return

    async def _renew(self, mqtt: Mqtt) -> None:
        """Make the model in a thread, use it if it has changed, and follow the states of its things."""
        while True:
            assistant = self._assistant
            made = await asyncio.to_thread(self._make, self._announcements.entities())
            if assistant is self._assistant:  # else the model has just been made anew
                break
        topics = self._states.topics
        if not self._use(made) and topics == self._followed and self._reports is not None:
            return
        old, self._reports = self._reports, None
        self._followed = topics = self._states.topics
        if topics:
            # All of them, so that the broker sends again what it keeps: a new thing may read a topic of another one.
            self._reports = mqtt.subscribe(topics, self._on_state, limit=_QUEUE)
        if old is not None:
            await old.aclose()

    async def _forget(self) -> None:
        """After each connect, remove the things whose announcements the broker does not keep any more."""
        while True:
            await self._reconnected.wait()
            self._reconnected.clear()
            lost = self._dropped
            await self._within(FORGET_S, self._reconnected.wait)
            if not self._announcements.kept_any:
                await self._within(FORGET_ALL_S - FORGET_S, self._reconnected.wait)
            if not self._reconnected.is_set() and lost == self._dropped and self._announcements.forget_unseen():
                self._note_change()

    @property
    def _dropped(self) -> int:
        return sum(subscription.dropped for subscription in self._subscriptions)

    async def _save(self) -> None:
        """Write the announcements some time after they have changed, so that a flood of them spares the disk."""
        while self._path is not None:
            await self._unsaved.wait()
            await self._clock.sleep(_SAVE_S)
            self._unsaved.clear()
            await asyncio.to_thread(self._announcements.saver(self._path))

    def _on_connect(self) -> None:
        if self._linked:
            self._begin_again()
        self._linked = True
        self._reconnected.set()
        self._online.set()

    def _notice_connection(self) -> None:
        """A message may come over a new connection before that is complete."""
        if self._linked and self._mqtt is not None and not self._mqtt.connected:
            self._linked = False
            self._begin_again()

    def _begin_again(self) -> None:
        """The broker is about to send again what it keeps; other things may have changed unheard."""
        self._announcements.expect()
        self._states.interrupted()
        self._requests.begin_again()

    def _note_change(self) -> None:
        self._changed.set()
        self._unsaved.set()

    async def _on_announcement(self, message: Message) -> None:
        self._announced.set()
        self._notice_connection()
        if self._announcements.feed(message.topic, message.payload, retained=message.retained):
            self._note_change()

    async def _on_state(self, message: Message) -> None:
        self._reported.set()
        self._notice_connection()
        for question in await self._states.feed(message.topic, message.payload, retained=message.retained):
            self._send(question)

    def _send(self, question: MqttMessage) -> None:
        if self._mqtt is not None:
            self._mqtt.send_now(question.topic, question.payload.encode())

    def _make(self, found: tuple[Sequence[Entity], Sequence[Entity]]) -> tuple[HomeModel, Callable[[], None]] | None:
        """A model of these announced entities, and how to use it; None: it would be the same. On any thread."""
        everything = together(without_batteries(merged(found)), self._assistant)
        rooms = [it.name for it in self._assistant.rooms.values()]
        own_rooms = (self._settings.device.area, *(it.area for it in self._own), *self._owner.areas)
        areas = [area for area in (*own_rooms, *rooms) if area]
        own_names = {name.casefold() for it in self._own for name in (it.name, *it.aliases)}
        named = [it for it in with_names(everything, areas, self._language) if it.name.casefold() not in own_names]
        self.announced = (*self._own, *everything)
        entities = self._owner.applied((*self._own, *named))
        used = (*areas[: len(areas) - len(rooms)], *(it.area for it in entities if it.area))
        known_places = places(used, self._assistant, self._here, self._language)
        model = HomeModel(entities, *self._owner.on_floors(*known_places))
        return None if model == self.model and entities else (model, self._prepare(model))

    def _use(self, made: tuple[HomeModel, Callable[[], None]] | None) -> bool:
        if made is None:
            return False
        self.model, use = made
        before, self._by_service = self._by_service, {it.service_id: it for it in self.model.entities if it.service_id}
        self._states.use(self.model)
        for entity_id in self._by_service.keys() - before.keys():
            if (known := self._told.get(entity_id)) is not None:
                self.report(known)
        use()
        return True

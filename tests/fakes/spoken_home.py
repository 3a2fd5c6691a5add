"""A home that announces itself, and a speaker in it that is talked to, without a broker and under virtual time."""

import dataclasses
import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from edge.home.acting.code import Code
from edge.home.intents.actions import HomeActions
from edge.home.intents.things import Things
from edge.home.model import Area, HomeModel
from edge.home.modelling.grammar_names import home_names
from edge.home.modelling.naming import with_names
from edge.home.planning.risk import Gates
from edge.home.sources.discovery.registry import Registry
from edge.home.states import HomeStates
from edge.nlu.kinds import OPEN
from edge.route import Router, open_router
from edge.runtime.virtual_time import VirtualClock
from edge.schedule import Ring
from edge.schedule.schedule import TimerSchedule
from edge.schedule.store import ScheduleStore
from edge.settings import DeviceSettings, HomeSettings, Settings
from edge.turn.dialogue import Dialogue
from tests.fakes.home import FakePublisher, FakeSpeaker
from tests.fakes.language import ENGLISH

HOMES = Path(__file__).parents[1] / "home" / "homes"
SPEAKER_IN = {"terrace": "Lounge", "loft": "Living Room", "mill": "Parlour"}
"""The homes, one file each with a message a line (topic and payload), and the rooms of their speakers."""

FRIDAY = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)


@cache
def messages(home: str) -> tuple[tuple[str, bytes], ...]:
    """The retained messages of a home."""
    lines = (HOMES / f"{home}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple((topic, _payload(value)) for topic, value in map(json.loads, lines))


@cache
def model_of(home: str) -> HomeModel:
    """The model of a home. No thing is waited for: each takes every command without an answer."""
    registry = Registry("homeassistant")
    for topic, payload in messages(home):
        registry.feed(topic, payload)
    assert registry.refused == ()
    entities = with_names([dataclasses.replace(it, optimistic=True) for it in registry.entities], [], ENGLISH)
    return HomeModel(entities, tuple(Area(area) for area in dict.fromkeys(it.area for it in entities if it.area)))


@cache
def router_of(home: str) -> Router:
    """The router with the names of a home."""
    settings = Settings()
    names = home_names(model_of(home), SPEAKER_IN[home])
    return open_router(settings, names=names, cloud=lambda: "no-key", fit=OPEN)


class SpokenHome:
    """One conversation in a home; `publisher` is its broker, `rung` what was announced.

    With a `folder` the schedule is kept there, and another speaker of that home takes it over: a restart.
    """

    def __init__(self, home: str, folder: Path | None = None, clock: VirtualClock | None = None) -> None:
        self.clock = clock or VirtualClock(FRIDAY)
        states = HomeStates(self.clock)
        states.use(model_of(home))
        self._states, self._home = states, home
        self._router = router_of(home)
        self._dialogue = Dialogue(self.clock)
        self.publisher = FakePublisher()
        self.rung: list[str] = []
        here = SPEAKER_IN[home]
        things = Things(
            self.publisher, states, ENGLISH, self.clock, here, Gates.of(HomeSettings()), Code(None, self.clock)
        )
        things.use(things.prepare(model_of(home)))
        store = None if folder is None else ScheduleStore(folder / "schedule.json", "a boot")
        self.schedule = TimerSchedule(self.clock, store, ENGLISH.replies)
        self._actions = HomeActions(
            Settings(device=DeviceSettings(area=here)),
            self.publisher,
            FakeSpeaker(),
            self.clock,
            self.schedule,
            ENGLISH.replies,
            things=things,
        )

    async def say(self, text: str) -> tuple[tuple[str, ...], str]:
        """What is published ("topic payload"), and the reply; "MODEL" in place of a reply of the language model."""
        await self._hear()
        before = len(self.publisher.published)
        decision = self._router.decide(text, None, self._dialogue.context)
        if decision.intent is None:
            self._dialogue.chatted()
            return (), "MODEL"
        reply = await self._actions.act(decision.intent)
        self._dialogue.acted(decision.intent, reply)
        return self.sent(before), reply.text if reply else ""

    async def _hear(self) -> None:
        """What the broker keeps, once."""
        home, self._home = self._home, ""
        for topic, payload in messages(home) if home else ():
            await self._states.feed(topic, payload, retained=True)

    def sent(self, first: int = 0) -> tuple[str, ...]:
        """What was published, "topic payload"."""
        return tuple(f"{topic} {payload}" for topic, payload in self.publisher.published[first:])

    async def ring(self, ring: Ring) -> None:
        """Remember what is announced."""
        self.rung.append(ring.text)


def _payload(value: object) -> bytes:
    return (value if isinstance(value, str) else json.dumps(value)).encode()

"""A whole speaker to which sentences are typed: real understanding, routing, home and schedule; no sound, no models."""

import itertools
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from edge.ears import Ears
from edge.ears.detectors import Detectors
from edge.events import TurnRecord
from edge.home import Home
from edge.llm.chat_service import ChatService
from edge.nlu.kinds import OPEN
from edge.pipeline import Pipeline
from edge.route import Router, open_router
from edge.runtime.virtual_time import VirtualClock
from edge.schedule.alarms import Alarm
from edge.schedule.timers import Timer
from edge.settings import EntitySettings, Settings
from edge.tts.voice import Voice
from edge.turn.parts import Engines, Room
from tests.fakes.audio import FakeSink, FakeSource
from tests.fakes.engines import FakeTts, FakeVad, FakeWake
from tests.fakes.home import A_HOME, home_settings
from tests.fakes.hosted import hosted
from tests.fakes.language import ENGLISH
from tests.fakes.resident import Resident
from tests.fakes.speaker import FakeChat, FakeTelemetry

MODEL_SAYS = "A model made this up."
"""The answer of the chat model, to all that reaches it."""


@cache
def _router(settings: str) -> Router:
    """The router of these settings, which are JSON; half a second for each home."""
    return open_router(Settings.model_validate_json(settings), cloud=lambda: "no-key", fit=OPEN)


def typed_pipeline(
    settings: Settings,
    home: Home,
    router: Router,
    telemetry: FakeTelemetry,
    tts: FakeTts,
    chat: FakeChat,
    clock: VirtualClock,
) -> Pipeline:
    """A pipeline that hears nothing and answers typed turns."""
    voice = hosted(tts)
    engines = Engines(
        stt=None,
        tts=voice,
        router=hosted(router),
        language=ENGLISH,
        chat=ChatService(chat, None, settings=settings.llm, language=ENGLISH, clock=clock),
        voice=Voice(voice, ENGLISH),
        hosted=[voice],
    )
    ears = Ears(FakeSource(clock, {}, seconds=0), hosted(Detectors(FakeWake(), FakeVad())), clock)
    return Pipeline(Room(ears=ears, sink=FakeSink(clock), home=home, telemetry=telemetry), engines, settings, clock)


class TypedHome:
    """A user who types, and everything that a test looks at."""

    def __init__(
        self,
        folder: Path,
        *,
        clock: VirtualClock,
        entities: tuple[EntitySettings, ...] = A_HOME,
        area: str | None = "Living Room",
        sentences: tuple[Path, ...] = (),
    ) -> None:
        self.clock = clock
        self.resident = Resident(folder, clock=clock, entities=entities, area=area)
        self.telemetry = FakeTelemetry()
        self.tts = FakeTts()
        settings = home_settings(*entities, area=area)
        route = settings.route.model_copy(update={"sentences": list(sentences)})
        settings = settings.model_copy(update={"route": route})
        router = _router(settings.model_dump_json())
        self.chat = FakeChat(clock, [MODEL_SAYS])
        self.pipeline = typed_pipeline(settings, self.resident.home, router, self.telemetry, self.tts, self.chat, clock)

    async def ask(self, text: str) -> TurnRecord:
        """Type `text`; the record of the turn."""
        return await self.pipeline.ask(text, speak=False)

    async def says(self, *texts: str) -> str:
        """Type the texts; the answer to the last one, `MODEL_SAYS` if a model gave it."""
        return [(await self.ask(text)).reply for text in texts][-1]

    @property
    def published(self) -> list[tuple[str, str]]:
        """Topics and payloads sent to the home."""
        return self.resident.publisher.published

    @property
    def volume(self) -> int:
        """Percent."""
        return self.resident.speaker.volume

    @property
    def due(self) -> tuple[str, ...]:
        """What is set: timers as "name seconds-left", alarms as "name date time days", reminders with their text."""
        return tuple(shown(self.resident))


def shown(resident: Resident) -> Iterator[str]:
    """Everything that is set, the timers first, in the form of `TypedHome.due`."""
    schedule = resident.schedule
    timers = ((timer, f"{timer.name} {schedule.timers.left_s(timer):.0f}") for timer in schedule.timers.all())
    alarms = (
        (alarm, f"{alarm.name} {alarm.at:%Y-%m-%d %H:%M} {''.join(map(str, sorted(alarm.days)))}")
        for alarm in schedule.alarms.all()
    )
    both: itertools.chain[tuple[Timer | Alarm, str]] = itertools.chain(timers, alarms)
    return (text.strip() + (f": {it.message}" if it.message is not None else "") for it, text in both)

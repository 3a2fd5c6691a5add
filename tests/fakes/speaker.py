"""A whole speaker of fakes on virtual time: real pipeline, recognition, routing policy and reply; no models."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Unpack

import numpy as np

from edge.ears import Ears
from edge.ears.detectors import Detectors
from edge.errors import LlmError
from edge.events import CloudState, Intent, ReplySentence, TurnRecord
from edge.llm import ChatEndpoint, CloudEndpoint, Delta, Finished, Message, Tool, Usage
from edge.llm.chat_service import ChatService
from edge.nlu.kinds import OPEN
from edge.pipeline import Pipeline
from edge.route.fitness import EVERYTHING
from edge.route.router import GrammarFirstRouter
from edge.runtime.background import BackgroundTasks
from edge.runtime.virtual_time import VirtualClock
from edge.runtime.worker import Worker
from edge.settings import Settings
from edge.stt import Stt
from edge.telemetry import StateChanges
from edge.telemetry.metrics import CounterName
from edge.telemetry.tail import Tail, Tails
from edge.tts.voice import Voice
from edge.turn.parts import Engines, Room
from edge.wake import WakeDetector
from tests.fakes.audio import FakeSink, FakeSource
from tests.fakes.engines import FakeRecognizer, FakeStt, FakeTts, FakeVad, FakeWake, sound
from tests.fakes.hosted import hosted
from tests.fakes.language import ENGLISH

INTENTS = {
    "what time is it": Intent("HassGetCurrentTime"),
    "turn on the light": Intent("HassTurnOn", {"name": "light"}),
    "turn on the light in the kitchen": Intent("HassTurnOnThere", {"name": "light", "area": "kitchen"}),
    "snooze": Intent("EdgeSnooze"),
    "snooze and turn on the light": Intent("EdgeSnooze", then=(Intent("HassTurnOn", {"name": "light"}),)),
    "stop": Intent("EdgeStop"),
    "never mind": Intent("HassNevermind"),
    "cancel the timer": Intent("HassCancelTimer"),
    "thanks": Intent("EdgeThanks"),
}


class FakeHome:
    """Answers every intent with its name, but says nothing to "stop" and "never mind"."""

    def __init__(self, clock: VirtualClock) -> None:
        self.acted: list[str] = []
        self.acted_at: list[float] = []
        self.answers: dict[str, str] = {}
        """What `act` says instead."""
        self._clock = clock

    async def act(self, intent: Intent) -> ReplySentence | None:
        self.acted.append(intent.name)
        self.acted_at.append(self._clock.monotonic())
        if intent.name in self.answers:
            return ReplySentence(self.answers[intent.name])
        return await self.rehearse(intent)

    async def rehearse(self, intent: Intent) -> ReplySentence | None:
        if intent.name in {"EdgeStop", "HassNevermind"}:
            return None
        return ReplySentence(f"Done {intent.name}.", fixed=True)


class FakeChat:
    """Answers with the scripted pieces, 100 ms apart; an `LlmError` among them is raised."""

    name = "fake"
    certain_from = 0.0
    state: CloudState = "ready"
    charged_usd = 0.0

    def __init__(self, clock: VirtualClock, pieces: Sequence[str | LlmError]) -> None:
        self._clock = clock
        self._pieces = pieces
        self.asked: list[Sequence[Message]] = []
        self.tools: list[Tool | None] = []
        self.warmed: list[Sequence[Message]] = []
        self.stopped_early = False

    async def stream(
        self, messages: Sequence[Message], *, max_tokens: int, tool: Tool | None = None
    ) -> AsyncIterator[Delta | Finished]:
        self.asked.append(messages)
        self.tools.append(tool)
        try:
            for piece in self._pieces:
                await self._clock.sleep(0.1)
                if isinstance(piece, LlmError):
                    raise piece
                yield Delta(piece)
            yield Finished("stop", Usage(10, 8, max_tokens))
        except (GeneratorExit, asyncio.CancelledError):
            self.stopped_early = True
            raise

    async def warm(self, messages: Sequence[Message], begun: str = "") -> None:
        _ = begun
        self.warmed.append(messages)

    async def aclose(self) -> None:
        pass


class FakeTelemetry:
    """Remembers what was reported."""

    def __init__(self) -> None:
        self.states: list[StateChanges] = []
        self.phases: list[str] = []
        self.turns: list[TurnRecord] = []
        self.events: list[str] = []
        self.fields: list[dict[str, Any]] = []
        self.counters: dict[str, float] = {}
        self.degraded: Mapping[str, str] = {}
        self.tails = Tails()

    def state(self, **changes: Unpack[StateChanges]) -> None:
        self.states.append(changes)
        if "phase" in changes and self.phases[-1:] != [changes["phase"]]:
            self.phases.append(changes["phase"])
        self.degraded = changes.get("degraded", self.degraded)

    def turn(self, record: TurnRecord) -> None:
        self.turns.append(record)

    def event(self, kind: str, fields: Mapping[str, Any]) -> None:
        self.events.append(kind)
        self.fields.append(dict(fields))

    def count(self, metric: CounterName, value: float = 1.0) -> None:
        self.counters[metric] = self.counters.get(metric, 0) + value

    def tail(self) -> Tail:
        return self.tails.open()


class FakeSpeaker:
    """Everything that a test looks at."""

    def __init__(
        self,
        pipeline: Pipeline,
        source: FakeSource,
        sink: FakeSink,
        tts: FakeTts,
        home: FakeHome,
        telemetry: FakeTelemetry,
        background: BackgroundTasks,
    ) -> None:
        self.source = source
        self.background = background
        self.pipeline = pipeline
        self.sink = sink
        self.tts = tts
        self.home = home
        self.telemetry = telemetry

    @property
    def turns(self) -> list[TurnRecord]:
        return self.telemetry.turns

    def heard(self) -> str:
        """The words of the voice that came out of the output, in order; earcons left out."""
        spoken = [text for written in self.sink.written if (text := self.tts.words_of(written.speech))]
        return " ".join(spoken)


@asynccontextmanager
async def speaker(
    script: Sequence[tuple[float, float]],
    texts: Sequence[str],
    *,
    clock: VirtualClock,
    settings: Settings | None = None,
    stt: Stt | None = None,
    local: ChatEndpoint | None = None,
    cloud: CloudEndpoint | None = None,
    carries_echo: bool = True,
    run: bool = True,
    voiceless: bool = False,
    stt_worker: Worker | None = None,
    tts_worker: Worker | None = None,
    ears_worker: Worker | None = None,
    router_worker: Worker | None = None,
    without_stt: bool = False,
    sink: FakeSink | None = None,
    wake: WakeDetector | None = None,
    home: FakeHome | None = None,
    on_frame: Callable[[], None] = lambda: None,
    on_turn: Callable[[TurnRecord], None] = lambda _: None,
) -> AsyncIterator[FakeSpeaker]:
    """A speaker that hears `script` (level, ms), understands `texts`, and has heard all of it on leaving."""
    settings = settings or Settings()
    heard = np.concatenate(sound(*script)) if script else np.zeros(0, np.float32)
    source = FakeSource(clock, {0.0: heard}, seconds=len(heard) / 16_000, carries_echo=carries_echo)
    sink, wake = sink or FakeSink(clock), wake or FakeWake()
    tts, home, telemetry = FakeTts(), home or FakeHome(clock), FakeTelemetry()
    router = GrammarFirstRouter(
        lambda _: FakeRecognizer(INTENTS),
        None,
        ENGLISH,
        wake_words=("alexa",),
        escalate=settings.route.escalate,
        cloud=lambda: "no-key" if cloud is None else "ready",
        fit=None if local is None else OPEN if settings.llm.engine == "local" else EVERYTHING,
    )
    chat = ChatService(local, cloud, settings=settings.llm, language=ENGLISH, clock=clock)
    recogniser = None if without_stt else hosted(stt or FakeStt(texts, INTENTS), stt_worker)
    voice = None if voiceless else hosted(tts, tts_worker)
    pipeline = Pipeline(
        Room(
            ears=Ears(
                source,
                hosted(Detectors(wake, FakeVad()), ears_worker),
                clock,
                wakes_while_muted=settings.wake.cue_when_muted,
            ),
            sink=sink,
            home=home,
            telemetry=telemetry,
        ),
        Engines(
            stt=recogniser,
            tts=voice,
            router=hosted(router, router_worker),
            language=ENGLISH,
            chat=chat,
            voice=Voice(voice, ENGLISH),
            hosted=[engine for engine in (recogniser, voice) if engine is not None],
        ),
        settings,
        clock,
        on_frame=on_frame,
        on_turn=on_turn,
    )
    background = BackgroundTasks(clock)
    running = asyncio.create_task(pipeline.run())
    try:
        yield FakeSpeaker(pipeline, source, sink, tts, home, telemetry, background)
        if run:
            await running
    finally:
        running.cancel()
        await asyncio.wait({running})
        await background.aclose()

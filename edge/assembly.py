"""Opens the engines and the room in the order of the flow, and closes them in reverse.

A part that cannot be opened is logged with what to do, reported as degraded, and costs its feature only.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TypeVar

import structlog

from edge import __version__
from edge.audio import AudioSink, AudioSource
from edge.audio.volume import OutputVolume
from edge.control.executor import Executor
from edge.control.mqtt import BrokerCommands
from edge.control.socket import ControlServer
from edge.ears import Ears
from edge.ears.detectors import Detectors
from edge.errors import ControlError
from edge.events import TurnRecord
from edge.grammar import Grammar
from edge.home import open_home
from edge.home.open_home import OpenHome
from edge.home.publisher import MqttPublisher
from edge.llm import open_cloud, open_llm
from edge.llm.chat_service import ChatService
from edge.mqtt import Mqtt, open_mqtt
from edge.nlu import IntentMatch, Language, open_language
from edge.nlu.home_names import HomeNames
from edge.nlu.learned_aliases.loopback_recognition import LoopbackRecognition
from edge.nlu.learned_aliases.vocabulary import Vocabulary
from edge.pipeline import Pipeline
from edge.route import Router, open_router
from edge.route.router import GrammarFirstRouter
from edge.runtime.background import BackgroundTasks
from edge.runtime.clock import Clock
from edge.runtime.hosted import Hosted
from edge.runtime.latest import Latest
from edge.runtime.memory import return_free_memory
from edge.runtime.opener import Opener
from edge.runtime.paths import state_folder
from edge.runtime.worker import InlineWorker, ThreadWorker, Worker
from edge.settings import Settings
from edge.store import ModelStore, open_store
from edge.stt import Stt, open_stt
from edge.stt.free_text import free_text
from edge.telemetry import Telemetry, open_telemetry
from edge.telemetry.null import NullTelemetry
from edge.tts import Tts, open_tts
from edge.tts.voice import Voice, synthesise_whole
from edge.turn.parts import Engines, Room
from edge.vad import open_vad
from edge.wake import open_wake

log = structlog.get_logger("assembly")

DETECTORS_DEADLINE_S = 10.0
"""Of one frame, which takes milliseconds."""

T = TypeVar("T")


@asynccontextmanager
async def open_pipeline(
    settings: Settings,
    *,
    source: AudioSource,
    sink: AudioSink,
    clock: Clock,
    state: Path | None = None,
    listen: bool = True,
    control: Path | None = None,
    on_frame: Callable[[], None] = lambda: None,
    on_turn: Callable[[TurnRecord], None] = lambda _: None,
) -> AsyncIterator[Pipeline]:
    """Everything from the wake word to the reply, opened; closed in reverse on the way out.

    `state` is the folder of timers, alarms, volume and mute (None: the usual one); `control` the path of the local
    socket (None: none).

    With `listen` false it only answers typed turns, beside a running speaker: nothing that hears is loaded, nothing
    is reported, the broker sees another client, and timers and alarms are refused.
    """
    state = state or state_folder()
    opener, store = Opener(), open_store(settings.models)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(_close_devices, source, sink)
        mqtt = await stack.enter_async_context(open_mqtt(settings, presence=listen, clock=clock))
        telemetry: Telemetry = NullTelemetry()
        if listen:
            telemetry = await stack.enter_async_context(open_telemetry(settings, mqtt, state=state, clock=clock))
        stack.push_async_callback(opener.aclose)
        output = OutputVolume(
            sink, state, settings.audio.volume, on_change=lambda percent: telemetry.state(volume=percent)
        )
        stack.push_async_callback(output.aclose)
        publisher = MqttPublisher(mqtt) if mqtt else None
        replies = open_language(settings.device.language).replies
        names: Latest[HomeNames] = Latest()
        home = open_home(settings, publisher, output, clock, state, replies, rings=listen, on_names=names.put)
        names.put(home.names)
        background = BackgroundTasks(clock)
        stack.push_async_callback(background.aclose)
        if mqtt and settings.home.discovery:
            stack.push_async_callback(home.watch.aclose)
            background.start("home", lambda: home.watch.run(mqtt), on_crash="restart")
        else:
            home.watch.settled.set()
        detectors, engines = await asyncio.gather(
            _open_detectors(settings, store, opener) if listen else _no_detectors(),
            _open_engines(settings, store, opener, clock, names=home.names, listen=listen),
        )

        def remember(record: TurnRecord) -> None:
            if record.reply:
                output.last_reply = record.reply
            on_turn(record)

        room = Room(ears=Ears(source, detectors, clock), sink=sink, home=home.actions, telemetry=telemetry)
        pipeline = Pipeline(room, engines, settings, clock, on_frame=on_frame, on_turn=remember)
        if not listen:
            await home.watch.settled.wait()
            await _follow_names(background, names, _names_of(engines.router))
        else:
            await _start_speaker(
                stack,
                opener,
                background,
                pipeline,
                home,
                names,
                output,
                settings,
                mqtt,
                clock,
                state=state,
                control=control,
            )
        telemetry.state(
            muted=pipeline.muted,
            volume=output.volume,
            wake_words=tuple(await detectors.call(lambda it: it.words)),
            versions={"edge-voice": __version__},
            degraded=engines.degraded,
        )
        yield pipeline


async def _start_speaker(
    stack: AsyncExitStack,
    opener: Opener,
    background: BackgroundTasks,
    pipeline: Pipeline,
    home: OpenHome,
    names: Latest[HomeNames],
    output: OutputVolume,
    settings: Settings,
    mqtt: Mqtt | None,
    clock: Clock,
    *,
    state: Path,
    control: Path | None,
) -> None:
    """Start what only a speaker that listens needs: warm engines, the grammar, the schedule, and commands to it."""
    fixed = sorted(pipeline.engines.language.replies.all_fixed())
    pipeline.starting += [
        background.start("warm the llm", pipeline.engines.chat.warm, on_crash="once"),
        background.start("warm the voice", lambda: pipeline.engines.voice.warm(fixed), on_crash="once"),
    ]
    if pipeline.engines.stt is not None:
        compiler = ThreadWorker("grammar")
        opener.closing.append(compiler.aclose)
        vocabulary = _vocabulary(settings, pipeline, pipeline.engines.stt, compiler, state, clock, home.names)
        pipeline.starting.append(_follow_names(background, names, vocabulary.use))
    else:
        _follow_names(background, names, _names_of(pipeline.engines.router))
    background.start("schedule", lambda: home.schedule.run(pipeline.ring), on_crash="restart")
    executor = Executor(pipeline, output, home.schedule, pipeline.room.telemetry, state=state)
    stack.push_async_callback(executor.aclose)
    await executor.restore()
    background.start("texts to say", executor.speak_texts, on_crash="restart")
    if mqtt:
        commands = BrokerCommands(mqtt, settings.device.id, executor.execute, pipeline.room.telemetry, clock)
        stack.push_async_callback(commands.aclose)
    if control is not None:
        try:
            await stack.enter_async_context(ControlServer(control, executor.execute))
        except ControlError as error:
            opener.lost("control", error)


async def _open_engines(
    settings: Settings, store: ModelStore, opener: Opener, clock: Clock, *, names: HomeNames, listen: bool
) -> Engines:
    language = open_language(settings.device.language)
    local, cloud, stt, tts = await asyncio.gather(
        asyncio.to_thread(opener.try_now, "llm", lambda: open_llm(settings.llm, store)),
        asyncio.to_thread(opener.try_now, "cloud", lambda: open_cloud(settings.llm.cloud)),
        opener.host("stt", lambda: open_stt(settings.stt, store, language.code)) if listen else _none(),
        opener.host("tts", lambda: open_tts(settings.tts, store)),
    )
    chat = ChatService(local, cloud, settings=settings.llm, language=language, clock=clock, area=settings.device.area)
    opener.closing.append(chat.aclose)
    router = await opener.host(
        "route",
        lambda: open_router(settings, names=names, cloud_ready=chat.cloud_ready, local_ready=chat.local_ready),
    )
    return Engines(
        stt=stt,
        tts=tts,
        router=router or _questions_only(settings, language, chat),
        language=language,
        chat=chat,
        voice=Voice(tts, language),
        hosted=opener.hosted,
        missing=opener.missing,
    )


async def _open_detectors(settings: Settings, store: ModelStore, opener: Opener) -> Hosted[Detectors]:
    def detectors() -> Detectors:
        return Detectors(
            opener.try_now("wake", lambda: open_wake(settings.wake, store)),
            opener.try_now("vad", lambda: open_vad(store)),
        )

    return await opener.host("ears", detectors, deadline_s=DETECTORS_DEADLINE_S) or await _no_detectors()


async def _no_detectors() -> Hosted[Detectors]:
    return Hosted("ears", Detectors(None, None), InlineWorker())


async def _none() -> None:
    """In place of an engine that is not needed."""


def _follow_names(
    background: BackgroundTasks, names: Latest[HomeNames], use: Callable[[HomeNames], Awaitable[None]]
) -> asyncio.Task[None]:
    """Pass on the names of the home, now and whenever they change. The task ends when the first ones are in use."""
    first = background.start("vocabulary", lambda: names.use(use), on_crash="once")

    async def later() -> None:
        await asyncio.wait({first})
        await names.follow(use)

    background.start("names", later, on_crash="restart")
    return first


def _names_of(router: Hosted[Router]) -> Callable[[HomeNames], Awaitable[None]]:
    async def use(names: HomeNames) -> None:
        await router.configure(lambda it: it.use(names))

    return use


def _vocabulary(
    settings: Settings,
    pipeline: Pipeline,
    stt: Hosted[Stt],
    compiler: Worker,
    state: Path,
    clock: Clock,
    names: HomeNames,
) -> Vocabulary:
    router, tts = pipeline.engines.router, pipeline.engines.tts

    async def use_grammar(grammar: Grammar) -> None:
        await stt.configure(lambda it: it.use(grammar))
        await asyncio.to_thread(return_free_memory)  # compiling took 12 MB

    return Vocabulary(
        settings,
        names,
        compiler,
        use_grammar=use_grammar,
        use_names=lambda names: router.configure(lambda it: it.use(names)),
        transcribe=None if tts is None else loopback(tts, stt),
        folder=state,
        rest=pipeline.idle,
        clock=clock,
    )


def loopback(tts: Hosted[Tts], stt: Hosted[Stt]) -> LoopbackRecognition:
    """The voice and the recogniser, connected without a sound."""
    return LoopbackRecognition(
        lambda text: tts.call(lambda it: synthesise_whole(it, text)),
        lambda speech, pace: stt.call(lambda it: free_text(it, speech, pace)),
    )


async def _close_devices(source: AudioSource, sink: AudioSink) -> None:
    await asyncio.gather(source.aclose(), sink.aclose())


class _NoCommands:
    """In place of the home's grammar, where that cannot be read: every text is a question."""

    def recognize(self, text: str) -> IntentMatch | None:
        """See `IntentRecognizer.recognize`."""
        _ = text
        return None


def _questions_only(settings: Settings, language: Language, chat: ChatService) -> Hosted[Router]:
    router = GrammarFirstRouter(
        lambda _: _NoCommands(),
        None,
        language,
        wake_words=tuple(settings.wake.words),
        escalate=settings.route.escalate,
        cloud_ready=chat.cloud_ready,
        local_ready=chat.local_ready,
        small_model=settings.llm.engine == "local",
    )
    return Hosted("route", router, InlineWorker())

"""Opens the engines and the room in the order of the flow, and closes them in reverse.

A part that cannot be opened is logged with what to do, reported as degraded, and costs its feature only.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from collections.abc import Set as AbstractSet
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TypeVar

import structlog

from edge import __version__
from edge.audio import AudioSink, AudioSource
from edge.audio.volume import OutputVolume
from edge.control.socket import ControlServer
from edge.ears import Ears
from edge.ears.detectors import Detectors
from edge.errors import ControlError
from edge.events import CloudState, TurnRecord
from edge.home import open_home
from edge.home.acting.publisher import MqttPublisher
from edge.llm import ChatEndpoint, open_cloud, open_llm
from edge.llm.chat_service import ChatService
from edge.llm.conversation import opening
from edge.mqtt import open_mqtt
from edge.nlu import IntentMatch, Language, open_language
from edge.nlu.home_names import HomeNames
from edge.nlu.kinds import Kind
from edge.peers.open import open_peers
from edge.pipeline import Pipeline
from edge.reference import open_works
from edge.route import Router, open_router
from edge.route.fitness import fit_kinds
from edge.route.router import GrammarFirstRouter
from edge.runtime.background import BackgroundTasks
from edge.runtime.clock import Clock
from edge.runtime.hosted import Hosted
from edge.runtime.latest import Latest
from edge.runtime.opener import Opener
from edge.runtime.paths import state_folder
from edge.runtime.worker import InlineWorker
from edge.services import Services
from edge.settings import Settings
from edge.store import ModelStore, open_store
from edge.stt import open_stt
from edge.telemetry import Telemetry, open_telemetry
from edge.telemetry.null import NullTelemetry
from edge.tts import open_tts
from edge.tts.voice import Voice
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
    budget: Path | None = None,
    schedule: Path | None = None,
    listen: bool = True,
    control: Path | None = None,
    on_frame: Callable[[], None] = lambda: None,
    on_turn: Callable[[TurnRecord], None] = lambda _: None,
    read_settings: Callable[[], Settings] | None = None,
    restart: Callable[[], None] | None = None,
) -> AsyncIterator[Pipeline]:
    """Everything from the wake word to the reply, opened; closed in reverse on the way out.

    `state` is the folder of timers, alarms, volume and mute (None: the usual one), `budget` that of what the cloud has
    cost and of the chat model's prompt (None: `state`); `control` the path of the local socket (None: none).
    `read_settings` reads the settings again, and `restart` begins to restart the speaker, for the commands of these
    names (None: they are refused).

    With `listen` false it only answers typed turns: nothing that hears is loaded, nothing is reported, and the broker
    sees another client. Timers and alarms are then kept in the folder `schedule` for the speaker, which must not be
    running (None: they are refused).
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
        names: Latest[HomeNames] = Latest()
        language = open_language(settings.device.language)
        peers = None
        if mqtt and listen and settings.mqtt.peers:
            peers = open_peers(settings, mqtt, clock, state=state, language=language)
            stack.push_async_callback(peers.aclose)
        home = open_home(
            settings,
            publisher,
            output,
            clock,
            state,
            language.replies,
            rings=listen,
            schedule=schedule,
            intercom=peers.intercom if peers else None,
            on_names=names.put,
        )
        names.put(home.names)
        background = BackgroundTasks(clock)
        stack.push_async_callback(background.aclose)
        stack.push_async_callback(home.watch.aclose)
        home.follow(background, mqtt)
        detectors, engines = await asyncio.gather(
            _open_detectors(settings, store, opener) if listen else _no_detectors(),
            _open_engines(settings, store, opener, clock, budget or state, names=home.names, listen=listen),
        )

        def remember(record: TurnRecord) -> None:
            if record.reply:
                output.last_reply = record.reply
            on_turn(record)

        ears = Ears(source, detectors, clock, wakes_while_muted=settings.wake.cue_when_muted)
        room = Room(ears=ears, sink=sink, home=home.actions, telemetry=telemetry)
        pipeline = Pipeline(room, engines, settings, clock, on_frame=on_frame, on_turn=remember)
        if not listen:
            await home.settled()
            background.start(
                "names",
                lambda: names.follow(lambda fresh: engines.router.configure(lambda it: it.use(fresh))),
                on_crash="restart",
            )
            await names.used()
        else:
            services = Services(
                settings=settings,
                clock=clock,
                state=state,
                pipeline=pipeline,
                output=output,
                home=home,
                names=names,
                background=background,
                mqtt=mqtt,
                peers=peers,
                read_settings=read_settings,
                restart=restart,
            )
            executor = await services.start(stack, opener.closing)
            if control is not None:
                try:
                    await stack.enter_async_context(ControlServer(control, executor.execute))
                except ControlError as error:
                    opener.lost("control", error)
        telemetry.state(
            muted=pipeline.muted,
            volume=output.volume,
            wake_words=await room.ears.wake_words(),
            versions={"edge-voice": __version__},
            degraded=engines.degraded,
        )
        yield pipeline


async def _open_engines(
    settings: Settings,
    store: ModelStore,
    opener: Opener,
    clock: Clock,
    budget: Path,
    *,
    names: HomeNames,
    listen: bool,
) -> Engines:
    language = open_language(settings.device.language)

    def local_llm() -> ChatEndpoint | None:
        return open_llm(settings.llm, store, clock, opening=opening(language.chat), folder=budget)

    local, cloud, stt, tts = await asyncio.gather(
        asyncio.to_thread(opener.try_now, "llm", local_llm),
        asyncio.to_thread(opener.try_now, "cloud", lambda: open_cloud(settings.llm.cloud, clock, budget)),
        opener.host("stt", lambda: open_stt(settings.stt, store, language.code)) if listen else _none(),
        opener.host("tts", lambda: open_tts(settings.tts, store)),
    )
    chat = ChatService(
        local,
        cloud,
        settings=settings.llm,
        language=language,
        clock=clock,
        area=settings.device.area,
        privacy=settings.privacy,
    )
    opener.closing.append(chat.aclose)
    fit = fit_kinds(settings.llm, store, chat.local_model)

    router = await opener.host(
        "route",
        lambda: open_router(
            settings,
            names=names,
            cloud=chat.cloud_state,
            fit=fit,
            model=chat.local_model,
            works=open_works(store, language.code),
        ),
    )
    return Engines(
        stt=stt,
        tts=tts,
        router=router or _questions_only(settings, language, chat.cloud_state, fit),
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


async def _close_devices(source: AudioSource, sink: AudioSink) -> None:
    await asyncio.gather(source.aclose(), sink.aclose())


class _NoCommands:
    """In place of the home's grammar, where that cannot be read: every text is a question."""

    def recognize(self, text: str) -> IntentMatch | None:
        """See `IntentRecognizer.recognize`."""
        _ = text
        return None


def _questions_only(
    settings: Settings, language: Language, cloud: Callable[[], CloudState], fit: AbstractSet[Kind] | None
) -> Hosted[Router]:
    router = GrammarFirstRouter(
        lambda _: _NoCommands(),
        None,
        language,
        wake_words=tuple(settings.wake.words),
        escalate=settings.route.escalate,
        cloud=cloud,
        fit=fit,
        privacy=settings.privacy,
    )
    return Hosted("route", router, InlineWorker())

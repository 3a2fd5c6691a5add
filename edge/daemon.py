"""What starts, what stops, signals. Parts are opened in the order of the flow and closed in reverse.

A part that cannot be opened is logged with what to do, reported as degraded, and costs its feature only.
"""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TypeVar

import structlog

from edge import __version__
from edge.audio import AudioSink, AudioSource
from edge.errors import EdgeError
from edge.events import ReplySentence, TurnRecord
from edge.home import open_home
from edge.home.replies import FIXED
from edge.llm import open_cloud, open_llm
from edge.llm.chat_service import ChatService
from edge.nlu.learned_aliases.loopback_recognition import LoopbackRecognition
from edge.nlu.learned_aliases.vocabulary import Vocabulary
from edge.pipeline import Pipeline
from edge.route import open_router
from edge.runtime.clock import Clock
from edge.runtime.paths import state_folder
from edge.runtime.service import Service
from edge.runtime.worker import ThreadWorker, Worker
from edge.settings import Settings
from edge.store import open_store
from edge.stt import Stt, open_stt
from edge.stt.free_text import free_text
from edge.telemetry import Command, Mute, Say, SetVolume, Stop, open_telemetry
from edge.tts import Tts, open_tts
from edge.tts.voice import Voice, synthesise_whole
from edge.turn.control import SinkControl
from edge.turn.parts import Parts
from edge.turn.recognition import Recognition
from edge.vad import open_vad
from edge.wake import open_wake

log = structlog.get_logger("daemon")

STATUS_S = 2.0
"""How often the microphone is looked at for the status that systemd shows."""

T = TypeVar("T")


class Opener:
    """Opens parts side by side, each on its own worker, and remembers which are missing and why."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack
        self.missing: dict[str, str] = {}

    def worker(self, name: str) -> ThreadWorker:
        """A worker that ends with the stack."""
        worker = ThreadWorker(name)
        self._stack.push_async_callback(worker.aclose)
        return worker

    async def open(self, part: str, worker: Worker, opener: Callable[[], T]) -> T | None:
        """What `opener` opens on the worker; None when it cannot."""
        began = time.monotonic()
        try:
            opened = await worker.run(opener)
        except EdgeError as error:
            log.error("part-missing", part=part, code=error.code, message=error.message, hint=error.hint)
            self.missing[part] = error.code
            return None
        log.info("part-open", part=part, ms=round((time.monotonic() - began) * 1000))
        return opened


@asynccontextmanager
async def open_pipeline(
    settings: Settings,
    *,
    source: AudioSource,
    sink: AudioSink,
    clock: Clock,
    state: Path | None = None,
    listen: bool = True,
    on_frame: Callable[[], None] = lambda: None,
    on_turn: Callable[[TurnRecord], None] = lambda _: None,
) -> AsyncIterator[Pipeline]:
    """Everything from the wake word to the reply, opened; closed in reverse on the way out.

    `state` is the folder of timers, alarms and the volume (None: the usual one). With `listen` false nothing that hears
    is loaded: for typed turns.
    """
    state = state or state_folder()
    async with AsyncExitStack() as stack:
        opener = Opener(stack)
        store = open_store(settings.models)
        stack.push_async_callback(sink.aclose)
        stack.push_async_callback(source.aclose)
        remote = Remote()
        telemetry = await stack.enter_async_context(open_telemetry(settings, on_command=remote.take, clock=clock))
        speaker = SinkControl(sink, state, settings.audio.volume)
        workers = {name: opener.worker(name) for name in ("wake", "vad", "stt", "grammar", "route", "llm", "tts")}
        local, cloud, wake, vad, stt, tts = await asyncio.gather(
            opener.open("llm", workers["llm"], lambda: open_llm(settings.llm, store)),
            opener.open("cloud", workers["route"], lambda: open_cloud(settings.llm.cloud)),
            opener.open("wake", workers["wake"], lambda: open_wake(settings.wake, store) if listen else None),
            opener.open("vad", workers["vad"], lambda: open_vad(store) if listen else None),
            opener.open("stt", workers["stt"], lambda: open_stt(settings.stt, store) if listen else None),
            opener.open("tts", workers["tts"], lambda: open_tts(settings.tts, store)),
        )
        answering = ChatService(local, cloud, settings=settings.llm, clock=clock, area=settings.device.area)
        stack.push_async_callback(answering.aclose)
        router = await workers["route"].run(
            open_router, settings, cloud_ready=answering.cloud_ready, local_ready=answering.local_ready
        )
        publisher = telemetry if settings.telemetry.host else None
        home, schedule = open_home(settings, publisher, speaker, clock, state)
        recognition = None
        if vad is not None and stt is not None:
            recognition = Recognition(vad, workers["vad"], stt, workers["stt"], settings, clock)

        def remember(record: TurnRecord) -> None:
            if record.reply:
                speaker.last_reply = record.reply
            on_turn(record)

        pipeline = Pipeline(
            Parts(
                source=source,
                sink=sink,
                wake=wake,
                wake_worker=workers["wake"],
                recognition=recognition,
                router=router,
                route_worker=workers["route"],
                home=home,
                answering=answering,
                voice=Voice(tts, workers["tts"]),
                telemetry=telemetry,
                missing=opener.missing,
            ),
            settings,
            clock,
            on_frame=on_frame,
            on_turn=remember,
        )
        telemetry.state(
            phase="idle",
            muted=False,
            volume=speaker.volume,
            wake_words=list(wake.words) if wake else [],
            versions={"edge-voice": __version__},
            degraded=dict(opener.missing),
        )
        if listen and stt is not None:
            vocabulary = Vocabulary(
                settings,
                workers["grammar"],
                use_grammar=stt.use,
                use_names=router.use,
                transcribe=None if tts is None else loopback(tts, workers["tts"], stt, workers["stt"]),
                folder=state,
                rest=pipeline.idle,
                clock=clock,
            )
            pipeline.starting.append(asyncio.create_task(vocabulary.use(), name="vocabulary"))
        if listen:
            pipeline.starting.append(asyncio.create_task(answering.warm(), name="warm the llm"))
            warm_voice = pipeline.parts.voice.warm(sorted(FIXED))
            pipeline.starting.append(asyncio.create_task(warm_voice, name="warm the voice"))
            schedule_task = asyncio.create_task(schedule.run(pipeline.ring), name="schedule")
            remote_task = asyncio.create_task(remote.obey(pipeline, speaker), name="remote")
            for task in (*pipeline.starting, schedule_task, remote_task):
                stack.push_async_callback(_cancel, task)
        yield pipeline


def loopback(tts: Tts, tts_worker: Worker, stt: Stt, stt_worker: Worker) -> LoopbackRecognition:
    """The voice and the recogniser, connected without a sound."""
    return LoopbackRecognition(
        lambda text: tts_worker.run(synthesise_whole, tts, text),
        lambda speech, pace: stt_worker.run(free_text, stt, speech, pace),
    )


class Remote:
    """Commands from the broker, obeyed one after another; when ten wait the newest is dropped and said so."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[Command] = asyncio.Queue(10)

    def take(self, command: Command) -> None:
        """Put a command down; returns at once."""
        try:
            self._waiting.put_nowait(command)
        except asyncio.QueueFull:
            log.warning("command-dropped", command=type(command).__name__)

    async def obey(self, pipeline: Pipeline, speaker: SinkControl) -> None:
        """Carry commands out until cancelled."""
        while True:
            match await self._waiting.get():
                case Stop():
                    await pipeline.stop()
                case SetVolume(percent):
                    speaker.volume = percent
                case Mute(muted):
                    await pipeline.mute(muted)
                case Say(text):
                    await pipeline.announce(ReplySentence(text))
            pipeline.parts.telemetry.state(muted=pipeline.muted, volume=speaker.volume)


async def run_daemon(settings: Settings, *, source: AudioSource, sink: AudioSink, clock: Clock) -> None:
    """Listen and answer until SIGTERM or SIGINT, or until the recording that is the source ends."""
    service = Service(clock)
    heard = asyncio.Event()

    def on_frame() -> None:
        service.progress()
        if not heard.is_set():
            heard.set()

    loop = asyncio.get_running_loop()
    main = asyncio.current_task()
    assert main is not None  # noqa: S101 - this is a coroutine
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, main.cancel)
    began = time.monotonic()
    try:
        async with open_pipeline(settings, source=source, sink=sink, clock=clock, on_frame=on_frame) as pipeline:
            watching = asyncio.create_task(_watch(service, pipeline, clock, heard, began), name="watch")
            try:
                await pipeline.run()
            finally:
                service.stopping()
                await _cancel(watching)
    except asyncio.CancelledError:
        log.info("stopped")


async def _watch(service: Service, pipeline: Pipeline, clock: Clock, heard: asyncio.Event, began: float) -> None:
    """Once the first frame has passed through the wake word, tell systemd, and from then on also what is amiss."""
    parts = pipeline.parts
    await heard.wait()
    log.info("listening", after_ms=round((time.monotonic() - began) * 1000), missing=sorted(parts.missing))
    dropped = underruns = 0
    while True:
        degraded = dict(parts.missing) | ({"microphone": "microphone-missing"} if parts.source.missing else {})
        parts.telemetry.state(degraded=degraded)
        if degraded:
            retried = "; the microphone is tried again every 15 s" if parts.source.missing else ""
            service.degraded("without " + ", ".join(sorted(degraded)) + retried)
        else:
            service.ready("listening")
        parts.telemetry.count("dropped_frames", parts.source.dropped - dropped)
        dropped = parts.source.dropped
        parts.telemetry.count("underruns", parts.sink.underruns - underruns)
        underruns = parts.sink.underruns
        await clock.sleep(STATUS_S)


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})

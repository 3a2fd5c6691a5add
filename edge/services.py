"""What runs beside the turns of a speaker that listens: the grammar, timers, commands, and what the broker is for."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import get_args

from edge.audio.volume import OutputVolume
from edge.control.executor import Abilities, Executor
from edge.control.mqtt import BrokerCommands
from edge.control.timers_topic import TimersTopic
from edge.grammar import Grammar
from edge.home.opened import OpenHome
from edge.home.reports.explain import KnownHome
from edge.mqtt import Mqtt
from edge.nlu.home_names import HomeNames
from edge.nlu.learned_aliases.loopback_recognition import LoopbackRecognition
from edge.nlu.learned_aliases.vocabulary import Vocabulary
from edge.peers.directory import leave_home
from edge.peers.open import Peers
from edge.pipeline import Pipeline
from edge.route.live import LiveRouter
from edge.route.reload import Reload
from edge.runtime.background import BackgroundTasks
from edge.runtime.clock import Clock
from edge.runtime.hosted import Hosted
from edge.runtime.latest import Latest
from edge.runtime.memory import return_free_memory
from edge.runtime.temperature import temperature_c
from edge.runtime.worker import ThreadWorker, Worker
from edge.settings import Escalate, Settings
from edge.stt import Stt
from edge.stt.free_text import free_text
from edge.telemetry.discovery import Discovery
from edge.telemetry.home_assistant import Features
from edge.tts import Tts
from edge.tts.voice import synthesise_whole

MODES: tuple[Escalate, ...] = get_args(Escalate)


@dataclass(slots=True, kw_only=True)
class Services:
    """The parts that the services need. `state` is the state folder; `names` are put when those of the home change."""

    settings: Settings
    clock: Clock
    state: Path
    pipeline: Pipeline
    output: OutputVolume
    home: OpenHome
    names: Latest[HomeNames]
    background: BackgroundTasks
    mqtt: Mqtt | None
    peers: Peers | None
    read_settings: Callable[[], Settings] | None
    restart: Callable[[], None] | None

    async def start(self, stack: AsyncExitStack, closing: list[Callable[[], Awaitable[None]]]) -> Executor:
        """Start everything; `stack` and `closing` get what ends it. The executor takes further commands."""
        router, engines = self._router(), self.pipeline.engines
        fixed = sorted(engines.language.replies.all_fixed())
        self.pipeline.starting += [
            self.background.start("warm the llm", engines.chat.warm, on_crash="once"),
            self.background.start("warm the voice", lambda: engines.voice.warm(fixed), on_crash="once"),
            self.background.start(
                "warm the language", partial(asyncio.to_thread, engines.language.warm), on_crash="once"
            ),
        ]
        compile_grammar = self._compile(router, closing)
        abilities = Abilities(
            language=engines.language.code,
            wake_words=await self.pipeline.room.ears.wake_words(),
            escalations=self._escalations(),
            escalate=router.escalate,
            reload=self._reload(router, compile_grammar),
            restart=self.restart,
            home=self._known(),
        )
        self.background.start("misfits", self.home.report_misfits, on_crash="once")
        self.background.start("schedule", lambda: self.home.schedule.run(self.pipeline.ring), on_crash="restart")
        telemetry = self.pipeline.room.telemetry
        executor = Executor(
            self.pipeline, self.output, self.home.schedule, telemetry, state=self.state, abilities=abilities
        )
        stack.push_async_callback(executor.aclose)
        telemetry.state(escalate=self.settings.route.escalate if abilities.escalations else "never")
        await executor.restore()
        self.background.start("texts to say", executor.speak_texts, on_crash="restart")
        if self.mqtt is not None:
            self._connect(self.mqtt, executor, abilities, stack)
        if self.peers is not None:
            self.pipeline.arbiter = self.peers.arbitration
            self.peers.intercom.accept = executor.accept
            self.background.start("peers", self.peers.directory.run, on_crash="restart")
        elif self.mqtt is not None:
            self.background.start("leave the home", partial(leave_home, self.mqtt, self.state), on_crash="once")
        return executor

    def _connect(self, mqtt: Mqtt, executor: Executor, abilities: Abilities, stack: AsyncExitStack) -> None:
        """The commands, the timers and the device of Home Assistant on the broker."""
        timers = TimersTopic(mqtt, self.settings, self.home.schedule, self.clock)
        self.background.start("timers topic", timers.run, on_crash="restart")
        features = Features(
            wake_words=abilities.wake_words,
            escalations=abilities.escalations,
            temperature=temperature_c() is not None,
            restart=abilities.restart is not None,
        )
        discovery = Discovery(mqtt, self.settings, features, state=self.state)
        stack.push_async_callback(discovery.aclose)
        self.background.start("discovery", discovery.run, on_crash="restart")
        commands = BrokerCommands(
            mqtt,
            self.settings.device.id,
            executor.execute,
            self.pipeline.room.telemetry,
            self.clock,
            list_timers=timers.again,
        )
        stack.push_async_callback(commands.aclose)

    def _known(self) -> KnownHome:
        router = self.pipeline.engines.router
        return KnownHome(
            self.settings.home,
            self.home.watch,
            self.home.things,
            lambda text: router.call(lambda it: it.decide(text)),
        )

    def _router(self) -> LiveRouter:
        return LiveRouter(self.pipeline.engines.router, self.home.names, self.settings.route.escalate)

    def _escalations(self) -> tuple[Escalate, ...]:
        """The modes that let at most as many questions go to the cloud as the settings do; none without a cloud."""
        most = MODES.index(self.settings.route.escalate)
        return MODES[: most + 1] if self.pipeline.engines.chat.cloud_ready else ()

    def _reload(self, router: LiveRouter, compile_grammar: Callable[[], None]) -> Reload | None:
        if self.read_settings is None:
            return None
        return Reload(self.settings, self.read_settings, router, compile_grammar=compile_grammar)

    def _compile(self, router: LiveRouter, closing: list[Callable[[], Awaitable[None]]]) -> Callable[[], None]:
        """Begin to compile the speech grammar, and again for new names. Returns a function that begins again."""
        stt = self.pipeline.engines.stt
        use: Callable[[HomeNames], Awaitable[None]] = router.use
        if stt is not None:
            compiler = ThreadWorker("grammar")
            closing.append(compiler.aclose)
            use = self._vocabulary(router, stt, compiler).use
        self.background.start("names", lambda: self.names.follow(use), on_crash="restart")
        self.pipeline.starting.append(self.background.start("vocabulary", self.names.used, on_crash="once"))
        return lambda: self.names.put(self.home.names)

    def _vocabulary(self, router: LiveRouter, stt: Hosted[Stt], compiler: Worker) -> Vocabulary:
        tts = self.pipeline.engines.tts

        async def use_grammar(grammar: Grammar) -> None:
            await stt.configure(lambda it: it.use(grammar))
            await asyncio.to_thread(return_free_memory)  # compiling took 12 MB

        return Vocabulary(
            self.settings,
            self.home.names,
            compiler,
            use_grammar=use_grammar,
            use_names=router.use,
            transcribe=None if tts is None else loopback(tts, stt),
            folder=self.state,
            rest=self.pipeline.idle,
            clock=self.clock,
        )


def loopback(tts: Hosted[Tts], stt: Hosted[Stt]) -> LoopbackRecognition:
    """The voice and the recogniser, connected without a sound."""
    return LoopbackRecognition(
        lambda text: tts.call(lambda it: synthesise_whole(it, text)),
        lambda speech, pace: stt.call(lambda it: free_text(it, speech, pace)),
    )

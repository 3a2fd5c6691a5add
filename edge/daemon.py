"""The daemon: signals, and what systemd is told."""

import asyncio
import signal
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial

import structlog

from edge.assembly import open_pipeline
from edge.audio import AudioSink, AudioSource
from edge.errors import ControlError
from edge.pipeline import Pipeline
from edge.runtime.background import BackgroundTasks
from edge.runtime.clock import Clock
from edge.runtime.memory import collect_no_more
from edge.runtime.paths import control_socket
from edge.runtime.systemd import SystemdNotifier
from edge.settings import Settings

log = structlog.get_logger("daemon")

_TRIED = {1: "is tried again every 15 s", 2: "are tried again every 15 s"}

MIN_UPTIME_S = 60.0
"""A restart by command before that is refused: the unit allows 20 starts in 10 minutes."""

STATUS_S = 2.0
"""How often the status that systemd shows is brought up to date."""


async def run_daemon(
    settings: Settings,
    *,
    source: AudioSource,
    sink: AudioSink,
    clock: Clock,
    read_settings: Callable[[], Settings] | None = None,
) -> bool:
    """Listen and answer until SIGTERM or SIGINT, or until the recording that is the source ends.

    `read_settings` reads the settings again. Returns True if a command asked for a restart, which systemd begins.
    """
    loop = asyncio.get_running_loop()
    main = asyncio.current_task()
    assert main is not None  # noqa: S101 - this is a coroutine
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, main.cancel)
    _handle_hangup(loop, main)
    systemd = SystemdNotifier(clock)
    status = Status(systemd, clock)
    restart = Restart(main.cancel, clock)
    background = BackgroundTasks(clock)
    try:
        async with open_pipeline(
            settings,
            source=source,
            sink=sink,
            clock=clock,
            control=control_socket(),
            on_frame=status.on_frame,
            read_settings=read_settings,
            restart=restart if systemd.present else None,
        ) as pipeline:
            status.pipeline = pipeline
            background.start("status", status.report, on_crash="restart")
            background.start("loaded", partial(_loaded, pipeline.starting), on_crash="once")
            try:
                await pipeline.run()
            finally:
                status.stopping()
                await background.aclose()
    except asyncio.CancelledError:
        log.info("stopped")
    finally:
        systemd.close()
    return restart.asked


async def _loaded(starting: Sequence[asyncio.Task[None]]) -> None:
    if starting:
        await asyncio.wait(starting)
    collect_no_more()


def _handle_hangup(loop: asyncio.AbstractEventLoop, main: asyncio.Task[None]) -> None:
    """Handle SIGHUP: a closed terminal ends the speaker; a service ignores it and keeps its settings.

    Its default would end the process without a farewell, and systemd would take that for a clean end.
    """
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:  # nohup
        return
    in_terminal = sys.stdin is not None and sys.stdin.isatty()
    loop.add_signal_handler(signal.SIGHUP, main.cancel if in_terminal else _explain_hangup)


def _explain_hangup() -> None:
    log.warning("hangup-ignored", hint="settings are read at the start: `systemctl restart edge-voice`")


class Restart:
    """Called by the command "restart"."""

    def __init__(self, end: Callable[[], object], clock: Clock) -> None:
        """`end` begins to end the process."""
        self.asked = False
        self._end = end
        self._clock = clock
        self._began = clock.monotonic()

    def __call__(self) -> None:
        """Raises `ControlError` "restart-too-soon": systemd gives a service up that is restarted too often."""
        if self._clock.monotonic() - self._began < MIN_UPTIME_S:
            message = f"the speaker was started less than {MIN_UPTIME_S:.0f} s ago"
            raise ControlError("restart-too-soon", message, "try again in a minute")
        log.info("restart-asked")
        self.asked = True
        self._end()


class Status:
    """Feeds the watchdog with the progress of frames, and reports what is ready and what is degraded."""

    def __init__(self, systemd: SystemdNotifier, clock: Clock) -> None:
        self.pipeline: Pipeline | None = None
        self._systemd = systemd
        self._clock = clock
        self._heard = asyncio.Event()
        self._began = time.monotonic()

    def on_frame(self) -> None:
        """A frame has passed the ears. An engine that hangs for good ends the feeding: only a new process helps."""
        if self.pipeline is None or self.pipeline.engines.healthy:
            self._systemd.progress()
        self._heard.set()

    async def report(self) -> None:
        """Once the first frame has passed the ears, say that it is ready; from then on also what is degraded."""
        assert self.pipeline is not None  # noqa: S101 - set before this is started
        room, engines = self.pipeline.room, self.pipeline.engines
        await self._heard.wait()
        after_ms = round((time.monotonic() - self._began) * 1000)
        log.info("listening", after_ms=after_ms, missing=sorted(engines.degraded))
        dropped = underruns = 0
        while True:
            degraded = self.pipeline.degraded
            missing = [part for part in ("microphone", "output") if part in degraded]
            room.telemetry.state(degraded=degraded)
            if degraded:
                retried = f"; the {' and the '.join(missing)} {_TRIED[len(missing)]}" if missing else ""
                self._systemd.degraded("without " + ", ".join(sorted(degraded)) + retried)
            else:
                self._systemd.ready("listening")
            room.telemetry.count("dropped_frames", room.ears.dropped - dropped)
            dropped = room.ears.dropped
            room.telemetry.count("underruns", room.sink.underruns - underruns)
            underruns = room.sink.underruns
            await self._clock.sleep(STATUS_S)

    def stopping(self) -> None:
        """The end has begun."""
        self._systemd.stopping()

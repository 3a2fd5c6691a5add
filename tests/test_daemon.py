"""What systemd is told, and when it is told nothing any more."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from edge.audio import AudioSink, AudioSource
from edge.cli.app import app
from edge.cli.run import EX_RESTART
from edge.daemon import MIN_UPTIME_S, STATUS_S, Restart, Status
from edge.errors import ControlError
from edge.runtime.hosted import DEADLINE_S
from edge.runtime.systemd import SystemdNotifier
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.settings import Settings, TurnSettings
from tests.fakes.engines import SILENT, VOICED, WAKE
from tests.fakes.speaker import speaker
from tests.fakes.worker import HangingWorker

ROOT = Path(__file__).parents[1]
UNIT = ROOT / "systemd" / "edge-voice.service"
ONE_TURN = Settings(turn=TurnSettings(followup_ms=0))
COMMAND = [(SILENT, 960.0), (WAKE, 32.0), (SILENT, 320.0), (VOICED, 960.0), (SILENT, 3200.0)]
WATCHDOG_S = 30.0


class Systemd:
    """The receiving end of sd_notify."""

    def __init__(self, path: Path) -> None:
        self.environment = {"NOTIFY_SOCKET": str(path), "WATCHDOG_USEC": str(round(WATCHDOG_S * 1e6))}
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        self._socket.setblocking(False)
        self._notifiers: list[SystemdNotifier] = []

    def notifier(self, clock: VirtualClock) -> SystemdNotifier:
        self._notifiers.append(SystemdNotifier(clock, self.environment))
        return self._notifiers[-1]

    def told(self) -> list[str]:
        messages = []
        while True:
            try:
                messages.append(self._socket.recv(4096).decode())
            except BlockingIOError:
                return messages

    def close(self) -> None:
        self._socket.close()
        for notifier in self._notifiers:
            notifier.close()


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[Systemd]:
    receiver = Systemd(tmp_path / "notify")
    yield receiver
    receiver.close()


@instantly
async def test_frames_feed_the_watchdog_until_an_engine_hangs_for_good(systemd: Systemd) -> None:
    clock = VirtualClock()
    status = Status(systemd.notifier(clock), clock)
    worker = HangingWorker(clock)
    script = [*COMMAND, (SILENT, 1000 * (DEADLINE_S + 4 * WATCHDOG_S))]
    async with speaker(
        script, ["turn on the light"], clock=clock, settings=ONE_TURN, stt_worker=worker, on_frame=status.on_frame
    ) as speaking:
        status.pipeline = speaking.pipeline
        await clock.sleep(1.5)
        worker.hang = True
        await clock.sleep(DEADLINE_S)
        assert "WATCHDOG=1" in systemd.told()
        await clock.sleep(2)
        systemd.told()
        await clock.sleep(3 * WATCHDOG_S)
        assert systemd.told() == []  # systemd ends the process and starts a new one
    assert [turn.error for turn in speaking.turns] == ["engine-hung"]


@instantly
async def test_ready_is_said_with_the_first_frame_and_degraded_with_what_is_missing(systemd: Systemd) -> None:
    clock = VirtualClock()
    status = Status(systemd.notifier(clock), clock)
    async with speaker([(SILENT, 9600.0)], [], clock=clock, on_frame=status.on_frame, run=False) as speaking:
        status.pipeline = speaking.pipeline
        reporting = speaking.background.start("status", status.report, on_crash="restart")
        await clock.sleep(0.1)
        assert [message for message in systemd.told() if "READY" in message] == ["READY=1\nSTATUS=listening"]
        speaking.source.missing = True
        await clock.sleep(STATUS_S)
        assert "without microphone; the microphone is tried again every 15 s" in "".join(systemd.told())
        assert speaking.telemetry.degraded == {"microphone": "microphone-missing"}
        speaking.sink.missing = True
        await clock.sleep(STATUS_S)
        both = "without microphone, output; the microphone and the output are tried again every 15 s"
        assert both in "".join(systemd.told())
        assert speaking.telemetry.degraded == {"microphone": "microphone-missing", "output": "output-missing"}
        speaking.source.missing = False
        await clock.sleep(STATUS_S)
        assert speaking.telemetry.degraded == {"output": "output-missing"}
        reporting.cancel()


@instantly
async def test_frames_that_were_lost_and_gaps_in_the_sound_are_counted(systemd: Systemd) -> None:
    clock = VirtualClock()
    status = Status(systemd.notifier(clock), clock)
    async with speaker([(SILENT, 9600.0)], [], clock=clock, on_frame=status.on_frame, run=False) as speaking:
        status.pipeline = speaking.pipeline
        speaking.background.start("status", status.report, on_crash="restart")
        for lost in (3, 4):
            speaking.source.drop(lost)
            await clock.sleep(STATUS_S)
        assert speaking.telemetry.counters["dropped_frames"] == 7


RUN = """\
import os, signal, sys
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the tests may run under nohup, which the daemon respects
from edge.runtime.logs import set_up_logging
set_up_logging("info")
import asyncio
from pathlib import Path
from edge.audio.playlist import CaptureSink, PlaylistSource
from edge.daemon import run_daemon
from edge.runtime.clock import SystemClock
from edge.settings import Settings
clock = SystemClock()
settings = Settings.model_validate({"llm": {"engine": "none"}, "models": {"folder": sys.argv[1], "offline": True}})
asyncio.run(run_daemon(settings, source=PlaylistSource(clock), sink=CaptureSink(clock), clock=clock))
"""


def started(folder: Path, stdin: int) -> subprocess.Popen[str]:
    """A daemon without models, once it listens."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder)],
        stdin=stdin,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"XDG_RUNTIME_DIR": str(folder), "STATE_DIRECTORY": str(folder)},
    )
    read_until(process, "listening")
    return process


def read_until(process: subprocess.Popen[str], event: str) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if event in line:
            return line
    raise AssertionError(f"the process ended without {event}")


@pytest.mark.slow  # starts the daemon
def test_a_hangup_is_ignored_by_a_service_with_a_word_about_settings(tmp_path: Path) -> None:
    with started(tmp_path, subprocess.DEVNULL) as process:
        for _ in range(2):
            process.send_signal(signal.SIGHUP)
            assert "systemctl restart edge-voice" in read_until(process, "hangup-ignored")
        process.terminate()
        read_until(process, "stopped")
    assert process.returncode == 0


@pytest.mark.slow  # starts the daemon
def test_a_terminal_that_is_closed_ends_the_speaker_with_its_farewell(tmp_path: Path) -> None:
    leader, terminal = os.openpty()
    with started(tmp_path, terminal) as process:
        process.send_signal(signal.SIGHUP)
        read_until(process, "stopped")
    os.close(leader)
    os.close(terminal)
    assert process.returncode == 0


@instantly
async def test_a_restart_is_refused_in_the_first_minute_because_systemd_counts_starts() -> None:
    clock, ended = VirtualClock(), []
    restart = Restart(lambda: ended.append(True), clock)
    await clock.sleep(MIN_UPTIME_S - 1)
    with pytest.raises(ControlError) as caught:
        restart()
    assert (caught.value.code, restart.asked, ended) == ("restart-too-soon", False, [])
    await clock.sleep(1)
    restart()
    assert (restart.asked, ended) == (True, [True])
    limits = dict(re.findall(r"^(StartLimit\w+)=(\d+)", UNIT.read_text(encoding="utf-8"), re.MULTILINE))
    starts_in_a_window = int(limits["StartLimitIntervalSec"]) * 60 / MIN_UPTIME_S
    assert starts_in_a_window < int(limits["StartLimitBurst"])


@instantly
async def test_only_under_systemd_there_is_something_that_starts_it_again(systemd: Systemd) -> None:
    assert systemd.notifier(VirtualClock()).present
    assert not SystemdNotifier(VirtualClock(), {}).present


@pytest.mark.parametrize(("asked", "status"), [(True, EX_RESTART), (False, 0)])
def test_a_restart_is_an_exit_status_after_which_the_unit_restarts(
    asked: bool, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run_daemon(_: Settings, *, source: AudioSource, sink: AudioSink, **__: object) -> bool:
        await source.aclose()
        await sink.aclose()
        return asked

    monkeypatch.setattr("edge.daemon.run_daemon", run_daemon)
    recording = ROOT / "edge" / "tts" / "earcon_sounds" / "done.flac"
    result = CliRunner().invoke(app, ["run", "--source", str(recording), "--sink", str(tmp_path / "heard.wav")])
    assert result.exit_code == status
    unit = UNIT.read_text(encoding="utf-8")
    assert "Restart=on-failure" in unit
    assert str(EX_RESTART) not in re.findall(r"RestartPreventExitStatus=(.*)", unit)[0].split()

"""The promise of docs/privacy.md: the speaker talks to its broker and to nothing else, and writes where the page says.

The daemon runs as an owner has it, spoken to through a recording, in a network whose resolver answers every name and
whose default route records every packet, on a file system that records every change.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
import soundfile

from edge.audio.recordings import read_recording
from edge.bench.turn import RECORDINGS
from edge.events import SAMPLE_RATE_HZ, Samples
from edge.runtime.paths import models_folder
from tests.conftest import SMALL_CHAT_MODEL
from tests.system.quarantine import BROKER, HOME, PORT, Report, quarantine

pytestmark = [pytest.mark.system, pytest.mark.usefixtures("store")]

STATE = f"{HOME}/.local/state/edge-voice"
RUNTIME = "/run/edge-voice"
HEARD = f"{HOME}/heard.wav"
LIGHT = "home/kitchen/light/set"
SETTINGS = f"""
[device]
id = "kitchen"
[turn]
followup_ms = 0
[llm]
model = "{SMALL_CHAT_MODEL}"
[mqtt]
host = "{BROKER}"
port = {PORT}
[models]
folder = "{models_folder()}"
[[home.entities]]
name = "kitchen light"
area = "kitchen"
topic = "{LIGHT}"
"""


class Engine(NamedTuple):
    """An engine that is not the default, or not all of it."""

    package: str
    models: tuple[str, ...]
    settings: str


def wake(engine: str, *words: str) -> Engine:
    models = tuple(f"{engine}-{word}" for word in words)
    settings = "".join(f'[wake.words.{word}]\nmodel = "{word}"\n' for word in words)
    package = {"openwakeword": "onnxruntime", "microwakeword": "pymicro_wakeword"}[engine]
    return Engine(package, models, f'[wake]\nengine = "{engine}"\n{settings}')


ENGINES = {
    "vosk": Engine("vosk", ("vosk-ko",), '[stt]\nengine = "vosk"\nmodel = "vosk-ko"\n'),
    "whisper": Engine("faster_whisper", ("whisper-tiny",), '[stt]\nengine = "whisper"\nmodel = "whisper-tiny"\n'),
    "piper": Engine("piper", ("piper-joe",), '[tts]\nengine = "piper"\nmodel = "piper-joe"\n'),
    "microwakeword": wake("microwakeword", "alexa", "hey-jarvis", "okay-nabu"),
    "openwakeword": wake("openwakeword", "alexa", "hey-jarvis", "hey-mycroft"),
}
LATE_S = 12.0
"""ONNX Runtime would look its collector up about 9 s after the start."""


def spoken(name: str) -> Samples:
    return read_recording(RECORDINGS.parent / f"{name}.flac")


def daemon(folder: Path, settings: str, *parts: Samples | float) -> Report:
    """`edge-voice run` on a recording of these sounds and pauses (seconds), to its end."""
    (folder / "config.toml").write_text(SETTINGS + settings)
    sounds = [p if isinstance(p, np.ndarray) else np.zeros(round(p * SAMPLE_RATE_HZ), np.float32) for p in parts]
    soundfile.write(folder / "said.wav", np.concatenate(sounds), SAMPLE_RATE_HZ)
    command = [sys.executable, "-m", "edge", "--config", str(folder / "config.toml"), "--log-level", "info"]
    report = quarantine([*command, "run", "--source", str(folder / "said.wav"), "--sink", HEARD], folder)
    assert report.status == 0, report.log
    return report


def published(report: Report, topic: str) -> list[dict[str, Any]]:
    return [json.loads(payload) for where, payload in report.messages if where == f"edge-voice/kitchen/{topic}"]


def assert_nothing_left(report: Report) -> None:
    assert report.leaks == []
    assert report.queries == []
    assert report.stray_files(STATE, RUNTIME, str(models_folder()), HEARD) == []
    assert report.listening == []
    assert report.packets, "the broker was not reached, so nothing was recorded"


def test_every_stage_speaks_to_the_broker_only(tmp_path: Path) -> None:
    sentence, timer = "Alexa! Set a timer for six seconds.", tmp_path / "timer.wav"
    subprocess.run([sys.executable, "-m", "edge", "say", sentence, "-o", timer], check=True)
    report = daemon(
        tmp_path,
        "",
        *(2.0, spoken("01-time"), 5.0, spoken("06-light-on")),
        *(5.0, read_recording(timer), 10.0, spoken("wake-1")),  # it rings, and the wake word stops it
        *(8.0, spoken("08-story"), 15.0),
    )
    turns = published(report, "turn")
    assert [(turn["intent"], turn["answerer"]) for turn in turns if turn["outcome"] == "answered"] == [
        ("HassGetCurrentTime", "home"),
        ("HassTurnOn", "home"),
        ("HassStartTimer", "home"),
        (None, "llm"),
    ], report.log
    assert (LIGHT, "ON") in report.messages
    assert "timer" in [event["event"] for event in published(report, "event")]
    assert_nothing_left(report)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_optional_engines_do_no_more(engine: str, tmp_path: Path, optional_model: Callable[[str], Path]) -> None:
    package, models, settings = ENGINES[engine]
    pytest.importorskip(package, reason=f"the extra {engine!r} is not installed")
    for name in models:
        optional_model(name)
    report = daemon(tmp_path, settings, 2.0, spoken("01-time"), LATE_S)
    assert published(report, "state")[-1]["degraded"] == {}, report.log
    assert published(report, "turn"), report.log
    assert_nothing_left(report)


SENDS = f"""
import os, pathlib, socket
socket.getaddrinfo("collector.example", 443)
for family, address in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"),
                        (socket.AF_INET, "10.77.32.99"), (socket.AF_INET, "224.0.0.251")):
    socket.socket(family, socket.SOCK_DGRAM).sendto(b"x", (address, 9))
waiting = socket.create_server(("", 8080))
for path in ("/tmp/report", "/var/tmp/report", "/dev/shm/report", "/run/report", "{STATE}-of-another/report"):
    pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(path).write_text("x")
import time
time.sleep(2)
"""


def test_the_quarantine_records_packets_files_and_listeners(tmp_path: Path) -> None:
    report = quarantine([sys.executable, "-c", SENDS], tmp_path)
    assert report.status == 0, report.log
    assert "collector.example" in report.queries
    reached = {packet.to for packet in report.leaks}
    assert reached >= {"10.77.32.53", "192.0.2.1", "2001:db8::1", "10.77.32.99", "224.0.0.251"}
    stray = {"/tmp/report", "/var/tmp/report", "/dev/shm/report", "/run/report", f"{STATE}-of-another/report"}
    assert stray <= set(report.stray_files(STATE))
    assert report.listening == ["tcp 00000000:1F90"]
    assert not any(Path(path).exists() for path in stray), "only the copy was written to"


def test_onnx_runtime_without_the_switch_is_caught(tmp_path: Path) -> None:
    collects = "import os, time; os.environ.pop('ORT_DISABLE_TELEMETRY', None); import onnxruntime; time.sleep(60)"
    report = quarantine([sys.executable, "-c", collects], tmp_path, until_packet=True)
    assert any(query.endswith("events.data.microsoft.com") for query in report.queries), report
    assert any(path.endswith("/deviceid") for path in report.stray_files(STATE)), report

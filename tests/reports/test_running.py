"""What was reported about starting, running and ending other speakers and assistants."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from edge.store import ModelStore
from tests.fakes.command_line import edge_voice
from tests.reports.elsewhere import ROOT, missing

RECORDING = ROOT / "edge/bench/recordings/01-time.flac"

TESTED_ELSEWHERE = {
    "microsoft/onnxruntime#27379, #29843, #3898; zilliztech/memsearch#747: usage data leaves the machine": [
        "tests/test_privacy.py::test_onnx_runtime_leaves_no_device_id",
        "tests/system/test_nothing_leaves.py::test_every_stage_speaks_to_the_broker_only",
        "tests/system/test_nothing_leaves.py::test_onnx_runtime_without_the_switch_is_caught",
    ],
    "rhasspy/wyoming-satellite#196, #53, #102: without a sound device it crashes again and again": [
        "tests/system/test_service.py::test_a_board_without_a_microphone_is_up_and_says_what_is_missing",
        "tests/test_daemon.py::test_ready_is_said_with_the_first_frame_and_degraded_with_what_is_missing",
    ],
    "PixlOne/logiops#84, sddm/sddm#987: SIGHUP ends the service": [
        "tests/test_daemon.py::test_a_hangup_is_ignored_by_a_service_with_a_word_about_settings",
        "tests/test_daemon.py::test_a_terminal_that_is_closed_ends_the_speaker_with_its_farewell",
    ],
    "rhasspy/wyoming-satellite#299, OHF-Voice/linux-voice-assistant#147: timers are lost by a restart": [
        "tests/home/test_restarts.py::test_a_restart_changes_nothing_even_when_the_wall_clock_was_set",
        "tests/home/test_restarts.py::test_after_a_reboot_the_wall_clock_tells_how_long_it_was_off",
        "tests/home/test_restarts.py::test_a_timer_that_ran_out_while_off_is_said_once",
    ],
    "a switched-off microphone is on again after a restart": [
        "tests/control/test_executor.py::test_the_mute_outlives_a_restart",
        "tests/control/test_whole_speaker.py::test_a_mute_from_the_broker_outlives_a_restart_and_is_reported_again",
    ],
    "a microphone that is off still hears": [
        "tests/test_pipeline.py::test_a_muted_speaker_hears_nothing_and_hears_again",
        "tests/test_pipeline.py::test_a_button_begins_a_turn_that_hears_nothing_from_before",
    ],
    "models that are cut short or changed by a byte": [
        "tests/store/test_record.py::test_a_changed_byte_anywhere_is_found",
        "tests/store/test_pull.py::test_a_damaged_file_is_named_with_the_command_that_repairs_it",
        "tests/store/test_pull.py::test_a_removed_file_is_missing_and_comes_back_alone",
        "tests/store/test_pull.py::test_a_local_folder_that_is_gone_is_said_so",
    ],
    "a full or read-only disk and broken files in the state folder": [
        "tests/home/test_restarts.py::test_what_a_full_or_read_only_disk_does_not_take_is_said",
        "tests/home/test_restarts.py::test_a_corrupt_file_is_put_aside_with_one_warning",
        "tests/audio/test_volume.py::test_a_folder_that_cannot_be_written_costs_only_the_memory",
        "tests/control/test_executor.py::test_a_damaged_mute_file_is_as_good_as_none",
    ],
}


def test_the_reports_that_are_tested_elsewhere_are() -> None:
    assert missing(test for tests in TESTED_ELSEWHERE.values() for test in tests) == []


@pytest.mark.slow  # starts the command line with its engines
@pytest.mark.parametrize(
    "arguments",
    [
        ["transcribe", RECORDING],
        ["ask", "what time is it"],
        ["ask", "tell me a joke"],
        ["say", "Dinner is ready.", "-o", "said.wav"],
        ["check"],
        ["doctor", "--json"],
        ["models", "verify", "silero-vad"],
        ["demo", "--quick", "--replies", "replies"],
    ],
    ids=lambda arguments: " ".join(map(str, arguments))[:30],
)
def test_no_command_leaves_an_id_or_a_database_of_usage_in_the_home(
    arguments: Sequence[str | Path], store: ModelStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reported in microsoft/onnxruntime#27379: a device id and a database of events in the user's cache."""
    home = tmp_path / "home"
    for folder in (home, tmp_path / "work"):
        folder.mkdir()
    monkeypatch.chdir(tmp_path / "work")
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    ran = edge_voice(
        *arguments,
        PYTHONPATH=str(ROOT),
        HOME=str(home),
        EDGE_VOICE__MODELS__FOLDER=str(store.folder),
        ORT_DISABLE_TELEMETRY="0",
        DO_NOT_TRACK="",
    )
    assert ran.returncode in {0, 1}, ran.stderr
    assert "Traceback" not in ran.stderr
    made = {path.relative_to(home).parts[:3] for path in home.rglob("*") if path.is_file()}
    assert made <= {(".local", "state", "edge-voice"), (".cache", "edge-voice", "models")}


IN_A_LIBRARY = """
import queue, socket, sys, threading
from pathlib import Path
from edge.cli import app
import numpy, soxr

def resample():
    soxr.resample(numpy.zeros(200_000, numpy.float32), 16_000, 48_000)

def open_model():
    from edge.runtime.onnx.session import open_session
    open_session(Path(sys.argv[2]), "a model", stage="vad")

def listen():
    socket.create_server(("127.0.0.1", 0)).close()

rounds = queue.SimpleQueue()

def work(call):
    while True:
        call()
        rounds.put(None)

def command():
    call = globals()[sys.argv[1]]
    threading.Thread(target=work, args=[call], daemon=True).start()
    for _ in range(int(sys.argv[3])):
        rounds.get()
    print("done")
    if sys.argv[4] == "bug":
        raise ZeroDivisionError("a bug")
    raise SystemExit(3)

app.app = command
app.main()
"""


@pytest.mark.slow  # starts a process
@pytest.mark.parametrize("rounds", [1, 2, 5])
@pytest.mark.parametrize("end", ["exit", "bug"])
@pytest.mark.parametrize("call", ["resample", "open_model", "listen"])
def test_a_thread_inside_a_library_at_the_exit_is_no_abort(store: ModelStore, call: str, end: str, rounds: int) -> None:
    """Reported in home-assistant/core#3572, DariuszNewecki/CORE#519: it does not end, or not well, while it starts.

    Without a remedy, a thread that comes back from C++ during the interpreter's shutdown ends the process with status
    134, "terminate called without an active exception".
    """
    (model,) = store.locate("silero-vad").rglob("*.onnx")
    command = [sys.executable, "-c", IN_A_LIBRARY, call, str(model), str(rounds), end]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert "terminate called" not in ran.stderr
    assert (ran.returncode, ran.stdout) == (1 if end == "bug" else 3, "done\n")
    assert ("ZeroDivisionError" in ran.stderr) is (end == "bug")


@pytest.mark.slow  # starts the daemon
@pytest.mark.parametrize("lines", range(1, 9))
def test_an_end_is_well_at_any_moment_of_the_start(store: ModelStore, tmp_path: Path, lines: int) -> None:
    """Reported in home-assistant/core#3572, DariuszNewecki/CORE#519. The moments are those at which it logs a line."""
    environment = os.environ | {
        "XDG_RUNTIME_DIR": str(tmp_path),
        "STATE_DIRECTORY": str(tmp_path),
        "EDGE_VOICE__MODELS__FOLDER": str(store.folder),
    }
    command = [sys.executable, "-m", "edge", "--log-level", "info", "run"]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        for _ in range(lines):
            assert process.stderr.readline()
        process.terminate()
        _, said = process.communicate(timeout=30)
    assert "terminate called" not in said
    assert "Traceback" not in said
    assert process.returncode == 0


@pytest.mark.slow  # starts the command line with its engines
@pytest.mark.parametrize(
    "environment",
    [
        {"HOME": "/nonexistent"},
        {"HOME": "/dev/null"},
        {"TZ": "Mars/Olympus"},
        {"TZ": "UTC+25"},
        {"LANG": "xx_XX.UTF-8", "LC_ALL": "xx_XX.UTF-8"},
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
        {"XDG_RUNTIME_DIR": "/nonexistent"},
        {"XDG_STATE_HOME": "/dev/null", "XDG_CACHE_HOME": "/dev/null"},
        {"STATE_DIRECTORY": "/proc/nothing"},
    ],
    ids=str,
)
def test_a_question_is_answered_in_an_odd_environment(environment: dict[str, str], store: ModelStore) -> None:
    """The clock, the folders and the language of the process are what they are; the answer comes all the same."""
    named = {"EDGE_VOICE__MODELS__FOLDER": str(store.folder)} | environment
    ran = edge_voice("ask", "set a timer for ten minutes", **named)
    assert "Traceback" not in ran.stderr
    assert ran.stdout.strip()
    assert "timer" in ran.stdout.lower()

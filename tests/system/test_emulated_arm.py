"""One turn on ARM, as far as an emulator goes: its wheels, its Python, its C library and its arithmetic."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from edge.audio.recordings import read_recording
from edge.bench.common import read_manifest
from edge.bench.stt import RECORDINGS
from edge.bench.wer import count_words
from edge.settings import Settings
from edge.store import ModelStore
from edge.stt import Stt, open_stt
from tests.docs.blocks import ROOT
from tests.system.emulated import EmulatedBoard, programs_of_arm
from tests.system.guest import sh

pytestmark = [pytest.mark.system, pytest.mark.nightly, pytest.mark.timeout(3600)]

PIP = ("venv/bin/python", "-m", "pip", "install", "-q", "--no-deps")
EDGE_VOICE = "venv/bin/edge-voice"
COMPARED = 4
"""Recordings that are recognised on both: each takes some ten seconds there."""


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, store: ModelStore) -> Iterator[EmulatedBoard]:
    """A board on which the project's wheel and its pinned packages are installed."""
    folder = tmp_path_factory.mktemp("emulated")
    with programs_of_arm():
        board = EmulatedBoard(folder, store.folder)
        sh(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", board.root / "root/dist", cwd=ROOT)
        (board.root / "root/default.txt").write_bytes((ROOT / "requirements/default.txt").read_bytes())
        board.run("python3", "-m", "venv", "venv")
        board.run(*PIP, "--no-compile", "--require-hashes", "-r", "default.txt", online=True)
        board.run("sh", "-c", f"{' '.join(PIP)} --no-index dist/*.whl")
        yield board
        sh("rm", "-rf", board.root)


@pytest.fixture(scope="module")
def stt(store: ModelStore) -> Stt:
    return open_stt(Settings().stt, store)


def text(stt: Stt, recording: Path) -> str:
    """What this machine hears."""
    stream = stt.stream()
    stream.feed(read_recording(recording))
    return stream.finish().text


def test_a_turn_is_heard_and_answered_aloud(
    board: EmulatedBoard, stt: Stt, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()
    said = board.run(EDGE_VOICE, "demo", "--quick", "--json", "--replies", "replies")
    (turn,) = json.loads(said.stdout)["turns"]
    assert (turn["outcome"], turn["transcript"]) == ("answered", "What time is it?")
    (reply,) = (board.root / "root/replies").glob("*.wav")
    here = tmp_path / "here.wav"
    sh(sys.executable, "-m", "edge", "say", "--standalone", turn["reply"], "--output", here, cwd=ROOT)
    assert text(stt, reply) == text(stt, here) != ""
    with capsys.disabled():
        print(f"\nemulated turn: {time.monotonic() - began:.0f} s", turn["stages_ms"])  # noqa: T201 - the figures


def test_it_hears_the_same_words_as_this_machine(board: EmulatedBoard, stt: Stt) -> None:
    recordings = [row.audio for row in read_manifest(RECORDINGS) if row.fields.get("text")][:COMPARED]
    for recording in recordings:
        (board.root / "root" / recording.name).write_bytes(recording.read_bytes())
    heard = board.run(EDGE_VOICE, "transcribe", "--json", *(it.name for it in recordings))
    texts = [json.loads(line)["text"] for line in heard.stdout.splitlines()]
    # Its arithmetic rounds otherwise: "40%" there may be "40 percent" here.
    wrong = [count_words(text(stt, it), there).wrong for it, there in zip(recordings, texts, strict=True)]
    assert wrong == [0] * COMPARED, texts


def test_the_chat_model_s_runtime_is_loaded(board: EmulatedBoard) -> None:
    assert board.run("venv/bin/python", "-c", "import xllamacpp").returncode == 0

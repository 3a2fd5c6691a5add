import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from typer.testing import CliRunner

from edge.audio.devices import Format
from edge.audio.microphone import Framer
from edge.cli.app import app
from edge.cli.transcribe import transcribe_files
from edge.events import SAMPLE_RATE_HZ
from edge.store import ModelStore
from edge.stt import Stt
from tests.stt.conftest import Say

LIGHT = "Turn on the kitchen light."


@pytest.fixture(scope="module")
def recordings(say: Say, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recordings")
    soundfile.write(folder / "light.wav", say("turn on the kitchen light"), SAMPLE_RATE_HZ)
    soundfile.write(folder / "silence.flac", np.zeros(48_000), 48_000)
    (folder / "notes.txt").write_text("not a recording")
    return folder


def run(store: ModelStore, *arguments: str) -> tuple[int, str, str]:
    assert store.names()
    result = CliRunner().invoke(app, ["transcribe", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_the_text_of_one_recording_is_all_that_is_printed(store: ModelStore, recordings: Path) -> None:
    assert run(store, str(recordings / "light.wav")) == (0, f"{LIGHT}\n", "")


def test_several_files_are_named_and_a_bad_one_stops_nothing(store: ModelStore, recordings: Path) -> None:
    names = [str(recordings / name) for name in ("none.wav", "notes.txt", "light.wav", "silence.flac")]
    status, out, err = run(store, *names)
    assert status == 1
    assert out.splitlines() == [f"{names[2]}: {LIGHT}", f"{names[3]}: "]
    first, second = err.splitlines()
    assert names[0] in first
    assert "recording-missing" in first
    assert names[1] in second
    assert "recording-not-audio" in second


def test_json_is_one_document_a_file_also_for_the_bad_ones(store: ModelStore, recordings: Path) -> None:
    names = [str(recordings / name) for name in ("light.wav", "notes.txt")]
    status, out, _ = run(store, "--json", *names)
    assert status == 1
    good, bad = [json.loads(line) for line in out.splitlines()]
    assert good["file"] == names[0]
    assert good["text"] == LIGHT
    assert 0.7 < good["confidence"] <= 1
    assert good["audio_ms"] > 500
    assert bad["file"] == names[1]
    assert bad["error"]["code"] == "recording-not-audio"
    assert "text" not in bad


def test_no_file_is_wrong_usage(store: ModelStore) -> None:
    assert run(store)[0] == 2


def test_an_unknown_engine_is_wrong_usage(store: ModelStore, recordings: Path) -> None:
    assert run(store, "--engine", "crystal-ball", str(recordings / "light.wav"))[0] == 2


def test_recordings_are_heard_one_by_one(moonshine: Stt, recordings: Path) -> None:
    results = transcribe_files(moonshine, iter([recordings / "light.wav", recordings / "none.wav"]))
    first = next(results)
    assert first.transcript is not None
    assert first.transcript.text == LIGHT
    assert next(results).error is not None


@pytest.mark.parametrize("signs", [(1, -1), (-1, 1), (1, 0), (0, 1), (0, 0, 1, 0), (1, 1)])
def test_a_voice_in_any_channel_and_phase_has_its_text_live_and_recorded(
    signs: tuple[int, ...], moonshine: Stt, recordings: Path, tmp_path: Path
) -> None:
    voice, _ = soundfile.read(recordings / "light.wav", dtype="int16")
    channels = np.stack([np.int16(sign) * voice for sign in signs], axis=1)
    path = tmp_path / "channels.wav"
    soundfile.write(path, channels, SAMPLE_RATE_HZ)
    (recorded,) = transcribe_files(moonshine, [path])
    framer, live = Framer(), moonshine.stream()
    for block in np.array_split(channels, range(512, len(channels), 512)):
        for frame in framer.cut(Format(SAMPLE_RATE_HZ, len(signs)), block.tobytes()):
            live.feed(frame)
    assert recorded.transcript is not None
    assert (recorded.transcript.text, live.finish().text) == (LIGHT, LIGHT)

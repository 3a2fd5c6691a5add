"""Where recordings for calibration come from."""

import shutil
from pathlib import Path

import pytest

from edge.bench.stt import RECORDINGS
from edge.errors import EdgeError, UsageError
from edge.quantize.recordings import read_recordings


def test_those_of_the_project_say_something() -> None:
    found = read_recordings(None)
    assert len(found) > 10
    assert all(it.text for it in found)


def test_a_folder_has_recordings_without_texts(tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    shutil.copy(RECORDINGS.parent / "wake-1.flac", tmp_path / "deeper" / "one.FLAC")
    (tmp_path / "notes.txt").write_text("no recording")
    (one,) = read_recordings(tmp_path)
    assert one.text is None
    assert len(one.samples) > 1000


def test_a_folder_without_recordings_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        read_recordings(tmp_path)
    assert caught.value.code == "no-recordings"


def test_what_is_no_recording_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "bad.wav").write_bytes(b"RIFF")
    with pytest.raises(EdgeError):
        read_recordings(tmp_path)

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from edge.audio.recordings import read_recording, write_wav
from edge.audio.wav_writer import WavWriter
from edge.errors import AudioError
from edge.events import Speech


def speech(seconds: float, rate_hz: int = 16_000) -> Speech:
    return Speech(np.full(round(seconds * rate_hz), 0.25, np.float32), rate_hz)


def test_what_is_written_is_read_back_exactly(tmp_path: Path) -> None:
    values = np.arange(-32768, 32768, 5, dtype=np.float32) / np.float32(32768)
    write_wav(tmp_path / "a.wav", [Speech(values[:100], 16_000), Speech(values[100:], 16_000)])
    np.testing.assert_array_equal(read_recording(tmp_path / "a.wav"), values)
    assert soundfile.info(tmp_path / "a.wav").subtype == "PCM_16"


def test_too_loud_samples_are_clipped_not_wrapped(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", [Speech(np.array([2, -2, 1], np.float32), 16_000)])
    assert read_recording(tmp_path / "a.wav") == pytest.approx([1, -1, 1], abs=1e-4)


def test_pieces_at_other_rates_are_brought_to_the_first_ones(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", [speech(1, 22_050), speech(1, 16_000), speech(1, 48_000)])
    info = soundfile.info(tmp_path / "a.wav")
    assert info.samplerate == 22_050
    assert info.duration == pytest.approx(3, abs=0.001)


def test_nothing_is_half_written_when_the_voice_fails(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_text("the old one")

    def pieces() -> Iterator[Speech]:
        yield speech(1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_wav(tmp_path / "a.wav", pieces())
    assert [path.read_text() for path in tmp_path.iterdir()] == ["the old one"]


def test_no_speech_at_all_writes_no_file(tmp_path: Path) -> None:
    with pytest.raises(AudioError) as caught:
        write_wav(tmp_path / "a.wav", [])
    assert caught.value.code == "speech-empty"
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(AudioError) as caught:
        write_wav(tmp_path / "none" / "a.wav", [speech(1)])
    assert caught.value.code == "folder-missing"
    assert str(tmp_path / "none") in caught.value.message


@pytest.mark.parametrize("target", ["/dev/null", "/"])
def test_a_device_or_folder_is_not_replaced_by_a_file(target: str) -> None:
    with pytest.raises(AudioError) as caught:
        write_wav(Path(target), [speech(1)])
    assert caught.value.code == "file-not-written"
    assert not Path(target).is_file()


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.wav").symlink_to(tmp_path / "real.wav")
    write_wav(tmp_path / "link.wav", [speech(1)])
    assert (tmp_path / "link.wav").is_symlink()
    assert len(read_recording(tmp_path / "real.wav")) == 16_000


def test_a_full_disk_is_one_clear_error_and_leaves_nothing(tmp_path: Path) -> None:
    script = """
import sys, pathlib, numpy, edge.audio.recordings as r, edge.errors as e, edge.events as v
try:
    r.write_wav(pathlib.Path(sys.argv[1]), [v.Speech(numpy.zeros(16000, numpy.float32), 16000)] * 20)
except e.AudioError as error:
    print(error.code)
"""
    result = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "a.wav"],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "disk-full"
    assert not list(tmp_path.iterdir())


def test_a_file_can_be_cut_and_filled_with_silence(tmp_path: Path) -> None:
    with WavWriter(tmp_path / "a.wav", 16_000) as writer:
        writer.append(np.full(1000, 0.5, np.float32))
        writer.resize(600)
        writer.resize(800)
        writer.append(np.full(200, -0.5, np.float32))
        assert writer.length == 1000
        assert not (tmp_path / "a.wav").exists()
    samples = read_recording(tmp_path / "a.wav")
    np.testing.assert_array_equal(samples, np.repeat([0.5, 0, -0.5], [600, 200, 200]))

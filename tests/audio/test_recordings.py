import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import example, given
from hypothesis import strategies as st

from edge.audio.devices import Format
from edge.audio.microphone import Framer
from edge.audio.recordings import read_recording, stream_recording
from edge.errors import AudioError
from edge.events import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples


def tone(rate_hz: int, seconds: float = 0.5, frequency_hz: float = 440.0) -> Samples:
    time = np.arange(round(rate_hz * seconds)) / rate_hz
    return np.asarray(np.sin(time * (2 * np.pi * frequency_hz)) * 0.5, np.float32)


def code_of(path: Path) -> str:
    with pytest.raises(AudioError) as caught:
        read_recording(path)
    assert caught.value.hint
    assert path.name in caught.value.message
    return caught.value.code


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000])
@pytest.mark.parametrize(
    ("container", "subtype"),
    [("wav", s) for s in ("PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE")]
    + [("flac", s) for s in ("PCM_S8", "PCM_16", "PCM_24")],
)
def test_every_common_format_and_rate_becomes_the_same_sound(
    tmp_path: Path, container: str, subtype: str, rate_hz: int
) -> None:
    path = tmp_path / f"tone.{container}"
    soundfile.write(path, tone(rate_hz), rate_hz, subtype=subtype)
    samples = read_recording(path)
    assert samples.dtype == np.float32
    assert samples.ndim == 1
    assert len(samples) == pytest.approx(SAMPLE_RATE_HZ / 2, abs=1)
    assert samples[800:7000] == pytest.approx(tone(SAMPLE_RATE_HZ)[800:7000], abs=0.01)


def test_stereo_is_averaged(tmp_path: Path) -> None:
    path = tmp_path / "two.wav"
    soundfile.write(
        path, np.stack([tone(SAMPLE_RATE_HZ), tone(SAMPLE_RATE_HZ) / 2], axis=1), SAMPLE_RATE_HZ, subtype="FLOAT"
    )
    assert read_recording(path) == pytest.approx(tone(SAMPLE_RATE_HZ) * 0.75, abs=1e-6)


@pytest.mark.parametrize("channels", [1, 2, 3, 6])
def test_a_recording_of_a_microphone_array_sounds_as_the_live_microphone_hears_it(
    tmp_path: Path, channels: int
) -> None:
    path = tmp_path / "array.wav"
    frames = np.random.default_rng(channels).integers(-30_000, 30_000, (4 * FRAME_SAMPLES, channels), dtype=np.int16)
    soundfile.write(path, frames, SAMPLE_RATE_HZ)
    live = np.concatenate(Framer().cut(Format(SAMPLE_RATE_HZ, channels), frames.tobytes()))
    np.testing.assert_array_equal(read_recording(path), live)
    if channels > 2:
        np.testing.assert_array_equal(live, frames[:, 0] / np.float32(32768))


def test_float_samples_beyond_full_scale_are_clipped(tmp_path: Path) -> None:
    path = tmp_path / "loud.wav"
    soundfile.write(path, np.full((48_000, 2), 3e38, np.float32), 48_000, subtype="FLOAT")
    samples = read_recording(path)
    assert samples.max() == 1.0


def test_16_bit_samples_at_16_khz_are_read_exactly(tmp_path: Path) -> None:
    path = tmp_path / "exact.wav"
    values = np.arange(-32768, 32767, 7, dtype=np.int16)
    soundfile.write(path, values, SAMPLE_RATE_HZ)
    np.testing.assert_array_equal(read_recording(path), values.astype(np.float32) / 32768)


def test_a_long_recording_comes_in_small_blocks(tmp_path: Path) -> None:
    path = tmp_path / "silence.flac"
    soundfile.write(path, np.zeros(600 * 8_000, np.int16), 8_000)
    lengths = [len(block) for block in stream_recording(path)]
    assert sum(lengths) == 600 * SAMPLE_RATE_HZ
    assert max(lengths) <= SAMPLE_RATE_HZ // 2


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert code_of(tmp_path / "nowhere.wav") == "recording-missing"


def test_a_folder_is_not_audio(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "recording-not-audio"


@pytest.mark.parametrize("name", ["empty.wav", "empty.raw"])
def test_an_empty_file_is_empty(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.touch()
    assert code_of(path) == "recording-empty"


@pytest.mark.parametrize("container", ["wav", "flac"])
def test_a_file_without_samples_is_empty(tmp_path: Path, container: str) -> None:
    path = tmp_path / f"none.{container}"
    soundfile.write(path, np.zeros(0, np.float32), 16_000)
    assert code_of(path) == "recording-empty"


@pytest.mark.parametrize("name", ["letter.txt", "letter.wav", "letter.raw"])
def test_a_text_is_not_audio(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("Dear Sir or Madam,\n" * 50)
    assert code_of(path) == "recording-not-audio"


@pytest.mark.parametrize("rate_hz", [1, 2_000_000])
def test_a_rate_that_no_sound_has_is_refused(tmp_path: Path, rate_hz: int) -> None:
    path = tmp_path / "odd.wav"
    soundfile.write(path, np.zeros(1000, np.int16), rate_hz)
    assert code_of(path) == "recording-not-audio"


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_samples_that_are_no_numbers_are_refused(tmp_path: Path, value: float) -> None:
    path = tmp_path / "nan.wav"
    samples = tone(48_000)
    samples[20_000] = value
    soundfile.write(path, samples, 48_000, subtype="FLOAT")
    assert code_of(path) == "recording-nan"


class Whole(dict[str, bytes]):
    """Good files, with a short repr for hypothesis."""

    def __repr__(self) -> str:
        return f"Whole({', '.join(self)})"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    folder = tmp_path_factory.mktemp("whole")
    for name, subtype in (("a.wav", "PCM_16"), ("b.wav", "FLOAT"), ("c.flac", "PCM_16")):
        soundfile.write(folder / name, tone(16_000), 16_000, subtype=subtype)
    return Whole((path.name, path.read_bytes()) for path in folder.iterdir())


NAMES = st.sampled_from(["a.wav", "b.wav", "c.flac"])


@given(name=NAMES, place=st.floats(0, 1, exclude_max=True))
@example(name="c.flac", place=0.015)
@example(name="c.flac", place=0.9999)
@example(name="b.wav", place=0.9999)
def test_a_file_cut_anywhere_is_never_a_shorter_recording(
    whole: Whole, tmp_path_factory: pytest.TempPathFactory, name: str, place: float
) -> None:
    cut = max(1, int(len(whole[name]) * place))
    path = tmp_path_factory.getbasetemp() / f"cut-{name}"
    path.write_bytes(whole[name][:cut])
    assert code_of(path) in {"recording-truncated", "recording-not-audio" if cut < 12 else "recording-truncated"}


@given(name=NAMES, flips=st.dictionaries(st.integers(0, 99), st.integers(0, 255), min_size=1, max_size=4))
def test_flipped_bytes_give_sound_or_one_clear_error(
    whole: Whole, tmp_path_factory: pytest.TempPathFactory, name: str, flips: dict[int, int]
) -> None:
    content = bytearray(whole[name])
    for place, value in flips.items():
        content[place] = value
    path = tmp_path_factory.getbasetemp() / f"flipped-{name}"
    path.write_bytes(content)
    try:
        samples = read_recording(path)
    except AudioError as error:
        assert error.code.startswith("recording-")  # noqa: PT017 - both ends are right, this checks one of them
    else:
        assert np.abs(samples).max() <= 1


@pytest.mark.parametrize("size", [0, 0x7FFFF000, 0xFFFFFFFF])
def test_a_wav_written_into_a_pipe_does_not_know_its_size(whole: Whole, tmp_path: Path, size: int) -> None:
    content = bytearray(whole["a.wav"])
    assert content[36:40] == b"data"
    struct.pack_into("<I", content, 4, 0xFFFFFFFF)
    struct.pack_into("<I", content, 40, size)
    path = tmp_path / "piped.wav"
    path.write_bytes(content)
    assert len(read_recording(path)) == SAMPLE_RATE_HZ // 2


def test_what_follows_the_sound_is_not_sound(whole: Whole, tmp_path: Path) -> None:
    path = tmp_path / "tagged.wav"
    path.write_bytes(whole["a.wav"] + b"LIST" + struct.pack("<I", 4) + b"INFO")
    assert len(read_recording(path)) == SAMPLE_RATE_HZ // 2


@pytest.mark.parametrize("start", [b"RIFF\xff\xff\xff\xffWAVE", b"fLaC"])
def test_a_header_without_end_is_not_walked_for_ever(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "endless.wav"
    path.write_bytes(start + bytes(2_000_000))
    assert code_of(path) == "recording-not-audio"

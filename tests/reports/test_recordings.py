"""What was reported about recordings that other recognisers read, and about what they heard in them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from edge.audio.recordings import read_recording
from edge.cli.transcribe import transcribe_files
from edge.errors import AudioError
from edge.events import SAMPLE_RATE_HZ, Samples
from edge.settings import SttSettings
from edge.store import ModelStore
from edge.stt import Stt, open_stt
from tests.reports.elsewhere import ROOT, missing

TIME = ROOT / "edge/bench/recordings/01-time.flac"

TESTED_ELSEWHERE = {
    "hamiltron/py-simple-audio#48, GreyhavenHQ/reflector#87, mozilla/DeepSpeech#1428: sample formats and rates": [
        "tests/audio/test_recordings.py::test_every_common_format_and_rate_becomes_the_same_sound",
        "tests/audio/test_recordings.py::test_float_samples_beyond_full_scale_are_clipped",
    ],
    "naudio/NAudio#688, pollinations/pollinations#11457, kyutai-labs/pocket-tts#229: a WAV of unknown size": [
        "tests/audio/test_recordings.py::test_a_wav_written_into_a_pipe_does_not_know_its_size",
    ],
    "broken files": [
        "tests/audio/test_recordings.py::test_a_file_cut_anywhere_is_never_a_shorter_recording",
        "tests/audio/test_recordings.py::test_flipped_bytes_give_sound_or_one_clear_error",
        "tests/audio/test_recordings.py::test_a_file_without_samples_is_empty",
        "tests/audio/test_recordings.py::test_a_text_is_not_audio",
        "tests/audio/test_recordings.py::test_a_folder_is_not_audio",
        "tests/audio/test_recordings.py::test_a_rate_that_no_sound_has_is_refused",
        "tests/audio/test_recordings.py::test_samples_that_are_no_numbers_are_refused",
    ],
    "m-bain/whisperX#750, moona3k/macparakeet#953: stereo in opposite phase is silence": [
        "tests/audio/test_channels.py::test_the_voice_is_heard_live_and_from_a_recording_alike",
        "tests/audio/test_channels.py::test_opposite_phase_is_heard_at_every_rate",
        "tests/stt/test_transcribe.py::test_a_voice_in_any_channel_and_phase_has_its_text_live_and_recorded",
    ],
    "respeaker/respeaker_python_library#41, respeaker/seeed-voicecard#124: one dead channel": [
        "tests/audio/test_channels.py::test_a_click_when_the_device_is_opened_does_not_choose_a_dead_channel",
        "tests/audio/test_channels.py::test_the_processed_channel_of_an_array_is_used_from_its_first_sound_on_and_stays",
    ],
}

SECONDS = 6

Sound = NDArray[np.float64]


@pytest.fixture(scope="module")
def moonshine(store: ModelStore) -> Stt:
    return open_stt(SttSettings(), store, "en")


@pytest.fixture(scope="module")
def voice() -> Samples:
    return read_recording(TIME)


def test_the_reports_that_are_tested_elsewhere_are() -> None:
    assert missing(test for tests in TESTED_ELSEWHERE.values() for test in tests) == []


def _times() -> Sound:
    return np.arange(SECONDS * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ


def _white(seed: int, amplitude: float) -> Sound:
    return np.random.default_rng(seed).normal(0, amplitude, SECONDS * SAMPLE_RATE_HZ)


def _coloured(seed: int, power: float) -> Sound:
    """Noise whose spectrum falls with that power of the frequency."""
    spectrum = np.fft.rfft(_white(seed, 1.0))
    spectrum /= np.maximum(1, np.arange(len(spectrum))) ** power
    sound = np.fft.irfft(spectrum)
    return np.asarray(0.1 * sound / np.abs(sound).max())


NO_SPEECH: dict[str, Callable[[], Sound]] = {
    "silence": lambda: np.zeros(10 * SAMPLE_RATE_HZ),
    "one sample": lambda: np.full(1, 0.5),
    "50 ms": lambda: 0.1 * _times()[:800],
    "white noise": lambda: _white(1, 0.1),
    "loud white noise": lambda: _white(2, 0.5).clip(-1, 1),
    "very quiet noise": lambda: _white(3, 0.0005),
    "pink noise": lambda: _coloured(4, 0.5),
    "brown noise": lambda: _coloured(5, 1.0),
    "hum of 50 Hz": lambda: 0.3 * np.sin(2 * np.pi * 50 * _times()),
    "hum of 60 Hz with overtones": lambda: sum(
        (0.2 / n * np.sin(2 * np.pi * 60 * n * _times()) for n in range(1, 8)), np.zeros(SECONDS * SAMPLE_RATE_HZ)
    ),
    "a tone": lambda: 0.3 * np.sin(2 * np.pi * 1000 * _times()),
    "a constant": lambda: np.full(SECONDS * SAMPLE_RATE_HZ, 0.4),
    "clicks": lambda: np.where(np.arange(SECONDS * SAMPLE_RATE_HZ) % 8000 < 3, 0.9, 0.0),
    "a rising tone": lambda: 0.3 * np.sin(2 * np.pi * (100 + 300 * _times()) * _times()),
    "bursts of noise": lambda: _white(6, 0.2) * (np.sin(2 * np.pi * 1.5 * _times()) > 0),
}


@pytest.mark.models
@pytest.mark.parametrize("name", NO_SPEECH)
def test_where_nothing_is_said_there_is_no_text(name: str, moonshine: Stt, tmp_path: Path) -> None:
    """Reported in ggml-org/whisper.cpp#1724, PocketShell-io/pocketshell#452, mkiol/dsnote#158."""
    path = tmp_path / "nothing.wav"
    soundfile.write(path, np.asarray(NO_SPEECH[name](), np.float32), SAMPLE_RATE_HZ)
    (found,) = transcribe_files(moonshine, [path])
    assert found.transcript is not None
    assert found.transcript.text == ""


@pytest.mark.models
@pytest.mark.parametrize(("times", "gap_s"), [(20, 3.0), (6, 0.5), (6, 1.0), (6, 1.5), (4, 8.0)])
def test_a_phrase_with_pauses_is_written_as_often_as_it_was_said(
    times: int, gap_s: float, moonshine: Stt, voice: Samples, tmp_path: Path
) -> None:
    """Reported in SYSTRAN/faster-whisper#506."""
    gap = np.zeros(round(gap_s * SAMPLE_RATE_HZ), np.float32)
    path = tmp_path / "many.wav"
    soundfile.write(path, np.concatenate([voice, gap] * times), SAMPLE_RATE_HZ)
    (found,) = transcribe_files(moonshine, [path])
    assert found.transcript is not None
    assert found.transcript.text.lower().count("what time is it") == times


@pytest.mark.parametrize(
    ("container", "subtype", "rate_hz"),
    [
        ("WAV", "ULAW", 8_000),
        ("WAV", "ALAW", 16_000),
        ("WAV", "IMA_ADPCM", 16_000),
        ("WAV", "MS_ADPCM", 44_100),
        ("WAV", "GSM610", 8_000),
        ("WAVEX", "PCM_24", 48_000),
        ("RF64", "PCM_16", 16_000),
        ("W64", "PCM_16", 22_050),
        ("AIFF", "PCM_16", 44_100),
        ("AU", "PCM_16", 16_000),
        ("CAF", "PCM_16", 48_000),
        ("CAF", "ALAC_16", 16_000),
        ("NIST", "PCM_16", 16_000),
        ("OGG", "VORBIS", 44_100),
        ("OGG", "OPUS", 48_000),
        ("MP3", "MPEG_LAYER_III", 44_100),
        ("FLAC", "PCM_24", 96_000),
    ],
)
def test_a_recording_of_another_format_is_the_same_sound(
    container: str, subtype: str, rate_hz: int, voice: Samples, tmp_path: Path
) -> None:
    """Reported in hamiltron/py-simple-audio#48, mozilla/DeepSpeech#1428, RustAudio/audrey#22."""
    at = np.arange(round(len(voice) * rate_hz / SAMPLE_RATE_HZ)) * SAMPLE_RATE_HZ / rate_hz
    path = tmp_path / f"voice.{container.lower()}"
    soundfile.write(path, np.interp(at, np.arange(len(voice)), voice), rate_hz, subtype, format=container)
    assert _likeness(read_recording(path), voice) > 0.9


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("voice.m4a", b"\0\0\0\x20ftypM4A \0\0\0\0"),
        ("voice.mp4", b"\0\0\0\x20ftypisom\0\0\0\0"),
        ("voice.webm", b"\x1aE\xdf\xa3\x9fB\x86\x81\x01"),
        ("voice.amr", b"#!AMR\n"),
        ("voice.wma", b"0&\xb2u\x8ef\xcf\x11"),
        ("voice.mid", b"MThd\0\0\0\x06\0\x01"),
        ("voice.zip", b"PK\x03\x04\x14\0"),
        ("voice.wav", b"<!DOCTYPE html><html>"),
        ("voice.wav", b'{"error": "not found"}'),
        ("voice.wav", b"RIFF\x24\0\0\0AVI LIST"),
        ("voice.wav", b"\xff\xd8\xff\xe0\0\x10JFIF"),
    ],
)
def test_what_cannot_be_read_is_refused_in_plain_words(name: str, start: bytes, tmp_path: Path) -> None:
    """Reported in GreyhavenHQ/reflector#87, RustAudio/audrey#22."""
    path = tmp_path / name
    path.write_bytes(start + bytes(range(256)) * 40)
    with pytest.raises(AudioError) as caught:
        read_recording(path)
    assert caught.value.code.startswith("recording-")
    assert name in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("size", [0, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF])
@pytest.mark.parametrize("riff", [0, 36, 0xFFFFFFFF])
def test_a_streamed_wav_is_read_to_its_end_whatever_size_it_states(
    size: int, riff: int, voice: Samples, tmp_path: Path
) -> None:
    """Reported in naudio/NAudio#688, pollinations/pollinations#11457, kyutai-labs/pocket-tts#229."""
    path = tmp_path / "streamed.wav"
    soundfile.write(path, voice, SAMPLE_RATE_HZ)
    content = bytearray(path.read_bytes())
    content[4:8], content[40:44] = riff.to_bytes(4, "little"), size.to_bytes(4, "little")
    path.write_bytes(content)
    assert _likeness(read_recording(path), voice) > 0.99


def _likeness(sound: Samples, voice: Samples) -> float:
    """The largest correlation of the two within 50 ms of each other; the sign counts for nothing."""
    length = min(len(sound), len(voice))
    size = 1 << (2 * length).bit_length()
    spectrum = np.fft.rfft(sound[:length], size) * np.conj(np.fft.rfft(voice[:length], size))
    around = np.fft.irfft(spectrum, size)
    near = np.abs(np.concatenate([around[:800], around[-800:]])).max()
    return float(near / (np.linalg.norm(sound[:length]) * np.linalg.norm(voice[:length])))


@pytest.mark.parametrize("name", ["delayed", "weaker", "filtered", "late", "first of three", "loop back", "hum beside"])
def test_two_and_more_channels_never_cancel_the_voice(name: str, voice: Samples, tmp_path: Path) -> None:
    """Reported in m-bain/whisperX#750, moona3k/macparakeet#953."""
    hum = np.asarray(0.01 * np.sin(np.arange(len(voice)) * 0.02), np.float32)
    channels = {
        "delayed": [voice, -np.roll(voice, 3)],
        "weaker": [voice, -0.2 * voice],
        "filtered": [voice, -np.convolve(voice, np.ones(4) / 4, "same")],
        "late": [voice, np.where(np.arange(len(voice)) < len(voice) // 2, voice, -voice)],
        "first of three": [voice, -voice, voice],
        "loop back": [0 * voice, voice, -voice, 0 * voice],
        "hum beside": [hum, voice + hum],
    }[name]
    path = tmp_path / "channels.wav"
    soundfile.write(path, np.stack(channels, axis=1), SAMPLE_RATE_HZ, subtype="FLOAT")
    found = read_recording(path)
    assert _likeness(found, voice) > 0.7
    assert np.sqrt(np.mean(found**2)) > 0.3 * np.sqrt(np.mean(voice**2))

"""Which channels are heard: the same rule for the live microphone and for recordings."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from edge.audio.channels import Mixer
from edge.audio.devices import Device, Format
from edge.audio.microphone import Framer
from edge.audio.recordings import read_recording
from edge.events import SAMPLE_RATE_HZ, Samples

RECORDINGS = Path(__file__).parents[2] / "edge" / "bench" / "recordings"
PIECE = 512


@pytest.fixture(scope="module")
def voice() -> Samples:
    samples, _ = soundfile.read(RECORDINGS / "01-time.flac", dtype="float32")
    return np.asarray(samples[: len(samples) // PIECE * PIECE], np.float32)


def live(channels: Samples) -> Samples:
    """As the microphone's callback delivers it, in blocks of 32 ms."""
    framer, wanted = Framer(), Format(SAMPLE_RATE_HZ, channels.shape[1])
    sound = (channels * 32767).astype(np.int16)
    blocks = (sound[at : at + PIECE].tobytes() for at in range(0, len(sound), PIECE))
    return np.concatenate([frame for block in blocks for frame in framer.cut(wanted, block)])


def recorded(channels: Samples, folder: Path) -> Samples:
    path = folder / "many.wav"
    soundfile.write(path, (channels * 32767).astype(np.int16), SAMPLE_RATE_HZ)
    return read_recording(path)


def noise(length: int, amplitude: float, seed: int = 1) -> Samples:
    return np.asarray(np.random.default_rng(seed).normal(0, amplitude, length), np.float32)


def columns(*channels: Samples) -> Samples:
    return np.stack(channels, axis=1)


def layouts(voice: Samples) -> Iterator[tuple[str, Samples, float]]:
    """Name, channels, and how loud the voice must come out."""
    zeros, quiet = np.zeros_like(voice), noise(len(voice), 1e-4)
    yield "opposite phase", columns(voice, -voice), 1.0
    yield "opposite phase, one weaker", columns(voice, -0.5 * voice), 0.75
    yield (
        "opposite phase in noise",
        columns(voice + noise(len(voice), 0.003), -voice + noise(len(voice), 0.003, 2)),
        1.0,
    )
    yield "the same twice", columns(voice, voice), 1.0
    yield "left only", columns(voice, zeros), 1.0
    yield "right only", columns(zeros, voice), 1.0
    yield "right only, an open plug on the left", columns(quiet, voice), 1.0
    yield "right only, a constant on the left", columns(zeros + 0.2, voice), 1.0
    yield "first of an array", columns(voice, 0.5 * voice, zeros), 1.0
    yield "third of six", columns(zeros, zeros, voice, zeros, zeros, zeros), 1.0
    yield "last of four", columns(quiet, quiet, zeros, voice), 1.0


@pytest.mark.parametrize("number", range(11))
def test_the_voice_is_heard_live_and_from_a_recording_alike(number: int, voice: Samples, tmp_path: Path) -> None:
    name, channels, loudness = list(layouts(voice))[number]
    heard = live(channels)
    np.testing.assert_array_equal(recorded(channels, tmp_path), heard, err_msg=name)
    found = float(heard @ voice / (voice @ voice))
    assert found == pytest.approx(loudness, abs=0.05), name


@pytest.mark.parametrize("rate_hz", [8_000, 44_100, 48_000, 96_000])
def test_opposite_phase_is_heard_at_every_rate(rate_hz: int) -> None:
    tone = np.asarray(0.5 * np.sin(2 * np.pi * 300 * np.arange(rate_hz) / rate_hz), np.float32)
    mixed = Mixer(2, rate_hz).mix(columns(tone, -tone))
    np.testing.assert_allclose(mixed, tone, atol=1e-6)


def test_a_decision_is_kept_through_noise_pauses_and_single_sounds_from_elsewhere(voice: Samples) -> None:
    mixer = Mixer(2, SAMPLE_RATE_HZ)
    mixer.mix(columns(voice, -voice))
    for _ in range(5):
        for other in (
            np.zeros((4 * PIECE, 2), np.float32),
            columns(noise(20 * PIECE, 0.01), noise(20 * PIECE, 0.01, 2)),
        ):
            mixer.mix(other)
        click = noise(PIECE // 4, 0.2)
        mixer.mix(columns(click, click))
        np.testing.assert_allclose(mixer.mix(columns(voice, -voice)), voice, atol=1e-6)


def test_a_wire_that_is_turned_round_is_followed_once(voice: Samples) -> None:
    mixer = Mixer(2, SAMPLE_RATE_HZ)
    signs = []
    for sign in (1, -1, 1):
        for _ in range(3):
            mixer.mix(columns(voice, sign * voice))
            signs.append(mixer._sign)
    assert signs == [1, 1, 1, -1, -1, -1, 1, 1, 1]


def test_two_microphones_with_a_room_between_them_are_averaged(voice: Samples) -> None:
    late = np.concatenate([np.zeros(5, np.float32), voice[:-5]])
    channels = columns(voice + noise(len(voice), 0.002), late + noise(len(voice), 0.002, 2))
    np.testing.assert_allclose(Mixer(2, SAMPLE_RATE_HZ).mix(channels), channels.mean(axis=1), atol=1e-6)


def test_a_click_when_the_device_is_opened_does_not_choose_a_dead_channel(voice: Samples) -> None:
    dead = np.zeros_like(voice)
    dead[100] = 1.0
    heard = Mixer(3, SAMPLE_RATE_HZ).mix(columns(dead, voice, voice))
    np.testing.assert_array_equal(heard[-len(voice) // 2 :], voice[-len(voice) // 2 :])


def test_the_processed_channel_of_an_array_is_used_from_its_first_sound_on_and_stays(voice: Samples) -> None:
    """The channel is silent until the user speaks; the raw microphones carry noise, and another channel the output."""
    raw, loopback = noise(len(voice), 0.001), noise(len(voice), 0.3, 2)
    mixer = Mixer(6, SAMPLE_RATE_HZ)
    silence = np.zeros_like(voice)
    mixer.mix(columns(silence, raw, raw, raw, raw, loopback))
    mixer.mix(columns(voice, raw, raw, raw, raw, loopback))
    for _ in range(3):
        mixed = mixer.mix(columns(silence, raw, raw, raw, raw, loopback))
        np.testing.assert_array_equal(mixed, silence)
        np.testing.assert_array_equal(mixer.mix(columns(voice, raw, raw, raw, raw, loopback)), voice)


@pytest.mark.parametrize("length", [0, 1, 511, 512, 513, 4000])
@pytest.mark.parametrize("channels", [1, 2, 3, 8])
def test_any_length_comes_out_as_long(length: int, channels: int) -> None:
    samples = noise(length * channels, 0.1).reshape(length, channels)
    mixed = Mixer(channels, SAMPLE_RATE_HZ).mix(samples)
    assert mixed.shape == (length,)
    assert mixed.dtype == np.float32


@pytest.mark.parametrize(
    ("direction", "channels", "order"),
    [
        ("input", 1, [1]),
        ("input", 2, [2, 1]),
        ("input", 6, [6, 1, 2]),
        ("input", 32, [2, 1, 32]),
        ("output", 2, [1, 2]),
        ("output", 8, [1, 2, 8]),
    ],
)
def test_a_microphone_is_opened_with_its_channels_so_that_nothing_mixes_them_before(
    direction: str, channels: int, order: list[int]
) -> None:
    portaudio = pytest.importorskip("edge.audio.portaudio", reason="PyAudio, the extra `mic`, is not installed")
    assert list(portaudio.channels_to_try(Device(direction, 0, "card", channels, default=True))) == order  # type: ignore[arg-type]  # a parameter of the test

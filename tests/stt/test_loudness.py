import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.events import SAMPLE_RATE_HZ, Samples
from edge.stt.loudness import QUIET_PEAK, RAISED_PEAK, is_silent, pieces, quietest, raise_quiet


def tone(seconds: float, peak: float) -> Samples:
    n = round(seconds * SAMPLE_RATE_HZ)
    return (peak * np.sin(2 * np.pi * 440 * np.arange(n) / SAMPLE_RATE_HZ)).astype(np.float32)


@given(st.integers(0, 30_000), st.integers(2, 9_000), st.integers(0, 99))
def test_pieces_are_the_whole_in_order_and_none_is_too_long(length: int, longest: int, seed: int) -> None:
    samples = np.random.default_rng(seed).standard_normal(length).astype(np.float32)
    cut = list(pieces(samples, longest))
    assert np.array_equal(np.concatenate([np.zeros(0, np.float32), *cut]), samples)
    assert all(0 < len(piece) <= longest for piece in cut)
    assert all(len(piece) >= longest // 2 for piece in cut[:-1])


def test_speech_is_cut_in_the_pause() -> None:
    pause = np.zeros(SAMPLE_RATE_HZ // 2, np.float32)
    speech = np.concatenate([tone(6.5, 0.3), pause, tone(5, 0.3)])
    first, second = pieces(speech, 10 * SAMPLE_RATE_HZ)
    assert 6.5 <= len(first) / SAMPLE_RATE_HZ <= 7
    assert len(first) + len(second) == len(speech)


def test_the_quietest_place_is_within_its_bounds() -> None:
    samples = np.concatenate([tone(1, 0.5), tone(0.3, 0.01), tone(1, 0.5)])
    assert 1 <= quietest(samples, 0, len(samples)) / SAMPLE_RATE_HZ <= 1.3
    assert quietest(samples, 100, 102) == 101


@pytest.mark.parametrize("peak", [0.0005, 0.01, 0.09])
def test_quiet_recordings_are_raised(peak: float) -> None:
    assert np.abs(raise_quiet(tone(1, peak))).max() == pytest.approx(RAISED_PEAK, rel=0.02)


@pytest.mark.parametrize("peak", [QUIET_PEAK * 1.1, 0.5, 1.0])
def test_others_keep_their_level(peak: float) -> None:
    assert np.abs(raise_quiet(tone(1, peak))).max() == pytest.approx(peak, rel=0.02)


def test_a_click_does_not_make_a_recording_loud() -> None:
    clicked = tone(1, 0.01)
    clicked[500] = 1.0
    raised = raise_quiet(clicked)
    assert np.percentile(np.abs(raised), 99) > 0.2
    assert np.abs(raised).max() <= 1


def test_a_constant_offset_is_taken_out() -> None:
    assert abs(float(raise_quiet(tone(1, 0.2) + np.float32(0.1)).mean())) < 1e-3


@pytest.mark.parametrize("length", [0, 1, 100])
def test_nothing_and_almost_nothing_stay_what_they_are(length: int) -> None:
    samples = np.zeros(length, np.float32)
    assert len(raise_quiet(samples)) == length
    assert is_silent(samples)


def test_the_last_bits_of_a_recording_are_silence_and_a_whisper_is_not() -> None:
    assert is_silent(np.full(100, 3 / 32768, np.float32))
    assert not is_silent(tone(1, 0.001))

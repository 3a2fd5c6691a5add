import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.audio.waveform import onset_s, speech_end_s
from edge.events import Samples


def tone(begin_s: float, end_s: float, total_s: float, rate_hz: int, level: float = 0.3) -> Samples:
    time = np.arange(round(total_s * rate_hz)) / rate_hz
    sound = np.where((time >= begin_s) & (time < end_s), level * np.sin(time * 2764.6), 0)
    noise = np.random.default_rng(1).standard_normal(len(time)) * 1e-4
    return (sound + noise).astype(np.float32)


@given(st.floats(0.1, 0.5), st.floats(0.6, 1.5), st.sampled_from([16_000, 24_000, 48_000]))
def test_beginning_and_end_of_a_tone_are_found_within_a_window(begin_s: float, end_s: float, rate_hz: int) -> None:
    sound = tone(begin_s, end_s, 2, rate_hz)
    assert speech_end_s(sound, rate_hz) == pytest.approx(end_s, abs=0.011)
    begins = onset_s(sound, rate_hz)
    assert begins == pytest.approx(begin_s, abs=0.011)


def test_silence_has_neither() -> None:
    silence = np.zeros(16_000, np.float32)
    assert speech_end_s(silence, 16_000) == 0
    assert onset_s(silence, 16_000) is None
    assert onset_s(silence[:10], 16_000) is None

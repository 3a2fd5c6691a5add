"""How far a wake word stands out: a ratio, whatever the gain of the microphone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.ears.prominence import prominence_db
from edge.events import FRAME_SAMPLES, AudioFrame, HeardFrame


def room(*levels: float) -> list[HeardFrame]:
    noise = np.random.default_rng(1).normal(size=FRAME_SAMPLES).astype(np.float32)
    return [HeardFrame(AudioFrame(noise * level, at * FRAME_SAMPLES), 0.0, 0.0) for at, level in enumerate(levels)]


WORD = (40 * FRAME_SAMPLES, 60 * FRAME_SAMPLES)


def word_of(noise: float, word: float) -> list[HeardFrame]:
    return room(*[noise] * 40, *[word] * 20, *[noise] * 10)


def test_a_word_ten_times_as_loud_as_the_room_stands_out_by_20_db() -> None:
    assert prominence_db(word_of(0.001, 0.01), *WORD) == pytest.approx(20, abs=0.2)


@given(gain=st.floats(0.05, 20))
def test_the_gain_does_not_matter(gain: float) -> None:
    expected = prominence_db(word_of(0.003, 0.05), *WORD)
    assert prominence_db(word_of(0.003 * gain, 0.05 * gain), *WORD) == pytest.approx(expected, abs=0.3)


@given(near=st.floats(0.02, 1), far=st.floats(0.02, 1))
def test_the_nearer_speaker_hears_it_better(near: float, far: float) -> None:
    near, far = max(near, far), min(near, far)
    assert prominence_db(word_of(0.001, near), *WORD) >= prominence_db(word_of(0.001, far), *WORD)


def test_silence_and_nothing_are_numbers() -> None:
    assert prominence_db([], 0, 100) == 0
    assert prominence_db(room(*[0.0] * 70), *WORD) == 0
    assert prominence_db(word_of(0.0, 1.0), *WORD) == pytest.approx(100, abs=1)

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from edge.events import FRAME_MS, FRAME_SAMPLES, AudioFrame
from edge.turn.wake_tail import WAKE_WORD_MS, WakeTail

WORD_END = 64 * FRAME_SAMPLES
SILENCE = np.zeros(FRAME_SAMPLES, np.float32)


def start(pattern: str, *, begin: int = 30) -> int | None:
    """The frame at which the command begins; `#` is a frame of speech, `.` one of silence, from frame `begin` on."""
    tail = WakeTail(WORD_END, 0.5)
    for number, mark in enumerate(pattern, begin):
        found = tail.step(AudioFrame(SILENCE, number * FRAME_SAMPLES), 0.9 if mark == "#" else 0.1)
        if found is not None:
            return found // FRAME_SAMPLES
    return None


def test_the_command_begins_at_the_gap_behind_the_wake_word() -> None:
    word, tail, gap = 34, 4, 3
    assert start("#" * (word + tail) + "." * gap + "#" * 30) == 30 + word + tail


def test_in_one_breath_the_whole_wake_word_is_kept() -> None:
    found = start("#" * 60)
    assert found is not None
    assert abs(64 - found - WAKE_WORD_MS / FRAME_MS) <= 1


def test_a_gap_just_before_a_late_detection_is_found() -> None:
    assert start("#" * 25 + "." * 3 + "#" * 40) == 30 + 27


def test_a_pause_before_the_wake_word_is_no_gap() -> None:
    assert start("." * 10 + "#" * 60) == round(64 - WAKE_WORD_MS / FRAME_MS - 0.5)


def test_the_places_where_a_gap_is_looked_for_include_their_ends() -> None:
    def step(after_ms: float, probability: float = 0.1, threshold: float = 0.5) -> int | None:
        tail = WakeTail(WORD_END, threshold)
        return tail.step(AudioFrame(SILENCE, WORD_END + round(after_ms * 16)), probability)

    assert step(-100) == WORD_END - 1600
    assert step(-101) is None
    assert step(320, 0.9) == WORD_END - 16_000
    assert step(319, 0.9) is None
    assert step(0, 0.5) is None  # the threshold is speech

    def late(gap_ms: float) -> int | None:
        tail = WakeTail(WORD_END, 0.5)
        tail.step(AudioFrame(SILENCE, WORD_END + round(gap_ms * 16)), 0.1)
        return tail.step(AudioFrame(SILENCE, WORD_END + 5120), 0.9)

    assert late(-400) == WORD_END - 6400
    assert late(-401) == WORD_END - 16_000


@given(st.text("#.", min_size=60, max_size=60))
def test_it_always_knows_within_a_third_of_a_second_and_loses_little(pattern: str) -> None:
    found = start(pattern)
    assert found is not None
    assert 64 - WAKE_WORD_MS / FRAME_MS - 1 <= found <= 64 + 320 / FRAME_MS + 1

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from edge.ears.preroll import PreRoll
from edge.events import FRAME_MS, FRAME_SAMPLES, AudioFrame, HeardFrame


def frame(start: int) -> HeardFrame:
    return HeardFrame(AudioFrame(np.full(FRAME_SAMPLES, start, np.float32), start), 0.0, 0.0)


@given(
    keep_ms=st.floats(0, 5000),
    gaps=st.lists(st.integers(0, 3), max_size=300),
    index=st.integers(-1000, 400 * FRAME_SAMPLES),
)
def test_since_gives_every_kept_frame_from_the_sample_on_in_order(keep_ms: float, gaps: list[int], index: int) -> None:
    preroll = PreRoll(keep_ms)
    frames, start = [], 0
    for gap in gaps:  # lost frames leave gaps in the index
        start += gap * FRAME_SAMPLES
        frames.append(frame(start))
        preroll.add(frames[-1])
        start += FRAME_SAMPLES
    since = preroll.since(index)
    wanted = [each for each in frames if each.frame.end > index]
    assert list(since) == (wanted[-len(since) :] if since else [])
    assert len(since) == len(wanted) or len(since) * FRAME_MS >= keep_ms
    assert len(preroll.since(-1)) * FRAME_MS < keep_ms + 2 * FRAME_MS


def test_a_command_in_the_same_breath_is_whole() -> None:
    preroll = PreRoll(1000)
    for number in range(100):
        preroll.add(frame(number * FRAME_SAMPLES))
    since = preroll.since(90 * FRAME_SAMPLES + 100)
    assert [each.frame.start // FRAME_SAMPLES for each in since] == list(range(90, 100))


def test_nothing_is_kept_after_it_was_cleared() -> None:
    preroll = PreRoll(1000)
    preroll.add(frame(0))
    preroll.clear()
    assert preroll.since(0) == ()


def test_the_time_to_keep_is_rounded_up_to_whole_frames() -> None:
    for keep_ms, frames in ((0, 1), (32, 1), (33, 2), (100, 4)):
        preroll = PreRoll(keep_ms)
        for number in range(10):
            preroll.add(frame(number * FRAME_SAMPLES))
        assert len(preroll.since(0)) == frames

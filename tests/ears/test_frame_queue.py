import numpy as np

from edge.ears.frame_queue import GAP_FRAMES as GAP
from edge.ears.frame_queue import MAX_FRAMES, FrameQueue
from edge.events import FRAME_SAMPLES, AudioFrame, HeardFrame
from edge.runtime.virtual_time import instantly


def heard(*speech: float) -> list[HeardFrame]:
    silence = np.zeros(FRAME_SAMPLES, np.float32)
    return [HeardFrame(AudioFrame(silence, n * FRAME_SAMPLES), it, 0.0) for n, it in enumerate(speech)]


async def numbers(queue: FrameQueue) -> list[int]:
    queue.end()
    return [it.frame.start // FRAME_SAMPLES async for it in queue.frames()]


@instantly
async def test_a_queue_that_is_full_drops_the_oldest_and_counts() -> None:
    queue = FrameQueue()
    for frame in heard(*[0.0] * (MAX_FRAMES + 3)):
        queue.put(frame)
    assert queue.dropped == 3
    assert await numbers(queue) == list(range(3, MAX_FRAMES + 3))


@instantly
async def test_an_utterance_under_way_is_kept_from_the_gap_before_it_on() -> None:
    queue = FrameQueue(heard(*[0.9] * 10, *[0.1] * GAP, *[0.9] * 5, *[0.1] * (GAP - 1), *[0.9] * 5))
    queue.skip_to_speech(0.5)
    assert await numbers(queue) == list(range(10, 10 + GAP + 5 + GAP - 1 + 5))


@instantly
async def test_an_utterance_that_is_over_is_forgotten() -> None:
    queue = FrameQueue(heard(*[0.9] * 10, *[0.1] * (GAP + 7)))
    queue.skip_to_speech(0.5)
    assert await numbers(queue) == list(range(17, 17 + GAP))


@instantly
async def test_a_pause_a_little_shorter_than_a_gap_belongs_to_the_utterance_and_the_threshold_is_speech() -> None:
    queue = FrameQueue(heard(*[0.9] * 10, *[0.1] * (GAP - 1), *[0.5] * 5))
    queue.skip_to_speech(0.5)
    assert await numbers(queue) == list(range(10 + GAP - 1 + 5))
    queue = FrameQueue(heard(0.9, *[0.1] * (GAP - 1), *[0.5] * 2, *[0.1] * (GAP - 1)))
    queue.skip_to_speech(0.5)
    assert await numbers(queue) == list(range(1 + GAP - 1 + 2 + GAP - 1))


@instantly
async def test_without_a_gap_everything_is_kept() -> None:
    queue = FrameQueue(heard(*[0.9] * 10))
    queue.skip_to_speech(0.5)
    assert await numbers(queue) == list(range(10))


@instantly
async def test_a_closed_queue_keeps_no_one_waiting() -> None:
    closed: list[bool] = []
    with FrameQueue(heard(0.1), on_close=lambda: closed.append(True)) as queue:
        assert not queue.starved.is_set()
    assert closed
    assert queue.starved.is_set()
    assert await numbers(queue) == []

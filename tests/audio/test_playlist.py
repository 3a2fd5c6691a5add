import asyncio

import numpy as np
import pytest

from edge.audio.playlist import CaptureSink, PlaylistSource, join
from edge.events import FRAME_MS, FRAME_SAMPLES, AudioFrame, Speech
from edge.runtime.virtual_time import VirtualClock, instantly

LOUD = np.full(FRAME_SAMPLES * 3, 0.5, np.float32)


@instantly
async def test_recordings_come_in_between_silence_in_real_time_at_the_time_that_was_said() -> None:
    clock = VirtualClock()
    source = PlaylistSource(clock)
    heard: list[tuple[float, AudioFrame]] = []

    async def listen() -> None:
        async for frame in source.frames():
            heard.append((clock.monotonic(), frame))  # noqa: PERF401 - a list that grows while others look

    listening = asyncio.create_task(listen())
    await clock.sleep(0.1)
    begins = source.play(LOUD)
    await clock.sleep(0.5)
    source.end()
    await listening
    arrived = [at for at, frame in heard if frame.samples[0]]
    assert len(arrived) == 3
    assert arrived[0] - begins == pytest.approx(FRAME_MS / 1000)
    assert np.diff([at for at, _ in heard]) == pytest.approx(FRAME_MS / 1000)


@instantly
async def test_what_is_cut_off_is_not_among_what_was_heard() -> None:
    clock = VirtualClock()
    sink = CaptureSink(clock)
    writing = asyncio.create_task(sink.write(Speech(np.ones(16_000, np.float32), 16_000)))
    await clock.sleep(0.25)
    sink.flush()
    await writing
    (played,) = sink.take()
    assert played.speech.duration_ms == pytest.approx(250, abs=1)
    assert sink.take() == []


@instantly
async def test_sounds_are_joined_with_the_pauses_between_them() -> None:
    clock = VirtualClock()
    sink = CaptureSink(clock)
    await sink.write(Speech(np.ones(1600, np.float32), 16_000))
    await sink.drain()
    await clock.sleep(0.1)
    await sink.write(Speech(np.ones(2400, np.float32), 24_000))
    whole = join(sink.take(), 24_000)
    assert len(whole) == pytest.approx(24_000 * 0.3, abs=2)
    assert abs(whole[3000:4200]).max() < 0.05
    assert len(join([], 24_000)) == 0

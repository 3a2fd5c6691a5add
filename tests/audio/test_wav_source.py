import math
from pathlib import Path

import numpy as np
import pytest
import soundfile

from edge.audio import AudioSource
from edge.audio.pacing import Timeline
from edge.audio.wav_source import WavSource
from edge.errors import AudioError
from edge.events import FRAME_SAMPLES, AudioFrame
from edge.runtime import virtual_time
from edge.runtime.virtual_time import VirtualClock


@pytest.fixture
def noise(tmp_path: Path) -> Path:
    path = tmp_path / "noise.wav"
    values = np.random.default_rng(1).integers(-1000, 1000, 16_000, dtype=np.int16)
    soundfile.write(path, values, 16_000)
    return path


async def all_frames(source: AudioSource) -> list[AudioFrame]:
    return [frame async for frame in source.frames()]


@virtual_time.instantly
async def test_the_frames_are_the_recording_filled_up_with_silence(noise: Path) -> None:
    frames = await all_frames(WavSource(noise, clock=VirtualClock(), paced=False))
    assert [frame.start for frame in frames] == list(range(0, 16_000, FRAME_SAMPLES))
    assert {frame.samples.shape for frame in frames} == {(FRAME_SAMPLES,)}
    assert {frame.samples.dtype for frame in frames} == {np.dtype(np.float32)}
    samples = np.concatenate([frame.samples for frame in frames])
    np.testing.assert_array_equal(samples[:16_000], soundfile.read(noise, dtype="float32")[0])
    assert not samples[16_000:].any()


@virtual_time.instantly
async def test_a_frame_is_there_when_its_last_sample_was_heard(noise: Path) -> None:
    clock = VirtualClock()
    source = WavSource(noise, clock=clock)
    await clock.sleep(3)  # engines load: the recording has not begun yet
    began = clock.monotonic()
    async for frame in source.frames():
        assert clock.monotonic() - began == pytest.approx(frame.end / 16_000)


@virtual_time.instantly
async def test_a_recording_waits_for_a_late_taker(noise: Path) -> None:
    clock = VirtualClock()
    source = WavSource(noise, clock=clock)
    began = clock.monotonic()
    starts = []
    async for frame in source.frames():
        starts.append(frame.start)
        if len(starts) == 3:
            await clock.sleep(0.5)
    assert starts == list(range(0, 16_000, FRAME_SAMPLES))
    assert source.dropped == 0
    assert clock.monotonic() - began == pytest.approx(32 * 0.032)


@virtual_time.instantly
async def test_not_paced_no_time_passes(noise: Path) -> None:
    clock = VirtualClock()
    began = clock.monotonic()
    await all_frames(WavSource(noise, clock=clock, paced=False))
    assert clock.monotonic() == began


@virtual_time.instantly
async def test_silence_follows_so_that_an_endpoint_is_reached(noise: Path) -> None:
    frames = await all_frames(WavSource(noise, clock=VirtualClock(), trailing_silence_ms=1000))
    assert frames[-1].end >= 32_000
    assert not frames[-1].samples.any()


@virtual_time.instantly
async def test_endless_silence_ends_when_the_source_is_closed(noise: Path) -> None:
    source = WavSource(noise, clock=VirtualClock(), trailing_silence_ms=math.inf)
    last = 0
    async for frame in source.frames():
        last = frame.end
        if last >= 160_000:
            await source.aclose()
    assert last == 160_256


@virtual_time.instantly
async def test_a_shared_timeline_begins_with_the_first_frame(noise: Path) -> None:
    clock = VirtualClock()
    timeline = Timeline(clock)
    source = WavSource(noise, clock=clock, timeline=timeline)
    await clock.sleep(5)
    assert timeline.elapsed_s() == 0
    await all_frames(source)
    assert timeline.elapsed_s() == pytest.approx(32 * 0.032)


@virtual_time.instantly
async def test_a_file_that_cannot_be_used_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="recording-missing"):
        WavSource(tmp_path / "none.wav", clock=VirtualClock())


@virtual_time.instantly
async def test_an_unused_source_lets_go_of_its_file(noise: Path) -> None:
    await WavSource(noise, clock=VirtualClock()).aclose()

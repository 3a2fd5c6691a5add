"""What every sink promises, then what a file adds to it."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from edge.audio import AudioSink
from edge.audio.pacing import Timeline
from edge.audio.playlist import CaptureSink
from edge.audio.wav_sink import WavSink
from edge.errors import AudioError
from edge.events import Samples, Speech
from edge.runtime import virtual_time
from edge.runtime.virtual_time import VirtualClock
from tests.fakes.audio import FakeSink

RATE_HZ = 24_000


def speech(seconds: float, level: float = 0.5, rate_hz: int = RATE_HZ) -> Speech:
    return Speech(np.full(round(seconds * rate_hz), level, np.float32), rate_hz)


def heard(path: Path) -> Samples:
    samples, rate_hz = soundfile.read(path, dtype="float32")
    assert rate_hz == RATE_HZ
    return np.asarray(samples, np.float32)


MakeSink = Callable[[VirtualClock, Path], AudioSink]


@pytest.fixture(params=["wav", "capture", "fake"])
def make(request: pytest.FixtureRequest) -> MakeSink:
    made: dict[str, MakeSink] = {
        "wav": lambda clock, folder: WavSink(folder / "out.wav", clock=clock),
        "capture": lambda clock, _: CaptureSink(clock),
        "fake": lambda clock, _: FakeSink(clock),
    }
    return made[request.param]


@virtual_time.instantly
async def test_flush_says_how_much_was_heard_and_counting_goes_on_from_there(make: MakeSink, tmp_path: Path) -> None:
    clock = VirtualClock()
    sink = make(clock, tmp_path)
    assert sink.position_s == 0
    await sink.write(speech(0.5))
    await sink.drain()
    assert sink.position_s == pytest.approx(0.5)
    writing = asyncio.create_task(sink.write(speech(2)))
    await clock.sleep(0.3)
    assert sink.position_s == pytest.approx(0.8)
    assert sink.flush() == pytest.approx(0.8)
    await writing
    await clock.sleep(1)
    assert sink.position_s == pytest.approx(0.8)
    await sink.write(speech(0.1))
    await sink.drain()
    assert sink.position_s == pytest.approx(0.9)
    await sink.aclose()


@virtual_time.instantly
async def test_a_writer_waits_while_more_than_200_ms_are_unheard(make: MakeSink, tmp_path: Path) -> None:
    clock = VirtualClock()
    sink = make(clock, tmp_path)
    began = clock.monotonic()
    await sink.write(speech(0.15))
    assert clock.monotonic() == began
    await sink.write(speech(1))
    assert clock.monotonic() - began == pytest.approx(0.95)
    await sink.drain()
    assert clock.monotonic() - began == pytest.approx(1.15)
    await sink.aclose()


@virtual_time.instantly
async def test_flush_releases_the_writer_within_50_ms(make: MakeSink, tmp_path: Path) -> None:
    clock = VirtualClock()
    sink = make(clock, tmp_path)
    writing = asyncio.create_task(sink.write(speech(10)))
    await clock.sleep(1)
    sink.flush()
    await clock.sleep(0.051)
    assert writing.done()
    await sink.drain()
    await sink.aclose()


@virtual_time.instantly
async def test_a_sound_that_runs_out_before_it_is_complete_is_counted(make: MakeSink, tmp_path: Path) -> None:
    clock = VirtualClock()
    sink = make(clock, tmp_path)
    for gap_s in (0.05, 0.3, 0.05, 0.3):
        await sink.write(speech(0.1))
        await clock.sleep(gap_s)
    await sink.write(speech(0.1))
    await sink.drain()
    await clock.sleep(1)
    await sink.write(speech(0.1))
    sink.flush()
    await clock.sleep(1)
    await sink.write(speech(0.1))
    assert sink.underruns == 2
    await sink.aclose()


@virtual_time.instantly
async def test_sound_lies_in_the_file_where_it_was_heard(tmp_path: Path) -> None:
    clock = VirtualClock()
    sink = WavSink(tmp_path / "out.wav", clock=clock)
    await sink.write(speech(0.1))
    await clock.sleep(0.9)
    await sink.write(speech(0.3, level=0.25))
    await sink.write(speech(0.1, level=-0.25))
    await clock.sleep(1)
    await sink.aclose()
    expected = np.repeat([0.5, 0, 0.25, -0.25, 0], [2400, 19200, 7200, 2400, 19200])
    np.testing.assert_array_equal(heard(tmp_path / "out.wav"), expected)


@virtual_time.instantly
async def test_flushed_sound_ends_in_the_file(tmp_path: Path) -> None:
    clock = VirtualClock()
    sink = WavSink(tmp_path / "out.wav", clock=clock)
    writing = asyncio.create_task(sink.write(speech(5)))
    await clock.sleep(1)
    writing.cancel()
    sink.flush()
    await clock.sleep(1)
    await sink.aclose()
    samples = heard(tmp_path / "out.wav")
    assert samples[: RATE_HZ - 1].all()
    assert not samples[RATE_HZ + 1 :].any()
    assert len(samples) == pytest.approx(2 * RATE_HZ, abs=1)


@virtual_time.instantly
async def test_a_shared_timeline_puts_the_reply_beside_the_question(tmp_path: Path) -> None:
    clock = VirtualClock()
    timeline = Timeline(clock)
    sink = WavSink(tmp_path / "out.wav", clock=clock, timeline=timeline)
    await clock.sleep(7)
    timeline.begin()
    await clock.sleep(2)
    await sink.write(speech(0.1))
    await sink.aclose()
    assert np.flatnonzero(heard(tmp_path / "out.wav"))[0] == 2 * RATE_HZ


@virtual_time.instantly
async def test_not_paced_replies_follow_one_another_and_nothing_waits(tmp_path: Path) -> None:
    clock = VirtualClock()
    sink = WavSink(tmp_path / "out.wav", clock=clock, paced=False)
    began = clock.monotonic()
    for _ in range(10):
        await sink.write(speech(60, rate_hz=8_000))
    sink.flush()
    await sink.drain()
    assert clock.monotonic() == began
    await sink.aclose()
    assert len(heard(tmp_path / "out.wav")) == pytest.approx(600 * RATE_HZ, abs=2)


@pytest.mark.parametrize("volume", [0, 50, 100])
@virtual_time.instantly
async def test_the_volume_holds_for_what_is_written_from_now_on(tmp_path: Path, volume: int) -> None:
    sink = WavSink(tmp_path / "out.wav", clock=VirtualClock(), paced=False)
    await sink.write(speech(0.1))
    sink.volume = volume
    await sink.write(speech(0.1))
    await sink.aclose()
    expected = np.repeat([0.5, 0.5 * (volume / 100) ** 3], 2400)
    assert heard(tmp_path / "out.wav") == pytest.approx(expected, abs=1e-4)


@virtual_time.instantly
async def test_pieces_at_another_rate_join_without_a_click(tmp_path: Path) -> None:
    sink = WavSink(tmp_path / "out.wav", clock=VirtualClock())
    time = np.arange(22_050) / 22_050
    tone = np.asarray(np.sin(time * 2 * np.pi * 300) * 0.5, np.float32)
    for piece in np.split(tone, 10):
        await sink.write(Speech(piece, 22_050))
    await sink.drain()
    await sink.aclose()
    expected = np.sin(np.arange(RATE_HZ) / RATE_HZ * 2 * np.pi * 300) * 0.5
    assert heard(tmp_path / "out.wav")[500:23_500] == pytest.approx(expected[500:23_500], abs=0.002)


@virtual_time.instantly
async def test_the_file_appears_only_when_it_is_complete(tmp_path: Path) -> None:
    sink = WavSink(tmp_path / "out.wav", clock=VirtualClock())
    await sink.write(speech(0.1))
    assert not (tmp_path / "out.wav").exists()
    await sink.aclose()
    await sink.aclose()
    await sink.write(speech(0.1))
    assert os.listdir(tmp_path) == ["out.wav"]  # noqa: PTH208 - a test may block


@virtual_time.instantly
async def test_a_run_without_a_word_leaves_a_valid_file(tmp_path: Path) -> None:
    await WavSink(tmp_path / "out.wav", clock=VirtualClock()).aclose()
    assert len(heard(tmp_path / "out.wav")) == 0


@virtual_time.instantly
async def test_a_missing_folder_is_refused_before_anything_is_said(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="folder-missing"):
        WavSink(tmp_path / "none" / "out.wav", clock=VirtualClock())


@virtual_time.instantly
async def test_the_fake_remembers_what_when_and_how_loud() -> None:
    clock = VirtualClock()
    sink = FakeSink(clock)
    began = clock.monotonic()
    sink.volume = 30
    await sink.write(speech(0.1))
    await clock.sleep(2)
    sink.flush()
    assert [(written.at - began, written.volume) for written in sink.written] == [(0, 30)]
    assert [at - began for at in sink.flushed] == [2]

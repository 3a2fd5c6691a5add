"""The ears: every frame, every reader, also while something is played."""

import asyncio

import numpy as np
import pytest

from edge.ears import BATCH_FRAMES, Ears
from edge.ears.detectors import Detectors
from edge.ears.frame_queue import FrameQueue
from edge.errors import EngineError
from edge.events import FRAME_SAMPLES, AudioFrame, WakeDetected
from edge.runtime.virtual_time import VirtualClock, instantly
from tests.fakes.audio import FakeSource
from tests.fakes.engines import SILENT, VOICED, WAKE, FakeVad, FakeWake, sound
from tests.fakes.hosted import hosted


def source(clock: VirtualClock, *pieces: tuple[float, float]) -> FakeSource:
    heard = np.concatenate(sound(*pieces))
    return FakeSource(clock, {0.0: heard}, seconds=len(heard) / 16_000)


class Hearing:
    """Ears on a script, and what they reported."""

    def __init__(
        self, clock: VirtualClock, *pieces: tuple[float, float], wake: object = None, wakes_while_muted: bool = False
    ) -> None:
        detectors = Detectors(wake or FakeWake(), FakeVad())  # type: ignore[arg-type]
        self.source = source(clock, *pieces)
        self.ears = Ears(self.source, hosted(detectors), clock, wakes_while_muted=wakes_while_muted)
        self.wakes: list[WakeDetected] = []
        self.frames = 0

    def on_frame(self) -> None:
        self.frames += 1

    async def run(self) -> None:
        await self.ears.run(on_wake=self.wakes.append, on_frame=self.on_frame)


@instantly
async def test_every_reader_gets_every_frame_with_its_probability_of_speech_and_time_of_arrival() -> None:
    clock = VirtualClock()
    hearing = Hearing(clock, (SILENT, 320), (VOICED, 320))
    with hearing.ears.read() as one, hearing.ears.read() as two:
        began = clock.monotonic()
        await hearing.run()
        taken = [[frame async for frame in reader.frames()] for reader in (one, two)]
    assert [heard.frame.start for heard in taken[0]] == [n * FRAME_SAMPLES for n in range(20)]
    assert [heard.speech > 0.5 for heard in taken[0]] == [False] * 10 + [True] * 10
    assert [heard.at - began for heard in taken[0]] == pytest.approx([0.032 * (n + 1) for n in range(20)])
    assert taken[0] == taken[1]
    assert hearing.frames == 20


@instantly
async def test_a_reader_that_begins_later_gets_what_was_just_heard_and_one_after_the_end_nothing() -> None:
    clock = VirtualClock()
    hearing = Hearing(clock, (SILENT, 3200), (WAKE, 32), (SILENT, 320))
    readers: list[FrameQueue] = []
    await hearing.ears.run(
        on_wake=lambda wake: readers.append(hearing.ears.read(since=wake.word_end - 16_000)), on_frame=lambda: None
    )
    word_end = 101 * FRAME_SAMPLES
    with readers[0] as reader:
        starts = [heard.frame.start async for heard in reader.frames()]
    assert starts[0] <= word_end - 16_000 < starts[1]
    assert starts == list(range(starts[0], 111 * FRAME_SAMPLES, FRAME_SAMPLES))
    with hearing.ears.read() as reader:
        assert [heard async for heard in reader.frames()] == []


@instantly
async def test_of_several_wake_words_in_one_frame_the_most_likely_counts() -> None:
    class Two(FakeWake):
        def feed(self, frame: AudioFrame) -> list[WakeDetected]:
            at = frame.end
            return [WakeDetected(word, score, at, at) for word, score in (("a", 0.5), ("b", 0.9), ("c", 0.7))]

    hearing = Hearing(VirtualClock(), (WAKE, 32), wake=Two())
    await hearing.run()
    assert [wake.word for wake in hearing.wakes] == ["b"]


@instantly
async def test_detectors_that_fail_are_logged_once_and_the_frames_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    class Failing(FakeWake):
        def feed(self, frame: AudioFrame) -> list[WakeDetected]:
            if 10 <= frame.start // FRAME_SAMPLES < 20:
                raise EngineError("engine-hung", "it hangs")
            return super().feed(frame)

    hearing = Hearing(VirtualClock(), (VOICED, 960), (WAKE, 32), wake=Failing())
    with hearing.ears.read() as reader:
        await hearing.run()
        speech = [heard.speech > 0.5 async for heard in reader.frames()]
    assert speech == [*[True] * 10, *[False] * 10, *[True] * 10, False]
    assert hearing.frames == 31
    assert len(hearing.wakes) == 1
    assert capsys.readouterr().out.count("ears-failed") == 1


@instantly
async def test_frames_that_were_lost_by_the_source_or_a_slow_reader_are_counted() -> None:
    hearing = Hearing(VirtualClock(), (SILENT, 32 * 700))
    with hearing.ears.read() as one, hearing.ears.read():
        await hearing.run()
        assert hearing.ears.dropped == 75 + 75
    hearing.source.dropped = 5
    assert hearing.ears.dropped == 5 + 75 + 75
    one.close()  # a second time
    assert hearing.ears.dropped == 5 + 75 + 75


@instantly
async def test_a_recording_that_is_read_faster_than_real_time_waits_for_its_readers() -> None:
    clock = VirtualClock()
    hearing = Hearing(clock, (SILENT, 32 * 700))
    hearing.source.paced = False
    taken = []
    with hearing.ears.read() as reader:
        running = asyncio.create_task(hearing.run())
        async for heard in reader.frames():
            await clock.sleep(0.1)  # slower than the sound
            taken.append(heard)
        await running
    assert len(taken) == 700
    assert hearing.ears.dropped == 0


@instantly
async def test_voice_activity_is_computed_for_every_frame_in_batches_while_there_is_no_reader() -> None:
    clock = VirtualClock()
    hearing = Hearing(clock, (VOICED, 32 * (BATCH_FRAMES + 3)), (WAKE, 32), (VOICED, 320))
    calls: list[tuple[float, int]] = []
    vad = CountingVad(clock, calls)
    hearing.ears = Ears(hearing.source, hosted(Detectors(FakeWake(), vad)), clock)
    began = clock.monotonic()
    opened: list[FrameQueue] = []

    def on_wake(wake: WakeDetected) -> None:
        opened.append(hearing.ears.read(since=0))
        assert wake.at == (BATCH_FRAMES + 4) * FRAME_SAMPLES

    await hearing.ears.run(on_wake=on_wake, on_frame=lambda: None)
    times = [round((at - began) / 0.032) for at, _ in calls]
    wake_frame = BATCH_FRAMES + 4
    assert times == [BATCH_FRAMES] * BATCH_FRAMES + [wake_frame] * 4 + list(range(wake_frame + 1, wake_frame + 11))
    assert [start for _, start in calls] == [n * FRAME_SAMPLES for n in range(wake_frame + 10)]
    with opened[0] as reader:
        heard = [frame async for frame in reader.frames()]
    assert [frame.frame.start for frame in heard] == [n * FRAME_SAMPLES for n in range(wake_frame + 10)]
    assert [round((frame.at - began) / 0.032) for frame in heard] == list(range(1, wake_frame + 11))


@instantly
async def test_a_reader_without_a_past_gets_no_frame_that_was_heard_before_it_began() -> None:
    clock = VirtualClock()
    hearing = Hearing(clock, (SILENT, 32 * 20))
    running = asyncio.create_task(hearing.run())
    await clock.sleep(0.032 * 5.5)
    with hearing.ears.read() as reader:
        await running
        starts = [heard.frame.start // FRAME_SAMPLES async for heard in reader.frames()]
    assert starts == list(range(5, 20))


class CountingVad(FakeVad):
    """Notes when each frame is looked at."""

    def __init__(self, clock: VirtualClock, calls: list[tuple[float, int]]) -> None:
        self._clock = clock
        self._calls = calls

    def feed(self, frame: AudioFrame) -> float:
        self._calls.append((self._clock.monotonic(), frame.start))
        return super().feed(frame)


@instantly
async def test_the_engines_are_called_only_when_a_step_of_the_wake_word_is_complete_or_a_reader_waits() -> None:
    """A step of 1,280 samples is complete in the 3rd, 5th, 8th, 10th, 13th... frame: nothing is detected in between."""

    class Stepping(FakeWake):
        step_samples = 1280

        def __init__(self) -> None:
            super().__init__()
            self.fed: list[tuple[int, int]] = []

        def feed(self, frame: AudioFrame) -> list[WakeDetected]:
            self.fed.append((round((clock.monotonic() - began) / 0.032), frame.start // FRAME_SAMPLES))
            return []

    clock = VirtualClock()
    wake = Stepping()
    hearing = Hearing(clock, (SILENT, 32 * 20), wake=wake)
    began = clock.monotonic()
    running = asyncio.create_task(hearing.run())
    await clock.sleep(0.032 * 15.5)
    with hearing.ears.read():
        await running
    assert [frame for _, frame in wake.fed] == list(range(20))
    # Until the step is known, after the first frame, every frame is due.
    assert [at for at, _ in wake.fed] == [1, 3, 3, 5, 5, 8, 8, 8, 10, 10, 13, 13, 13, 15, 15, 16, 17, 18, 19, 20]
    assert hearing.frames == 20


@instantly
async def test_the_wake_word_begins_anew_when_the_microphone_is_switched_on_again() -> None:
    wake = FakeWake()
    hearing = Hearing(VirtualClock(), (SILENT, 320), wake=wake)
    await hearing.ears.mute(True)
    assert (hearing.ears.muted, wake.resets) == (True, 0)
    await hearing.ears.mute(False)
    assert (hearing.ears.muted, wake.resets) == (False, 1)


@instantly
@pytest.mark.parametrize("wakes_while_muted", [True, False])
async def test_a_microphone_that_is_off_wakes_only_if_the_owner_wants_that_and_keeps_nothing(
    wakes_while_muted: bool,
) -> None:
    hearing = Hearing(VirtualClock(), (VOICED, 640), (WAKE, 32), wakes_while_muted=wakes_while_muted)
    await hearing.ears.mute(True)
    with hearing.ears.read() as reader:
        await hearing.run()
        assert [heard async for heard in reader.frames()] == []
    assert len(hearing.wakes) == (1 if wakes_while_muted else 0)
    with hearing.ears.read(since=0) as later:
        assert [heard async for heard in later.frames()] == []

"""A microphone and an output that follow a script, on whatever clock they are given."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import numpy as np

from edge.audio.pacing import QUEUED_S, PlayQueue, Timeline, wait_below
from edge.events import FRAME_SAMPLES, SAMPLE_RATE_HZ, AudioFrame, Samples, Speech
from edge.runtime.clock import Clock


class FakeSource:
    """Frames of a scripted sound in real time: `script` maps the second at which a sound begins to its samples.

    Silence everywhere else; the source ends after `seconds`, or never. A frame is there when its last sample was
    heard. `drop(n)` loses the next n frames, as a full queue would.
    """

    paced = True
    missing = False

    def __init__(
        self,
        clock: Clock,
        script: Mapping[float, Samples] | None = None,
        *,
        seconds: float | None = None,
        carries_echo: bool = False,
    ) -> None:
        self.carries_echo = carries_echo
        self.dropped = 0
        self.closed = False
        self._timeline = Timeline(clock)
        self._script = {round(second * SAMPLE_RATE_HZ): samples for second, samples in (script or {}).items()}
        self._ends = None if seconds is None else seconds * SAMPLE_RATE_HZ
        self._next = 0

    def drop(self, count: int) -> None:
        """Lose the next `count` frames."""
        self.dropped += count
        self._next += count * FRAME_SAMPLES

    async def frames(self) -> AsyncIterator[AudioFrame]:
        """See `AudioSource.frames`."""
        self._timeline.begin()
        while self._ends is None or self._next < self._ends:
            await self._timeline.wait_until((self._next + FRAME_SAMPLES) / SAMPLE_RATE_HZ)
            if self.closed:
                return
            frame = AudioFrame(self._samples(self._next), self._next)
            self._next += FRAME_SAMPLES
            yield frame

    async def aclose(self) -> None:
        """See `AudioSource.aclose`."""
        self.closed = True

    def _samples(self, start: int) -> Samples:
        frame = np.zeros(FRAME_SAMPLES, np.float32)
        for begin, samples in self._script.items():
            first, last = max(begin, start), min(begin + len(samples), start + FRAME_SAMPLES)
            if first < last:
                frame[first - start : last - start] += samples[first - begin : last - begin]
        return frame


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """What was written, at which second of the clock, and at which volume."""

    speech: Speech
    at: float
    volume: int


class FakeSink:
    """An output in real time that remembers what happened; the seconds are those of the clock."""

    def __init__(self, clock: Clock) -> None:
        self.volume = 100
        self.written: list[Written] = []
        self.flushed: list[float] = []
        self.closed = False
        self.missing = False
        self._clock = clock
        self._queue = PlayQueue(clock)

    @property
    def waiting_s(self) -> float:
        """Seconds of sound that were not heard yet."""
        return self._queue.waiting_s()

    @property
    def underruns(self) -> int:
        """See `AudioSink.underruns`."""
        return self._queue.underruns

    @property
    def position_s(self) -> float:
        """See `AudioSink.position_s`."""
        return self._queue.heard_s

    def prepare(self) -> None:
        """Nothing to open."""

    async def write(self, speech: Speech) -> None:
        """See `AudioSink.write`."""
        self.written.append(Written(speech, self._clock.monotonic(), self.volume))
        self._queue.add(speech.duration_ms / 1000)
        await wait_below(QUEUED_S, self._queue.waiting_s, self._clock)

    async def drain(self) -> None:
        """See `AudioSink.drain`."""
        self._queue.complete()
        await wait_below(0, self._queue.waiting_s, self._clock)

    def flush(self) -> float:
        """See `AudioSink.flush`."""
        self.flushed.append(self._clock.monotonic())
        return self._queue.clear()

    async def aclose(self) -> None:
        """See `AudioSink.aclose`."""
        self.closed = True

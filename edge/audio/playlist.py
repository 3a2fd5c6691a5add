"""A source and a sink for demonstrations and benchmarks: recordings on request, and replies with their times.

Both run in real time on the same clock, so that input and output can be compared.
"""

from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass

import numpy as np

from edge.audio.pacing import QUEUED_S, PlayQueue, wait_below
from edge.events import FRAME_SAMPLES, SAMPLE_RATE_HZ, AudioFrame, Samples, Speech
from edge.runtime.clock import Clock


class PlaylistSource:
    """Digital silence with the recordings given to `play` in it. Real time, no echo, no dropped frames."""

    carries_echo = False
    paced = True
    dropped = 0
    missing = False

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._opened_at: float | None = None
        self._waiting: deque[Samples] = deque()
        self._next = 0
        self._ended = False

    def play(self, samples: Samples) -> float:
        """Play a recording (16 kHz) from the next frame on; returns the clock's time (s) of its first sample."""
        queued = sum(len(block) for block in self._waiting)
        padding = -len(samples) % FRAME_SAMPLES
        self._waiting.extend(np.pad(samples, (0, padding)).reshape(-1, FRAME_SAMPLES))
        return self._begun() + (self._next + queued) / SAMPLE_RATE_HZ

    def end(self) -> None:
        """Stop after the queued recordings."""
        self._ended = True

    async def frames(self) -> AsyncIterator[AudioFrame]:
        """See `AudioSource.frames`."""
        silence = np.zeros(FRAME_SAMPLES, np.float32)
        while self._waiting or not self._ended:
            # A frame is complete when its last sample has been spoken.
            due = self._begun() + (self._next + FRAME_SAMPLES) / SAMPLE_RATE_HZ
            await self._clock.sleep(max(0.0, due - self._clock.monotonic()))
            samples = self._waiting.popleft() if self._waiting else silence
            frame = AudioFrame(samples, self._next)
            self._next += FRAME_SAMPLES
            yield frame

    async def aclose(self) -> None:
        """See `AudioSource.aclose`."""
        self._ended = True

    def _begun(self) -> float:
        """The time of the first sample: the first recording, or the first reader."""
        if self._opened_at is None:
            self._opened_at = self._clock.monotonic()
        return self._opened_at


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """Sound that was played from `at` (the clock's seconds) on."""

    speech: Speech
    at: float


class CaptureSink:
    """Records what is written, with the times at which it would be played."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._queue = PlayQueue(clock)
        self.played: list[Played] = []
        self.volume = 100

    @property
    def missing(self) -> bool:
        """See `AudioSink.missing`: never."""
        return False

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
        self.played.append(Played(speech, self._clock.monotonic() + self._queue.waiting_s()))
        self._queue.add(speech.duration_ms / 1000)
        await wait_below(QUEUED_S, self._queue.waiting_s, self._clock)

    async def drain(self) -> None:
        """See `AudioSink.drain`."""
        self._queue.complete()
        await wait_below(0.0, self._queue.waiting_s, self._clock)

    def flush(self) -> float:
        """See `AudioSink.flush`; `played` is cut, too."""
        now = self._clock.monotonic()
        kept = []
        for played in self.played:
            heard = round(max(0.0, now - played.at) * played.speech.rate_hz)
            if heard:
                kept.append(Played(Speech(played.speech.samples[:heard], played.speech.rate_hz), played.at))
        self.played = kept
        return self._queue.clear()

    async def aclose(self) -> None:
        """See `AudioSink.aclose`."""

    def take(self) -> list[Played]:
        """Everything played since the last call, in order."""
        played, self.played = self.played, []
        return played


def join(played: list[Played], rate_hz: int) -> Samples:
    """One recording of what was played, with gaps, at `rate_hz`; empty if nothing was."""
    import soxr

    if not played:
        return np.zeros(0, np.float32)
    begin = played[0].at
    end = max(piece.at + piece.speech.duration_ms / 1000 for piece in played)
    whole = np.zeros(round((end - begin) * rate_hz) + 1, np.float32)
    for piece in played:
        samples = np.asarray(soxr.resample(piece.speech.samples, piece.speech.rate_hz, rate_hz), np.float32)
        start = round((piece.at - begin) * rate_hz)
        samples = samples[: len(whole) - start]
        whole[start : start + len(samples)] += samples
    return whole

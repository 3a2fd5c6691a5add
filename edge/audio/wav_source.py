"""A recording in place of a microphone."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import numpy as np

from edge.audio.pacing import Timeline
from edge.audio.recordings import stream_recording
from edge.events import FRAME_SAMPLES, SAMPLE_RATE_HZ, AudioFrame, Samples
from edge.runtime.clock import Clock


class WavSource:
    """The frames of a WAV or FLAC file; paced: in real time, otherwise as fast as they are consumed.

    No frame is dropped: a late consumer gets the missed frames at once. The last frame is padded with silence, and
    `trailing_silence_ms` of silence follow, so that an endpointer finds the end (`math.inf`: until closed). Raises
    what `stream_recording` raises, usually in the constructor.
    """

    carries_echo = False
    dropped = 0
    missing = False

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock,
        paced: bool = True,
        trailing_silence_ms: float = 0,
        timeline: Timeline | None = None,
    ) -> None:
        self.paced = paced
        self._clock = clock
        self._timeline = timeline or Timeline(clock)
        self._silence_samples = trailing_silence_ms * SAMPLE_RATE_HZ / 1000
        self._blocks = stream_recording(path)
        self._first = next(self._blocks)
        self._closed = False

    async def frames(self) -> AsyncIterator[AudioFrame]:
        """See `AudioSource.frames`. May be called once."""
        self._timeline.begin()
        start = 0
        for samples in self._cut():
            due_s = (start + FRAME_SAMPLES) / SAMPLE_RATE_HZ  # a frame is complete when its last sample has been heard
            await (self._timeline.wait_until(due_s) if self.paced else self._clock.sleep(0))
            if self._closed:
                return
            yield AudioFrame(samples, start)
            start += FRAME_SAMPLES

    async def aclose(self) -> None:
        """See `AudioSource.aclose`."""
        self._closed = True
        self._blocks.close()

    def _cut(self) -> Iterator[Samples]:
        rest = self._first
        for block in self._blocks:
            whole = len(rest) // FRAME_SAMPLES * FRAME_SAMPLES
            yield from rest[:whole].reshape(-1, FRAME_SAMPLES)
            rest = np.concatenate([rest[whole:], block])
        rest = np.pad(rest, (0, -len(rest) % FRAME_SAMPLES))
        yield from rest.reshape(-1, FRAME_SAMPLES)
        silence = np.zeros(FRAME_SAMPLES, np.float32)
        silent = 0
        while silent < self._silence_samples:
            yield silence
            silent += FRAME_SAMPLES

"""A WAV file in place of an output device."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from edge.audio.pacing import QUEUED_S, PlayQueue, Timeline, wait_below
from edge.audio.pcm import RateConverter, gain
from edge.audio.wav_writer import WavWriter
from edge.errors import AudioError
from edge.events import Samples, Speech
from edge.runtime.clock import Clock


class WavSink:
    """Writes to a file what an output would play.

    Paced: sample n of the file was played n / rate after the beginning of the timeline, with silence between the
    replies, so that the file can be compared with the recording of a `WavSource` on the same timeline. Not paced:
    the replies follow each other without gaps or waiting. The complete file appears with `aclose`; until then its
    content is in a hidden file beside it. Raises what `WavWriter` raises; after such an error it discards all sound.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock,
        paced: bool = True,
        rate_hz: int = 24_000,
        timeline: Timeline | None = None,
    ) -> None:
        self.volume = 100
        self._clock = clock
        self._paced = paced
        self._rate_hz = rate_hz
        self._timeline = timeline or Timeline(clock)
        self._converter = RateConverter(rate_hz)
        self._written = PlayQueue(clock)
        self._total_s = 0.0
        self._writer = WavWriter(path, rate_hz)
        self._open = True

    @property
    def missing(self) -> bool:
        """See `AudioSink.missing`: never."""
        return False

    @property
    def underruns(self) -> int:
        """See `AudioSink.underruns`."""
        return self._written.underruns

    @property
    def position_s(self) -> float:
        """See `AudioSink.position_s`. Not paced, everything counts as played at once."""
        return self._written.heard_s if self._paced else self._total_s

    def prepare(self) -> None:
        """Nothing to open."""

    async def write(self, speech: Speech) -> None:
        """See `AudioSink.write`."""
        self._timeline.begin()
        if self._paced and self._written.waiting_s() <= 0:
            self._put(self._converter.rest())  # the end of the previous sound, at its place
            self._resize(max(self._writer.length, self._now()))
        self._put(self._converter.convert(Speech(speech.samples * np.float32(gain(self.volume)), speech.rate_hz)))
        self._written.add(speech.duration_ms / 1000)
        self._total_s += speech.duration_ms / 1000
        await (wait_below(QUEUED_S, self._waiting_s, self._clock) if self._paced else self._clock.sleep(0))

    async def drain(self) -> None:
        """See `AudioSink.drain`."""
        self._written.complete()
        self._put(self._converter.rest())
        if self._paced:
            await wait_below(0, self._waiting_s, self._clock)

    def flush(self) -> float:
        """See `AudioSink.flush`. Not paced, everything has been played already."""
        if not self._paced:
            return self._total_s
        self._converter.rest()
        self._resize(min(self._writer.length, self._now()))
        return self._written.clear()

    async def aclose(self) -> None:
        """See `AudioSink.aclose`."""
        if not self._open:
            return
        self._put(self._converter.rest())
        if self._paced:
            self._resize(max(self._writer.length, self._now()))
        if self._open:
            self._open = False
            self._writer.commit()

    def _now(self) -> int:
        return round(self._timeline.elapsed_s() * self._rate_hz)

    def _waiting_s(self) -> float:
        return self._writer.length / self._rate_hz - self._timeline.elapsed_s()

    def _put(self, samples: Samples) -> None:
        if self._open and len(samples):
            with self._closing_on_error():
                self._writer.append(samples)

    def _resize(self, length: int) -> None:
        if self._open and length != self._writer.length:
            with self._closing_on_error():
                self._writer.resize(length)

    @contextmanager
    def _closing_on_error(self) -> Iterator[None]:
        try:
            yield
        except AudioError:
            self._open = False
            raise

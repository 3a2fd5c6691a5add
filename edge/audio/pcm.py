"""Samples for files and sound cards: 16-bit numbers, another rate, another volume."""

from typing import Any

import numpy as np
import numpy.typing as npt
import soxr

from edge.events import Samples, Speech

Pcm16 = npt.NDArray[np.int16]
"""Samples as 16-bit numbers, shape (n,), -32768 to 32767."""

_NOTHING: Samples = np.zeros(0, np.float32)


def to_pcm16(samples: Samples) -> Pcm16:
    """Round to 16 bits; values beyond full scale are clipped."""
    scaled: Samples = np.rint(samples * np.float32(32768))
    return scaled.clip(-32768, 32767).astype(np.int16)


def gain(volume: int) -> float:
    """The factor for a volume of 0 to 100 percent.

    Cubic, so that equal steps sound about equal: the curve of PulseAudio's software volume. 50 percent is -18 dB.
    """
    return float((min(max(volume, 0), 100) / 100) ** 3)


class RateConverter:
    """Converts the pieces of a reply to one rate without clicks between them (soxr HQ)."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._from_hz = rate_hz
        self._stream: Any = None

    def convert(self, speech: Speech) -> Samples:
        """The next samples at the new rate. A few milliseconds stay inside until the next call or `rest`."""
        before = self.rest() if speech.rate_hz != self._from_hz else _NOTHING
        if speech.rate_hz == self._rate_hz:
            return np.concatenate([before, speech.samples]) if len(before) else speech.samples
        if self._stream is None:
            self._from_hz = speech.rate_hz
            self._stream = soxr.ResampleStream(self._from_hz, self._rate_hz, 1, dtype="float32", quality="HQ")
        return np.concatenate([before, self._stream.resample_chunk(speech.samples)])

    def rest(self) -> Samples:
        """The samples that are still inside; the next piece starts a new conversion."""
        if self._stream is None:
            return _NOTHING
        stream, self._stream = self._stream, None
        return np.asarray(stream.resample_chunk(_NOTHING, last=True), np.float32)

"""Prepares audio for a recogniser: detects digital silence, raises quiet audio, cuts long audio. Pure arithmetic."""

from collections.abc import Iterator

import numpy as np

from edge.events import SAMPLE_RATE_HZ, Samples

SILENT_PEAK = 1e-4
"""-80 dB of full scale, three steps of a 16-bit recording: below any audible sound."""

QUIET_PEAK = 0.1
RAISED_PEAK = 0.3

_LOUD_SHARE = 0.999
_WINDOW = SAMPLE_RATE_HZ // 50


def is_silent(samples: Samples) -> bool:
    """Whether the samples are digital silence, up to its last bits."""
    return float(np.abs(samples).max(initial=0)) < SILENT_PEAK


def raise_quiet(samples: Samples) -> Samples:
    """The samples without their mean, amplified when they are quiet; a click or two does not make them loud."""
    centred = samples - samples.mean(dtype=np.float64).astype(np.float32) if len(samples) else samples
    loudness = np.abs(centred)
    rank = min(len(samples) - 1, int(len(samples) * _LOUD_SHARE))
    peak = float(np.partition(loudness, rank)[rank]) if len(samples) else 0.0
    if not 0 < peak < QUIET_PEAK:
        return np.asarray(centred, dtype=np.float32)
    return np.asarray(np.clip(centred * (RAISED_PEAK / peak), -1, 1), dtype=np.float32)


def quietest(samples: Samples, first: int, last: int) -> int:
    """The middle of the quietest 200 ms between two places: where speech may be cut.

    Needs `0 <= first < last <= len(samples)`; the result lies strictly between them where there is room.
    """
    stretch = samples[first:last].astype(np.float64) ** 2
    whole = len(stretch) // _WINDOW
    if whole <= 1:
        return (first + last) // 2
    energy = stretch[: whole * _WINDOW].reshape(whole, _WINDOW).sum(axis=1)
    width = min(10, whole)
    smooth = np.convolve(energy, np.ones(width), mode="valid")
    return first + int(smooth.argmin()) * _WINDOW + width * _WINDOW // 2


def pieces(samples: Samples, max_length: int) -> Iterator[Samples]:
    """The samples in order, cut at quiet places: each piece is half to all of `max_length`, the last may be shorter."""
    while len(samples) > max_length:
        place = min(max(quietest(samples, max_length // 2, max_length), 1), max_length)
        yield samples[:place]
        samples = samples[place:]
    if len(samples):
        yield samples

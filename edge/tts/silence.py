"""Trims silence at the ends of synthesised speech."""

import numpy as np

from edge.events import Samples

WINDOW_MS = 5
KEPT_BEFORE_MS = 10
KEPT_AFTER_MS = 30
"""A voice begins more suddenly than it ends, and silence at the beginning delays the reply."""
QUIET = 10 ** (-50 / 20)
"""Relative to the loudest window: sound 50 dB below it is inaudible."""


def trim_silence(samples: Samples, rate_hz: int) -> Samples:
    """The samples without the silence around them, but for `KEPT_BEFORE_MS` and `KEPT_AFTER_MS`; empty if inaudible."""
    window = rate_hz * WINDOW_MS // 1000
    whole = len(samples) // window * window
    if not whole:
        return samples[:0]
    levels = np.sqrt(np.mean(np.square(samples[:whole]).reshape(-1, window), axis=1))
    heard = np.flatnonzero(levels > max(QUIET * float(levels.max()), 1e-5))
    if not len(heard):
        return samples[:0]
    before, after = rate_hz * KEPT_BEFORE_MS // 1000, rate_hz * KEPT_AFTER_MS // 1000
    return samples[max(0, int(heard[0]) * window - before) : (int(heard[-1]) + 1) * window + after]

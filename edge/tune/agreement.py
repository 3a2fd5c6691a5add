"""Whether two ways to run a stage agree in what comes out. Pure.

Providers round differently, so samples and probabilities differ in their last digits. A text is right or wrong.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from edge.settings import Stage

Result = Sequence[str] | Sequence[float]
"""What a stage made of the same input: texts (stt), scores (wake, vad), or loudness in steps of 10 ms (tts)."""

SCORE: Final = 0.02
"""The most that a probability may differ: thresholds of the detectors are steps of 0.05."""

_LENGTH: Final = 0.01
_LOUDNESS: Final = 0.05
"""Speech may differ by this share of its length, and of its peak at the 95th percentile."""


def agree(stage: Stage, reference: Result, other: Result) -> bool:
    """Whether `other` is as good as `reference`, the result of the default."""
    if stage == "stt":
        return list(reference) == list(other)
    one, two = np.asarray(reference, np.float64), np.asarray(other, np.float64)
    if not len(one) or not np.isfinite(two).all():
        return False
    if stage == "tts":
        if abs(len(one) - len(two)) > max(1, _LENGTH * len(one)):
            return False
        shared = min(len(one), len(two))
        return bool(np.percentile(np.abs(one[:shared] - two[:shared]), 95) <= _LOUDNESS * one.max())
    return len(one) == len(two) and bool(np.abs(one - two).max() <= SCORE)

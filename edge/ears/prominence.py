"""How far a wake word stands out of the sound of the room."""

from collections.abc import Sequence

import numpy as np

from edge.events import HeardFrame

_FLOOR = 1e-10
_NOISE_PERCENTILE = 10


def prominence_db(frames: Sequence[HeardFrame], since: int, until: int) -> float:
    """The mean power from sample `since` to `until` over that of the quietest tenth of the frames, in decibels.

    A ratio, so that speakers with different microphones and gains can be compared. 0 without frames.
    """
    powers = [(it.frame, float(np.mean(np.square(it.frame.samples, dtype=np.float64)))) for it in frames]
    word = [power for frame, power in powers if frame.end > since and frame.start < until]
    if not word:
        return 0.0
    noise = float(np.percentile([power for _, power in powers], _NOISE_PERCENTILE))
    return float(10 * np.log10((np.mean(word) + _FLOOR) / (noise + _FLOOR)))

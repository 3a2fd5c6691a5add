"""Mixes the channels of a microphone or a recording into one."""

import numpy as np

from edge.events import Samples

_STEREO = 2


def mono(channels: Samples) -> Samples:
    """One channel, shape (n,), of samples of shape (n, channels).

    Stereo is averaged. Of more channels, the first is used: microphone arrays put the processed signal or the first
    microphone there, and an average of signals that arrive at different times would sound muffled.
    """
    if channels.shape[1] == _STEREO:
        return np.asarray(channels.mean(axis=1, dtype=np.float32))
    return channels[:, 0]

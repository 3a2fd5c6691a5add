"""Mixes the channels of a microphone or a recording into one, by what is heard in them.

* A channel in which nothing was heard yet is left out: an open plug, a dead microphone.
* Two channels are averaged. Where one is the other upside down (a wire swapped, a "wide" effect), the average would be
  silence, so the difference is taken.
* Of more channels the first one is used in which anything is heard: microphone arrays put the processed signal or the
  first microphone there, and an average of signals that arrive at different times would sound muffled.

Decisions do not flap: a channel that was heard stays heard, and the sign of the second one follows the correlation of
the last second, with a gap of `_TURN` on both sides.
"""

import numpy as np

from edge.events import Samples

PIECE_S = 0.032
"""A decision is made for this much sound at a time."""

HEARD = 10 ** (-70 / 20)
"""RMS, full scale 1: ten steps of 16 bits. The noise of a working microphone is louder."""

_ESTABLISHED = 4
"""Pieces in which something was heard; fewer can be a click of the device when it is opened."""

_TURN = 0.5
_KEPT = np.exp(-PIECE_S)
"""Of the correlation, from piece to piece: it forgets in a second."""

_STEREO = 2


class Mixer:
    """The channels of one stream. `mix` blocks for microseconds."""

    def __init__(self, channels: int, rate_hz: int) -> None:
        self.piece = max(1, round(rate_hz * PIECE_S))
        """Samples of a piece."""
        self._channels = channels
        self._heard = np.zeros(channels, np.int64)
        self._ones = np.ones(self.piece, np.float32)
        self._gram = np.zeros((_STEREO, _STEREO))
        self._sign = 1.0
        self._weights = self._choose()

    def mix(self, samples: Samples) -> Samples:
        """One channel, shape (n,), of samples of shape (n, channels), which follow those of the last call."""
        if self._channels == 1:
            return samples[:, 0]
        pieces = [self._mix(samples[at : at + self.piece]) for at in range(0, len(samples), self.piece)]
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces or [np.zeros(0, np.float32)])

    def _mix(self, piece: Samples) -> Samples:
        if self._channels == _STEREO:
            gram = piece.T @ piece
            powers = gram.diagonal()
        else:
            powers = np.einsum("ij,ij->j", piece, piece)
        means = self._ones[: len(piece)] @ piece / len(piece)  # a channel can be a constant
        heard = powers / len(piece) - means * means > HEARD * HEARD
        if heard.any():
            self._heard += heard
            if self._channels == _STEREO:
                self._gram = _KEPT * self._gram + (gram - len(piece) * np.outer(means, means))
                self._turn()
            self._weights = self._choose()
        if isinstance(self._weights, int):
            return piece[:, self._weights]
        mixed: Samples = piece @ self._weights
        return mixed

    def _turn(self) -> None:
        """Give the second channel the sign with which it does not cancel the first."""
        scale = float(self._gram[0, 0] * self._gram[1, 1]) ** 0.5
        if self._sign * self._gram[0, 1] < -_TURN * scale:
            self._sign = -self._sign

    def _choose(self) -> "int | Samples":
        """A channel, or the weights of the two."""
        used = np.flatnonzero(self._heard >= _ESTABLISHED)
        if not len(used):
            used = np.flatnonzero(self._heard)
        if self._channels == _STEREO and len(used) != 1:
            return np.array((0.5, 0.5 * self._sign), np.float32)
        return int(used[0]) if len(used) else 0

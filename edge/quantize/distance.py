"""How far networks are from the float ones, in what they expect next. Pure but for the networks it is given."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from edge.quantize.listening import Heard, Networks

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Distance:
    """From the float networks, over all tokens of all recordings.

    `divergence`: the mean Kullback-Leibler divergence of the next token, in nats. `mean` and `largest`: the difference
    of the log-probability of the token that the float networks found.
    """

    divergence: float
    mean: float
    largest: float


class Reference:
    """What the float networks expect."""

    def __init__(self, networks: Networks, heard: Sequence[Heard]) -> None:
        self._heard = heard
        self._expected = [networks.log_probs(one.audio, one.tokens) for one in heard]

    def distance(self, networks: Networks) -> Distance:
        """Of networks that hear the same recordings and read the same tokens."""
        found = [networks.log_probs(networks.audio(one.samples)[1], one.tokens) for one in self._heard]
        following = [np.asarray(one.tokens[1:]) for one in self._heard]
        return distance(self._expected, found, following)


def distance(
    expected: Sequence[Floats], found: Sequence[Floats], following: Sequence[npt.NDArray[np.int64]]
) -> Distance:
    """Between log-probabilities [tokens, V] of each recording; `following` are the tokens that really follow."""
    divergences = [(np.exp(one) * (one - two)).sum(axis=1) for one, two in zip(expected, found, strict=True)]
    differences = [
        np.abs((one - two)[np.arange(len(tokens)), tokens])
        for one, two, tokens in zip(expected, found, following, strict=True)
    ]
    apart = np.concatenate(differences)
    return Distance(float(np.concatenate(divergences).mean()), float(apart.mean()), float(apart.max()))

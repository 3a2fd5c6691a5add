"""A command, free text, or nothing: decided from how well each explains the audio. Pure arithmetic.

The recogniser's probability of a text mixes how well the text fits the sound with what the recogniser expects anyway
(its internal language model). The second part is estimated on audio in which nothing is said, and subtracted by half
(internal language model estimation, Meng et al. 2021, https://arxiv.org/abs/2011.01991): in noise, "with milk" must not
win over "with skim milk" because it is shorter and more usual.
"""

import math
from collections.abc import Sequence

from edge.events import Candidate

PRIOR_WEIGHT = 0.5

LEAST_PROBABILITY = 0.5

_BIAS = 4.0
_BEHIND_A_TOKEN = -2.0
_BEHIND = -0.02


def fit(candidate: Candidate) -> float:
    """How well a text explains the audio, without half of what was expected anyway (natural logarithm)."""
    return candidate.log_prob - PRIOR_WEIGHT * candidate.prior


def best(sentences: Sequence[Candidate]) -> Candidate | None:
    """The sentence that explains the audio best."""
    return max(sentences, key=fit, default=None)


def probability(sentence: Candidate, free: Candidate) -> float:
    """That `sentence` was said rather than something the grammar does not contain.

    `free` is the best text without a grammar. A logistic regression on how far the sentence is behind it; how it was
    fitted is in docs/speech-to-intent.md.
    """
    behind = max(0.0, free.log_prob - sentence.log_prob)
    logit = _BIAS + _BEHIND_A_TOKEN * behind / sentence.length + _BEHIND * behind
    return 1 / (1 + math.exp(-logit))

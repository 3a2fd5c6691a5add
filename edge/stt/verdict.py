"""A command, free text, or nothing: decided from how well each explains the audio. Pure arithmetic.

The recogniser's probability of a text mixes how well the text fits the sound with what the recogniser expects anyway
(its internal language model). The second part is estimated on audio in which nothing is said, and half of it is
subtracted (internal language model estimation, Meng et al. 2021, https://arxiv.org/abs/2011.01991): in noise, "with
milk" must not win over "with skim milk" because it is shorter and more usual. Free text inside a sentence keeps it:
there the recogniser's expectation is all that tells "inception" from "and ception".
"""

import math
from collections.abc import Sequence

from edge.events import Candidate

PRIOR_WEIGHT = 0.5
"""Between 0.3 and 0.8 the accuracy in noise is the same."""

LEAST_PROBABILITY = 0.7
"""To act on a command that was not given is worse than to ask again."""

_BIAS = 3.15
_BEHIND = -2.22
_EVIDENCE = 0.60
_AGAINST_CERTAINTY = -0.25
"""A logistic regression on 1,092 orders and commands, clean and in noise of 12 and 6 dB, and 765 recordings of other
speech against the same grammars, 40 of them a word or two away from an order: see docs/speech-to-intent.md."""

_CERTAIN = -0.15
_CERTAIN_WIDTH = 0.02
_FURTHEST = 30.0

_LEAST_LENGTH = 2.0


def fit(candidate: Candidate) -> float:
    """How well a text explains the audio, without half of what was expected anyway (natural logarithm)."""
    return candidate.log_prob - PRIOR_WEIGHT * candidate.prior * (1 - candidate.free)


def best(sentences: Sequence[Candidate]) -> Candidate | None:
    """The sentence that explains the audio best; of those that differ in their free text, the likeliest."""
    first = max(sentences, key=fit, default=None)
    if first is None or not first.free:
        return first
    return max((s for s in sentences if s.free and _shape(s) == _shape(first)), key=lambda s: s.log_prob)


def _shape(sentence: Candidate) -> object:
    return sentence.intent and (sentence.intent.name, frozenset(sentence.intent.slots))


def behind(sentence: Candidate, free: Candidate) -> float:
    """How much less likely a sentence is than the best free text, for each token that the grammar chose."""
    bound = max(_LEAST_LENGTH, sentence.length * (1 - sentence.free))
    return max(0.0, free.log_prob - sentence.log_prob) / bound


def evidence(candidate: Candidate) -> float:
    """How much more likely the audio makes a text than noise does, for each token: pointwise mutual information."""
    return (candidate.log_prob - candidate.prior) / candidate.length


def probability(sentence: Candidate, free: Candidate) -> float:
    """That `sentence` was said rather than something the grammar does not contain.

    Where the recogniser is certain of the free text, every word in which the sentence differs counts, however long the
    sentence is: "a large mocha without milk" is no mocha with milk.
    """
    gap = min(_FURTHEST, max(0.0, free.log_prob - sentence.log_prob))
    logit = _BIAS + _BEHIND * behind(sentence, free) + _EVIDENCE * evidence(sentence)
    return _sigmoid(logit + _AGAINST_CERTAINTY * gap * certainty(free))


def certainty(free: Candidate) -> float:
    """Whether the recogniser is sure of the free text, 0 to 1: from 85 % for each token on."""
    return _sigmoid((free.log_prob / free.length - _CERTAIN) / _CERTAIN_WIDTH)


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-min(50.0, max(-50.0, logit))))

"""Decides between a command, free text and nothing from how well each explains the audio. Pure arithmetic.

The recogniser's probability of a text mixes how well the text fits the sound with what the recogniser expects anyway:
its internal language model. That part is estimated on audio without speech, and half of it is subtracted (internal
language model estimation, Meng et al. 2021, https://arxiv.org/abs/2011.01991): in noise, "with milk" must not win over
"with skim milk" because it is shorter and more common. Free text inside a sentence keeps it: there the language model
is all that tells "inception" from "and ception".
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from edge.events import Candidate
from edge.stt.moonshine.tuning import Tuning

MAX_GAP = 30.0
"""A larger gap between free text and sentence says nothing more."""

MIN_BOUND_TOKENS = 2.0
"""Sentences with fewer tokens that the grammar chose count as this long."""


@dataclass(frozen=True, slots=True)
class Features:
    """What the probability of a sentence is computed from; see `Verdict.probability`."""

    gap_per_token: float
    pmi_per_token: float
    certain_gap: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision with the weights of one model."""

    tuning: Tuning

    def score(self, candidate: Candidate) -> float:
        """How well a text explains the audio, without part of what was expected anyway (natural logarithm)."""
        return candidate.log_prob - self.tuning.prior_weight * candidate.prior * (1 - candidate.free)

    def best(self, sentences: Sequence[Candidate]) -> Candidate | None:
        """The sentence with the highest score; among those that differ only in their free text, the likeliest."""
        first = max(sentences, key=self.score, default=None)
        if first is None or not first.free:
            return first
        return max((s for s in sentences if s.free and _shape(s) == _shape(first)), key=lambda s: s.log_prob)

    def probability(self, sentence: Candidate, free: Candidate) -> float:
        """The probability that `sentence` was said, not something outside the grammar: a logistic regression.

        Where the recogniser is certain of the free text, every differing word counts, however long the sentence is:
        "a large mocha without milk" is not a mocha with milk.
        """
        of, tuning = self.features(sentence, free), self.tuning
        logit = tuning.bias + tuning.gap_per_token_weight * of.gap_per_token
        logit += tuning.pmi_per_token_weight * of.pmi_per_token
        return _sigmoid(logit + tuning.certain_gap_weight * of.certain_gap)

    def features(self, sentence: Candidate, free: Candidate) -> Features:
        """The regression's inputs."""
        gap = min(MAX_GAP, max(0.0, free.log_prob - sentence.log_prob))
        return Features(gap_per_token(sentence, free), pmi_per_token(sentence), gap * self.certainty(free))

    def certainty(self, free: Candidate) -> float:
        """Whether the recogniser is sure of the free text, 0 to 1."""
        return _sigmoid((free.log_prob / free.length - self.tuning.certain_log_prob) / self.tuning.certain_width)


def gap_per_token(sentence: Candidate, free: Candidate) -> float:
    """How much less likely a sentence is than the best free text, for each token that the grammar chose."""
    bound = max(MIN_BOUND_TOKENS, sentence.length * (1 - sentence.free))
    return max(0.0, free.log_prob - sentence.log_prob) / bound


def pmi_per_token(candidate: Candidate) -> float:
    """Pointwise mutual information of text and audio: how much likelier the audio makes the text than noise does."""
    return (candidate.log_prob - candidate.prior) / candidate.length


def _shape(sentence: Candidate) -> object:
    return sentence.intent and (sentence.intent.name, frozenset(sentence.intent.slots))


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-min(50.0, max(-50.0, logit))))

"""Private matters in words that no rule knows: a classifier that learned them from examples. Pure.

`scripts/train_private_matters.py` trains it. It adds to the rules and takes nothing away from them.
"""

import functools
from collections.abc import Iterator
from importlib import resources
from typing import Final

from edge.nlu.en.privacy.sentence import sentence_of
from edge.nlu.kind_classifier import MOST_WORDS, KindClassifier, read_classifier
from edge.nlu.privacy import PrivacyClass

ORDINARY: Final = "ordinary"
"""The class of what may be sent. It comes first."""
_LEAST_PERSONAL: Final = 0.2
_LEAST_OTHER: Final = 0.5
"""The least probability of all private matters together, in a text that tells of a person and in any other;
docs/privacy.md has what they give."""
_FEWEST_WORDS: Final = 4
"""Of fewer words only the rules judge: names of things are that short."""
_STEP: Final = MOST_WORDS // 2


def learned_classes(text: str) -> frozenset[PrivacyClass]:
    """The private matters that the parts of a text are most likely about."""
    return frozenset(found for part in _parts(text.split()) if (found := class_of(part, _classifier())) is not None)


def _parts(words: list[str]) -> Iterator[str]:
    """The text in parts of which the classifier sees everything; each begins in the middle of the one before."""
    if len(words) < _FEWEST_WORDS:
        return
    for begin in range(0, max(1, len(words) - _STEP), _STEP):
        yield " ".join(words[begin : begin + MOST_WORDS])


def class_of(part: str, classifier: KindClassifier) -> PrivacyClass | None:
    """The private matter of a text of at most `MOST_WORDS` words; None if it may be sent."""
    ordinary, *private = classifier.probabilities(part).tolist()
    if 1 - ordinary < least_probability(part):
        return None
    return PrivacyClass(classifier.kinds[1 + private.index(max(private))])


def least_probability(text: str) -> float:
    """The probability from which a text counts as private. A text that tells of no person seldom is."""
    sentence = sentence_of(text)
    return _LEAST_PERSONAL if sentence.says_i or sentence.has_person else _LEAST_OTHER


@functools.cache
def _classifier() -> KindClassifier:
    """Half a megabyte, read at the first question."""
    return read_classifier(resources.files("edge.nlu.en") / "private_matters.npz")

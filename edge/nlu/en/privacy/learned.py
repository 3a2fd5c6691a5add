"""Private matters in words that no rule knows: a classifier that learned them from examples. Pure.

`scripts/train_private_matters.py` trains it. It adds to the rules and takes nothing away from them.
"""

import functools
from collections.abc import Iterator
from importlib import resources
from typing import Final

from edge.nlu.kind_classifier import MOST_WORDS, KindClassifier, read_classifier
from edge.nlu.privacy import PrivacyClass

ORDINARY: Final = "ordinary"
"""The class of what may be sent. It comes first."""
LEAST: Final = 0.35
"""The least probability of all private matters together; docs/privacy.md has what it gives."""
_FEWEST_WORDS: Final = 4
"""Of fewer words only the rules judge: names of things are that short."""
_STEP: Final = MOST_WORDS // 2


def learned_classes(text: str) -> frozenset[PrivacyClass]:
    """The private matters that the parts of a text are most likely about."""
    return frozenset(found for part in _parts(text.split()) if (found := _class_of(part)) is not None)


def _parts(words: list[str]) -> Iterator[str]:
    """The text in parts of which the classifier sees everything; each begins in the middle of the one before."""
    if len(words) < _FEWEST_WORDS:
        return
    for begin in range(0, max(1, len(words) - _STEP), _STEP):
        yield " ".join(words[begin : begin + MOST_WORDS])


def _class_of(part: str) -> PrivacyClass | None:
    classifier = _classifier()
    ordinary, *private = classifier.probabilities(part).tolist()
    if 1 - ordinary < LEAST:
        return None
    return PrivacyClass(classifier.kinds[1 + private.index(max(private))])


@functools.cache
def _classifier() -> KindClassifier:
    """Half a megabyte, read at the first question."""
    return read_classifier(resources.files("edge.nlu.en") / "private_matters.npz")

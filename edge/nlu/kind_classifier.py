"""A linear classifier over hashed words and letters: the kind of a text, with a probability for each.

Multinomial logistic regression on hashed n-grams (Weinberger et al., "Feature Hashing for Large Scale Multitask
Learning", 2009). `scripts/train_question_kinds.py` fits the weights of a language.
"""

import io
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

BUCKETS: Final = 1 << 16
"""Rows of the weights; each n-gram has one, which it shares with others."""

_MOST_WORDS: Final = 48
_MOST_CHARS: Final = 600
"""What is looked at of a text."""
_MOST_LETTERS: Final = 18
"""Of a word: a longer one is no word."""
_LETTERS: Final = (3, 4, 5)
"""The lengths of the pieces of words, which related words share."""
_CONTENT: Final = "_"
_LONGEST_SHAPE: Final = 5

_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
_NUMBER: Final = "#"

Probabilities = npt.NDArray[np.float32]
"""One for each kind, in the order of `KindClassifier.kinds`."""


def words(text: str) -> list[str]:
    """The words of a text in lower case, each number as one sign."""
    found = _WORD.findall(text[:_MOST_CHARS].casefold().replace("\u2019", "'"))
    return [_NUMBER if it[0].isdigit() else it[:_MOST_LETTERS] for it in found[:_MOST_WORDS]]


def buckets(text: str, common: AbstractSet[str]) -> npt.NDArray[np.intp]:
    """The rows of a text's n-grams, each once and in order; none for a text without words.

    `common` are the words that tell the shape of a question; all others are content.
    """
    return np.unique(np.fromiter((zlib.crc32(it.encode()) % BUCKETS for it in _n_grams(words(text), common)), np.intp))


def _n_grams(said: Sequence[str], common: AbstractSet[str]) -> Iterator[str]:
    """Words and pieces of them, neighbours, the first two words with each other one, and the shape."""
    if not said:
        return
    for at, word in enumerate(said):
        yield word
        yield f"1 {said[0]} {word}"
        if at:
            yield f"2 {said[1]} {word}"
        if word not in common and word != _NUMBER:
            spelled = f"<{word}>"
            for length in _LETTERS:
                yield from (f"-{spelled[begin : begin + length]}" for begin in range(len(spelled) - length + 1))
    yield from _neighbours(["^", *said, "$"], 2, 3)
    yield from _neighbours(["^", *_shape(said, common), "$"], 2, _LONGEST_SHAPE, mark="/")


def _neighbours(said: Sequence[str], least: int, most: int, mark: str = " ") -> Iterator[str]:
    for length in range(least, most + 1):
        yield from (mark.join(said[at : at + length]) for at in range(len(said) - length + 1))


def _shape(said: Sequence[str], common: AbstractSet[str]) -> list[str]:
    """The common words, and one sign for each run of content."""
    kept = [word if word in common or word == _NUMBER else _CONTENT for word in said]
    return [word for at, word in enumerate(kept) if word != _CONTENT or at == 0 or kept[at - 1] != _CONTENT]


class KindClassifier:
    """The weights of one language. Immutable; may be used on any thread."""

    def __init__(
        self,
        kinds: Sequence[str],
        common: Iterable[str],
        weights: npt.NDArray[np.int8],
        scale: npt.NDArray[np.float32],
        bias: npt.NDArray[np.float32],
    ) -> None:
        """`common`: see `buckets`. `weights` has the shape (BUCKETS, kinds); `scale` is one number a kind."""
        self.kinds = tuple(kinds)
        self._common = frozenset(common)
        self._weights = weights
        self._scale = scale
        self._bias = bias

    def probabilities(self, text: str) -> Probabilities:
        """How likely each kind is; they sum up to 1. Takes well under a millisecond."""
        rows = buckets(text, self._common)
        score = self._weights[rows].sum(axis=0, dtype=np.float32) * self._scale / np.sqrt(max(1, len(rows)))
        score = score + self._bias
        grown = np.exp(score - score.max())
        return np.asarray(grown / grown.sum(), np.float32)

    def save(self, path: Path) -> None:
        """Write the file that `read_classifier` reads."""
        np.savez_compressed(
            path,
            kinds=np.array(self.kinds),
            common=np.array(sorted(self._common)),
            weights=self._weights,
            scale=self._scale,
            bias=self._bias,
        )


def read_classifier(file: Traversable) -> KindClassifier:
    """The classifier of a file that the training script wrote."""
    with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as saved:
        kinds, common = saved["kinds"].tolist(), saved["common"].tolist()
        return KindClassifier(kinds, common, saved["weights"], saved["scale"], saved["bias"])

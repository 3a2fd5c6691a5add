"""A linear classifier over hashed words and letters: the kind of a text, with a probability for each.

Multinomial logistic regression on hashed n-grams (Weinberger et al., "Feature Hashing for Large Scale Multitask
Learning", 2009). `scripts/learning.py` fits the weights of a language.
"""

import io
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

BUCKETS: Final = 1 << 16
"""Rows of the weights; each n-gram has one, which it shares with others."""

MOST_WORDS: Final = 48
_MOST_CHARS: Final = 600
"""What is looked at of a text."""
_MOST_LETTERS: Final = 18
"""Of a word: a longer one is no word."""
_LETTERS: Final = (3, 4, 5)
"""The lengths of the pieces of words, which related words share."""
_CONTENT: Final = "_"
_LONGEST_SHAPE: Final = 5
LEVELS: Final = (512, 128, 48)
"""How many classes of words there are, fine to coarse. A class is in one of the next level."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
_NUMBER: Final = "#"

Classes = tuple[int, int, int]
"""The classes of a word, one for each of `LEVELS`."""

Probabilities = npt.NDArray[np.float32]
"""One for each kind, in the order of `KindClassifier.kinds`."""


def words(text: str) -> list[str]:
    """The words of a text in lower case, each number as one sign."""
    found = _WORD.findall(text[:_MOST_CHARS].casefold().replace("\u2019", "'"))
    return [_NUMBER if it[0].isdigit() else it[:_MOST_LETTERS] for it in found[:MOST_WORDS]]


class Vocabulary:
    """What is known of words: `common` ones tell the shape of a question, all others are content.

    `classes` are the classes of words that mean something alike, one for each of `LEVELS`.
    """

    def __init__(self, common: Iterable[str], classes: Mapping[str, Classes]) -> None:
        self.common = frozenset(common)
        self.classes = dict(classes)

    def of(self, word: str) -> Classes | None:
        """The classes of a word, of its singular or of its plural; None if it is common or unknown."""
        if word in self.common:
            return None
        word = word.removesuffix("'s")
        return self.classes.get(word) or self.classes.get(word.removesuffix("s")) or self.classes.get(f"{word}s")


def buckets(text: str, vocabulary: Vocabulary) -> npt.NDArray[np.intp]:
    """The rows of a text's n-grams, each once and in order; none for a text without words."""
    grams = _n_grams(words(text), vocabulary)
    return np.unique(np.fromiter((zlib.crc32(it.encode()) % BUCKETS for it in grams), np.intp))


def _n_grams(said: Sequence[str], vocabulary: Vocabulary) -> Iterator[str]:
    """Words, pieces and classes of them, neighbours, the first two words with each other one, and the shape."""
    if not said:
        return
    common = vocabulary.common
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
    yield from _of_classes(said, vocabulary)


def _of_classes(said: Sequence[str], vocabulary: Vocabulary) -> Iterator[str]:
    """The classes of words alone, with the first word, and in place of the content between common words."""
    classes = [vocabulary.of(word) for word in said]
    for found in (it for it in classes if it is not None):
        for level, number in zip(LEVELS, found, strict=True):
            yield f"@{level} {number}"
            yield f"@{level} {said[0]} {number}"
    kept = [
        word if word in vocabulary.common or word == _NUMBER else _CONTENT if found is None else f"@{found[1]}"
        for word, found in zip(said, classes, strict=True)
    ]
    yield from _neighbours(["^", *kept, "$"], 2, 3, mark="|")


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
        vocabulary: Vocabulary,
        weights: npt.NDArray[np.int8],
        scale: npt.NDArray[np.float32],
        bias: npt.NDArray[np.float32],
    ) -> None:
        """`weights` has the shape (BUCKETS, kinds); `scale` is one number a kind."""
        self.kinds = tuple(kinds)
        self._vocabulary = vocabulary
        self._weights = weights
        self._scale = scale
        self._bias = bias

    def probabilities(self, text: str) -> Probabilities:
        """How likely each kind is; they sum up to 1. Takes well under a millisecond."""
        rows = buckets(text, self._vocabulary)
        score = self._weights[rows].sum(axis=0, dtype=np.float32) * self._scale / np.sqrt(max(1, len(rows)))
        score = score + self._bias
        grown = np.exp(score - score.max())
        return np.asarray(grown / grown.sum(), np.float32)

    def save(self, path: Path) -> None:
        """Write the file that `read_classifier` reads."""
        np.savez_compressed(
            path,
            kinds=np.array(self.kinds),
            common=_joined(sorted(self._vocabulary.common)),
            classed=_joined(list(self._vocabulary.classes)),
            classes=np.array(list(self._vocabulary.classes.values()), np.int16),
            weights=self._weights,
            scale=self._scale,
            bias=self._bias,
        )


def read_classifier(file: Traversable) -> KindClassifier:
    """The classifier of a file that the training script wrote."""
    with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as saved:
        fine_to_coarse = [(fine, middle, coarse) for fine, middle, coarse in saved["classes"].tolist()]
        classes = dict(zip(_apart(saved["classed"]), fine_to_coarse, strict=True))
        vocabulary = Vocabulary(_apart(saved["common"]), classes)
        return KindClassifier(saved["kinds"].tolist(), vocabulary, saved["weights"], saved["scale"], saved["bias"])


def _joined(all_words: Sequence[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer(" ".join(all_words).encode(), np.uint8)


def _apart(joined: npt.NDArray[np.uint8]) -> list[str]:
    return joined.tobytes().decode().split(" ")

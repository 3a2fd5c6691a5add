"""Fits a classifier of texts (`edge.nlu.kind_classifier`) to sentences with their kinds.

`question_kinds/word-classes.txt` has words that mean something alike; `make_word_classes.py` made it.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from edge.nlu.kind_classifier import BUCKETS, Classes, KindClassifier, Vocabulary, buckets

_HERE: Final = Path(__file__).with_name("question_kinds")
_CLASS_ENDS: Final = ("-", "=")
COMMON: Final = frozenset((_HERE / "common-words.txt").read_text(encoding="utf-8").split())

_ROUNDS: Final = 12
_BATCH: Final = 1024
_RATE: Final = 0.3
_RUNS: Final = 3
"""How many times the weights are found, each time with other n-grams dropped: their mean is steadier than each."""
_DROPPED: Final = 0.5
"""The share of n-grams that a sentence is learned without, others each time, so that none alone tells a kind."""

Weights = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]
"""The weights, one row an n-gram and one column a kind, and the bias of each kind."""


def _classes(text: str) -> Iterator[tuple[str, Classes]]:
    """The words of `word-classes.txt` with the numbers of their line, their block and their larger block."""
    fine = middle = coarse = 0
    for line in text.splitlines():
        middle += line == "-"
        coarse += line == "="
        if line not in _CLASS_ENDS:
            yield from ((word, (fine, middle, coarse)) for word in line.split())
            fine += 1


VOCABULARY: Final = Vocabulary(COMMON, dict(_classes((_HERE / "word-classes.txt").read_text(encoding="utf-8"))))


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a file with one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def matrix(texts: Sequence[str]) -> csr_matrix:
    """The n-grams of each text, one row a text, as `KindClassifier.probabilities` weighs them."""
    found = [buckets(it, VOCABULARY) for it in texts]
    begins = np.cumsum([0, *map(len, found)])
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(max(1, len(row))), np.float32) for row in found])
    return csr_matrix((values, np.concatenate(found), begins), shape=(len(found), BUCKETS))


def fitted(x: csr_matrix, kind: npt.NDArray[np.intp], share: npt.NDArray[np.float64], kinds: int) -> Weights:
    """The regression of rows of `matrix` whose kind is `kind` and whose weight is `share`.

    Found with AdaGrad (Duchi, Hazan and Singer 2011), which gives the weights of rare n-grams larger steps.
    """
    each = (share / share.mean()).astype(np.float32)
    runs = [_one_run(x, kind, each, kinds, seed) for seed in range(_RUNS)]
    weights, bias = (np.mean(it, axis=0) for it in zip(*runs, strict=True))
    return weights, bias


def _one_run(
    x: csr_matrix, kind: npt.NDArray[np.intp], share: npt.NDArray[np.float32], kinds: int, seed: int
) -> Weights:
    weights, bias = np.zeros((BUCKETS, kinds), np.float32), np.zeros(kinds, np.float32)
    squares = [np.full_like(it, 1e-8) for it in (weights, bias)]
    order = np.random.default_rng(seed)
    for _ in range(_ROUNDS):
        shuffled = order.permutation(len(kind))
        for some in np.split(shuffled, range(_BATCH, len(kind), _BATCH)):
            batch = x[some]
            batch.data *= (order.random(len(batch.data)) >= _DROPPED) / np.float32(1 - _DROPPED)
            score = batch @ weights + bias
            grown = np.exp(score - score.max(axis=1, keepdims=True))
            error = grown / grown.sum(axis=1, keepdims=True)
            error[np.arange(len(some)), kind[some]] -= 1
            error *= share[some, None] / len(some)
            slopes = (batch.T @ error, error.sum(axis=0))
            for values, slope, square in zip((weights, bias), slopes, squares, strict=True):
                np.add(square, slope**2, out=square)
                np.subtract(values, _RATE * slope / np.sqrt(square), out=values)
    return weights, bias


def compact(kinds: Sequence[str], fit: Weights, temperature: float = 1.0) -> KindClassifier:
    """The classifier with one byte a weight. `temperature` flattens its probabilities (Guo et al. 2017)."""
    weights, bias = fit
    scale = np.abs(weights).max(axis=0) / 127
    small = np.round(weights / scale).astype(np.int8)
    return KindClassifier(
        kinds, VOCABULARY, small, (scale / temperature).astype(np.float32), (bias / temperature).astype(np.float32)
    )

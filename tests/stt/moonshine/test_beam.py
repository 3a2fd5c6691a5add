import math
from collections.abc import Sequence
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from edge.stt.moonshine.beam import FreeBeam, Hypothesis, LogProbs
from edge.stt.moonshine.beam import search as grow

END = 0
VOCABULARY = 4


class Language:
    """A decoder whose next token depends on the two before it, by a table; counts the hypotheses it was asked about."""

    def __init__(self, table: dict[tuple[int, ...], list[float]], default: list[float]) -> None:
        self._table = table
        self._default = default
        self._rows: list[tuple[int, ...]] = [()]
        self.asked = 0

    def begin(self) -> LogProbs:
        self._rows = [()]
        return self._answer()

    def extend(self, rows: Sequence[int], tokens: Sequence[int]) -> LogProbs:
        self._rows = [(*self._rows[row], token) for row, token in zip(rows, tokens, strict=True)]
        return self._answer()

    def _answer(self) -> LogProbs:
        self.asked += len(self._rows)
        rows = [self._table.get(row[-2:], self._default) for row in self._rows]
        return np.log(np.asarray(rows, np.float32))

    def total(self, tokens: Sequence[int]) -> float:
        places = [tuple(tokens[max(0, i - 2) : i]) for i in range(len(tokens))]
        return sum(math.log(self._table.get(p, self._default)[t]) for p, t in zip(places, tokens, strict=True))


def search(decoder: Language, *, end: int, width: int, max_tokens: int) -> Hypothesis:
    beam = FreeBeam(end=end, width=width, max_tokens=max_tokens)
    grow(decoder, beam)
    return beam.best()


GARDEN_PATH = Language(
    # "1" looks better than "2", but nothing good follows it.
    {(): [0.001, 0.55, 0.448, 0.001], (1,): [0.3, 0.2, 0.2, 0.3], (2,): [0.97, 0.01, 0.01, 0.01]},
    [0.25, 0.25, 0.25, 0.25],
)


def test_one_hypothesis_takes_the_best_token_each_time() -> None:
    found = search(GARDEN_PATH, end=END, width=1, max_tokens=5)
    assert found.tokens[0] == 1


def test_a_beam_finds_what_is_better_as_a_whole() -> None:
    found = search(GARDEN_PATH, end=END, width=2, max_tokens=5)
    assert found.tokens == (2,)
    assert found.ended
    assert len(found.log_probs) == 2


def test_a_sure_model_is_asked_about_one_hypothesis_only() -> None:
    sure = {(): [1e-6, 1, 1e-6, 1e-6], (1,): [1e-6, 1e-6, 1, 1e-6], (1, 2): [1, 1e-6, 1e-6, 1e-6]}
    language = Language(sure, [0.25] * 4)
    assert search(language, end=END, width=4, max_tokens=9).tokens == (1, 2)
    assert language.asked == 3


def test_what_never_ends_is_cut_and_says_so() -> None:
    endless = Language({}, [1e-9, 0.6, 0.3, 0.1])
    found = search(endless, end=END, width=3, max_tokens=7)
    assert not found.ended
    assert found.tokens == (1,) * 7


probabilities = st.lists(st.floats(0.01, 1), min_size=VOCABULARY, max_size=VOCABULARY).map(
    lambda weights: [w / sum(weights) for w in weights]
)
tables = st.dictionaries(st.sampled_from([p for n in range(3) for p in product(range(1, 4), repeat=n)]), probabilities)


@given(tables, probabilities, st.integers(1, 5), st.integers(1, 6))
def test_every_result_carries_its_own_probabilities(
    table: dict[tuple[int, ...], list[float]], default: list[float], width: int, longest: int
) -> None:
    language = Language(table, default)
    found = search(language, end=END, width=width, max_tokens=longest)
    said = (*found.tokens, END) if found.ended else found.tokens
    assert END not in found.tokens
    assert len(said) == len(found.log_probs) <= longest
    assert math.isclose(found.total, language.total(said), abs_tol=1e-4)


def test_the_mean_counts_the_end_mark() -> None:
    assert Hypothesis((1, 2), (-1.0, -2.0, -3.0), ended=True).mean == -2.0
    assert Hypothesis().mean == 0.0

"""Beam search over a decoder that gives the probabilities of the next token. Contains no model.

The search is synchronous in tokens: all hypotheses of a beam have the same length. The beam narrows by itself: where
the model is sure, all but one hypothesis fall more than a margin behind, and a step costs no more than a greedy one.
Several beams over the same audio share the decoder's calls: one that may write anything, one that follows a grammar.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

MARGIN = 4.0
"""Hypotheses this much less likely than the best one (natural logarithm) are pruned."""

_ROUNDING = 1e-3
"""Far above that of float32."""

LogProbs = npt.NDArray[np.float32]
"""Shape (hypotheses, vocabulary): the natural logarithm of each next token's probability."""


class Decoder(Protocol):
    """One utterance, ready to be decoded."""

    def begin(self) -> LogProbs:
        """The first token's, shape (1, vocabulary)."""
        ...

    def extend(self, rows: Sequence[int], tokens: Sequence[int]) -> LogProbs:
        """Those after adding `tokens[i]` to hypothesis `rows[i]` of the last call, shape (len(rows), vocabulary)."""
        ...


class Beam(Protocol):
    """Hypotheses of one search."""

    def grow(self, log_probs: LogProbs) -> tuple[list[int], list[int]]:
        """Extend the hypotheses by what may follow each: the rows to extend and their tokens; empty when finished."""
        ...


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Tokens with their log-probabilities; the end mark is not among the tokens, its probability is the last one."""

    tokens: tuple[int, ...] = ()
    log_probs: tuple[float, ...] = ()
    ended: bool = False

    @property
    def total(self) -> float:
        """The logarithm of the probability of the whole text."""
        return sum(self.log_probs)

    @property
    def mean(self) -> float:
        """The mean per token, which makes long and short hypotheses comparable."""
        return self.total / max(1, len(self.log_probs))


class SearchCancelledError(Exception):
    """The result of this search is no longer needed."""


def search(decoder: Decoder, *beams: Beam, cancelled: Callable[[], bool] = lambda: False) -> None:
    """Grow all beams until each is finished. Raises `SearchCancelledError` at the next step once `cancelled()`."""
    log_probs = decoder.begin()
    parts = [(beam, 0, 1) for beam in beams]
    while parts:
        if cancelled():
            raise SearchCancelledError
        rows: list[int] = []
        tokens: list[int] = []
        growing: list[tuple[Beam, int, int]] = []
        for beam, first, last in parts:
            grown, added = beam.grow(log_probs[first:last])
            if grown:
                growing.append((beam, len(rows), len(rows) + len(grown)))
                rows += [first + row for row in grown]
                tokens += added
        parts = growing
        if parts:
            log_probs = decoder.extend(rows, tokens)


class FreeBeam:
    """Any text: the best `width` hypotheses of at most `max_tokens` tokens."""

    def __init__(self, *, end: int, width: int, max_tokens: int) -> None:
        self._end = end
        self._width = width
        self._left = max_tokens
        self._beam = [Hypothesis()]
        self._done: list[Hypothesis] = []

    def best(self) -> Hypothesis:
        """The best ended hypothesis by its mean per token; the best unfinished one when none ended in time."""
        return max(self._done or self._beam, key=lambda h: h.mean)

    def grow(self, log_probs: LogProbs) -> tuple[list[int], list[int]]:
        """See `Beam.grow`."""
        rows, longer = _grow(self._beam, log_probs, self._width)
        self._left -= 1
        self._done += [h for h in (_ended(h, self._end) for h in longer) if h is not None]
        alive = [(row, h) for row, h in zip(rows, longer, strict=True) if h.tokens[-1] != self._end]
        if not alive or self._settled([h for _, h in alive]):
            return [], []
        self._beam = [h for _, h in alive]
        if not self._left:
            return [], []
        return [row for row, _ in alive], [h.tokens[-1] for h in self._beam]

    def _settled(self, alive: list[Hypothesis]) -> bool:
        """Whether the best ended hypothesis beats all unfinished ones per token, or as many ended as the width."""
        if not self._done:
            return False
        best = max(h.mean for h in self._done)
        return len(self._done) >= self._width or all(h.mean < best for h in alive)


def _grow(beam: list[Hypothesis], log_probs: LogProbs, width: int) -> tuple[list[int], list[Hypothesis]]:
    """The best `width` continuations of all hypotheses, best first, and the row that each grew from."""
    totals = [hypothesis.total for hypothesis in beam]
    highest = max(total + float(log_probs[row].max()) for row, total in enumerate(totals))
    candidates: list[tuple[float, int, int, float]] = []
    for row, before in enumerate(totals):
        for token in _likeliest(log_probs[row], highest - MARGIN - before - _ROUNDING, width):
            step = float(log_probs[row, token])
            candidates.append((before + step, row, token, step))
    candidates.sort(reverse=True)
    kept = [c for c in candidates[:width] if c[0] >= candidates[0][0] - MARGIN]
    longer = [Hypothesis((*beam[row].tokens, token), (*beam[row].log_probs, step)) for _, row, token, step in kept]
    return [row for _, row, _, _ in kept], longer


def _likeliest(log_probs: LogProbs, lower_bound: float, max_count: int) -> list[int]:
    """Up to `max_count` tokens above the bound, the likeliest ones; faster than to rank the whole vocabulary."""
    tokens = np.flatnonzero(log_probs >= lower_bound)
    if len(tokens) > max_count:
        tokens = tokens[np.argpartition(log_probs[tokens], -max_count)[-max_count:]]
    return [int(token) for token in tokens]


def _ended(hypothesis: Hypothesis, end: int) -> Hypothesis | None:
    if hypothesis.tokens[-1] != end:
        return None
    return Hypothesis(hypothesis.tokens[:-1], hypothesis.log_probs, ended=True)

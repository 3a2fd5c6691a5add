"""Beam search over a decoder that gives the probabilities of the next token. No model in here.

The search is synchronous in tokens: every hypothesis of the beam has the same length. It narrows by itself: where the
model is sure, all but one hypothesis fall more than `MARGIN` behind and the search costs no more than a greedy one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

MARGIN = 4.0
"""A hypothesis this much less likely than the best one (natural logarithm) is given up."""

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


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Tokens with their log-probabilities; the end mark is not among the tokens, its probability is the last one."""

    tokens: tuple[int, ...] = ()
    log_probs: tuple[float, ...] = ()
    ended: bool = False

    @property
    def total(self) -> float:
        """The logarithm of the probability of all of it."""
        return sum(self.log_probs)

    @property
    def mean(self) -> float:
        """Per token, so that long and short ones compare."""
        return self.total / max(1, len(self.log_probs))


def search(decoder: Decoder, *, end: int, width: int, max_tokens: int) -> Hypothesis:
    """The best hypothesis per token of those that ended; when none did within `max_tokens`, the best of the others."""
    beam = [Hypothesis()]
    done: list[Hypothesis] = []
    log_probs = decoder.begin()
    for count in range(1, max_tokens + 1):
        rows, longer = _grow(beam, log_probs, width)
        done += [h for h in (_ended(h, end) for h in longer) if h is not None]
        alive = [(row, h) for row, h in zip(rows, longer, strict=True) if h.tokens[-1] != end]
        if not alive or _settled(done, [h for _, h in alive], width):
            break
        beam = [h for _, h in alive]
        if count < max_tokens:
            log_probs = decoder.extend([row for row, _ in alive], [h.tokens[-1] for h in beam])
    return max(done or beam, key=lambda h: h.mean)


def _grow(beam: list[Hypothesis], log_probs: LogProbs, width: int) -> tuple[list[int], list[Hypothesis]]:
    """The best `width` continuations of all hypotheses, best first, and the row that each grew from."""
    count = min(width, log_probs.shape[1])
    candidates: list[tuple[float, int, int, float]] = []
    for row, hypothesis in enumerate(beam):
        before = hypothesis.total
        for token in np.argpartition(log_probs[row], -count)[-count:].tolist():
            step = float(log_probs[row, token])
            candidates.append((before + step, row, token, step))
    candidates.sort(reverse=True)
    kept = [c for c in candidates[:width] if c[0] >= candidates[0][0] - MARGIN]
    longer = [Hypothesis((*beam[row].tokens, token), (*beam[row].log_probs, step)) for _, row, token, step in kept]
    return [row for _, row, _, _ in kept], longer


def _ended(hypothesis: Hypothesis, end: int) -> Hypothesis | None:
    if hypothesis.tokens[-1] != end:
        return None
    return Hypothesis(hypothesis.tokens[:-1], hypothesis.log_probs, ended=True)


def _settled(done: list[Hypothesis], alive: list[Hypothesis], width: int) -> bool:
    """Nothing alive is as good per token as the best that ended, or as many ended as the beam is wide."""
    if not done:
        return False
    best = max(h.mean for h in done)
    return len(done) >= width or all(h.mean < best for h in alive)

"""Beam search along the sentences of a grammar: only tokens that spell a sentence may follow. Contains no model.

The same text can be spelled with different tokens ("Soy", "soy", "so" + "y", with a comma or without). Only the
likeliest spelling stays, so that the beam holds different texts: without that, a beam of 24 holds three.
"""

from dataclasses import dataclass

import numpy as np

from edge.grammar.token_constraint import TokenConstraint
from edge.stt.moonshine.beam import LogProbs

WIDTH = 8
MARGIN = 6.0
"""In natural logarithms, behind the best text. Wider beams gain nothing: see docs/speech-to-intent.md."""

FREE_WIDTH = 3
FREE_COST = 0.3
"""Free text can spell anything that is heard and would crowd sentences without it out of the beam. So only a few of
its hypotheses are kept, each with this penalty per token, and the others are compared among themselves."""

MAX_GAP = 30.0
"""Behind the best hypothesis. No correct sentence was ever further behind."""

_SPELLINGS = 3


@dataclass(frozen=True, slots=True)
class Spelled:
    """A canonical sentence of the grammar, its likeliest tokens, and their log-probability including the end mark."""

    text: str
    tokens: tuple[int, ...]
    total: float


@dataclass(frozen=True, slots=True)
class _Path:
    tokens: tuple[int, ...]
    total: float
    state: int
    text: str


class GrammarBeam:
    """The best sentences of a grammar; see `edge.stt.moonshine.beam.Beam`."""

    def __init__(
        self, constraint: TokenConstraint, *, end: int, max_tokens: int, width: int = WIDTH, margin: float = MARGIN
    ) -> None:
        self._constraint = constraint
        self._end = end
        self._width = width
        self._margin = margin
        self._left = max_tokens
        self._beam = [_Path((), 0.0, constraint.start, "")]
        self._done: dict[str, Spelled] = {}
        self._prefix: Spelled | None = None
        self._best = -np.inf

    def sentences(self) -> list[Spelled]:
        """The complete sentences within the margin of the best, best first."""
        found = sorted(self._done.values(), key=lambda s: -s.total)
        return [sentence for sentence in found if sentence.total >= self._best - self._margin]

    def prefix(self) -> Spelled | None:
        """The likeliest text that is only the beginning of a sentence, as if the utterance ended there.

        Excludes beginnings that end inside free text: any text can be one.
        """
        return self._prefix

    def grow(self, log_probs: LogProbs) -> tuple[list[int], list[int]]:
        """See `Beam.grow`."""
        candidates: list[tuple[float, int, int, int]] = []
        for row, path in enumerate(self._beam):
            if path.tokens:
                self._finish(path, float(log_probs[row, self._end]))
            allowed = self._constraint.allowed_tokens(path.state)
            if not len(allowed.tokens):
                continue
            steps = log_probs[row, allowed.tokens]
            before = path.total - (FREE_COST if self._constraint.free(path.state) else 0.0)
            count = min(_SPELLINGS * self._width, len(steps))
            places = np.argpartition(steps, -count)[-count:]
            likeliest = zip(*(of[places].tolist() for of in (steps, allowed.tokens, allowed.states)), strict=True)
            candidates += [(before + step, row, token, state) for step, token, state in likeliest]
        self._left -= 1
        if not candidates or not self._left:
            self._beam = []
            return [], []
        candidates.sort(reverse=True)
        return self._keep(candidates)

    def _finish(self, path: _Path, end: float) -> None:
        text = path.text.strip()
        total = path.total + end
        if not self._constraint.complete(path.state):
            likelier = self._prefix is None or total > self._prefix.total
            if likelier and not self._constraint.free(path.state):
                self._prefix = Spelled(text, path.tokens, total)
            return
        known = self._done.get(text)
        if known is None or total > known.total:
            self._done[text] = Spelled(text, path.tokens, total)
            self._best = max(self._best, total)

    def _keep(self, candidates: list[tuple[float, int, int, int]]) -> tuple[list[int], list[int]]:
        lowest = max(candidates[0][0], self._best) - MAX_GAP
        # The pruning bound of free text; that of the other hypotheses follows with the first of them.
        bounds = {True: candidates[0][0] - self._margin}
        rows: list[int] = []
        kept: list[_Path] = []
        texts: set[str] = set()
        free_count = 0
        for total, row, token, state in candidates:
            if total < lowest or len(kept) == self._width:
                break
            before = self._beam[row]
            text = self._constraint.longer(before.text, token)
            if text in texts:
                continue
            texts.add(text)
            after = self._constraint.after(before.state, token) if state < 0 else state
            free = self._constraint.free(after)
            if free not in bounds:
                bounds[free] = max(total, self._best) - self._margin
                lowest = max(lowest, min(bounds.values()))
            if total < bounds[free]:
                continue
            free_count += free
            if free and free_count > FREE_WIDTH:
                continue
            kept.append(_Path((*before.tokens, token), total, after, text))
            rows.append(row)
        self._beam = kept
        return rows, [path.tokens[-1] for path in kept]

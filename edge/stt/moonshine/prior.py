"""The recogniser's internal language model: the probability of texts in audio that contains no speech."""

from collections.abc import Sequence
from typing import Protocol

MAX_KEPT = 2000


class TextScorer(Protocol):
    """One piece of audio."""

    def scores(self, texts: Sequence[Sequence[int]]) -> list[float]:
        """The log-probability of exactly the tokens of each text, none of which is empty."""
        ...


class Prior:
    """Caches results: an utterance is decoded several times while it grows, and its texts are mostly the same."""

    def __init__(self, noise: TextScorer) -> None:
        self._noise = noise
        self._known: dict[tuple[int, ...], float] = {}

    def scores(self, texts: Sequence[tuple[int, ...]]) -> list[float]:
        """See `TextScorer.scores`."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            if len(self._known) > MAX_KEPT:
                self._known.clear()
                new = list(dict.fromkeys(texts))
            self._known.update(zip(new, self._noise.scores(new), strict=True))
        return [self._known[text] for text in texts]

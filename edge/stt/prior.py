"""What a recogniser expects whatever it hears: the probability of texts in audio in which nothing is said."""

from collections.abc import Sequence
from typing import Protocol

MOST_KEPT = 2000


class Scorer(Protocol):
    """One piece of audio."""

    def scores(self, texts: Sequence[Sequence[int]]) -> list[float]:
        """The log-probability of exactly the tokens of each text, of which none is empty."""
        ...


class Prior:
    """Remembers: an utterance is decoded several times while it grows, and its texts are mostly the same."""

    def __init__(self, noise: Scorer) -> None:
        self._noise = noise
        self._known: dict[tuple[int, ...], float] = {}

    def scores(self, texts: Sequence[tuple[int, ...]]) -> list[float]:
        """See `Scorer.scores`."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            if len(self._known) > MOST_KEPT:
                self._known.clear()
                new = list(dict.fromkeys(texts))
            self._known.update(zip(new, self._noise.scores(new), strict=True))
        return [self._known[text] for text in texts]

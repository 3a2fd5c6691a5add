"""Word error rate, after Whisper's English text normaliser (Radford et al. 2022, appendix C) on both sides.

The normaliser unifies case, punctuation, spelling, contractions and numbers: "Let's meet at five!" and "let us meet at
5" are equal.
"""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from edge.bench.common import not_installed


@cache
def normaliser() -> Callable[[str], str]:
    """Whisper's normaliser. Raises `EngineError` "bench-not-installed"."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # one of its docstrings holds an invalid escape
            from whisper_normalizer.english import EnglishTextNormalizer
    except ImportError as error:
        raise not_installed("word error rates", "whisper-normalizer") from error
    normalise: Callable[[str], str] = EnglishTextNormalizer()
    return normalise


@dataclass(frozen=True, slots=True)
class Words:
    """Wrong words (substituted, omitted, inserted) and spoken words; adds up over recordings."""

    wrong: int = 0
    said: int = 0

    def __add__(self, other: "Words") -> "Words":
        return Words(self.wrong + other.wrong, self.said + other.said)

    @property
    def rate(self) -> float:
        """Wrong words as a fraction of the spoken words; 1 for any word where none was spoken."""
        return self.wrong / self.said if self.said else float(self.wrong > 0)


def count_words(said: str, heard: str) -> Words:
    """Count the errors of a transcript. Raises `EngineError` "bench-not-installed"."""
    normalise = normaliser()
    expected, found = normalise(said).split(), normalise(heard).split()
    return Words(edit_distance(expected, found), len(expected))


def edit_distance(expected: Sequence[str], found: Sequence[str]) -> int:
    """The minimum number of substitutions, deletions and insertions (Levenshtein 1966)."""
    row = list(range(len(found) + 1))
    for count, word in enumerate(expected, 1):
        diagonal, row[0] = row[0], count
        for place, other in enumerate(found, 1):
            diagonal, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, diagonal + (word != other))
    return row[-1]

"""Word error rate, after Whisper's English text normaliser (Radford et al. 2022, appendix C) on both sides.

The normaliser evens out case, punctuation, spelling, contractions and numbers: "Let's meet at five!" and "let us meet
at 5" have no word wrong.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # one of its docstrings holds an invalid escape
    from whisper_normalizer.english import EnglishTextNormalizer

_normalise = EnglishTextNormalizer()


@dataclass(frozen=True, slots=True)
class Words:
    """Wrong words (substituted, left out, put in) and words that were said; adds up over recordings."""

    wrong: int = 0
    said: int = 0

    def __add__(self, other: "Words") -> "Words":
        return Words(self.wrong + other.wrong, self.said + other.said)

    @property
    def rate(self) -> float:
        """Wrong words as a fraction of those said; where none was said, 1 for any word."""
        return self.wrong / self.said if self.said else float(self.wrong > 0)


def count_words(said: str, heard: str) -> Words:
    """Compare what was heard with what was said."""
    expected, found = _normalise(said).split(), _normalise(heard).split()
    return Words(edit_distance(expected, found), len(expected))


def edit_distance(expected: Sequence[str], found: Sequence[str]) -> int:
    """The least number of substitutions, deletions and insertions between them (Levenshtein 1966)."""
    row = list(range(len(found) + 1))
    for count, word in enumerate(expected, 1):
        diagonal, row[0] = row[0], count
        for place, other in enumerate(found, 1):
            diagonal, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, diagonal + (word != other))
    return row[-1]

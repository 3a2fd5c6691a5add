"""A question about days and times as one row of a table: what is said, what is named, and the intent. Pure.

The words may stand in any order. A row fits if each word is one of those that it expects, and if what the question
names is exactly what the row needs: what is left over makes it another question.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.when.phrases import UNKNOWN, Sentence
from edge.nlu.en.exact.when.vocabulary import FILLER

Build = Callable[[Sentence], Intent | None]

_ANYWHERE: Final = frozenset({FILLER, "what"})


@dataclass(frozen=True, slots=True)
class Relation:
    """`needs` are symbols that must be said, "a|b" is either; `may` may be said; `names` are the kinds of pieces."""

    needs: frozenset[str]
    may: frozenset[str]
    names: tuple[str, ...]
    build: Build
    unknown: int

    def fits(self, sentence: Sentence) -> bool:
        """Whether a question is one of these."""
        if tuple(sorted(it.kind for it in sentence.pieces)) != self.names:
            return False
        if sum(UNKNOWN in it.symbols for it in sentence.phrases) > self.unknown:
            return False
        expected = self.may.union(*(it.split("|") for it in self.needs))
        if any(expected.isdisjoint(it.symbols) for it in sentence.phrases):
            return False
        return all(sentence.has(*it.split("|")) for it in self.needs)


def relation(needs: str, names: str, build: Build, *, may: str = "", unknown: int = 0) -> Relation:
    """A row: symbols and kinds separated by blanks. `unknown` is how many words of anything it may have."""
    allowed = _ANYWHERE | set(may.split()) | ({UNKNOWN} if unknown else set())
    return Relation(frozenset(needs.split()), allowed, tuple(sorted(names.split())), build, unknown)


def first_of(relations: Iterable[Relation], sentence: Sentence) -> Intent | None:
    """The intent of the first row that fits and makes one."""
    for row in relations:
        if row.fits(sentence) and (intent := row.build(sentence)) is not None:
            return intent
    return None

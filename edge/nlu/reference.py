"""What reference works tell, as a language reads it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

PartOfSpeech = Literal["noun", "verb", "adjective", "adverb"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of an encyclopedia: `description` is a few words without an article, `text` some sentences."""

    title: str
    description: str
    text: str


@dataclass(frozen=True, slots=True)
class Sense:
    """One sense of a word: `count` is how often a corpus has it, `synonyms` and `antonyms` are other words."""

    part_of_speech: PartOfSpeech
    count: int
    gloss: str
    synonyms: Sequence[str]
    antonyms: Sequence[str]


class ReferenceWorks(Protocol):
    """The works that are installed. Takes a millisecond; never fails: a work that cannot be read tells nothing."""

    def entries(self, name: str) -> Sequence[Entry]:
        """The entries that are called so, in the spelling of `edge.runtime.folding`; several of an ambiguous name."""
        ...

    def senses(self, word: str) -> Sequence[Sense]:
        """The senses of a word in lower case, the commonest of each part of speech first."""
        ...


class Facts(Protocol):
    """Answers of a language that are looked up."""

    def looked_up(self, text: str, works: ReferenceWorks | None = None, *, worldly: bool = True) -> str | None:
        """The sentence that answers a question about what does not change; None where neither table nor work has it.

        For texts that are no command and that `exact_question` does not read. `worldly`: the text asks for a fact of
        the world; otherwise works tell of proper names only: "what's the time" asks for no entry about time.
        """
        ...

    def facts_meant(self, text: str, question: str, reply: str) -> Iterable[str]:
        """The questions that a text may mean after a question that was looked up, the likeliest first.

        After "what's the capital of Portugal", "and of Spain" means "what is the capital of spain". Some may have no
        answer.
        """
        ...

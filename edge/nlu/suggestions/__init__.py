"""Guesses which command a text means that is none of the sentences. Pure.

The words of a text are compared with the names of the home (`targets.py`) and with what the language hints at
(`commands.py`, `edge.nlu.hints`). A guess is only asked about: "Do you want me to turn on the Hall Light?".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from edge.events import Intent
from edge.nlu import Language
from edge.nlu.delayed import packed
from edge.nlu.home_names import HomeNames
from edge.nlu.suggestions.commands import Hinted, commands
from edge.nlu.suggestions.menu import Menu, menu_of
from edge.nlu.suggestions.targets import Targets

SUGGESTION: Final = "EdgeSuggestion"
"""The intent of a text that was only guessed. No sentence has it; what it leads to is a question."""

SUGGESTED: Final = "suggested"
"""Its slot with the guesses, best first, as `edge.nlu.delayed.packed` writes them."""

OTHERWISE: Final = "otherwise"
"""Its slot with the refusal of the text, for when no guess can be carried out."""

CHOICE: Final = "EdgeChoice"
"""The intent of a text that was not understood, for which the model `BY` may choose a command; else `OTHERWISE`."""

BY: Final = "by"
"""Its slot with the answerer that chooses."""

MAX_WORDS: Final = 16
MOST: Final = 4
"""The most guesses for a text."""

# Fitted to half of HWU64's sentences about the home; docs/home.md has the figures of the other half.
_MIN_COVERAGE: Final = 0.5
_MIN_COVERAGE_ALONE: Final = 0.7
"""The least share of the words with a content that a guess must explain, the latter where no thing is named."""
_MIN_CERTAINTY: Final = 0.45
_WORD: Final = 0.05
"""What a word that is explained adds to the rank of a guess."""

_OPPOSITES: Final[Mapping[str, str]] = {
    "HassTurnOff": "HassTurnOn",
    "HassTurnOn": "HassTurnOff",
    "down": "up",
    "up": "down",
}


@dataclass(frozen=True, slots=True)
class Guess:
    """A command that a text may mean. `certainty` is 0 to 1; `rank` orders the guesses for one text."""

    intent: Intent
    certainty: float
    rank: float


class Suggestions:
    """Guesses for the names of one home."""

    def __init__(self, names: HomeNames, language: Language) -> None:
        self._language = language
        self._names = names
        self._targets = Targets(names, language)

    def guesses(self, text: str) -> Sequence[Guess]:
        """The likeliest commands, best first; none for a question and for what is wanted later.

        Takes a few milliseconds.
        """
        hints = self._language.hints
        said = self._language.normalise(text)
        words = said.split()
        if len(words) > MAX_WORDS or not hints.is_wish(said) or self._targets.are_elsewhere(words):
            return ()
        content = frozenset(at for at, word in enumerate(words) if word not in hints.filler)
        found: list[Guess] = []
        exact = frozenset(at for at, word in enumerate(words) if any(map(str.isdigit, word)))
        hinted = Hinted.by(said, hints)
        for target in self._targets.of(words, hinted.words):
            for command in commands(target, hinted):
                explained = target.words | command.words
                coverage = len(explained) / len(explained | content)
                certainty = min(1.0, command.strength * target.likeness * (1 + coverage) / 2)
                if not exact <= explained:  # an amount that does not fit says that something else is meant
                    continue
                least = _MIN_COVERAGE if target.words else _MIN_COVERAGE_ALONE
                if coverage >= least and certainty >= _MIN_CERTAINTY:
                    rank = certainty + _WORD * (len(explained) + len(target.words))
                    found.append(Guess(command.intent, certainty, rank))
        best: dict[str, Guess] = {}
        for guess in sorted(found, key=lambda it: -it.rank):
            best.setdefault(packed(guess.intent), guess)
        return tuple(_clear(list(best.values()))[:MOST])

    def menu(self, text: str, most: int) -> Menu:
        """What a model may choose from for a text: at most so many things."""
        said = self._language.normalise(text)
        named = self._targets.of(said.split(), Hinted.by(said, self._language.hints).words)
        return menu_of(self._names, sorted(named, key=lambda it: -it.likeness), most)

    def is_wish(self, text: str) -> bool:
        """Whether a text may ask for something to be done now."""
        said = self._language.normalise(text)
        return 1 < len(said.split()) <= MAX_WORDS and self._language.hints.is_wish(said)

    def knows(self, name: str) -> bool:
        """Whether a thing is called so, or has a name that ends so: a command to it is no guess."""
        return self._targets.knows(name)


def suggestion(guesses: Sequence[Intent], otherwise: Intent) -> Intent:
    """The intent that offers the guesses, of which there is at least one."""
    first, *others = guesses
    slots = {SUGGESTED: packed(Intent(first.name, first.slots, tuple(others))), OTHERWISE: packed(otherwise)}
    return Intent(SUGGESTION, slots)


def _clear(found: Sequence[Guess]) -> Sequence[Guess]:
    """The guesses that want the same as the best one; none if another thing is equally likely.

    No user wants the wrong one of two lamps, or a door locked that may not be unlocked.
    """
    if not found:
        return found
    best, *others = found
    name = best.intent.slots.get("name")
    doubtful = [it for it in others if it.rank == best.rank and it.intent.slots.get("name") != name]
    against = _OPPOSITES.get(_act(best.intent))
    return () if doubtful else [it for it in found if _act(it.intent) != against]


def _act(intent: Intent) -> str:
    return str(intent.slots.get("direction", intent.name))

"""The entries of the book, and which one a task means. Pure.

A line of `pages/*.tsv` has three cells: what may be asked of the task, separated by "|" (`frames.Ask`); patterns,
separated by ";"; the answer. A pattern is the words of a task in any order. "boil|cook" is one of these words,
"[fresh]" may be missing, "$clothes" is each word of a group, and "without_oven" what is done without.
"""

import functools
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from importlib import resources
from typing import Final

from edge.nlu.en.reference.how_to.frames import Ask
from edge.nlu.en.reference.how_to.words import words

_CLOTHES: Final = (
    "clothes|clothing|shirt|jeans|trousers|dress|skirt|jacket|sweater|tablecloth|sheets|pillowcase|towel|blouse|hoodie"
    "|cotton|whites|uniform|socks|scarf|apron|napkin|collar|shorts|cloth|denim|fabric|tshirt|coat"
)
_SOFT: Final = "carpet|couch|mattress|upholstery|cushion|seat|chair"
_GROUPS: Final[Mapping[str, str]] = {
    "$clothes": _CLOTHES,
    "$soft": _SOFT,
    "$stained": f"stain|{_CLOTHES}",
    "$ease": "treat|stop|remove|fix|calm",
}
"""Words that entries have in common."""


Choice = AbstractSet[str]
"""Words of which a task has one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A pattern and what it is asked: a task has a word of each of `needed`, and others only of `optional`."""

    ask: Ask
    needed: Sequence[Choice]
    optional: Sequence[Choice]
    answer: str

    def covers(self, task: AbstractSet[str]) -> bool:
        """Whether this is the task that has these words."""
        if any(task.isdisjoint(choice) for choice in self.needed):
            return False
        return task <= frozenset[str]().union(*self.needed, *self.optional)


class Book:
    """Finds entries by their rarest word."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        counts = Counter(word for entry in entries for choice in entry.needed for word in choice)
        found: dict[tuple[Ask, str], list[Entry]] = {}
        for entry in entries:
            for word in min(entry.needed, key=lambda choice: max(counts[word] for word in choice)):
                found.setdefault((entry.ask, word), []).append(entry)
        self._entries: Final[Mapping[tuple[Ask, str], Sequence[Entry]]] = found

    def answer(self, ask: Ask, task: AbstractSet[str]) -> str | None:
        """The answer to a task (`words.words`): of the entries that cover all its words, the one that needs most."""
        found = [entry for word in sorted(task) for entry in self._entries.get((ask, word), ()) if entry.covers(task)]
        return max(found, key=lambda entry: len(entry.needed)).answer if found else None


@functools.cache
def read_book() -> Book:
    """The book. Reads 300 kB at the first question."""
    choices: dict[str, Choice] = {}
    return Book([entry for line in lines() for entry in entries(line, choices)])


def lines() -> Sequence[str]:
    """The lines of all pages."""
    pages = sorted((resources.files(__package__) / "pages").iterdir(), key=lambda page: page.name)
    return [line for page in pages for line in page.read_text(encoding="utf-8").splitlines()]


def entries(line: str, choices: dict[str, Choice]) -> Sequence[Entry]:
    """What a line holds: an entry for each question and each pattern. `choices` are kept, as many lines share them."""
    asks, patterns, answer = line.split("\t")
    read = [_pattern(pattern.split(), choices) for pattern in patterns.split(";")]
    return [Entry(Ask(ask), needed, optional, answer) for ask in asks.split("|") for needed, optional in read]


def _pattern(parts: Sequence[str], choices: dict[str, Choice]) -> tuple[Sequence[Choice], Sequence[Choice]]:
    for part in parts:
        if part not in choices:
            names = (one for name in part.strip("[]").split("|") for one in _GROUPS.get(name, name).split("|"))
            choices[part] = frozenset[str]().union(*(_spelled(name, choices) for name in names))
    needed = [choices[part] for part in parts if not part.startswith("[")]
    return needed, [choices[part] for part in parts if part.startswith("[")]


def _spelled(name: str, choices: dict[str, Choice]) -> Choice:
    if name not in choices:
        choices[name] = words(name.replace("_", " "))
    return choices[name]

"""Finds things by some of the words of their names: "the garage" for "Double Garage", "the lamp in study 2". Pure.

Each word that was said must be one of the thing's: of its names, its room or its kind. One of them must tell which
thing it is. A question needs all words of a name: "the temperature of the sun" is not about the "Sun Room".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from edge.nlu.home_names import HomeNames
from edge.nlu.names import Names

_MAX_WORDS: Final = 8
"""The most words of a name and the words between them."""
_MAX_COMMAND_WORDS: Final = 16


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words of one thing.

    `forms` are those of each of its names that tell which one it is, `endings` the ends of its names of two words and
    more ("ceiling fan" of "Attic Ceiling Fan"), `whole` all words of each ("left attic fan" is "Attic Fan Left"), and
    `fitting` all words that may be said of it.
    """

    forms: tuple[frozenset[str], ...]
    endings: frozenset[tuple[str, ...]]
    whole: frozenset[frozenset[str]]
    fitting: frozenset[str]

    @classmethod
    def of(cls, spoken: Sequence[str], area: str, domain: str, names: Names) -> "NameWords":
        """The words of a thing with these names, in this room, of this kind."""
        said = [names.content(names.bare(name)) for name in spoken]
        kinds = [names.class_of(name) for name in spoken]
        room = names.content(names.bare(area))  # "the lamps in the lounge" are not the "Lounge Spot"
        forms = tuple(frozenset(word for word in words if names.tells(word) and word not in room) for words in said)
        more = (*room, domain, *kinds, *names.kind_words(domain))
        endings = {tuple(words[at:]) for words in said for at in range(len(words) - 1)}
        fitting = {word for words in said for word in words} | {*more}
        whole = frozenset(frozenset(words) for words in said if len(words) > 1)
        return cls(tuple(form for form in forms if form), frozenset(endings), whole, frozenset(fitting))

    def fit(self, said: Sequence[str]) -> bool:
        """Whether these words mean this thing, or may."""
        tells = any(_tells(form, said) for form in self.forms) or tuple(said) in self.endings or {*said} in self.whole
        return tells and self.fitting.issuperset(said)

    def are_all_said(self, said: Sequence[str]) -> bool:
        """Whether one of its names was said whole."""
        return any(form <= {*said} for form in self.forms)


def _tells(form: frozenset[str], said: Sequence[str]) -> bool:
    """Whether a word that was said tells the thing. A number does so only alone: of "Lamp 1", not of "Pump 1"."""
    found = form & {*said}
    return bool(found) and (not all(map(_is_number, found)) or all(map(_is_number, form)))


def _is_number(word: str) -> bool:
    return word[:1].isdigit()


class Part(NamedTuple):
    """A text with a name in place of some words, the name in the owner's spelling, and whether all of it was said."""

    text: str
    name: str
    whole: bool


class PartNames:
    """Finds the names of a home by some of their words."""

    def __init__(self, home: HomeNames, names: Names) -> None:
        self._names = names
        self._areas = {names.bare(spoken) for area in home.areas for spoken in (area.name, *area.aliases)}
        self._things = [
            (named, NameWords.of((named.name, *named.aliases), named.area, named.domain, names))
            for named in home.entities
            if names.bare(named.name)
        ]
        self._with: dict[str, set[int]] = {}
        for number, (_, words) in enumerate(self._things):
            for word in words.fitting:
                self._with.setdefault(word, set()).add(number)

    def respellings(self, text: str) -> Iterator[tuple[str, Sequence[Part]]]:
        """The words that may mean things, most words first, and a normalised text with each of these things."""
        words = text.split()
        if len(words) > _MAX_COMMAND_WORDS:
            return
        content = cache(self._names.content)
        articles = self._names.articles
        spans = [
            (first, last)
            for first in range(len(words))
            for last in range(first + 1, min(len(words), first + _MAX_WORDS) + 1)
            if words[first] not in articles and content(words[first]) and content(words[last - 1])
        ]
        for first, last in sorted(spans, key=lambda it: it[0] - it[1]):
            before, said, after = words[:first], " ".join(words[first:last]), words[last:]
            if said in self._areas or not {*before, *after} - articles:  # a name alone is not a command
                continue
            telling = content(said)
            numbers = set.intersection(*(self._with.get(word, set()) for word in telling))
            parts = [
                Part(" ".join([*before, self._names.bare(named.name), *after]), named.name, fits.are_all_said(telling))
                for named, fits in (self._things[number] for number in sorted(numbers))
                if fits.fit(telling)
            ]
            if parts:
                yield said, parts

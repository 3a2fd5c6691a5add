"""Finds names of the home that the recogniser misspelled. Pure.

In a home with an "Aqara hub", "turn on the akara hub" is not a sentence. Words that no sentence contains are compared
by sound with the names of the home and replaced by a name; the grammar decides whether the result is a command.
Familiar words are never confused with each other: "kitchen" is not a misspelled "bedroom". If two names are about
equally similar, neither is chosen. Names that differ in a number are different names.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from edge.nlu.home_names import HomeNames
from edge.nlu.names import Names

MIN_LIKENESS = 0.66
"""The minimum likeness of a name. Figures are in docs/commands.md."""

MIN_FAMILIAR_LIKENESS = 0.85
"""The minimum for a name made of familiar words, which recognisers spell correctly."""

MIN_MARGIN = 0.1
"""The minimum lead of the best name over any other."""

_MAX_NAME_WORDS = 6
_MAX_COMMAND_WORDS = 14
"""The maximum number of words in a command with a name."""
_TOKEN = re.compile(r"(?:[\w']|\[[\w']+\])+")
_PART = re.compile(r"\[[\w']+\]|[\w']+")


class Respelling(NamedTuple):
    """A text in which some words were replaced by a name of the home.

    `name` has the owner's spelling; `likeness`, 0 to 1, is how much the replaced words sound like it.
    """

    text: str
    name: str
    likeness: float


class _Form(NamedTuple):
    """One way to say a name."""

    name: str
    words: tuple[str, ...]


class SoundsLike:
    """Finds the names of a home by sound."""

    def __init__(self, home: HomeNames, frame: AbstractSet[str], names: Names) -> None:
        """`frame` are the words of the sentences themselves (`frame_words`); `names` are those of the language."""
        self._names = names
        self._forms = list(_forms(home, names))
        self._alike = names.sound_alike(
            [" ".join(form.words) for form in self._forms], lambda name: self._minimum(name.split())
        )
        self._known = frame | names.familiar | {word for form in self._forms for word in form.words}

    def respellings(self, text: str) -> list[Respelling]:
        """The respellings of a normalised text, best first; none if all its words are known."""
        words = text.split()
        strange = [at for at, word in enumerate(words) if not (word in self._known or word.isdigit())]
        if not strange or len(words) > _MAX_COMMAND_WORDS or strange[-1] - strange[0] >= _MAX_NAME_WORDS:
            return []
        found: dict[tuple[str, str], Respelling] = {}
        articles = self._names.articles
        for first, last in _spans(len(words), strange[0], strange[-1]):
            before, said, after = words[:first], words[first:last], words[last:]
            if said[0] in articles or not set(before + after) - articles:  # a name alone is not a command
                continue
            for number in self._alike(" ".join(said)):
                form = self._forms[number]
                alike = self._likeness(said, form.words)
                meant = " ".join([*before, *form.words, *after])
                if alike > 0 and ((meant, form.name) not in found or alike > found[meant, form.name].likeness):
                    found[meant, form.name] = Respelling(meant, form.name, alike)
        return sorted(found.values(), key=lambda it: -it.likeness)

    def _likeness(self, said: list[str], name: tuple[str, ...]) -> float:
        """The likeness of the words that differ; 0 if the names cannot be the same."""
        heard, meant = _different(said, name)
        if not heard or not meant or all(word in self._known for word in heard):
            return 0.0
        if _numbers(heard) != _numbers(meant):
            return 0.0
        return self._names.likeness(" ".join(heard), " ".join(meant), self._minimum(meant))

    def _minimum(self, name: Sequence[str]) -> float:
        return MIN_FAMILIAR_LIKENESS if self._names.familiar >= set(name) else MIN_LIKENESS


def frame_words(grammars: Iterable[Any]) -> frozenset[str]:
    """The words of hassil templates, without those of lists."""
    found: set[str] = set()
    for grammar in grammars:
        texts = [rule.text for rule in grammar.expansion_rules.values()]
        blocks = [block for intent in grammar.intents.values() for block in intent.data]
        for text in (*texts, *(text for block in blocks for text in block.sentence_texts)):
            found.update(_words(text))
    return frozenset(found)


def _words(template: str) -> Iterator[str]:
    for token in _TOKEN.findall(re.sub(r"\{[^}]*\}|<[^>]*>", " ", template)):
        written = [""]
        for part in _PART.findall(token):
            both = ("", part[1:-1]) if part.startswith("[") else (part,)
            written = [before + more for before in written for more in both]
        yield from written


def _forms(home: HomeNames, names: Names) -> Iterator[_Form]:
    for named in home.all():
        for spoken in (named.name, *named.aliases):
            said = names.bare(spoken).split()
            if 0 < len(said) <= _MAX_NAME_WORDS:
                yield _Form(named.name, tuple(said))


def _spans(count: int, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The spans of at most `_MAX_NAME_WORDS` words that contain those from `first` to `last`."""
    for begin in range(max(0, last - _MAX_NAME_WORDS + 1), first + 1):
        for end in range(last + 1, min(count, begin + _MAX_NAME_WORDS) + 1):
            yield begin, end


def _numbers(words: list[str]) -> list[str]:
    return [word for word in words if any(map(str.isdigit, word))]


def _different(said: list[str], name: tuple[str, ...]) -> tuple[list[str], list[str]]:
    heard, meant = list(said), list(name)
    while heard and meant and heard[-1] == meant[-1]:
        heard.pop()
        meant.pop()
    while heard and meant and heard[0] == meant[0]:
        heard.pop(0)
        meant.pop(0)
    return heard, meant

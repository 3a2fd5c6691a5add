"""The things, or the kinds of things in a room, that a text may be about, by the words of their names. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from edge.events import AS_SPELLED, HERE, SlotValue
from edge.nlu import Language
from edge.nlu.home_names import HomeNames, NamedEntity

_MIN_LIKENESS: Final = 0.85
"""The least likeness of a misspelt word to a word of a name."""
_MIN_NAME: Final = 0.5
"""The least share of a name that must be said."""

_KIND: Final = 0.5
_SMALL: Final = 0.3
"""The weight of a word of a name that says what a thing is, and of one that says nothing; of the others it is 1."""

_ELSEWHERE: Final = 0.6
"""The factor for a thing that is in another room than the one that is named."""
_KIND_IN_ROOM: Final = 0.9
_ROOM: Final = 0.8
_KIND_HERE: Final = 0.6
_HERE: Final = 0.7
"""The likeness of "the lamps in the hall", of "the hall", of "the lamps" and of a text that names nothing."""

_MIN_PLURAL: Final = 4
"""Letters. "Gas" is no plural."""

IN_NO_ROOM: Final = frozenset({"lawn_mower", "siren", "vacuum"})
"""Domains of which a home has one, wherever it stands."""

NOT_COMMANDED: Final = frozenset({"binary_sensor", "device", "device_tracker", "person", "sensor", "todo", "weather"})
"""Domains that only tell something."""

Form = tuple[str, ...]
"""The words of a name."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a text may be about: `slots` say it, `words` are the positions of the words that do.

    `domain` is empty where only a room is named, or nothing. `likeness` is 0 to 1.
    """

    slots: Mapping[str, SlotValue]
    domain: str
    words: frozenset[int]
    likeness: float


class Targets:
    """Finds what texts may be about in one home."""

    def __init__(self, names: HomeNames, language: Language) -> None:
        self._names = language.names
        self._hints = language.hints
        self._here = names.here or HERE
        self._rooms: list[tuple[str, str, Form]] = [
            (slot, room.name, form)
            for slot, rooms in (("area", names.areas), ("floor", names.floors))
            for room in rooms
            for form in self._forms(room.name, *room.aliases)
        ]
        self._entities: list[tuple[NamedEntity, Form]] = [
            (entity, form)
            for entity in names.entities
            if entity.domain not in NOT_COMMANDED
            for form in self._forms(entity.name, *entity.aliases)
        ]
        self._room_words = frozenset(word for _, _, form in self._rooms for word in form)
        self._words = self._room_words.union(*(form for _, form in self._entities))
        self._vocabulary = sorted(self._words)
        self._known = self._words | self._hints.filler | set(self._hints.kinds)
        self._alike = self._names.sound_alike(self._vocabulary, lambda _: _MIN_LIKENESS)
        self._with_word: dict[str, list[int]] = {}
        for number, (_, form) in enumerate(self._entities):
            for word in form:
                self._with_word.setdefault(word, []).append(number)

    def _forms(self, *names: str) -> Sequence[Form]:
        return [form for form in dict.fromkeys(tuple(self._names.bare(name).split()) for name in names) if form]

    def knows(self, name: str) -> bool:
        """Whether a thing is called so, or has a name that ends so."""
        said = tuple(self._names.bare(name).split())
        return bool(said) and any(form[-len(said) :] == said for _, form in self._entities)

    def are_elsewhere(self, words: Sequence[str]) -> bool:
        """Whether a room is named that this home does not have: the lamps of another one are not meant."""
        if any(word in self._hints.places and word not in self._words for word in words):
            return True
        for first in range(len(words)):
            room, _ = self._names.split_room(f"{' '.join(words[first : first + 2])} x", ())
            if room and not self._known.issuperset(room.split()):
                return True
        return any(self._is_in_a_strange_place(words, at) for at, word in enumerate(words) if word in self._hints.kinds)

    def _is_in_a_strange_place(self, words: Sequence[str], kind: int) -> bool:
        """Whether words that nothing knows end the text behind a kind and "in the": "the lights in the ballroom"."""
        text, filler = " ".join(words), self._hints.filler
        told = {at for cue in self._hints.cues(text) for at in cue.words} | {*self._hints.numbers(text)}
        first = next((at for at in range(kind + 1, len(words)) if words[at] not in filler), len(words))
        place = [at for at in range(first, len(words)) if words[at] not in filler]
        strange = all(words[at] not in self._known | self._hints.colours and at not in told for at in place)
        return bool(place) and strange and first - kind > 2  # noqa: PLR2004 - "in" and "the"

    def of(self, words: Sequence[str], hinting: AbstractSet[int]) -> Sequence[Target]:
        """What a text of these normalised words may be about: things, kinds of things in a room, and the room.

        What says only a part of what another one says is left out: "the fairy lights" are not the lights. Nothing is
        found if several rooms are named. `hinting` are the positions of the words that hint at an act.
        """
        found = list(self._all(words, hinting))
        return [it for it in found if not any(it.words < other.words for other in found)]

    def _all(self, words: Sequence[str], hinting: AbstractSet[int]) -> Iterator[Target]:
        meant = [self._meant(word) for word in words]
        rooms = {(slot, name): at for slot, name, form in self._rooms if (at := _run(meant, form)) is not None}
        if len(rooms) > 1:
            return
        others = frozenset(at for at, word in enumerate(words) if self._is_qualified(words, at, hinting))
        yield from self._things(meant, rooms, others)
        kinds: dict[str, frozenset[int]] = {}
        for place, word in enumerate(words):
            if (domain := self._hints.kinds.get(word)) and place not in others:
                kinds[domain] = kinds.get(domain, frozenset()) | {place}
        for (slot, name), room in (rooms or {("area", self._here): frozenset[int]()}).items():
            for domain, kind in kinds.items():
                likeness = _KIND_IN_ROOM if rooms else _KIND_HERE
                where = {} if domain in IN_NO_ROOM and not rooms else {slot: name}
                yield Target({**where, "domain": domain}, domain, room | kind, likeness)
            yield Target({slot: name}, "", room, _ROOM if rooms else _HERE)

    def _is_qualified(self, words: Sequence[str], place: int, hinting: AbstractSet[int]) -> bool:
        """Whether the word before a kind is none of this home: "the disco lights" are not just any lights."""
        before = place - 1
        return (
            before >= 0 and before not in hinting and not (words[before] in self._known or self._meant(words[before]))
        )

    def _meant(self, said: str) -> frozenset[str]:
        """The words of names that a word stands for: itself, its other number, a synonym, what sounds like it."""
        if said in self._known:
            found = {said}
        else:
            near = (self._vocabulary[number] for number in self._alike(said))
            found = {word for word in near if self._names.likeness(said, word, _MIN_LIKENESS) > 0}
        if (other := self._hints.other_words.get(said)) is not None:
            found.add(other)
        if len(said) >= _MIN_PLURAL:
            one = said.removesuffix("'s").removesuffix("s")
            found |= {one, f"{one}s"}
        return self._words.intersection(found)

    def _things(
        self,
        meant: Sequence[frozenset[str]],
        rooms: Mapping[tuple[str, str], frozenset[int]],
        others: AbstractSet[int],
    ) -> Iterator[Target]:
        """The things of which some words are said. `others` are the positions of kinds of what this home lacks."""
        best: dict[int, tuple[float, frozenset[int], NamedEntity]] = {}
        for number in sorted({it for words in meant for word in words for it in self._with_word.get(word, ())}):
            entity, form = self._entities[number]
            at = _places(meant, form)
            telling = {word for word in form if self._weight(word) == 1.0 and word not in self._room_words}
            if not at or (not at.keys() & telling if telling else len(at) < len(form) or others & {*at.values()}):
                continue
            share = sum(map(self._weight, at)) / sum(map(self._weight, form))
            used = frozenset(at.values())
            elsewhere = any(name != entity.area and not said <= used for (_, name), said in rooms.items())
            share *= _ELSEWHERE if elsewhere else 1.0
            used |= rooms.get(("area", entity.area), frozenset())
            found = (share, used, entity)
            if share >= _MIN_NAME and (share, len(used)) > _order(best.get(id(entity))):
                best[id(entity)] = found
        for share, used, entity in best.values():
            yield Target({"name": entity.name, AS_SPELLED: 1}, entity.domain, used, share)

    def _weight(self, word: str) -> float:
        if word in self._hints.filler:
            return _SMALL
        return _KIND if word in self._hints.kinds else 1.0


def _order(found: tuple[float, frozenset[int], NamedEntity] | None) -> tuple[float, int]:
    return (0.0, 0) if found is None else (found[0], len(found[1]))


def _run(meant: Sequence[frozenset[str]], form: Form) -> frozenset[int] | None:
    """Where a name is said as a whole."""
    for first in range(len(meant) - len(form) + 1):
        if all(word in meant[first + at] for at, word in enumerate(form)):
            return frozenset(range(first, first + len(form)))
    return None


def _places(meant: Sequence[frozenset[str]], form: Form) -> dict[str, int]:
    """The words of a name that are said, and where."""
    found: dict[str, int] = {}
    for word in form:
        place = next((at for at, words in enumerate(meant) if word in words and at not in found.values()), None)
        if place is not None:
            found[word] = place
    return found

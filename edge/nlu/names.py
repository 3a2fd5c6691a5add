"""What a language knows of the names of a home: how they are said, and what they tell of rooms and kinds."""

from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal, Protocol


class Names(Protocol):
    """Pronunciation and recognition errors of the names of a home. Pure."""

    @property
    def familiar(self) -> AbstractSet[str]:
        """Words that are common in the names of any home."""
        ...

    @property
    def articles(self) -> AbstractSet[str]:
        """Words that may precede a name."""
        ...

    def bare(self, name: str) -> str:
        """The normalised name without an article."""
        ...

    def other_number(self, name: str) -> tuple[str, str]:
        """The part of a bare name before its last word, and the name in the other number; empty if there is none."""
        ...

    def likeness(self, written: str, name: str, minimum: float) -> float:
        """How much a text sounds like a name, 0 to 1; 0 if it is below `minimum` or too short to compare."""
        ...

    def sound_alike(self, names: Sequence[str], minimum: Callable[[str], float]) -> Callable[[str], Sequence[int]]:
        """A search among many names: the numbers of those that may sound like a text, or like it in a part.

        It misses none whose `likeness` to the text, or that of the words that differ, is at least `minimum` of the
        name; it may find others.
        """
        ...

    def content(self, said: str) -> Sequence[str]:
        """The words of a normalised text that mean something, in the singular: "lamps in the study" has two."""
        ...

    def tells(self, word: str) -> bool:
        """Whether a word of a name tells which thing is meant: "garage", and neither "lamp" nor "water"."""
        ...

    def kind_words(self, domain: str) -> Sequence[str]:
        """The words for things of a domain, in the singular: "blind", "curtain" and so on for a cover."""
        ...

    def is_kind(self, name: str) -> bool:
        """Whether a name only says what a thing is, not which one: "light", "ceiling lamp"."""
        ...

    def class_of(self, name: str) -> str:
        """What a thing is by its name, as Home Assistant's device class or domain ("blind", "garage", "light").

        Empty if the name does not tell. The last word that tells something counts: a "garage light" is a light.
        """
        ...

    def is_outdoors(self, name: str) -> bool:
        """Whether a name says that a thing is outside: "Outdoor temperature", "Weather station"."""
        ...

    def split_room(self, name: str, areas: Collection[str]) -> tuple[str, str]:
        """The room that a device's name begins with and the rest of the name; empty and the whole name if none.

        A room is one of `areas` in any spelling (and is returned in theirs), or words that name a room.
        """
        ...

    def short_room(self, area: str) -> str:
        """A room without its qualifiers: "bedroom" for "master bedroom"; empty if it has none."""
        ...

    def list_kind(self, name: str) -> str:
        """What a list is for by its name: "shopping", "tasks", "packing"; empty if the name does not tell."""
        ...

    def floors(self, levels: Mapping[str, float], here: str) -> Mapping[str, Sequence[str]]:
        """What floors are also called ("upstairs"), by their names and levels. `here`: the floor of the speaker."""
        ...

    def other_names(self, name: str) -> Sequence[str]:
        """Other words for a thing: synonyms ("telly"), and without what tells it from a second one."""
        ...

    def bare_kind(self, name: str, domain: str) -> Sequence[str]:
        """The word that means this thing where no other of its kind is: "lamp", "radiator"; empty if there is none."""
        ...

    def written_out(self, name: str) -> str:
        """A name with its signs in words: "heater number 2" for "Heater #2"."""
        ...

    def carriers(self, kind: Literal["area", "scene", "entity"], name: str) -> tuple[tuple[str, str], ...]:
        """The beginnings and ends of the sentences that are synthesised to learn the aliases of a name."""
        ...

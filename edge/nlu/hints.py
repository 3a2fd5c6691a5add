"""What a language knows of wishes that are none of its sentences: words that hint at what is wanted, and of what."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal, Protocol

Act = Literal["on", "off", "up", "down", "swing"]
"""What may be wanted. "on" opens a cover, locks a lock and starts a machine; "up" is brighter, warmer, faster."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of a text that hint at an act.

    `domains` are the kinds of things that it is for, `alone` the kind that is meant if nothing is named, empty for
    none. `words` are the positions of the words. `strength` is 0 to 1: "off" says more than "I want".
    """

    act: Act
    domains: AbstractSet[str]
    alone: str
    words: frozenset[int]
    strength: float


class Hints(Protocol):
    """The hints of one language. Pure. Texts and words are normalised."""

    @property
    def filler(self) -> AbstractSet[str]:
        """Words that say nothing of what is wanted."""
        ...

    @property
    def kinds(self) -> Mapping[str, str]:
        """The domain of a word that says what a thing is: "lamp" is a light."""
        ...

    @property
    def other_words(self) -> Mapping[str, str]:
        """Words that stand for a word of a name: "film" for "movie"."""
        ...

    @property
    def places(self) -> AbstractSet[str]:
        """Words for places that are no rooms: "upstairs"."""
        ...

    @property
    def colours(self) -> AbstractSet[str]:
        """The colours of the slot `color`."""
        ...

    def cues(self, text: str) -> Iterable[Cue]:
        """The cues in a text."""
        ...

    def numbers(self, text: str) -> Mapping[int, float]:
        """The amounts that something may be set to, "half" is 50, by the positions of their words."""
        ...

    def is_wish(self, text: str) -> bool:
        """Whether a text may ask for something to be done now: no question, no exception, nothing for later."""
        ...

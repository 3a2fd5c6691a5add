"""The written forms of a language: words, numbers and names. The grammar itself knows no language.

Recognisers differ in spelling: "Soy Milk", "twenty-five", "25", "43%", "T.V.". Grammars compare canonical text:
lower-case letters, digits, apostrophes and spaces. Numbers, units and names have several canonical forms.
"""

from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from edge.grammar.network import Builder

APOSTROPHE: Final = "'"
"""The only punctuation in canonical text. Templates match with and without it."""


class Surface(Protocol):
    """The written forms of one language. Pure functions."""

    def canonical(self, text: str) -> str:
        """`text` in canonical characters. Other characters become spaces; spaces may repeat.

        Idempotent. Each word is converted independently of its neighbours.
        """
        ...

    def pieces(self, text: str) -> Iterator[tuple[str, ...]]:
        """The pieces of a template's `text` in order, each with its canonical forms: numbers and units have several."""
        ...

    def name_forms(self, text: str) -> tuple[str, ...]:
        """A few canonical forms of a name, the plainest first."""
        ...

    def number_value(self, text: str) -> float | None:
        """The value of a canonical number; None for other texts."""
        ...

    def number_network(self, builder: Builder, numbers: Iterable[float], target: int) -> int:
        """The node from which every canonical form of one of the `numbers` leads to `target`."""
        ...

"""How a language writes words, numbers and names: handed to the grammar, which knows no language itself.

Recognisers write "Soy Milk", "twenty-five", "25", "43%", "T.V." as they like. Grammars compare canonical text:
lower-case letters, digits, apostrophes and spaces. Numbers, units and names have several canonical forms.
"""

from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from edge.grammar.network import Builder

APOSTROPHE: Final = "'"
"""The only sign in canonical text. Templates match with and without it."""


class Surface(Protocol):
    """The written forms of one language. Pure functions."""

    def canonical(self, text: str) -> str:
        """`text` in the characters that are compared; other signs become spaces, several spaces may stand together.

        Idempotent, and the words of a text do not depend on their neighbours.
        """
        ...

    def pieces(self, text: str) -> Iterator[tuple[str, ...]]:
        """`text` of a template in order, in pieces with their canonical forms: numbers and units have several."""
        ...

    def name_forms(self, text: str) -> tuple[str, ...]:
        """The canonical forms of a name, the plainest first; a few at most."""
        ...

    def number_value(self, text: str) -> float | None:
        """What a canonical form of a number is worth; None for other texts."""
        ...

    def number_network(self, builder: Builder, numbers: Iterable[float], target: int) -> int:
        """The node from which every canonical form of one of the `numbers` leads to `target`."""
        ...

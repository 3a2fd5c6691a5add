"""Numbered placeholders in place of private values, and the values put back into a streamed reply. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from edge.nlu.privacy import Found, ValueKind

_PLACEHOLDER: Final = re.compile(r"\[([A-Z_]{2,16}?)\\?_(\d{1,4})\]", re.IGNORECASE)
"""Models also write "[phone_1]", and "[PHONE\\_1]" where they write Markdown."""
_BEGUN: Final = re.compile(r"\[[A-Z_\\]{0,18}\d{0,4}\Z", re.IGNORECASE)
_LONGEST: Final = 24


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What stands for a value: its kind, its number, and the value as it was first written or said."""

    kind: ValueKind
    number: int
    value: str

    @property
    def name(self) -> str:
        """How it is written: "[PHONE_1]"."""
        return f"[{self.kind}_{self.number}]"


class Placeholders:
    """Gives out placeholders: the same one for the same value. Names that stand in `texts` already are not used."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._taken = {(it[1].upper(), int(it[2])) for text in texts for it in _PLACEHOLDER.finditer(text)}
        self._given: dict[tuple[ValueKind, str], Placeholder] = {}
        self._last: dict[ValueKind, int] = {}

    @property
    def given(self) -> tuple[Placeholder, ...]:
        """Those in use, in the order of their values."""
        return tuple(self._given.values())

    def replace(self, text: str, found: Iterable[Found]) -> str:
        """A text with its values (in order, apart from each other) replaced."""
        pieces, end = [], 0
        for it in found:
            pieces += [text[end : it.start], self._give(it, text[it.start : it.end]).name]
            end = it.end
        return "".join([*pieces, text[end:]])

    def _give(self, found: Found, value: str) -> Placeholder:
        kind = found.kind
        given = self._given.get((kind, found.key))
        if given is None:
            number = self._last.get(kind, 0) + 1
            while (kind.value, number) in self._taken:
                number += 1
            self._last[kind] = number
            given = self._given[kind, found.key] = Placeholder(kind, number, value)
        return given


class Restorer:
    """Puts values back into a reply that comes in pieces; a placeholder may be cut anywhere."""

    def __init__(self, placeholders: Iterable[Placeholder]) -> None:
        self._values = {(str(it.kind), it.number): it.value for it in placeholders}
        self._held = ""

    def feed(self, piece: str) -> str:
        """The text that can be said; the beginning of what may be a placeholder waits for the next piece."""
        if not self._values:
            return piece
        text = self._held + piece
        at = text.rfind("[", max(0, len(text) - _LONGEST))
        held = at if at >= 0 and _BEGUN.match(text, at) else len(text)
        self._held = text[held:]
        return _PLACEHOLDER.sub(self._value, text[:held])

    def finish(self) -> str:
        """What still waited at the end of the reply."""
        held, self._held = self._held, ""
        return held

    def _value(self, match: re.Match[str]) -> str:
        return self._values.get((match[1].upper(), int(match[2])), match[0])

"""Cuts a text into words, numbers and signs, with their places. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(r"[^\W_]+|\S")
_UNSEEN: Final = "Cf"
"""The category of Unicode for characters that only format."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or one sign: the characters `start` to `end`; `text` is in lower case, digits are ASCII.

    `capital`: it is written with a capital at its beginning.
    """

    text: str
    start: int
    end: int
    capital: bool = False

    @property
    def is_word(self) -> bool:
        """Whether it is more than a sign."""
        return self.text[:1].isalnum()


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text, in order. Invisible characters, such as a space without width, are left out."""
    return [
        Token(_plain(it.group()), it.start(), it.end(), capital=it.group()[0].isupper())
        for it in _TOKEN.finditer(text)
        if it.group().isascii() or unicodedata.category(it.group()[0]) != _UNSEEN
    ]


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in folded)

"""Texts as they are compared: without case, accents and punctuation. Pure."""

import re
import unicodedata
from typing import Final

_LETTERS: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss"})
"""Letters that Unicode does not decompose."""
_PUNCTUATION: Final = re.compile(r"[^\w' ]|_")
_ABBREVIATION: Final = re.compile(r"\b(\w)\.(?=\w\b)")


def folded(text: str) -> str:
    """Lower case, without accents, and without punctuation but apostrophes; single spaces."""
    text = unicodedata.normalize("NFKD", text.casefold().replace("\u2019", "'").translate(_LETTERS))
    text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(_PUNCTUATION.sub(" ", _ABBREVIATION.sub(r"\1", text)).split())

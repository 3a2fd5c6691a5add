"""The number of syllables of a word, from the pronunciations that the voice reads by.

They are a file of the package `hibari-tts` (misaki's American dictionary, Apache-2.0): 90,000 words with their sounds.
The package itself is not imported.
"""

import gzip
import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Final

_VOWELS: Final = frozenset("AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻᵊɐ")  # noqa: RUF001 - phonetic letters
"""Vowels, diphthongs and the reduced vowel of "little" in misaki's notation: one for each syllable."""
_SYLLABIC: Final = re.compile(r"(?<=[bdfkpstvzðɡʃʒʔθ])[nm](?=[bdfkpstvzðɡʃʒʔθ]|$)")  # noqa: RUF001 - the same
"""A nasal that is a syllable by itself: the end of "button"."""
_FILES: Final = ("lexicon_us_gold.json.gz", "lexicon_us_silver.json.gz")


def syllables(word: str) -> int | None:
    """The syllables of a word in lower case; None if the dictionary does not have it. Reads a megabyte: 0.1 s."""
    for name in _FILES:
        sounds = _dictionary(name)
        said = sounds.get(word) or sounds.get(word.capitalize())
        if isinstance(said, dict):
            said = said.get("DEFAULT")
        if isinstance(said, str):
            return sum(it in _VOWELS for it in said) + len(_SYLLABIC.findall(said))
    return None


def _dictionary(name: str) -> dict[str, object]:
    """The words of a file; empty where it is missing. Not kept: it takes 15 MB."""
    package = find_spec("hibari")
    if package is None or package.origin is None:
        return {}
    file = Path(package.origin).parent / "assets" / name
    try:
        with gzip.open(file, "rt", encoding="utf-8") as stream:
            found = json.load(stream)
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}

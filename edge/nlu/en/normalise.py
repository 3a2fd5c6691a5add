"""Normalises the output of a speech recogniser to the spelling of the grammar. Pure.

"Turn on the kitchen light." becomes "turn on the kitchen light", "Set a timer for twenty-five minutes!" becomes "set a
timer for 25 minutes", "5%" becomes "5 percent". Names of the home's entities are normalised too, so that they match.
"""

import re
import unicodedata

from edge.nlu.en.durations import normalise_durations
from edge.nlu.en.numbers import words_to_digits
from edge.nlu.en.signs import SIGNS

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_MINUS = re.compile(r"(?<!\S)[-\u2212](?=\d)")
_MERIDIEM = re.compile(r"(?<![^\W\d])([ap])(?:\. ?m\b\.?| m\b(?<=\d [ap] m))")
_SPELLED_MERIDIEM = re.compile(r"(?<=\d )([ap]) m\b")
"""Behind a number that was a word: "ten p m"."""
_GLUED_MERIDIEM = re.compile(r"(?<=\d)([ap]m)\b")
_DEGREES = re.compile(r"\bdegrees (?:degrees|[cf]|celsius|fahrenheit|centigrade)(?!\S)")
_AND_A_HALF = re.compile(
    r"\b(\d{1,3}) and a half(?= degrees?\b)"
    r"|(?<=\b[ta][ot] )(\d{1,3}) and a half(?! (?:hours?|hrs?|minutes?|mins?|seconds?|secs?)\b)"
)
_PER_CENT = re.compile(r"\bper cents?\b")
_EDGES = "'.:/"


def normalise(text: str) -> str:
    """Lower case, without punctuation, numbers as digits, durations in one spelling, single spaces.

    Idempotent. Letters of every script are kept; symbols that are not spoken are removed.
    """
    text = unicodedata.normalize("NFKC", text.translate(SIGNS)).translate(SIGNS)
    text = unicodedata.normalize("NFKC", text.casefold()).casefold()
    text = _MINUS.sub(" minus ", _THOUSANDS.sub("", text))
    text = _MERIDIEM.sub(r"\1m ", text)
    text = _GLUED_MERIDIEM.sub(r" \1", text)
    words = [word for raw in _letters(text).split() if (word := raw.strip(_EDGES))]
    spelled = _SPELLED_MERIDIEM.sub(r"\1m", " ".join(words_to_digits(words)))
    spelled = _PER_CENT.sub("percent", _DEGREES.sub("degrees", spelled))
    return normalise_durations(_AND_A_HALF.sub(r"\1\2.5", spelled))


def _letters(text: str) -> str:
    """Replace what is not spoken by spaces, except '.', ':' and '/' between digits and apostrophes inside words."""
    kept: list[str] = []
    for at, char in enumerate(text):
        sounds = char.isalnum() or char == "'" or unicodedata.category(char)[0] == "M"
        kept.append(char if sounds or (char in ".:/" and _between_digits(text, at)) else " ")
    return "".join(kept)


def _between_digits(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()

"""Canonical forms of English words, numbers and names, for comparing templates with recogniser output. Pure.

Canonical text has lower-case letters, digits, apostrophes and spaces.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import product

from edge.grammar.surface import APOSTROPHE
from edge.nlu.en import numbers
from edge.nlu.en.number_network import number_network
from edge.nlu.en.numbers import BELOW_HUNDRED_PATTERN, number_forms
from edge.nlu.en.signs import SIGNS_AND_LETTERS

__all__ = ["canonical", "name_forms", "number_network", "number_value", "pieces"]

_MINUS = re.compile(r"(?<!\S)[-\u2212](?=\d)")
_FRACTIONS = {"1/2": "half", "1/4": "quarter", "3/4": "3 quarters"}
_FRACTION = re.compile(r"(?<![\d/.])(?:1/[24]|3/4)(?![\d/])")

_NUMBER = re.compile(rf"(?<![\w'])(?:{BELOW_HUNDRED_PATTERN}|\d{{1,5}}(?:\.\d)?)(?![\w'])")
_UNIT = re.compile(r"(?<![\w'])(?:percent|degrees)(?![\w'])")
_UNITS = {
    "percent": ("percent", "per cent"),
    "degrees": ("degrees", *(f"degrees {scale}" for scale in ("celsius", "fahrenheit", "centigrade", "c", "f"))),
}

_ORDINALS = {
    word: f"{value}{'th' if value > 3 else ('st', 'nd', 'rd')[value - 1]}"  # noqa: PLR2004 - 1st, 2nd, 3rd
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(),  # noqa: SIM905 - a list of words
        start=1,
    )
}
_ONE_WORD = {"wi fi": "wifi", "hi fi": "hifi"}
_WITH_VOWELS = {"ac", "ai", "av", "ev", "eq", "ir", "led", "oled", "ups", "usb", "uv"}
_LETTERS = re.compile(r"(?<!\S)\w(?:(?<!\d) \w|(?<=\d) [^\W\d])+(?!\S)")
"""Never two digits: "zone 2 4" is not zone 24."""
_INITIALS = 4


def canonical(text: str) -> str:
    """`text` in canonical characters; symbols that are not spoken become spaces."""
    plain = _MINUS.sub(" minus ", text.casefold().translate(SIGNS_AND_LETTERS))
    plain = _FRACTION.sub(lambda match: _FRACTIONS[match[0]], plain)
    spelled = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
    return "".join(
        character if character.isalnum() or character == APOSTROPHE else " "
        for character in spelled
        if not unicodedata.combining(character)
    )


def pieces(text: str) -> Iterator[tuple[str, ...]]:
    """The pieces of `text` in order, each with its canonical forms: several for numbers and units, otherwise one."""
    lowered = text.casefold()
    found = [(match.span(), number_forms(_value(match[0]))) for match in _NUMBER.finditer(lowered)]
    found += [(match.span(), _UNITS[match[0]]) for match in _UNIT.finditer(lowered)]
    at = 0
    for (first, last), forms in sorted(found):
        if first > at:
            yield (canonical(lowered[at:first]),)
        yield forms
        at = last
    if at < len(lowered):
        yield (canonical(lowered[at:]),)


def name_forms(text: str, limit: int = 16) -> tuple[str, ...]:
    """At most `limit` ways to write a name, the plainest first.

    "tv 2" is also "tv two", "t v two" ("T.V. two"); "2nd floor" is also "second floor", "kid's lamp" "kids lamp".
    """
    words = " ".join(canonical(text).split())
    variants: list[list[str]] = [[]]
    for word in _joined(words):
        variants = [[*before, form] for before in variants for form in _word_forms(word)][:limit]
    found = (form for variant in variants for form in _spelled(" ".join(variant), limit))
    return tuple(dict.fromkeys(found))[:limit]


def number_value(text: str) -> float | None:
    """See `Surface.number_value`: "7 5" is 7.5."""
    return numbers.number_value(text, fractions=True)


def _joined(words: str) -> list[str]:
    """The words; pairs that may be written as one word are kept together."""
    groups = "|".join([*map(re.escape, _ONE_WORD), _LETTERS.pattern, r"\S+"])
    return re.findall(rf"(?<!\S)(?:{groups})(?!\S)", words)


def _word_forms(word: str) -> tuple[str, ...]:
    if word in _ONE_WORD or _LETTERS.fullmatch(word):
        return (word, word.replace(" ", ""))
    for apart, together in _ONE_WORD.items():
        if word == together:
            return (word, apart)
    for spelled, digits in _ORDINALS.items():
        if word in {spelled, digits}:
            return (word, digits if word == spelled else spelled)
    if APOSTROPHE in word:
        return (word, word.replace(APOSTROPHE, ""))
    initials = len(word) > 1 and word.isalpha() and len(word) <= _INITIALS and not set(word) & set("aeiouy")
    return (word, " ".join(word)) if initials or word in _WITH_VOWELS else (word,)


def _spelled(text: str, limit: int) -> Iterator[str]:
    for number, forms in enumerate(product(*pieces(text))):
        if number == limit:
            return
        yield " ".join("".join(forms).split())


def _value(text: str) -> float:
    return numbers.number_value(text.replace("-", " ").replace(".", " "), fractions="." in text) or 0.0

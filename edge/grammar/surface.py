"""How words are written: the characters by which templates and recognisers are compared, and the forms of a word.

Recognisers write "Soy Milk", "twenty-five", "25", "43%", "T.V." as they like. All are brought to lower-case letters,
digits, apostrophes and single spaces; numbers, units and the names of things have several forms.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import product

from edge.grammar.numbers import SMALL, TENS, number_forms, number_value

APOSTROPHE = "'"

_SPELLED = str.maketrans(
    {
        "\u2019": "'",
        "\u02bc": "'",
        "`": "'",
        "%": " percent ",
        "\u00b0": " degrees ",
        "&": " and ",
        "\u2044": "/",
        "\u00bd": " 1/2 ",
        "\u00bc": " 1/4 ",
        "\u00be": " 3/4 ",
        "\u00df": "ss",
        "\u00e6": "ae",
        "\u0153": "oe",
        "\u00f8": "o",
        "\u0142": "l",
        "\u0111": "d",
        "\u00fe": "th",
    }
)

_MINUS = re.compile(r"(?<!\S)[-\u2212](?=\d)")
_FRACTIONS = {"1/2": "half", "1/4": "quarter", "3/4": "3 quarters"}
_FRACTION = re.compile(r"(?<![\d/.])(?:1/[24]|3/4)(?![\d/])")

_NUMBER_WORDS = "|".join([*filter(None, TENS), *SMALL])
_NUMBER = re.compile(
    rf"(?<![\w'])(?:(?:{'|'.join(filter(None, TENS))})[ -](?:{'|'.join(SMALL[1:10])})"
    rf"|(?:{_NUMBER_WORDS})|\d{{1,5}}(?:\.\d)?)(?![\w'])"
)
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
_LETTERS = re.compile(r"(?<!\S)\w(?: \w)+(?!\S)")
_INITIALS = 4


def canonical(text: str) -> str:
    """`text` in the characters that are compared; every sign without a sound is a space."""
    plain = _MINUS.sub(" minus ", text.casefold().translate(_SPELLED))
    plain = _FRACTION.sub(lambda match: _FRACTIONS[match[0]], plain)
    spelled = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
    return "".join(
        character if character.isalnum() or character == APOSTROPHE else " "
        for character in spelled
        if not unicodedata.combining(character)
    )


def pieces(text: str) -> Iterator[tuple[str, ...]]:
    """`text` in order, as pieces that have one form or, for numbers and units, several; each canonical."""
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
    """The ways in which the name of a thing may be written, at most `limit` of them, the plainest first.

    "tv 2" is also "tv two", "t v two" ("T.V. two"); "2nd floor" is also "second floor".
    """
    words = " ".join(canonical(text).split())
    variants: list[list[str]] = [[]]
    for word in _joined(words):
        variants = [[*before, form] for before in variants for form in _word_forms(word)][:limit]
    found = (form for variant in variants for form in _spelled(" ".join(variant), limit))
    return tuple(dict.fromkeys(found))[:limit]


def _joined(words: str) -> list[str]:
    """The words, those that may be written as one kept together."""
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
    initials = len(word) > 1 and word.isalpha() and len(word) <= _INITIALS and not set(word) & set("aeiouy")
    return (word, " ".join(word)) if initials or word in _WITH_VOWELS else (word,)


def _spelled(text: str, limit: int) -> Iterator[str]:
    for number, forms in enumerate(product(*pieces(text))):
        if number == limit:
            return
        yield " ".join("".join(forms).split())


def _value(text: str) -> float:
    return number_value(text.replace("-", " ").replace(".", " "), fractions="." in text) or 0.0

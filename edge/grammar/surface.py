"""How words are written: the characters by which templates and recognisers are compared, and the forms of a number.

Recognisers write "Soy Milk", "twenty-five", "25", "43%" as they like. All are brought to lower-case letters, digits,
apostrophes and single spaces; numbers have several forms.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import product

APOSTROPHE = "'"

_SPELLED = str.maketrans(
    {
        "\u2019": "'",
        "\u02bc": "'",
        "`": "'",
        "%": " percent ",
        "\u00b0": " degrees ",
        "&": " and ",
        "\u00bd": " 1 2 ",
        "\u00bc": " 1 4 ",
        "\u00be": " 3 4 ",
        "\u00df": "ss",
        "\u00e6": "ae",
        "\u00f8": "o",
        "\u0142": "l",
    }
)

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_HUNDRED, _THOUSAND = 100, 1000

_VALUES = {word: value for value, word in enumerate(_SMALL)} | {
    word: 10 * value for value, word in enumerate(_TENS) if word
}
_NUMBER = re.compile(
    rf"(?<![\w'])(?:(?P<tens>{'|'.join(filter(None, _TENS))})[ -](?P<unit>{'|'.join(_SMALL[1:10])})"
    rf"|(?P<word>{'|'.join(_VALUES)})|(?P<digits>\d{{1,5}}(?:\.\d)?))(?![\w'])"
)


def canonical(text: str) -> str:
    """`text` in the characters that are compared; every sign without a sound is a space."""
    spelled = unicodedata.normalize("NFKD", text.casefold().translate(_SPELLED))
    return "".join(
        character if character.isalnum() or character == APOSTROPHE else " "
        for character in spelled
        if not unicodedata.combining(character)
    )


def pieces(text: str) -> Iterator[tuple[str, ...]]:
    """`text` in order, as pieces that have one form or, for numbers, several; each canonical."""
    at = 0
    lowered = text.casefold()
    for match in _NUMBER.finditer(lowered):
        if match.start() > at:
            yield (canonical(lowered[at : match.start()]),)
        yield number_forms(_value(match))
        at = match.end()
    if at < len(lowered):
        yield (canonical(lowered[at:]),)


def written(text: str, limit: int = 16) -> tuple[str, ...]:
    """The ways in which `text` may be written, at most `limit` of them, the plainest first."""
    found: list[str] = []
    for forms in product(*pieces(text)):
        found.append(" ".join("".join(forms).split()))
        if len(found) == limit:
            break
    return tuple(dict.fromkeys(found))


def number_forms(value: float) -> tuple[str, ...]:
    """How a number is written or said: "25", "twenty five"; 7.5 also as "seven and a half"."""
    if value < 0:
        return tuple(f"minus {form}" for form in number_forms(-value))
    whole = int(value)
    if whole == value:
        return tuple(dict.fromkeys((str(whole), *_said(whole))))
    tenth = round((value - whole) * 10)
    forms = [f"{whole} {tenth}", f"{whole} point {tenth}"]
    forms += [f"{said} point {_SMALL[tenth]}" for said in _said(whole)]
    if tenth == 5:  # noqa: PLR2004 - one half
        forms += [f"{said} and a half" for said in (str(whole), *_said(whole))]
    return tuple(dict.fromkeys(forms))


def _value(match: re.Match[str]) -> float:
    if match["digits"]:
        return float(match["digits"])
    if match["word"]:
        return _VALUES[match["word"]]
    return _VALUES[match["tens"]] + _VALUES[match["unit"]]


def _said(value: int) -> tuple[str, ...]:
    if value < len(_SMALL):
        return (_SMALL[value],)
    if value < _HUNDRED:
        tens, unit = divmod(value, 10)
        return (f"{_TENS[tens]} {_SMALL[unit]}" if unit else _TENS[tens],)
    if value < _THOUSAND:
        return _scaled(value, _HUNDRED, "hundred")
    if value < 100 * _THOUSAND:
        thousands = _scaled(value, _THOUSAND, "thousand")
        hundreds, rest = divmod(value, _HUNDRED)
        return thousands if rest or hundreds % 10 == 0 else (*thousands, f"{_said(hundreds)[0]} hundred")
    return ()


def _scaled(value: int, scale: int, word: str) -> tuple[str, ...]:
    count, rest = divmod(value, scale)
    heads = [f"{said} {word}" for said in _said(count)]
    if count == 1:
        heads.append(f"a {word}")
    if not rest:
        return (*heads, word) if count == 1 else tuple(heads)
    joints = (" ", " and ") if rest < _HUNDRED else (" ",)
    return tuple(f"{head}{joint}{said}" for head in heads for joint in joints for said in _said(rest))

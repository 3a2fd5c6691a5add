"""English numbers as a voice says them, and how written ones are read: separators, decimals, fractions. Pure.

Whole numbers, ordinals and years are spelled by `unicode_rbnf` with the rules of Unicode's CLDR.
"""

import functools
import re
from typing import TYPE_CHECKING, Final, Literal

from edge.nlu.en.numbers import SMALL

if TYPE_CHECKING:
    from unicode_rbnf import RbnfEngine

MAX_DIGITS: Final = 15
"""A longer number is said digit by digit."""

_BLANK = "[ \u00a0\u2009\u202f]"
NUMBER: Final = (
    r"(?:"
    r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?(?![\d,]\d|\d)"  # 1,234,567.8
    r"|[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?(?![\d,]\d|\d)"  # 12,34,567
    r"|[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d+)?(?![\d.]\d|\d)"  # 1.234.567,8
    r"|[1-9]\d{0,2}\.\d{3},\d{1,2}(?![\d,]\d|\d)"  # 1.234,56
    rf"|[1-9]\d{{0,2}}(?:{_BLANK}\d{{3}})+(?:[.,]\d+)?(?!{_BLANK}?\d|[.,]\d)"  # 1 234 567,8
    r"|[1-9]\d{0,2}(?:['\u2019]\d{3})+(?:[.,]\d+)?(?!\d)"  # 1'234'567.8
    r"|\d+,\d+(?!,?\d)"  # 20,5
    r"|\d+\.\d+(?!\d|\.\d)"
    r"|(?<![\d.,])\.\d+(?!\d|\.\d)"
    r"|\d+"
    r")"
)
"""A number without a sign. A comma before three digits groups, before one or two it is a decimal comma."""

FRACTION: Final = r"\d{1,3}/\d{1,4}(?![\d/])"
AMOUNT: Final = rf"(?:\d{{1,3}}[ -]{FRACTION}|{FRACTION}|{NUMBER})"
"""A number, a fraction (3/4) or a whole number and a fraction (2 1/2)."""

_WHOLE = 100
"""Two shares of it are said without a joint: 80/20."""
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3}")
_MIXED = re.compile(r"(?:(\d+)[ -])?(\d+)/(\d+)")
_NAMED = {2: ("half", "halves"), 4: ("quarter", "quarters")}


def cardinal(value: int) -> str:
    """Say "one hundred five"."""
    return _spelled(value, "CARDINAL")


def ordinal_words(value: int) -> str:
    """Say "twenty third"."""
    return _spelled(value, "ORDINAL")


def year(value: int) -> str:
    """Say "nineteen oh eight", "two thousand five", "twenty twenty six"."""
    return _spelled(value, "YEAR")


def decade(value: int) -> str:
    """Say "nineteen twenties", "two thousands", "nineties"."""
    return several(year(value) if value >= 1000 else cardinal(value))  # noqa: PLR2004 - with its century


def several(words: str) -> str:
    """Say "twenties", "sixteens", "sixes", "glasses"."""
    if words.endswith("y"):
        return words[:-1] + "ies"
    return words + ("es" if words.endswith(("x", "s", "ch", "sh")) else "s")


def digit_words(text: str) -> str:
    """Say the digits of `text` one by one; other characters are left out."""
    return " ".join(SMALL[int(char)] for char in text if char.isdecimal())


def plain_number(written: str) -> str:
    """A `NUMBER` without separators and with a decimal point: "1.234,50" is "1234.50"."""
    text = re.sub(r"[ \u00a0\u2009\u202f'\u2019]", "", written)
    if "," in text and "." in text:
        group = "." if text.rindex(",") > text.rindex(".") else ","
        return text.replace(group, "").replace(",", ".")
    if "," in text:
        return text.replace(",", "" if _GROUPED.fullmatch(text) else ".")
    return text.replace(".", "") if text.count(".") > 1 else text


def number_words(written: str) -> str:
    """Say a `NUMBER`: "three point one four". One with zeros in front, or too long, digit by digit."""
    whole, point, decimals = plain_number(written).partition(".")
    if len(whole) > MAX_DIGITS or (len(whole) > 1 and whole.startswith("0")):
        words = digit_words(whole)
    else:
        words = cardinal(int(whole or 0))
    return f"{words} point {digit_words(decimals)}" if point else words


def fraction_words(count: int, parts: int) -> str:
    """Say "one half", "three quarters", "twenty two over seven", "ten out of ten", "fifty fifty"."""
    if count == parts > 1 and count + parts != _WHOLE:
        return f"{cardinal(count)} out of {cardinal(parts)}"
    if not 0 < count < parts:
        return f"{cardinal(count)} {'' if count + parts == _WHOLE else 'over '}{cardinal(parts)}"
    one, more = _NAMED.get(parts) or (ordinal_words(parts), f"{ordinal_words(parts)}s")
    return f"{cardinal(count)} {one if count == 1 else more}"


def amount_words(written: str) -> str:
    """Say an `AMOUNT`: "two and a half" for 2 1/2."""
    mixed = _MIXED.fullmatch(written)
    if mixed is None:
        return number_words(written)
    count, parts = int(mixed[2]), int(mixed[3])
    part = fraction_words(count, parts)
    if not mixed[1]:
        return part
    if not 0 < count < parts:
        return f"{cardinal(int(mixed[1]))}, {part}"
    if count == 1:
        part = ("an" if part.removeprefix("one ").startswith(("e", "o")) else "a") + part.removeprefix("one")
    return f"{cardinal(int(mixed[1]))} and {part}"


def is_one(written: str) -> bool:
    """Whether the word behind an `AMOUNT` is in the singular: "1 cup", "1/2 cup", but "1.5 cups", "0.5 cups"."""
    mixed = _MIXED.fullmatch(written)
    if mixed:
        return not mixed[1] and 0 < int(mixed[2]) < int(mixed[3])
    return plain_number(written) == "1"


@functools.lru_cache(maxsize=2048)
def _spelled(value: int, purpose: Literal["CARDINAL", "ORDINAL", "YEAR"]) -> str:
    from unicode_rbnf import FormatPurpose

    return _engine().format_number(value, FormatPurpose[purpose]).text.replace("-", " ")


@functools.cache
def _engine() -> "RbnfEngine":
    from unicode_rbnf import RbnfEngine

    return RbnfEngine.for_language("en")

"""A text as an English voice reads it: every number, unit, sign and abbreviation in words. Pure.

The values stay what they are: read back by `edge.nlu.en.numbers`, the words are the same numbers. The order matters:
dates and telephone numbers first, then signs, because a hyphen means something else in each.
"""

import re
from typing import Final

from edge.nlu.en.arithmetic import MINUS, read_signs
from edge.nlu.en.number_words import (
    AMOUNT,
    FRACTION,
    NUMBER,
    amount_words,
    cardinal,
    decade,
    ordinal_words,
    several,
    year,
)
from edge.nlu.en.read_codes import read_codes
from edge.nlu.en.read_dates import read_dates
from edge.nlu.en.read_quantities import read_lengths, read_quantities
from edge.nlu.en.read_roman import read_roman
from edge.nlu.en.units import SCALES

_CHARACTERS: Final = str.maketrans(
    {
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\ufe63": "-", "\uff0d": "-",
        "\u2044": "/", "\u2215": "/", "\u00b5": "µ", "\u03bc": "µ", "\u2126": "Ω", "\u2032": "'", "\u2033": '"',
        "\uff05": "%", "\uff04": "$", "\uffe1": "£", "\uffe5": "¥", "\uff0b": "+", "\uff1d": "=", "\u02da": "°",
        "\u00ba": "°", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2007": " ", "\u2008": " ", "\u200a": " ",
    }
)  # fmt: skip
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_VULGAR = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5",
    "⅙": "1/6", "⅚": "5/6", "⅐": "1/7", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8", "⅑": "1/9", "⅒": "1/10",
}  # fmt: skip
_VULGAR_SIGN = re.compile(rf"(?<=\d)\s?([{''.join(_VULGAR)}])|([{''.join(_VULGAR)}])")

_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, flags), said)
    for pattern, said, flags in (
        (r"\be\.g\.,?", "for example,", re.IGNORECASE),
        (r"\bi\.e\.,?", "that is,", re.IGNORECASE),
        (r"\bNos\.\s*(?=\d)", "numbers ", 0),
        (r"\b(?:No|[Nn]r)\.\s*(?=\d)", "number ", 0),
        (r"№\s*(?=\d)", "number ", 0),
        (r"(?<![\w&])#\s?(?=\d)", "number ", 0),
        (r"\bpp\.\s*(?=\d)", "pages ", 0),
        (r"\bp\.\s*(?=\d)", "page ", 0),
        (r"\bca?\.\s*(?=\d)", "about ", 0),
        (r"(?<=\d)\s?\u2014\s?(?=[\d$€£])", " \u2013 ", 0),
        (r"(?<=\d)\.[-\u2013\u2014]+(?=\s|\Z)", "", 0),
        (r"\b24/7\b", "twenty four seven", 0),
        (r"\b(\d{1,3}/\d{1,4})(?:ths?|rds?|nds?)\b", r"\1", 0),
        (r"\b9/11\b", "nine eleven", 0),
        (r"(?<![\w.])(\d{1,2})/(10|5)(?=\s(?:stars?|points?)\b)", r"\1 out of \2", 0),
        (r"§\s?(?=\d)", "section ", 0),
    )
)

_ELEMENTS = "He|Li|Be|Ne|Na|Mg|Al|Si|Cl|Ar|Ca|Sc|Ti|Cr|Mn|Fe|Co|Ni|Cu|Zn|Br|Ag|Sn|Ba|Au|Hg|Pb|H|B|C|N|O|F|P|S|K|I|U|V"
_FORMULA = re.compile(
    rf"(?<![\w$])(?:(?:{_ELEMENTS}|\((?:{_ELEMENTS}|\d)+\))\d{{0,2}}){{2,8}}(?!\w)|(?<![\w$])(?:H|N|O|Cl)2(?!\w)"
)
_ION = re.compile(r"(?<=[A-Za-z\d₀-₉)])([²³⁴]?)([⁺⁻])(?![⁰-⁹¹²³])")
_PLUS = "\u207a"
_CHARGES = str.maketrans("²³⁴", "234")
_SALTS = frozenset(("NaCl", "KCl", "HCl", "HBr", "NaOH", "KOH", "CaO", "MgO", "ZnO", "CuO", "AgCl", "NaF", "KBr"))
_FORMULA_PART = re.compile(r"[A-Z][a-z]?|\d+")

_HYPHEN = re.compile(r"(?<=\w)[-\u2013](?=\d)|(?<=[A-Za-z])\.(?=\d)")
"""What is left of them ("F-16", "4-2-3-1") has no sound."""

_MODELS = re.compile(r"(?<=[A-Za-z])-(\d{1,4})s\b")
"""F-16s are several, no seconds."""
_ORDINAL = re.compile(r"(?<![\w.])(\d{1,3}(?:,\d{3})+|\d{1,15})(?:st|nd|rd|th)\b", re.IGNORECASE)
_WORDY_SCALE = re.compile(rf"(?<![\w.,])({NUMBER})([kKMB]|bn|mn)(?!\w)")
_YEAR = re.compile(r"(?<![\w.,])((?:1[1-9]|20|(?<=[iI]n )10)\d\d)(?![\w,]\d|\.\d|[,.\w]*\d|/)")
_REST = re.compile(rf"(?:(?<![\w.,/])({AMOUNT}))|(\d+(?:\.\d+)?(?![\d.])|\d+)")
_NOT_PLURAL = frozenset(("is", "was", "has", "its", "this", "as", "us", "does", "less", "gives", "always"))
_COUNTED_NEXT = frozenset(
    (
        *("people", "men", "women", "children", "feet", "mice", "percent", "million", "billion", "thousand", "square"),
        *("cubic", "more", "other", "by", "over", "plus", "minus", "times", "divided", "equals"),
    )
)
_COUNTED_BEFORE = frozenset(
    (
        *("equals", "plus", "minus", "times", "than", "over", "under", "exactly", "approximately", "nearly"),
        *("almost", "only", "least", "most", "is", "are", "make", "makes", "costs", "weighs", "root", "another"),
        *("every", "total", "number"),
    )
)
"""Words beside four digits that are a number and no year."""
_YEAR_SIGNS = re.compile(r"\byears?\b", re.IGNORECASE)
_DECADE = re.compile(r"(?<![\w.,])(\d{2})s\b")

_LEFT = (
    (re.compile(r"(?<=\w)²"), " squared"),
    (re.compile(r"(?<=\w)³"), " cubed"),
    (re.compile(r"π"), " pi "),
    (re.compile(r"Ω"), " ohm "),
    (re.compile(r"\s?°\s?C\b"), " degrees Celsius"),
    (re.compile(r"\s?°\s?F\b"), " degrees Fahrenheit"),
    (re.compile(r"\s?[°]"), " degrees "),
    (re.compile(r"\s?%"), " percent"),
    (re.compile(rf"{MINUS}"), " minus "),
)
_SIGNS = re.compile(r"[\d%°=≠≈≅≤≥⩽⩾<>±\u00d7÷√∛∞→⇒π²³Ω₀-₉½¼¾⅐-⅞€£¥₹₩\u2212+^⁺⁻ⁿ]")


def read_aloud(text: str, before: str = "") -> str:
    """`text` without digits: numbers and what belongs to them in words. Blanks may be doubled.

    `before` is what the same voice read last; it may tell what a number is.
    """
    for phrase, said in _PHRASES:
        text = phrase.sub(said, text)
    text = read_roman(text)
    if not _SIGNS.search(text):
        return _FORMULA.sub(_formula, text)
    text = text.translate(_CHARACTERS)
    text = _VULGAR_SIGN.sub(lambda m: f" {_VULGAR[m[1]]}" if m[1] else _VULGAR[m[2]], text)
    text = _FORMULA.sub(_formula, _ION.sub(_charge, text).translate(_SUBSCRIPTS))
    text = read_codes(read_dates(read_lengths(text)), before)
    text = _MODELS.sub(lambda m: f" {several(cardinal(int(m[1])))}", text)
    text = _HYPHEN.sub(" ", read_signs(text))
    text = read_quantities(text)
    text = _ORDINAL.sub(lambda m: ordinal_words(int(m[1].replace(",", ""))), text)
    text = _WORDY_SCALE.sub(_scaled, text)
    text = _DECADE.sub(lambda m: decade(int(m[1])), text)
    text = _YEAR.sub(_year, text)
    text = _REST.sub(_rest, text)
    for sign, said in _LEFT:
        text = sign.sub(said, text)
    return text


def _charge(match: re.Match[str]) -> str:
    return f" {match[1].translate(_CHARGES)} {'plus' if match[2] == _PLUS else 'minus'} "


def _formula(match: re.Match[str]) -> str:
    """CO2: "C O two"; NaCl: "N A C L". Other letters without a number ("USB", "He") are no formula."""
    if match[0].isalpha() and match[0] not in _SALTS:
        return match[0]
    parts = _FORMULA_PART.findall(match[0])
    return " ".join(cardinal(int(part)) if part.isdecimal() else " ".join(part.upper()) for part in parts)


def _scaled(match: re.Match[str]) -> str:
    """1.5M people; 4K stays "four K", which is as often a name."""
    if match[2] in {"k", "K", "B"} and "." not in match[1] and (match[2] != "k" or len(match[1]) == 1):
        return f"{amount_words(match[1])} {match[2]}"
    return f"{amount_words(match[1])} {SCALES[match[2]]}"


def _year(match: re.Match[str]) -> str:
    """Four digits without a separator: a year, unless something is counted or computed."""
    following = re.match(r"[\s-]*([a-z']+)", match.string[match.end() :])
    word = following[1] if following else ""
    before = match.string[: match.start()].split()
    counts = word in _COUNTED_NEXT or (word.endswith("s") and len(word) > 3 and word not in _NOT_PLURAL)  # noqa: PLR2004 - a plural
    computed = bool(before) and _counts(before) and not _YEAR_SIGNS.search(match.string)
    value = int(match[1])
    return cardinal(value) if counts or computed else year(value)


def _counts(before: list[str]) -> bool:
    """Whether a number follows: "equals", "divided by", "1920 by"; "by" alone comes before a year."""
    *_, one, last = ("", *before)
    by_a_number = last == "by" and (one.isdecimal() or one in {"divided", "multiplied"})
    return by_a_number or last.lower() in _COUNTED_BEFORE


def _rest(match: re.Match[str]) -> str:
    """What is left: amounts, and digits inside words ("MP3"), which stand apart."""
    text, start, end = match.string, match.start(), match.end()
    before = text[start - 1 : start]
    after = text[end : end + 1]
    written = match[1] or match[2]
    if match[1] and re.fullmatch(FRACTION, written) and after == "/":
        written = written.replace("/", " ")
    glued = (
        before.isalpha() or before in {".", ",", "/", ":"} or (before == "-" and text[start - 2 : start - 1].isalnum())
    )
    lead = " " if glued else ""
    return f"{lead}{amount_words(written)}{' ' if after.isalpha() or after.isdecimal() else ''}"

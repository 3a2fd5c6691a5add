"""One spelling for what a question with an exact answer is made of: numbers, signs, money, words. Pure.

Every parser of this folder reads `canonical` text. Its numbers are written as `edge.exact.expression` writes them
("15", "2.75", "3/8", "2_1/2"), amounts of money have the name of their currency behind them ("2.75 dollars"), and
commas stand only between things that are listed.
"""

import re
import unicodedata
from fractions import Fraction
from typing import Final

from edge.nlu.en.numbers import LARGE, SMALL, TENS, is_number_word, words_to_digits

NUMBER: Final = r"(?:\d+_\d+/\d+|\d+/\d+|\d+(?:\.\d+)?)"
"""A number of canonical text, without a sign."""

_VULGAR: Final = {
    char: f"{numerator}/{denominator}"
    for char, numerator, denominator in (
        ("½", 1, 2), ("⅓", 1, 3), ("⅔", 2, 3), ("¼", 1, 4), ("¾", 3, 4), ("⅕", 1, 5), ("⅖", 2, 5), ("⅗", 3, 5),
        ("⅘", 4, 5), ("⅙", 1, 6), ("⅚", 5, 6), ("⅛", 1, 8), ("⅜", 3, 8), ("⅝", 5, 8), ("⅞", 7, 8),
    )
}  # fmt: skip
_SIGNS: Final = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"[\u2018\u2019\u2032]", "'"),
        (r"(?<=\d)!(?=\s*\?)", " factorial"),
        (r"(?<![a-z])([ap])\.? ?m\b\.?", r" \1m "),
        (r"[\u2212\u2013\u2014]", " - "),
        (r"[\u00d7\u2715*]", " times "),
        (r"(?<=\d)\s*x\s*(?=\d)", " times "),
        (r"(?<=\d)'\s*(\d{1,2})(?:\"|''|\u201d| ?in\b)?(?!\d)", r" feet \1 inches "),
        (r"(?<=\d)(?:\"|\u201d)", " inches "),
        (r"\u00f7", " divided by "),
        (r"\u221a", " square root of "),
        (r"\u221b", " cube root of "),
        (r"\u00b2", " squared "),
        (r"\u00b3", " cubed "),
        (r"\u03c0", " pi "),
        (r"\u00b0\s*(?=[cf]\b)", " degrees "),
        (r"\u00b0", " degrees "),
        (r"(?<=\d),(?=\d{3}(?!\d))", ""),
        (r"%", " percent "),
        (r"\bper cents?\b|\bpercentages(?= of)", "percent"),
        (r"\bpercentage points?\b", "percent"),
        (r"(?<=\d)\s*\^\s*", " to the power of "),
        (r"\+", " plus "),
        (r"(?<=[a-z])-(?=[a-z])", " "),
        (r"(?<=\d)-(?=[a-z])", " "),
        (r"(?<=\d)\s*-\s*(?=[\d($£€])", " minus "),
        (r"(?<=[\d)])\s+-\s+(?=\S)", " minus "),
        (r"(?<![\w)])-\s*(?=[\d.$£€])", " minus "),
        (r"(?<=\d)\s+/\s+(?=\d)", " divided by "),
        (r"(?<=\))\s*/|/\s*(?=\()", " divided by "),
        (r"=", " equals "),
    )
)
_MONEY_SIGNS: Final = {"$": "dollars", "£": "pounds", "€": "euros", "¥": "yen", "₹": "rupees"}
_SIGN = "".join(map(re.escape, _MONEY_SIGNS))
_PRICED = re.compile(rf"([{_SIGN}])\s*(\d+(?:\.\d+)?)(?:\s*(k|thousand|million|billion))?\b")
_PENCE = re.compile(r"(?<![\w.])(\d+)\s*p\b(?! ?m\b)")
_TWO_PARTS = re.compile(
    r"(?<![\d.] )(?<!between )(?<!by )(?<!for )\b(\d{1,3}) ([1-9]\d) (?=(?:dollars|euros|pounds|bucks)\b)"
)
"""A price in two numbers: "fifteen ninety nine dollars"."""
_TOKEN = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?|\d+(?:st|nd|rd|th)\b|\d+/\d+(?![\d/])|\d+(?:\.\d+)?|\.\d+|[^\W\d_]+(?:'[^\W\d_]+)*|[(),]"
)
_PARTS: Final = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
    "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8,
    "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10, "twelfth": 12, "twelfths": 12, "sixteenth": 16,
    "sixteenths": 16, "twentieth": 20, "twentieths": 20, "hundredth": 100, "hundredths": 100,
}  # fmt: skip
_ORDINALS: Final = {
    "zeroth": 0, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
    "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90,
    "hundredth": 100,
}  # fmt: skip
_SCALE = re.compile(rf"(?!\d+/0+ )({NUMBER}) ({'|'.join(map(str, LARGE.values()))})(?= |$)")
"""What remains of "1.5 million" and "150 thousand" when the words are numbers."""
COUNTS: Final = {"dozen": 12, "score": 20, "gross": 144}
"""Words for numbers of things. "How many is a dozen" keeps them."""
_COUNTED = re.compile(
    r"(?<!dollars )(?<!pounds )(?<!euros )(?<!bucks )(?<!quid )(?<!cents )(?<!pence )(?<!\d )"
    r"\b(a|\d+|half a|a couple of|2_1/2) (dozen|score|gross)s?\b(?! (?:board|line|sheet|profit|income))"
)
"""Not "3 dollars a dozen", which is a price of one dozen."""
_WANTS_COUNT = re.compile(r"how many|^(?:how much|what)(?: is|'s) (?:an?|\d+|half a) (?:dozen|score|gross)s?$")
_MIXED = re.compile(r"\b(\d+)( and)? (\d/\d+)(?= |$)")
_LISTS = re.compile(
    r"\b(?:sum|product|difference|(?:average|mean|median)(?= of| \d)|add|between|multiply|bigger|larger|smaller|or)\b"
)
"""Words of texts in which "2 and 1/2" are two numbers."""
_HALF_A_LARGE = re.compile(rf"\b(?:half|1/2)(?: a)? ({'|'.join(map(str, LARGE.values()))})(?= |$)")
_GLUED = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(k|m|bn)(?=\s|$)")
_GLUED_SCALES: Final = {"k": "thousand", "bn": "billion"}


def canonical(text: str) -> str:
    """A text in lower case and in one spelling; see the top of this file."""
    for char, written in _VULGAR.items():
        text = text.replace(char, f" {written} ")
    text = unicodedata.normalize("NFKC", _with_signs(unicodedata.normalize("NFC", text).casefold())).casefold()
    text = _GLUED.sub(lambda m: f"{m[1]} {_GLUED_SCALES.get(m[2], m[2])}", text)
    text = _PENCE.sub(r"\1 pence", _PRICED.sub(_priced, text))
    tokens = [f"0{it}" if it.startswith(".") else it for it in _TOKEN.findall(text)]
    return _TWO_PARTS.sub(r"\1.\2 ", _joined(_with_fractions(_with_ordinals(tokens))))


def _with_signs(text: str) -> str:
    for sign, said in _SIGNS:
        text = sign.sub(said, text)
    return text


def _priced(match: re.Match[str]) -> str:
    scale = {"k": " thousand"}.get(match[3] or "", f" {match[3]}" if match[3] else "")
    return f"{match[2]}{scale} {_MONEY_SIGNS[match[1]]}"


def _with_ordinals(tokens: list[str]) -> list[str]:
    """Ordinals in digits: "twenty fifth" is 25th; words that may be fractions or seconds only where they are none."""
    found: list[str] = []
    for at, word in enumerate(tokens):
        number = _ORDINALS.get(word)
        before = found[-1] if found else ""
        if number is not None and before in TENS[2:] and 0 < number < 10:  # noqa: PLR2004 - "twenty" and a digit
            found[-1] = _ordinal(TENS.index(before) * 10 + number)
        elif number is None or (word in _PARTS and _is_part(tokens, at)) or (word == "second" and before != "the"):
            found.append(word)
        else:
            found.append(_ordinal(number))
    return found


def _is_part(tokens: list[str], at: int) -> bool:
    """Whether an ordinal is a denominator: behind a number or an article, and not in a date or before a root."""
    before = tokens[at - 1] if at else ""
    after = tokens[at + 1] if at + 1 < len(tokens) else ""
    if after in {"root", "power", "day", "week", "month", "letter"}:
        return False
    return before in {"a", "an"} or before in SMALL or before.isdecimal()


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")  # noqa: PLR2004 - 11th to 20th
    return f"{number}{ending}"


def _with_fractions(tokens: list[str]) -> list[str]:
    """Number words in digits, and "three quarters" as 3/4."""
    found: list[str] = []
    for word in words_to_digits(_with_zeros(tokens)):
        before = found[-1] if found else ""
        if word in _PARTS and before in {"a", "an", "1"} and not word.endswith("s"):
            found[-1] = f"1/{_PARTS[word]}"
        elif word in _PARTS and before.isdecimal() and word not in {"half", "quarter"}:
            found[-1] = f"{before}/{_PARTS[word]}"
        else:
            found.append(word)
    return found


def _with_zeros(tokens: list[str]) -> list[str]:
    """A zero before a point that begins a number, and instead of other names for it."""
    found: list[str] = []
    for at, word in enumerate(tokens):
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        if word == "point" and is_number_word(after) and not (found and is_number_word(found[-1])):
            found.append("zero")
        found.append("zero" if word in {"nought", "naught"} else word)
    return found


def _joined(words: list[str]) -> str:
    text = re.sub(r" ,(?: and)?(?! [\d(a-z])", " ", " ".join(words)).replace(" , and ", " , ")
    text = _HALF_A_LARGE.sub(lambda m: str(int(m[1]) // 2), text)
    lists = _LISTS.search(text) is not None and " by " not in text
    text = _MIXED.sub(lambda m: m[0] if lists and m[2] else _mixed(m), text)
    text = _SCALE.sub(lambda m: str(value_of(m[1]) * int(m[2])), text)
    return (text if _WANTS_COUNT.search(text) else _COUNTED.sub(_counted, text)).strip(" ,")


def _mixed(match: re.Match[str]) -> str:
    above, below = map(int, match[3].split("/"))
    return f"{match[1]}_{match[3]}" if above < below else match[0]


def _counted(match: re.Match[str]) -> str:
    many = {"a": Fraction(1), "half a": Fraction(1, 2), "a couple of": Fraction(2)}
    count = many[match[1]] if match[1] in many else value_of(match[1])
    return str(count * COUNTS[match[2]])


def value_of(number: str) -> Fraction:
    """The value of a `NUMBER`. Raises `ValueError` for a denominator of zero."""
    whole, _, part = number.rpartition("_")
    if re.search(r"/0+$", part):
        message = f"{number} is divided by zero"
        raise ValueError(message)
    return (int(whole) if whole else 0) + Fraction(part)

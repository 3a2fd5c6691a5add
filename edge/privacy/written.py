"""Values that are known by how they are written, whatever stands around them: e-mail, URL, IP, MAC, places. Pure."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from edge.nlu.privacy import Found, ValueKind
from edge.privacy.checks import is_iban, is_ip, is_mac

_DEGREES: Final = r"[-+\u2212]?\d{1,3}\.\d{3,12}\u00b0?"
_IBAN_DIGITS: Final = 8
_MINUTES: Final = r"\d{1,3}\u00b0 ?\d{1,2}['\u2032] ?(?:\d{1,2}(?:\.\d{1,6})?[\"\u2033])? ?"


def _is_iban(text: str) -> bool:
    """Whether it is an IBAN, perhaps with a wrong digit, rather than words."""
    return is_iban("".join(filter(str.isalnum, text.upper()))) or sum(map(str.isdecimal, text)) >= _IBAN_DIGITS


_PATTERNS: Final[tuple[tuple[ValueKind, re.Pattern[str], Callable[[str], bool]], ...]] = (
    (ValueKind.URL, re.compile(r"\b(?:[a-z][a-z0-9+.-]{1,10}://|www\.)[^\s<>\"]+", re.IGNORECASE), bool),
    (ValueKind.URL, re.compile(r"\b(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,18}/[^\s<>\"]+", re.IGNORECASE), bool),
    (ValueKind.LOGIN, re.compile(r"(?<![\w@.])@[a-z_][\w.]{2,30}\b(?!@)", re.IGNORECASE), bool),
    (ValueKind.EMAIL, re.compile(r"[\w.+%'&-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}"), bool),
    (ValueKind.MAC, re.compile(r"(?<![\w:-])[\da-f]{2}(?:[:-][\da-f]{2}){5}(?![\w:-])", re.IGNORECASE), is_mac),
    (ValueKind.IP, re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\d|\.\d)"), is_ip),
    (
        ValueKind.IP,
        re.compile(r"(?<![\w:])(?=[\da-f:.]{0,44}:[\da-f:.]{0,44}:)[\da-f:.]{4,45}(?<![.])", re.IGNORECASE),
        is_ip,
    ),
    (ValueKind.COORDINATES, re.compile(rf"{_DEGREES} ?[NS]?[,;/ ]{{1,3}}{_DEGREES} ?[EW]?", re.IGNORECASE), bool),
    (ValueKind.COORDINATES, re.compile(rf"{_MINUTES}[NS][,;/ ]{{0,3}}{_MINUTES}[EW]", re.IGNORECASE), bool),
    (
        ValueKind.IBAN,
        re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z\d]{4}){2,7}(?:[ -]?[A-Z\d]{1,3})?\b", re.IGNORECASE),
        _is_iban,
    ),
    (ValueKind.DOCUMENT, re.compile(r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"), bool),  # National Insurance
    (ValueKind.PLATE, re.compile(r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b"), bool),  # United Kingdom
    (ValueKind.ADDRESS, re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d(?!AM|PM)[A-Z]{2}\b"), bool),  # its postcodes
    (ValueKind.ADDRESS, re.compile(r"\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b"), bool),  # postcodes of Canada
    (ValueKind.LOGIN, re.compile(r"(?<![\w-])(?=[a-z_-]{0,40}\d)(?=[\d_-]{0,40}[a-z])[\w-]{20,}", re.IGNORECASE), bool),
)
"""The last one is a key: at least 20 letters and digits."""


def written_values(text: str) -> Iterator[Found]:
    """The values in a text; they may overlap."""
    for kind, pattern, is_valid in _PATTERNS:
        for it in pattern.finditer(text):
            if is_valid(it.group()):
                yield Found(kind, it.start(), it.end())

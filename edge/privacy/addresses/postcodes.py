"""Finds addresses by their postcodes: "Hill Farm, Long Lane, Bodmin PL30 4AA". For texts with capitals. Pure."""

import re
from collections.abc import Iterator
from typing import Final

from edge.privacy.addresses.view import AddressText
from edge.privacy.addresses.words import STATES, UNITS

_MOST: Final = 24
"""Tokens of an address before its postcode."""
_PAIR: Final = re.compile(
    r"[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}"  # United Kingdom
    r"|[a-z]\d[a-z] \d[a-z]\d"  # Canada
    r"|\d{4} [a-z]{2}"  # Netherlands
)
_STATE_CODE: Final = re.compile(r"\d{4,5}")
_TOWN_CODE: Final = re.compile(r"\d{4,6}")
"""Before a town and behind a comma: "60313 Frankfurt"."""
_ACROSS: Final = frozenset({",", ".", "-", "'", "\u2019", "/", "#", "\u00ba", "&", "\u2013"})


def before_postcode(text: AddressText) -> Iterator[tuple[int, int]]:
    """The tokens from the first name or number of each address up to its postcode."""
    if not text.cased:
        return
    done = 0
    for at in range(len(text.tokens)):
        last = None if at < done else _postcode(text, at)
        if last is None:
            continue
        first = _begin(text, at, done)
        done = last
        if any(text.word(place) == "," or text.run(place) for place in range(first, at)):
            yield first, last


def _postcode(text: AddressText, at: int) -> int | None:
    """The index behind the postcode, and the state or town beside it, that begins at a token."""
    word, after = text.word(at), text.word(at + 1)
    capital = text.is_capital(at) or word[0].isdecimal()
    if capital and _PAIR.fullmatch(f"{word} {after}") and not (word.isdecimal() and not text.is_capital(at + 1)):
        return at + 2
    if word in STATES and text.is_capital(at) and _STATE_CODE.fullmatch(after):
        return at + 2
    if text.word(at - 1) in {",", "-"} and _TOWN_CODE.fullmatch(word) and text.is_capital(at + 1):
        return at + 2
    return None


def _begin(text: AddressText, at: int, done: int) -> int:
    """The first token of the names and numbers before `at`: the house number, or the first name."""
    first = at
    while first > max(done, at - _MOST) and _is_of_address(text, first - 1):
        first -= 1
    numbers = [place for place in range(first, at) if text.run(place) or text.word(place) in UNITS]
    begin = numbers[0] if numbers else first
    if begin == 0 and not numbers:
        begin += 1  # a sentence begins with a capital
    while begin < at and not text.word(begin)[0].isalnum():
        begin += 1
    return begin


def _is_of_address(text: AddressText, at: int) -> bool:
    word = text.word(at)
    if word == "." and text.is_capital(at + 1) and not text.is_glued(at) and len(text.word(at - 1)) > len("str"):
        return False  # the end of a sentence
    if word in _ACROSS or text.is_capital(at) or any(map(str.isdecimal, word)):
        return True
    return text.is_particle(at) or text.is_glued(at - 1)

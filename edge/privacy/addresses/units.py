"""Finds flats, boxes and numbered houses that stand alone, or behind a street that nothing else shows. Pure."""

from typing import Final

from edge.privacy.addresses.view import AddressText
from edge.privacy.addresses.words import (
    AHEAD,
    BEHIND,
    BEHIND_IF_CAPITAL,
    BOXES,
    CLEAR_UNITS,
    FORCES,
    NUMBERED,
    POST_OFFICES,
    ROUTES,
    UNITS,
)

_SHIP_WORDS: Final = 3
_BEFORE_UNIT: Final = 10
"""Tokens before a unit in which the street may stand."""


def unit_at(text: AddressText, at: int, done: int) -> tuple[int, int] | None:
    """The tokens of an apartment, a post-office box or a numbered house, and of the street before it: "... 5, Apt. 12".

    A street begins not before the token `done`.
    """
    word = text.word(at)
    last = at + 1
    while text.word(last) in {".", "#"} or (word in text.rules.places.houses and text.word(last) in NUMBERED):
        last += 1
    after = text.number_after(last)
    if after is None:
        return None
    if word in text.rules.places.houses:
        return _house(text, at, after)
    if word in FORCES and text.word(at - 1) in POST_OFFICES:
        return _ship(text, at - 1, done), after
    military = word == "unit" and text.word(after) == "box"
    tone = len(text.word(at - 1)) == 1 and text.word(at - 1).isalpha()  # "b flat 7"
    if not ((word in CLEAR_UNITS and not tone and not text.is_article(at - 1)) or military or _is_box(text, at)):
        return None
    first = at
    while first > max(done, at - _BEFORE_UNIT) and _is_of_street(text, first - 1):
        first -= 1
    return first, after


def _house(text: AddressText, at: int, after: int) -> tuple[int, int] | None:
    """The tokens of "House 14, Road 5", if the word "house" stands at `at` and its number ends before `after`."""
    road = after + 1 if text.word(after) == "," else after
    last = text.number_after(road + 1) if text.word(road) in BEHIND | UNITS else None
    return None if last is None else (at, last)


def _ship(text: AddressText, at: int, done: int) -> int:
    """The first token of the ship or the unit before a post office of the forces: "USS Example, FPO AP 96601"."""
    first = at
    while first > max(done, at - _SHIP_WORDS) and (text.is_capital(first - 1) or text.is_proper(first - 1)):
        first -= 1
    return first


def _is_box(text: AddressText, at: int) -> bool:
    """Whether the box of a post office or of a rural route stands at a token."""
    if text.word(at) != "box":
        return False
    route = text.number_before(at)
    return text.word(at - 1) in {"po", "o", "post", "."} or (route is not None and text.word(route - 1) in ROUTES)


def _is_of_street(text: AddressText, at: int) -> bool:
    word = text.word(at)
    known = any(word in words for words in (BEHIND, BEHIND_IF_CAPITAL, AHEAD, UNITS, BOXES, ROUTES))
    number = any(map(str.isdecimal, word)) or text.number_after(at) is not None
    return known or word in {".", ","} or text.is_capital(at) or number

"""What belongs to a street with its number: the house or flat before it; flat, postcode and town behind it. Pure."""

import itertools
from typing import Final

from edge.privacy.addresses.view import AddressText
from edge.privacy.addresses.words import DIRECTIONS, NUMBERED, UNITS

_MORE: Final = 24
"""Tokens behind the street in which postcode and town may stand."""
_TOWN_WORDS: Final = 4
_TOWN_AT_END: Final = 2
"""Words of a town that nothing follows, in a text without capitals."""
_HOUSE_WORDS: Final = 3
_POSTCODE: Final = 3
"""Digits of a postcode, or of a flat behind a comma."""
_PASSED: Final = frozenset({",", "-", "#", ">", "(", ")", "\u2013"})


def with_house(text: AddressText, first: int, done: int) -> int:
    """The first token of an address with the house, flat or "number" before it; not before the token `done`."""
    while True:
        before = _unit_before(text, first)
        if before is None or before < done:
            break
        first = before
    comma = first - 1
    if text.word(comma) != ",":
        return first
    house = comma
    while house > max(done, 1) and comma - house < _HOUSE_WORDS and text.is_capital(house - 1):
        house -= 1
    begins = text.word(house - 1)[:1].isalnum()
    return house if house < comma and begins and not text.is_capital(house - 1) else first


def _unit_before(text: AddressText, first: int) -> int | None:
    """The first token of "Flat 3," or "number" before an address."""
    at = first - 1
    at = at - 1 if text.word(at) == "." else at
    if text.word(at) in NUMBERED | UNITS | text.rules.places.houses or text.word(at) == "#":
        return at  # "number 8", and "level three sixty Collins Street", whose numbers cannot be told apart
    at = first - 1 if text.word(first - 1) in {",", "/"} else first
    number = text.number_before(at)
    if number is None and len(text.word(at - 1)) == 1 and text.word(at - 1).isalpha():
        number = at - 1  # "unit C"
    if number is None:
        return None
    unit = number - 1
    while text.word(unit) in {".", "#"} or text.word(unit) in NUMBERED:
        unit -= 1
    return unit if text.word(unit) in UNITS or text.word(unit) in text.rules.places.houses else None


def with_town(text: AddressText, last: int) -> int:
    """The index behind the flat, the postcode and the town that follow an address, if they are told."""
    end = ahead = last
    while ahead < min(last + _MORE, len(text.tokens)):
        if (number := _number(text, ahead)) is not None:
            end = ahead = number
        elif (town := _known_town(text, ahead)) is not None:
            end = ahead = town
        elif text.is_capital(ahead) or text.word(ahead) in UNITS:
            ahead += 1
            end = ahead
        elif text.word(ahead) in _PASSED or _is_joint(text, ahead) or _is_town(text, ahead, end):
            ahead += 1
        else:
            break
    return max(end, _town_at_end(text, end))


def _number(text: AddressText, at: int) -> int | None:
    """The index behind a number or a letter that belongs to an address: of a flat, a postcode."""
    run = text.run(at)
    of_unit = text.word(at - 1) in UNITS or (text.word(at - 1) in {".", "#"} and text.word(at - 2) in UNITS)
    if run is None:
        letter = len(text.word(at)) == 1 and text.word(at).isalpha() and text.word(at) not in text.rules.forms.words
        return at + 1 if of_unit and letter else None
    after = [token.text for token in text.tokens[run.last : run.last + 2]]
    if not of_unit and (text.rules.counts((), after) or after[:1] == ["'"]):
        return None
    written = any(map(str.isdecimal, text.word(at))) and text.cased
    return run.last if of_unit or written or len(run.digits) >= _POSTCODE else None


def _is_joint(text: AddressText, at: int) -> bool:
    """Whether a token stands between the parts of an address: the stop of "Apt. 5", the "de" of a town."""
    word = text.word(at)
    if word == ".":
        return text.word(at - 1) in UNITS or text.word(at + 1) in UNITS
    inside = text.is_particle(at) and text.is_capital(at - 1) and text.is_capital(at + 1)
    hyphened = text.is_glued(at - 1) or text.is_glued(at)
    return inside or hyphened or (word in DIRECTIONS and at + 1 < len(text.tokens) and not text.cased)


def _is_town(text: AddressText, at: int, end: int) -> bool:
    """Whether a word without a capital may be a town before a postcode, in a text without capitals."""
    return not text.cased and at - end < _TOWN_WORDS and text.is_proper(at)


def _known_town(text: AddressText, at: int) -> int | None:
    """The index behind a known town, state or country, and a town before it, in a text without capitals."""
    if text.cased:
        return None
    for first in range(at, at + _TOWN_WORDS):
        if length := text.rules.town([text.word(place) for place in range(first, first + _TOWN_WORDS)]):
            return first + length
        if not text.is_proper(first):
            break
    return None


def _town_at_end(text: AddressText, last: int) -> int:
    """The index behind a town in a text without capitals, if nothing follows it."""
    if text.cased:
        return last
    words = list(itertools.takewhile(text.is_proper, range(last, last + _TOWN_WORDS)))
    at_end = last + len(words) == len(text.tokens)
    return last + len(words) if at_end and len(words) <= _TOWN_AT_END else last

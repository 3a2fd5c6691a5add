"""Finds a street with its house number. Pure."""

import re
from typing import Final

from edge.privacy.addresses.view import AddressText
from edge.privacy.addresses.words import (
    AHEAD,
    AHEAD_IF_CAPITAL,
    BEHIND,
    BEHIND_A_NUMBER,
    BEHIND_IF_CAPITAL,
    BEHIND_THE,
    CLEAR_ENDINGS,
    DIRECTIONS,
    ENDINGS,
    JOINED_ENDINGS,
    NUMBER_BEHIND,
    NUMBERED,
    ROUTES,
)

_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
_SHORTEST_JOINED: Final = 7
_NAME_WORDS: Final = 5
_PLACE_NUMBER: Final = 3
"""Digits of a number before a name and a second number: "50541 Mlýnská 1540"."""
_SHORTEST_NAME: Final = 4
"""Letters of each word of a street between two numbers, in a text without capitals."""
_HOUSE_DIGITS: Final = 4
_REPEATED: Final = frozenset({"bis", "ter", ","})
"""Between a house number and a French street: "23 bis rue de la Paix"."""

Span = tuple[int, int]
"""The first token and the index behind the last one."""


def street_at(text: AddressText, at: int) -> Span | None:
    """The street with its number, if the word for a street, or the first number, stands at a token."""
    rules = (_behind, _route, _ahead, _joined, _between, _named)
    return next((span for rule in rules if (span := rule(text, at)) is not None), None)


def _behind(text: AddressText, at: int) -> Span | None:
    """The tokens of "12 Baker Street" or "Augsburger Strasse 36", if the word for a street stands at `at`."""
    word = text.word(at)
    short = text.word(at + 1) == "." and text.is_capital(at - 1)  # "Piroska u. 97"
    clear = word in BEHIND or (word in BEHIND_IF_CAPITAL and (short or text.is_capital(at)))
    if not clear and word not in BEHIND_IF_CAPITAL:
        return None
    first = at
    while first and at - first < _NAME_WORDS and text.is_of_name(first - 1):
        first -= 1
    while first < at and not text.word(first)[0].isalnum():
        first += 1
    number = _house_number(text, first)
    if first == at and (number is None or not _is_named_the(text, at)):
        return None
    last = at + 2 if text.word(at + 1) == "." and text.number_after(at + 2) is not None else at + 1
    if clear and first < at and (after := _number_behind(text, at, first, last)) is not None:
        return (first if number is None else number), after
    if number is None or (word in BEHIND_IF_CAPITAL and text.is_article(number - 1)):
        return None  # "the 7 Mile Bridge"
    if not clear and not _is_clear_behind_number(text, number, first, at):
        return None
    return number, at + 2 if text.word(at + 1) in DIRECTIONS else at + 1


def _house_number(text: AddressText, first: int) -> int | None:
    """The first token of the house number before a name, and of the number of a street that has one."""
    if text.word(first - 1) in text.rules.places.definite:
        first -= 1  # "5 The Paddocks"
    number = text.number_before(first)
    if number is None and text.word(first - 1) == ",":
        number = text.number_before(first - 1)
    if number is not None and text.word(first) in text.rules.places.ordinals and text.word(number - 1) in DIRECTIONS:
        return text.number_before(number - 1) or number  # "four ten west one hundred and tenth street"
    return number


def _number_behind(text: AddressText, at: int, first: int, last: int) -> int | None:
    """The index behind the house number that follows a street, in the order of German or Spanish."""
    if text.word(last) in NUMBERED:
        last += 1
    after = text.number_after(last)
    if after is None:
        return None
    if text.word(at) in NUMBER_BEHIND:
        return after if text.is_capital(first) or not text.cased else None
    run = text.run(last)
    if run is not None and _YEAR.fullmatch(run.plain):
        return None
    leads = text.leads(first - 1)
    return after if text.is_capital(at - 1) or (leads and not text.cased) else None


def _is_clear_behind_number(text: AddressText, number: int, first: int, at: int) -> bool:
    """Whether a common word such as "court" ends a street in a text without capitals.

    Behind a number above one, a word that is not a plural counts nothing ("seven juniper court"), but it may be of
    what an article goes with ("a 20 minute drive").
    """
    counts_one = number + 1 == first and text.word(number) in {"1", "one"}
    if text.cased or (counts_one and not text.leads(number - 1)):
        return False
    proper = text.word(at) in BEHIND_A_NUMBER and all(text.is_proper(place) for place in range(first, at))
    return proper or text.leads(number - 1)


def _is_named_the(text: AddressText, at: int) -> bool:
    """Whether a street may be called "The Paddocks" rather than what a sentence is about: "at 5 the street ..."."""
    if text.word(at - 1) not in text.rules.places.definite:
        return False
    return text.word(at) in BEHIND_THE if not text.cased else text.is_capital(at) and text.is_capital(at - 1)


def _ahead(text: AddressText, at: int) -> Span | None:
    """The tokens of "Via Roma 12" or "18 rue des Lilas", if the word for a street stands at `at`."""
    word = text.word(at)
    if word not in AHEAD and not (word in AHEAD_IF_CAPITAL and _is_shown_ahead(text, at)):
        return None
    first = at + 2 if text.word(at + 1) in {".", "/"} else at + 1
    last = first
    while last < min(first + _NAME_WORDS, len(text.tokens)) and text.number_after(last) is None:
        if not (text.is_particle(last) or text.is_of_name(last)):
            break
        last += 1
    if last == first:
        return None
    behind = last + 1 if text.word(last) in NUMBERED | {","} else last
    after = text.number_after(behind)
    named = text.is_capital(last - 1) or not text.cased
    if after is not None and named and text.word(last) != ",":
        return _with_number_before(text, at), after
    before = at - 1 if text.word(at - 1) in _REPEATED else at
    number = text.number_before(before)
    while last > first and (text.is_particle(last - 1) or not text.word(last - 1)[0].isalnum()):
        last -= 1
    if number is not None and last > first and word not in AHEAD_IF_CAPITAL and named:
        return number, last
    return None if after is None or not named else (at, after)


def _is_shown_ahead(text: AddressText, at: int) -> bool:
    """Whether a word such as "via" begins the name of a street rather than being a word of the sentence."""
    if text.is_capital(at) or text.cased or not text.is_proper(at):
        return text.is_capital(at)
    return text.leads(at - 1) or text.number_before(at) is not None


def _route(text: AddressText, at: int) -> Span | None:
    """The tokens of "1200 Route 9W", if the word for the road stands at `at`."""
    number, after = text.number_before(at), text.number_after(at + 1)
    return (number, after) if text.word(at) in ROUTES and number is not None and after is not None else None


def _joined(text: AddressText, at: int) -> Span | None:
    """The tokens of "Hauptstraße 5", if such a word stands at `at`."""
    word = text.word(at)
    endings = ENDINGS if text.is_capital(at) else CLEAR_ENDINGS
    if len(word) < _SHORTEST_JOINED or not word.endswith(endings):
        return None
    last = at + 2 if text.word(at + 1) == "." else at + 1
    last = last + 1 if text.word(last) in NUMBERED else last
    after = text.number_after(last)
    return None if after is None else (_with_number_before(text, at), after)


def _between(text: AddressText, at: int) -> Span | None:
    """The tokens of "50541 Mlýnská 1540", if the first number begins at `at`."""
    number = text.run(at)
    if number is None or len(number.digits) < _PLACE_NUMBER or _YEAR.fullmatch(number.plain):
        return None
    last = number.last
    while last < min(number.last + _NAME_WORDS, len(text.tokens)) and _is_between(text, last):
        last += 1
    street = text.run(last)
    if last == number.last or street is None or len(street.digits) > _PLACE_NUMBER + 1:
        return None
    counted = text.rules.counts((), [text.word(place) for place in range(number.last, street.last + 2)])
    return None if counted else (number.first, street.last)


def _is_between(text: AddressText, at: int) -> bool:
    """Whether a token may be the name of a street that two numbers alone show."""
    if text.cased:
        return text.is_capital(at)
    return text.is_proper(at) and len(text.word(at)) >= _SHORTEST_NAME and text.number_after(at) is None


def _named(text: AddressText, at: int) -> Span | None:
    """The tokens of "71A Northgate" in "at 71A Northgate, Wakefield", if the number begins at `at`."""
    number = text.run(at)
    if number is None or len(number.digits) > _HOUSE_DIGITS or _YEAR.fullmatch(number.plain):
        return None
    if not text.leads(at - 1) and text.word(at - 1) != ",":
        return None
    first = last = number.last + 1 if text.word(number.last) in text.rules.places.definite else number.last
    while last < first + _NAME_WORDS and text.is_capital(last) and text.is_proper(last):
        last += 1
    if last == first:
        return None
    in_town = text.word(last) == "," and text.is_capital(last + 1) and text.is_proper(last + 1)
    alone = last == first + 1 and text.word(first).endswith(JOINED_ENDINGS) and text.leads(at - 1)
    return (number.first, last) if in_town or alone else None


def _with_number_before(text: AddressText, at: int) -> int:
    number = text.number_before(at)
    return at if number is None else number

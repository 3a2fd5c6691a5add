"""Addresses that English words introduce: "I live at", "my address is", "the corner of ... and ...". Pure."""

from collections.abc import Iterator, Sequence
from typing import Final

from edge.nlu.en.clock import MONTH_NAMES
from edge.nlu.en.privacy.spoken import FORMS
from edge.nlu.en.privacy.words import OF_A_PERSON, UNITS, WORDS
from edge.nlu.privacy import Found, ValueKind
from edge.nlu.tokens import Token

_LIVES: Final = frozenset({"live", "lives", "lived", "living", "reside", "resides", "residing", "moved", "staying"})
_OTHER_ADDRESSES: Final = frozenset({"ip", "mac", "email", "e", "mail", "web", "url", "network", "memory"})
_SENDS: Final = WORDS["phrases_sends"]
_AT: Final = frozenset({"at", "on", "in", "to"})
_TO: Final = frozenset({"to", "at"})
_IS: Final = frozenset({"is", "was", "are", ":", "="})
_WHOSE: Final = OF_A_PERSON | {"new", "billing", "shipping", "home", "postal", "delivery", "mailing"}
_ENDS: Final = frozenset({".", "?", "!", ";", '"', "\u201d", "\u00bb"}) | WORDS["homes_ends"]
_LONGEST: Final = 40
_TIMES: Final = UNITS | frozenset(month.lower() for month in MONTH_NAMES) | WORDS["phrases_months"] | {":"}
"""Words beside a number that make it a time or a measure."""
_CORNER: Final = 12
_STREETS: Final = WORDS["homes_streets"]


def homes(tokens: Sequence[Token]) -> Iterator[Found]:
    """The addresses that are introduced among the tokens of a text."""
    for at, token in enumerate(tokens):
        word = token.text
        before = {it.text for it in tokens[max(0, at - 2) : at]}
        if word in _LIVES and not (word == "living" and "room" in {it.text for it in tokens[at + 1 : at + 2]}):
            yield from _behind(tokens, at, _AT, reach=3)
        elif word == "address" and not before & _OTHER_ADDRESSES:
            yield from _behind(tokens, at, _IS | ({"to", "with"} if before & _WHOSE else set()), reach=8)
        elif word in _SENDS and not before & _OTHER_ADDRESSES:
            yield from _behind(tokens, at, _TO, reach=6, numbers=2)
        elif word == "corner" and at + 1 < len(tokens) and tokens[at + 1].text == "of":
            yield from _corner(tokens, at)


def _behind(
    tokens: Sequence[Token], at: int, joints: frozenset[str] | set[str], *, reach: int, numbers: int = 1
) -> Iterator[Found]:
    """What follows a word and one of `joints`, if there are so many numbers of houses in it."""
    for ahead in range(at + 1, min(at + reach, len(tokens))):
        if tokens[ahead].text in joints:
            last = _clause_end(tokens, ahead + 1)
            if len(_house_numbers(tokens, ahead + 1, last)) >= numbers:
                yield Found(ValueKind.ADDRESS, tokens[ahead + 1].start, tokens[last - 1].end)
            return


def _clause_end(tokens: Sequence[Token], at: int) -> int:
    """The index of the end of the clause that begins at a token; a "." inside a word or a number ends none."""
    for ahead in range(at, min(at + _LONGEST, len(tokens))):
        inside = tokens[ahead].text == "." and ahead + 1 < len(tokens) and tokens[ahead].end == tokens[ahead + 1].start
        if tokens[ahead].text in _ENDS and not inside:
            return ahead
    return min(at + _LONGEST, len(tokens))


def _house_numbers(tokens: Sequence[Token], first: int, last: int) -> list[int]:
    """The places at which numbers begin that are no times or measures."""
    are = [_is_number(token.text) for token in tokens[first:last]]
    begins = [first + place for place, is_number in enumerate(are) if is_number and not (place and are[place - 1])]
    return [place for place in begins if not _TIMES & {it.text for it in tokens[max(first, place - 1) : place + 3]}]


def _is_number(word: str) -> bool:
    return any(map(str.isdecimal, word)) or word in FORMS.numbers or word in FORMS.tens


def _corner(tokens: Sequence[Token], at: int) -> Iterator[Found]:
    """The corner of two streets: both are known by a word for a street or a capital, or the first by its number."""
    places = range(at + 2, min(at + 2 + _CORNER, len(tokens)))
    middle = next((place for place in places if tokens[place].text == "and"), None)
    if middle is None or not any(_is_of_street(tokens[place]) for place in range(at + 2, middle)):
        return
    last = middle + 1
    while (
        last < min(middle + 1 + _CORNER // 2, len(tokens)) and tokens[last].is_word and tokens[last].text not in _ENDS
    ):
        last += 1
        if tokens[last - 1].text in _STREETS or (
            last < len(tokens) and tokens[last - 1].capital > tokens[last].capital
        ):
            break
    second = tokens[middle + 1 : last]
    numbered = any(_is_number(token.text) for token in tokens[at + 2 : middle])
    if numbered and not any(map(_is_of_street, second)):
        second = second[:2]
    elif len(second) == 1 and not second[0].capital:
        return
    if second and (numbered or any(map(_is_of_street, second))):
        first = at - 1 if at and tokens[at - 1].text == "the" else at
        yield Found(ValueKind.ADDRESS, tokens[first].start, second[-1].end)


def _is_of_street(token: Token) -> bool:
    return token.capital or token.text in _STREETS or _is_number(token.text)

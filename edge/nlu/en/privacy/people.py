"""Names of persons that English words introduce: "my name is", "my daughter Anna", "Mrs Brown". Pure."""

from collections.abc import Iterator, Sequence
from typing import Final

from edge.nlu.en.privacy.words import COMMON, FIRST_PERSON, OF_A_PERSON, POSSESSIVES, RELATIVE, TITLES, WORDS
from edge.nlu.privacy import Found, ValueKind
from edge.nlu.tokens import Token

_PARTICLES: Final = WORDS["people_particles"]
_LONGEST: Final = 4
_AM: Final = {("'", "m"): 2, ("\u2019", "m"): 2, ("am",): 1}
"""How "I am" goes on, and its tokens."""
_IS: Final = frozenset({"is", "was", "'", "\u2019", "s"})
_SIGNED: Final = frozenset({"signed", "regards", "sincerely"})
"""Before a comma and the name at the end of a letter."""
_VERBS: Final = WORDS["people_verbs"]
_NO_NAMES: Final = COMMON | WORDS["people_no_names"]
_PEOPLE_OF: Final = ("ish", "ese", "ian", "ean")
"""Endings of words for peoples, which are written with a capital too."""


def people(tokens: Sequence[Token]) -> Iterator[Found]:
    """The names that are introduced among the tokens of a text."""
    cased = any(token.capital and token.text not in COMMON for token in tokens[1:])
    personal = any(token.text in FIRST_PERSON or token.text in POSSESSIVES for token in tokens)
    for at, token in enumerate(tokens):
        first = _introduced(tokens, at)
        if first is not None:
            yield from _name(tokens, first, cased=cased)
        elif token.text in TITLES and personal and at + 1 < len(tokens):
            first = at + 2 if tokens[at + 1].text == "." and at + 2 < len(tokens) else at + 1
            if tokens[first].capital or token.text in {"mr", "mrs", "ms"}:
                yield from _name(tokens, first, cased=cased)
        elif token.text in RELATIVE and _before(tokens, at) & OF_A_PERSON:
            yield from _relative(tokens, at + 1, cased=cased)


def _before(tokens: Sequence[Token], at: int) -> set[str]:
    return {token.text for token in tokens[max(0, at - 3) : at]}


def _texts(tokens: Sequence[Token], first: int, last: int) -> tuple[str, ...]:
    return tuple(token.text for token in tokens[max(0, first) : last])


def _introduced(tokens: Sequence[Token], at: int) -> int | None:
    """The index at which a name begins, if the token at `at` introduces it."""
    word, ahead = tokens[at].text, at + 1
    if word in {"name", "surname"}:
        return _behind_name(tokens, at)
    if word in _SIGNED:
        return ahead + 1 if _texts(tokens, ahead, ahead + 1) == (",",) and ahead + 1 < len(tokens) else None
    first = None
    if word == "i":
        first = _capital(tokens, ahead + _AM.get(_texts(tokens, ahead, ahead + 2), 2 * len(tokens)))
        first = first or _capital(tokens, ahead + _AM.get(_texts(tokens, ahead, ahead + 1), 2 * len(tokens)))
    elif (word == "call" and _texts(tokens, ahead, ahead + 1) == ("me",)) or (
        word == "this" and _texts(tokens, ahead, ahead + 1) == ("is",) and "speaking" in _texts(tokens, at, at + 7)
    ):
        first = ahead + 1
    elif word == "called" and _before(tokens, at) & {"i", "am", "he", "she"}:
        first = ahead
    return first if first is not None and first < len(tokens) else None


def _behind_name(tokens: Sequence[Token], at: int) -> int | None:
    """The index behind "name is"."""
    ahead = at + 1
    while ahead < min(at + _LONGEST, len(tokens)) and tokens[ahead].text in {"is", ":", "'", "s", "of"}:
        ahead += 1
    other = "the" in _before(tokens, at) or (at > 0 and tokens[at - 1].text == "user")
    return None if other or ahead == at + 1 or ahead == len(tokens) else ahead


def _capital(tokens: Sequence[Token], at: int) -> int | None:
    """The index, if a word with a capital stands there that is not the name of a people."""
    if at >= len(tokens) or not tokens[at].capital or tokens[at].text.endswith(_PEOPLE_OF):
        return None
    return at


def _relative(tokens: Sequence[Token], at: int, *, cased: bool) -> Iterator[Found]:
    """The name behind "my daughter"."""
    verb = at
    while verb < len(tokens) and tokens[verb].text in _IS:
        verb += 1
    if at >= len(tokens):
        return
    if verb < len(tokens) and tokens[verb].text in {"named", "called"}:
        yield from _name(tokens, verb + 1, cased=cased)
    elif cased:
        if tokens[at].capital:
            yield from _name(tokens, at, cased=cased)
    elif at + 1 < len(tokens) and tokens[at + 1].text in _VERBS and _may_be_name(tokens[at]):
        yield Found(ValueKind.PERSON, tokens[at].start, tokens[at].end)


def _may_be_name(token: Token) -> bool:
    return token.text.isalpha() and token.text not in _NO_NAMES


def _name(tokens: Sequence[Token], first: int, *, cased: bool) -> Iterator[Found]:
    """The name that begins at a token: words with capitals, or up to two other words in a text without capitals."""
    last, names = first, 0
    while last < min(first + 2 * _LONGEST, len(tokens)) and names < (_LONGEST if cased else 2):
        token = tokens[last]
        letter = len(token.text) == 1 and token.text.isalpha()
        if _may_be_name(token) and (token.capital or not cased or token.text in _PARTICLES):
            names += 1 if len(token.text) > 1 else 0
        elif not letter and not (last > first and token.text in {"-", "'", "\u2019", "."} and _goes_on(tokens, last)):
            break
        last += 1
    while last > first and not tokens[last - 1].is_word:
        last -= 1
    if names or last - first > 1:
        yield Found(ValueKind.PERSON, tokens[first].start, tokens[last - 1].end)


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name goes on behind a sign inside it: "O'Brien", "D. Yefremova"."""
    if at + 1 >= len(tokens) or not tokens[at + 1].capital:
        return False
    return tokens[at].text != "." or len(tokens[at - 1].text) == 1

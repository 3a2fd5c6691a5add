"""Private values that English words introduce: spoken e-mail addresses, passwords, dates of birth, homes. Pure."""

from collections.abc import Iterator, Sequence
from typing import Final

from edge.nlu.en.clock import MONTH_NAMES
from edge.nlu.en.privacy.homes import homes
from edge.nlu.en.privacy.people import people
from edge.nlu.en.privacy.spoken import FORMS
from edge.nlu.en.privacy.words import COMMON, FIRST_PERSON, OF_A_PERSON, RELATIVE, THIRD_PERSON, WORDS
from edge.nlu.privacy import Found, ValueKind
from edge.nlu.tokens import Token, tokens_of

_OPENS: Final = frozenset("([{<")
_CLOSES: Final = frozenset(")]}>")
_MAIL_SERVICES: Final = WORDS["phrases_mail_services"]
"""Services whose name alone is said: "john smith at gmail"."""
_TOP_DOMAINS: Final = WORDS["phrases_top_domains"]
_BEFORE_ADDRESS: Final = COMMON | WORDS["phrases_before_address"]
_LONGEST_EMAIL: Final = 24
_LONGEST_DOMAIN: Final = 12
_PLAIN_WORDS: Final = 3
"""Words of a spoken e-mail address without a sign between them: "john smith at ..."."""

_LINK: Final = frozenset({"http", "https", "www"})
_LONGEST_LINK: Final = 60

_LOGIN: Final = frozenset(["password", "passphrase", "passcode", "username", "login", "passwort", "userid"])
_NO_VALUE: Final = WORDS["phrases_no_value"]
_IS: Final = frozenset({"is", "was", ":", "=", "s"})
_CLAUSE_END: Final = frozenset({".", "?", "!", ";", ",", "and", "but", "because", "so"})
_LONGEST_LOGIN: Final = 10
_FOR: Final = 6
"""Words between "password" and "is": "for the guest network"."""

_MONTHS: Final = frozenset(month.lower() for month in MONTH_NAMES) | WORDS["phrases_months"]
_ORDINALS: Final = WORDS["phrases_ordinals"]
_DATE_JOINTS: Final = WORDS["phrases_date_joints"]
_BIRTH: Final = frozenset({"birthday", "bday", "dob", "birthdate", "birth", "born"})
_LONGEST_DATE: Final = 14


def phrases(text: str) -> Iterator[Found]:
    """See `PrivacyRules.phrases`."""
    tokens = _without_brackets(tokens_of(text))
    end = 0
    for at, token in enumerate(tokens):
        if token.text in {"at", "@"}:
            yield from _email(tokens, at, text)
        if token.text in _LINK and at >= end:
            end = _end_of_link(tokens, at, text)
            if end > at + 2:
                yield _found(ValueKind.URL, tokens, at, end)
        shown = token.text == "wifi" and at + 1 < len(tokens) and tokens[at + 1].text in {":", "="}
        if shown or token.text in _LOGIN or (token.text == "name" and at and tokens[at - 1].text == "user"):
            yield from _login(tokens, at)
        if token.text in _BIRTH:
            yield from _birth_date(tokens, at)
    yield from homes(tokens)
    yield from people(tokens)


def _without_brackets(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without the brackets around a single "at" or "dot"."""
    around = {
        place
        for at, token in enumerate(tokens)
        if token.text in {"at", "dot", "@", "."} and 0 < at < len(tokens) - 1
        for place in (at - 1, at + 1)
        if tokens[at - 1].text in _OPENS and tokens[at + 1].text in _CLOSES
    }
    return [token for place, token in enumerate(tokens) if place not in around]


def _before(tokens: Sequence[Token], at: int, words: int = 2) -> set[str]:
    return {token.text for token in tokens[max(0, at - words) : at]}


def _found(kind: ValueKind, tokens: Sequence[Token], first: int, last: int) -> Found:
    return Found(kind, tokens[first].start, tokens[last - 1].end)


def _email(tokens: Sequence[Token], at: int, text: str) -> Iterator[Found]:
    """The address around an "at"."""
    last = _end_of_domain(tokens, at + 1, text)
    if last is None:
        return
    first = at
    signed = any(_is_sign(tokens, place, text) for place in range(max(0, at - 2), at))
    plain = _PLAIN_WORDS if not signed else 0
    while first > max(0, at - _LONGEST_EMAIL):
        word = tokens[first - 1].text
        if not _is_sign(tokens, first - 1, text):
            if not word[0].isalnum():
                break
            joined = first == at or _is_sign(tokens, first, text)
            if not (joined and signed) and not _is_character(tokens, first - 1, at):
                plain -= 1
                if plain < 0 or word in _BEFORE_ADDRESS:
                    break
        first -= 1
    while first < at and _is_sign(tokens, first, text):
        first += 1
    if first < at:
        key = "".join("@" if place == at else _character(tokens[place].text) for place in range(first, last))
        yield Found(ValueKind.EMAIL, tokens[first].start, tokens[last - 1].end, key)


def _is_character(tokens: Sequence[Token], at: int, last: int) -> bool:
    """Whether a token is a letter or a digit of an address rather than the word "I" or "a"."""
    word = tokens[at].text
    if word in FORMS.words:
        return at + 1 < last and len(tokens[at + 1].text) == 1
    return len(word) == 1 or word in FORMS.numbers or word in FORMS.tens or word in FORMS.repeats


def _character(word: str) -> str:
    return FORMS.signs.get(word) or FORMS.numbers.get(word) or word


def _is_sign(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Whether a token is a sign of an address: said, or written without blanks around it."""
    token = tokens[at]
    if token.text in FORMS.signs and token.text != "space":
        return True
    glued = not text[token.end : token.end + 1].isspace() and (token.start == 0 or not text[token.start - 1].isspace())
    return token.text in {".", "_", "-", "+"} and glued


def _end_of_domain(tokens: Sequence[Token], at: int, text: str) -> int | None:
    """The index behind a domain that begins at a token."""
    if at < len(tokens) and tokens[at].text in COMMON:
        return None
    known = at < len(tokens) and tokens[at].text in _MAIL_SERVICES
    end, dotted = at + 1 if known else None, False
    for ahead in range(at, min(at + _LONGEST_DOMAIN, len(tokens))):
        word = tokens[ahead].text
        if _is_sign(tokens, ahead, text):
            dotted = word in {"dot", ".", "point"}
            continue
        if not word[0].isalnum():
            break
        if dotted and (word in _TOP_DOMAINS):
            end = ahead + 1
        elif end is not None and ahead >= end:
            break
        dotted = False
    return end


def _end_of_link(tokens: Sequence[Token], at: int, text: str) -> int:
    """The index behind a spoken link: words that a sign joins, and the words before a sign."""
    last = at + 1
    for ahead in range(at + 1, min(at + _LONGEST_LINK, len(tokens))):
        if _is_sign(tokens, ahead, text) or _is_sign(tokens, ahead - 1, text):
            last = ahead + 1
        elif tokens[ahead].text in COMMON or ahead > last + 1:
            break
    return last


def _login(tokens: Sequence[Token], at: int) -> Iterator[Found]:
    """What follows "password is"."""
    for ahead in range(at + 1, min(at + 1 + _FOR, len(tokens))):
        if tokens[ahead].text in _IS:
            if ahead + 1 < len(tokens) and tokens[ahead + 1].text in _IS - {"s"}:
                continue
            last = _clause(tokens, ahead + 1, _LONGEST_LOGIN)
            if last > ahead + 1 and tokens[ahead + 1].text not in _NO_VALUE:
                yield _found(ValueKind.LOGIN, tokens, ahead + 1, last)
            return


def _clause(tokens: Sequence[Token], at: int, longest: int, ends: frozenset[str] = _CLAUSE_END) -> int:
    """The index of the end of the clause that begins at a token."""
    for ahead in range(at, min(at + longest, len(tokens))):
        if tokens[ahead].text in ends and (
            tokens[ahead].text not in ".," or ahead + 1 == len(tokens) or tokens[ahead].end != tokens[ahead + 1].start
        ):
            return ahead
    return min(at + longest, len(tokens))


def _birth_date(tokens: Sequence[Token], at: int) -> Iterator[Found]:
    """The date beside "birthday", "date of birth" or "born", where a person of the home was born."""
    before = _before(tokens, at, 6)
    certain = tokens[at].text in {"dob", "birthdate"} or (tokens[at].text == "birth" and "date" in before)
    if not certain and not before & (OF_A_PERSON | FIRST_PERSON | THIRD_PERSON | RELATIVE):
        return
    yield from _date(tokens, at, range(at + 1, min(at + 1 + _LONGEST_DATE, len(tokens))))
    if tokens[at].text != "born":
        back = at
        while back and (tokens[back - 1].text in OF_A_PERSON or tokens[back - 1].text in _IS):
            back -= 1
        yield from _date(tokens, at, range(back - 1, max(-1, back - 1 - _LONGEST_DATE), -1))


def _date(tokens: Sequence[Token], at: int, places: range) -> Iterator[Found]:
    """The tokens of a date among the next ones, up to the first other word."""
    found: list[int] = []
    for place in places:
        word = tokens[place].text
        if _is_of_date(word):
            found.append(place)
        elif word not in _DATE_JOINTS:
            break
    told = "".join(tokens[place].text for place in found)
    if found and (len(told) > 2 or abs(found[0] - at) < len(_IS)):  # noqa: PLR2004 - more than a day's number
        yield _found(ValueKind.BIRTH_DATE, tokens, min(found), max(found) + 1)


def _is_of_date(word: str) -> bool:
    number = word in FORMS.numbers or word in FORMS.tens or word in _ORDINALS
    return number or word in _MONTHS or word[0].isdecimal()

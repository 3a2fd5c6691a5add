"""Says what a run of digits and letters is: by its check digits, its form, and the words around it. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from edge.nlu.privacy import Found, PrivacyRules, ValueKind
from edge.nlu.tokens import Token
from edge.privacy.checks import is_card, is_iban, is_ip
from edge.privacy.runs import Run, runs_of

_BEFORE: Final = 8
_AFTER: Final = 6
"""Words around a number that are read."""
_LEAST: Final = {
    ValueKind.CARD: 4,
    ValueKind.ACCOUNT: 4,
    ValueKind.DOCUMENT: 4,
    ValueKind.BOOKING: 3,
    ValueKind.CODE: 3,
    ValueKind.PHONE: 5,
    ValueKind.PLATE: 3,
    ValueKind.BIRTH_DATE: 1,
    ValueKind.ADDRESS: 1,
    ValueKind.COORDINATES: 3,
    ValueKind.MAC: 8,
    ValueKind.LOGIN: 3,
}
"""The letters and digits that a value has at least, where words say what it is."""
_UNNAMED: Final = 7
"""Digits from which on a number is a private one, whatever it is: the shortest telephone numbers with an area."""
_UNNAMED_SAID: Final = 6
"""The same for a number in words."""
_LONGEST_PHONE: Final = 15  # ITU-T E.164
_MIXED: Final = 9
_MIXED_DIGITS: Final = 6
"""Letters and digits, and digits among them, from which on a mixed number is a private one."""
_SOCIAL_SECURITY: Final = re.compile(r"\d{3}-\d{2}-\d{4}")
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE: Final = rf"(?:\d{{4}}[-/.]{_DAY}[-/.]{_DAY}|{_DAY}[-/.]{_DAY}[-/.](?:\d{{4}}|\d{{2}}))"
_TIME: Final = r"\d{1,2}:\d{2}(?::\d{2})?"
_MOMENT: Final = re.compile(rf"(?:{_DATE}|{_TIME})(?:[ T](?:{_DATE}|{_TIME}))*")
_AMOUNT: Final = re.compile(r"\d{1,3}\.\d+|\d+\.\d{1,2}|\d{1,3}( \d{3})+\.\d{2}")
_COUNTED: Final = re.compile(r"[1-9]\d*(?: \d{3})*")
_YEARS: Final = re.compile(r"(?:1[5-9]|20)\d\d(?:[-/ ](?:(?:1[5-9]|20)\d\d|\d\d))+")
_SENTENCE_END: Final = frozenset(".?!;")


def number_values(text: str, tokens: Sequence[Token], rules: PrivacyRules) -> Iterator[Found]:
    """The private numbers among the tokens of a text."""
    for run in runs_of(tokens, rules.forms):
        before = _words(reversed(tokens[max(0, run.first - _BEFORE) : run.first]), text)[::-1]
        after = _words(tokens[run.last : run.last + _AFTER], text)
        kind = _kind(run, before, after, rules)
        if kind is not None:
            yield Found(kind, run.start, run.end, run.plain)


def _words(tokens: Iterator[Token] | Sequence[Token], text: str) -> list[str]:
    """The words up to the end of the sentence."""
    words = []
    for token in tokens:
        if token.text in _SENTENCE_END and text[token.end : token.end + 1].strip() == "":
            break
        words.append(token.text)
    return words


def _kind(run: Run, before: Sequence[str], after: Sequence[str], rules: PrivacyRules) -> ValueKind | None:
    checked = _checked(run)
    if checked is not None:
        return checked
    meaning = rules.meaning(before, after)
    if meaning is not None and len(run.plain) >= _LEAST[meaning] and not _YEARS.fullmatch(run.written):
        return meaning
    if run.listed or any(it.fullmatch(run.written) for it in (_MOMENT, _AMOUNT, _YEARS)):
        return None
    digits = len(run.digits)
    if digits < len(run.plain):
        mixed = digits >= _MIXED_DIGITS and len(run.plain) >= _MIXED
        return ValueKind.NUMBER if digits >= _UNNAMED or mixed else None
    if digits < (_UNNAMED_SAID if run.said else _UNNAMED) or (
        _COUNTED.fullmatch(run.written) and rules.counts(before, after)
    ):
        return None
    return ValueKind.PHONE if digits <= _LONGEST_PHONE else ValueKind.NUMBER


def _checked(run: Run) -> ValueKind | None:
    """What its check digits or its form alone tell."""
    if is_ip(run.written):
        return ValueKind.IP
    if is_iban(run.plain):
        return ValueKind.IBAN
    if is_card(run.plain) and not _MOMENT.fullmatch(run.written):
        return ValueKind.CARD
    return ValueKind.DOCUMENT if _SOCIAL_SECURITY.fullmatch(run.written) else None

"""Finds digits and letters that stand side by side, written or spoken: "oh seven seven double nine", "AB 12". Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from edge.nlu.privacy import SpokenForms
from edge.nlu.tokens import Token

_SIGNS: Final = frozenset("-\u2010\u2011\u2012\u2013./():+,#_|\u00b7\u2022")
_APOSTROPHES: Final = frozenset("'\u2019")
_MOST_SIGNS: Final = 3
"""Between two groups: ") -" and the like."""
_ORDINAL: Final = re.compile(r"\d+(?:st|nd|rd|th)")
_SMALL: Final = 4
"""Digits of a number in a list of numbers."""
_SHORT: Final = 2
"""Digits of a group that was said: "seven", "twenty one"."""


@dataclass(frozen=True, slots=True)
class Run:
    """The tokens `first` to `last` (exclusive) as one string in upper case, with the signs and blanks of its groups.

    `listed`: its groups are growing numbers with commas between them, as in a list. `said`: it is words,
    one for a digit or two, so that a digit may be missing ("ninety", "seven" is read as 97).
    """

    written: str
    first: int
    last: int
    start: int
    end: int
    listed: bool = False
    said: bool = False

    @property
    def plain(self) -> str:
        """Its letters and digits."""
        return "".join(filter(str.isalnum, self.written))

    @property
    def digits(self) -> str:
        """Its digits."""
        return "".join(filter(str.isdecimal, self.written))


@dataclass(frozen=True, slots=True)
class _Group:
    chars: str
    first: int
    last: int
    gap: str = ""
    """The signs before it."""

    said: bool = False

    @property
    def short(self) -> bool:
        """Whether it may be a part of a number that is said digit by digit or in pairs."""
        return len(self.chars) <= (_SHORT if self.said else 1) and self.chars.isdecimal()


def runs_of(tokens: Sequence[Token], forms: SpokenForms) -> Iterator[Run]:
    """The longest runs that have a digit, in order."""
    at = 0
    while at < len(tokens):
        groups = list(_groups(tokens, at, forms))
        if not groups:
            at += 1
            continue
        at = groups[-1].last
        kept = _without_words(groups, tokens, forms)
        if any(char.isdecimal() for group in kept for char in group.chars):
            yield _run(kept, tokens, forms)


def _groups(tokens: Sequence[Token], at: int, forms: SpokenForms) -> Iterator[_Group]:
    group = _group(tokens, at, forms)
    while group is not None:
        yield group
        ahead, gap = _gap(tokens, group.last, forms)
        after = _group(tokens, ahead, forms, gap, inside=group.chars.isdecimal() and len(group.chars) == 1)
        if after is None or _ends_between(group, after, tokens):
            return
        group = after


def _gap(tokens: Sequence[Token], at: int, forms: SpokenForms) -> tuple[int, str]:
    """The index behind the signs that begin at `at`, and the signs."""
    signs = ""
    for ahead in range(at, min(at + _MOST_SIGNS, len(tokens))):
        text = tokens[ahead].text
        sign = text if text in _SIGNS else forms.signs.get(text)
        if sign is None:
            return ahead, signs
        signs += sign
    return min(at + _MOST_SIGNS, len(tokens)), signs


def _group(
    tokens: Sequence[Token], at: int, forms: SpokenForms, gap: str = "", *, inside: bool = False
) -> _Group | None:
    """The group that begins at a token; `inside`: a single digit stands before it."""
    if at >= len(tokens):
        return None
    word = tokens[at].text
    if at and tokens[at - 1].text in _APOSTROPHES and tokens[at - 1].end == tokens[at].start:
        return None  # "it's"
    if word in forms.repeats:
        read = _repeated(tokens, at, forms)
    elif word in forms.tens:
        read = _hundreds(tokens, *_tens(tokens, at, forms), forms)
    else:
        chars = forms.numbers.get(word) or _written(word) or forms.letters.get(word)
        if chars is None and inside and word in forms.alike and _is_digit(tokens, at + 1, forms):
            chars = forms.alike[word]
        read = None if chars is None else _hundreds(tokens, chars, at + 1, forms)
    return None if read is None else _Group(read[0].upper(), at, read[1], gap, said=not word.isdecimal())


def _repeated(tokens: Sequence[Token], at: int, forms: SpokenForms) -> tuple[str, int] | None:
    """The characters of "double seven", and the index behind it."""
    twice = at + 1 < len(tokens) and tokens[at + 1].text in forms.repeats
    once = None if twice else _group(tokens, at + 1, forms)
    if once is None or len(once.chars) != 1:
        return None
    return once.chars * forms.repeats[tokens[at].text], once.last


def _tens(tokens: Sequence[Token], at: int, forms: SpokenForms) -> tuple[str, int]:
    """The digits of "twenty one" or "twenty", and the index behind it."""
    ten = forms.tens[tokens[at].text]
    last = at + 1
    if last + 1 < len(tokens) and tokens[last].text == "-":
        last += 1
    unit = forms.numbers.get(tokens[last].text, "") if last < len(tokens) else ""
    return (ten + unit, last + 1) if len(unit) == 1 and unit != "0" else (ten + "0", at + 1)


def _hundreds(tokens: Sequence[Token], chars: str, last: int, forms: SpokenForms) -> tuple[str, int] | None:
    """The characters before `last` with two zeros if "hundred" and further digits follow; None for an amount."""
    if not (len(chars) <= _SHORT and chars.isdecimal() and last < len(tokens) and tokens[last].text in forms.hundreds):
        return chars, last
    ahead, _ = _gap(tokens, last + 1, forms)
    return (chars + "00", last + 1) if _certain(tokens, ahead, forms) else None


def _written(word: str) -> str | None:
    is_letter = len(word) == 1 and word.isalpha()
    has_digit = any(map(str.isdecimal, word))
    return word if is_letter or (has_digit and not _ORDINAL.fullmatch(word)) else None


def _is_digit(tokens: Sequence[Token], at: int, forms: SpokenForms) -> bool:
    word = tokens[at].text if at < len(tokens) else ""
    return len(forms.numbers.get(word, word)) == 1 and _certain(tokens, at, forms)


def _certain(tokens: Sequence[Token], at: int, forms: SpokenForms) -> bool:
    """Whether a digit, a number word or "double" stands at `at`."""
    if at >= len(tokens):
        return False
    word = tokens[at].text
    return word.isdecimal() or word in forms.numbers or word in forms.tens or word in forms.repeats


def _ends_between(before: _Group, after: _Group, tokens: Sequence[Token]) -> bool:
    """Whether a sentence or a part of one ends between two groups, so that they belong to two numbers."""
    if not after.gap or tokens[after.first].start == tokens[after.first - 1].end:
        return False
    return ("." in after.gap or ":" in after.gap) and not (before.short and after.short)


def _without_words(groups: list[_Group], tokens: Sequence[Token], forms: SpokenForms) -> list[_Group]:
    """The groups without words at both ends that are single letters ("a 5"), unless further letters stand there."""

    def is_word(group: _Group, neighbour: _Group) -> bool:
        return tokens[group.first].text in forms.words and not neighbour.chars.isalpha()

    while len(groups) > 1 and is_word(groups[0], groups[1]):
        groups = groups[1:]
    while len(groups) > 1 and is_word(groups[-1], groups[-2]):
        groups = groups[:-1]
    return groups


def _grows(groups: Sequence[_Group]) -> bool:
    """Whether they are small numbers, each larger than the one before, as no personal number is told."""
    numbers = [group.chars.lstrip("0") for group in groups]  # compared as texts: a stranger's may have any length
    small = all(len(number) <= _SMALL for number in numbers)
    return small and all((len(before), before) < (len(after), after) for before, after in pairwise(numbers))


def _run(groups: Sequence[_Group], tokens: Sequence[Token], forms: SpokenForms) -> Run:
    written = groups[0].chars
    for before, after in pairwise(groups):
        glued = before.short and after.short
        blank = "" if glued or tokens[after.first].start == tokens[before.last - 1].end else " "
        written += ("".join(after.gap.replace(",", " ").split()) or blank) + after.chars
    first, last = groups[0].first, groups[-1].last
    for _ in range(_MOST_SIGNS):
        if not first or not (tokens[first - 1].text in {"+", "("} or forms.signs.get(tokens[first - 1].text) == "+"):
            break
        first -= 1
        written = ("+" if tokens[first].text != "(" else "(") + written
    listed = len(groups) > 1 and all("," in group.gap for group in groups[1:]) and _grows(groups)
    return Run(
        written, first, last, tokens[first].start, tokens[last - 1].end, listed, all(group.said for group in groups)
    )

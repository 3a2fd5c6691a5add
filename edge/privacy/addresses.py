"""Finds street addresses with house numbers, as many countries write them. Pure.

The words for streets belong to the country, not to the language that is spoken: "Rue de Rivoli 12" is in all of them.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from edge.nlu.privacy import Found, PrivacyRules, ValueKind
from edge.nlu.tokens import Token
from edge.nlu.word_lists import read_word_lists
from edge.privacy.runs import runs_of

_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
_STREETS: Final = read_word_lists(__package__, "streets.toml")

_BEHIND: Final = _STREETS["behind"]
"""Behind the name: "12 Baker Street"."""
_BEHIND_IF_CAPITAL: Final = _STREETS["behind_if_capital"]
"""Also common words or abbreviations: only in a name with capitals."""
_AHEAD: Final = _STREETS["ahead"]
"""Ahead of the name: "Via Roma 12"."""
_ENDINGS: Final = tuple(_STREETS["endings"])
_CLEAR_ENDINGS: Final = tuple(_STREETS["clear_endings"])
"""At the end of one word: "Hauptstraße 5"."""
_SHORTEST_JOINED: Final = 7
_UNITS: Final = _STREETS["units"]
_CLEAR_UNITS: Final = _STREETS["clear_units"]
_BOXES: Final = frozenset({"p", "o", "po", "post"})
_NAME_WORDS: Final = 4
_MORE: Final = 24
"""Tokens behind the street in which postcode and town may stand."""
_BEFORE_UNIT: Final = 10
"""Tokens before a unit in which the street may stand."""
_PLACE_NUMBER: Final = 3
"""Digits of a number before a name and a second number: "50541 Mlýnská 1540"."""


def addresses(tokens: Sequence[Token], rules: PrivacyRules) -> Iterator[Found]:
    """The street addresses among the tokens of a text."""
    return _Addresses(tokens, rules).all()


class _Addresses:
    """The tokens of a text with the numbers that begin and end at each of them."""

    def __init__(self, tokens: Sequence[Token], rules: PrivacyRules) -> None:
        self._tokens = tokens
        self._is_common = rules.is_common
        runs = list(runs_of(tokens, rules.forms))
        self._starts = {run.first: run for run in runs}
        self._ends = {run.last: run for run in runs}
        self._cased = any(token.capital for token in tokens[1:])

    def all(self) -> Iterator[Found]:
        """The addresses, in order."""
        done = 0
        for at in range(len(self._tokens)):
            if at < done:
                continue
            span = self._behind(at) or self._ahead(at) or self._joined(at) or self._between(at) or self._unit(at, done)
            if span is not None:
                first, last = span
                done = last = self._with_town(last)
                yield Found(ValueKind.ADDRESS, self._tokens[first].start, self._tokens[last - 1].end)

    def _text(self, at: int) -> str:
        return self._tokens[at].text if 0 <= at < len(self._tokens) else ""

    def _behind(self, at: int) -> tuple[int, int] | None:
        """The tokens of "12 Baker Street" or "Augsburger Strasse 36", if a word for a street stands at `at`."""
        token = self._tokens[at]
        if token.text not in _BEHIND and not (token.text in _BEHIND_IF_CAPITAL and token.capital):
            return None
        first = at
        while first and at - first < _NAME_WORDS and self._is_name(first - 1, first):
            first -= 1
        if first == at:
            return None
        number = self._ends.get(first) or (self._ends.get(first - 1) if self._text(first - 1) == "," else None)
        last = at + 2 if self._text(at + 1) == "." else at + 1
        if last in self._starts and (self._tokens[at - 1].capital or not self._cased):
            return (first if number is None else number.first), self._starts[last].last
        return None if number is None else (number.first, at + 1)

    def _is_name(self, at: int, after: int) -> bool:
        """Whether a token is a part of a street's name rather than its number or an ordinary word."""
        token = self._tokens[at]
        if after in self._ends or not token.is_word:
            return False
        return (token.capital and (at > 0 or not self._is_common(token.text))) or not self._is_common(token.text)

    def _ahead(self, at: int) -> tuple[int, int] | None:
        """The tokens of "Via Roma 12", if a word for a street stands at `at`."""
        if self._tokens[at].text not in _AHEAD:
            return None
        last = at + 1
        while last < min(at + 2 + _NAME_WORDS, len(self._tokens)) and last not in self._starts:
            if self._text(last) != "." and not self._tokens[last].is_word:
                return None
            last += 1
        if last not in self._starts or last == at + 1 or not (self._tokens[last - 1].capital or not self._cased):
            return None
        return self._with_number_before(at), self._starts[last].last

    def _joined(self, at: int) -> tuple[int, int] | None:
        """The tokens of "Hauptstraße 5", if such a word stands at `at`."""
        token = self._tokens[at]
        if len(token.text) < _SHORTEST_JOINED or not token.text.endswith(_ENDINGS if token.capital else _CLEAR_ENDINGS):
            return None
        last = at + 2 if self._text(at + 1) == "." else at + 1
        return (self._with_number_before(at), self._starts[last].last) if last in self._starts else None

    def _between(self, at: int) -> tuple[int, int] | None:
        """The tokens of "50541 Mlýnská 1540", if the first number begins at `at`."""
        number = self._starts.get(at)
        if number is None or len(number.digits) < _PLACE_NUMBER or _YEAR.fullmatch(number.plain):
            return None
        last = number.last
        while last < min(number.last + _NAME_WORDS, len(self._tokens)) and self._tokens[last].capital:
            last += 1
        street = self._starts.get(last)
        if last == number.last or street is None or len(street.digits) > _PLACE_NUMBER + 1:
            return None
        return number.first, street.last

    def _with_number_before(self, at: int) -> int:
        return self._ends[at].first if at in self._ends else at

    def _unit(self, at: int, done: int) -> tuple[int, int] | None:
        """The tokens of an apartment or a post-office box, and of the street before it: "... 5, Apt. 12"."""
        word = self._text(at)
        last = at + 2 if self._text(at + 1) in {".", "#"} else at + 1
        boxed = word == "box" and self._text(at - 1) in {"po", "o", "post", "."}
        military = word == "unit" and last in self._starts and self._text(self._starts[last].last) == "box"
        if last not in self._starts or not (word in _CLEAR_UNITS or boxed or military):
            return None
        first = at
        while first > max(done, at - _BEFORE_UNIT) and self._is_of_street(first - 1):
            first -= 1
        return first, self._starts[last].last

    def _is_of_street(self, at: int) -> bool:
        token = self._tokens[at]
        known = any(token.text in words for words in (_BEHIND, _BEHIND_IF_CAPITAL, _AHEAD, _UNITS, _BOXES))
        return known or token.text in {".", ","} or token.capital or any(map(str.isdecimal, token.text))

    def _with_town(self, last: int) -> int:
        """The index behind the unit, the postcode and the town that follow an address, if they are told."""
        end = ahead = last
        while ahead < min(last + _MORE, len(self._tokens)):
            token = self._tokens[ahead]
            if ahead in self._starts:
                end = ahead = self._starts[ahead].last
            elif token.capital or token.text in _UNITS:
                ahead += 1
                end = ahead
            elif token.text in {",", "-", "#"} or self._is_of_unit(ahead) or self._is_town(ahead, end):
                ahead += 1
            else:
                break
        return end

    def _is_of_unit(self, at: int) -> bool:
        """Whether a full stop belongs to "Apt. 5" or stands before a unit."""
        return self._text(at) == "." and (self._text(at - 1) in _UNITS or self._text(at + 1) in _UNITS)

    def _is_town(self, at: int, end: int) -> bool:
        """Whether a word without a capital may be a town before a postcode, in a text without capitals."""
        token = self._tokens[at]
        return not self._cased and token.is_word and at - end < _NAME_WORDS and not self._is_common(token.text)

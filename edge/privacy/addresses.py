"""Finds street addresses with house numbers, as many countries write them. Pure.

The words for streets belong to the country, not to the language that is spoken: "Rue de Rivoli 12" is in all of them.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from edge.nlu.privacy import Found, PrivacyRules, ValueKind
from edge.nlu.tokens import Token
from edge.nlu.word_lists import read_word_lists
from edge.privacy.runs import Run, runs_of

_STREETS: Final = read_word_lists(__package__, "streets.toml")

_BEHIND: Final = _STREETS["behind"]
"""Behind the name: "12 Baker Street"."""
_BEHIND_IF_CAPITAL: Final = _STREETS["behind_if_capital"]
"""Also common words or abbreviations: only in a name with capitals."""
_AHEAD: Final = _STREETS["ahead"]
"""Ahead of the name: "Via Roma 12"."""
_SUFFIXES: Final = (
    "straße", "strasse", "str", "gasse", "weg", "platz", "allee", "gatan", "gata", "vägen", "gade", "vej", "veien",
    "vænget", "laan", "straat", "plein", "kade", "katu", "tie", "kuja", "polku", "ring", "damm", "ufer", "stræde",
)  # fmt: skip
"""At the end of one word: "Hauptstraße 5"."""
_SHORTEST_JOINED: Final = 7
_UNITS: Final = _STREETS["units"]
_NAME_WORDS: Final = 4
_MORE: Final = 24
"""Tokens behind the street in which postcode and town may stand."""


def addresses(tokens: Sequence[Token], rules: PrivacyRules) -> Iterator[Found]:
    """The street addresses among the tokens of a text."""
    runs = list(runs_of(tokens, rules.forms))
    starts = {run.first: run for run in runs}
    ends = {run.last: run for run in runs}
    done = 0
    for at in range(len(tokens)):
        if at < done:
            continue
        span = _street(tokens, at, starts, ends, rules) or _unit(tokens, at, starts)
        if span is not None:
            first, last = span
            last = _with_town(tokens, last, starts)
            done = last
            yield Found(ValueKind.ADDRESS, tokens[first].start, tokens[last - 1].end)


def _street(
    tokens: Sequence[Token], at: int, starts: dict[int, Run], ends: dict[int, Run], rules: PrivacyRules
) -> tuple[int, int] | None:
    """The first token and the index behind the last one, if a word for a street stands at `at`."""
    token = tokens[at]
    if token.text in _BEHIND or (token.text in _BEHIND_IF_CAPITAL and token.capital):
        first = at
        while first and at - first < _NAME_WORDS and _is_name(tokens, first - 1, first, ends, rules):
            first -= 1
        number = ends.get(first) or (ends.get(first - 1) if first and tokens[first - 1].text == "," else None)
        if number is not None and first < at:
            return number.first, at + 1
    if token.text in _AHEAD and token.capital:
        last = at + 1
        while last < min(at + 1 + _NAME_WORDS, len(tokens)) and last not in starts and tokens[last].text != ",":
            last += 1
        if last in starts and last > at + 1:
            return _with_number_before(at, ends), starts[last].last
    if token.capital and len(token.text) >= _SHORTEST_JOINED and token.text.endswith(_SUFFIXES):
        last = at + 2 if at + 1 < len(tokens) and tokens[at + 1].text == "." else at + 1
        if last in starts:
            return _with_number_before(at, ends), starts[last].last
    return None


def _with_number_before(at: int, ends: dict[int, Run]) -> int:
    return ends[at].first if at in ends else at


def _is_name(tokens: Sequence[Token], at: int, after: int, ends: dict[int, Run], rules: PrivacyRules) -> bool:
    """Whether a token is a part of a street's name rather than its number or an ordinary word."""
    token = tokens[at]
    if after in ends or not token.is_word:
        return False
    return token.capital or not rules.is_common(token.text)


def _unit(tokens: Sequence[Token], at: int, starts: dict[int, Run]) -> tuple[int, int] | None:
    """An apartment or a post-office box: "Apt. 5", "PO Box 12"."""
    if tokens[at].text not in {"apt", "apartment", "suite", "psc", "box", "flat"}:
        return None
    last = at + 2 if at + 1 < len(tokens) and tokens[at + 1].text in {".", "#"} else at + 1
    if last not in starts or (tokens[at].text == "box" and tokens[at - 1].text not in {"po", "o", "post", "."}):
        return None
    return at, starts[last].last


def _with_town(tokens: Sequence[Token], last: int, starts: dict[int, Run]) -> int:
    """The index behind the unit, the postcode and the town that follow an address, if they are written."""
    end = last
    ahead = last
    while ahead < min(last + _MORE, len(tokens)):
        token = tokens[ahead]
        if ahead in starts:
            end = ahead = starts[ahead].last
        elif token.capital or token.text in _UNITS:
            ahead += 1
            end = ahead
        elif token.text in {",", ".", "-", "#"} and ahead + 1 < len(tokens):
            follows = tokens[ahead + 1]
            if token.text == "." and not (tokens[ahead - 1].text in _UNITS or follows.text in _UNITS):
                break
            ahead += 1
        else:
            break
    return end

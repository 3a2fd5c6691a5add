"""Cuts a question about days and times into its phrases: what it names, and the words between. Pure.

What a question names is a `Piece`; every other word has its symbols (`vocabulary.py`). Where several readings begin,
the longest one counts.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from edge.nlu.en.alarm_days import WEEKDAY_NAMES
from edge.nlu.en.exact.clock_words import read_clock
from edge.nlu.en.exact.places import HERE
from edge.nlu.en.exact.when.pieces import Kind, Piece, read_day_or_span, read_piece
from edge.nlu.en.exact.when.vocabulary import LONGEST, SYMBOLS
from edge.nlu.word_lists import word_set

_MAX_UNKNOWN: Final = 4
UNKNOWN: Final = "?"
"""The symbol of a word that is none of these questions' own: a name, or another question."""
_SHORT: Final = re.compile(r"(what|when|where|how|it|that|there|who|time|day|date|which|sun|moon)'(?:s|re|ll|d)")
_SHORT_BE: Final = re.compile(r"(i|we|you|they|he|she|it)'(?:m|re|s|ll|d|ve)")
_WRITTEN: Final = {
    "whats": "what", "hows": "how", "whens": "when", "todays": "today", "tomorrows": "tomorrow", "isn't": "is",
    "yesterdays": "yesterday", "til": "until", "gmt": "gmt", "wheres": "where", "aren't": "are", "doesn't": "does",
}  # fmt: skip
_STATE: Final = re.compile(
    r" , (?:a[lkrz]|c[aot]|de|fl|ga|i[adl]|k[sy]|m[adenost]|n[cdehjmvy]|o[hkr]|pa|ri|s[cd]|t[nx]|ut|v[ta]|w[aivy])\b"
)
"""A state of the United States behind a city."""
_OF_A_TIME: Final = {"at", "until", "till", "to", "from", "by", "between", "before", "after", "past", "and", "it", "is"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words between the pieces and the symbols they may stand for."""

    said: str
    symbols: AbstractSet[str]
    at: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A question in its pieces and other phrases, each in the order of the text."""

    pieces: Sequence[Piece]
    phrases: Sequence[Phrase]
    is_yes_or_no: bool
    is_past: bool

    def of(self, kind: Kind) -> Sequence[Piece]:
        """The pieces of a kind."""
        return [it for it in self.pieces if it.kind == kind]

    def at(self, symbol: str) -> int:
        """The place of the first phrase with a symbol; -1 if there is none."""
        return next((it.at for it in self.phrases if symbol in it.symbols), -1)

    def has(self, *symbols: str) -> bool:
        """Whether one of these symbols is said."""
        return any(self.at(it) >= 0 for it in symbols)

    def says(self, *words: str) -> bool:
        """Whether one of these words stands between the pieces."""
        return any(it.said in words for it in self.phrases)


def cut(said: str) -> Sentence | None:
    """The phrases of a canonical text; None if it has words that these questions do not have."""
    words = _words(said)
    if not _TRIGGERS.isdisjoint(words):
        return _cut(words, _places_in(words))
    return None


def cut_rest(said: str) -> Sentence | None:
    """The phrases of what says only how a question differs from the one before it; None as for `cut`."""
    return _cut(_words(said), "place")


def _cut(words: Sequence[str], places: Kind) -> Sentence | None:
    names_others = not _NAMES_OTHERS.isdisjoint(words) or words.count("at") > 1
    may_be_unknown = _MAX_UNKNOWN if names_others else 0
    pieces: list[Piece] = []
    phrases: list[Phrase] = []
    at = start = unknown = 0
    while start < len(words):
        piece, used = read_piece(words, start, places=places)
        symbols, length = _symbols(words, start)
        if (
            piece is not None
            and used >= length
            and not _is_no_piece(words, start, " ".join(words[start : start + used]))
        ):
            pieces.append(Piece(piece[0], piece[1], " ".join(words[start : start + used]), at))
        else:
            used = length
            unknown += UNKNOWN in symbols
            if unknown > may_be_unknown:
                return None
            phrases.append(Phrase(" ".join(words[start : start + length]), frozenset(symbols), at))
        start += used
        at += 1
    is_past = any(it.said in _PAST for it in phrases)
    return Sentence(
        _with_years(_with_times(_with_lands(pieces), phrases)), phrases, bool(words) and words[0] in _VERBS, is_past
    )


_TRIGGERS: Final = frozenset(word for it in WEEKDAY_NAMES for word in (it, f"{it}s")) | word_set(
    "spring summer autumn fall winter equinox solstice midsummer workdays workday nights sleeps fortnights day "
    "days date dates week weeks weekday weekend weekends month months year years quarter century time times "
    "timezone timezones zone clock o'clock clocks hours hour minutes minute seconds ahead behind difference when "
    "until till since before after ago from old age born countdown long sunrise sunset sun dark light dawn dusk "
    "daylight moon holiday holidays today tomorrow yesterday noon midnight season longest shortest daytime "
    "nighttime night morning evening afternoon late early later earlier am pm ramadan eid diwali school next left "
    "away off may"
)
"""Each of these questions has one of these words, or one of the days of the week."""
_NAMES_OTHERS: Final = word_set("born call sleep time timezone takes take lasts last needs runs goes")
"""Words of questions that name people and things, which are anything."""


def _is_no_piece(words: Sequence[str], start: int, said: str) -> bool:
    """Whether words that may name a time are no name here: "does it fall on", "may I know", "a day off"."""
    before, end = words[start - 1] if start else "", start + said.count(" ") + 1
    after = words[end] if end < len(words) else ""
    if words[start] == "fall":
        return start > 0 and before not in _BEFORE_SEASONS
    if said == "may":
        return after in {"i", "we"}
    if said in {"a day", "another day"}:
        return after == "off"
    if said in {"a working day", "a work day", "a business day"}:
        return True
    if said == "now":
        return before not in _SPANNING and after not in _SPANNING
    return said in {"the week", "the month", "the year"} and _COUNTING.isdisjoint(words)


_SPANNING: Final = frozenset({"from", "between", "and", "to", "until", "till"})
_COUNTING: Final = word_set("how many left end number rest holidays count until")
_BEFORE_SEASONS: Final = word_set("is of until till to does do will the this next since before when in")
_PAST: Final = frozenset({"was", "were", "did"})
_VERBS: Final = word_set("is are was were will does do did")
_HOLIDAYS: Final = frozenset({"holiday", "holidays"})


def _places_in(words: Sequence[str]) -> Kind:
    return "place" if _HOLIDAYS.isdisjoint(words) else "country"


_LETTERS: Final = {"g m t": "gmt", "u t c": "utc", "e s t": "est", "p s t": "pst", "u k": "uk", "u s a": "usa"}


def _words(said: str) -> Sequence[str]:
    """The words of a canonical text in the spelling of `SYMBOLS`."""
    for apart, together in _LETTERS.items():
        said = re.sub(rf"\b{apart}\b", together, said)
    return [_spelled(it) for it in _STATE.sub("", said).replace(" , ", " ").split()]


def _spelled(word: str) -> str:
    if (short := _SHORT.fullmatch(word) or _SHORT_BE.fullmatch(word)) is not None:
        return short[1]
    return _WRITTEN.get(word, word)


def _symbols(words: Sequence[str], start: int) -> tuple[tuple[str, ...], int]:
    """The symbols of the longest phrase from `start` on, and how many words it has."""
    for length in range(min(LONGEST, len(words) - start), 0, -1):
        found = SYMBOLS.get(" ".join(words[start : start + length]))
        if found is not None:
            return found, length
    bare = words[start].removesuffix("'s")
    return SYMBOLS.get(bare, (UNKNOWN,)), 1


def _with_times(pieces: Sequence[Piece], phrases: Sequence[Phrase]) -> Sequence[Piece]:
    """A number behind "at" or "until" is a time of day, and so is "20 15" behind "at" or beside another time of day."""
    before = {it.at + 1: it.said.rsplit(" ", 1)[-1] for it in phrases}
    at = (
        {"at"}
        if not any(it.kind == "clock" for it in pieces)
        else {"at", "between", "from", "and", "to", "until", "till"}
    )
    return [
        Piece("clock", clock, it.said, it.at)
        if before.get(it.at) in (_OF_A_TIME if it.kind == "number" else at)
        and it.kind in {"number", "year"}
        and (clock := read_clock(it.said))
        else it
        for it in pieces
    ]


def _with_lands(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """A place directly behind another one is its land: "Lagos Nigeria"."""
    places = {it.at for it in pieces if it.kind == "place" and it.said != HERE}
    return [it for it in pieces if not (it.at in places and it.at - 1 in places)]


def _with_years(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """A year or month that is named apart from its day belongs to it: "what day is Easter on next year"."""
    years = [it for it in pieces if it.kind == "year" or it.said in _YEAR_NAMES]
    named = [it for it in pieces if it not in years]
    if len(years) != 1 or len(named := [it for it in named if it.kind in {"day", "span"}]) != 1:
        return pieces
    whole = read_day_or_span(f"{named[0].said} {years[0].value if years[0].kind == 'year' else years[0].said}")
    if whole is None or whole[0] != named[0].kind:
        return pieces
    joined = Piece(whole[0], whole[1], f"{named[0].said} {years[0].said}", named[0].at)
    return [joined if it is named[0] else it for it in pieces if it is not years[0]]


_YEAR_NAMES: Final = frozenset({"this year", "next year", "last year", "this month", "next month", "last month"})

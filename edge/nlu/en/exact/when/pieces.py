"""Reads what a question about days and times names: a day, a time of day, a length of time, a unit, a place. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from edge.nlu.en.alarm_days import WEEKDAY_NAMES
from edge.nlu.en.exact.clock_words import read_clock, read_length
from edge.nlu.en.exact.countries import is_country
from edge.nlu.en.exact.day_words import (
    DAY_ENDS,
    DAY_STARTS,
    MONTH,
    UNIT,
    WEEKDAY,
    YEAR,
    read_day,
    unit_name,
    weekday_number,
)
from edge.nlu.en.exact.places import read_place
from edge.nlu.en.exact.when.vocabulary import SYMBOLS
from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.word_lists import word_set

Kind = Literal["day", "span", "year", "clock", "length", "days", "unit", "place", "country", "number"]
"""`span` is a month, a week or a year as a whole, `days` a length in days or more, `unit` a unit without a number."""
_LONGEST_DAY: Final = 12
_LONGEST_PLACE: Final = 7
_SPAN: Final = LazyPattern(
    rf"(?:this|next|last|the|the whole|this whole|the current|the coming|this coming) (?:week|month|year|quarter)"
    rf"|{MONTH}"
    rf"(?: (?:{YEAR}|(?:this|next|last) year))?|the month of {MONTH}|(?:this|next|last) {MONTH}"
)
_DAYS: Final = LazyPattern(rf"(?:\d+|an?|one|a couple of|another) {UNIT}")
_WEEKDAYS: Final = LazyPattern(rf"{WEEKDAY}s")
_UNITS: Final = LazyPattern(
    r"(?:working |business |work |school |full )?days|workdays|weekdays|nights|sleeps|weeks|months|years"
    r"|fortnights|weekends"
    r"|hours|hrs|minutes|mins|seconds|secs"
)
_YEARS: Final = LazyPattern(rf"(?:the year )?{YEAR}")
_TWO_TIMES: Final = LazyPattern(r"\d+ to \d+(?: [ap]m)?")
"""Behind "from" no time of day: "from 9 to 5"."""
_BY_MINUTES: Final = LazyPattern(r"\d+ minutes (?:before|after) .+")
"""A length of time and a time of day."""
_TIME_ENDS: Final = word_set(
    "am pm o'clock noon midday midnight morning afternoon evening night hour hours hr hrs minute minutes min mins "
    "second seconds sec secs half 1/2 1/4"
)
_STARTS: Final = (
    DAY_STARTS
    | word_set(
        "half quarter noon midday midnight an workdays working business work school full days weekdays nights sleeps "
        "weeks months years fortnights weekends hours hrs minutes mins seconds secs"
    )
    | frozenset(f"{it}s" for it in WEEKDAY_NAMES)
)
_OURS: Final = frozenset({"my", "our"})
_NO_PLACE_ENDS: Final = frozenset({"time", "now", "currently", "today", "moment"})
_WORDS_TOO: Final = frozenset({"nice", "split", "cork", "nome", "mobile"})
"""Towns whose names are other words: they are places behind a preposition."""
_BEFORE_TOWNS: Final = word_set("in at to from for between and")
_BEFORE_PLACES: Final = frozenset({"the", "us", "here", "my", "our", "new"})
"""Words of these questions with which places begin too."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What a part of a question names: its words, its place among the phrases, and its value in notation."""

    kind: Kind
    value: str
    said: str
    at: int


def read_piece(words: Sequence[str], start: int, *, places: Kind) -> tuple[tuple[Kind, str] | None, int]:
    """The longest piece from `start` on, and how many words it has."""
    for length in range(min(_LONGEST_DAY, len(words) - start), 0, -1):
        text = " ".join(words[start : start + length])
        if _TWO_TIMES.fullmatch(text) and start and words[start - 1] == "from":
            continue
        if text in _WORDS_TOO and start and words[start - 1] not in _BEFORE_TOWNS:
            continue
        if text == "the week" and words[start + 2 : start + 3] in (["number"], ["of"]):
            continue
        for name in dict.fromkeys((text, text.removesuffix("'s"))):
            found = _read(name, length, places=places)
            if found is not None:
                return found, length
    return None, 0


def _read(text: str, length: int, *, places: Kind) -> tuple[Kind, str] | None:  # noqa: PLR0911 - one return a kind
    first, last = text.split(" ", 1)[0], text.rsplit(" ", 1)[-1]
    digits = first[0].isdecimal()
    if digits or first in _STARTS:
        if _UNITS.fullmatch(text):
            return "unit", _unit(text)
        if (found := _time(text, last)) is not None:
            return found
        if last in DAY_ENDS or last[0].isdecimal():
            found = read_day_or_span(text)
            if found is not None:
                return found
        if _WEEKDAYS.fullmatch(text):
            return "unit", f"weekday-{weekday_number(text)}"
        if digits and text.isdecimal() and len(text) <= 4:  # noqa: PLR2004 - an age, an hour
            return "number", text
    if places == "country":
        bare = text.removeprefix("the ")
        return ("country", bare) if is_country(bare) else None
    return _place(text, first) if length <= _LONGEST_PLACE else None


def _time(text: str, last: str) -> tuple[Kind, str] | None:
    if last not in _TIME_ENDS and not last[0].isdecimal():
        return None
    if text.isdecimal() or _BY_MINUTES.fullmatch(text):
        return None
    if not _YEARS.fullmatch(text) and (clock := read_clock(text)) is not None:
        return "clock", clock
    return (
        ("length", quantity)
        if (last in _TIME_ENDS or " hour" in text) and (quantity := read_length(text)) is not None
        else None
    )


def read_day_or_span(text: str) -> tuple[Kind, str] | None:
    """The kind and the value of a text that names a day or more, as a whole; None for others."""
    if _SPAN.fullmatch(text):
        return "span", text.removeprefix("the month of ").replace(" of ", " ")
    if _YEARS.fullmatch(text):
        return "year", text.removeprefix("the year ").replace(" ", "")
    if _DAYS.fullmatch(text):
        return "days", text
    return None if text.isdecimal() or (day := read_day(text)) is None else ("day", day)


def _unit(text: str) -> str:
    if text == "weekends":
        return "weekend"
    text = {
        "hrs": "hours",
        "mins": "minutes",
        "secs": "seconds",
        "school days": "work days",
        "workdays": "work days",
    }.get(text, text)
    return unit_name(text.removeprefix("full "))


def _place(text: str, first: str) -> tuple[Kind, str] | None:
    if first in SYMBOLS and first not in _BEFORE_PLACES:
        return None
    if text.rsplit(" ", 1)[-1] in _NO_PLACE_ENDS and first not in _OURS:
        return None
    place = None if text in _OURS else read_place(text)
    return None if place is None else ("place", f"{place[0]};{place[1]}")

"""What can be asked about public holidays, and what only an employer could say. Pure."""

import re
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.countries import land_named
from edge.nlu.en.exact.day_words import MONTH, YEAR, read_month, read_year
from edge.nlu.en.exact.when.day_relations import day_named
from edge.nlu.en.exact.when.phrases import Sentence
from edge.nlu.en.exact.when.relations import Build, Relation, relation

_NAME: Final = "EdgePublicHoliday"


def _asks(ask: str, **more: str | int) -> Build:
    return lambda sentence: Intent(_NAME, {"ask": ask, **more, **_land(sentence)})


def _land(sentence: Sentence) -> dict[str, str]:
    return next((land_named(it.value) for it in sentence.of("country")), {})


def _next(sentence: Sentence) -> Intent | None:
    """The next one, or how long it is until then."""
    if sentence.says("my") and not sentence.has("public"):
        return _cannot("days-off")(sentence)
    unit = next((it.value for it in sentence.of("unit")), "")
    if unit or sentence.has("long", "until", "away"):
        return Intent(_NAME, {"ask": "until", "unit": unit or "day", **_land(sentence)})
    return _asks("last" if sentence.has("last") and not sentence.has("next") else "next")(sentence)


def _on_a_day(sentence: Sentence) -> Intent | None:
    """Whether a day is one."""
    day = day_named(sentence.of("day")[0])
    past = {"past": 1} if sentence.is_past else {}
    return None if day is None else Intent(_NAME, {"ask": "is", "day": day, **past, **_land(sentence)})


def _in_a_span(sentence: Sentence) -> Intent | None:
    """Which ones, or how many, are in a week, a month or a year."""
    piece = next(it for it in sentence.pieces if it.kind in {"span", "year"})
    begin, end = _span(piece.said.removeprefix("the year "), left=sentence.has("left"))
    return Intent(
        _NAME, {"ask": "count" if sentence.has("many") else "list", "begin": begin, "end": end, **_land(sentence)}
    )


def _this_year(sentence: Sentence) -> Intent:
    begin, end = _span("this year", left=sentence.has("left"))
    return Intent(_NAME, {"ask": "count", "begin": begin, "end": end, **_land(sentence)})


def _span(text: str, *, left: bool) -> tuple[str, str]:
    """The first and the last day of a year, a month or a week; `left`: from today on."""
    if re.fullmatch(YEAR, text):
        return f"date {read_year(text)}-01-01", f"date {read_year(text)}-12-31"
    named = re.fullmatch(rf"(?:(?:this|next|last) )?(?P<month>{MONTH})(?: (?P<year>.+))?", text)
    if named is not None:
        month = read_month(named["month"], named["year"])
        return f"day 1 {month}", f"end {month}"
    unit = text.rsplit(" ", 1)[1]
    number = 1 if text.startswith(("next", "the coming")) else -1 if text.startswith("last") else 0
    end = f"end {unit}{number:+}"
    return ("today" if left else f"end {unit}{number - 1:+} ; + 1 day"), end


def _cannot(why: str) -> Build:
    return lambda _: Intent("EdgeCannotCompute", {"why": why})


_ONE = (
    "have gets public next when what date day falls until long many away time my current starts to and before weekday"
    " less who"
)
_SOME = "public many have left falls when day what current and next less any date"

HOLIDAYS: Final[tuple[Relation, ...]] = (
    relation("off-day next|when|until|long|many|falls|day", "", _cannot("days-off"),
             may=_ONE + " holiday passed after"),
    relation("off-day", "unit", _cannot("days-off"), may=_ONE + " left holiday passed"),
    relation("off-day", "day", _cannot("days-off"), may=_ONE),
    relation("off-day", "span", _cannot("days-off"), may=_ONE + " left"),
    relation("holiday next|falls|last", "", _next, may=_ONE + " last after"),
    relation("holiday next|falls|last", "day", _next, may=_ONE + " after"),
    relation("holiday next|falls|last", "country", _next, may=_ONE + " last"),
    relation("holiday until|long|away", "unit", _next, may=_ONE),
    relation("holiday until|long|away", "unit country", _next, may=_ONE),
    relation("holiday until|long", "", _next, may=_ONE),
    relation("holiday", "day", _on_a_day, may="public have falls"),
    relation("holiday", "day country", _on_a_day, may="public have falls"),
    relation("holiday", "span", _in_a_span, may=_SOME),
    relation("holiday", "span country", _in_a_span, may=_SOME),
    relation("holiday", "year", _in_a_span, may=_SOME),
    relation("holiday", "year country", _in_a_span, may=_SOME),
    relation("holiday many public|left|have", "", _this_year, may=_SOME + " year"),
    relation("holiday many", "country", _this_year, may=_SOME + " year"),
)  # fmt: skip

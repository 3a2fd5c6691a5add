"""Questions about public holidays: the next one, whether a day is one, how many there are. Pure."""

import re
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.countries import COUNTRY, land_named
from edge.nlu.en.exact.day_words import MONTH, YEAR, read_day, read_month, read_year, unit_name, was
from edge.nlu.en.exact.frames import GOES_ON, Build, Frame, first_of, frame

_NAME: Final = "EdgePublicHoliday"
_KIND = r"(?:bank|public|national|federal|state|statutory|stat|legal|official|religious)"
_ONE = rf"{_KIND} holiday"
_MANY = rf"{_KIND} holidays"
_WHERE = rf"(?: (?:here )?(?:in|for|of) (?:the )?(?P<country>{COUNTRY}))?"
_SPAN = (
    rf"(?:(?:in|during|over|for|left in|left|remaining|coming up)? ?(?P<span>this year|next year|the year"
    rf"|the rest of the year|this month|next month|this week|next week|the coming week"
    rf"|{MONTH}(?: (?:{YEAR}|next year))?|{YEAR}))"
)
_ARE = (
    r"(?:(?:are|is|do|does|will|have|has|there|we|i|they|you|still|got|get|be|left|remaining|to come|it|coming up) ?)*"
)


def _asks(ask: str, **more: str | int) -> Build:
    def build(match: re.Match[str]) -> Intent:
        return Intent(_NAME, {"ask": ask, **more, **_land(match)})

    return build


def _land(match: re.Match[str]) -> dict[str, str]:
    named = match.groupdict().get("country")
    return land_named(named) if named else {}


def _until(match: re.Match[str]) -> Intent:
    unit = unit_name(match["unit"]) if match.groupdict().get("unit") else "day"
    return Intent(_NAME, {"ask": "until", "unit": unit, **_land(match)})


def _is(match: re.Match[str]) -> Intent | None:
    day = read_day(match["day"])
    return None if day is None else Intent(_NAME, {"ask": "is", "day": day, **was(match), **_land(match)})


def _in_span(ask: str) -> Build:
    def build(match: re.Match[str]) -> Intent:
        begin, end = _span(match["span"], left="left" in match[0] or "remain" in match[0] or "rest" in match[0])
        return Intent(_NAME, {"ask": ask, "begin": begin, "end": end, **_land(match)})

    return build


def _in_this_year(match: re.Match[str]) -> Intent:
    begin, end = _span("this year", left=False)
    return Intent(_NAME, {"ask": "count", "begin": begin, "end": end, **_land(match)})


def _span(text: str, *, left: bool) -> tuple[str, str]:
    """The first and the last day of a year, a month or a week; `left`: from today on."""
    if re.fullmatch(YEAR, text):
        return f"date {read_year(text)}-01-01", f"date {read_year(text)}-12-31"
    if re.match(MONTH, text):
        name, _, year = text.partition(" ")
        month = read_month(name, year or None)
        return f"day 1 {month}", f"end {month}"
    unit = text.rsplit(" ", 1)[1]
    number = 1 if text.startswith(("next", "the coming")) else 0
    end = f"end {unit}{number:+}"
    return ("today" if left else f"end {unit}{number - 1:+} ; + 1 day"), end


HOLIDAYS: Final[tuple[Frame, ...]] = (
    frame(
        rf"(?:when(?:'s| is| will)?|what(?:'s| is)?|which(?: day)?(?: is)?|what (?:day|date) is|and)? ?(?:be )?"
        rf"(?:the )?(?:next|coming|upcoming) {_ONE}(?: be| coming up)?{_WHERE}",
        _asks("next"),
    ),
    frame(
        rf"(?:when|what|which) (?:do|will) (?:we|i) (?:have|get) (?:the|a|our|my) next {_ONE}{_WHERE}", _asks("next")
    ),
    frame(rf"(?:what|which) {_ONE} (?:is|comes) (?:next|coming up){_WHERE}", _asks("next")),
    frame(rf"(?:when(?:'s| was)|what(?:'s| was)) (?:the )?(?:last|previous|most recent) {_ONE}{_WHERE}", _asks("last")),
    frame(
        r"(?:how (?:many (?P<unit>days|weeks|months|nights|sleeps)|long|much longer)|how far (?:away|off))"
        rf" {_ARE}(?:until|till|til|to|before)? ?(?:the |our )?next {_ONE}{_WHERE}",
        _until,
    ),
    frame(rf"(?:is|was|will) (?P<day>.+?)(?: be)? (?:a|an) {_ONE}{_WHERE}(?: or not| too)?", _is),
    frame(rf"is it (?:a|an) {_ONE}{_WHERE} (?P<day>today|tomorrow|on .+)", _is),
    frame(rf"is it (?:a|an) {_ONE}{_WHERE}(?: today)?", _asks("is", day="today")),
    frame(rf"(?:is|are) there (?:a|an|any) {_ONE}s?{_WHERE} (?P<day>today|tomorrow|on .+)", _is),
    frame(rf"(?:is|are) there (?:a|an|any) {_ONE}s?{_WHERE} {_SPAN}", _in_span("list")),
    frame(rf"(?:do|will) (?:we|i|they) (?:have|get) (?:an?|any) {_ONE}s?{_WHERE} (?P<day>today|tomorrow|on .+)", _is),
    frame(rf"(?:do|will) (?:we|i|they) (?:have|get) (?:an?|any) {_ONE}s?{_WHERE} {_SPAN}", _in_span("list")),
    frame(rf"how many {_MANY} {_ARE}{_WHERE} ?{_SPAN}{_WHERE.replace('country', 'country2')}", _in_span("count")),
    frame(
        rf"how many {_MANY} (?:does|do|has|have) (?:the )?(?P<country>{COUNTRY})(?: have| got)*"
        r"(?: (?:in a|each|every|a|per|this) year)?",
        _in_this_year,
    ),
    frame(
        rf"how many {_MANY} {_ARE}(?:(?:each|every|a|per) year)?{_WHERE}(?: have)?(?: (?:each|every|a|per) year)?",
        _in_this_year,
    ),
    frame(
        rf"(?:(?:what|which)(?: are)?|when are|list|name|what are)(?: all)?(?: the)? {_MANY} {_ARE}{_WHERE} ?{_SPAN}",
        _in_span("list"),
    ),
    frame(
        rf"(?:when(?:'s| is)|what(?:'s| is)|what (?:day|date) is) (?:the )?(?:early |late |1st |second )?"
        rf"(?P<span>{MONTH}) {_ONE}{_WHERE}",
        _in_span("list"),
    ),
    frame(
        r".*\b(?:school|summer|winter|half term) (?:holidays?|break)\b.*",
        lambda m: (
            Intent("EdgeCannotCompute", {"why": "school-holidays"})
            if re.match(r"when|how|what|which|is|are", m[0])
            else None
        ),
    ),
)

_ONE_LATER: Final = re.compile(
    r"(?:(?:and|what about|when is|what's|then) )*(?:the )?(?:1 |one )?(?:after that|after it|next 1|after)(?: 1| one)?"
)
_OTHER: Final = re.compile(rf"{GOES_ON}(?:in (?:the )?(?P<country>{COUNTRY})|(?P<rest>.+))")


def holiday_question(said: str, last: Intent | None) -> Intent | None:
    """EdgePublicHoliday for a bare canonical text; None for others."""
    if (found := first_of(HOLIDAYS, said)) is not None:
        return found
    return None if last is None or last.name != _NAME else _going_on(said, last)


def _going_on(said: str, last: Intent) -> Intent | None:
    """The holiday after the one before, the same question in another country, or about another day."""
    if last.slots["ask"] == "next" and _ONE_LATER.fullmatch(said):
        return Intent(_NAME, {**last.slots, "nth": int(str(last.slots.get("nth", 1))) + 1})
    match = _OTHER.fullmatch(said)
    if match is None:
        return None
    if match["country"]:
        return Intent(_NAME, {**last.slots, **land_named(match["country"])})
    day = read_day(match["rest"])
    return None if day is None or last.slots["ask"] != "is" else Intent(_NAME, {**last.slots, "day": day})

"""What can be asked about days: their dates and weekdays, how long until and since, weeks, ages. Pure."""

import re
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.countries import is_country, land_named
from edge.nlu.en.exact.day_words import MONTH, WEEKDAY, read_day, read_month, unit_name, weekday_number
from edge.nlu.en.exact.season_words import season_turn
from edge.nlu.en.exact.when.phrases import Sentence
from edge.nlu.en.exact.when.pieces import Piece
from edge.nlu.en.exact.when.relations import Build, Relation, relation

_DATE: Final = "EdgeDate"


def _past(sentence: Sentence) -> dict[str, int]:
    """The slot "past" of a question about a day that was: one that comes back every year is the last one."""
    return {"past": 1} if sentence.is_past else {}


def day_named(piece: Piece) -> str | None:
    """The notation of the day that a piece names; of a month or a week its first one."""
    return piece.value if piece.kind == "day" else read_day(piece.said)


def _asks(ask: str, **more: str | int) -> Build:
    def build(sentence: Sentence) -> Intent | None:
        if sentence.is_yes_or_no and not ask.startswith("is-") and not sentence.has("what", "when"):
            return None
        if not sentence.pieces:
            return Intent(_DATE, {"ask": ask, "day": "today", **more})
        day = day_named(sentence.pieces[0])
        return None if day is None else Intent(_DATE, {"ask": ask, "day": day, **more, **_past(sentence)})

    return build


def _date(sentence: Sentence) -> Intent | None:
    """The date of a day; of an equinox or the first day of a season what it is called."""
    piece = sentence.pieces[0]
    turn = season_turn(piece.said) if piece.kind == "day" else None
    if turn is not None and sentence.has("ends"):
        following = _FOLLOWS.get(turn[0])
        if following is None:
            return None
        turn = following, f"season {following}"
    if turn is None:
        return _asks("date")(sentence)
    return Intent(_DATE, {"ask": "turn", "turn": turn[0], "day": turn[1], **_past(sentence)})


def _date_in(sentence: Sentence) -> Intent | None:
    """The date of a day that is another one in each country."""
    land = sentence.of("place")[0].said.removeprefix("the ")
    day = sentence.of("day")[0]
    if not is_country(land) or not day.value.startswith("holiday"):
        return None
    slots = {"ask": "date", "day": day.value, "country": land_named(land)["country"]}
    return Intent(_DATE, {**slots, **_past(sentence)})


_FOLLOWS: Final = {"spring": "summer", "summer": "autumn", "autumn": "winter", "winter": "spring"}


def _day_beside(sentence: Sentence) -> Intent | None:
    """Which day comes after another one."""
    sign = "-" if sentence.has("before") else "+"
    return Intent(_DATE, {"ask": "date", "day": f"{sentence.pieces[0].value} ; {sign} 1 day"})


_BY_ANOTHER: Final = re.compile(r". (?:from|after|before|ago)\b")


def _bare(sentence: Sentence) -> Intent | None:
    """The date of a day that is all that is said, if it says how it is found: "three weeks from tomorrow"."""
    day = sentence.pieces[0]
    found = " ; " in day.value and _BY_ANOTHER.search(day.said) and not sentence.is_yes_or_no
    return Intent(_DATE, {"ask": "date", "day": day.value}) if found else None


def _today(sentence: Sentence) -> Intent | None:
    """The date of today: "what day are we in"; "what a day" and "what's the day like" ask for none."""
    if sentence.is_yes_or_no or sentence.says("a", *_OTHER_VERBS):
        return None
    return Intent(_DATE, {"ask": "date", "day": "today"})


def _when_both(sentence: Sentence) -> Intent | None:
    """When a day of the month is a weekday: "the next time the 13th is a Friday"."""
    number, weekday = sorted((it.value for it in sentence.pieces), key=len)
    found = re.fullmatch(r"day (\d+);weekday (\d)", f"{number};{weekday}")
    return None if found is None else Intent(_DATE, {"ask": "date", "day": f"weekday-number {found[2]} {found[1]}"})


def _days_in_this_year(sentence: Sentence) -> Intent | None:
    piece = next(it for it in sentence.pieces if it.kind != "unit")
    relative = {"this year": "+0", "the year": "+0", "next year": "+1", "last year": "-1"}
    year = piece.value if piece.kind == "year" else relative.get(piece.said)
    if year is None or sentence.of("unit")[0].value != "day":
        return None
    return Intent(_DATE, {"ask": "days-in-year", "year": year})


def _weekday(sentence: Sentence) -> Intent | None:
    """The weekday of a date that is named; the date of a day that is named by its distance from today."""
    return _asks("date" if sentence.pieces[0].value.startswith(("today", "weekday")) else "weekday")(sentence)


_COMPUTED: Final = ("nth", "end", "turn")
_OTHER_VERBS: Final = (
    "did", "say", "said", "think", "like", "see", "hear", "expect", "expecting", "keep", "use", "read", "remember",
)  # fmt: skip
"""What was said or done on a day is no date."""
_TURNS: Final = frozenset({"longest", "shortest"})
"""Days that are named by how they are found."""


def _only_relative(sentence: Sentence) -> Intent | None:
    """The date of a day that says itself how it is found, so that "what" is enough: "the last Friday in May"."""
    day = sentence.pieces[0]
    says_how = (
        day.value == "today"
        or " ; " in day.value
        or day.value.startswith(_COMPUTED)
        or (season_turn(day.said) or ("", ""))[0] in _TURNS
    )
    return _date(sentence) if says_how and sentence.has("what") and not sentence.says(*_OTHER_VERBS) else None


def _stepped(sentence: Sentence) -> Intent | None:
    """A date plus some days."""
    day, step = sentence.of("day")[0].value, sentence.of("days")[0].said
    count, unit = re.sub(r"^(?:an?|one|another) ", "1 ", step).replace("a couple of", "2").split(" ", 1)
    sign = "-" if sentence.has("minus", "before") else "+"
    return Intent(_DATE, {"ask": "date", "day": f"{day} ; {sign} {count} {unit_name(unit)}"})


def _season(sentence: Sentence) -> Intent | None:
    """Which season it is, also for "is it winter yet"."""
    day = sentence.pieces[0].value if sentence.pieces else "today"
    if sentence.is_yes_or_no:
        return Intent(_DATE, {"ask": "season", "day": "today"}) if day.startswith("season") else None
    return Intent(_DATE, {"ask": "season", "day": day}) if sentence.has("season") else None


def _cannot(why: str) -> Build:
    return lambda _: Intent("EdgeCannotCompute", {"why": why})


def _spanned(sentence: Sentence) -> Intent | None:
    """How long it is from today until a day, or since it."""
    day = next((day_named(it) for it in sentence.pieces if it.kind in {"day", "span"}), None)
    if day is None:
        return None
    since = sentence.has("since", "ago", "passed") and not sentence.has("until")
    begin, end = (day, "today") if since else ("today", day)
    if len(sentence.of("day")) > 1:
        return _between(sentence)
    return Intent(_DATE, {"ask": "since" if since else "until", "day": begin, "end": end, "unit": _unit(sentence)})


def _time_until(sentence: Sentence) -> Intent | None:
    """How long it is until a day without "how long"; "what am I up to this weekend" is another question."""
    return None if sentence.has("what") and not sentence.has("time") else _spanned(sentence)


def _unit(sentence: Sentence) -> str:
    unit = next((it.value for it in sentence.of("unit")), "")
    return unit or ("day" if sentence.has("countdown", "day") else "")


def _between(sentence: Sentence) -> Intent | None:
    first, last = (it for it in sentence.pieces if it.kind in {"day", "span"})
    begin, end = day_named(first), day_named(last)
    if begin is None or end is None:
        return None
    if re.fullmatch(r"day \d+", begin) is not None and (month := last.said.partition(" of ")[2]):
        begin = read_day(f"the {first.said.removeprefix('the ')} of {month}") or begin  # "the 3rd and the 9th of May"
    return Intent(_DATE, {"ask": "between", "day": begin, "end": end, "unit": _unit(sentence)})


def _in_span(sentence: Sentence) -> Intent | None:  # noqa: PLR0911 - one return a unit
    """How many days of a kind a month has, or how many are left of a week, a month or a year."""
    unit, span = sentence.of("unit")[0].value, sentence.of("span")[0].value
    months = span in {"this month", "next month", "last month", "the month"} or re.match(rf"(?:\w+ )?{MONTH}\b", span)
    if sentence.has("left", "until") or sentence.has("ends"):
        left = re.fullmatch(r"(?:this|the|the whole|this whole|the current) (week|month|year)", span)
        if left is None:
            return None
        return Intent(_DATE, {"ask": "left", "day": "today", "end": f"end {left[1]}+0", "unit": unit})
    if not months:
        return None
    month = _month(span)
    if unit == "day":
        return Intent(_DATE, {"ask": "days-in-month", "month": month})
    if unit == "work-day":
        return Intent(_DATE, {"ask": "workdays-in-month", "month": month})
    if unit == "weekend":
        return Intent(_DATE, {"ask": "weekdays-in-month", "month": month, "weekday": 5})
    if not unit.startswith("weekday"):
        return None
    return Intent(_DATE, {"ask": "weekdays-in-month", "month": month, "weekday": int(unit[-1])})


def _month(span: str) -> str:
    found = re.fullmatch(rf"(?:(?:this|next|last) )?(?P<month>{MONTH})(?: (?P<year>.+))?", span)
    return read_month(span, None) if found is None else read_month(found["month"], found["year"])


def _days_in_year(sentence: Sentence) -> Intent | None:
    """A month and a year that are named apart: "February in 2028"."""
    span, year = sentence.of("span")[0].value, sentence.of("year")[0].value
    if re.fullmatch(MONTH, span) is None or sentence.of("unit")[0].value != "day":
        return None
    return Intent(_DATE, {"ask": "days-in-month", "month": read_month(span, year)})


def _is(sentence: Sentence) -> Intent | None:
    """Whether a day is a weekday or another day that is named."""
    if not sentence.is_yes_or_no:
        return None
    day, other = sentence.pieces
    if re.fullmatch(rf"(?:an? )?{WEEKDAY}", day.said):
        day, other = other, day
    first, second = day_named(day), day_named(other)
    if first is None or second is None:
        return None
    if re.fullmatch(rf"(?:an? )?{WEEKDAY}", other.said):
        number = weekday_number(other.said.split()[-1])
        return Intent(_DATE, {"ask": "is-weekday", "day": first, "weekday": number, **_past(sentence)})
    if "weekend" in other.said:
        return Intent(_DATE, {"ask": "is-weekend", "day": first, **_past(sentence)})
    return Intent(_DATE, {"ask": "is-day", "day": first, "end": second})


def _is_weekend_now(sentence: Sentence) -> Intent | None:
    asked = sentence.is_yes_or_no and sentence.pieces[0].said in {"the weekend", "weekend"}
    return Intent(_DATE, {"ask": "is-weekend", "day": "today"}) if asked else None


def _yes(ask: str) -> Build:
    return lambda sentence: _asks(ask)(sentence) if sentence.is_yes_or_no else None


def _leap_year(sentence: Sentence) -> Intent | None:
    piece = sentence.pieces[0]
    relative = {"this year": "+0", "next year": "+1", "last year": "-1", "the year": "+0"}
    year = piece.value if piece.kind == "year" else relative.get(piece.said)
    return None if year is None else Intent(_DATE, {"ask": "leap-year", "year": year})


def _this_or_next_leap_year(sentence: Sentence) -> Intent:
    if sentence.is_yes_or_no and not sentence.has("next", "falls", "when"):
        return Intent(_DATE, {"ask": "leap-year", "year": "+0"})
    return Intent(_DATE, {"ask": "next-leap-year", "day": "today"})


def _simple(ask: str) -> Build:
    return lambda _: Intent(_DATE, {"ask": ask, "day": "today"})


def _month_number(sentence: Sentence) -> Intent | None:
    named = re.fullmatch(MONTH, sentence.pieces[0].said)
    return None if named is None else Intent(_DATE, {"ask": "month-number", "month": int(_month(named[0]))})


_ASKS = "date day weekday when falls month year current"
_WAITS = "have falls current my starts"

DAYS: Final[tuple[Relation, ...]] = (
    relation("leap", "year", _leap_year, may="year"),
    relation("leap", "span", _leap_year, may="year"),
    relation("leap", "", _this_or_next_leap_year, may="next when year falls have"),
    relation("week", "", _simple("week"), may="current year"),
    relation("week", "day", _asks("week"), may="falls starts date year"),
    relation("week", "span", _asks("week"), may="falls starts date year"),
    relation("day falls after|before", "day", _day_beside),
    relation("day-number", "", _simple("day-of-year"), may="current"),
    relation("day-number", "day", _asks("day-of-year"), may="falls"),
    relation("quarter", "", _simple("quarter"), may="current year"),
    relation("quarter", "day", _asks("quarter"), may="falls"),
    relation("quarter", "span", _asks("quarter"), may="falls to"),
    relation("century", "", _simple("century"), may="current"),
    relation("month next", "", _simple("next-month"), may="falls after"),
    relation("month what", "", _simple("month"), may="current year"),
    relation("month what", "span", _month_number),
    relation("weekday", "day", _weekday, may=_ASKS),
    relation("day", "day", _weekday, may="falls date have starts"),
    relation("year what", "day", _date),
    relation("date|when|season", "day", _date, may=_ASKS + " starts gets have ends"),
    relation("date|when|day", "day place", _date_in, may=_ASKS + " starts have"),
    relation("date|when", "span", _date, may="starts day"),
    relation("month day", "day", _date, may="and year date"),
    relation("year month", "day", _date, may="day date what"),
    relation("what", "day", _only_relative, may="date day"),
    relation("what", "day span", _only_relative, may="date day"),
    relation("day what", "", _today, may="current and"),
    relation("date", "", _simple("date"), may="current month year day when"),
    relation("year month day", "", _simple("date"), may="current and date"),
    relation("day month", "", _simple("date"), may="current and date"),
    relation("many|left|until|away|since|ago|passed until|left|away|since|ago|passed|before|to|from|between",
             "unit day", _spanned, may=f"many from and day when {_WAITS}"),
    relation("many left|until|away", "unit span", _in_span, may="have until ends to before year month"),
    relation("many", "unit span", _in_span, may="have gets day and"),
    relation("many", "unit span", _days_in_this_year, may="have"),
    relation("many", "unit year", _days_in_this_year, may="have"),
    relation("long|many passed", "span", _spanned, may="have since"),
    relation("many", "unit span year", _days_in_year, may="have"),
    relation("many|left until|left|away|since|ago|to|before", "unit span", _spanned, may=f"many year month {_WAITS}"),
    relation("long until|away|since|ago|before|to|passed|left", "day", _spanned, may=f"from and {_WAITS}"),
    relation("countdown", "day", _spanned, may="to until"),
    relation("countdown", "unit day", _spanned, may="to until left"),
    relation("until|since", "day", _time_until, may="long time day left"),
    relation("long until|away|since|to|before", "span", _spanned, may=f"from {_WAITS}"),
    relation("less until|to|before|away", "day days", _spanned, may="long away"),
    relation("long|ahead|many|between between|from|to|until|and|since", "day day", _between,
             may="between from to until and have passed time ahead many long"),
    relation("long|ahead|many|between|from between|from|to|until|and|since", "unit day day", _between,
             may="between from to until and have passed time ahead many long left"),
    relation("", "day day", _is, may="falls"),
    relation("after|minus", "day days", _stepped, may="date day what"),
    relation("season", "", _season, may="current have"),
    relation("season", "day", _season, may="current have"),
    relation("", "day", _season),
    relation("", "day", _bare),
    relation("when|next", "day day", _when_both, may="next time date falls day when"),
    relation("", "day", _is_weekend_now),
    relation("school", "", _cannot("school-holidays"), may=f"{_ASKS} starts ends long until many left next away"
        f" have my"),
    relation("school", "unit", _cannot("school-holidays"), may=f"{_ASKS} starts ends long until many left next have"),
    relation("floating", "", _cannot("moon-calendar"), may=f"{_ASKS} starts ends long until many left next away"),
    relation("floating", "unit", _cannot("moon-calendar"), may=f"{_ASKS} starts ends long until many left next"),
    relation("floating", "span", _cannot("moon-calendar"), may=f"{_ASKS} starts ends long until"),
    relation("floating", "year", _cannot("moon-calendar"), may=f"{_ASKS} starts ends long until"),
    relation("weekend", "day", _yes("is-weekend"), may="falls"),
    relation("weekend", "", _yes("is-weekend")),
    relation("workday", "day", _yes("is-workday"), may="falls"),
    relation("weekday", "day", _yes("is-monday-to-friday"), may="falls"),
)  # fmt: skip

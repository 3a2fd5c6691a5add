"""Questions about dates: weekdays, how long until, ages, weeks, leap years. Pure."""

import re
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.age_questions import AGES
from edge.nlu.en.exact.day_words import (
    FLOATING,
    MONTH,
    WEEKDAY,
    YEAR,
    month_number,
    read_day,
    read_month,
    read_year,
    unit_name,
    was,
    weekday_number,
)
from edge.nlu.en.exact.frames import GOES_ON, Build, Frame, first_of, frame

_UNITS = (
    r"(?P<unit>days|day|nights|sleeps|weeks|months|years|fortnights|working days|business days|work days"
    r"|weekdays|weekends|hours|minutes|seconds|school days)"
)
_IS = r"(?:is|was|will be|'s|are|were|does|did|do|would be|will)"
_FALLS = (
    r"(?: (?:be|fall|falls|land|lands|fall on|on|be on|fell|fell on|start|begin|starts|begins|come|fall"
    r" this year|celebrated|again))*"
)
_IT = (
    r"(?:(?:is it|are there|there are|is there|do we have|do i have|have we got|are we|we have|will it be|left"
    r"|are left|remain|remaining|to go|to wait|must i wait|more) ?)*"
)


def _day(match: re.Match[str], group: str = "day") -> str | None:
    text = match[group].strip()
    text = re.sub(r" (?:be|fall|falls|come|on)(?: on)? ((?:this|next|last) year|in \S+)$", r" \1", text)
    return read_day(re.sub(r" (?:be|fall|falls|on|fall on|this time|come|again|please)$", "", text))


def _asked(ask: str, **more: str) -> Build:
    def build(match: re.Match[str]) -> Intent | None:
        day = _day(match)
        return None if day is None else Intent("EdgeDate", {"ask": ask, "day": day, **more, **was(match)})

    return build


def _span(match: re.Match[str], begin: str, end: str, ask: str) -> Intent | None:
    unit = match.groupdict().get("unit") or ("days" if "unit" in match.groupdict() else "")
    weekday = match.groupdict().get("weekday")
    name = (
        f"weekday-{weekday_number(weekday)}"
        if weekday
        else unit.removesuffix("s")
        if unit == "weekends"
        else _unit(unit)
        if unit
        else ""
    )
    return Intent("EdgeDate", {"ask": ask, "day": begin, "end": end, "unit": name})


def _unit(text: str) -> str:
    return unit_name(text if text.endswith("s") or " " in text else f"{text}s") if text != "school days" else "work-day"


def _until(match: re.Match[str]) -> Intent | None:
    day = _day(match)
    return None if day is None else _span(match, "today", day, "until")


def _since(match: re.Match[str]) -> Intent | None:
    day = _day(match)
    return None if day is None else _span(match, day, "today", "since")


def _between(match: re.Match[str]) -> Intent | None:
    begin, end = read_day(match["begin"]), read_day(match["end"])
    return None if begin is None or end is None else _span(match, begin, end, "between")


def _leap(match: re.Match[str]) -> Intent | None:
    return Intent(
        "EdgeDate", {"ask": "leap-year", "year": "+0" if match["year"] in {"this", "it"} else read_year(match["year"])}
    )


def _days_in(match: re.Match[str]) -> Intent | None:
    year = match["year"]
    month = match["month"]
    return Intent("EdgeDate", {"ask": "days-in-month", "month": read_month(month, year)})


def _is_it(match: re.Match[str]) -> Intent | None:
    day, other = read_day(match["day"]), match["other"]
    if day is None:
        return None
    if re.fullmatch(rf"(?:an? )?{WEEKDAY}", other):
        word = other.split()[-1]
        return Intent("EdgeDate", {"ask": "is-weekday", "day": day, "weekday": weekday_number(word), **was(match)})
    if other in {"a weekend", "the weekend", "on a weekend", "on the weekend", "at the weekend"}:
        return Intent("EdgeDate", {"ask": "is-weekend", "day": day, **was(match)})
    if other in {"a weekday", "a working day", "a work day", "a school day"}:
        return Intent("EdgeDate", {"ask": "is-workday", "day": day})
    named = read_day(other)
    return None if named is None else Intent("EdgeDate", {"ask": "is-day", "day": day, "end": named})


def _weekdays_in_month(match: re.Match[str]) -> Intent | None:
    month = {"month": "this month"}.get(match["month"], match["month"])
    slots = {"ask": "weekdays-in-month", "month": read_month(month, match["year"])}
    return Intent("EdgeDate", {**slots, "weekday": weekday_number(match["weekday"])})


def _workdays_in_month(match: re.Match[str]) -> Intent | None:
    return Intent("EdgeDate", {"ask": "workdays-in-month", "month": read_month(match["month"], match["year"])})


def _left(match: re.Match[str]) -> Intent | None:
    if "left" not in match[0] and "remain" not in match[0] and "end" not in match[0]:
        return None
    return _span(match, "today", f"end {match['span']}+0", "until")


def _simple(ask: str) -> Build:
    return lambda _: Intent("EdgeDate", {"ask": ask, "day": "today"})


def _friday(match: re.Match[str]) -> Intent | None:
    return Intent(
        "EdgeDate", {"ask": "next-13", "weekday": weekday_number(match["weekday"]), "number": match["number"]}
    )


DATES: Final[tuple[Frame, ...]] = (
    frame(r"(?:the )?(?P<day>.+?)'s date", _asked("date")),
    frame(r"(?:what |the |full )*(?:date|day) (?:it |the date )?(?:will be|is|was|would be|will it be)"
    r" (?P<day>.+)", _asked("date")),
    frame(
        r"(?P<day>.+?) (?:is|was|falls|fell|lands|will be)(?: on)? (?:what|which) (?:day|weekday)(?: of the"
        r" week)?", _asked("weekday")
    ),
    frame(
        r"(?:what|which) (?:day of the week|weekday|day) (?:does|is|will) (?P<day>the \d+(?:st|nd|rd|th))"
        r" (?:fall on |be )?this month",
        _asked("weekday"),
    ),
    frame(rf"how many {_UNITS} {_IT}(?:in|of|until the end of) (?:this|the) (?P<span>month|year|week)", _left),
    frame(
        r"(?:today's date|today|tomorrow) (?P<sign>plus|minus) (?P<count>\d+) (?P<unit>days|weeks|months|years)",
        lambda m: Intent("EdgeDate", {"ask": "date", "day": f"today ; {'+' if m['sign'] == 'plus' else '-'}"
        f" {m['count']} {m['unit'][:-1]}"}),
    ),
    frame(
        r"is (?:it|this|today) (?:already |still )?(?:the |a )?weekend(?: yet| already| now)?",
        lambda _: Intent("EdgeDate", {"ask": "is-weekend", "day": "today"}),
    ),
    frame(rf"(?:when|what|how|which"
    rf"|is)\b.*\b{FLOATING}\b.*", lambda _: Intent("EdgeCannotCompute", {"why": "moon-calendar"})),
    frame(rf"(?:what|which) (?:day of the week|weekday|day) {_IS} (?P<day>.+?){_FALLS}", _asked("weekday")),
    frame(rf"(?:on )?(?:what|which) (?:day of the week|weekday|day) {_IS} (?P<day>.+?){_FALLS}", _asked("weekday")),
    frame(r"(?:the )?(?:day of the week|weekday) (?:for|of|on) (?P<day>.+)", _asked("weekday")),
    frame(rf"(?:what|which) (?:date|day and date|calendar date) {_IS} (?:it )?(?P<day>.+?){_FALLS}", _asked("date")),
    frame(r"(?:what(?:'s| is| will be| was) )?(?:the )?(?:date|day) (?:of |on |for |will it be |is it |it is "
    r"|was it |be )?(?P<day>.+)", _asked("date")),
    frame(r"(?:when|what)(?:'s| is| was|) (?P<day>the (?:\d+(?:st|nd|rd|th)|second|last) (?:day|\w+day) (?:of|in) .+)",
    _asked("date")),
    frame(r"(?:what|which) year (?:was it|is it|will it be|would it be) (?P<day>.+)", _asked("date")),
    frame(r"(?:what|which) (?:date|day) (?:will it be|is it|was it|would it be|will be) (?P<day>.+)", _asked("date")),
    frame(rf"when(?:'s| {_IS}) (?P<day>.+?){_FALLS}", _asked("date")),
    frame(rf"how many {_UNITS} {_IT}(?:until|till|til|to|before|up to) (?P<day>.+)", _until),
    frame(rf"how many {_UNITS} (?:away|off) (?:is|are) (?P<day>.+)", _until),
    frame(rf"(?:how long|how much time|how much longer) {_IT}(?:until|till|til|to|before) (?P<day>.+)", _until),
    frame(r"how (?:far|long) (?:away|off) is (?P<day>.+)", _until),
    frame(rf"(?:what(?:'s| is) )?(?:the )?(?:number of )?{_UNITS} (?:until|till|left until|to go until)"
    rf" (?P<day>.+)", _until),
    frame(rf"(?:how many )(?P<weekday>{WEEKDAY}s?) {_IT}(?:until|till|before) (?P<day>.+)", _until),
    frame(rf"how many {_UNITS} (?:has it been |is it |have passed |ago |passed |it's been )*(?:since|from)"
    rf" (?P<day>(?:(?! to | until | till ).)+)", _since),
    frame(r"(?:how long|how much time) (?:has it been |is it |ago |has passed )*(?:since|was) (?P<day>.+)", _since),
    frame(rf"(?:how long ago|how many {_UNITS} ago) (?:was|is) (?P<day>.+)", _since),
    frame(rf"how many {_UNITS} (?:are |is |were )?(?:there )?(?:between|from) (?P<begin>.+?) (?:and|to|until"
    rf"|till|through) (?P<end>.+)", _between),
    frame(rf"(?:how many )(?P<weekday>{WEEKDAY}s) (?:are |is )?(?:there )?(?:between|from) (?P<begin>.+?) (?:and"
    rf"|to|until|till) (?P<end>.+)", _between),
    frame(r"how long (?:is it |was it )?(?:from|between) (?P<begin>.+?) (?:to|until|till|and) (?P<end>.+)", _between),
    frame(rf"(?:what(?:'s| is) )?(?:the )?(?:difference|time|number of {_UNITS}) (?:in days )?between"
    rf" (?P<begin>.+?) and (?P<end>.+)", _between),
    frame(rf"(?:how many )(?P<weekday>{WEEKDAY}s) (?:are )?(?:there )?(?:in|this) (?P<month>{MONTH}|this month"
    rf"|next month|month)(?:"
    rf" (?P<year>{YEAR}))?", _weekdays_in_month),
    *AGES,
    frame(rf"(?:is|was|will) (?:the year )?(?P<year>{YEAR}|this year|next year|last year|this|it)(?: be)? a leap year"
    r"(?: or not)?", _leap),
    frame(r"(?:when|which year)(?:'s| is)? (?:the )?next leap year|(?:the )?next leap year", _simple("next-leap-year")),
    frame(rf"how many days (?:are |is )?(?:there )?(?:in|does) (?:the month of )?(?P<month>{MONTH}|this month"
    rf"|next month)(?: (?:of |in )?(?P<year>{YEAR}|(?:this|next|last) year))?(?: have)?", _days_in),
    frame(r"(?:what|which) (?:calendar )?week(?: number)?(?: of the year)?(?: is it| is this| are we in| do we"
    r" have| is it now| is it today)?(?: now| today| this week)?", _simple("week")),
    frame(r"(?:the )?(?:current )?(?:calendar )?week number(?: today| now| this week)?", _simple("week")),
    frame(r"(?:what|which) (?:calendar )?week(?: number)?(?: of the year)? (?:is|are|does|will|contains)"
    r" (?P<day>.+?)(?: (?:in|be|fall in|fall on|be in))?", _asked("week")),
    frame(r"(?:the )?week number (?:of|for|on) (?P<day>.+)", _asked("week")),
    frame(r"(?:what|which) (?:day|number day) of the year (?:is it|is today|is this)(?: today| now)?|what number"
    r" day is it", _simple("day-of-year")),
    frame(r"(?:what|which) (?:day of the year|day number) (?:is|will be) (?P<day>.+)", _asked("day-of-year")),
    frame(r"(?:what|which) quarter(?: of the year)?(?: is it| are we in| is this| is it now)?(?:"
    r" now)?", _simple("quarter")),
    frame(r"(?:what|which) quarter (?:is|does) (?P<day>.+?)(?: (?:in|fall in))?", _asked("quarter")),
    frame(r"(?:what|which) century (?:is it|are we in|is this)(?: now)?", _simple("century")),
    frame(r"(?:what|which) month (?:is it|is this|are we in)(?: now)?", _simple("month")),
    frame(r"(?:what|which) month (?:is|comes) next", _simple("next-month")),
    frame(rf"(?:when(?:'s| is) )?(?:the )?next (?P<weekday>{WEEKDAY}) the (?P<number>\d+)(?:st|nd|rd|th)", _friday),
    frame(rf"(?:is|was|will) (?P<day>.+?)(?: be| fall on| on)? (?P<other>(?:an? |the |on (?:a|the) |at the"
    rf" )?(?:{WEEKDAY}|weekend|weekday|working day|work day|school day)|christmas|easter|halloween)", _is_it),
    frame(rf"(?:is|was|will) it (?:be )?(?P<other>(?:an? |the |on (?:a|the) |at the )?(?:{WEEKDAY}|weekend"
    rf"|weekday|working day|work day|school day))(?: on)? (?P<day>.+)", _is_it),
    frame(rf"how many (?:working|business|work) days (?:are |is )?(?:there )?(?:in|this) (?P<month>{MONTH}|this"
    rf" month|next month)(?:"
    rf" (?P<year>{YEAR}))?", _workdays_in_month),
    frame(r"(?P<day>\d+ (?:working days|business days|work days|days?|weeks?|months?|years?) (?:from|after"
    r"|before|ago).*|in \d+ (?:days?|weeks?|months?|working days))", _asked("date")),
    frame(r"(?:what|which) (?:date|day) (?:is|will it be|was it) (?P<day>.+)", _asked("date")),
    frame(rf"what number (?:month )?is (?P<month>{MONTH})(?:"
    rf" the)?", lambda m: Intent("EdgeDate", {"ask": "month-number", "month": month_number(m["month"])})),
)  # fmt: skip


_OTHER: Final = re.compile(rf"{GOES_ON}(?:(?:on|in|for|until) )?(?P<rest>.+)")


def going_on(said: str, last: Intent) -> Intent | None:
    """What a text asks after a question about a date: the same about another day, or in another unit."""
    match = _OTHER.fullmatch(said)
    if match is None or "day" not in last.slots:
        return None
    if "end" in last.slots and re.fullmatch(_UNITS, match["rest"]):
        return Intent(last.name, {**last.slots, "unit": _unit(match["rest"])})
    day = read_day(match["rest"])
    if day is None:
        return None
    return Intent(last.name, {**last.slots, "end" if last.slots["ask"] == "until" else "day": day})


def date_question(said: str, last: Intent | None) -> Intent | None:
    """EdgeDate for a bare canonical text; None for others."""
    if last is not None and last.name == "EdgeDate" and (more := going_on(said, last)) is not None:
        return more
    return first_of(DATES, said)

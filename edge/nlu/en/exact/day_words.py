"""Reads the days that people name, in the notation of `edge.exact.days`. Pure."""

import re
from typing import Final

from edge.nlu.en.alarm_days import MONTHS, WEEKDAY_NAMES
from edge.nlu.en.exact.named_days import NAMED_DAYS
from edge.nlu.en.exact.season_words import SEASON_ENDS, SEASON_STARTS, read_season_day
from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.word_lists import word_set

_MONTH_WORDS: Final = (
    {name: number for number, name in enumerate(MONTHS, 1)}
    | {name[:3]: number for number, name in enumerate(MONTHS, 1)}
    | {"sept": 9}
)
_WEEKDAYS: Final = {name: number for number, name in enumerate(WEEKDAY_NAMES)} | {
    short: number
    for number, shorts in enumerate(("mon", "tue tues", "weds", "thu thur thurs", "fri", "", ""))
    for short in shorts.split()
}
MONTH: Final = rf"(?:{'|'.join(sorted(_MONTH_WORDS, key=len, reverse=True))})"
WEEKDAY: Final = rf"(?:{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})"
YEAR: Final = r"(?:[12]\d{3}|[12]\d \d\d)"
_NTH: Final = r"(?:\d{1,2}(?:st|nd|rd|th)|second|last)"
_DAY_NUMBER = r"(?:\d{1,2}(?:st|nd|rd|th)?|second)"
UNIT: Final = (
    r"(?:(?:working|business|work) days?|weekdays|days?|nights?|sleeps?|weeks?|fortnights?|months?"
    r"|years?|decades?|quarters?|centur(?:y|ies))"
)
_COUNT = r"(?:\d+|an?|the|one|another|a couple of|a couple|a few)"
_BEGIN = r"(?:start|beginning|1st day)"

_HOLIDAY = rf"(?:{'|'.join(map(re.escape, sorted(NAMED_DAYS, key=len, reverse=True)))})"

_PATTERNS: Final = tuple(
    (LazyPattern(pattern), notation)
    for pattern, notation in (
        (r"today|now|this day|(?:the )?present|tonight|this (?:morning|evening|afternoon)|today at noon", "today"),
        (r"tomorrow(?: (?:morning|evening|night))?", "today ; + 1 day"),
        (r"yesterday", "today ; - 1 day"),
        (r"(?:the )?day after tomorrow", "today ; + 2 day"),
        (r"(?:the )?day before yesterday", "today ; - 2 day"),
        (r"(?:the )?(?:(?:end|last day) of (?:the|this) year|year's end|year end)", "end year+0"),
        (r"(?:the )?(?:end|last day) of next year", "end year+1"),
        (r"(?:the )?end of (?:the|this) month", "end month+0"),
        (r"(?:the )?end of next month", "end month+1"),
        (r"(?:the )?end of (?:the|this) week", "end week+0"),
        (r"(?:the )?end of next week", "end week+1"),
        (rf"(?:the )?{_BEGIN} of (?:the|this) year", "holiday new-years-day +0"),
        (rf"(?:the )?{_BEGIN} of (?:the )?next year", "holiday new-years-day +1"),
        (rf"(?:the )?{_BEGIN} of (?:the|this) month", "day 1 month+0"),
        (rf"(?:the )?{_BEGIN} of (?:the )?next month", "day 1 month+1"),
        (rf"(?:the )?{_BEGIN} of (?:the )?next week", "weekday 0 next"),
        (r"(?:the )?week after next", "weekday 0 next ; + 1 week"),
        (r"(?:the )?month after next", "day 1 month+2"),
        (r"(?:the )?year after next", "holiday new-years-day +2"),
        (r"this (?:time|day|date) next week|today next week|a week today", "today ; + 1 week"),
        (r"this (?:time|day|date) next month", "today ; + 1 month"),
        (r"this (?:time|day|date) next year", "today ; + 1 year"),
        (r"this (?:time|day|date) last week", "today ; - 1 week"),
        (r"this (?:time|day|date) last month", "today ; - 1 month"),
        (r"this (?:time|day|date) last year", "today ; - 1 year"),
        (r"a week tomorrow|tomorrow week", "today ; + 8 day"),
        (r"(?:the |this |next )?weekend", "weekday 5"),
        (r"(?:the )?(?:next )?leap day", "month-day 02-29"),
        (r"next year", "holiday new-years-day +1"),
        (r"next week", "weekday 0 next"),
        (r"next month", "day 1 month+1"),
    )
)
_DATE_MONTH_FIRST = LazyPattern(
    rf"(?:{WEEKDAY},? )?(?P<month>{MONTH}) (?:the )?(?P<day>{_DAY_NUMBER})(?: ?,?"
    rf" (?:in )?(?P<year>{YEAR}|this year|next year|last year))?"
)
_DATE_DAY_FIRST = LazyPattern(
    rf"(?:{WEEKDAY},? )?(?:the )?(?P<day>{_DAY_NUMBER}) (?:of )?(?P<month>{MONTH})(?:"
    rf" ?,? (?:in )?(?P<year>{YEAR}|this year|next year|last year))?"
)
_ISO = LazyPattern(r"(\d{4}) (?:minus )?(\d{1,2}) (?:minus )?(\d{1,2})")
_ONLY_DAY = LazyPattern(
    r"(?:the )?(?P<day>\d{1,2}(?:st|nd|rd|th)|the second)(?: (?:of )?(?P<month>this month|next month|the"
    r" month|last month))?"
)
_NAMED = LazyPattern(
    rf"(?P<before>this year's |next year's |last year's |this |next |last |the next"
    rf" )?(?P<name>{_HOLIDAY})(?: (?:day )?(?P<year>{YEAR}|this year|next year|last year|in {YEAR}))?"
)
_WEEKDAY = LazyPattern(
    rf"(?P<which>this |next |this coming |the coming |coming |last |this past |the past |past |the |the next |the"
    rf" last |a "
    rf")?(?P<day>{WEEKDAY})(?P<week> (?:of )?next week| (?:of )?last week| (?:of )?this week| week| after next"
    rf"| the week after| coming)?(?: (?:morning|afternoon|evening|night))?"
)
_WEEK_FIRST = LazyPattern(rf"(?P<week>next|last|this) week(?:'s)?(?: on)? (?P<day>{WEEKDAY})")
_WEEKDAY_NUMBER = LazyPattern(rf"(?:the )?(?:next )?(?P<day>{WEEKDAY}) the (?P<number>\d{{1,2}})(?:st|nd|rd|th)")
_WEEKDAY_BY_A_DAY = LazyPattern(
    rf"(?:the )?(?:(?P<nth>1st|2nd|3rd|\d+) )?(?P<weekday>{WEEKDAY})s? (?P<side>after|before|following) (?P<day>.+)"
)
_NTH_OF_MONTH = LazyPattern(
    rf"(?:the )?(?P<nth>{_NTH}) (?P<day>{WEEKDAY}) (?:of|in) (?:the month of"
    rf" )?(?P<month>next month|this month|the month|last month|{MONTH})"
    rf"(?: (?:of )?(?P<year>{YEAR}|this year|next year))?"
)
_MONTHS_NTH = LazyPattern(
    rf"(?P<month>next month|this month|last month|{MONTH})'s (?P<nth>{_NTH}) (?P<day>{WEEKDAY})(?: (?P<year>{YEAR}))?"
)
_WEEKDAYS_FROM_NOW = LazyPattern(
    rf"(?P<count>\d+|a couple of|an?|one) (?P<weekday>{WEEKDAY})s? (?P<side>from now|from today|ago)"
)
_NTH_OF_YEAR = LazyPattern(
    rf"(?:the )?(?P<nth>{_NTH}) (?P<day>{WEEKDAY}) (?:of|in) (?P<year>{YEAR}|this year"
    rf"|next year|the year)"
)
_DAY_OF_MONTH = LazyPattern(
    rf"(?:the )?(?P<nth>{_NTH}) day (?:of|in) (?P<month>next month|this month|the month"
    rf"|last month|{MONTH})(?: (?:of |in )?(?P<year>{YEAR}|this year|next year))?"
)
_MONTH_ONLY = LazyPattern(
    rf"(?:(?:the )?{_BEGIN} of |the month of |this |next |the coming )?(?P<month>{MONTH})"
    rf"(?: (?:of )?(?P<year>{YEAR}|(?:this|next|last) year))?"
)
_MONTH_END = LazyPattern(rf"(?:the )?end of (?P<month>{MONTH})(?: (?P<year>{YEAR}|next year|this year))?")
_IN = LazyPattern(
    rf"(?:in|after)(?: exactly| about)? (?!the )(?:another )?(?P<count>{_COUNT}) (?:more )?(?P<unit>{UNIT})(?:'s?"
    rf" time|'| time)?"
)
_FROM = LazyPattern(
    rf"(?:in )?(?:exactly )?(?:(?P<count>{_COUNT}) )?(?P<unit>{UNIT}) (?P<side>from|after|before|prior to|since|on from"
    rf"|on|following|past|later than|earlier than) (?P<day>.+)"
)
_AGO = LazyPattern(
    rf"(?:exactly )?(?P<count>{_COUNT}) (?P<unit>{UNIT}) (?:ago|back|earlier)(?P<day> (?:today|yesterday))?"
)
_TWO_STEPS = LazyPattern(
    rf"(?P<first>{_COUNT} {UNIT}) and (?P<second>{_COUNT} {UNIT}) (?P<side>from|after"
    rf"|before) (?P<day>.+)"
)


def read_day(text: str) -> str | None:
    """The notation of a day that a canonical text names as a whole; None for other texts."""
    text = re.sub(r"^(?:on|for|at|by|it's|it is) ", "", text)
    for pattern, notation in _PATTERNS:
        if pattern.fullmatch(text):
            return notation
    for pattern, build in _READERS:
        if (match := pattern.fullmatch(text)) is not None:
            return build(match)
    return read_season_day(text)


def month_number(word: str) -> int:
    """The number of a month from its name."""
    return _MONTH_WORDS[word]


def weekday_number(word: str) -> int:
    """The number of a weekday from its name: Monday is 0."""
    return _WEEKDAYS[word.removesuffix("s") if word.removesuffix("s") in _WEEKDAYS else word]


def read_year(text: str) -> str:
    """A year in digits: "20 26" is 2026; "+1" for next year."""
    relative = {"this year": "+0", "the year": "+0", "next year": "+1", "last year": "-1"}
    return relative.get(text) or text.removeprefix("in ").replace(" ", "")


def read_month(month: str, year: str | None) -> str:
    """A month in the notation of `edge.exact.days`."""
    relative = {"next month": "month+1", "this month": "month+0", "the month": "month+0", "last month": "month-1"}
    if month in relative:
        return relative[month]
    number = f"{month_number(month):02}"
    return number if year is None else f"{read_year(year)}-{number}"


def unit_name(text: str) -> str:
    """A unit of time of a calendar: "day", "work-day", "week", ..."""
    if re.match(r"working|business|work|weekdays", text):
        return "work-day"
    if re.match(r"night|sleep", text):
        return "day"
    return {"centuries": "century", "century": "century"}.get(text, text.removesuffix("s"))


_COUNTS: Final = {
    None: 1, "a": 1, "an": 1, "the": 1, "one": 1, "another": 1, "a couple of": 2, "a couple": 2, "a few": 3,
}  # fmt: skip


def _count(text: str | None) -> int:
    return _COUNTS.get(text) or int(text or 1)


def _number(text: str) -> int:
    return {"second": 2, "last": -1}.get(text) or int(re.sub(r"\D", "", text))


def _date(match: re.Match[str]) -> str | None:
    month, day, year = month_number(match["month"]), _number(match["day"]), match["year"]
    if year is None:
        return f"month-day {month:02}-{day:02}"
    written = read_year(year)
    if written[0] in "+-":
        return f"day {day} {written}-{month:02}"
    return f"date {written}-{month:02}-{day:02}"


def _named(match: re.Match[str]) -> str | None:
    name = NAMED_DAYS[match["name"]]
    before = (match["before"] or "").strip()
    year = match["year"] or {"this year's": "this year", "next year's": "next year", "last year's": "last year"}.get(
        before
    )
    if before == "last":
        return f"holiday {name} last"
    return f"holiday {name}" if year is None else f"holiday {name} {read_year(year)}"


_WEEKS: Final = {"next week": "next", "last week": "previous", "this week": "this"}


def _weekday(match: re.Match[str]) -> str | None:
    which, week = (match["which"] or "").strip(), (match["week"] or "").strip()
    day = weekday_number(match["day"])
    if week.endswith(("next week", "last week", "this week")):
        return f"weekday {day} {_WEEKS[week.removeprefix('of ')]}"
    if week in {"week", "after next", "the week after"}:
        return f"weekday {day} after-next" if week == "week" else f"weekday {day} next ; + 1 week"
    if which in {"next", "the next"}:
        return f"weekday {day} next"
    return f"weekday {day} last" if "last" in which or "past" in which else f"weekday {day}"


def _weekday_by_a_day(match: re.Match[str]) -> str | None:
    """The second Friday after Easter."""
    day = read_day(match["day"])
    if day is None or day == "today":
        return None
    sign = "-" if match["side"] == "before" else "+"
    return f"{day} ; {sign} {_number(match['nth'] or '1')} weekday-{weekday_number(match['weekday'])}"


def _weekdays_from_now(match: re.Match[str]) -> str:
    sign = "-" if match["side"] == "ago" else "+"
    return f"today ; {sign} {_count(match['count'])} weekday-{weekday_number(match['weekday'])}"


def _nth(match: re.Match[str]) -> str | None:
    return f"nth {_number(match['nth'])} {weekday_number(match['day'])} {read_month(match['month'], match['year'])}"


def _nth_of_year(match: re.Match[str]) -> str | None:
    nth = _number(match["nth"])
    if nth < 0:
        return f"nth -1 {weekday_number(match['day'])} 12"
    return f"nth-of-year {nth} {weekday_number(match['day'])} {read_year(match['year'])}"


def _day_of_month(match: re.Match[str]) -> str | None:
    month = read_month(match["month"], match["year"])
    nth = _number(match["nth"])
    return f"end {month}" if nth < 0 else f"day {nth} {month}"


def _only_day(match: re.Match[str]) -> str | None:
    day = _number(match["day"])
    return f"day {day} {read_month(match['month'], None)}" if match["month"] else f"day {day}"


def _from(match: re.Match[str]) -> str | None:
    day = read_day(match["day"])
    if day is None:
        return None
    alone = match["unit"] in {"day", "week", "month", "year"} and match["side"] in {"after", "before", "following"}
    if match["count"] in {None, "the"} and not alone:
        return None
    sign = "-" if match["side"] in {"before", "prior to", "earlier than"} else "+"
    return f"{day} ; {sign} {_count(match['count'])} {unit_name(match['unit'])}"


def _ago(match: re.Match[str]) -> str:
    """A year ago today; a week ago yesterday."""
    yesterday = " ; - 1 day" if match["day"] == " yesterday" else ""
    return f"today{yesterday} ; - {_count(match['count'])} {unit_name(match['unit'])}"


def _two_steps(match: re.Match[str]) -> str | None:
    inner = read_day(f"{match['second']} {match['side']} {match['day']}")
    count, unit = match["first"].rsplit(" ", 1)
    sign = "-" if match["side"] == "before" else "+"
    return None if inner is None else f"{inner} ; {sign} {_count(count)} {unit_name(unit)}"


_READERS: Final = (
    (_NAMED, _named),
    (_DATE_MONTH_FIRST, _date),
    (_DATE_DAY_FIRST, _date),
    (_ISO, lambda m: f"date {m[1]}-{int(m[2]):02}-{int(m[3]):02}"),
    (_ONLY_DAY, _only_day),
    (_WEEKDAY, _weekday),
    (_WEEK_FIRST, lambda m: f"weekday {weekday_number(m['day'])} {_WEEKS[m['week'] + ' week']}"),
    (_WEEKDAY_NUMBER, lambda m: f"weekday-number {weekday_number(m['day'])} {m['number']}"),
    (_WEEKDAY_BY_A_DAY, _weekday_by_a_day),
    (_NTH_OF_MONTH, _nth),
    (_MONTHS_NTH, _nth),
    (_WEEKDAYS_FROM_NOW, _weekdays_from_now),
    (_NTH_OF_YEAR, _nth_of_year),
    (_DAY_OF_MONTH, _day_of_month),
    (_MONTH_END, lambda m: f"end {read_month(m['month'], m['year'])}"),
    (_MONTH_ONLY, lambda m: f"day 1 {read_month(m['month'], m['year'])}"),
    (_IN, lambda m: f"today ; + {_count(m['count'])} {unit_name(m['unit'])}"),
    (_AGO, _ago),
    (_TWO_STEPS, _two_steps),
    (_FROM, _from),
)

DAY_STARTS: Final = (
    word_set(
        "today now this the present tonight tomorrow yesterday day in after a an one another exactly next last coming "
        "past end start beginning leap second 1st week month year two"
    )
    | {it.split()[0] for it in (*NAMED_DAYS, *_MONTH_WORDS, *_WEEKDAYS)}
    | SEASON_STARTS
)
"""The words with which a day may begin; digits begin one too."""

DAY_ENDS: Final = (
    word_set(
        "today now day present tonight morning evening afternoon night tomorrow yesterday time date week weekend "
        "month year next weeks days months years fortnight fortnights decade decades quarter quarters century "
        "centuries nights sleeps weekdays ago back earlier end coming after second noon"
    )
    | {it.split()[-1] for it in (*NAMED_DAYS, *_MONTH_WORDS, *_WEEKDAYS)}
    | SEASON_ENDS
)
"""The words with which a day may end; digits end one too."""

"""Dates and times as words. Pure."""

import re
from collections.abc import Callable
from typing import Final

from edge.nlu.en.clock import MONTH_NAMES, WEEKDAY_NAMES
from edge.nlu.en.number_words import cardinal, decade, ordinal_words, year

_MONTHS: Final = {name[:3].lower(): name for name in MONTH_NAMES}
_MONTH = rf"(?:{'|'.join(MONTH_NAMES)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\w:%/]|[.,]\d|\s?(?:percent|%|°))"
_YEAR = r"(?:1[0-9]|20|21)\d\d(?!\d|,\d)"
_CLOCK = r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])"
_HALF = r"(?:\s?(?:[ap]\.m\.|[ap]m\b|[AP]M\b|[AP]\.M\.))"
_GAP = r"\s?[-\u2013]\s?"


def read_dates(text: str) -> str:
    """`text` with its dates, times and decades in words."""
    for pattern, said in _COMPILED:
        text = pattern.sub(said, text)
    return text


def _date(year_: str | None, month: str, day: str) -> str | None:
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):  # noqa: PLR2004 - months and days
        return None
    said = f"{MONTH_NAMES[int(month) - 1]} {ordinal_words(int(day))}"
    return f"{said}, {_year(year_)}" if year_ else said


def _year(digits: str) -> str:
    """Of a date; two digits are of the years from 1950 to 2049."""
    value = int(digits)
    return year(value if len(digits) > 2 else value + (2000 if value < 50 else 1900))  # noqa: PLR2004


def _iso(match: re.Match[str]) -> str:
    said = _date(match[1], match[2], match[3])
    return match[0] if said is None else f"{said} at " if match[4] else said


def _year_first(match: re.Match[str]) -> str:
    return _date(match[1], match[3], match[4]) or match[0]


def _slashed(match: re.Match[str]) -> str:
    first, second, last = match[1], match[2], match[3]
    return _date(last, first, second) or _date(last, second, first) or match[0]


def _day_first(match: re.Match[str]) -> str:
    return _date(match[3], match[2], match[1]) or _date(match[3], match[1], match[2]) or match[0]


def _short_date(match: re.Match[str]) -> str:
    said = _date(None, match[2], match[3])
    return f"{match[1]}{said}" if said else match[0]


def _month_slash_day(match: re.Match[str]) -> str:
    """11/27: parts that no measure has are days."""
    return _date(None, match[1], match[2]) or match[0]


def _season(match: re.Match[str]) -> str:
    """2026/27, the year and the next one."""
    return f"{year(int(match[1]))} {cardinal(int(match[3]))}" if int(match[3]) == int(match[2]) + 1 else match[0]


def _month(text: str) -> str:
    return _MONTHS[text[:3].lower()]


def _days(text: str) -> str:
    return " to ".join(ordinal_words(int(day)) for day in re.findall(r"\d+", text))


def _month_day(match: re.Match[str]) -> str:
    return f"{_month(match[1])} {_days(match[2])}" + (f", {_year(match[3])}" if match[3] else "")


def _day_month(match: re.Match[str]) -> str:
    return f"the {_days(match[1])} of {_month(match[2])}" + (f", {_year(match[3])}" if match[3] else "")


def _month_year(match: re.Match[str]) -> str:
    return f"{_month(match[1])} {_year(match[2])}"


def _time(match: re.Match[str]) -> str:
    times = [_one_time(match[1], match[2] and _meridiem(match, 2))]
    if match[3]:
        times.append(_one_time(match[3], match[4] and _meridiem(match, 4)))
    return " to ".join(times) + _stop(match)


def _meridiem(match: re.Match[str], group: int) -> str:
    """AM or PM; before a word, voices take "AM" for the verb, "A.M." not."""
    half = match[group].strip().replace(".", "").upper()
    rest = match.string[match.end(group) :]
    ends = match[group].endswith(".") and _SENTENCE.match(rest)
    return "A.M." if half == "AM" and not ends and re.match(r"\s?[\w\u2013-]", rest) else half


def _stop(match: re.Match[str]) -> str:
    """The point of "p.m." is that of the sentence too."""
    return "." if match[0].endswith(".") and _SENTENCE.match(match.string, match.end()) else ""


def _one_time(clock: str, half: str | None) -> str:
    hour, minute, *second = map(int, clock.split(":"))
    meridiem = f" {half}" if half else ""
    if not meridiem and not any((hour, minute, *second)):
        return "midnight"
    said = cardinal(hour)
    if minute:
        said += f" {'oh ' if minute < 10 else ''}{cardinal(minute)}"  # noqa: PLR2004 - one digit
    elif not meridiem and not second:
        said += " o'clock"
    if second:
        said += f" and {cardinal(second[0])} second{'s' if second[0] != 1 else ''}"
    return said + meridiem


def _ratio(match: re.Match[str]) -> str:
    return " to ".join(cardinal(int(part)) for part in match[0].split(":"))


def _hours(match: re.Match[str]) -> str:
    first = f" {_meridiem(match, 2)}" if match[2] else ""
    return f"{cardinal(int(match[1]))}{first} to {cardinal(int(match[3]))} {_meridiem(match, 4)}{_stop(match)}"


def _hour(match: re.Match[str]) -> str:
    return f"{cardinal(int(match[1]))} {_meridiem(match, 2)}{_stop(match)}"


_SENTENCE = re.compile(r"\s*(?:\Z|(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z](?:[a-z']|\s))")
"""What follows the point of "p.m." if it ends a sentence too: not "EST", not "Monday"."""
_ON_A_DAY = "[Oo]n|[Bb]y|[Uu]ntil|till|[Ss]ince|[Dd]ue|dated|[Bb]efore|[Aa]fter"
_OF_A_DECADE = "music|hits|rock|pop|songs?|movies?|style|fashion"
_BOOKS = (
    "Genesis|Exodus|Leviticus|Numbers|Deuteronomy|Joshua|Judges|Ruth|Samuel|Kings|Job|Psalms?|Proverbs|Ecclesiastes|Isaiah"
    "|Jeremiah|Ezekiel|Daniel|Matthew|Mark|Luke|John|Acts|Romans|Corinthians|Galatians|Ephesians|Philippians|Hebrews|James"
    "|Peter|Revelation"
)
_DAYS = {name[:3]: name for name in WEEKDAY_NAMES}
_WEEKDAY = r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:s|rs?|ur)?\.?"

_PASSES: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (rf"(?<!\w){_WEEKDAY}\s?[-\u2013]\s?{_WEEKDAY}(?!\w)", lambda m: f"{_DAYS[m[1]]} to {_DAYS[m[2]]}"),
    (rf"(?<!\w)(Mon|Tues?|Wed|Thu|Thurs?|Fri|Sat|Sun)\.?(?=,?\s(?:\d|{_MONTH}))", lambda m: _DAYS[m[1][:3]]),
    (r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?:(T)(?=\d)|(?![\w-]))", _iso),
    (r"(?<![\w/-])(\d{4})([/-])(\d{1,2})\2(\d{1,2})(?![\w/-])", _year_first),
    (r"(?<![\w/.])(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?![\w/])", _slashed),
    (r"(?<![\w.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\w|[.,]\d)", _day_first),
    (r"(?<![\w-])(\d{1,2})-(\d{1,2})-(\d{4})(?![\w-])", _day_first),
    (rf"(?<!\w)({_MONTH})\s({_DAY}(?:{_GAP}{_DAY})?)(?:,?\s({_YEAR}))?", _month_day),
    (rf"(?<![\w.,$€£])(?:the\s)?({_DAY}(?:{_GAP}{_DAY})?)\s(?:of\s)?({_MONTH})(?!\w)(?:,?\s({_YEAR}))?", _day_month),
    (rf"(?<!\w)({_MONTH}),?\s({_YEAR})", _month_year),
    (rf"\b((?:{_ON_A_DAY})\s)(\d{{1,2}})/(\d{{1,2}})(?![\w/]|[.,]\d)", _short_date),
    (rf"(?<![\w:.])(1[0-2]|0?[1-9])\.([0-5]\d)(?={_HALF})", r"\1:\2"),
    (rf"(?<![\w:.])({_CLOCK})({_HALF})?(?:{_GAP}({_CLOCK})({_HALF})?)?", _time),
    (rf"(?<![\w:.])(1[0-2]|0?[1-9])({_HALF})?{_GAP}(1[0-2]|0?[1-9])({_HALF})", _hours),
    (rf"(?<![\w:.,])(1[0-2]|0?[1-9])({_HALF})", _hour),
    (
        rf"\b((?:{_BOOKS}) )(\d{{1,3}}):(\d{{1,3}})(?![\w:])",
        lambda m: f"{m[1]}{cardinal(int(m[2]))} {cardinal(int(m[3]))}",
    ),
    (r"(?<![\w:])\d{1,9}(?::\d{1,9})+(?![\w:])", _ratio),
    (r"(?<![\w.,])(\d{4})s?[-\u2013](\d{4})s\b", lambda m: f"{decade(int(m[1]))} to {decade(int(m[2]))}"),
    (r"(?<![\w.,/-])((?:19|20)(\d\d))/(\d\d)(?![\w/]|[.,]\d)", _season),
    (r"(?<![\w.,])(1\d{3})(?=\s(?:AD|CE|BCE?)\b)", lambda m: year(int(m[1]))),
    (r"(?<![\w.,/])(1[0-2]|0?[1-9])/(1[7-9]|2[1-36-9]|3[01])(?![\w/]|[.,]\d|\s?(?:%|[a-z]{1,4}\b))", _month_slash_day),
    (r"(?<![\w.,])'?(\d{4})['\u2019]?s\b", lambda m: decade(int(m[1]))),
    (r"(?<!\w)(?:['\u2019](?=\d+s)|(?=\d+['\u2019]))([2-9]0)['\u2019]?s\b", lambda m: decade(int(m[1]))),
    (r"\b((?:the|his|her|their|my|early|mid|late)[ -])([2-9]0)['\u2019]?s\b", lambda m: m[1] + decade(int(m[2]))),
    (rf"(?<![\w.,])([2-9]0)s(?=\s(?:{_OF_A_DECADE})\b)", lambda m: decade(int(m[1]))),
)
_COMPILED = tuple((re.compile(pattern), said) for pattern, said in _PASSES)

"""Reads the days that people name, in the notation of `edge.exact.days`. Pure."""

import re
from typing import Final

from edge.nlu.en.alarm_days import MONTHS, WEEKDAY_NAMES
from edge.nlu.en.exact.season_words import read_season_day
from edge.nlu.en.lazy_pattern import LazyPattern

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
_COUNT = r"(?:\d+|an?|the|one|a couple of|a few)"

_NAMES: Final = {
    "christmas eve": "christmas-eve", "christmas day": "christmas", "christmas": "christmas", "xmas": "christmas",
    "boxing day": "boxing-day", "second day of christmas": "boxing-day", "new year's eve": "new-years-eve",
    "new years eve": "new-years-eve", "new year's day": "new-years-day", "new years day": "new-years-day",
    "new year's": "new-years-day", "new years": "new-years-day", "new year": "new-years-day",
    "the new year": "new-years-day", "halloween": "halloween", "hallowe'en": "halloween",
    "valentine's day": "valentines-day", "valentines day": "valentines-day", "valentine's": "valentines-day",
    "st patrick's day": "st-patricks-day", "saint patrick's day": "st-patricks-day", "st patricks"
    " day": "st-patricks-day",
    "st andrew's day": "st-andrews-day", "st george's day": "st-georges-day", "st david's day": "st-davids-day",
    "april fools day": "april-fools", "april fool's day": "april-fools", "april fools": "april-fools",
    "may day": "may-day", "earth day": "earth-day", "groundhog day": "groundhog-day", "burns night": "burns-night",
    "bonfire night": "bonfire-night", "guy fawkes night": "bonfire-night", "guy fawkes day": "bonfire-night",
    "guy fawkes": "bonfire-night", "veterans day": "veterans-day", "remembrance day": "veterans-day",
    "armistice day": "veterans-day", "remembrance sunday": "remembrance-sunday", "juneteenth": "juneteenth",
    "cinco de mayo": "cinco-de-mayo", "bastille day": "bastille-day", "canada day": "canada-day",
    "australia day": "australia-day", "anzac day": "anzac-day", "pi day": "pi-day", "star wars day": "star-wars-day",
    "international women's day": "womens-day", "women's day": "womens-day", "epiphany": "epiphany",
    "three kings day": "epiphany", "all saints day": "all-saints", "all saints' day": "all-saints",
    "all souls day": "all-souls", "st nicholas day": "st-nicholas", "saint nicholas day": "st-nicholas",
    "assumption day": "assumption", "german unity day": "german-unity-day",
    "shrove tuesday": "shrove-tuesday", "pancake day": "shrove-tuesday", "mardi gras": "shrove-tuesday",
    "fat tuesday": "shrove-tuesday", "ash wednesday": "ash-wednesday", "lent": "ash-wednesday",
    "palm sunday": "palm-sunday", "maundy thursday": "maundy-thursday", "good friday": "good-friday",
    "easter sunday": "easter", "easter day": "easter", "easter": "easter", "easter monday": "easter-monday",
    "orthodox easter": "orthodox-easter", "greek easter": "orthodox-easter", "ascension day": "ascension",
    "ascension": "ascension", "pentecost": "pentecost", "whit sunday": "pentecost", "whitsun": "pentecost",
    "whit monday": "whit-monday", "corpus christi": "corpus-christi", "first advent": "advent", "advent": "advent",
    "advent sunday": "advent", "martin luther king day": "martin-luther-king-day", "mlk day": "martin-luther-king-day",
    "presidents day": "presidents-day", "presidents' day": "presidents-day", "president's day": "presidents-day",
    "memorial day": "memorial-day", "columbus day": "columbus-day", "indigenous peoples day": "columbus-day",
    "black friday": "black-friday", "cyber monday": "cyber-monday", "thanksgiving": "thanksgiving",
    "thanksgiving day": "thanksgiving", "american thanksgiving": "american-thanksgiving",
    "canadian thanksgiving": "canadian-thanksgiving", "labor day": "labor-day", "labour day": "labor-day",
    "independence day": "independence-day", "american independence day": "american-independence-day",
    "rosh hashanah": "rosh-hashanah", "jewish new year": "rosh-hashanah", "yom kippur": "yom-kippur",
    "sukkot": "sukkot", "passover": "passover", "pesach": "passover", "hanukkah": "hanukkah", "chanukah": "hanukkah",
    "mother's day": "mothers-day", "mothers day": "mothers-day", "mothering sunday": "mothers-day-lent",
    "father's day": "fathers-day", "fathers day": "fathers-day",
}  # fmt: skip
"""What named days are called, and their names in `edge.exact.holidays`."""

FLOATING: Final = (
    r"(?:ramadan|eid(?: al (?:fitr|adha))?|diwali|chinese new year|lunar new year|holi|vesak|mid autumn festival)"
)
"""Named days that hang on a calendar of the moon; their dates are not computed."""

_HOLIDAY = rf"(?:{'|'.join(map(re.escape, sorted(_NAMES, key=len, reverse=True)))})"

_PATTERNS: Final = tuple(
    (LazyPattern(pattern), notation)
    for pattern, notation in (
        (r"today|now|this day|(?:the )?present|tonight|this (?:morning|evening|afternoon)", "today"),
        (r"tomorrow(?: (?:morning|evening|night))?", "today ; + 1 day"),
        (r"yesterday", "today ; - 1 day"),
        (r"(?:the )?day after tomorrow", "today ; + 2 day"),
        (r"(?:the )?day before yesterday", "today ; - 2 day"),
        (r"(?:the )?(?:end of (?:the|this) year|year's end|year end)", "end year+0"),
        (r"(?:the )?end of next year", "end year+1"),
        (r"(?:the )?end of (?:the|this) month", "end month+0"),
        (r"(?:the )?end of next month", "end month+1"),
        (r"(?:the )?end of (?:the|this) week", "end week+0"),
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
    r"the (?P<day>\d{1,2}(?:st|nd|rd|th)|second)(?: of (?P<month>this month|next month|the"
    r" month|last month))?"
)
_NAMED = LazyPattern(
    rf"(?P<before>this year's |next year's |last year's |this |next |last |the next"
    rf" )?(?P<name>{_HOLIDAY})(?: (?:day )?(?P<year>{YEAR}|this year|next year|last year|in {YEAR}))?"
)
_WEEKDAY = LazyPattern(
    rf"(?P<which>this |next |this coming |the coming |coming |last |this past |the |the next"
    rf" )?(?P<day>{WEEKDAY})(?P<week> next week| week| after next| the week after)?"
)
_NTH_OF_MONTH = LazyPattern(
    rf"(?:the )?(?P<nth>{_NTH}) (?P<day>{WEEKDAY}) (?:of|in) (?:the month of"
    rf" )?(?P<month>next month|this month|the month|last month|{MONTH})"
    rf"(?: (?:of )?(?P<year>{YEAR}|this year|next year))?"
)
_NTH_OF_YEAR = LazyPattern(
    rf"(?:the )?(?P<nth>{_NTH}) (?P<day>{WEEKDAY}) (?:of|in) (?P<year>{YEAR}|this year"
    rf"|next year|the year)"
)
_DAY_OF_MONTH = LazyPattern(
    rf"(?:the )?(?P<nth>{_NTH}) day (?:of|in) (?P<month>next month|this month|the month"
    rf"|last month|{MONTH})(?: (?:of |in )?(?P<year>{YEAR}|this year|next year))?"
)
_MONTH_ONLY = LazyPattern(rf"(?:the (?:start|beginning) of )?(?P<month>{MONTH})(?: (?P<year>{YEAR}))?")
_MONTH_END = LazyPattern(rf"(?:the )?end of (?P<month>{MONTH})(?: (?P<year>{YEAR}|next year|this year))?")
_IN = LazyPattern(rf"(?:in|after) (?P<count>{_COUNT}) (?P<unit>{UNIT})(?:'s? time| time)?")
_FROM = LazyPattern(
    rf"(?P<count>{_COUNT}) (?P<unit>{UNIT}) (?P<side>from|after|before|prior to|since|on from|on)"
    rf" (?P<day>.+)"
)
_AGO = LazyPattern(rf"(?P<count>{_COUNT}) (?P<unit>{UNIT}) (?:ago|back|earlier)")
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


def was(match: re.Match[str]) -> dict[str, int]:
    """The slot "past" of a question about a day that was: one that comes back every year is the last one."""
    return {"past": 1} if re.match(r"(?:\w+ ){0,3}?(?:was|were|did)\b", match[0]) else {}


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
    return number if year is None or year == "this year" else f"{read_year(year)}-{number}"


def unit_name(text: str) -> str:
    """A unit of time of a calendar: "day", "work-day", "week", ..."""
    if re.match(r"working|business|work|weekdays", text):
        return "work-day"
    if re.match(r"night|sleep", text):
        return "day"
    return {"centuries": "century", "century": "century"}.get(text, text.removesuffix("s"))


def _count(text: str) -> int:
    return {"a": 1, "an": 1, "the": 1, "one": 1, "a couple of": 2, "a few": 3}.get(text) or int(text)


def _number(text: str) -> int:
    return {"second": 2, "last": -1}.get(text) or int(re.sub(r"\D", "", text))


def _date(match: re.Match[str]) -> str | None:
    month, day, year = month_number(match["month"]), _number(match["day"]), match["year"]
    if year is None:
        return f"month-day {month:02}-{day:02}"
    written = read_year(year)
    if written == "+0":
        return f"day {day} {month:02}"
    if written[0] in "+-":
        return f"month-day {month:02}-{day:02} ; {written[0]} {written[1]} year"
    return f"date {written}-{month:02}-{day:02}"


def _named(match: re.Match[str]) -> str | None:
    name = _NAMES[match["name"]]
    before = (match["before"] or "").strip()
    year = match["year"] or {"this year's": "this year", "next year's": "next year", "last year's": "last year"}.get(
        before
    )
    if before == "last":
        return f"holiday {name} last"
    return f"holiday {name}" if year is None else f"holiday {name} {read_year(year)}"


def _weekday(match: re.Match[str]) -> str | None:
    which, week = (match["which"] or "").strip(), (match["week"] or "").strip()
    day = weekday_number(match["day"])
    if week in {"week", "after next", "the week after"}:
        return f"weekday {day} after-next" if week == "week" else f"weekday {day} next ; + 1 week"
    if week or which in {"next", "the next"}:
        return f"weekday {day} next"
    return f"weekday {day} last" if "last" in which or "past" in which else f"weekday {day}"


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
    sign = "-" if match["side"] in {"before", "prior to"} else "+"
    return f"{day} ; {sign} {_count(match['count'])} {unit_name(match['unit'])}"


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
    (_NTH_OF_MONTH, _nth),
    (_NTH_OF_YEAR, _nth_of_year),
    (_DAY_OF_MONTH, _day_of_month),
    (_MONTH_END, lambda m: f"end {read_month(m['month'], m['year'])}"),
    (_MONTH_ONLY, lambda m: f"day 1 {read_month(m['month'], m['year'])}"),
    (_IN, lambda m: f"today ; + {_count(m['count'])} {unit_name(m['unit'])}"),
    (_AGO, lambda m: f"today ; - {_count(m['count'])} {unit_name(m['unit'])}"),
    (_TWO_STEPS, _two_steps),
    (_FROM, _from),
)

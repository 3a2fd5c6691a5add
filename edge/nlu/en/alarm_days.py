"""The day of an alarm in one spelling: weekdays, rules and dates. Pure.

Works on normalised text. The spellings are those of `edge.schedule.when.When`.
"""

import re
from typing import Final

WEEKDAY_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_BELOW_TWENTY = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth"),
    *("nineteenth", "twentieth"),
)
ORDINALS: Final = {
    **{word: number for number, word in enumerate(_BELOW_TWENTY, 1)},
    **{f"20 {word}": 20 + number for number, word in enumerate(_BELOW_TWENTY[:9], 1)},
    "thirtieth": 30,
    "30 first": 31,
}
"""Words for the days of a month in normalised text, in which "twenty" is 20."""

_HOLIDAYS = {"christmas eve": "12-24", "christmas day": "12-25", "christmas": "12-25", "new year's eve": "12-31"}
_WEEKDAY = "|".join(WEEKDAY_NAMES)
_LIST = rf"(?:{_WEEKDAY})s?(?:(?:\ and)?\ (?:on\ |every\ |next\ )?(?:{_WEEKDAY})s?)*"
_ORDINAL = rf"(?:[0-3]?\d(?:st|nd|rd|th)|{'|'.join(map(re.escape, sorted(ORDINALS, key=len, reverse=True)))})"
_MONTH = "|".join(MONTHS)

DAY: Final = re.compile(
    rf"""
    (?<!\S)(?:(?:on|for|at)\ )?
    (?:
      (?P<rule>every\ ?day|each\ day|daily|(?:every\ |each\ )?weekdays?)\ (?:except|but|apart\ from|besides)
      (?:\ for|\ not)?(?:\ on)?(?:\ the)?
      \ (?P<without>(?:{_WEEKDAY})\ (?:to|through)\ (?:{_WEEKDAY})
        |(?:weekends?|{_LIST})(?:\ and\ (?:on\ )?(?:weekends?|{_LIST}))*)
    | (?P<from>(?:from\ |every\ )?(?:{_WEEKDAY}))\ (?:to|through|till|until)\ (?P<until>{_WEEKDAY})
    | (?P<weekdays>(?:every\ |each\ )?weekdays?)
    | (?P<weekends>(?:every\ |each\ |the\ )?weekends?)
    | (?P<daily>every\ ?day|each\ day|daily|every(?=\ (?:morning|afternoon|evening|night)))
    | (?P<day_after_tomorrow>(?:the\ )?day\ after\ tomorrow|overmorrow)
    | (?P<relative>today|tomorrow)
    | in\ (?P<ahead>an?|\d{{1,3}})\ (?P<unit>days?|weeks?)
    | (?P<from_now>an?|\d{{1,3}})\ (?P<from_unit>days?|weeks?)\ from\ (?:now|today)
    | (?P<holiday>{"|".join(map(re.escape, _HOLIDAYS))})
    | (?:(?:{_WEEKDAY})\ )?(?:the\ )?(?P<first>{_ORDINAL}|[0-3]?\d)\ (?:of\ )?(?P<month>{_MONTH})(?:\ (?P<year>20\d\d))?
    | (?:(?:{_WEEKDAY})\ )?(?P<month_first>{_MONTH})\ (?:the\ )?(?P<second>{_ORDINAL}|[0-3]?\d(?![\d:.]|\ (?:am|pm)\b))
      (?:\ (?P<year_last>20\d\d))?
    | (?P<repeat>(?:every|each)\ )?(?:next\ |this\ )?(?P<listed>{_LIST})
    | (?<=on\ )the\ (?P<only>{_ORDINAL})(?!\ (?:alarm|timer|one|reminder)\b)
    | (?<=for\ )the\ (?P<only_for>{_ORDINAL})(?!\ (?:alarm|timer|one|reminder)\b)
    )
    (?=\s|$)
    """,
    re.VERBOSE,
)
_LISTED = re.compile(rf"(?:every )?(?:{_WEEKDAY})(?: and (?:{_WEEKDAY}))+")
_RULE = rf"(?:every day|weekdays|weekends|every (?:{_WEEKDAY})(?: and (?:{_WEEKDAY}))*)"
_CANONICAL = re.compile(
    rf"{_LISTED.pattern}|{_RULE} except (?:{_WEEKDAY})(?: and (?:{_WEEKDAY}))*|in \d+ days"
    rf"|(?:\d{{4}}-)?\d\d-\d\d|day \d\d?|tonight|tomorrow night|{_RULE}|{_WEEKDAY}|today|tomorrow|day after tomorrow"
)


def is_day(text: str) -> bool:
    """Whether a text is a day in the one spelling."""
    return _CANONICAL.fullmatch(text) is not None


_FIXED = {
    "weekdays": "weekdays",
    "weekends": "weekends",
    "daily": "every day",
    "day_after_tomorrow": "day after tomorrow",
}
"""The spelling of a day by the group of `DAY` that found it."""


def spell_day(match: re.Match[str]) -> str:
    """The day that `DAY` found."""
    for group, spelled in _FIXED.items():
        if match[group]:
            return spelled
    if match["rule"]:
        return _except("weekdays" if "week" in match["rule"] else "every day", match["without"])
    if match["from"]:
        return _range(match["from"].split()[-1], match["until"])
    if match["listed"]:
        return _weekdays(match["listed"], every=bool(match["repeat"]))
    return match["relative"] or _spell_date(match)


def _spell_date(match: re.Match[str]) -> str:
    if ahead := match["ahead"] or match["from_now"]:
        count = int(ahead) if ahead.isdecimal() else 1
        return f"in {count * (7 if (match['unit'] or match['from_unit']).startswith('week') else 1)} days"
    if match["holiday"]:
        return _HOLIDAYS[match["holiday"]]
    if only := match["only"] or match["only_for"]:
        return f"day {_number(only)}"
    number = _number(match["first"] or match["second"])
    month = MONTHS.index(match["month"] or match["month_first"]) + 1
    year = match["year"] or match["year_last"]
    return (f"{year}-" if year else "") + f"{month:02}-{number:02}"


def _number(ordinal: str) -> int:
    return ORDINALS.get(ordinal) or int(ordinal.rstrip("stndrh"))


def _weekdays(listed: str, *, every: bool) -> str:
    words = [word for word in listed.split() if word.removesuffix("s") in WEEKDAY_NAMES]
    plural = any(word.endswith("s") for word in words) or " every " in listed
    names = list(dict.fromkeys(word.removesuffix("s") for word in words))
    return ("every " if every or plural else "") + " and ".join(names)


def _range(first: str, last: str) -> str:
    begin, end = WEEKDAY_NAMES.index(first), WEEKDAY_NAMES.index(last)
    days = [WEEKDAY_NAMES[(begin + step) % 7] for step in range((end - begin) % 7 + 1)]
    return "weekdays" if days == list(WEEKDAY_NAMES[:5]) else f"every {' and '.join(days)}"


def _except(rule: str, without: str) -> str:
    left_out = [word.removesuffix("s") for word in without.split()]
    if " to " in without or " through " in without:
        left_out = _range(left_out[0], left_out[-1]).replace("weekdays", " ".join(WEEKDAY_NAMES[:5])).split()
    names = [day for day in WEEKDAY_NAMES if day in left_out or ("weekend" in left_out and day in WEEKDAY_NAMES[5:])]
    return "weekdays" if names == list(WEEKDAY_NAMES[5:]) else f"{rule} except {' and '.join(names)}"

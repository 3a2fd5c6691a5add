"""Rewrites the time of an alarm in one spelling at the end of the sentence. Pure.

"wake me tomorrow at half past six" becomes "wake me at 6:30 tomorrow", "cancel my 7 am alarm" becomes "cancel my
alarm at 7:00 am", "change my 7 am alarm to 8" becomes "change my from 7:00 am alarm at 8:00". Expects normalised text,
and changes only sentences about alarms.
"""

import re
from collections.abc import Callable

from edge.nlu.en.alarm_days import DAY, WEEKDAY_NAMES, spell_day

_HOUR = r"(?P<{0}>[01]?\d|2[0-4])(?![\d./:])"
_MERIDIEM = r"(?:\ (?P<{0}>am|pm)(?!\S))"
_BEFORE = r"(?:(?:at|for|to|by|around|about|from)\ )*"
_NOT_AMOUNT = r"(?!\ (?:hours?|minutes?|seconds?|percent|degrees)(?!\S))"

_TIME = re.compile(
    rf"""
    (?<!\S){_BEFORE}
    (?:
      (?:12\ )?(?P<named>noon|midday|midnight)
    | (?P<clock_hour>[01]?\d|2[0-3]|24(?=[:.\ ]00))[:.\ ](?P<clock_minute>[0-5]\d)(?![\d.:/]){_NOT_AMOUNT}
      {_MERIDIEM.format("clock_m")}?
    | half\ {_HOUR.format("half_hour")}{_NOT_AMOUNT}{_MERIDIEM.format("half_m")}?
    | (?P<step>half|quarter|a\ quarter|[0-5]?\d(?=\ (?:minutes?|past|after)\b)|[0-5]?[05])(?:\ minutes?)?
      \ (?P<side>past|after|to|till|before|of)
      \ (?:{_HOUR.format("step_hour")}{_MERIDIEM.format("step_m")}?|(?P<step_named>noon|midday|midnight))
    | (?P<glued_hour>[01]?\d|2[0-4])(?P<glued_minute>[0-5]\d)(?:(?<=for\ \d{{3}})|(?<=for\ \d{{4}})|(?<=at\ \d{{3}})
      |(?<=at\ \d{{4}})|(?=\ [ap]m))(?![\d.:/]){_NOT_AMOUNT}{_MERIDIEM.format("glued_m")}?
    | {_HOUR.format("plain_hour")}(?:\ o[' ]?\ ?clock(?!\S)|(?=\ [ap]m(?!\S))|(?<=(?:at|by|to)\ \d)
      |(?<=(?:at|by|to)\ \d\d)|(?<=for\ \d)|(?<=for\ \d\d)|(?<=(?:until|about)\ \d)
      |(?<=(?:until|about)\ \d\d)|(?<=around\ \d)|(?<=around\ \d\d)
      |(?:(?<=my\ \d)|(?<=my\ \d\d)|(?<=the\ \d)|(?<=the\ \d\d))(?=\ alarm\b))
      {_NOT_AMOUNT}{_MERIDIEM.format("plain_m")}?
    )
    (?!\S)
    """,
    re.VERBOSE,
)
_PART = re.compile(r"(?<!\S)(?:(?:in the|this|at|for the|for|in) )?(morning|afternoon|evening|tonight|night)(?!\S)")
_ABOUT_ALARMS = re.compile(
    r"\balarms?\b|\bsnooze\b|\b(?:ring|remind me) again\b|\bwak(?:e|ing) (?:me|us)\b|\bwake up\b"
    r"|\bhave to (?:get|be) up\b"
)
_CHANGE = re.compile(
    r"(?P<verb>change|move|reschedule|adjust|shift|update|switch(?! o)|push|bring|edit|modify|delay|postpone|set|reset"
    r"|make) "
    r"(?P<head>(?:.* )?alarm(?: clock)?)\b ?(?P<tail>.*)"
)
_OF_A_DAY = re.compile(rf"\b(to(?:day|morrow|night)|{'|'.join(WEEKDAY_NAMES)})'s(?= (?:[\w:]+ ){{0,3}}alarm\b)")
_EXCEPT = re.compile(
    r"(?P<rule>every ?day|each day|daily|(?:every |each )?weekdays?)(?P<between> .+?) (?P<but>(?:except|but) .+)$"
)
"""The rule and what it leaves out, with the time between them."""
_FROM_TO = re.compile(r"(?:from (?P<old>.+?)|(?:for|on|at) (?P<at>.+?)(?<! \d)(?<! \d\d)) (?P<new>(?:to|until) .+)")
_BARE_ALARM = re.compile(
    r"(?P<cancel>(?:cancel|delete|remove) (?:my|the) \d{1,2}(?:[: ]\d\d)?(?: [ap]m| o'? ?clock)?)(?: 1| one)?"
)
"""\"Cancel my 7:30\"."""
_AT = ("at ", "for ")
_ALSO = re.compile(r" and (?:again )?(?:at |for )?")
_GET_UP = re.compile(r"^get (me|us) up\b")
_BE_UP = re.compile(r"^(?:be|get|wake) up (?=(?:at|by|around|about)\b)")
"""Without "I need to", which was left out."""
_ON_THE_DOT = re.compile(r" (?:sharp|exactly|precisely|on the dot)(?!\S)")
_IN_A_PART = re.compile(r" (?:early )?(?:in the|this|for this) (?:morning|afternoon|evening)$")
"""A part of the day without a time: the time is asked for."""
_REPEATING = re.compile(r"\b(?:repeating|recurring|regular) (?=alarm\b)")
_SPACES = re.compile(r" {2,}")
_NOON = 12
_IN_THE_GRAMMAR = frozenset(
    {"today", "tomorrow", "day after tomorrow", "tonight", "tomorrow night", "every day", "weekdays", "weekends"}
    | {every + name for every in ("", "every ") for name in WEEKDAY_NAMES}
)
"""Days that are in a list of the grammar; the others stand behind "on"."""


def normalise_alarm_time(text: str) -> str:
    """Move the time and the day of a sentence about alarms to its end: "... at H:MM [am|pm] [and H:MM] [day]".

    Days: those of `edge.schedule.when.When`; all but the simple ones stand behind "on" ("on 12-24"). A text that is not
    about alarms, or contains neither a time nor a day, is returned unchanged.
    """
    text = _BE_UP.sub("wake me up ", _GET_UP.sub(r"wake \1 up", text))
    if bare := _BARE_ALARM.fullmatch(text):
        text = f"{bare['cancel']} alarm"
    if not _ABOUT_ALARMS.search(text):
        return text
    text = _ON_THE_DOT.sub("", text)
    text = _EXCEPT.sub(r"\g<rule> \g<but>\g<between>", _OF_A_DAY.sub(r"\1", text))
    change = _CHANGE.fullmatch(text)
    return (change and _changed(change)) or _moved(text)


def _moved(text: str) -> str:
    rest, time, day = take_moment(text)
    if not time and not day:
        return _IN_A_PART.sub("", text)
    if day.startswith(("every", "weekdays", "weekends")):
        rest = _REPEATING.sub("", rest)
    return " ".join(piece for piece in (rest, time, _behind(day)) if piece)


def _changed(change: re.Match[str]) -> str | None:
    """An alarm that gets another time, with the old one before "alarm"; None for other sentences."""
    head, time, day = take_moment(change["head"].removeprefix("the time of "))
    tail = change["tail"].removesuffix(" instead")
    if not time and change["verb"] not in {"set", "make"} and (both := _FROM_TO.fullmatch(tail)):
        rest, time, day = take_moment(f"at {both['old'] or both['at']}")
        if rest:
            return None
        tail = both["new"]
    sets = change["verb"] in {"set", "make"}
    shifts = tail.endswith((" later", " earlier"))
    if sets and not shifts and not ((time or day) and tail.startswith("to ")):
        return None
    rest, new_time, new_day = take_moment(tail)
    head = head.removesuffix(" clock")
    if not head.endswith("alarm"):
        return None
    old = f"from {time.removeprefix('at ')}" if time else ""
    of = f"of {day}" if day else ""
    verb = "change" if sets and not shifts else change["verb"]
    if rest in {"to", "until", "for"}:  # "to friday"
        rest = ""
    pieces = (verb, head.removesuffix("alarm").strip(), old, of, "alarm", rest, new_time, _behind(new_day))
    return " ".join(piece for piece in pieces if piece)


def take_moment(text: str) -> tuple[str, str, str]:
    """The rest of a normalised text, its time ("at 7:00 am") and its day, each empty if there is none."""
    rest, day = _take(DAY, text, spell_day)
    rest, part = _take(_PART, rest, lambda match: match[1])
    time = ""
    if (match := _TIME.search(rest)) is not None:
        after = rest[match.end() :]
        also = _ALSO.match(after)
        second = _TIME.match(f"at {after[also.end() :]}") if also else None
        bare = second is not None and second["plain_hour"] and not second["plain_m"]
        if also is not None and bare and not also[0].endswith(_AT):
            second = None  # "at seven and fifteen"
        time = _spell_time(match, part, second)
        if also is not None and second is not None:
            time += f" and {_spell_time(second, part).removeprefix('at ')}"
            after = after[also.end() + second.end() - 3 :]
        rest = f"{rest[: match.start()].rstrip()} {after.lstrip()}"
    if part == "tonight" and not day:
        day = "tonight"
    elif part == "night" and day == "tomorrow":
        day = "tomorrow night"
    return _SPACES.sub(" ", rest).strip(), time, day


def _behind(day: str) -> str:
    return day if not day or day in _IN_THE_GRAMMAR else f"on {day}"


def _take(pattern: re.Pattern[str], text: str, spell: Callable[[re.Match[str]], str]) -> tuple[str, str]:
    match = pattern.search(text)
    if match is None:
        return text, ""
    return _SPACES.sub(" ", f"{text[: match.start()].rstrip()} {text[match.end() :].lstrip()}").strip(), spell(match)


def _spell_time(match: re.Match[str], part: str, second: re.Match[str] | None = None) -> str:
    """The time; one without a half of the day is in that of an earlier `second` one: "seven and eight am"."""
    if match["named"] == "midnight":  # the end of its day
        return "at 24:00"
    hour, minute, meridiem = _said_time(match)
    if meridiem is None and second is not None and not second["named"] and hour < _said_time(second)[0]:
        meridiem = _said_time(second)[2]
    if minute > 59:  # noqa: PLR2004 - "0 to seven"
        hour, minute = hour % _NOON + 1, 0
    if meridiem is None and part and 0 < hour <= _NOON:
        meridiem = _meridiem_of(part, hour)
    return f"at {hour}:{minute:02}" + (f" {meridiem}" if meridiem else "")


def _said_time(match: re.Match[str]) -> tuple[int, int, str | None]:
    if match["named"]:
        return _NOON, 0, "pm"
    if match["step"]:
        return _stepped(match)
    for hour, minute, meridiem in (
        ("clock_hour", "clock_minute", "clock_m"),
        ("glued_hour", "glued_minute", "glued_m"),
    ):
        if match[hour]:
            early = re.fullmatch(r"0[1-9]", match[hour])  # "06:30" is not in the evening
            return int(match[hour]), int(match[minute]), match[meridiem] or ("am" if early else None)
    if match["half_hour"]:
        return int(match["half_hour"]), 30, match["half_m"]
    return int(match["plain_hour"]), 0, match["plain_m"]


def _stepped(match: re.Match[str]) -> tuple[int, int, str | None]:
    """A quarter past seven, ten to midnight."""
    words = {"half": 30, "quarter": 15, "a quarter": 15}
    step = words[match["step"]] if match["step"] in words else int(match["step"])
    hour, meridiem = int(match["step_hour"] or _NOON), match["step_m"]
    before = match["side"] not in {"past", "after"}
    if match["step_named"]:  # a quarter to midnight is in the evening
        meridiem = "pm" if (match["step_named"] == "midnight") == before else "am"
    return (hour - 1 if hour > 1 else _NOON, 60 - step, meridiem) if before else (hour, step, meridiem)


def _meridiem_of(part: str, hour: int) -> str:
    if part == "morning":
        return "am"
    early = hour == _NOON or hour < 5  # noqa: PLR2004 - "two at night" is before dawn
    return "am" if part in {"night", "tonight"} and early else "pm"

"""Rewrites the time of an alarm in one spelling at the end of the sentence. Pure.

"wake me tomorrow at half past six" becomes "wake me at 6:30 tomorrow", "cancel my 7 am alarm" becomes "cancel my
alarm at 7:00 am". Expects normalised text, and changes only sentences about alarms.
"""

import re
from collections.abc import Callable

_HOUR = r"(?P<{0}>[01]?\d|2[0-4])(?![\d./:])"
_MERIDIEM = r"(?:\ (?P<{0}>am|pm)(?!\S))"
_BEFORE = r"(?:(?:at|for|to|by|around|about|from)\ )*"
_NOT_AMOUNT = r"(?!\ (?:hours?|minutes?|seconds?|percent|degrees)(?!\S))"

_TIME = re.compile(
    rf"""
    (?<!\S){_BEFORE}
    (?:
      (?:12\ )?(?P<named>noon|midday|midnight)
    | (?P<clock_hour>[01]?\d|2[0-4])[:.\ ](?P<clock_minute>[0-5]\d)(?![\d.:/]){_NOT_AMOUNT}
      {_MERIDIEM.format("clock_m")}?
    | (?P<step>half|quarter|a\ quarter|[0-5]?\d)(?:\ minutes?)?\ (?P<side>past|after|to|till|before|of)
      \ {_HOUR.format("step_hour")}{_MERIDIEM.format("step_m")}?
    | (?P<glued_hour>[01]?\d|2[0-4])(?P<glued_minute>[0-5]\d)(?:(?<=for\ \d{{3}})|(?<=for\ \d{{4}})|(?<=at\ \d{{3}})
      |(?<=at\ \d{{4}})|(?=\ [ap]m))(?![\d.:/]){_NOT_AMOUNT}{_MERIDIEM.format("glued_m")}?
    | {_HOUR.format("plain_hour")}(?:\ o'?clock(?!\S)|(?=\ [ap]m(?!\S))|(?<=(?:at|by|to)\ \d)|(?<=(?:at|by|to)\ \d\d)
      |(?<=for\ \d)|(?<=for\ \d\d)){_NOT_AMOUNT}{_MERIDIEM.format("plain_m")}?
    )
    (?!\S)
    """,
    re.VERBOSE,
)
_WEEKDAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_DAY = re.compile(
    rf"""
    (?<!\S)(?:(?:on|for|at)\ )?
    (?:
      (?P<weekdays>(?:every\ |each\ )?weekdays?|(?:every\ )?monday\ (?:to|through|till)\ friday)
    | (?P<weekends>(?:every\ |each\ |the\ )?weekends?)
    | (?P<daily>every\ ?day|each\ day|daily|every(?=\ (?:morning|afternoon|evening|night)))
    | (?P<day_after_tomorrow>(?:the\ )?day\ after\ tomorrow|overmorrow)
    | (?P<relative>today|tomorrow)
    | (?P<repeat>(?:every|each)\ )?(?:next\ |this\ )?(?P<weekday>{_WEEKDAY})(?P<plural>s)?
    )
    (?=\s|$)
    """,
    re.VERBOSE,
)
_PART = re.compile(r"(?<!\S)(?:(?:in the|this|at|for the|for|in) )?(morning|afternoon|evening|tonight|night)(?!\S)")
_ABOUT_ALARMS = re.compile(r"\balarms?\b|\bwak(?:e|ing) (?:me|us)\b|\bwake up\b|\bhave to (?:get|be) up\b")
_SPACES = re.compile(r" {2,}")
_NOON = 12


def normalise_alarm_time(text: str) -> str:
    """Move the time and the day of a sentence about alarms to its end: "... at H:MM [am|pm] [day]".

    Days: today, tomorrow, day after tomorrow, monday..., every monday..., every day, weekdays, weekends. A text that is
    not about alarms, or contains neither a time nor a day, is returned unchanged.
    """
    if not _ABOUT_ALARMS.search(text):
        return text
    rest, day = _take(_DAY, text, _spell_day)
    rest, part = _take(_PART, rest, lambda match: match[1])
    rest, time = _take(_TIME, rest, lambda match: _spell_time(match, part))
    if part == "tonight" and not day:
        day = "today"
    if not time and not day:
        return text
    return _SPACES.sub(" ", " ".join(piece for piece in (rest.strip(), time, day) if piece))


def _take(pattern: re.Pattern[str], text: str, spell: Callable[[re.Match[str]], str]) -> tuple[str, str]:
    match = pattern.search(text)
    if match is None:
        return text, ""
    return _SPACES.sub(" ", f"{text[: match.start()].rstrip()} {text[match.end() :].lstrip()}").strip(), spell(match)


def _spell_day(match: re.Match[str]) -> str:
    if match["weekdays"]:
        return "weekdays"
    if match["weekends"]:
        return "weekends"
    if match["daily"]:
        return "every day"
    if match["day_after_tomorrow"]:
        return "day after tomorrow"
    if match["weekday"]:
        return ("every " if match["repeat"] or match["plural"] else "") + match["weekday"]
    return match["relative"]


def _spell_time(match: re.Match[str], part: str) -> str:
    minute = 0
    meridiem = match["clock_m"] or match["step_m"] or match["glued_m"] or match["plain_m"]
    if match["named"]:
        hour, meridiem = _NOON, "am" if match["named"] == "midnight" else "pm"
    elif match["clock_hour"]:
        hour, minute = int(match["clock_hour"]), int(match["clock_minute"])
    elif match["glued_hour"]:
        hour, minute = int(match["glued_hour"]), int(match["glued_minute"])
    elif match["step"]:
        words = {"half": 30, "quarter": 15, "a quarter": 15}
        step = words[match["step"]] if match["step"] in words else int(match["step"])
        hour, minute = int(match["step_hour"]), step
        if match["side"] not in {"past", "after"}:
            hour, minute = (hour - 1) if hour > 1 else _NOON, 60 - step
    else:
        hour = int(match["plain_hour"])
    if minute > 59:  # noqa: PLR2004 - "0 to seven"
        hour, minute = hour % _NOON + 1, 0
    if meridiem is None and part and 0 < hour <= _NOON:
        meridiem = _meridiem_of(part, hour)
    return f"at {hour}:{minute:02}" + (f" {meridiem}" if meridiem else "")


def _meridiem_of(part: str, hour: int) -> str:
    if part == "morning":
        return "am"
    early = hour == _NOON or hour < 5  # noqa: PLR2004 - "two at night" is before dawn
    return "am" if part in {"night", "tonight"} and early else "pm"

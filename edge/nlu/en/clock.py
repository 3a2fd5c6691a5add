"""Times, dates and durations in spoken English. Pure. Digits are kept if voices read them well ("5:20 PM")."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

# Not strftime: its names follow the locale.
WEEKDAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_NAMES: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_NTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WEEK = 7
_NOON = 12
_DAWN = 5
_EVENING = 18
_UNITS = (("hour", 3600), ("minute", 60), ("second", 1))


def spoken_time(moment: datetime) -> str:
    """Say "5:20 PM", "7 AM", "noon", "midnight"."""
    if moment.minute == 0 and moment.hour % _NOON == 0:
        return "noon" if moment.hour else "midnight"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{(moment.hour - 1) % _NOON + 1}{minutes} {'PM' if moment.hour >= _NOON else 'AM'}"


def spoken_date(day: date) -> str:
    """Say "Monday, November 23rd"."""
    return f"{WEEKDAY_NAMES[day.weekday()]}, {MONTH_NAMES[day.month - 1]} {ordinal(day.day)}"


def nth(number: int) -> str:
    """Say "first", "second"... up to ten, then "11th"."""
    return _NTH[number - 1] if number <= len(_NTH) else ordinal(number)


def ordinal(number: int) -> str:
    """Say "1st", "22nd", "13th"."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")  # noqa: PLR2004 - 11th to 20th
    return f"{number}{ending}"


def spoken_day(day: date, today: date) -> str:
    """Say "today", "tomorrow", "on Monday" within a week, otherwise "on November 23rd"."""
    ahead = (day - today).days
    if ahead == 0:
        return "today"
    if ahead == 1:
        return "tomorrow"
    if 0 < ahead < _WEEK:
        return f"on {WEEKDAY_NAMES[day.weekday()]}"
    return f"on {MONTH_NAMES[day.month - 1]} {ordinal(day.day)}"


def spoken_past_day(day: date, today: date) -> str:
    """Say nothing for today, "yesterday", "on Monday" within a week, otherwise "on November 23rd", 2025 if need be."""
    ago = (today - day).days
    if ago == 0:
        return ""
    if ago == 1:
        return "yesterday"
    if 0 < ago < _WEEK:
        return f"on {WEEKDAY_NAMES[day.weekday()]}"
    year = f" {day.year}" if day.year != today.year else ""
    return f"on {MONTH_NAMES[day.month - 1]} {ordinal(day.day)}{year}"


def spoken_alarm_day(at: datetime, now: datetime) -> str:
    """Say the day of an alarm as `spoken_day` does; a moment of the coming night is "tonight", said in the evening.

    Midnight is at the end of its day: "midnight tonight", "midnight on Friday night".
    """
    if at.hour == at.minute == 0:
        day = spoken_day(at.date() - timedelta(days=1), now.date())
        return "tonight" if day == "today" else f"{day} night" if day.startswith("on ") else day
    if at.hour < _DAWN and now.hour >= _EVENING and (at.date() - now.date()).days == 1:
        return "tonight"
    return spoken_day(at.date(), now.date())


def spoken_duration(seconds: float) -> str:
    """Say "1 hour, 15 minutes and 10 seconds", rounded to seconds."""
    return spoken_list([_count(amount, unit) for amount, unit in _parts(seconds)]) or "0 seconds"


def spoken_rest(seconds: float) -> str:
    """The remaining time, with seconds only within the last ten minutes."""
    step = 1 if seconds < 600 else 60  # noqa: PLR2004 - ten minutes
    return spoken_duration(max(step, round(seconds / step) * step))


def duration_label(seconds: float) -> str:
    """A duration before the word "timer": "10 minute", "1 hour 15 minute"."""
    return " ".join(f"{amount} {unit}" for amount, unit in _parts(seconds)) or "0 second"


def spoken_list(items: Sequence[str]) -> str:
    """Say "a", "a and b", "a, b and c"."""
    return " and ".join([piece for piece in (", ".join(items[:-1]), items[-1]) if piece]) if items else ""


def spoken_ago(seconds: float) -> str:
    """Say "10 minutes ago", "3 hours ago", "more than a day ago": rounded as in speech."""
    span = timedelta(seconds=seconds)
    if span >= timedelta(days=2):
        return f"{span.days} days ago"
    if span >= timedelta(days=1):
        return "more than a day ago"
    if span >= timedelta(hours=2):
        return f"{round(span / timedelta(hours=1))} hours ago"
    return f"{_count(max(1, round(span / timedelta(minutes=1))), 'minute')} ago"


def _parts(seconds: float) -> list[tuple[int, str]]:
    left = round(seconds)
    parts: list[tuple[int, str]] = []
    for unit, size in _UNITS:
        amount, left = divmod(left, size)
        if amount:
            parts.append((amount, unit))
    return parts


def _count(amount: int, unit: str) -> str:
    return f"{amount} {unit}" + ("" if amount == 1 else "s")

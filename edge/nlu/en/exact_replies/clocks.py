"""Replies about times of day, the sun and the moon. See `edge.nlu.exact_clock_replies`."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Final

from edge.nlu.en.clock import spoken_date, spoken_day, spoken_duration, spoken_time
from edge.nlu.en.entity_replies import capital
from edge.nlu.en.exact.figures import figure

_EVENTS: Final = {"sunrise": "The sun rises", "sunset": "The sun sets", "dawn": "It gets light", "dusk": "It gets dark"}
_PAST: Final = {"sunrise": "The sun rose", "sunset": "The sun set", "dawn": "It got light", "dusk": "It got dark"}
_FULL: Final = 0.97
"""The moon looks full, or new, when so much of it is lit, or dark."""


def time_now(now: datetime) -> str:
    """See `ClockReplies.time_now`."""
    return f"It's {spoken_time(now)}."


def time_there(place: str, times: Sequence[tuple[str, datetime]], now: datetime) -> str:
    """See `ClockReplies.time_there`."""
    if len(times) == 1:
        return f"It's {_time(times[0][1], now)} in {place}."
    cities = " and ".join(f"{_time(at, now)} in {zone.rsplit('/', 1)[1].replace('_', ' ')}" for zone, at in times)
    return f"{capital(place)} has several time zones: it's {cities}."


def date_there(place: str, there: datetime) -> str:
    """See `ClockReplies.date_there`."""
    return f"In {place}, it's {spoken_date(there.date())}."


def time_when(source: str, moment: datetime, place: str, there: datetime) -> str:
    """See `ClockReplies.time_when`."""
    return f"At {spoken_time(moment)} {_in(source)}, it's {_time(there, moment)} {_in(place)}."


def time_difference(source: str, place: str, ahead: timedelta) -> str:
    """See `ClockReplies.time_difference`."""
    if not ahead:
        return f"It's the same time {_in(source)} and {_in(place)}."
    side = "ahead of" if ahead > timedelta() else "behind"
    other = "us" if source == "here" else source
    return f"{capital(place)} is {spoken_duration(abs(ahead).total_seconds())} {side} {other}."


def time_zone(place: str, name: str, offset: timedelta) -> str:
    """See `ClockReplies.time_zone`."""
    hours = figure(abs(_hours(offset)))[0]
    side = "ahead of" if offset > timedelta() else "behind"
    said = f"{hours} hour{'' if hours == '1' else 's'} {side} UTC" if offset else "the same as UTC"
    named = f"{name}, " if name.isalpha() else ""
    return f"The time {_in(place)} is {named}{said}."


def duration(minutes: int, unit: str) -> str:
    """See `ClockReplies.duration`."""
    return f"That's {_length(minutes, unit)}."


def moment(moment: datetime, now: datetime) -> str:
    """See `ClockReplies.moment`."""
    verb = "was" if moment < now else "will be"
    day = "" if moment.date() == now.date() else f" {_day(moment.date(), now.date())}"
    return f"It {verb} {spoken_time(moment)}{day}."


def time_of_day(moment: datetime, *, half_known: bool) -> str:
    """See `ClockReplies.time_of_day`."""
    said = spoken_time(moment)
    if half_known:
        return f"That's {said}."
    return (
        f"That's {(moment.hour - 1) % 12 + 1}:{moment.minute:02}."
        if moment.minute
        else f"That's {said.split()[0]} o'clock."
    )


def time_until(minutes: int, unit: str) -> str:
    """See `ClockReplies.time_until`."""
    return f"It's {_length(minutes, unit)} until then." if minutes else "That's now."


def on_a_face(hour: int, minute: int, *, twelve: bool) -> str:
    """See `ClockReplies.on_a_face`."""
    said = spoken_time(datetime(2000, 1, 1, hour, minute)) if twelve else f"{hour}:{minute:02}"  # noqa: DTZ001 - a time of day only
    return f"That's {said}."


def clocks_change(day: date, by: timedelta, today: date) -> str:
    """See `ClockReplies.clocks_change`."""
    side = "forward" if by > timedelta() else "back"
    return f"The clocks go {side} by {spoken_duration(abs(by).total_seconds())} on {_named(day, today)}."


def no_clock_change() -> str:
    """See `ClockReplies.no_clock_change`."""
    return "The clocks don't change here within the next year."


def no_position() -> str:
    """See `ClockReplies.no_position`."""
    return "I don't know where I am: latitude and longitude are missing in my settings."


def sun(event: str, moment: datetime, now: datetime) -> str:
    """See `ClockReplies.sun`."""
    verb = _PAST[event] if moment < now else _EVENTS[event]
    day = (
        spoken_day(moment.date(), now.date())
        if moment.date() >= now.date()
        else f"on {_named(moment.date(), now.date())}"
    )
    return f"{verb} {day} at {spoken_time(moment)}." if day != "today" else f"{verb} at {spoken_time(moment)} today."


def no_sun(event: str, day: date, today: date) -> str:
    """See `ClockReplies.no_sun`."""
    return f"There is no {event} here on {_named(day, today)}."


def daylight(length: timedelta, day: date, today: date) -> str:
    """See `ClockReplies.daylight`."""
    when = "today" if day == today else f"on {_named(day, today)}"
    return f"The sun is up for {spoken_duration(round(length.total_seconds() / 60) * 60)} {when}."


def moon_phase(quarter: int, lit: float) -> str:
    """See `ClockReplies.moon_phase`."""
    percent = round(lit * 100)
    if lit >= _FULL:
        return f"The moon is full, or nearly: {percent}% of it is lit."
    if lit <= 1 - _FULL:
        return f"The moon is new, or nearly: {percent}% of it is lit."
    side = "waxing" if quarter < 2 else "waning"  # noqa: PLR2004 - up to full moon
    shape = "crescent" if lit < 0.5 else "gibbous"  # noqa: PLR2004 - half of it
    return f"It's a {side} {shape}: {percent}% of the moon is lit."


def next_moon(phase: str, day: date, today: date) -> str:
    """See `ClockReplies.next_moon`."""
    return f"The next {phase} moon is {'today' if day == today else f'on {_named(day, today)}'}."


def _in(place: str) -> str:
    return "here" if place == "here" else f"in {place}"


def _time(at: datetime, now: datetime) -> str:
    """A time elsewhere, with its day if that is another one."""
    days = (at.date() - now.date()).days
    said = spoken_time(at)
    return said if not days else f"{said} {'the next day' if days > 0 else 'the day before'}"


def _length(minutes: int, unit: str) -> str:
    if unit == "minute":
        return f"{minutes:,} minute{'' if minutes == 1 else 's'}"
    if unit == "second":
        return f"{minutes * 60:,} seconds"
    return spoken_duration(minutes * 60)


def _hours(offset: timedelta) -> Fraction:
    return Fraction(int(offset.total_seconds()), 3600)


def _day(day: date, today: date) -> str:
    return "yesterday" if (today - day).days == 1 else spoken_day(day, today)


def _named(day: date, today: date) -> str:
    return spoken_date(day) + (f", {day.year}" if day.year != today.year else "")

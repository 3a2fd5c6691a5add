"""Replies about public holidays and seasons. See `edge.nlu.exact_holiday_replies`."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from edge.nlu.en.clock import spoken_date, spoken_list
from edge.nlu.exact_holiday_replies import Season, Turn

_TURNS: Final[Mapping[Turn, str]] = {
    "spring": "Spring begins",
    "summer": "Summer begins",
    "autumn": "Autumn begins",
    "winter": "Winter begins",
    "longest": "The longest day is",
    "shortest": "The shortest day is",
    "equinox": "The next equinox is",
    "solstice": "The next solstice is",
}
_PAST: Final = {"begins": "began", "is": "was"}
_NTH: Final = {2: "one after next", 3: "third one from now", 4: "fourth one from now"}


def country_missing() -> str:
    """See `HolidayReplies.country_missing`."""
    return "Public holidays differ from country to country, and my country is not set. The setting is device country."


def country_unknown() -> str:
    """See `HolidayReplies.country_unknown`."""
    return "I don't know the public holidays there."


def next_holiday(day: date, name: str, today: date, *, nth: int, parts_before: bool) -> str:
    """See `HolidayReplies.next_holiday`."""
    subject = "next public holiday" if nth == 1 else _NTH.get(nth, f"public holiday number {nth} from now")
    said = f"The {subject} is {_day(day, today)}, {_name(name)}."
    return said + (" Parts of the country have one before that." if parts_before else "")


def last_holiday(day: date, name: str, today: date, *, parts_after: bool) -> str:
    """See `HolidayReplies.last_holiday`."""
    said = f"The last public holiday was {_day(day, today)}, {_name(name)}."
    return said + (" Parts of the country had one after that." if parts_after else "")


def is_holiday(day: date, name: str | None, today: date, *, in_parts: bool) -> str:
    """See `HolidayReplies.is_holiday`."""
    verb = "was" if day < today else "is"
    subject = "today" if day == today else _day(day, today)
    if name is not None:
        return f"Yes, {subject} {verb} a public holiday, {_name(name)}."
    if in_parts:
        return f"{subject[0].upper()}{subject[1:]} {verb} a public holiday in parts of the country only."
    return f"No, {subject} {verb} no public holiday."


def holidays_listed(found: Mapping[date, str], today: date, *, more_in_parts: bool) -> str:
    """See `HolidayReplies.holidays_listed`."""
    days = spoken_list([f"{_name(name)} on {_day(day, today)}" for day, name in found.items()])
    said = f"There is {days}." if len(found) == 1 else f"There are {days}." if found else "There is no public holiday."
    return said + _parts(more=more_in_parts)


def holidays_counted(count: int, on_weekdays: int, *, more_in_parts: bool) -> str:
    """See `HolidayReplies.holidays_counted`."""
    days = "1 public holiday" if count == 1 else f"{count} public holidays"
    said = f"There {'is' if count == 1 else 'are'} {days}"
    return f"{said}, {on_weekdays} of them from Monday to Friday." + _parts(more=more_in_parts)


def turn(which: Turn, day: date, today: date, *, north_assumed: bool) -> str:
    """See `HolidayReplies.turn`."""
    said = _TURNS[which]
    if day < today:
        for now, past in _PAST.items():
            said = said.removesuffix(now) + past if said.endswith(now) else said
    on = "on " if said.endswith(("begins", "began")) else ""
    where = " in the northern half of the world" if north_assumed and which not in {"equinox", "solstice"} else ""
    return f"{said} {on}{_day(day, today)}{where}."


def season(season: Season, following: Season, begins: date, today: date, *, north_assumed: bool) -> str:
    """See `HolidayReplies.season`."""
    where = " in the northern half of the world" if north_assumed else ""
    return f"By the sun it's {season}{where}. {following.capitalize()} begins on {_day(begins, today)}."


def _parts(*, more: bool) -> str:
    return " Parts of the country have more." if more else ""


def _name(name: str) -> str:
    """A name as the package writes it, "Boxing Day (observed)", as it is said."""
    return name.replace(" (", ", ").replace(")", "").replace("; ", " and ")


def _day(day: date, today: date) -> str:
    return spoken_date(day) + (f", {day.year}" if day.year != today.year else "")

"""The English replies about weather, calendars, lists and media players. See `edge.nlu.home_replies`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from edge.nlu.en.clock import spoken_date, spoken_list, spoken_time
from edge.nlu.en.home_words import UNITS
from edge.nlu.home_replies import Event, Forecast, Item, Partly

_CONDITIONS: Final = {
    "clear-night": "clear",
    "exceptional": "exceptional",
    "fog": "foggy",
    "hail": "hailing",
    "lightning": "stormy",
    "lightning-rainy": "stormy with rain",
    "partlycloudy": "partly cloudy",
    "pouring": "pouring",
    "snowy": "snowy",
    "snowy-rainy": "snowy with rain",
    "windy-variant": "windy",
}
"""Home Assistant's conditions that are no words."""

_ITEMS: Final[Mapping[Item, str]] = {
    "added": "Added {item} to {name}.",
    "done": "Ticked off {item} on {name}.",
    "removed": "Removed {item} from {name}.",
    "missing": "I can't find {item} on {name}.",
}
_LISTS: Final = {"tasks": "to-do list"}


def weather_now(condition: str, temperature: float | None, unit: str) -> str:
    """See `HomeReplies.weather_now`."""
    said = [it for it in (_degrees(temperature, unit), _condition(condition)) if it]
    return f"It's {' and '.join(said)}."


def weather_on(day: str, forecast: Forecast, unit: str) -> str:
    """See `HomeReplies.weather_on`."""
    low, high = forecast.low, forecast.high
    if low is not None and high is not None and round(low) != round(high):
        warm = f"{low:.0f} to {_degrees(high, unit)}"
    else:
        warm = _degrees(high if high is not None else low, unit)
    said = ", ".join(it for it in (_condition(forecast.condition), warm) if it)
    rain = "" if forecast.rain_percent is None else f" The chance of rain is {forecast.rain_percent:.0f} percent."
    return f"{day.capitalize()}: {said}.{rain}" if said else rain.strip() or no_weather(day)


def no_weather(day: str) -> str:
    """See `HomeReplies.no_weather`."""
    return f"I have no forecast for {_weekday(day)}." if day else "I don't know the weather now."


def events(day: str, events: Sequence[Event], more: int, now: datetime) -> str:
    """See `HomeReplies.events`."""
    if not events:
        on = "" if day == "next" else f" {day}" if day in {"today", "tonight", "tomorrow"} else f" on {_weekday(day)}"
        return f"There is nothing on the calendar{on}."
    if day == "next":
        first = events[0]
        days = (first.start.date() - now.date()).days
        on = {0: "today", 1: "tomorrow"}.get(days, spoken_date(first.start))
        return f"Next: {first.summary}, {on}{_at(first)}."
    listed = [f"{event.summary}{_at(event)}" for event in events]
    return f"{day.capitalize()}: {spoken_list([*listed, *([f'{more} more'] if more else [])])}."


def list_item(what: Item, item: str, name: str) -> str:
    """See `HomeReplies.list_item`."""
    return _ITEMS[what].format(item=item, name=_the(name))


def list_items(name: str, items: Sequence[str], more: int) -> str:
    """See `HomeReplies.list_items`."""
    if not items:
        return f"There is nothing on {_the(name)}."
    return f"On {_the(name)}: {spoken_list([*items, *([f'{more} more'] if more else [])])}."


def no_list(kind: str) -> str:
    """See `HomeReplies.no_list`."""
    return f"You don't have a {_LISTS.get(kind, f'{kind} list')}."


_ONLY: Final[Mapping[Partly, str]] = {
    "weather": "I only know the weather here: now, today, tomorrow and on the next days.",
    "lists": "I can add to your lists, read them, and tick things off.",
    "calendar": "I can only read your calendar.",
    "music": "I can pause, skip, change the volume and say what is playing, but I can't choose what to play.",
}


def only(what: Partly) -> str:
    """See `HomeReplies.only`."""
    return _ONLY[what]


def plays(name: str, title: str, artist: str) -> str:
    """See `HomeReplies.plays`."""
    what = f"{title} by {artist}" if title and artist else title or artist
    return f"{name[:1].upper()}{name[1:]} is playing {what}." if what else f"{name[:1].upper()}{name[1:]} is playing."


def nothing_plays() -> str:
    """See `HomeReplies.nothing_plays`."""
    return "Nothing is playing."


def _at(event: Event) -> str:
    return "" if event.all_day else f" at {spoken_time(event.start)}"


def _weekday(day: str) -> str:
    """A weekday with its capital letter; other days are no names."""
    return day.capitalize() if day.endswith("day") and day != "today" else day


def _condition(condition: str) -> str:
    return _CONDITIONS.get(condition, condition.replace("-", " ").replace("_", " "))


def _degrees(temperature: float | None, unit: str) -> str:
    return "" if temperature is None else f"{temperature:.0f} {UNITS.get(unit, 'degrees')}"


def _the(name: str) -> str:
    """A list in a sentence: "the shopping list", and "Chores" by its name."""
    first, _, last = name.rpartition(" ")
    return f"the {first[:1].lower()}{first[1:]} list" if first and last.casefold() == "list" else name

"""The replies about the things of the home in one language: what was done, what was not, and what their states are.

Features and values are those of `edge.home.model`, as plain strings and numbers: this module knows no home.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

FeatureValue = bool | float | str | tuple[int, int, int]

Doubt = Literal["offline", "unconfirmed", "unreachable", "unreported", "unheard"]
"""Why a command may not have worked: the thing is offline; it did not report the change; the broker did not take it."""


Item = Literal["added", "done", "removed", "missing"]
"""What became of an item of a list; "missing": it is not on the list."""


Partly = Literal["weather", "lists", "calendar", "music"]
"""Topics of refused requests of which a home can do something."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The weather of one day: Home Assistant's word for it (may be empty), degrees, and percent; None: not told."""

    condition: str
    high: float | None
    low: float | None
    rain_percent: float | None


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a calendar, at local time; `all_day`: only the day counts."""

    summary: str
    start: datetime
    all_day: bool


class HomeReplies(Protocol):
    """The sentences of one language. Pure. Names are spoken as they are; replies are short, whole and true."""

    def done(self, domain: str, name: str, change: Mapping[str, FeatureValue], unit: str) -> str:
        """A change of an entity or a group worked, as in "Kitchen light on"."""
        ...

    def named(self, name: str, area: str, *, alike: bool) -> str:
        """An entity in a sentence; with its room if `alike` others have the same name."""
        ...

    def doubt(self, doubt: Doubt, names: Sequence[str], more: int) -> str:
        """What did not work for these and for `more` others that are not named."""
        ...

    def confirm(self, domain: str, names: Sequence[str], change: Mapping[str, FeatureValue]) -> str:
        """Asks whether a risky change is really wanted."""
        ...

    def offer(
        self,
        domain: str,
        names: Sequence[str],
        more: int,
        change: Mapping[str, FeatureValue],
        unit: str,
        *,
        alike: bool,
    ) -> str:
        """Asks whether a change was meant, of these and of `more` others; the change is that of the first one.

        `alike`: it is the same for all of them.
        """
        ...

    def ask_code(self, domain: str, names: Sequence[str], change: Mapping[str, FeatureValue]) -> str:
        """Asks for the code that a change needs."""
        ...

    def not_allowed(self, domain: str, names: Sequence[str], change: Mapping[str, FeatureValue]) -> str:
        """The owner does not allow a change."""
        ...

    def cannot(self, domain: str, name: str, wanted: str) -> str:
        """The entity cannot do what is wanted: a feature, "on", "off", or an option that was said."""
        ...

    def out_of_range(self, feature: str, low: float, high: float, unit: str) -> str:
        """A number must be between these."""
        ...

    def unknown_now(self, feature: str, name: str) -> str:
        """A number cannot be changed by an amount: nothing has reported it."""
        ...

    def options(self, name: str, options: Sequence[str]) -> str:
        """What an entity can be set to, said instead of an option that it does not have."""
        ...

    # Questions

    def state(self, domain: str, name: str, feature: str, value: FeatureValue, device_class: str, unit: str) -> str:
        """What an entity reports: "Kitchen light is on, at 40 percent."."""
        ...

    def yes_no(self, answer: bool | None, sentence: str) -> str:
        """The answer to "is ...?": yes or no with the sentence that says what is; None: the sentence alone."""
        ...

    def which_are(self, names: Sequence[str], more: int, state: str, kind: str, *, every: bool) -> str:
        """The things that are open, on, ...; none if `names` is empty, all of them if `every`."""
        ...

    def text_length(self, shortest: int, longest: int) -> str:
        """How many characters a text may have that a thing takes."""
        ...

    def low_batteries(self, names: Sequence[str], more: int) -> str:
        """The devices whose battery is low, and how many more; none if `names` is empty."""
        ...

    def measured(self, measure: str, where: str, value: float | str, unit: str) -> str:
        """A measurement: "It's 21.5 degrees in the bathroom."; `where` is a room or a thing, or empty."""
        ...

    def not_measured(self, measure: str, where: str) -> str:
        """Nothing measures that there."""
        ...

    def kind(self, kind: str) -> str:
        """The plural of a domain or a device class: "lights", "windows"."""
        ...

    def count(self, number: int, sentence: str) -> str:
        """The answer to "how many": the number, and the sentence that names them."""
        ...

    def owner(self, name: str) -> str:
        """The person whose phone or keys are tracked: "Alex" for "Alex Phone"."""
        ...

    def at_home(self, home: Sequence[str], away: Sequence[str], *, asks_who: bool = False) -> str:
        """Whether somebody is at home; `asks_who`: who is."""
        ...

    def where(self, name: str, place: str) -> str:
        """Where a person or a thing is: "home", "not_home", or the name of a zone."""
        ...

    def since(self, sentence: str, changed: datetime | None, known_since: datetime | None, now: datetime) -> str:
        """When a state began; otherwise how long it has held at least; both None: that is unknown."""
        ...

    # Weather, calendars, lists, media players

    def weather_now(self, condition: str, temperature: float | None, unit: str) -> str:
        """The weather outside; one of the two is known."""
        ...

    def weather_on(self, day: str, forecast: Forecast, unit: str) -> str:
        """The forecast for `day`: "today", "tonight", "tomorrow" or a weekday."""
        ...

    def no_weather(self, day: str) -> str:
        """The weather of the day is not known; empty: the weather now."""
        ...

    def events(self, day: str, events: Sequence[Event], more: int, now: datetime) -> str:
        """What is on the calendars on `day` (of `weather_on`, or "next": the next event), and how many `more`."""
        ...

    def list_item(self, what: Item, item: str, name: str) -> str:
        """What became of an item of a list."""
        ...

    def list_items(self, name: str, items: Sequence[str], more: int) -> str:
        """What is on a list, and how many `more` that are not named; empty: nothing."""
        ...

    def no_list(self, kind: str) -> str:
        """There is no list of this kind, one of `Names.list_kind`."""
        ...

    def only(self, what: Partly) -> str:
        """What can be done, said instead of what cannot: the home has a weather service, a list, and so on."""
        ...

    def plays(self, name: str, title: str, artist: str) -> str:
        """What a player plays; `title` and `artist` may be empty."""
        ...

    def nothing_plays(self) -> str:
        """No player plays."""
        ...

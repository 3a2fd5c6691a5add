"""The replies about the things of the home in one language: what was done, what was not, and what their states are.

Features and values are those of `edge.home.model`, as plain strings and numbers: this module knows no home.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, Protocol

FeatureValue = bool | float | str | tuple[int, int, int]

Doubt = Literal["offline", "unconfirmed", "unreachable"]
"""Why a command may not have worked: the thing is offline; it did not report the change; the broker did not take it."""


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

    def measured(self, measure: str, where: str, value: float | str, unit: str) -> str:
        """A measurement: "It's 21.5 degrees in the bathroom."; `where` is a room or a thing, or empty."""
        ...

    def not_measured(self, measure: str, where: str) -> str:
        """Nothing measures that there."""
        ...

    def not_reported(self, name: str) -> str:
        """The thing has reported no state yet."""
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

    def at_home(self, home: Sequence[str], away: Sequence[str]) -> str:
        """Who is at home."""
        ...

    def where(self, name: str, place: str) -> str:
        """Where a person or a thing is: "home", "not_home", or the name of a zone."""
        ...

    def since(self, sentence: str, changed: datetime | None, now: datetime) -> str:
        """When a state began; None: before this speaker started."""
        ...

"""Typed access to the payload of one component: every value is a stranger's and may be of any type."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from edge.errors import HomeError
from edge.home.sources.discovery.templates import Template, compile_template

MAX_TEXT: Final = 256
"""Longest name, payload or option in characters; templates have a limit of their own."""

_MAX_ITEMS: Final = 256
_MAX_TOPIC_BYTES: Final = 1024


class DiscoveryError(HomeError):
    """A component that cannot be used: a required key is missing, or a value has the wrong type."""


TAKEN: Final = "discovery-taken"
"""The code of an announcement that is refused because of another one, which may go."""


def refused(message: str, code: str = "discovery-refused") -> DiscoveryError:
    """The error of an announcement that cannot be used."""
    return DiscoveryError(code, message, "see `edge-voice home`")


class Config:
    """The keys of a component, without abbreviations. Each getter checks the type and raises `DiscoveryError`."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        return self.values.get(key) is not None

    def text(self, key: str, default: str = "") -> str:
        """A text; numbers and booleans are written as Home Assistant writes them (True, False)."""
        value = self.values.get(key)
        if value is None:
            return default
        if not isinstance(value, str | int | float):
            raise refused(f"'{key}' is no text")
        text = str(value)
        if len(text) > MAX_TEXT:
            raise refused(f"'{key}' has more than {MAX_TEXT} characters")
        return text

    def payload(self, key: str, default: str) -> str | None:
        """The payload of a command; None if the key says that there is no such command (null)."""
        return None if key in self.values and self.values[key] is None else self.text(key, default)

    def number(self, key: str, default: float) -> float:
        """A number, also written as a text."""
        value = self.values.get(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise refused(f"'{key}' is no number")
        try:
            number = float(value)
        except (ValueError, OverflowError):
            raise refused(f"'{key}' is no number") from None
        if number != number or abs(number) > 1e9:  # noqa: PLR0124, PLR2004 - NaN; no unit of a home needs more
            raise refused(f"'{key}' is out of range")
        return number

    def flag(self, key: str, *, default: bool = False) -> bool:
        """A boolean, also written as a text."""
        value = self.values.get(key)
        if value is None:
            return default
        if isinstance(value, str):
            return value.strip().lower() in {"1", "true", "yes", "on", "enable"}
        if not isinstance(value, bool | int):
            raise refused(f"'{key}' is no boolean")
        return bool(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text is a list of one."""
        value = self.values.get(key)
        if value is None:
            return ()
        items = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
        if len(items) > _MAX_ITEMS:
            raise refused(f"'{key}' has more than {_MAX_ITEMS} items")
        if any(not isinstance(item, str | int | float) for item in items):
            raise refused(f"'{key}' is no list of texts")
        texts = tuple(map(str, items))
        if any(len(text) > MAX_TEXT for text in texts):
            raise refused(f"'{key}' has a text of more than {MAX_TEXT} characters")
        return texts

    def command_topic(self, key: str) -> str:
        """A topic to publish to; empty if it is missing. A wildcard and a topic of the broker's own are refused."""
        topic = self._topic(key)
        if "+" in topic or "#" in topic:
            raise refused(f"'{key}' has a wildcard")
        if topic.startswith("$"):
            raise refused(f"'{key}' is a topic of the broker itself")
        return topic

    def state_topic(self, key: str) -> str:
        """A topic or filter to subscribe to; empty if it is missing. A filter for everything is refused."""
        topic = self._topic(key)
        levels = topic.split("/")
        if "#" in levels[:-1] or any(level not in {"+", "#"} and ("+" in level or "#" in level) for level in levels):
            raise refused(f"'{key}' is no topic filter")
        if topic and all(level in {"+", "#"} for level in levels):
            raise refused(f"'{key}' matches every topic")
        return topic

    def required(self, key: str) -> str:
        """A topic to publish to that must be there."""
        topic = self.command_topic(key)
        if not topic:
            raise refused(f"'{key}' is missing")
        return topic

    def template(self, *keys: str) -> Template | None:
        """The template of the first key that is there. Raises `TemplateError` if it is none."""
        for key in keys:
            value = self.values.get(key)
            if value is not None:
                if not isinstance(value, str):
                    raise refused(f"'{key}' is no template")
                return compile_template(value)
        return None

    def _topic(self, key: str) -> str:
        value = self.values.get(key)
        if value is None:
            return ""
        if not isinstance(value, str) or not value or "\0" in value or len(value.encode()) > _MAX_TOPIC_BYTES:
            raise refused(f"'{key}' is no topic")
        return value

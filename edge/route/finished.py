"""From what a grammar found in a sentence to the intent that is carried out: the same for typed text and for speech."""

from collections.abc import Iterable
from typing import Any, Protocol

from edge.events import Intent, SlotValue
from edge.route.free_text import as_written

LONGEST_CHARS = 200
"""Nobody speaks a longer command, and templates take longer on longer texts."""

_NOT_LATER = (
    "Edge",
    "HassBroadcast",
    "HassClimateGet",
    "HassGet",
    "HassNevermind",
    "HassRespond",
    "HassStartTimer",
    "HassTimerStatus",
)
"""Beginnings of intents that nobody wants carried out later; "announce that we leave in 5 minutes" is meant for now."""

_KEEPS_SPELLING = {"item", "message", "search_query"}


class Found(Protocol):
    """A slot as hassil's `MatchEntity` and `edge.grammar.matching.Entity` have it; free text is a wildcard."""

    @property
    def name(self) -> str:
        """Of the slot."""
        ...

    @property
    def value(self) -> Any:
        """What it holds."""
        ...

    @property
    def is_wildcard(self) -> bool:
        """Whether it was said in free words."""
        ...


def can_wait(intent: str) -> bool:
    """Whether a command can be meant for later ("turn off the lights in ten minutes")."""
    return not intent.startswith(_NOT_LATER)


def finished(intent: str, found: Iterable[Found], response: str, written: str) -> Intent:
    """The intent with its slots as they are carried out; `written` is the text with its spelling."""
    slots = {it.name: _value(it, written) for it in found}
    slots = {name: value for name, value in slots.items() if value != "" and name != "anything"}
    if intent == "HassRespond" and response:
        slots["response"] = response
    return Intent(intent, slots)


def _value(found: Found, written: str) -> SlotValue:
    value = found.value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int | float):
        return value
    text = str(value).strip()
    return as_written(text, written) if found.is_wildcard and found.name in _KEEPS_SPELLING else text

"""From the slots that a grammar found in a sentence to an intent. The same for typed text and for speech."""

from collections.abc import Iterable

from edge.events import Intent, SlotValue
from edge.grammar.matching import SlotMatch
from edge.nlu.en.free_text import as_written

MAX_CHARS = 200
"""Longer texts are not commands, and matching them is slow."""

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
"""Prefixes of intents that make no sense later: "announce that we leave in 5 minutes" is meant for now."""

_KEEPS_SPELLING = {"item", "message", "search_query"}


def can_wait(intent: str) -> bool:
    """Whether a command can be meant for later ("turn off the lights in ten minutes")."""
    return not intent.startswith(_NOT_LATER)


def to_intent(intent: str, matched: Iterable[SlotMatch], response: str, written: str) -> Intent:
    """The intent with its slots as the home takes them. `written` is the text before normalisation."""
    slots = {slot.name: _value(slot, written) for slot in matched}
    slots = {name: value for name, value in slots.items() if value != "" and name != "anything"}
    if intent == "HassRespond" and response:
        slots["response"] = response
    return Intent(intent, slots)


def _value(slot: SlotMatch, written: str) -> SlotValue:
    value = slot.value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int | float):
        return value
    text = str(value).strip()
    return as_written(text, written) if slot.is_free_text and slot.name in _KEEPS_SPELLING else text

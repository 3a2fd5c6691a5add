"""Home Assistant's English sentences: those that can mean something in this home."""

import dataclasses
import functools
from typing import Any

from hassil import Intents
from home_assistant_intents import get_intents

from edge.errors import EngineError
from edge.nlu.home_names import HomeNames

_OURS_SAY_IT_ALL = frozenset(
    {
        "HassCancelAllTimers",
        "HassCancelTimer",
        "HassDecreaseTimer",
        "HassGetCurrentDate",
        "HassGetCurrentTime",
        "HassIncreaseTimer",
        "HassNevermind",
        "HassPauseTimer",
        "HassRespond",
        "HassStartTimer",
        "HassTimerStatus",
        "HassUnpauseTimer",
    }
)
"""All their sentences are in `en/commands.yaml` too (a test draws them): half of the templates need no parsing."""

_NAME_ALONE = {"[<the>] {name}"}
"""A bare name switches nothing: it is what a clipped "turn off the kitchen light" sounds like."""


def home_assistant_intents(names: HomeNames) -> Any:
    """Home Assistant's grammar as hassil `Intents`, without what asks for entities that this home does not have.

    Not to be changed: sentences are parsed once and shared.

    Raises:
        EngineError: the package of sentences holds none for English.
    """
    whole = _whole()
    kept = {
        name: dataclasses.replace(intent, data=blocks)
        for name, intent in whole.intents.items()
        if (blocks := [block for block in intent.data if _can_be_meant(name, block, names)])
    }
    return prepared(dataclasses.replace(whole, intents=kept))


def prepared(intents: Any) -> Any:
    """`intents` with every sentence parsed now, not at the first question."""
    for intent in intents.intents.values():
        for block in intent.data:
            _ = block.sentences
    return intents


@functools.cache
def _whole() -> Any:
    grammar = get_intents("en")
    if grammar is None:
        raise EngineError("sentences-missing", "home-assistant-intents holds no English sentences", "install it again")
    kept = {
        name: {
            "data": [
                {**block, "sentences": [text for text in block["sentences"] if text not in _NAME_ALONE]}
                for block in intent["data"]
            ]
        }
        for name, intent in sorted(grammar["intents"].items())
        if name not in _OURS_SAY_IT_ALL
    }
    lists = {name: _digits_only(values) for name, values in grammar["lists"].items()}
    return Intents.from_dict({**grammar, "intents": kept, "lists": lists, "skip_words": []})


def _can_be_meant(intent: str, block: Any, names: HomeNames) -> bool:
    """Whether a block of sentences can be about this home.

    A home without a weather service leaves "what's the weather" to whoever knows it, one without people in it "who is
    {zone}", and "what's the temperature" is a question about outside unless something here measures it.
    """
    about = str((block.metadata or {}).get("slot_combination", "")).split("_")
    if ("floor" in about and not names.floors) or ("area" in about and not names.areas):
        return False
    needed = block.requires_context.get("domain", [])
    if needed and not names.has(*([needed] if isinstance(needed, str) else needed)):
        return False
    if block.slots.get("domain") == "person":
        return names.has("person")
    if intent == "HassGetWeather":
        return names.has("weather")
    if intent == "HassClimateGetTemperature" and "area" in block.requires_context:
        return bool(names.here) and names.has("climate", area=names.here)
    return True


def _digits_only(values: dict[str, Any]) -> dict[str, Any]:
    """Numbers are digits by the time they get here; tables of number words would only cost start-up time."""
    return {**values, "range": {**values["range"], "words": False}} if "range" in values else values

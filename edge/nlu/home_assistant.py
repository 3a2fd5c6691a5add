"""Home Assistant's sentences, limited to those that make sense in this home."""

import dataclasses
import functools
from typing import Any

from hassil import Intents
from home_assistant_intents import get_intents

from edge.errors import EngineError
from edge.nlu import Language
from edge.nlu.hassil_loading import digits_only, parsed
from edge.nlu.home_names import HomeNames


def home_assistant_intents(names: HomeNames, language: Language) -> Any:
    """Home Assistant's grammar as hassil `Intents`, without sentences about kinds of entities that this home lacks.

    Do not modify it: sentences are parsed once and shared.

    Raises:
        EngineError: the package has no sentences for the language.
    """
    whole = _whole(language)
    kept = {
        name: dataclasses.replace(intent, data=blocks)
        for name, intent in whole.intents.items()
        if (blocks := [block for block in intent.data if _can_be_meant(name, block, names)])
    }
    return parsed(dataclasses.replace(whole, intents=kept))


@functools.cache
def _whole(language: Language) -> Any:
    grammar = get_intents(language.code)
    if grammar is None:
        message = f"home-assistant-intents has no sentences for '{language.code}'"
        raise EngineError("sentences-missing", message, "reinstall the package")
    left_out, covered = language.commands.left_out, language.commands.covered_intents
    kept = {
        name: {
            "data": [
                {**block, "sentences": [text for text in block["sentences"] if text not in left_out]}
                for block in intent["data"]
            ]
        }
        for name, intent in sorted(grammar["intents"].items())
        if name not in covered
    }
    return Intents.from_dict({**digits_only(grammar), "intents": kept, "skip_words": []})


def _can_be_meant(intent: str, block: Any, names: HomeNames) -> bool:
    """Whether a block of sentences can be about this home.

    Without a weather service, "what's the weather" is a question for a model, and so is "who is {zone}" without
    persons. "What's the temperature" is about outdoors unless the speaker's area has a thermometer.
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

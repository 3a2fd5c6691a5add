"""Home Assistant's English sentences, cut down to what this speaker can carry out or refuse honestly."""

import functools
from typing import Any, get_args

from hassil import Intents
from home_assistant_intents import get_intents

from edge.errors import EngineError
from edge.settings import EntitySettings

_TAKEN = frozenset(
    {
        "HassTurnOn",
        "HassTurnOff",
        "HassLightSet",
        "HassFanSetSpeed",
        "HassSetPosition",
        "HassClimateSetTemperature",
        "HassClimateGetTemperature",
        "HassGetState",
        "HassSetVolume",
        "HassSetVolumeRelative",
        "HassMediaPlayerMute",
        "HassMediaPlayerUnmute",
    }
)
"""Timers, clock and small talk have sentences of our own. What nothing here can do ("play {search_query}") would only
swallow questions."""

_NAME_ALONE = {"[<the>] {name}"}
"""A bare name switches nothing: it is what a clipped "turn off the kitchen light" sounds like."""

_DOMAINS = frozenset(get_args(EntitySettings.model_fields["domain"].annotation))
"""Sentences about persons, batteries or leaks ask for what is not here; "who is {zone}" takes every "who is"."""

_QUESTIONS_OF_THE_WEATHER = {"default"}
"""HassClimateGetTemperature without a place: "what's the temperature" asks about outside as often as about inside."""


@functools.cache
def home_assistant_intents() -> Any:
    """The cut-down grammar as hassil `Intents`, its sentences parsed: once, in about 200 ms. Not to be changed.

    Raises:
        EngineError: the package of sentences holds none for English.
    """
    grammar = get_intents("en")
    if grammar is None:
        raise EngineError("sentences-missing", "home-assistant-intents holds no English sentences", "install it again")
    kept: dict[str, Any] = {}
    for name in sorted(_TAKEN & grammar["intents"].keys()):
        blocks = [
            {**block, "sentences": [text for text in block["sentences"] if text not in _NAME_ALONE]}
            for block in grammar["intents"][name]["data"]
            if (_domains(block) & _DOMAINS or not _domains(block))
            and not (name == "HassClimateGetTemperature" and _combination(block) in _QUESTIONS_OF_THE_WEATHER)
        ]
        kept[name] = {"data": [block for block in blocks if block["sentences"]]}
    lists = {name: _digits_only(values) for name, values in grammar["lists"].items()}
    return prepared(Intents.from_dict({**grammar, "intents": kept, "lists": lists, "skip_words": []}))


def prepared(intents: Any) -> Any:
    """`intents` with every sentence parsed now, not at the first question."""
    for intent in intents.intents.values():
        for block in intent.data:
            _ = block.sentences
    return intents


def _combination(block: dict[str, Any]) -> str:
    return str(block.get("metadata", {}).get("slot_combination", ""))


def _domains(block: dict[str, Any]) -> set[str]:
    """The kinds of things that a block of sentences is about; none for any kind."""
    found: set[str] = set()
    for source in ("slots", "requires_context"):
        domain = block.get(source, {}).get("domain", [])
        found |= {domain} if isinstance(domain, str) else set(domain)
    return found


def _digits_only(values: dict[str, Any]) -> dict[str, Any]:
    """Numbers are digits by the time they get here; tables of number words would only cost start-up time."""
    return {**values, "range": {**values["range"], "words": False}} if "range" in values else values

"""Commands by grammar: the owner's sentences, then ours, then Home Assistant's, then things nobody has configured.

hassil (https://github.com/OHF-Voice/hassil) matches sentence templates; building takes some 150 ms, a text a few.
"""

from collections.abc import Sequence
from typing import Any

import structlog
from hassil import recognize_best

from edge.errors import SettingsError
from edge.events import HERE, Intent, SlotValue
from edge.route.address import strip_filler, strip_wake_word
from edge.route.free_text import as_written, is_sane
from edge.route.grammar_sources import KNOWN_INTENTS, grammar_sources
from edge.route.home_names import HomeNames, names_of
from edge.route.normalise import normalise
from edge.route.sentence_files import own_sentences, shipped_sentences
from edge.route.spoken_moments import canonical_moment
from edge.route.unknown_things import unknown_thing_command
from edge.settings import Settings

_log = structlog.get_logger("route")

_LONGEST_CHARS = 200
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


class HassilRecognizer:
    """An `IntentRecognizer`. Building and matching block: use a worker."""

    def __init__(self, settings: Settings, names: HomeNames | None = None) -> None:
        """Read the grammars; `names` None: what the settings list.

        A sentence file that cannot be used is logged and kept in `mistakes`.
        """
        self._words = tuple(settings.wake.words)
        self._names = names_of(settings) if names is None else names
        self._places = frozenset(normalise(place.name) for place in (*self._names.areas, *self._names.floors))
        self._sources = grammar_sources(self._names, settings.route.sentences)
        self.mistakes = self._sources.mistakes
        for error in self.mistakes:
            _log.warning("sentences-refused", code=error.code, error=error.message)
        self.recognize("turn on the light")  # the first text fills caches

    def recognize(self, text: str) -> Intent | None:
        """See `IntentRecognizer.recognize`. Any spelling of a speech recogniser; the wake word may still be in it."""
        if len(text) > _LONGEST_CHARS:
            return None
        written = strip_wake_word(text, self._words)
        spoken = strip_filler(normalise(written))
        if not spoken:
            return None
        spoken = canonical_moment(spoken)
        for grammar in self._sources.grammars:
            if (intent := self._match(spoken, written, grammar)) is not None:
                return intent
        return self._in_this_room(unknown_thing_command(spoken))

    def _in_this_room(self, intent: Intent | None) -> Intent | None:
        if intent is None or intent.slots.get("area") != HERE:
            return intent
        return Intent(intent.name, {**intent.slots, **self._sources.context})

    def _match(self, spoken: str, written: str, grammar: Any) -> Intent | None:
        result = recognize_best(
            spoken,
            grammar,
            slot_lists=self._sources.lists,
            intent_context=self._sources.context,
            best_slot_name="name",
            language="en",
        )
        if result is None or not all(self._is_sane(entity) for entity in result.entities_list):
            return None
        slots = {entity.name: _value(entity, written) for entity in result.entities_list}
        slots = {name: value for name, value in slots.items() if value != "" and name != "anything"}
        if result.intent.name == "HassRespond" and result.response:
            slots["response"] = result.response
        return Intent(result.intent.name, slots)

    def _is_sane(self, entity: Any) -> bool:
        if not entity.is_wildcard:
            return True
        if entity.name == "conversation_command":
            command = self.recognize(str(entity.value))
            return command is not None and not command.name.startswith(_NOT_LATER)
        return is_sane(entity.name, str(entity.value), self._places)


def check_sentences(settings: Settings) -> Sequence[SettingsError]:
    """What is wrong with the owner's sentence files, one error for each file."""
    return own_sentences(settings.route.sentences, known_intents=KNOWN_INTENTS, base=shipped_sentences())[1]


def _value(entity: Any, written: str) -> SlotValue:
    value = entity.value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int | float):
        return value
    text = str(value).strip()
    return (
        as_written(text, written) if entity.is_wildcard and entity.name in {"item", "message", "search_query"} else text
    )

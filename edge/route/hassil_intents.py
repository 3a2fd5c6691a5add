"""Commands by grammar: the owner's sentences, then ours, then Home Assistant's.

Then what is one of them but for a name that was spelled by ear, then things nobody has configured.

hassil (https://github.com/OHF-Voice/hassil) matches sentence templates; building takes some 150 ms, a text a few.
"""

from collections.abc import Sequence
from typing import Any

import structlog
from hassil import recognize_best

from edge.errors import SettingsError
from edge.events import HERE, Intent
from edge.route import Understood
from edge.route.address import strip_filler, strip_wake_word
from edge.route.finished import LONGEST_CHARS, can_wait, finished
from edge.route.free_text import is_sane
from edge.route.grammar_sources import KNOWN_INTENTS, grammar_sources
from edge.route.home_names import HomeNames, names_of, places
from edge.route.normalise import normalise
from edge.route.sentence_files import own_sentences, shipped_sentences
from edge.route.sounds_like import LEAST_BETTER, SoundsLike, frame_words
from edge.route.spoken_moments import canonical_moment
from edge.route.unknown_things import unknown_thing_command
from edge.settings import Settings

_log = structlog.get_logger("route")

_NAMES = ("name", "area", "floor")
"""Slots that hold a name of the home."""

_MOST_READINGS = 8
"""Each costs as much as matching a text."""


class HassilRecognizer:
    """An `IntentRecognizer`. Building and matching block: use a worker."""

    def __init__(self, settings: Settings, names: HomeNames | None = None) -> None:
        """Read the grammars; `names` None: what the settings list.

        A sentence file that cannot be used is logged and kept in `mistakes`.
        """
        self._words = tuple(settings.wake.words)
        self._names = names_of(settings) if names is None else names
        self._places = places(self._names)
        self._sources = grammar_sources(self._names, settings.route.sentences)
        self.mistakes = self._sources.mistakes
        for error in self.mistakes:
            _log.warning("sentences-refused", code=error.code, error=error.message)
        self._sounds = SoundsLike(self._names, frame_words(self._sources.grammars))
        self.recognize("turn on the light")  # the first text fills caches

    def recognize(self, text: str) -> Intent | None:
        """The intent alone of what `understand` finds."""
        found = self.understand(text)
        return None if found is None else found.intent

    def understand(self, text: str) -> Understood | None:
        """See `IntentRecognizer.understand`. Any spelling of a speech recogniser; the wake word may still be in it."""
        if len(text) > LONGEST_CHARS:
            return None
        written = strip_wake_word(text, self._words)
        spoken = strip_filler(normalise(written))
        if not spoken:
            return None
        spoken = canonical_moment(spoken)
        if (intent := self._spelled(spoken, written)) is not None:
            return Understood(intent)
        if (named := self._spelled_by_ear(spoken)) is not None:
            return named
        unknown = unknown_thing_command(spoken)
        return None if unknown is None else Understood(self._in_this_room(unknown))

    def _spelled(self, spoken: str, written: str) -> Intent | None:
        for grammar in self._sources.grammars:
            if (intent := self._match(spoken, written, grammar)) is not None:
                return intent
        return None

    def _spelled_by_ear(self, spoken: str) -> Understood | None:
        """The command with the name that what was written sounds like, where no other name is nearly as alike."""
        best: Understood | None = None
        name = ""
        for reading in self._sounds.readings(spoken)[:_MOST_READINGS]:
            if best is not None and (best.confidence - reading.likeness >= LEAST_BETTER or reading.name == name):
                continue
            intent = self._spelled(reading.text, reading.text)
            if intent is None or reading.name not in {intent.slots.get(slot) for slot in _NAMES}:
                continue
            if best is not None:
                return None
            best, name = Understood(intent, "sounds-like", reading.likeness), reading.name
        return best

    def _in_this_room(self, intent: Intent) -> Intent:
        if intent.slots.get("area") != HERE:
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
        return finished(result.intent.name, result.entities_list, result.response or "", written)

    def _is_sane(self, entity: Any) -> bool:
        if not entity.is_wildcard:
            return True
        if entity.name == "conversation_command":
            command = self.recognize(str(entity.value))
            return command is not None and can_wait(command.name)
        return is_sane(entity.name, str(entity.value), self._places)


def check_sentences(settings: Settings) -> Sequence[SettingsError]:
    """What is wrong with the owner's sentence files, one error for each file."""
    return own_sentences(settings.route.sentences, known_intents=KNOWN_INTENTS, base=shipped_sentences())[1]

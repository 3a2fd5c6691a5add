"""Finds the command in a text with sentence templates.

It tries the owner's sentences, ours and Home Assistant's; then the same with names that the recogniser misspelled; then
commands to entities that are not configured. hassil (https://github.com/OHF-Voice/hassil) matches the templates.
Building takes about 150 ms, matching a text a few.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final, NamedTuple

import structlog
from hassil import recognize_all, recognize_best

from edge.errors import SettingsError
from edge.events import HERE, IN_SHORT, Intent
from edge.grammar.matching import SlotMatch
from edge.nlu import IntentMatch, open_language
from edge.nlu.delayed import packed
from edge.nlu.grammar_sources import KNOWN_INTENTS, grammar_sources
from edge.nlu.home_names import HomeNames, area_names, names_of
from edge.nlu.intent_slots import MAX_CHARS, can_wait, to_intent
from edge.nlu.part_names import PartNames
from edge.nlu.sentence_files import own_sentences, shipped_sentences
from edge.nlu.several_commands import NOT_UNDERSTOOD, several_commands
from edge.nlu.sounds_like import MIN_MARGIN, SoundsLike, frame_words
from edge.settings import Settings

_log = structlog.get_logger("nlu")

_NAMES = ("name", "area", "floor")
"""Slots that hold a name of the home."""

_SWALLOWS = frozenset({"HassMediaSearchAndPlay"})
"""Intents whose free text may hold another command."""
_COMMAND = "conversation_command"
_MACHINE = "EdgeMachine"
_ON = "HassTurnOn"
_START = "HassStartTimer"
_TIMER_INTENTS = frozenset(name for name in KNOWN_INTENTS if name.endswith("Timer") or name == "HassTimerStatus")

_MAX_RESPELLINGS = 8
"""Each takes as long as matching a text."""
_MAX_PARTS = 24
"""The same, for things that some words of their names may mean."""
_THINGS = ("name", "except", "also_except")
"""Slots that hold the name of a thing."""
_QUESTIONS = ("EdgeMeasure", "EdgeSetting", "HassClimateGet", "HassGet")
"""How the names of intents begin that only ask."""
_REMEMBERED: Final = 64
"""Matches of the last texts: one text is tried in several ways, and the same text is asked about in every pause."""


class _Found(NamedTuple):
    """The template that a text matches."""

    name: str
    slots: tuple[SlotMatch, ...]
    response: str


class HassilRecognizer:
    """An `IntentRecognizer`. Building and matching block; use a worker."""

    def __init__(self, settings: Settings, names: HomeNames | None = None) -> None:
        """Read the grammars. `names` defaults to those in the settings.

        A sentence file with mistakes is logged and kept in `mistakes`.
        """
        self._language = open_language(settings.device.language)
        self._wake_words = tuple(settings.wake.words)
        self._names = names_of(settings) if names is None else names
        self._areas = area_names(self._names, self._language)
        self._sources = grammar_sources(self._names, self._language, settings.route.sentences)
        self.mistakes = self._sources.mistakes
        for error in self.mistakes:
            event = "sentences-refused" if error.code == "sentences-invalid" else error.code
            _log.warning(event, code=error.code, error=error.message)
        self._said_names = {str(it.text_in.text): str(it.value_out) for it in self._sources.lists["name"].values}
        self._sounds = SoundsLike(self._names, frame_words(self._sources.grammars), self._language.names)
        self._parts = PartNames(self._names, self._language.names)
        self._found = lru_cache(maxsize=_REMEMBERED)(self._find)
        self.recognize("turn on the light")  # the first text fills caches

    def recognize(self, text: str) -> IntentMatch | None:
        """See `IntentRecognizer.recognize`. Accepts raw recogniser output, including the wake word."""
        if len(text) > MAX_CHARS:
            return None
        written = self._language.strip_wake_word(text, self._wake_words)
        spoken = self._prepared(written)
        if not spoken:
            return None
        if (intent := self._spelled(spoken, written)) is not None:
            return IntentMatch(self._without_a_second(intent, written))
        if (several := several_commands(written, self._part, self._any_part, self._language)) is not None:
            return IntentMatch(several)
        if (found := self._not_as_spelled(spoken)) is not None:
            return found
        first, *others = self._language.commands.pieces(written)
        return self._refused(self._prepared(first)) if others else None

    def intent(self, text: str) -> Intent | None:
        """Only the intent of `recognize`."""
        found = self.recognize(text)
        return None if found is None else found.intent

    def _prepared(self, written: str) -> str:
        """A text without its wake word in the spelling of the templates."""
        commands = self._language.commands
        spoken = commands.strip_filler(self._language.normalise(written))
        return commands.normalise_alarm_time(commands.normalise_timer_phrases(spoken))

    def _part(self, written: str) -> Intent | None:
        """The command that a part of a text spells, unless it would be asked for its time.

        "Set an alarm for Monday" may lack what follows: "... and Wednesday at seven".
        """
        spoken = self._prepared(written)
        intent = self._spelled(spoken, written) if spoken else None
        return None if intent is not None and intent.name == "EdgeSetAlarm" and "hour" not in intent.slots else intent

    def _any_part(self, written: str) -> Intent | None:
        """The command that a part of a text is, with a name by ear, or its refusal."""
        spoken = self._prepared(written)
        if not spoken:
            return None
        if (intent := self._spelled(spoken, written)) is not None:
            return intent
        found = self._not_as_spelled(spoken)
        return None if found is None else found.intent

    def _not_as_spelled(self, spoken: str) -> IntentMatch | None:
        """The command of a text that is none of the sentences: with a name by ear, its refusal, or a timer's name."""
        by_name = self._pressed(spoken) or self._spelled_by_ear(spoken) or self._spelled_in_part(spoken)
        return by_name or self._refused(spoken) or self._in_short(spoken)

    def _without_a_second(self, intent: Intent, written: str) -> Intent:
        """The commands of a text whose free text contains a second command: "play jazz and turn off the lights"."""
        if intent.name not in _SWALLOWS:
            return intent
        several = several_commands(written, self._part, self._part, self._language)
        known = several is not None and all(it.name != NOT_UNDERSTOOD for it in several.then)
        return several if several is not None and known else intent

    def _refused(self, spoken: str) -> IntentMatch | None:
        """The refusal of a text that looks like a command and cannot be carried out."""
        commands = self._language.commands
        if (unknown := commands.unknown_entity_command(spoken, self._said_names.keys())) is not None:
            return IntentMatch(self._in_this_room(unknown), "unknown-name")
        unclear = commands.unsupported_schedule_command(spoken) or commands.command_like(spoken, self._said_names)
        return None if unclear is None else IntentMatch(unclear, "not-understood")

    def _pressed(self, spoken: str) -> IntentMatch | None:
        """The command to the button whose name says what it does: "feed the cat"."""
        found = (self._in_grammar(it, it) for it in self._language.commands.pressed(spoken))
        intent = next((it for it in found if it is not None and it.name == _ON and "name" in it.slots), None)
        return None if intent is None else IntentMatch(intent)

    def _in_short(self, spoken: str) -> IntentMatch | None:
        """The command to a timer that is named without the word "timer"."""
        whole = self._language.commands.with_timer(spoken)
        intent = None if whole is None else self._spelled(whole, whole)
        if intent is None or "name" not in intent.slots or intent.name not in _TIMER_INTENTS:
            return None
        return IntentMatch(intent if intent.name == _START else replace(intent, slots={**intent.slots, IN_SHORT: 1}))

    def _spelled(self, spoken: str, written: str) -> Intent | None:
        """The command that a text spells, also one for later."""
        intent = self._in_grammar(spoken, written)
        if intent is None or _COMMAND in intent.slots:
            intent = self._later(spoken) or intent
        return intent

    def _in_grammar(self, spoken: str, written: str) -> Intent | None:
        for said in dict.fromkeys((spoken, self._language.commands.normalise_home_phrases(spoken))):
            for grammar in range(len(self._sources.grammars)):
                if (intent := self._match(said, written, grammar)) is not None:
                    return intent
        return None

    def _later(self, spoken: str) -> Intent | None:
        """The command for later that a text is, or the cancelling of one: "don't turn off the fan"."""
        commands = self._language.commands
        if (unwanted := commands.unwanted(spoken)) is not None and (command := self._now(unwanted)) is not None:
            return Intent("EdgeCancelLater", {"command": packed(command), "said": unwanted})
        for delay in commands.delays(spoken):
            command = self._now(delay.command)
            if command is None:
                continue
            if not delay.lasts:
                return Intent("EdgeLater", {**delay.when, "command": packed(command), "said": delay.command})
            opposite = commands.undone(delay.command)
            undoes = None if opposite is None else self._now(opposite)
            if opposite is None or undoes is None:
                return Intent("EdgeUnsupported", {"what": "later"})
            later = Intent("EdgeLater", {**delay.when, "command": packed(undoes), "said": opposite})
            return replace(command, then=(*command.then, later))
        return None

    def _now(self, spoken: str) -> Intent | None:
        """The command that a normalised text is, if it can wait, or several that all can."""
        spoken = self._language.commands.strip_filler(spoken)
        found = self._in_grammar(spoken, spoken)
        if found is None and (heard := self._spelled_by_ear(spoken)) is not None:
            found = heard.intent
        if found is None and (in_part := self._spelled_in_part(spoken)) is not None:
            found = in_part.intent
        if found is None:
            found = self._in_this_kind(spoken)
        if found is None:
            found = several_commands(spoken, self._alone, self._alone, self._language)
        return found if found is not None and all(can_wait(it.name) for it in (found, *found.then)) else None

    def _in_this_kind(self, spoken: str) -> Intent | None:
        """The command to the things of a kind in this room: "turn on the heating"."""
        found = self._language.commands.unknown_entity_command(spoken, self._said_names.keys())
        return self._in_this_room(found) if found is not None and found.slots.get("area") == HERE else None

    def _alone(self, spoken: str) -> Intent | None:
        return self._in_grammar(spoken, spoken)

    def _spelled_by_ear(self, spoken: str) -> IntentMatch | None:
        """The command with the name that the text sounds like, unless another name is about equally likely."""
        best: IntentMatch | None = None
        name = ""
        for it in self._sounds.respellings(spoken)[:_MAX_RESPELLINGS]:
            if best is not None and (best.confidence - it.likeness >= MIN_MARGIN or it.name == name):
                continue
            intent = self._in_grammar(it.text, it.text)
            if intent is None or it.name not in {intent.slots.get(slot) for slot in _NAMES}:
                continue
            if best is not None:
                return None
            best, name = IntentMatch(intent, "sounds-like", it.likeness), it.name
        return best

    def _spelled_in_part(self, spoken: str) -> IntentMatch | None:
        """The command with the thing that some words of its name mean; the home asks which one if they are several."""
        tries = 0
        for said, parts in self._parts.respellings(spoken):
            found: dict[str, Intent] = {}
            for it in parts:
                tries += 1
                if tries > _MAX_PARTS:
                    return None
                intent = self._in_grammar(it.text, it.text)
                slot = next((slot for slot in _THINGS if intent and intent.slots.get(slot) == it.name), "")
                if intent is None or not slot:
                    continue
                if it.whole or not intent.name.startswith(_QUESTIONS):
                    found[it.name] = intent if slot != "name" else replace(intent, slots={**intent.slots, "name": said})
            if len(found) > 1:  # "open the car port" is for its door before the lock beside it
                found = {name: it for name, it in found.items() if it.name != _MACHINE} or found
            if len(found) == 1:
                (name, intent), *_ = found.items()
                named = {"name": name} if intent.slots.get("name") == said else {}
                return IntentMatch(replace(intent, slots={**intent.slots, **named}), "part-of-name")
            if found and all(intent.slots.get("name") == said for intent in found.values()):
                return IntentMatch(next(iter(found.values())), "part-of-name")
        return None

    def _in_this_room(self, intent: Intent) -> Intent:
        if intent.slots.get("area") != HERE:
            return intent
        return Intent(intent.name, {**intent.slots, "area": self._sources.context["area"]})

    def _match(self, spoken: str, written: str, grammar: int) -> Intent | None:
        found = self._found(spoken, grammar)
        return None if found is None else to_intent(found.name, found.slots, found.response, written, self._language)

    def _find(self, spoken: str, grammar: int) -> _Found | None:
        known: dict[str, Any] = {
            "slot_lists": self._sources.lists,
            "intent_context": self._sources.context,
            "language": self._language.code,
        }
        templates = self._sources.grammars[grammar]
        result = recognize_best(spoken, templates, best_slot_name="name", **known)
        if result is None:
            return None
        if (slots := self._plausible_slots(result)) is None:
            if not any(it.name == _COMMAND for it in result.entities_list):
                return None
            # "remind me to check the oven in ten minutes" is no command for later, but may be another one.
            others = [it for it in recognize_all(spoken, templates, **known) if self._plausible_slots(it) is not None]
            if not others:
                return None
            result = min(others, key=_free_then_literal)
            slots = self._plausible_slots(result) or []
        return _Found(result.intent.name, tuple(slots), result.response or "")

    def _plausible_slots(self, result: Any) -> list[SlotMatch] | None:
        """The slots of a match; None if one of them cannot be meant."""
        slots = [SlotMatch(it.name, it.value, is_free_text=it.is_wildcard) for it in result.entities_list]
        return slots if all(self._is_plausible(slot) for slot in slots) else None

    def _is_plausible(self, slot: SlotMatch) -> bool:
        if not slot.is_free_text:
            return True
        if slot.name == _COMMAND:
            command = self.intent(str(slot.value))
            return command is not None and can_wait(command.name)
        return self._language.commands.is_plausible(slot.name, str(slot.value), self._areas)


def _free_then_literal(result: Any) -> tuple[int, int]:
    """The order of hassil's results: few free texts first, then much literal text."""
    return sum(it.is_wildcard for it in result.entities_list), -result.text_chunks_matched


def check_sentences(settings: Settings) -> Sequence[SettingsError]:
    """The mistakes in the owner's sentence files, one error per file."""
    language = open_language(settings.device.language)
    base = shipped_sentences(language)
    return own_sentences(settings.route.sentences, language, known_intents=KNOWN_INTENTS, base=base)[1]

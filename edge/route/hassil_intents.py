"""Commands by grammar: the owner's sentences, then ours, then Home Assistant's, then things nobody has configured.

hassil (https://github.com/OHF-Voice/hassil) matches sentence templates; building takes some 150 ms, a text a few.
"""

from collections.abc import Sequence
from typing import Any

import structlog
from hassil import recognize_best

from edge.errors import SettingsError
from edge.events import Intent, SlotValue
from edge.route.address import strip_filler, strip_wake_word
from edge.route.home_assistant import home_assistant_intents
from edge.route.normalise import normalise
from edge.route.sentence_files import own_sentences, shipped_sentences
from edge.route.slot_lists import name_lists
from edge.route.spoken_moments import canonical_moment
from edge.route.unknown_things import unknown_thing_command
from edge.settings import Settings

_log = structlog.get_logger("route")

_LONGEST_CHARS = 200
"""Nobody speaks a longer command, and templates take longer on longer texts."""

_NO_AREA = "\0"
"""The speaker's area where none is set, so that sentences about "here" still match. Never reaches a slot."""

_SPEAKER_INTENTS = frozenset({"HassSetVolume", "HassSetVolumeRelative", "HassMediaPlayerMute", "HassMediaPlayerUnmute"})

KNOWN_INTENTS = frozenset(
    {
        "EdgeAlarmStatus",
        "EdgeCancelAlarm",
        "EdgeCancelAllAlarms",
        "EdgeHelp",
        "EdgePrivacy",
        "EdgeRepeat",
        "EdgeSetAlarm",
        "EdgeStop",
        "EdgeThanks",
        "EdgeUnsupported",
        "HassCancelAllTimers",
        "HassCancelTimer",
        "HassClimateGetTemperature",
        "HassClimateSetTemperature",
        "HassDecreaseTimer",
        "HassFanSetSpeed",
        "HassGetCurrentDate",
        "HassGetCurrentTime",
        "HassGetState",
        "HassIncreaseTimer",
        "HassLightSet",
        "HassMediaPlayerMute",
        "HassMediaPlayerUnmute",
        "HassNevermind",
        "HassPauseTimer",
        "HassRespond",
        "HassSetPosition",
        "HassSetVolume",
        "HassSetVolumeRelative",
        "HassStartTimer",
        "HassTimerStatus",
        "HassTurnOff",
        "HassTurnOn",
        "HassUnpauseTimer",
    }
)
"""What `edge.home` carries out or refuses in words; sentences of one's own may name these."""

_NOT_IN_A_NAME = frozenset(
    """
    a an add and any are be called can cancel create did do does for get have how i is it left many minute minutes much
    named no on or seconds second set start stop tell that there time timer timers to what when where who why will with
    you hour hours
    """.split()  # noqa: SIM905 - words are read more easily than a list of sixty strings
)
_NAME_WORDS = 4


class HassilRecognizer:
    """An `IntentRecognizer`. Building and matching block: use a worker."""

    def __init__(self, settings: Settings) -> None:
        """Read the grammars. A sentence file that cannot be used is logged and kept in `mistakes`."""
        self._words = tuple(settings.wake.words)
        self._lists = name_lists(settings)
        self._area = settings.device.area
        shipped = shipped_sentences()
        own, self.mistakes = own_sentences(settings.route.sentences, known_intents=KNOWN_INTENTS, base=shipped)
        for error in self.mistakes:
            _log.warning("sentences-refused", code=error.code, error=error.message)
        for intents in own:
            intents.slot_lists = {**shipped.slot_lists, **intents.slot_lists}
            intents.expansion_rules = {**shipped.expansion_rules, **intents.expansion_rules}
        self._grammars = (*own, shipped, home_assistant_intents())
        self.recognize("turn on the light")  # the first text fills caches

    def recognize(self, text: str) -> Intent | None:
        """See `IntentRecognizer.recognize`. Any spelling of a speech recogniser; the wake word may still be in it."""
        if len(text) > _LONGEST_CHARS:
            return None
        spoken = strip_filler(normalise(strip_wake_word(text, self._words)))
        if not spoken:
            return None
        spoken = canonical_moment(spoken)
        for grammar in self._grammars:
            if (intent := self._match(spoken, grammar)) is not None:
                return intent
        return unknown_thing_command(spoken)

    def _match(self, spoken: str, grammar: Any) -> Intent | None:
        result = recognize_best(
            spoken,
            grammar,
            slot_lists=self._lists,
            intent_context={"area": self._area or _NO_AREA},
            best_slot_name="name",
            language="en",
        )
        if result is None or not all(_is_sane(entity) for entity in result.entities_list):
            return None
        slots = {entity.name: _value(entity) for entity in result.entities_list}
        if result.intent.name in _SPEAKER_INTENTS and "area" in slots and not _was_said(result.entities_list, "area"):
            del slots["area"]
        slots = {name: value for name, value in slots.items() if value not in {_NO_AREA, ""} and name != "item"}
        if result.intent.name == "HassRespond" and result.response:
            slots["response"] = result.response
        return Intent(result.intent.name, slots)


def check_sentences(settings: Settings) -> Sequence[SettingsError]:
    """What is wrong with the owner's sentence files, one error for each file."""
    return own_sentences(settings.route.sentences, known_intents=KNOWN_INTENTS, base=shipped_sentences())[1]


def _is_sane(entity: Any) -> bool:
    """Whether a wildcard holds a name, not half a question: "how do I set a PASTA timer"."""
    if not entity.is_wildcard or entity.name != "name":
        return True
    words = str(entity.value).split()
    return 0 < len(words) <= _NAME_WORDS and not _NOT_IN_A_NAME.intersection(words)


def _was_said(entities: Sequence[Any], name: str) -> bool:
    return any(entity.name == name and entity.text_span is not None for entity in entities)


def _value(entity: Any) -> SlotValue:
    value = entity.value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int | float) else str(value).strip()

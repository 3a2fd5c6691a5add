"""All commands of a home as hassil templates, for typed text and for the speech grammar."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from edge.errors import SettingsError
from edge.events import HERE
from edge.nlu import Language
from edge.nlu.home_assistant import home_assistant_intents
from edge.nlu.home_names import HomeNames
from edge.nlu.sentence_files import own_sentences, shipped_sentences
from edge.nlu.slot_lists import name_lists

KNOWN_INTENTS = frozenset(
    {
        "EdgeAdjust",
        "EdgeAlarmPanel",
        "EdgeAlarmStatus",
        "EdgeCalendar",
        "EdgeCancelAlarm",
        "EdgeCancelAllAlarms",
        "EdgeNotUnderstood",
        "EdgeCancelAllLater",
        "EdgeCancelAllReminders",
        "EdgeCancelLater",
        "EdgeCancelReminder",
        "EdgeChangeAlarm",
        "EdgeChangeReminder",
        "EdgeChangeTimer",
        "EdgeDirection",
        "EdgeLater",
        "EdgeLaterStatus",
        "EdgeListItems",
        "EdgeMachine",
        "EdgeMeasure",
        "EdgeOscillate",
        "EdgePlaying",
        "EdgeReminderStatus",
        "EdgeRepeat",
        "EdgeRestartTimer",
        "EdgeSetAlarm",
        "EdgeSetHumidity",
        "EdgeSetNumber",
        "EdgeSetOption",
        "EdgeSetReminder",
        "EdgeSetText",
        "EdgeSetting",
        "EdgeSnooze",
        "EdgeStop",
        "EdgeStopCover",
        "EdgeThanks",
        "EdgeTilt",
        "EdgeUnsupported",
        "EdgeVolume",
        "HassBroadcast",
        "HassCancelAllTimers",
        "HassCancelTimer",
        "HassClimateGetTemperature",
        "HassClimateSetFanMode",
        "HassClimateSetTemperature",
        "HassDecreaseTimer",
        "HassFanSetSpeed",
        "HassGetCurrentDate",
        "HassGetCurrentTime",
        "HassGetState",
        "HassGetWeather",
        "HassIncreaseTimer",
        "HassLawnMowerDock",
        "HassLawnMowerStartMowing",
        "HassLightSet",
        "HassListAddItem",
        "HassListCompleteItem",
        "HassListRemoveItem",
        "HassMediaNext",
        "HassMediaPause",
        "HassMediaPlayerMute",
        "HassMediaPlayerUnmute",
        "HassMediaPrevious",
        "HassMediaSearchAndPlay",
        "HassMediaUnpause",
        "HassNevermind",
        "HassPauseTimer",
        "HassRespond",
        "HassSetPosition",
        "HassSetVolume",
        "HassSetVolumeRelative",
        "HassShoppingListAddItem",
        "HassShoppingListCompleteItem",
        "HassStartTimer",
        "HassTimerStatus",
        "HassTurnOff",
        "HassTurnOn",
        "HassUnpauseTimer",
        "HassVacuumCleanArea",
        "HassVacuumReturnToBase",
        "HassVacuumStart",
    }
)
"""The intents that `edge.home` carries out or refuses politely; the owner's sentences may use these."""


_WHOLE: Final = ("calendar", "media_player", "todo", "weather")
"""Domains of sentences without a name ("what's the weather"). Without such an entity they have another answer."""


@dataclass(frozen=True, slots=True)
class GrammarSources:
    """The templates of a home. Do not modify them: parts are shared between homes.

    `grammars` are hassil `Intents` in order of preference: the owner's files, ours, Home Assistant's. Each has its own
    lists and rules. `lists` (hassil's `name`, `area`, `floor`) and `context` apply to all grammars and override theirs.
    The context holds `area`: that of the speaker, or `HERE`; and `has_weather` and so on: "yes" if there is such an
    entity. A value of `name` has the context `domain`; a block's `requires_context` is checked against both.
    `mistakes` are the errors in the owner's files.
    """

    grammars: tuple[Any, ...]
    lists: dict[str, Any]
    context: dict[str, str]
    mistakes: tuple[SettingsError, ...] = ()


def grammar_sources(names: HomeNames, language: Language, sentence_files: Iterable[Path] = ()) -> GrammarSources:
    """The templates for a home with these names. The first call blocks for about 0.2 s; use a worker."""
    shipped = shipped_sentences(language)
    own, mistakes = own_sentences(sentence_files, language, known_intents=KNOWN_INTENTS, base=shipped)
    for intents in own:
        intents.slot_lists = {**shipped.slot_lists, **intents.slot_lists}
        intents.expansion_rules = {**shipped.expansion_rules, **intents.expansion_rules}
    return GrammarSources(
        grammars=(*own, shipped, home_assistant_intents(names, language)),
        lists=name_lists(names, language),
        context={"area": names.here or HERE, **{f"has_{it}": "yes" for it in _WHOLE if names.has(it)}},
        mistakes=tuple(mistakes),
    )

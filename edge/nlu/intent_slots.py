"""Converts the slots that a grammar found to an intent, for typed text and for speech."""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from edge.events import UNDO, Intent, SlotValue
from edge.grammar.matching import SlotMatch
from edge.nlu import Language

MAX_CHARS = 200
"""Longer texts are not commands, and matching them is slow."""

_NOT_LATER = (
    "EdgeAlarmStatus",
    "EdgeCalendar",
    "EdgeCancel",
    "EdgeChange",
    "EdgeLater",
    "EdgeListItems",
    "EdgeMeasure",
    "EdgeNotUnderstood",
    "EdgePlaying",
    "EdgeReminder",
    "EdgeRepeat",
    "EdgeRestart",
    "EdgeSetAlarm",
    "EdgeSetReminder",
    "EdgeSetting",
    "EdgeSnooze",
    "EdgeStop",
    "EdgeThanks",
    "EdgeUnsupported",
    "EdgeVolume",
    "HassBroadcast",
    "HassClimateGet",
    "HassGet",
    "HassNevermind",
    "HassRespond",
    "HassStartTimer",
    "HassTimerStatus",
)
"""Prefixes of intents that cannot be delayed: "announce that we leave in 5 minutes" is meant for now."""

TARGETS: Final = frozenset({"name", "area", "floor", "domain", "device_class"})
"""Slots that say what a command of the home is for."""

DOMAINS: Final = frozenset(
    {
        "alarm_control_panel",
        "climate",
        "cover",
        "everything",
        "fan",
        "humidifier",
        "lawn_mower",
        "light",
        "lock",
        "media_player",
        "person",
        "scene",
        "script",
        "siren",
        "switch",
        "vacuum",
        "valve",
        "water_heater",
    }
)
"""What `domain` may be."""

_WHEN = frozenset({"hour", "minute", "meridiem", "day"})
_LENGTH = frozenset({"hours", "minutes", "seconds"})
_WHICH_TIMER = frozenset({"name", "area", "start_hours", "start_minutes", "start_seconds", "which", "id", "all"})
_ALSO = frozenset({"also_hour", "also_minute", "also_meridiem"})
_WHICH_ALARM = _WHEN | _ALSO | {"name", "which", "id", "all"}
_NEW_ALARM = _WHEN | _ALSO | {"name", "wake"}
_REMINDER_SLOTS = _LENGTH | _WHICH_ALARM | _NEW_ALARM | {"message", "reminder", "moved_reminder"}

SLOTS: Final[Mapping[str, AbstractSet[str]]] = {
    "EdgeAdjust": TARGETS | {"what", "direction", "step"},
    "EdgeAlarmPanel": TARGETS | {"action"},
    "EdgeAlarmStatus": _WHICH_ALARM,
    "EdgeCalendar": frozenset({"name", "day"}),
    "EdgeCancelAlarm": _WHICH_ALARM,
    "EdgeCancelAllAlarms": _WHICH_ALARM,
    "EdgeCancelAllLater": frozenset(),
    "EdgeCancelAllReminders": _REMINDER_SLOTS,
    "EdgeCancelLater": frozenset({"command", "said", "which"}),
    "EdgeCancelReminder": _REMINDER_SLOTS,
    "EdgeChangeAlarm": _WHICH_ALARM | _LENGTH | {"from_hour", "from_minute", "from_meridiem", "from_day", "direction"},
    "EdgeChangeReminder": _REMINDER_SLOTS,
    "EdgeChangeTimer": _WHICH_TIMER | _LENGTH | {"or_start"},
    "EdgeDirection": TARGETS | {"direction"},
    "EdgeLater": _LENGTH | _WHEN | {"command", "said", "timer"},
    "EdgeLaterStatus": frozenset(),
    "EdgeListItems": frozenset({"name", "list"}),
    "EdgeMachine": TARGETS | {"action"},
    "EdgeMeasure": TARGETS | {"measure"},
    "EdgePlaying": TARGETS,
    "EdgeOscillate": TARGETS | {"state"},
    "EdgeReminderStatus": _REMINDER_SLOTS,
    "EdgeRepeat": frozenset(),
    "EdgeRestartTimer": _WHICH_TIMER,
    "EdgeSetAlarm": _NEW_ALARM,
    "EdgeSetHumidity": TARGETS | {"humidity"},
    "EdgeSetNumber": TARGETS | {"value"},
    "EdgeSetOption": TARGETS | {"option"},
    "EdgeSetReminder": _REMINDER_SLOTS,
    "EdgeSetText": TARGETS | {"message"},
    "EdgeSetting": TARGETS | {"what"},
    "EdgeSnooze": _LENGTH | _WHEN | _ALSO | {"more"},
    "EdgeStop": frozenset(),
    "EdgeStopCover": TARGETS,
    "EdgeThanks": frozenset(),
    "EdgeTilt": TARGETS | {"tilt"},
    "EdgeVolume": frozenset(),
    "HassBroadcast": frozenset({"message", "area", "room"}),
    "HassCancelAllTimers": _WHICH_TIMER,
    "HassCancelTimer": _WHICH_TIMER,
    "HassClimateGetTemperature": TARGETS,
    "HassClimateSetTemperature": TARGETS | {"temperature", "unit"},
    "HassDecreaseTimer": _WHICH_TIMER | _LENGTH,
    "HassFanSetSpeed": TARGETS | {"percentage"},
    "HassGetCurrentDate": frozenset({"asked"}),
    "HassGetCurrentTime": frozenset(),
    "HassGetState": TARGETS | {"ask", "state"},
    "HassGetWeather": frozenset({"name", "day", "ask"}),
    "HassListAddItem": frozenset({"item", "name", "list"}),
    "HassListCompleteItem": frozenset({"item", "name", "list"}),
    "HassListRemoveItem": frozenset({"item", "name", "list"}),
    "HassMediaNext": TARGETS,
    "HassMediaPause": TARGETS,
    "HassMediaPrevious": TARGETS,
    "HassMediaUnpause": TARGETS,
    "HassShoppingListAddItem": frozenset({"item"}),
    "HassShoppingListCompleteItem": frozenset({"item"}),
    "HassIncreaseTimer": _WHICH_TIMER | _LENGTH,
    "HassLightSet": TARGETS | {"bare", "brightness", "color", "temperature"},
    "HassMediaPlayerMute": TARGETS,
    "HassMediaPlayerUnmute": TARGETS,
    "HassNevermind": frozenset({"declined"}),
    "HassPauseTimer": _WHICH_TIMER,
    "HassRespond": frozenset({"response"}),
    "HassSetPosition": TARGETS | {"position"},
    "HassSetVolume": TARGETS | {"volume_level"},
    "HassSetVolumeRelative": TARGETS | {"volume_step"},
    "HassStartTimer": _LENGTH | {"name", "conversation_command"},
    "HassTimerStatus": _WHICH_TIMER,
    "HassTurnOff": TARGETS | {"except", "also_except", "every"},
    "HassTurnOn": TARGETS | {"except", "also_except", "every"},
    "HassUnpauseTimer": _WHICH_TIMER,
}
"""The slots of the intents that are carried out; the others, which are refused, take any."""

_SET_TEMPERATURE = "HassClimateSetTemperature"
_REMINDER = "reminder"
"""All that was said of a reminder: what about, and when."""
_MOVED_REMINDER = "moved_reminder"
"""The same of one that gets another moment."""
_WORD = re.compile(r"\S+")
_KEEPS_SPELLING = {"item", "message", "search_query"}


def unknown_slots(intent: str, slots: Iterable[str]) -> Sequence[str]:
    """Those of `slots` that the intent does not have; `anything` is for words that do not count."""
    known = SLOTS.get(intent)
    return [] if known is None else sorted(set(slots) - known - {"anything", UNDO})


def can_wait(intent: str) -> bool:
    """Whether a command can be delayed ("turn off the lights in ten minutes")."""
    return intent == "EdgeStopCover" or not intent.startswith(_NOT_LATER)


def to_intent(intent: str, matched: Iterable[SlotMatch], response: str, written: str, language: Language) -> Intent:
    """The intent with its slots as `edge.home` expects them. `written` is the text before normalisation."""
    slots = {slot.name: _value(slot, written, language) for slot in matched}
    slots = {name: value for name, value in slots.items() if value != "" and name != "anything"}
    if _REMINDER in slots:
        slots |= language.commands.split_reminder(str(slots.pop(_REMINDER))) or {}
    if _MOVED_REMINDER in slots:
        slots |= language.commands.split_moved_reminder(str(slots.pop(_MOVED_REMINDER))) or {}
    if "message" in slots:
        slots["message"] = as_written(str(slots["message"]), written, language)
    if intent == _SET_TEMPERATURE and (unit := language.commands.temperature_unit(written)):
        slots["unit"] = unit
    if intent == "HassRespond" and response:
        slots["response"] = response
    return Intent(intent, slots)


def _value(slot: SlotMatch, written: str, language: Language) -> SlotValue:
    value = slot.value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int | float):
        return value
    text = str(value).strip()
    return as_written(text, written, language) if slot.is_free_text and slot.name in _KEEPS_SPELLING else text


def as_written(text: str, written: str, language: Language) -> str:
    """The normalised `text` as spelled in `written` ("The Office" for "the office"), or unchanged if not found."""
    tokens = [(language.normalise(match[0]), match.span()) for match in _WORD.finditer(written)]
    wanted = text.split()
    for first in range(len(tokens) - len(wanted) + 1 if wanted else 0):
        if [token for token, _ in tokens[first : first + len(wanted)]] == wanted:
            last = first + len(wanted) - 1
            return written[tokens[first][1][0] : tokens[last][1][1]].strip(" ,.!?:;\"'")
    return text

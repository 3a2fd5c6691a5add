"""Texts that correct, repeat or take back the last command: "make it twelve", "pause it", "cancel that". Pure."""

import re
from collections.abc import Mapping

from edge.events import UNDO, Intent, SlotValue
from edge.nlu import Understand
from edge.nlu.en.same_thing import about_the_same
from edge.nlu.en.schedule_follow_up import about_what_is_set, same_thing, with_slots

_CORRECTS = re.compile(
    r"(?:no |wait |sorry |oops |actually )*"
    r"(?:(?:make|change|set|turn) (?:it|that)(?: (?:to|for|at|into))?"
    r"|i (?:said|meant|mean)|(?:no|sorry|oops|actually)(?: wait| sorry| no| actually)*(?: i (?:said|meant|mean))?)"
    r" (?P<value>.+?)(?: instead)?"
)
_UNDO = re.compile(
    r"(?:no |wait |sorry |oops |please |actually |i(?:'ve)? changed my mind |on second thoughts? )*"
    r"(?:(?:cancel|undo|reverse|revert|take back|delete|remove) (?:that|it|this)"
    r"|undo|take (?:that|it) back|(?:turn|switch|put) (?:it|that|them) back)(?: please| again)*"
)

_LOUDER = re.compile(r"(?:(?:even|still|just|and) )?(?:a (?:bit|little|touch) )?(?P<how>more|less)(?: please| still)*")

NUMBER = re.compile(r"(?:to |at )?(?P<number>\d{1,5}(?:\.\d{1,2})?)(?: (?:percent|degrees))?")
NUMBER_SLOTS = {
    "HassClimateSetTemperature": "temperature",
    "HassFanSetSpeed": "percentage",
    "HassLightSet": "brightness",
    "HassSetPosition": "position",
    "HassSetVolume": "volume_level",
}
_OPPOSITE = {
    "HassTurnOn": "HassTurnOff",
    "HassTurnOff": "HassTurnOn",
    "HassMediaPlayerMute": "HassMediaPlayerUnmute",
    "HassMediaPlayerUnmute": "HassMediaPlayerMute",
    "HassPauseTimer": "HassUnpauseTimer",
    "HassUnpauseTimer": "HassPauseTimer",
}


_CHANGES: Mapping[str, tuple[str, str]] = {
    "EdgeChangeAlarm": ("EdgeChangeAlarm", "change my alarm to {}"),
    "EdgeChangeReminder": ("EdgeChangeReminder", "change my reminder to {}"),
    "EdgeChangeTimer": ("EdgeChangeTimer", "change the timer to {}"),
    "EdgeSetAlarm": ("EdgeChangeAlarm", "change my alarm to {}"),
    "EdgeSetReminder": ("EdgeChangeReminder", "change my reminder to {}"),
    "HassSetVolumeRelative": ("HassSetVolume", "set the volume to {}"),
    "HassStartTimer": ("EdgeChangeTimer", "change the timer to {}"),
}
"""What changes the thing of a command: the intent, and its sentence with another value."""


def takes_back(said: str) -> bool:
    """Whether a normalised text takes back what was before: "cancel that", "undo"."""
    return _UNDO.fullmatch(said) is not None


def correction(said: str, last: Intent, command: Understand) -> Intent | None:
    """The command that a normalised text means after the command `last`; None if it does not refer to it."""
    if takes_back(said):
        return _undone(last)
    if (same := about_the_same(said, last, command)) is not None:
        return same
    if (meant := about_what_is_set(said, last, command)) is not None:
        return meant
    if last.name == "HassSetVolumeRelative" and (louder := _LOUDER.fullmatch(said)) is not None:
        return last if louder["how"] == "more" else _opposite_step(last)
    corrects = _CORRECTS.fullmatch(said)
    return None if corrects is None else _changed(corrects["value"], last, command)


def _opposite_step(last: Intent) -> Intent:
    step = last.slots.get("volume_step", "up")
    turned: SlotValue = {"up": "down", "down": "up"}.get(step, "down") if isinstance(step, str) else -step
    return with_slots(last, {"volume_step": turned})


def _changed(value: str, last: Intent, command: Understand) -> Intent | None:
    """The last command with another number, time, length or thing."""
    value = re.sub(r"^(?:for|at|to) ", "", value)
    if (slot := NUMBER_SLOTS.get(last.name)) is not None:
        number = NUMBER.fullmatch(value)
        return None if number is None else with_slots(last, {slot: number_of(number["number"])})
    if (change := _CHANGES.get(last.name)) is not None:
        wanted, sentence = change
        unit = " minutes" if wanted == "EdgeChangeTimer" and value.isdigit() else ""
        found = command(sentence.format(value + unit))
        return with_slots(found, same_thing(last)) if found is not None and found.name == wanted else None
    if last.name in {"HassTurnOn", "HassTurnOff"} and "name" in last.slots:
        found = command(f"turn {'on' if last.name == 'HassTurnOn' else 'off'} {value}")
        return found if found is not None and found.name == last.name and "name" in found.slots else None
    return None


def _undone(last: Intent) -> Intent:
    """The command that takes the last one back; or the refusal."""
    if last.name in _OPPOSITE:
        return Intent(_OPPOSITE[last.name], {**last.slots, UNDO: 1})
    if last.name == "HassStartTimer":
        chosen = {"name": last.slots["name"]} if "name" in last.slots else {}
        lengths = {f"start_{unit}": last.slots[unit] for unit in ("hours", "minutes", "seconds") if unit in last.slots}
        return Intent("HassCancelTimer", {**(chosen or lengths), "which": "newest"})
    if last.name == "EdgeSetAlarm":
        moment = {slot: value for slot, value in last.slots.items() if slot != "wake"}
        return Intent("EdgeCancelAlarm", {**moment, "which": "newest"})
    if last.name in {"EdgeLater", "EdgeLaterStatus"}:  # of several that were listed, one is asked for
        newest = {"said": last.slots.get("said", ""), "which": "newest"}
        return Intent("EdgeCancelLater", newest if last.name == "EdgeLater" else {})
    if last.name == "EdgeSetReminder":
        return Intent("EdgeCancelReminder", {"message": last.slots.get("message", "")})
    return Intent("EdgeUnsupported", {"what": "undo"})


def number_of(number: str) -> int | float:
    """The number of a match of `NUMBER`."""
    return float(number) if "." in number else int(number)

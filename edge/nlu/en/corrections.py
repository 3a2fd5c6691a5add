"""Texts that correct, repeat or take back the last command: "make it twelve", "pause it", "cancel that". Pure."""

import re
from collections.abc import Mapping
from typing import Final

from edge.events import UNDO, Intent, SlotValue
from edge.nlu import Understand
from edge.nlu.en.same_thing import about_the_same

CANCELS: Final = ("EdgeCancel", "HassCancel")
"""How the names of intents begin that cancel."""
ORDINALS = {
    "first": 0, "1st": 0, "1": 0, "former": 0, "second": 1, "2nd": 1, "2": 1, "third": 2, "3rd": 2, "3": 2,
    "fourth": 3, "4th": 3, "4": 3, "fifth": 4, "5th": 4, "5": 4, "sixth": 5, "6th": 5, "6": 5,
    "last": -1, "latter": -1, "final": -1,
}  # fmt: skip
_CORRECTS = re.compile(
    r"(?:no |wait |sorry |oops |actually )*"
    r"(?:(?:make|change|set|turn) (?:it|that)(?: (?:to|for|at|into))?"
    r"|i (?:said|meant|mean)|(?:no|sorry|oops|actually)(?: wait| sorry| no| actually)*(?: i (?:said|meant|mean))?)"
    r" (?P<value>.+?)(?: instead)?"
)
_UNDO = re.compile(
    r"(?:no |wait |sorry |oops |please )*(?:(?:cancel|undo|reverse|revert|take back|delete|remove) (?:that|it|this)"
    r"|undo|(?:turn|switch|put) (?:it|that|them) back)(?: please| again)*"
)

_CANCEL_LISTED = re.compile(
    r"(?:cancel|delete|remove|clear|stop|drop|get rid of) "
    rf"(?:(?P<all>them(?: all)?|both(?: of them)?|all(?: of them)?)"
    rf"|(?:the |number )*(?P<which>{'|'.join(ORDINALS)})(?: (?:one|1))?)"
)
_CANCELLED_BY: Mapping[str, tuple[str, str]] = {
    "alarm": ("EdgeCancelAlarm", "EdgeCancelAllAlarms"),
    "reminder": ("EdgeCancelReminder", "EdgeCancelAllReminders"),
    "timer": ("HassCancelTimer", "HassCancelAllTimers"),
}
"""What "it" stands for, a part of the names of its intents, and the commands that cancel one and all of them."""
_NEXT_OF = {"alarm": "when is my next alarm", "reminder": "what is my next reminder", "timer": "check the next timer"}
_WHICH_IS_NEXT = re.compile(r"which (?:one|1)(?: is|'s)? (?:next|first|(?:comes|ends|rings|goes off|is up) (?:next|first))")
_ONE_OF = re.compile(
    r"(?P<begin>(?:.+ )?)the (?P<which>(?P<ends_first>next|shorter|shortest|earlier|earliest)"
    rf"|(?P<ends_last>longer|longest|later|latest)|{'|'.join(ORDINALS)}) (?:one|1)(?P<end>(?: .+)?)"
)
_PRONOUN = re.compile(
    r"(?:no |wait |sorry |actually |then |and |please )*"
    r"(?P<begin>(?!(?:turn|switch|stop|cancel|delete|remove)\b)[a-z]+(?: [a-z]+)??)"
    r" (?:it|that)(?P<end>(?: .+)?)"
)
_AND_ONE = re.compile(
    r"(?:(?:and |also |plus |then )+(?:(?:1|one|another)(?: (?:1|one))? )?"
    r"|(?:and |also )*(?:(?:set|start|make|create|add|give me|i need) )?"
    r"(?:another|a second|a new|(?:1|one) more)(?: (?:1|one))? )(?:at |for )(?P<when>.+)"
)
_KNOCK_OFF = re.compile(r"(?:take|knock|shave|cut) (?:off )?(?P<less>(?:another )?\d+ (?:hour|minute|second).*?)(?: off)?")
_HOW_LONG = re.compile(
    r"(?:how long|how much(?: time)?|how much time is left|how long left|is it (?:done|ready|finished)(?: yet)?)"
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


def correction(said: str, last: Intent, command: Understand) -> Intent | None:
    """The command that a normalised text means after the command `last`; None if it does not refer to it."""
    if _UNDO.fullmatch(said):
        return _undone(last)
    if (same := about_the_same(said, last, command)) is not None:
        return same
    if (meant := _pronoun_for(said, last, command)) is not None:
        return meant
    if last.name == "HassSetVolumeRelative" and (louder := _LOUDER.fullmatch(said)) is not None:
        return last if louder["how"] == "more" else _opposite_step(last)
    corrects = _CORRECTS.fullmatch(said)
    return None if corrects is None else _changed(corrects["value"], last, command)


def _pronoun_for(said: str, last: Intent, command: Understand) -> Intent | None:
    """A command about the timer, alarm or reminder of the last one: "pause it", "and one at eight", "how long"."""
    kind = next((it for it in _CANCELLED_BY if it in last.name.casefold()), None)
    if kind is None or last.name.startswith(CANCELS):
        return None
    if (listed := _CANCEL_LISTED.fullmatch(said)) is not None:
        return _cancelled(listed, kind, last)
    if _WHICH_IS_NEXT.fullmatch(said):
        return command(_NEXT_OF[kind])
    if (one := _ONE_OF.fullmatch(said)) is not None:
        which = "next" if one["ends_first"] else "last" if one["ends_last"] else one["which"]
        found = command(f"{one['begin']}the {which} {kind}{one['end']}")
        return found if found is not None and kind in found.name.casefold() else None
    if (more := _AND_ONE.fullmatch(said)) is not None and last.name in {"HassStartTimer", "EdgeSetAlarm"}:
        found = command(f"set {'an alarm' if kind == 'alarm' else 'a timer'} for {more['when']}")
        same = {slot: last.slots[slot] for slot in ("day", "meridiem", "wake") if slot in last.slots}
        return Intent(found.name, {**same, **found.slots}) if found is not None and found.name == last.name else None
    if kind == "timer" and _HOW_LONG.fullmatch(said):
        said = "check it"
    if kind == "timer" and (less := _KNOCK_OFF.fullmatch(said)) is not None:
        found = command(f"take {less['less']} off the timer")
        return None if found is None or kind not in found.name.casefold() else with_slots(found, _same_thing(last))
    if (it := _PRONOUN.fullmatch(said)) is None:
        return None
    found = command(f"{it['begin']} the {kind}{it['end']}")
    if found is None or kind not in found.name.casefold() or found.name in {"HassStartTimer", "EdgeSetAlarm"}:
        return None
    return with_slots(found, _same_thing(last))


def _cancelled(listed: re.Match[str], kind: str, last: Intent) -> Intent:
    """Cancel one of the things that were listed or set, or all."""
    one, everything = _CANCELLED_BY[kind]
    listing = last.name.endswith("Status")
    same = {slot: last.slots[slot] for slot in ("name", "day") if listing and slot in last.slots}
    if listed["all"]:
        return Intent(everything, same)
    place = ORDINALS[listed["which"]]
    return Intent(one, {**same, "which": "last" if place < 0 else place + 1})


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
        return with_slots(found, _same_thing(last)) if found is not None and found.name == wanted else None
    if last.name in {"HassTurnOn", "HassTurnOff"} and "name" in last.slots:
        found = command(f"turn {'on' if last.name == 'HassTurnOn' else 'off'} {value}")
        return found if found is not None and found.name == last.name and "name" in found.slots else None
    return None


def _same_thing(last: Intent) -> dict[str, SlotValue]:
    """The slots that select what the last command set or changed."""
    if last.name in {"EdgeSetReminder", "EdgeChangeReminder"}:
        return {"message": last.slots.get("message", "")}
    if last.name == "EdgeChangeAlarm":
        moved = ("hour", "minute", "meridiem", "day") if "hour" in last.slots else ()
        return {f"from_{slot}": last.slots[slot] for slot in moved if slot in last.slots}
    if last.name == "HassSetVolumeRelative":
        return {}
    return {"name": last.slots["name"]} if "name" in last.slots else {"which": "newest"}


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
    if last.name == "EdgeLater":
        return Intent("EdgeCancelLater", {"said": last.slots.get("said", ""), "which": "newest"})
    if last.name == "EdgeSetReminder":
        return Intent("EdgeCancelReminder", {"message": last.slots.get("message", "")})
    return Intent("EdgeUnsupported", {"what": "undo"})


def with_slots(intent: Intent, slots: Mapping[str, SlotValue]) -> Intent:
    """The intent with more slots."""
    return Intent(intent.name, {**intent.slots, **slots})


def number_of(number: str) -> int | float:
    """The number of a match of `NUMBER`."""
    return float(number) if "." in number else int(number)

"""Texts about the timer, the alarm or the reminder of the last command: "pause it", "cancel the first one". Pure."""

import re
from collections.abc import Mapping
from typing import Final

from edge.events import Intent, SlotValue
from edge.nlu import Understand
from edge.nlu.en.timer_follow_up import about_timer

CANCELS: Final = ("EdgeCancel", "HassCancel")
"""How the names of intents begin that cancel."""
ORDINALS = {
    "first": 0, "1st": 0, "1": 0, "former": 0, "second": 1, "2nd": 1, "2": 1, "third": 2, "3rd": 2, "3": 2,
    "fourth": 3, "4th": 3, "4": 3, "fifth": 4, "5th": 4, "5": 4, "sixth": 5, "6th": 5, "6": 5,
    "last": -1, "latter": -1, "final": -1,
}  # fmt: skip
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
_SETS: Final = frozenset({"EdgeSetAlarm", "HassStartTimer"})
_NEXT_OF: Final = {
    "alarm": "when is my next alarm",
    "reminder": "what is my next reminder",
    "timer": "check the next timer",
}
_WHICH_IS_NEXT = re.compile(
    r"which (?:one|1)(?: is|'s)? (?:next|first|(?:comes|ends|rings|goes off|is up) (?:next|first))"
)
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


def about_what_is_set(said: str, last: Intent, command: Understand) -> Intent | None:
    """The command that a normalised text means after one about a timer, an alarm or a reminder; None for others."""
    kind = next((it for it in _CANCELLED_BY if it in last.name.casefold()), None)
    if kind is None or last.name.startswith(CANCELS):
        return None
    return (
        _of_several(said, kind, last, command) or _another(said, kind, last, command) or _it(said, kind, last, command)
    )


def _of_several(said: str, kind: str, last: Intent, command: Understand) -> Intent | None:
    """Those that are set, or one of them: "cancel both", "which one is next", "move the second one to nine"."""
    if (listed := _CANCEL_LISTED.fullmatch(said)) is not None:
        return _cancelled(listed, kind, last)
    if _WHICH_IS_NEXT.fullmatch(said):
        return command(_NEXT_OF[kind])
    if (one := _ONE_OF.fullmatch(said)) is None:
        return None
    which = "next" if one["ends_first"] else "last" if one["ends_last"] else one["which"]
    return _about(kind, command(f"{one['begin']}the {which} {kind}{one['end']}"))


def _another(said: str, kind: str, last: Intent, command: Understand) -> Intent | None:
    """One more of the kind that was just set: "and one at eight"."""
    if (more := _AND_ONE.fullmatch(said)) is None or last.name not in _SETS:
        return None
    found = command(f"set {'an alarm' if kind == 'alarm' else 'a timer'} for {more['when']}")
    same = {slot: last.slots[slot] for slot in ("day", "meridiem", "wake") if slot in last.slots}
    return Intent(found.name, {**same, **found.slots}) if found is not None and found.name == last.name else None


def _it(said: str, kind: str, last: Intent, command: Understand) -> Intent | None:
    """The one that was just set: "pause it", "how long", "add five"."""
    sentence = about_timer(said, str(last.slots.get("name", ""))) if kind == "timer" else None
    if sentence is None and (it := _PRONOUN.fullmatch(said)) is not None:
        sentence = f"{it['begin']} the {kind}{it['end']}"
    found = None if sentence is None else _about(kind, command(sentence))
    return None if found is None or found.name in _SETS else with_slots(found, same_thing(last))


def _about(kind: str, found: Intent | None) -> Intent | None:
    return found if found is not None and kind in found.name.casefold() else None


def _cancelled(listed: re.Match[str], kind: str, last: Intent) -> Intent:
    """Cancel one of the things that were listed or set, or all."""
    one, everything = _CANCELLED_BY[kind]
    listing = last.name.endswith("Status")
    same = {slot: last.slots[slot] for slot in ("name", "day") if listing and slot in last.slots}
    if listed["all"]:
        return Intent(everything, same)
    place = ORDINALS[listed["which"]]
    return Intent(one, {**same, "which": "last" if place < 0 else place + 1})


def same_thing(last: Intent) -> dict[str, SlotValue]:
    """The slots that select what the last command set or changed."""
    if last.name in {"EdgeSetReminder", "EdgeChangeReminder"}:
        return {"message": last.slots.get("message", "")}
    if last.name == "EdgeChangeAlarm":
        moved = ("hour", "minute", "meridiem", "day") if "hour" in last.slots else ()
        return {f"from_{slot}": last.slots[slot] for slot in moved if slot in last.slots}
    if last.name == "HassSetVolumeRelative":
        return {}
    return {"name": last.slots["name"]} if "name" in last.slots else {"which": "newest"}


def with_slots(intent: Intent, slots: Mapping[str, SlotValue]) -> Intent:
    """The intent with more slots."""
    return Intent(intent.name, {**intent.slots, **slots})

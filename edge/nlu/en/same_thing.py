"""Texts about the thing of the last command or question: "set it to 30 percent", "is it locked". Pure."""

import re
from typing import TYPE_CHECKING

from edge.events import AS_SPELLED, UNDO, Intent

if TYPE_CHECKING:
    from edge.nlu.en.corrections import Command

_LEAD = re.compile(r"^(?:(?:and|then|now|so|also|okay|ok) )+(?=\S)")
_IT = re.compile(r"\b(?:it|them|that|those)\b")
_AGAIN = re.compile(r" (?:again|too|as well|back|now|then)$")
_SWITCHES = frozenset({"HassTurnOff", "HassTurnOn"})
_ABOUT_THINGS = _SWITCHES | {
    "EdgeAdjust",
    "EdgeMachine",
    "EdgeOscillate",
    "EdgeSetHumidity",
    "EdgeSetOption",
    "EdgeSetting",
    "EdgeStopCover",
    "HassClimateSetTemperature",
    "HassFanSetSpeed",
    "HassGetState",
    "HassLightSet",
    "HassSetPosition",
}
_TARGET = ("name", AS_SPELLED, "area", "domain", "floor")


def about_the_same(said: str, last: Intent, command: "Command") -> Intent | None:
    """The command with the thing of the last one in place of "it"; None if the text is none."""
    thing = _thing_of(last)
    text = _LEAD.sub("", said)
    if not thing or last.name not in _ABOUT_THINGS or not _IT.search(text):
        return None
    whole = _IT.sub(thing, text, count=1)
    for sentence in (whole, _AGAIN.sub("", whole)):
        found = command(sentence)
        if found is not None and found.name in _ABOUT_THINGS:
            target = {slot: last.slots[slot] for slot in _TARGET if slot in last.slots}
            named = {slot: value for slot, value in found.slots.items() if slot not in _TARGET}
            # "Turn it off" opens and unlocks nothing; "unlock it" says what is wanted.
            is_short = found.name in _SWITCHES and text.startswith(("turn", "switch"))
            return Intent(found.name, {**target, **named, **({UNDO: 1} if is_short else {})})
    return None


def _thing_of(last: Intent) -> str:
    """What the last command was about, in words."""
    name, area = last.slots.get("name"), last.slots.get("area")
    if name:
        return f"the {name}"
    return f"the {area} lights" if area and last.slots.get("domain") == "light" else ""

"""Texts about the thing of the last command or question: "set it to 30 percent", "is it locked". Pure."""

import re
from collections.abc import Sequence

from edge.events import IN_SHORT, UNDO, Intent
from edge.nlu import Understand
from edge.nlu.en.ellipsis import TARGET, going_on
from edge.nlu.en.normalise import normalise

_LEAD = re.compile(r"^(?:(?:and|then|now|so|also|okay|ok|no|wait|sorry|oops|actually) )+(?=\S)")
_IT = re.compile(
    r"\b(?:(?:it|them|that|those|her|him)(?: all| both)?|both(?: of " r"(?:them|those))?|all of (?:them|those))\b"
)
_AGAIN = re.compile(r" (?:again|too|as well|back|now|then)(?= |$)")
_SWITCHES = frozenset({"HassTurnOff", "HassTurnOn"})
_ABOUT_THINGS = _SWITCHES | {
    "EdgeAdjust",
    "EdgeMeasure",
    "EdgeTilt",
    "EdgeMachine",
    "EdgeOscillate",
    "EdgeSetHumidity",
    "EdgeSetOption",
    "EdgeSetting",
    "EdgeStopCover",
    "HassClimateGetTemperature",
    "HassClimateSetTemperature",
    "HassFanSetSpeed",
    "HassGetState",
    "HassLawnMowerDock",
    "HassLawnMowerStartMowing",
    "HassLightSet",
    "HassSetPosition",
    "HassVacuumReturnToBase",
    "HassVacuumStart",
}


def about_the_same(said: str, last: Intent, command: Understand) -> Intent | None:
    """The command with the thing of the last one in place of "it"; None if the text is none."""
    thing = _thing_of(last)
    if last.name in _ABOUT_THINGS and (found := going_on(said, last, command, thing)) is not None:
        return found
    text = _LEAD.sub("", said)
    if not thing or last.name not in _ABOUT_THINGS or not _IT.search(text):
        return None
    whole = _IT.sub(thing, text, count=1)
    for sentence in (whole, _AGAIN.sub("", whole)):
        found = command(sentence)
        if found is not None and found.name in _ABOUT_THINGS:
            target = {slot: last.slots[slot] for slot in TARGET if slot in last.slots}
            named = {slot: value for slot, value in found.slots.items() if slot not in TARGET}
            # "Turn it off" opens and unlocks nothing; "unlock it" says what is wanted.
            is_short = found.name in _SWITCHES and text.startswith(("turn", "switch"))
            return Intent(found.name, {**target, **named, **({UNDO: 1} if is_short else {})}, found.then)
    return None


def names_its_own(pieces: Sequence[str], command: Understand) -> bool:
    """Whether a text begins with a command that refers to nothing before: "it" is then a thing of its own."""
    first = normalise(pieces[0])
    found = None if _IT.search(first) else command(first)
    return found is not None and (len(pieces) > 1 or ("name" in found.slots and IN_SHORT not in found.slots))


def _thing_of(last: Intent) -> str:
    """What the last command was about, in words."""
    name, area = last.slots.get("name"), last.slots.get("area")
    if name:
        return f"the {name}"
    kind = str(last.slots.get("device_class") or last.slots.get("domain", ""))
    if kind == "fan":
        return "the fan"
    if kind in {"blind", "curtain", "shade", "shutter"}:
        return f"the {kind}s"
    if last.name == "HassGetState" and kind == "light" and not area:
        return "all the lights"
    return f"the {area} lights" if area and last.slots.get("domain") == "light" else ""

"""What goes on from the last command without saying it all: "and the right one", "a bit more", "halfway". Pure."""

import re
from typing import Final

from edge.events import AS_SPELLED, UNDO, Intent, SlotValue
from edge.nlu import Understand

TARGET: Final = ("name", AS_SPELLED, "area", "domain", "floor", "device_class", "every")
"""The slots that say what a command is for."""

TARGET_KINDS: Final = frozenset({"name", "area", "domain"})
_SWITCHES: Final = frozenset({"HassTurnOn", "HassTurnOff"})
_LEAD: Final = (
    r"(?:(?:and|also|now|then|so|okay|ok|please|actually|wait|sorry"
    r"|no|nope|oops|i mean|i meant|i said|not that one) )+"
)
_ALSO: Final = re.compile(
    rf"(?:{_LEAD}|(?:(?:and|so) )?(?:what|how) about |(?:and )?(?:do )?(?:the )?same (?:in|for|with|to) )"
    r"(?:in |for |on )?(?:the |my |our )?(?P<what>(?!stop\b|cancel\b"
    r"|it\b|that\b|them\b)[^\W\d_][\w' ]*?)(?: (?:too|as well|also"
    r"|instead|please))*"
)
_AS_WELL: Final = re.compile(r"(?:the |my )?(?P<what>[^\W\d_][\w' ]*?) (?:too|as well|also)")
_THE_ONE: Final = re.compile(r"(?:no )?(?:the |my )(?P<what>[^\W\d_]\w*(?: \w+)?) (?:1|ones?)")
_SIDES: Final = (
    ("left", "right"), ("front", "back"), ("front", "rear"), ("upper", "lower"), ("top", "bottom"), ("first", "second"),
)  # fmt: skip
_ONE: Final = re.compile(r"(?P<side>\w+) (?:1|one)")
_MORE: Final = re.compile(
    rf"(?:{_LEAD})?(?:make it |turn it |set it |a (?:bit|little|touch) "
    r"|even |still |much |slightly |just |go )*"
    r"(?:(?P<n>\d+(?:\.\d+)?) (?P<unit>degrees?|percent) )?"
    r"(?P<how>more|again|further|less|brighter|lighter|darker|dimmer"
    r"|warmer|hotter|cooler|colder|faster|slower|higher|lower|up"
    r"|down)(?: (?:again|still|please|a (?:bit|little)|more|again "
    r"please))*(?: by (?P<by>\d+)(?: percent| degrees?)?)?"
)
_TOO_MUCH: Final = re.compile(rf"(?:{_LEAD})?(?:that's |that is |it's )?(?:too much|too far|not (?:so|that) much)")
_MEANS: Final = {
    "brighter": ("brightness", "up"), "lighter": ("brightness", "up"), "darker": ("brightness", "down"),
    "dimmer": ("brightness", "down"), "warmer": ("temperature", "up"), "hotter": ("temperature", "up"),
    "cooler": ("temperature", "down"), "colder": ("temperature", "down"), "faster": ("speed", "up"),
    "slower": ("speed", "down"),
}  # fmt: skip
_DOMAINS: Final = {"brightness": "light", "temperature": "climate", "speed": "fan"}
_ADJUSTED_BY: Final = {
    "HassClimateSetTemperature": "temperature", "HassFanSetSpeed": "speed", "HassLightSet": "brightness",
    "HassSetPosition": "position", "EdgeSetHumidity": "humidity",
}  # fmt: skip
_TO_VALUE: Final = re.compile(
    rf"(?:{_LEAD})?(?:(?:to|at|make it|set it to) )?(?P<value>\d+(?:\.\d+)? "
    r"(?:percent|degrees)|half ?way|half|full|maximum|minimum"
    r"|medium|high|low|white|red|orange|yellow|green|blue|purple|pink"
    r"|turquoise|warm white|cool white|cold white|daylight)"
)
_SWITCHED: Final = re.compile(rf"(?:{_LEAD})?(?:back )?(?P<side>on|off)(?: (?:again|please|now))*")
_LEFT: Final = re.compile(
    rf"(?:{_LEAD})?(?:leave|keep) (?:it|that|them) (?P<state>on|off|open|opened|closed|shut)"
    r"(?: (?:please|then|after all))*"
)
_TO_LEAVE: Final = {
    "on": "turn on",
    "off": "turn off",
    "open": "open",
    "opened": "open",
    "closed": "close",
    "shut": "close",
}
_MEASURES: Final = frozenset({"EdgeMeasure", "HassClimateGetTemperature"})
_AND_WHAT: Final = re.compile(
    r"(?:(?:and|so) )?(?:(?:what|how) about )?(?:what(?:'s| is) )?the (?P<what>[a-z][\w ]*?)(?: (?:there|too))?"
)
_STOP: Final = re.compile(r"(?:no |wait |ok |okay |right )*stop(?: (?:it|that|them|there|now|moving))*")


def going_on(said: str, last: Intent, command: Understand, thing: str) -> Intent | None:  # noqa: PLR0911 - one return a case
    """The command that a normalised text means behind `last`, which was about `thing` ("the kitchen lights")."""
    if _TOO_MUCH.fullmatch(said) and last.name == "EdgeAdjust":
        return _adjusted(last, opposite=True)
    if (more := _MORE.fullmatch(said)) is not None and (found := _more(more, last)) is not None:
        return found
    if thing and (value := _TO_VALUE.fullmatch(said)) is not None:
        found = command(f"set {thing} to {value['value']}")
        return None if found is None else _of_the_same(found, last)
    if thing and (switched := _SWITCHED.fullmatch(said)) is not None:
        found = command(f"turn {switched['side']} {thing}")
        return None if found is None else _of_the_same(found, last)
    if thing and (left := _LEFT.fullmatch(said)) is not None:
        found = command(f"{_TO_LEAVE[left['state']]} {thing}")
        return None if found is None else _of_the_same(found, last)
    if thing and _STOP.fullmatch(said) and (found := command(f"stop {thing}")) is not None:
        return found if found.name == "EdgeStopCover" else None
    if last.name in _MEASURES and (measured := _measured_too(said, last, command)) is not None:
        return measured
    for pattern in (_ALSO, _AS_WELL, _THE_ONE):
        if (also := pattern.fullmatch(said)) is not None and (found := _also(also["what"], last, command)) is not None:
            return found
    return None


def _measured_too(said: str, last: Intent, command: Understand) -> Intent | None:
    """Another measurement where the last one was: "and the humidity"."""
    also = _AND_WHAT.fullmatch(said)
    where = last.slots.get("area") or last.slots.get("name")
    found = command(f"what is the {also['what']} in the {where}") if also is not None and where else None
    return found if found is not None and found.name in _MEASURES else None


def _adjusted(last: Intent, *, opposite: bool = False) -> Intent:
    turned = {"up": "down", "down": "up"}.get(str(last.slots.get("direction")), "down")
    return Intent(last.name, {**last.slots, "direction": turned}) if opposite else last


def _more(more: re.Match[str], last: Intent) -> Intent | None:
    how = more["how"]
    step: dict[str, SlotValue] = {"step": float(number)} if (number := more["n"] or more["by"]) else {}
    what, direction = _MEANS.get(how, ("", ""))
    if not what:
        if last.name == "EdgeAdjust":
            what = str(last.slots.get("what"))
            before = str(last.slots.get("direction"))
            direction = {"up": "up", "higher": "up", "down": "down", "lower": "down"}.get(how, before)
            direction = _adjusted(last, opposite=True).slots["direction"] if how == "less" else direction  # type: ignore[assignment]  # a text
        elif last.name in _ADJUSTED_BY:
            what, direction = _ADJUSTED_BY[last.name], "down" if how in {"less", "lower", "down"} else "up"
        else:
            return None
    target = {slot: last.slots[slot] for slot in TARGET if slot in last.slots}
    if "name" not in target and _DOMAINS.get(what, target.get("domain")) != target.get("domain"):
        if "area" not in target:
            return None
        target["domain"] = _DOMAINS[what]
    return Intent("EdgeAdjust", {**target, "what": what, "direction": direction, **step}) if target else None


def _of_the_same(found: Intent, last: Intent) -> Intent:
    target = {slot: last.slots[slot] for slot in TARGET if slot in last.slots}
    return Intent(found.name, {**target, **{slot: it for slot, it in found.slots.items() if slot not in TARGET}})


def _also(what: str, last: Intent, command: Understand) -> Intent | None:
    """The last command for another thing or room."""
    if what in {"other one", "other 1"} or (_ONE.fullmatch(what) is not None):
        what = _other(what, str(last.slots.get("name", "")))
    if not what:
        return None
    kept = {slot: value for slot, value in last.slots.items() if slot not in TARGET and slot != UNDO}
    by_area = _in_area(what, last, kept, command)
    if by_area is not None:
        return by_area
    if TARGET_KINDS & last.slots.keys():
        for probe in ("turn on the {}", "open the {}", "lock the {}", "is the {} open", "what is the {}"):
            found = command(probe.format(what))
            if found is not None and "area" in found.slots and "name" not in found.slots and last.name in _SWITCHES:
                return Intent(
                    last.name, {**kept, **{slot: found.slots[slot] for slot in TARGET if slot in found.slots}}
                )
            if found is not None and "name" in found.slots:
                target = {slot: found.slots[slot] for slot in TARGET if slot in found.slots and slot != "domain"}
                same = {"domain": last.slots["domain"]} if "domain" in last.slots and "name" in last.slots else {}
                return Intent(last.name, {**kept, **same, **target})
    return None


def _in_area(what: str, last: Intent, kept: dict[str, SlotValue], command: Understand) -> Intent | None:
    """The last command, which was for the things of a kind in a room, for those of another room."""
    if "name" in last.slots or not {"area", "domain"} & last.slots.keys():
        return None
    found = command(f"turn on the lights in the {what.removeprefix('in the ')}")
    if found is None or "area" not in found.slots or "name" in found.slots:
        return None
    target = {slot: last.slots[slot] for slot in ("domain", "device_class") if slot in last.slots}
    return Intent(last.name, {**kept, **target, "area": found.slots["area"]})


def _other(what: str, name: str) -> str:
    """The name of the other one of two: "right bedside lamp" for "left bedside lamp"."""
    words = name.casefold().split()
    for one, other in _SIDES:
        for here, there in ((one, other), (other, one)):
            if here in words and what.startswith(("other", f"{there} ")):
                return " ".join(there if word == here else word for word in words)
    return ""

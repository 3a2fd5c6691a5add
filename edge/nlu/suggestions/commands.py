"""From the hints of a text to the commands that it may mean for a target. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from edge.events import Intent, SlotValue
from edge.nlu.hints import Act, Cue, Hints
from edge.nlu.suggestions.targets import IN_NO_ROOM, Target

_EXACT: Final = 1.1
_SECOND_WAY: Final = 0.05
"""The strength of a number or a colour, and how much weaker what only comes near an act is than the act."""

_ADJUSTED: Final[Mapping[str, str]] = {
    "climate": "temperature",
    "fan": "speed",
    "humidifier": "humidity",
    "light": "brightness",
    "media_player": "volume",
    "water_heater": "temperature",
}
_SET: Final[Mapping[str, tuple[str, str]]] = {
    "climate": ("HassClimateSetTemperature", "temperature"),
    "cover": ("HassSetPosition", "position"),
    "fan": ("HassFanSetSpeed", "percentage"),
    "humidifier": ("EdgeSetHumidity", "humidity"),
    "light": ("HassLightSet", "brightness"),
    "media_player": ("HassSetVolume", "volume_level"),
    "water_heater": ("HassClimateSetTemperature", "temperature"),
}
"""The intent and the slot of a number, by domain."""


@dataclass(frozen=True, slots=True)
class Hinted:
    """What a text hints at: acts, and amounts and colours by the positions of their words."""

    cues: Sequence[Cue]
    numbers: Mapping[int, float]
    colours: Mapping[int, str]

    @classmethod
    def by(cls, text: str, hints: Hints) -> "Hinted":
        """Those of a normalised text."""
        colours = {at: word for at, word in enumerate(text.split()) if word in hints.colours}
        return cls(tuple(hints.cues(text)), hints.numbers(text), colours)

    @property
    def words(self) -> frozenset[int]:
        """The positions of the words that hint at an act."""
        return frozenset(at for cue in self.cues for at in cue.words)


@dataclass(frozen=True, slots=True)
class Command:
    """A command, the positions of the words that hint at it, and how strongly they do."""

    intent: Intent
    words: frozenset[int]
    strength: float


def commands(target: Target, hinted: Hinted) -> Iterator[Command]:
    """The commands to a target that a text hints at."""
    cues = [cue for cue in hinted.cues if (target.domain or cue.alone) in cue.domains]
    for cue in cues:
        domain = target.domain or cue.alone
        if not any(cue.words < other.words for other in cues):  # "lock" is a part of "undo the lock"
            slots = target.slots if target.domain else _of_kind(domain, target)
            for at, act in enumerate(_ways(cue.act, domain)):
                yield Command(_command(act, slots, domain), cue.words, cue.strength - _SECOND_WAY * at)
    for at, number in hinted.numbers.items():
        if (sets := amount(target, number)) is not None:
            yield Command(sets, frozenset({at}), _EXACT)
    if target.domain == "light":
        for at, colour in hinted.colours.items():
            yield Command(Intent("HassLightSet", {**target.slots, "color": colour}), frozenset({at}), _EXACT)


def command(act: Act, target: Target) -> Intent | None:
    """The command of an act to a target of a kind; None where its kind has no more and less."""
    if act in {"up", "down"} and target.domain not in _ADJUSTED:
        return None
    return _command(act, target.slots, target.domain)


def amount(target: Target, number: float) -> Intent | None:
    """The command that sets a target to a number; None where its kind has none."""
    if target.domain not in _SET:
        return None
    intent, slot = _SET[target.domain]
    return Intent(intent, {**target.slots, slot: int(number) if float(number).is_integer() else number})


def _of_kind(domain: str, target: Target) -> Mapping[str, SlotValue]:
    """The slots of the things of a kind where only a room is named, or nothing."""
    where = {} if domain in IN_NO_ROOM and not target.words else target.slots
    return {**where, "domain": domain}


def _ways(act: Act, domain: str) -> Sequence[Act]:
    """An act, and what comes near it where a thing cannot do it: a lamp that has no brightness is switched on."""
    match act:
        case "up":
            return ("up", "on")
        case "down" if domain != "light":
            return ("down", "off")
        case _:
            return (act,)


def _command(act: Act, slots: Mapping[str, SlotValue], domain: str) -> Intent:
    match act:
        case "on":
            return Intent("HassTurnOn", slots)
        case "off":
            return Intent("HassTurnOff", slots)
        case "swing":
            return Intent("EdgeOscillate", slots)
        case "up" | "down":
            return Intent("EdgeAdjust", {**slots, "what": _ADJUSTED[domain], "direction": act})

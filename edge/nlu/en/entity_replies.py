"""The English replies about the entities of the home. See `edge.nlu.replies`."""

from collections.abc import Mapping, Sequence
from typing import Final

from edge.nlu.en.normalise import normalise
from edge.nlu.replies import Settable

KINDS: Final = {
    "light": "lights",
    "switch": "devices",
    "fan": "fans",
    "cover": "blinds or doors",
    "lock": "locks",
    "scene": "scenes",
    "script": "scenes",
    "climate": "heating",
    "media_player": "players",
    "everything": "devices",
    "alarm_control_panel": "alarm systems",
    "humidifier": "humidifiers",
    "lawn_mower": "mowers",
    "siren": "sirens",
    "vacuum": "vacuums",
    "valve": "valves",
    "water_heater": "boilers",
    "window": "windows",
    "door": "doors",
}

_COVERS: Final = {"cover": "covers"} | {
    kind: f"{kind}s" for kind in ("awning", "blind", "curtain", "garage", "gate", "shade", "shutter")
}
_SET: Final[Mapping[Settable, tuple[str, str]]] = {
    "brightness": ("dim", "percent"),
    "position": ("move", "percent"),
    "percentage": ("set the speed of", "percent"),
    "temperature": ("set the temperature of", "degrees"),
    "volume_level": ("set the volume of", "percent"),
}
"""The verb and the unit for each slot."""

_NUMBERS: Final[Mapping[Settable, str]] = {
    "brightness": "brightness",
    "position": "position",
    "percentage": "speed",
    "temperature": "temperature",
    "volume_level": "volume",
}
_NUMBER_OF: Final = {"light": "brightness", "fan": "speed", "climate": "temperature", "media_player": "volume"}


def switched(domain: str, name: str, *, on: bool) -> str:
    """See `Replies.switched`."""
    match domain:
        case "cover":
            return f"{'Opening' if on else 'Closing'} {name}."
        case "lock":
            return f"{'Locking' if on else 'Unlocking'} {name}."
        case "scene" | "script":
            return f"{'Starting' if on else 'Stopping'} {name}."
        case _:
            return f"{capital(name)} {'on' if on else 'off'}."


def group(domain: str, area: str) -> str:
    """See `Replies.group`."""
    kind = _COVERS.get(domain) or KINDS.get(domain, "devices")
    if area:
        return f"{area} {kind}"
    return "everything" if domain == "everything" else f"all {kind}"


def set_to(slot: Settable, name: str, number: float) -> str:
    """See `Replies.set_to`."""
    return f"{name} set to {number:g} {_SET[slot][1]}."


def several(domain: str, count: int) -> str:
    """See `Replies.several`."""
    return f"{count} {KINDS[domain]}"


def did_for(count: int, of: int) -> str:
    """See `Replies.did_for`."""
    return f"I did that for {count} of {of}."


def cannot_set(slot: Settable, name: str) -> str:
    """See `Replies.cannot_set`."""
    return f"I can't {_SET[slot][0]} the {name}."


def out_of_range(slot: Settable, low: float, high: float) -> str:
    """See `Replies.out_of_range`."""
    what, unit = _NUMBERS[slot], _SET[slot][1]
    return f"I can set the {what} from {low:g} to {high:g} {unit}."


def which(found: Sequence[tuple[str, str]]) -> str:
    """See `Replies.which`. Names that differ tell enough; the areas help where all of them differ too."""
    areas = {area for _, area in found if area}
    alike = len({normalise(name) for name, _ in found}) < len(found)
    use_areas = alike and len(areas) == len(found)
    *first, last = [f"{name} in the {area}" if use_areas else name for name, area in found]
    return f"Which one: {', '.join(first)} or {last}?"


def able(domain: str, name: str, *, settable: bool) -> str:  # noqa: PLR0911 - one return a case
    """See `Replies.able`."""
    match domain:
        case "cover" | "valve":
            can, number = f"open and close {name}", "position"
        case "lock":
            return f"I can only lock and unlock {name}."
        case "scene" | "script":
            return f"I can only start {name}."
        case "button":
            return f"I can only press {name}."
        case "number" | "select":
            return f"I can only set {name}."
        case "alarm_control_panel":
            return f"I can only arm and disarm {name}."
        case "vacuum" | "lawn_mower":
            return f"I can only start and stop {name}, and send it back."
        case "sensor" | "binary_sensor" | "device_tracker":
            return f"I can only tell you about {name}."
        case _:
            can, number = f"turn {name} on and off", _NUMBER_OF.get(domain, "")
    return f"I can only {can}, and set its {number}." if settable and number else f"I can only {can}."


def not_understood(said: str) -> str:
    """See `Replies.not_understood`."""
    return f"I didn't understand: {said}." if said else "Sorry, I didn't understand that command."


def unknown_floor(floor: str) -> str:
    """See `Replies.unknown_floor`."""
    return f"I don't know what's on the {floor if 'floor' in floor.casefold() else f'{floor} floor'}."


def unknown_name(name: str) -> str:
    """See `Replies.unknown_name`."""
    return f"I don't know anything called {name}."


def none_of_kind(domain: str, area: str) -> str:
    """See `Replies.none_of_kind`; "on the first floor", "in the kitchen"."""
    return f"I couldn't find any {KINDS.get(domain, 'devices')}" + (
        f" {'on' if 'floor' in area.casefold() else 'in'} the {area}." if area else " like that."
    )


def none_configured(domain: str) -> str:
    """See `Replies.none_configured`."""
    return f"I don't control any {KINDS.get(domain, KINDS['switch'])} yet. You can add them in my settings."


def capital(text: str) -> str:
    """With a capital letter at the beginning."""
    return text[:1].upper() + text[1:]

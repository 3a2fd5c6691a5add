"""What a command changes on one entity: from "turn on", a number or a colour to values of its features. Pure."""

import math
from collections.abc import Container, Mapping
from typing import Final

from edge.home.model import CHOSEN_BY_NAME, Colour, Entity, Feature, Range, State, Value

COLOURS: Final[Mapping[str, Colour]] = {
    "black": (0, 0, 0),
    "blue": (0, 0, 255),
    "brown": (165, 80, 30),
    "cyan": (0, 255, 255),
    "gold": (255, 190, 40),
    "green": (0, 255, 0),
    "indigo": (75, 0, 130),
    "lavender": (180, 130, 255),
    "lime": (150, 255, 0),
    "magenta": (255, 0, 255),
    "orange": (255, 130, 0),
    "pink": (255, 100, 150),
    "purple": (150, 0, 255),
    "red": (255, 0, 0),
    "teal": (0, 150, 150),
    "turquoise": (64, 224, 208),
    "violet": (140, 0, 255),
    "white": (255, 255, 255),
    "yellow": (255, 220, 0),
}
"""The colours of the slot `color`."""

_HEATS: Final = ("auto", "heat", "heat_cool", "cool", "eco", "performance", "electric", "gas", "heat_pump")
"""The modes of a thermostat that is switched on, the most general first."""


_SWITCHED: Final[Mapping[bool, Mapping[Feature, tuple[str, ...]]]] = {
    True: {
        Feature.MOVEMENT: ("open",),
        Feature.LOCK: ("lock",),
        Feature.ALARM: ("arm_away", "arm_home"),
        Feature.ACTIVITY: ("start",),
    },
    False: {
        Feature.MOVEMENT: ("close",),
        Feature.LOCK: ("unlock",),
        Feature.ALARM: ("disarm",),
        Feature.ACTIVITY: ("dock", "stop", "pause"),
    },
}
"""What on and off mean for things without a switch."""


def switched(entity: Entity, *, on: bool) -> State | None:
    """On, open, locked, started; or off, closed, unlocked, back to the dock. None: the entity cannot do that."""
    if entity.can(Feature.POWER):
        return {Feature.POWER: on}
    if entity.can(Feature.PRESS):
        return {Feature.PRESS: True} if on else None
    for feature, names in _SWITCHED[on].items():
        if (change := _one_of(entity, feature, *names)) is not None:
            return change
    if entity.can(Feature.POSITION):
        return {Feature.POSITION: 100.0 if on else 0.0}
    if entity.can(Feature.SPEED):
        return {Feature.SPEED: 100.0 if on else 0.0}
    return _chosen(entity, "on" if on else "off") or _heating(entity, on=on)


def _chosen(entity: Entity, side: str) -> State | None:
    """A list of choices is switched by the one that says so: "Off", "Level 1", "Level 2"."""
    chosen = next((it for it in entity.options(Feature.VALUE) if _plain(it) == side), None)
    return None if chosen is None else {Feature.VALUE: chosen}


def _heating(entity: Entity, *, on: bool) -> State | None:
    """A thermostat is switched by its mode."""
    options = entity.options(Feature.MODE)
    if entity.domain not in {"climate", "water_heater"} or "off" not in options:
        return None
    mode = next((mode for mode in (*_HEATS, *options) if mode in options and mode != "off"), None) if on else "off"
    return None if mode is None else {Feature.MODE: mode}


def heats(entity: Entity) -> bool:
    """Whether a thermostat can heat, as far as its modes tell."""
    options = entity.options(Feature.MODE)
    return not options or bool(set(_HEATS) & set(options) - {"cool", "eco"})


def cools(entity: Entity) -> bool:
    """Whether a thermostat can cool."""
    return "cool" in entity.options(Feature.MODE)


def colour(entity: Entity, name: str) -> State | None:
    """The change to a colour; None if the entity has no colours. White is a colour temperature where there is one."""
    if name == "white" and entity.can(Feature.COLOUR_TEMPERATURE):
        return temperature(entity, 4000)
    if not entity.can(Feature.COLOUR) or name not in COLOURS:
        return None
    return {Feature.POWER: True, Feature.COLOUR: COLOURS[name]}


def temperature(entity: Entity, kelvin: float) -> State | None:
    """The change to a colour temperature, the nearest one that the light has; None if it has none."""
    accepted = entity.accepts.get(Feature.COLOUR_TEMPERATURE)
    if not isinstance(accepted, Range):
        return None
    nearest = min(accepted.maximum, max(accepted.minimum, kelvin))
    return {Feature.POWER: True, Feature.COLOUR_TEMPERATURE: nearest}


def in_its_unit(entity: Entity, degrees: float, said: str, units: Container[str]) -> float:
    """`degrees` in the unit of a thermostat; `said` is the unit that was said with them, or empty.

    Without one they are in its own unit, unless only the other one can be meant: "70" for a radiator in Celsius that
    goes to 30, in a home of which something else tells Fahrenheit (`units`).
    """
    accepted = entity.accepts.get(Feature.TARGET_TEMPERATURE)
    own = accepted.unit if isinstance(accepted, Range) and accepted.unit in {"°C", "°F"} else ""
    if not isinstance(accepted, Range) or not own:
        return degrees
    other = "°F" if own == "°C" else "°C"
    turned = round((degrees - 32) / 1.8 if own == "°C" else degrees * 1.8 + 32, 1)
    if said:
        return turned if said == other else degrees
    fits = accepted.minimum <= degrees <= accepted.maximum
    return turned if not fits and other in units and accepted.minimum <= turned <= accepted.maximum else degrees


def to_number(entity: Entity, feature: Feature, number: float) -> State | str:
    """The change of a feature to a number within its range, on its steps; otherwise "out-of-range"."""
    accepted = entity.accepts.get(feature)
    if not isinstance(accepted, Range):
        return "unable"
    if not accepted.minimum <= number <= accepted.maximum:
        return "out-of-range"
    value = _speed(number, accepted) if feature is Feature.SPEED else _on_step(number, accepted)
    if feature in {Feature.BRIGHTNESS, Feature.SPEED} and Feature.POWER in entity.accepts and value == 0:
        return {Feature.POWER: False}
    return {feature: value}


def adjusted(entity: Entity, feature: Feature, state: State, by: float) -> State | str:
    """The change of a number by so much, within its range. "unknown" if the number is not known now."""
    accepted, now = entity.accepts.get(feature), state.get(feature)
    if not isinstance(accepted, Range):
        return "unable"
    if feature == Feature.BRIGHTNESS and state.get(Feature.POWER) is False:
        now = 0.0
    if isinstance(now, bool) or not isinstance(now, int | float):
        return "unknown"
    floor = 1.0 if feature == Feature.BRIGHTNESS else accepted.minimum
    wanted = min(accepted.maximum, max(floor, now + (max(by, accepted.step) if by > 0 else min(by, -accepted.step))))
    return {feature: _on_level(wanted, accepted) if feature is Feature.SPEED else _on_step(wanted, accepted)}


def option(entity: Entity, said: str) -> State | None:
    """The change to a mode, preset or option with this name, in any case; None if the entity has none."""
    wanted = _plain(said)
    for feature in CHOSEN_BY_NAME:
        found = next((it for it in entity.options(feature) if _plain(it) == wanted), None)
        if found is not None:
            return {feature: found}
    return None


def activity(entity: Entity, name: str) -> State | None:
    """The change to an activity of a vacuum or mower, an action of an alarm panel, a movement, a player's playback.

    A door whose lock cannot pull the latch is opened by unlocking it.
    """
    for feature in (Feature.ACTIVITY, Feature.ALARM, Feature.MOVEMENT, Feature.PLAYBACK, Feature.LOCK):
        if name in entity.options(feature):
            return {feature: name}
    if name == "stop" and entity.domain == "valve":  # "stop the sprinkler"
        return _one_of(entity, Feature.MOVEMENT, "close")
    return _one_of(entity, Feature.LOCK, "unlock") if name == "open" else None


_TOLERANCE: Final = {
    Feature.BRIGHTNESS: 3.0,
    Feature.POSITION: 5.0,
    Feature.SPEED: 5.0,
    Feature.COLOUR_TEMPERATURE: 150.0,
}
"""How far a reported number may be from the one that was set: devices round, each on its own scale."""

_MANY_LEVELS: Final = 11
"""A fan with as many speeds is set in percent."""

_COLOUR_TOLERANCE: Final = 64
"""A lamp reports the nearest colour that it can show."""

_MEANS: Final[Mapping[str, frozenset[str]]] = {
    "open": frozenset({"open", "opening", "unlocked"}),
    "close": frozenset({"closed", "closing"}),
    "lock": frozenset({"locked", "locking"}),
    "unlock": frozenset({"unlocked", "unlocking", "open"}),
    "disarm": frozenset({"disarmed"}),
    "trigger": frozenset({"triggered", "pending"}),
    "play": frozenset({"playing", "buffering"}),
    "start": frozenset({"cleaning", "mowing", "starting"}),
    "pause": frozenset({"paused", "idle"}),
    "dock": frozenset({"docked", "returning"}),
    "spot": frozenset({"cleaning"}),
}
"""The states that confirm a command that is named otherwise."""


def confirms(feature: Feature, wanted: Value, state: State) -> bool | None:
    """Whether a state is what the command wanted; None if the feature is not reported at all."""
    by_mode = feature is Feature.POWER and feature not in state and Feature.MODE in state
    if not by_mode and feature not in state:
        return None
    now = state[Feature.MODE] != "off" if by_mode else state[feature]
    if isinstance(wanted, str) and isinstance(now, str):
        if wanted.startswith("arm_"):
            return now in {wanted.replace("arm_", "armed_"), "arming", "pending"}
        return now == wanted or now in _MEANS.get(wanted, frozenset())
    if isinstance(wanted, tuple) and isinstance(now, tuple):
        return all(abs(one - other) <= _COLOUR_TOLERANCE for one, other in zip(wanted, now, strict=True))
    if isinstance(wanted, bool) or isinstance(now, bool) or not isinstance(wanted, int | float):
        return now == wanted
    return isinstance(now, int | float) and abs(now - wanted) <= _TOLERANCE.get(feature, 0.5)


def _one_of(entity: Entity, feature: Feature, *names: str) -> State | None:
    options = entity.options(feature)
    return next(({feature: name} for name in names if name in options), None)


def _on_step(number: float, accepted: Range) -> float:
    if accepted.step <= 0 or accepted.unit == "%":
        return number
    steps = round((number - accepted.minimum) / accepted.step)
    return round(min(accepted.maximum, accepted.minimum + steps * accepted.step), 6)


def _speed(number: float, accepted: Range) -> float:
    """The percentage of a fan's speed: "2" is the second of its few speeds, not two percent."""
    levels = round(accepted.maximum / accepted.step) if accepted.step > 0 else 0
    is_level = 0 < number <= levels < _MANY_LEVELS and float(number).is_integer()
    return _on_level(number * accepted.step if is_level else number, accepted)


def _on_level(number: float, accepted: Range) -> float:
    """The next level that is not below, as Home Assistant counts: a fan with three speeds reports 67 for 50 percent."""
    if accepted.step <= 1:
        return number
    return round(min(accepted.maximum, math.ceil(number / accepted.step - 1e-6) * accepted.step), 6)


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())

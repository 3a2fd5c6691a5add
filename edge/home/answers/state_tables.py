"""What tells the state of a thing, and which values a state word stands for."""

from collections.abc import Mapping
from typing import Final

from edge.home.model import Feature, Value

MAIN: Final = (
    Feature.LOCK,
    Feature.ALARM,
    Feature.MOVEMENT,
    Feature.POWER,
    Feature.ACTIVITY,
    Feature.MODE,
    Feature.PRESENCE,
    Feature.VALUE,
    Feature.POSITION,
    Feature.TEMPERATURE,
)
"""The feature that tells the state of an entity: the first one that is known."""

MEASURES: Final[Mapping[str, Feature]] = {
    "temperature": Feature.TEMPERATURE,
    "humidity": Feature.HUMIDITY,
}
"""Measurements that a thermostat or a humidifier reports as well."""

SETTINGS: Final[Mapping[str, Feature]] = {
    "brightness": Feature.BRIGHTNESS,
    "position": Feature.POSITION,
    "speed": Feature.SPEED,
    "target-temperature": Feature.TARGET_TEMPERATURE,
    "target-humidity": Feature.TARGET_HUMIDITY,
    "volume": Feature.VOLUME,
    "mode": Feature.MODE,
}

IS: Final[Mapping[str, frozenset[Value]]] = {
    "on": frozenset({True, "heat", "cool", "auto", "heat_cool", "cleaning", "mowing", "dry", "fan_only"}),
    "off": frozenset({False, "off", "docked", "idle"}),
    "open": frozenset({"open", "opening", True}),
    "closed": frozenset({"closed", "closing", False}),
    "opening": frozenset({"opening"}),
    "closing": frozenset({"closing"}),
    "locked": frozenset({"locked", "locking"}),
    "unlocked": frozenset({"unlocked", "unlocking", "open", "jammed"}),
    "running": frozenset({True, "cleaning", "mowing", "heating", "cooling"}),
    "docked": frozenset({"docked"}),
    "armed": frozenset({"armed_home", "armed_away", "armed_night", "armed_vacation", "armed_custom_bypass", "arming"}),
    "disarmed": frozenset({"disarmed"}),
    "detected": frozenset({True}),
    "clear": frozenset({False}),
}
"""The values that a state word stands for."""

OPEN_CLASSES: Final = frozenset({"door", "garage_door", "opening", "window"})
DOOR_CLASSES: Final = frozenset({"door", "garage_door", "garage", "gate", "opening"})

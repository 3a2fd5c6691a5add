"""What an entity of Home Assistant can do, from its attributes. Pure.

The numbers are bits of `supported_features`, from the classes `LightEntityFeature` and so on of Home Assistant.
"""

from collections.abc import Callable, Mapping
from typing import Final

from edge.home.model import Accepts, Anything, Choice, Feature, Range
from edge.home.sources.home_assistant.payload import Object, number_of, text_of, texts_of

_PERCENT: Final = Range(0, 100, unit="%")
_COLOUR_MODES: Final = frozenset({"hs", "rgb", "rgbw", "rgbww", "xy"})

ATTRIBUTES: Final = frozenset(
    [
        "assumed_state",
        "code_arm_required",
        "code_format",
        "device_class",
        "effect_list",
        "fan_modes",
        "fan_speed_list",
        "friendly_name",
        "hvac_modes",
        "max",
        "max_color_temp_kelvin",
        "max_humidity",
        "max_temp",
        "min",
        "min_color_temp_kelvin",
        "min_humidity",
        "min_temp",
        "operation_list",
        "options",
        "available_modes",
        "available_tones",
        "percentage_step",
        "preset_modes",
        "source_list",
        "state_class",
        "step",
        "supported_color_modes",
        "supported_features",
        "swing_modes",
        "target_temp_step",
        "temperature_unit",
        "unit_of_measurement",
    ]
)
"""The attributes that say what an entity is, not how it is now."""

Abilities = dict[Feature, Accepts]


def abilities(domain: str, attributes: Object, temperature_unit: str) -> Abilities:
    """The features that a command may change. `temperature_unit` is that of the home: "°C" or "°F"."""
    reader = _READERS.get(domain)
    return {} if reader is None else reader(_Attributes(attributes, temperature_unit))


class _Attributes:
    def __init__(self, values: Object, temperature_unit: str) -> None:
        self.values = values
        self.unit = temperature_unit
        self._bits = int(number_of(values.get("supported_features")) or 0)

    def has(self, bit: int) -> bool:
        return bool(self._bits & bit)

    def number(self, key: str, default: float) -> float:
        found = number_of(self.values.get(key))
        return default if found is None else found

    def degrees(self) -> Range:
        low, high = (45, 95) if self.unit == "°F" else (7, 35)
        return self.range("min_temp", low, "max_temp", high, "target_temp_step", self.unit)

    def range(self, low: str, lowest: float, high: str, highest: float, step: str = "", unit: str = "%") -> Range:
        """The range between two attributes; the default where they make none."""
        minimum, maximum = self.number(low, lowest), self.number(high, highest)
        if minimum >= maximum:
            minimum, maximum = lowest, highest
        return Range(minimum, maximum, max(0.0, self.number(step, 0)) if step else 0.0, unit)

    def choice(self, feature: Feature, key: str) -> Abilities:
        options = texts_of(self.values.get(key))
        return {feature: Choice(options)} if options else {}


def _named(feature: Feature, values: Mapping[str, bool]) -> Abilities:
    options = tuple(value for value, able in values.items() if able)
    return {feature: Choice(options)} if options else {}


def _switch(_: _Attributes) -> Abilities:
    return {Feature.POWER: Anything()}


def _light(it: _Attributes) -> Abilities:
    modes = set(texts_of(it.values.get("supported_color_modes")))
    accepts: Abilities = {Feature.POWER: Anything()}
    if modes - {"onoff", "unknown"}:
        accepts[Feature.BRIGHTNESS] = _PERCENT
    if modes & _COLOUR_MODES:
        accepts[Feature.COLOUR] = Anything()
    if "color_temp" in modes:
        accepts[Feature.COLOUR_TEMPERATURE] = it.range(
            "min_color_temp_kelvin", 2000, "max_color_temp_kelvin", 6535, unit="K"
        )
    return {**accepts, **(it.choice(Feature.EFFECT, "effect_list") if it.has(4) else {})}


def _moving(it: _Attributes) -> Abilities:
    """A cover or a valve."""
    moves = _named(Feature.MOVEMENT, {"open": it.has(1), "close": it.has(2), "stop": it.has(8)})
    return {**moves, **({Feature.POSITION: _PERCENT} if it.has(4) else {})}


def _cover(it: _Attributes) -> Abilities:
    return {**_moving(it), **({Feature.TILT: _PERCENT} if it.has(128) else {})}


def _climate(it: _Attributes) -> Abilities:
    accepts = it.choice(Feature.MODE, "hvac_modes")
    if it.has(1):
        accepts[Feature.TARGET_TEMPERATURE] = it.degrees()
    if it.has(4):
        accepts[Feature.TARGET_HUMIDITY] = it.range("min_humidity", 30, "max_humidity", 99)
    for bit, feature, key in (
        (8, Feature.FAN_MODE, "fan_modes"),
        (16, Feature.PRESET, "preset_modes"),
        (32, Feature.SWING, "swing_modes"),
    ):
        accepts |= it.choice(feature, key) if it.has(bit) else {}
    return accepts


def _water_heater(it: _Attributes) -> Abilities:
    accepts: Abilities = {Feature.POWER: Anything()} if it.has(8) else {}
    if it.has(1):
        accepts[Feature.TARGET_TEMPERATURE] = it.degrees()
    return {**accepts, **(it.choice(Feature.MODE, "operation_list") if it.has(2) else {})}


def _fan(it: _Attributes) -> Abilities:
    accepts: Abilities = {Feature.POWER: Anything()}
    if it.has(1):
        accepts[Feature.SPEED] = _PERCENT
    if it.has(2):
        accepts[Feature.OSCILLATION] = Anything()
    if it.has(4):
        accepts[Feature.DIRECTION] = Choice(("forward", "reverse"))
    return {**accepts, **(it.choice(Feature.PRESET, "preset_modes") if it.has(8) else {})}


def _humidifier(it: _Attributes) -> Abilities:
    humidity = it.range("min_humidity", 0, "max_humidity", 100)
    accepts: Abilities = {Feature.POWER: Anything(), Feature.TARGET_HUMIDITY: humidity}
    return {**accepts, **(it.choice(Feature.MODE, "available_modes") if it.has(1) else {})}


def _lock(it: _Attributes) -> Abilities:
    """A lock that needs a code is only read: codes are not kept."""
    coded = bool(text_of(it.values.get("code_format")))
    return _named(Feature.LOCK, {"lock": not coded, "unlock": not coded, "open": not coded and it.has(1)})


def _alarm(it: _Attributes) -> Abilities:
    """An action that needs a code is not offered: codes are not kept."""
    coded = bool(text_of(it.values.get("code_format")))
    arms = not (coded and it.values.get("code_arm_required") is not False)
    return _named(
        Feature.ALARM,
        {
            "disarm": not coded,
            "arm_home": arms and it.has(1),
            "arm_away": arms and it.has(2),
            "arm_night": arms and it.has(4),
            "arm_custom_bypass": arms and it.has(16),
            "arm_vacation": arms and it.has(32),
            "trigger": not coded and it.has(8),
        },
    )


def _vacuum(it: _Attributes) -> Abilities:
    able = {
        "start": it.has(8192) or it.has(1),
        "pause": it.has(4),
        "stop": it.has(8),
        "dock": it.has(16),
        "locate": it.has(512),
        "spot": it.has(1024),
    }
    speeds = it.choice(Feature.FAN_MODE, "fan_speed_list") if it.has(32) else {}
    return {**_named(Feature.ACTIVITY, able), **speeds}


def _mower(it: _Attributes) -> Abilities:
    return _named(Feature.ACTIVITY, {"start": it.has(1), "pause": it.has(2), "dock": it.has(4)})


def _siren(it: _Attributes) -> Abilities:
    tones = it.choice(Feature.TONE, "available_tones") if it.has(4) else {}
    return {Feature.POWER: Anything(), **tones} if it.has(1) and it.has(2) else {}


def _player(it: _Attributes) -> Abilities:
    accepts: Abilities = {Feature.POWER: Anything()} if it.has(128) and it.has(256) else {}
    accepts |= _named(
        Feature.PLAYBACK,
        {"play": it.has(16384), "pause": it.has(1), "stop": it.has(4096), "next": it.has(32), "previous": it.has(16)},
    )
    if it.has(4):
        accepts[Feature.VOLUME] = _PERCENT
    if it.has(8):
        accepts[Feature.MUTED] = Anything()
    return {**accepts, **(it.choice(Feature.SOURCE, "source_list") if it.has(2048) else {})}


def _press(_: _Attributes) -> Abilities:
    return {Feature.PRESS: Anything()}


def _number(it: _Attributes) -> Abilities:
    unit = text_of(it.values.get("unit_of_measurement"))
    return {Feature.VALUE: it.range("min", 0, "max", 100, "step", unit)}


def _select(it: _Attributes) -> Abilities:
    return it.choice(Feature.VALUE, "options")


def _weather(it: _Attributes) -> Abilities:
    return _named(Feature.FORECAST, {"daily": it.has(1), "twice_daily": it.has(4), "hourly": it.has(2)})


_READERS: Final[Mapping[str, Callable[[_Attributes], Abilities]]] = {
    "alarm_control_panel": _alarm,
    "button": _press,
    "climate": _climate,
    "cover": _cover,
    "fan": _fan,
    "group": _switch,
    "humidifier": _humidifier,
    "input_boolean": _switch,
    "input_button": _press,
    "input_number": _number,
    "input_select": _select,
    "lawn_mower": _mower,
    "light": _light,
    "lock": _lock,
    "media_player": _player,
    "number": _number,
    "scene": _press,
    "script": _switch,
    "select": _select,
    "siren": _siren,
    "switch": _switch,
    "vacuum": _vacuum,
    "valve": _moving,
    "water_heater": _water_heater,
    "weather": _weather,
}

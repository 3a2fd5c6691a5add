"""What a state of Home Assistant tells of the features of an entity. Pure."""

from collections.abc import Callable, Mapping
from typing import Final

from edge.home.model import Colour, Feature, Value
from edge.home.sources.home_assistant.payload import Object, number_of, text_of

UNAVAILABLE: Final = "unavailable"
_UNKNOWN: Final = frozenset({"unknown", UNAVAILABLE, "None", ""})

Values = Mapping[Feature, Value | None]

_ON_OFF: Final = frozenset(
    ["binary_sensor", "fan", "group", "humidifier", "input_boolean", "light", "script", "siren", "switch"]
)
_MAIN: Final[Mapping[str, Feature]] = {
    "alarm_control_panel": Feature.ALARM,
    "climate": Feature.MODE,
    "cover": Feature.MOVEMENT,
    "device_tracker": Feature.PRESENCE,
    "input_select": Feature.VALUE,
    "lawn_mower": Feature.ACTIVITY,
    "lock": Feature.LOCK,
    "media_player": Feature.PLAYBACK,
    "person": Feature.PRESENCE,
    "select": Feature.VALUE,
    "vacuum": Feature.ACTIVITY,
    "valve": Feature.MOVEMENT,
    "water_heater": Feature.MODE,
    "weather": Feature.CONDITION,
}
"""The feature whose value is the state itself, as a text."""

_NUMBERS: Final = frozenset(["input_number", "number", "todo"])


def _percent_of(scale: float) -> Callable[[object], Value | None]:
    def read(value: object) -> Value | None:
        number = number_of(value)
        return None if number is None else round(number / scale * 100, 1)

    return read


def _flag(value: object) -> Value | None:
    return value if isinstance(value, bool) else None


def _text(value: object) -> Value | None:
    return text_of(value) or None


def _colour(value: object) -> Colour | None:
    if not isinstance(value, list) or len(value) != 3:  # noqa: PLR2004 - red, green, blue
        return None
    red, green, blue = (number_of(it) for it in value)
    if red is None or green is None or blue is None:
        return None
    return round(red), round(green), round(blue)


Read = Callable[[object], Value | None]

_CLIMATE: Final[Mapping[Feature, tuple[str, Read]]] = {
    Feature.TEMPERATURE: ("current_temperature", number_of),
    Feature.HUMIDITY: ("current_humidity", number_of),
    Feature.TARGET_TEMPERATURE: ("temperature", number_of),
    Feature.TARGET_LOW: ("target_temp_low", number_of),
    Feature.TARGET_HIGH: ("target_temp_high", number_of),
    Feature.TARGET_HUMIDITY: ("humidity", number_of),
    Feature.ACTION: ("hvac_action", _text),
    Feature.FAN_MODE: ("fan_mode", _text),
    Feature.PRESET: ("preset_mode", _text),
    Feature.SWING: ("swing_mode", _text),
}
_POSITION: Final[Mapping[Feature, tuple[str, Read]]] = {
    Feature.POSITION: ("current_position", number_of),
    Feature.TILT: ("current_tilt_position", number_of),
}

_ATTRIBUTES: Final[Mapping[str, Mapping[Feature, tuple[str, Read]]]] = {
    "climate": _CLIMATE,
    "cover": _POSITION,
    "fan": {
        Feature.SPEED: ("percentage", number_of),
        Feature.PRESET: ("preset_mode", _text),
        Feature.OSCILLATION: ("oscillating", _flag),
        Feature.DIRECTION: ("direction", _text),
    },
    "humidifier": {
        Feature.HUMIDITY: ("current_humidity", number_of),
        Feature.TARGET_HUMIDITY: ("humidity", number_of),
        Feature.MODE: ("mode", _text),
    },
    "light": {
        Feature.BRIGHTNESS: ("brightness", _percent_of(255)),
        Feature.COLOUR: ("rgb_color", _colour),
        Feature.COLOUR_TEMPERATURE: ("color_temp_kelvin", number_of),
        Feature.EFFECT: ("effect", _text),
    },
    "media_player": {
        Feature.VOLUME: ("volume_level", _percent_of(1)),
        Feature.MUTED: ("is_volume_muted", _flag),
        Feature.SOURCE: ("source", _text),
        Feature.TITLE: ("media_title", _text),
        Feature.ARTIST: ("media_artist", _text),
    },
    "vacuum": {Feature.FAN_MODE: ("fan_speed", _text)},
    "valve": _POSITION,
    "water_heater": {
        Feature.TEMPERATURE: ("current_temperature", number_of),
        Feature.TARGET_TEMPERATURE: ("temperature", number_of),
    },
    "weather": {Feature.TEMPERATURE: ("temperature", number_of), Feature.HUMIDITY: ("humidity", number_of)},
}


def reported(domain: str, state: str, attributes: Object) -> Values:
    """The values of the features that a state tells; None: known to be unknown."""
    found: dict[Feature, Value | None] = {
        feature: read(attributes.get(key)) for feature, (key, read) in _ATTRIBUTES.get(domain, {}).items()
    }
    return {**found, **_main(domain, state, attributes)}


def _main(domain: str, state: str, attributes: Object) -> Values:
    known = state not in _UNKNOWN
    if domain in _ON_OFF:
        feature = Feature.VALUE if domain == "binary_sensor" else Feature.POWER
        return {feature: {"on": True, "off": False}.get(state)}
    if domain == "sensor":
        numeric = bool(text_of(attributes.get("unit_of_measurement"))) or "state_class" in attributes
        return {Feature.VALUE: number_of(state) if numeric else (state if known else None)}
    if domain in _NUMBERS:
        return {Feature.VALUE: number_of(state)}
    if domain not in _MAIN:
        return {}
    values: dict[Feature, Value | None] = {_MAIN[domain]: state if known else None}
    if domain in {"media_player", "water_heater"}:
        values[Feature.POWER] = state not in {"off", "standby"} if known else None
    return values

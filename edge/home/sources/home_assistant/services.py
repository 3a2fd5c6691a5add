"""What a change is to Home Assistant: the services that carry it out, by domain. Pure.

Services and their data: https://www.home-assistant.io/integrations/light/ and so on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from edge.home.model import Feature, ServiceCall, State, Value

_Service = tuple[str, Mapping[str, Any]]
"""The action and its data."""

_ACTIONS: Final[Mapping[str, Mapping[Feature, Mapping[Value, str]]]] = {
    "alarm_control_panel": {
        Feature.ALARM: {
            "disarm": "alarm_disarm",
            "trigger": "alarm_trigger",
            **{f"arm_{it}": f"alarm_arm_{it}" for it in ("home", "away", "night", "vacation", "custom_bypass")},
        }
    },
    "cover": {Feature.MOVEMENT: {"open": "open_cover", "close": "close_cover", "stop": "stop_cover"}},
    "lawn_mower": {Feature.ACTIVITY: {"start": "start_mowing", "pause": "pause", "dock": "dock"}},
    "lock": {Feature.LOCK: {"lock": "lock", "unlock": "unlock", "open": "open"}},
    "media_player": {
        Feature.PLAYBACK: {
            "play": "media_play",
            "pause": "media_pause",
            "stop": "media_stop",
            "next": "media_next_track",
            "previous": "media_previous_track",
        }
    },
    "vacuum": {
        Feature.ACTIVITY: {
            "start": "start",
            "pause": "pause",
            "stop": "stop",
            "dock": "return_to_base",
            "locate": "locate",
            "spot": "clean_spot",
        }
    },
    "valve": {Feature.MOVEMENT: {"open": "open_valve", "close": "close_valve", "stop": "stop_valve"}},
}
"""Values that are actions of their own."""

_FIELDS: Final[Mapping[str, Mapping[Feature, tuple[str, str]]]] = {
    "climate": {
        Feature.MODE: ("set_hvac_mode", "hvac_mode"),
        Feature.PRESET: ("set_preset_mode", "preset_mode"),
        Feature.FAN_MODE: ("set_fan_mode", "fan_mode"),
        Feature.SWING: ("set_swing_mode", "swing_mode"),
        Feature.TARGET_TEMPERATURE: ("set_temperature", "temperature"),
        Feature.TARGET_LOW: ("set_temperature", "target_temp_low"),
        Feature.TARGET_HIGH: ("set_temperature", "target_temp_high"),
        Feature.TARGET_HUMIDITY: ("set_humidity", "humidity"),
    },
    "cover": {
        Feature.POSITION: ("set_cover_position", "position"),
        Feature.TILT: ("set_cover_tilt_position", "tilt_position"),
    },
    "fan": {
        Feature.SPEED: ("set_percentage", "percentage"),
        Feature.PRESET: ("set_preset_mode", "preset_mode"),
        Feature.OSCILLATION: ("oscillate", "oscillating"),
        Feature.DIRECTION: ("set_direction", "direction"),
    },
    "humidifier": {
        Feature.TARGET_HUMIDITY: ("set_humidity", "humidity"),
        Feature.MODE: ("set_mode", "mode"),
    },
    "light": {
        Feature.BRIGHTNESS: ("turn_on", "brightness_pct"),
        Feature.COLOUR: ("turn_on", "rgb_color"),
        Feature.COLOUR_TEMPERATURE: ("turn_on", "color_temp_kelvin"),
        Feature.EFFECT: ("turn_on", "effect"),
    },
    "media_player": {
        Feature.VOLUME: ("volume_set", "volume_level"),
        Feature.MUTED: ("volume_mute", "is_volume_muted"),
        Feature.SOURCE: ("select_source", "source"),
    },
    "siren": {Feature.TONE: ("turn_on", "tone")},
    "vacuum": {Feature.FAN_MODE: ("set_fan_speed", "fan_speed")},
    "valve": {Feature.POSITION: ("set_valve_position", "position")},
    "water_heater": {
        Feature.MODE: ("set_operation_mode", "operation_mode"),
        Feature.TARGET_TEMPERATURE: ("set_temperature", "temperature"),
    },
    **{domain: {Feature.VALUE: ("set_value", "value")} for domain in ("input_number", "number")},
    **{domain: {Feature.VALUE: ("select_option", "option")} for domain in ("input_select", "select")},
}
"""Values that are fields of an action; those of one action are sent together."""

_OF_ANY_DOMAIN: Final = "homeassistant"
"""The services for groups, which have none of their own."""

_PRESSED: Final = {"button": "press", "input_button": "press"}
_WHOLE: Final = frozenset({Feature.BRIGHTNESS, Feature.COLOUR_TEMPERATURE, Feature.POSITION, Feature.TILT,
                           Feature.SPEED, Feature.TARGET_HUMIDITY})  # fmt: skip


@dataclass(frozen=True, slots=True)
class ServiceEncoder:
    """The `Encoder` of one entity of Home Assistant."""

    entity_id: str

    def __call__(self, change: State, state: State) -> Sequence[ServiceCall]:
        """See `edge.home.model.Encoder`."""
        _ = state
        domain = self.entity_id.partition(".")[0]
        of = _OF_ANY_DOMAIN if domain == "group" else domain
        return [ServiceCall(of, action, self.entity_id, data) for action, data in _services(domain, change)]


def _services(domain: str, change: State) -> Iterator[_Service]:
    if change.get(Feature.POWER) is False:
        yield "turn_off", {}
        return
    fields: dict[str, dict[str, Any]] = {}
    for feature, value in change.items():
        action, key = _FIELDS.get(domain, {}).get(feature, ("", ""))
        if action:
            fields.setdefault(action, {})[key] = _plain(feature, value)
        elif (named := _ACTIONS.get(domain, {}).get(feature, {}).get(value)) is not None:
            fields.setdefault(named, {})
        elif feature is Feature.PRESS:
            fields.setdefault(_PRESSED.get(domain, "turn_on"), {})
    if change.get(Feature.POWER) is True and "turn_on" not in fields:
        yield "turn_on", {}
    yield from fields.items()


def _plain(feature: Feature, value: Value) -> Any:
    """The value as Home Assistant takes it: volumes from 0 to 1, lists for colours."""
    if feature is Feature.VOLUME and isinstance(value, int | float):
        return round(value / 100, 3)
    if isinstance(value, tuple):
        return list(value)
    if feature in _WHOLE and isinstance(value, int | float):
        return round(value)
    return value

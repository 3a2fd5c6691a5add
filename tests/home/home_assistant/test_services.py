"""The services that carry out a change, and what states tell, domain by domain."""

from typing import Any

import pytest

from edge.home.model import Choice, Feature, Range, State
from edge.home.planning.changes import activity, option, switched, to_number
from edge.home.sources.home_assistant.abilities import abilities
from edge.home.sources.home_assistant.reported import reported
from edge.home.sources.home_assistant.services import ServiceEncoder

CALLS: list[tuple[str, State, list[tuple[str, dict[str, Any]]]]] = [
    ("light.a", {Feature.POWER: True}, [("light.turn_on", {})]),
    ("light.a", {Feature.POWER: False}, [("light.turn_off", {})]),
    ("light.a", {Feature.BRIGHTNESS: 40.4}, [("light.turn_on", {"brightness_pct": 40})]),
    ("light.a", {Feature.POWER: True, Feature.COLOUR: (255, 0, 0)}, [("light.turn_on", {"rgb_color": [255, 0, 0]})]),
    ("light.a", {Feature.COLOUR_TEMPERATURE: 2700.0}, [("light.turn_on", {"color_temp_kelvin": 2700})]),
    ("light.a", {Feature.EFFECT: "rainbow"}, [("light.turn_on", {"effect": "rainbow"})]),
    ("group.all", {Feature.POWER: True}, [("homeassistant.turn_on", {})]),
    ("input_boolean.a", {Feature.POWER: True}, [("input_boolean.turn_on", {})]),
    ("input_button.a", {Feature.PRESS: True}, [("input_button.press", {})]),
    ("button.a", {Feature.PRESS: True}, [("button.press", {})]),
    ("scene.a", {Feature.PRESS: True}, [("scene.turn_on", {})]),
    ("script.a", {Feature.POWER: False}, [("script.turn_off", {})]),
    ("cover.a", {Feature.MOVEMENT: "open"}, [("cover.open_cover", {})]),
    ("cover.a", {Feature.POSITION: 30.0}, [("cover.set_cover_position", {"position": 30})]),
    ("cover.a", {Feature.TILT: 30.0}, [("cover.set_cover_tilt_position", {"tilt_position": 30})]),
    ("valve.a", {Feature.MOVEMENT: "close"}, [("valve.close_valve", {})]),
    ("lock.a", {Feature.LOCK: "unlock"}, [("lock.unlock", {})]),
    ("alarm_control_panel.a", {Feature.ALARM: "arm_away"}, [("alarm_control_panel.alarm_arm_away", {})]),
    ("climate.a", {Feature.MODE: "off"}, [("climate.set_hvac_mode", {"hvac_mode": "off"})]),
    ("climate.a", {Feature.TARGET_TEMPERATURE: 20.5}, [("climate.set_temperature", {"temperature": 20.5})]),
    (
        "climate.a",
        {Feature.TARGET_LOW: 18.0, Feature.TARGET_HIGH: 22.0},
        [("climate.set_temperature", {"target_temp_low": 18.0, "target_temp_high": 22.0})],
    ),
    ("fan.a", {Feature.SPEED: 50.0}, [("fan.set_percentage", {"percentage": 50})]),
    ("fan.a", {Feature.OSCILLATION: True}, [("fan.oscillate", {"oscillating": True})]),
    ("humidifier.a", {Feature.TARGET_HUMIDITY: 45.0}, [("humidifier.set_humidity", {"humidity": 45})]),
    ("media_player.a", {Feature.VOLUME: 35.0}, [("media_player.volume_set", {"volume_level": 0.35})]),
    ("media_player.a", {Feature.PLAYBACK: "next"}, [("media_player.media_next_track", {})]),
    ("media_player.a", {Feature.SOURCE: "hdmi"}, [("media_player.select_source", {"source": "hdmi"})]),
    ("vacuum.a", {Feature.ACTIVITY: "dock"}, [("vacuum.return_to_base", {})]),
    ("lawn_mower.a", {Feature.ACTIVITY: "start"}, [("lawn_mower.start_mowing", {})]),
    ("number.a", {Feature.VALUE: 7.0}, [("number.set_value", {"value": 7.0})]),
    ("input_select.a", {Feature.VALUE: "eco"}, [("input_select.select_option", {"option": "eco"})]),
    ("water_heater.a", {Feature.MODE: "eco"}, [("water_heater.set_operation_mode", {"operation_mode": "eco"})]),
    ("siren.a", {Feature.POWER: True}, [("siren.turn_on", {})]),
]


@pytest.mark.parametrize(("entity_id", "change", "wanted"), CALLS)
def test_a_change_is_carried_out_by_services(
    entity_id: str, change: State, wanted: list[tuple[str, dict[str, Any]]]
) -> None:
    calls = ServiceEncoder(entity_id)(change, {})
    assert [(f"{it.domain}.{it.action}", dict(it.data)) for it in calls] == wanted
    assert {it.entity_id for it in calls} == {entity_id}


ABLE: list[tuple[str, dict[str, Any], dict[Feature, Any]]] = [
    ("light", {}, {Feature.POWER: ...}),
    ("light", {"supported_color_modes": ["onoff"]}, {Feature.POWER: ...}),
    (
        "light",
        {"supported_color_modes": ["color_temp"], "min_color_temp_kelvin": 2200, "max_color_temp_kelvin": 4000},
        {
            Feature.POWER: ...,
            Feature.BRIGHTNESS: Range(0, 100, unit="%"),
            Feature.COLOUR_TEMPERATURE: Range(2200, 4000, unit="K"),
        },
    ),
    ("cover", {"supported_features": 3}, {Feature.MOVEMENT: Choice(("open", "close"))}),
    ("lock", {"supported_features": 0}, {Feature.LOCK: Choice(("lock", "unlock"))}),
    ("lock", {"supported_features": 1}, {Feature.LOCK: Choice(("lock", "unlock", "open"))}),
    ("lock", {"code_format": r"\d{4}"}, {}),
    ("alarm_control_panel", {"supported_features": 3, "code_format": "number", "code_arm_required": True}, {}),
    (
        "alarm_control_panel",
        {"supported_features": 3, "code_format": "number", "code_arm_required": False},
        {Feature.ALARM: Choice(("arm_home", "arm_away"))},
    ),
    ("alarm_control_panel", {"supported_features": 2}, {Feature.ALARM: Choice(("disarm", "arm_away"))}),
    ("climate", {"hvac_modes": ["off", "heat"]}, {Feature.MODE: Choice(("off", "heat"))}),
    (
        "climate",
        {"supported_features": 1, "min_temp": 30, "max_temp": 20},
        {Feature.TARGET_TEMPERATURE: Range(7, 35, 0, "°C")},
    ),
    ("fan", {"supported_features": 2}, {Feature.POWER: ..., Feature.OSCILLATION: ...}),
    ("media_player", {"supported_features": 1}, {Feature.PLAYBACK: Choice(("pause",))}),
    ("siren", {"supported_features": 1}, {}),
    ("sensor", {"supported_features": 65535}, {}),
    ("light", {"supported_color_modes": 7, "supported_features": [], "effect_list": {}}, {Feature.POWER: ...}),
    ("light", {"supported_features": float("inf")}, {Feature.POWER: ...}),
    ("unheard_of", {}, {}),
]


@pytest.mark.parametrize(("domain", "attributes", "wanted"), ABLE)
def test_the_attributes_tell_what_it_can_do(
    domain: str, attributes: dict[str, Any], wanted: dict[Feature, Any]
) -> None:
    found = abilities(domain, attributes, "°C")
    assert found.keys() == wanted.keys()
    assert {key: value for key, value in found.items() if wanted[key] is not ...} == {
        key: value for key, value in wanted.items() if value is not ...
    }


TOLD: list[tuple[str, str, dict[str, Any], dict[Feature, Any]]] = [
    ("light", "on", {"brightness": 255}, {Feature.POWER: True, Feature.BRIGHTNESS: 100.0}),
    ("light", "off", {"brightness": None}, {Feature.POWER: False}),
    ("light", "on", {"rgb_color": [1, 2, 3]}, {Feature.POWER: True, Feature.COLOUR: (1, 2, 3)}),
    ("light", "on", {"rgb_color": [1, "x", 3], "brightness": "much"}, {Feature.POWER: True}),
    ("light", "unavailable", {}, {}),
    ("binary_sensor", "on", {}, {Feature.VALUE: True}),
    ("sensor", "21.5", {"unit_of_measurement": "°C"}, {Feature.VALUE: 21.5}),
    ("sensor", "unknown", {"unit_of_measurement": "°C"}, {}),
    ("sensor", "nan", {"unit_of_measurement": "°C"}, {}),
    ("sensor", "idle", {}, {Feature.VALUE: "idle"}),
    ("cover", "opening", {"current_position": 30}, {Feature.MOVEMENT: "opening", Feature.POSITION: 30.0}),
    ("lock", "jammed", {}, {Feature.LOCK: "jammed"}),
    ("person", "not_home", {}, {Feature.PRESENCE: "not_home"}),
    ("media_player", "off", {}, {Feature.POWER: False, Feature.PLAYBACK: "off"}),
    (
        "media_player",
        "playing",
        {"volume_level": 0.25, "media_title": "A" * 999},
        {Feature.POWER: True, Feature.PLAYBACK: "playing", Feature.VOLUME: 25.0, Feature.TITLE: "A" * 256},
    ),
    ("climate", "heat", {"temperature": 20, "current_temperature": "19.5"},
     {Feature.MODE: "heat", Feature.TARGET_TEMPERATURE: 20.0, Feature.TEMPERATURE: 19.5}),
    ("weather", "sunny", {"temperature": 20}, {Feature.CONDITION: "sunny", Feature.TEMPERATURE: 20.0}),
    ("scene", "2026-01-01T00:00:00", {}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("domain", "state", "attributes", "wanted"), TOLD)
def test_a_state_tells_values(domain: str, state: str, attributes: dict[str, Any], wanted: dict[Feature, Any]) -> None:
    found = reported(domain, state, attributes)
    assert {key: value for key, value in found.items() if value is not None} == wanted


def test_the_changes_of_the_home_fit_the_abilities() -> None:
    from edge.home.sources.home_assistant.entities import entity_of
    from edge.home.sources.home_assistant.registry import Exposed

    vacuum = entity_of(Exposed("vacuum.a", "k"), {"supported_features": 8192 | 16 | 4}, "°C")
    assert switched(vacuum, on=True) == {Feature.ACTIVITY: "start"}
    assert activity(vacuum, "pause") == {Feature.ACTIVITY: "pause"}
    heater = entity_of(Exposed("climate.a", "k"), {"hvac_modes": ["off", "heat"], "supported_features": 1}, "°F")
    assert switched(heater, on=False) == {Feature.MODE: "off"}
    assert to_number(heater, Feature.TARGET_TEMPERATURE, 70) == {Feature.TARGET_TEMPERATURE: 70}
    assert option(heater, "Heat") == {Feature.MODE: "heat"}

"""Thermostats, boilers, fans and humidifiers: every default, templates, and words that mean "unknown"."""

import pytest

from edge.home.model import Choice, Feature, Range
from tests.home.discovery.announced import Case, announced, check, refusal

ON, MODE, PRESET, FAN, SWING = Feature.POWER, Feature.MODE, Feature.PRESET, Feature.FAN_MODE, Feature.SWING
TARGET, LOW, HIGH, NOW = (
    Feature.TARGET_TEMPERATURE,
    Feature.TARGET_LOW,
    Feature.TARGET_HIGH,
    Feature.TEMPERATURE,
)
WET, IS_WET, ACTION = Feature.TARGET_HUMIDITY, Feature.HUMIDITY, Feature.ACTION
SPEED, OSC, WAY = Feature.SPEED, Feature.OSCILLATION, Feature.DIRECTION

FANNED = {"command_topic": "f/set", "state_topic": "f"}
MISTED = {"command_topic": "h/set", "target_humidity_command_topic": "h/wet/set", "state_topic": "h"}

CASES = [
    Case(
        "a radiator valve as Zigbee2MQTT announces it",
        "climate",
        {
            "temperature_command_topic": "z/set/occupied_heating_setpoint",
            "temperature_state_topic": "z",
            "temperature_state_template": "{{ value_json['occupied_heating_setpoint'] }}",
            "temp_step": 0.5,
            "min_temp": "5",
            "max_temp": "30",
            "current_temperature_topic": "z",
            "current_temperature_template": "{{ value_json['local_temperature'] }}",
            "mode_command_topic": "z/set/system_mode",
            "mode_state_topic": "z",
            "mode_state_template": "{{ value_json['system_mode'] }}",
            "modes": ["off", "auto", "heat"],
            "preset_mode_command_topic": "z/set/preset",
            "preset_mode_state_topic": "z",
            "preset_mode_value_template": "{{ value_json['preset'] }}",
            "preset_modes": ["eco", "boost"],
            "action_topic": "z",
            "action_template": "{% set values = {None:None,'idle':'idle','heat':'heating'} %}"
            "{{ values[value_json['running_state']] }}",
        },
        {MODE, PRESET, TARGET},
        [
            (
                "z",
                '{"local_temperature":21.5,"occupied_heating_setpoint":19,"system_mode":"heat","preset":"eco","running_state":"heat"}',
                {NOW: 21.5, TARGET: 19.0, MODE: "heat", PRESET: "eco", ACTION: "heating"},
            ),
            ("z", '{"system_mode":"party","preset":"none","running_state":"boil"}', {PRESET: "none"}),
            ("z", '{"local_temperature":null,"running_state":null}', {NOW: None, ACTION: None}),
        ],
        [
            ({TARGET: 20.5}, ["z/set/occupied_heating_setpoint 20.5"]),
            ({TARGET: 21.0}, ["z/set/occupied_heating_setpoint 21"]),
            ({MODE: "off"}, ["z/set/system_mode off"]),
            ({PRESET: "boost"}, ["z/set/preset boost"]),
        ],
    ),
    Case(
        "all commands with templates, one template for all states",
        "climate",
        {
            "power_command_topic": "c/p",
            "payload_on": "1",
            "payload_off": "0",
            "power_command_template": "p{{ value }}",
            "mode_command_topic": "c/m",
            "mode_command_template": "m={{ value }}",
            "mode_state_topic": "s/m",
            "fan_mode_command_topic": "c/f",
            "fan_mode_command_template": "f={{ value }}",
            "fan_mode_state_topic": "s/f",
            "swing_mode_command_topic": "c/s",
            "swing_mode_state_topic": "s/s",
            "temperature_low_command_topic": "c/l",
            "temperature_low_state_topic": "s/l",
            "temperature_high_command_topic": "c/h",
            "temperature_high_command_template": '{"t":{{ value }}}',
            "temperature_high_state_topic": "s/h",
            "target_humidity_command_topic": "c/w",
            "target_humidity_state_topic": "s/w",
            "current_humidity_topic": "s/iw",
            "current_temperature_topic": "s/it",
            "value_template": "{{ value_json.v }}",
            "retain": "true",
        },
        {ON, MODE, FAN, SWING, LOW, HIGH, WET},
        [
            ("s/m", '{"v":"fan_only"}', {MODE: "fan_only"}),
            ("s/m", '{"v":null}', {MODE: None}),
            ("s/f", '{"v":"medium"}', {FAN: "medium"}),
            ("s/s", '{"v":"off"}', {SWING: "off"}),
            ("s/l", '{"v":18.5}', {LOW: 18.5}),
            ("s/h", '{"v":"24"}', {HIGH: 24.0}),
            ("s/w", '{"v":45}', {WET: 45.0}),
            ("s/iw", '{"v":55.5}', {IS_WET: 55.5}),
            ("s/it", '{"v":"warm"}', {}),
        ],
        [
            ({ON: True}, ["retained c/p p1"]),
            ({MODE: "cool"}, ["retained c/m m=cool"]),
            ({FAN: "low"}, ["retained c/f f=low"]),
            ({SWING: "on"}, ["retained c/s on"]),
            ({LOW: 18.0, HIGH: 22.5}, ["retained c/l 18", 'retained c/h {"t":22.5}']),
            ({WET: 40.4}, ["retained c/w 40"]),
        ],
    ),
    Case("a climate entity that says nothing", "climate", {"mode_command_topic": "c"}, {MODE}, optimistic=True),
    Case(
        "no modes to choose from", "climate", {"mode_command_topic": "c", "modes": [], "current_temperature_topic": "s"}
    ),
    Case(
        "a boiler",
        "water_heater",
        {
            "mode_command_topic": "w/m",
            "mode_state_topic": "s",
            "temperature_command_topic": "w/t",
            "temperature_state_topic": "s/t",
            "current_temperature_topic": "s/c",
            "power_command_topic": "w/p",
        },
        {ON, MODE, TARGET},
        [
            ("s", "eco", {MODE: "eco"}),
            ("s", "None", {MODE: None}),
            ("s", "steam", {}),
            ("s/t", "55", {TARGET: 55.0}),
            ("s/c", "51.5", {NOW: 51.5}),
        ],
        [({MODE: "performance"}, ["w/m performance"]), ({TARGET: 55.0}, ["w/t 55"]), ({ON: False}, ["w/p OFF"])],
    ),
    Case(
        "a fan that is only switched",
        "fan",
        FANNED,
        {ON},
        [("f", "ON", {ON: True}), ("f", "OFF", {ON: False}), ("f", "None", {ON: None}), ("f", "7", {})],
        [({ON: True}, ["f/set ON"]), ({ON: False}, ["f/set OFF"])],
    ),
    Case(
        "a fan with everything",
        "fan",
        {
            **FANNED,
            "command_template": "state: {{ value }}",
            "percentage_command_topic": "f/p/set",
            "percentage_state_topic": "f/p",
            "oscillation_command_topic": "f/o/set",
            "oscillation_state_topic": "f/o",
            "direction_command_topic": "f/d/set",
            "direction_state_topic": "f/d",
            "preset_mode_command_topic": "f/m/set",
            "preset_mode_state_topic": "f/m",
            "preset_modes": ["auto", "sleep"],
        },
        {ON, SPEED, OSC, WAY, PRESET},
        [
            ("f/p", "50", {SPEED: 50.0}),
            ("f/p", "0", {SPEED: 0.0}),
            ("f/p", "101", {}),
            ("f/p", "None", {SPEED: None}),
            ("f/o", "oscillate_on", {OSC: True}),
            ("f/o", "oscillate_off", {OSC: False}),
            ("f/d", "reverse", {WAY: "reverse"}),
            ("f/m", "sleep", {PRESET: "sleep"}),
            ("f/m", "storm", {}),
            ("f/m", "None", {PRESET: None}),
        ],
        [
            ({ON: True, SPEED: 33.0}, ["f/set state: ON", "f/p/set 33"]),
            ({OSC: False}, ["f/o/set oscillate_off"]),
            ({WAY: "forward"}, ["f/d/set forward"]),
            ({PRESET: "auto"}, ["f/m/set auto"]),
        ],
    ),
    Case(
        "a fan with four speeds and words of its own",
        "fan",
        {
            **FANNED,
            "percentage_command_topic": "f/p/set",
            "percentage_state_topic": "f/p",
            "percentage_value_template": "{{ value_json.speed }}",
            "percentage_command_template": "L{{ value }}",
            "speed_range_max": 4,
            "payload_reset_percentage": "rset",
            "oscillation_command_topic": "f/o/set",
            "payload_oscillation_on": "swing",
            "payload_oscillation_off": "still",
        },
        {ON, SPEED, OSC},
        [("f/p", '{"speed":1}', {SPEED: 25.0}), ("f/p", '{"speed":5}', {}), ("f/p", '{"speed":"rset"}', {SPEED: None})],
        [
            ({SPEED: 25.0}, ["f/p/set L1"]),
            ({SPEED: 26.0}, ["f/p/set L2"]),
            ({SPEED: 100.0}, ["f/p/set L4"]),
            ({SPEED: 0.0}, ["f/p/set L0"]),
            ({OSC: True}, ["f/o/set swing"]),
        ],
    ),
    Case(
        "a fan whose speeds begin above one",
        "fan",
        {
            **FANNED,
            "percentage_command_topic": "c",
            "percentage_state_topic": "s",
            "speed_range_min": 11,
            "speed_range_max": 20,
        },
        {ON, SPEED},
        [("s", "11", {SPEED: 10.0}), ("s", "20", {SPEED: 100.0}), ("s", "10", {SPEED: 0.0}), ("s", "9", {})],
        [({SPEED: 10.0}, ["c 11"]), ({SPEED: 0.0}, ["c 10"])],
    ),
    Case(
        "a humidifier",
        "humidifier",
        {
            **MISTED,
            "target_humidity_state_topic": "h/wet",
            "current_humidity_topic": "h/is",
            "mode_command_topic": "h/m/set",
            "mode_state_topic": "h/m",
            "modes": ["eco", "sleep"],
            "action_topic": "h/a",
            "max_humidity": 80,
            "target_humidity_command_template": "{{ value }} %",
        },
        {ON, WET, MODE},
        [
            ("h", "ON", {ON: True}),
            ("h", "None", {ON: None}),
            ("h/wet", "45", {WET: 45.0}),
            ("h/wet", "90", {}),
            ("h/wet", "None", {WET: None}),
            ("h/is", "38.5", {IS_WET: 38.5}),
            ("h/is", "130", {}),
            ("h/m", "eco", {MODE: "eco"}),
            ("h/m", "None", {MODE: None}),
            ("h/m", "wild", {}),
            ("h/a", "drying", {ACTION: "drying"}),
            ("h/a", "dancing", {}),
        ],
        [
            ({ON: True, WET: 45.0}, ["h/set ON", "h/wet/set 45 %"]),
            ({MODE: "sleep"}, ["h/m/set sleep"]),
            ({ON: False}, ["h/set OFF"]),
        ],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_climate_fans_and_humidifiers(case: Case) -> None:
    check(case)


@pytest.mark.parametrize(
    ("component", "config", "expected"),
    [
        ("climate", {}, Range(7, 35, 1, "°C")),
        ("climate", {"temperature_unit": "F", "temp_step": 2}, Range(44.6, 95, 2, "°F")),
        ("climate", {"min_temp": 16, "max_temp": "30"}, Range(16, 30, 1, "°C")),
        ("water_heater", {}, Range(43.3, 60, 0, "°C")),
        ("water_heater", {"temperature_unit": "F"}, Range(109.9, 140, 0, "°F")),
    ],
)
def test_ranges_of_temperatures(component: str, config: dict[str, object], expected: Range) -> None:
    assert announced(component, {"temperature_command_topic": "c", **config}).accepts[TARGET] == expected


def test_default_choices() -> None:
    entity = announced("climate", {f"{key}_command_topic": "c" for key in ("mode", "fan_mode", "swing_mode")})
    assert entity.accepts[MODE] == Choice(("auto", "off", "cool", "heat", "dry", "fan_only"))
    assert entity.accepts[FAN] == Choice(("auto", "low", "medium", "high"))
    assert entity.accepts[SWING] == Choice(("on", "off"))
    presets = announced("climate", {"preset_mode_command_topic": "c", "preset_modes": ["eco"]}).accepts[PRESET]
    assert presets == Choice(("none", "eco"))
    assert announced("humidifier", MISTED).accepts[WET] == Range(0, 100, unit="%")
    fan = announced("fan", {**FANNED, "percentage_command_topic": "c", "speed_range_max": 4})
    assert fan.accepts[SPEED] == Range(0, 100, 25, "%")
    climate = announced("climate", {"target_humidity_command_topic": "c"})
    assert climate.accepts[WET] == Range(30, 99, unit="%")


@pytest.mark.parametrize(
    ("component", "config", "why"),
    [
        ("climate", {}, "neither a command nor a state topic"),
        ("climate", {"mode_command_topic": "c", "min_temp": 30, "max_temp": 20}, "'min_temp' is not less"),
        ("climate", {"mode_command_topic": "c", "modes": {"a": 1}}, "no list of texts"),
        ("climate", {"mode_command_topic": "c", "max_humidity": 101}, "range of the humidity"),
        ("fan", {"state_topic": "f"}, "'command_topic' is missing"),
        ("fan", {**FANNED, "speed_range_min": 0}, "range of the speed"),
        ("fan", {**FANNED, "speed_range_min": 9, "speed_range_max": 3}, "range of the speed"),
        ("humidifier", {"command_topic": "h"}, "'target_humidity_command_topic' is missing"),
        ("humidifier", {**MISTED, "min_humidity": 60, "max_humidity": 50}, "range of the humidity"),
        ("water_heater", {}, "neither a command nor a state topic"),
    ],
)
def test_refused(component: str, config: dict[str, object], why: str) -> None:
    assert why in refusal(component, config)

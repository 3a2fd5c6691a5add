"""Lights of the three schemas: every default, every notation of a colour."""

import pytest

from edge.home.model import Choice, Feature, Range
from tests.home.discovery.announced import Case, announced, check, heard, refusal, sent

ON, BRIGHT, COLOUR, TEMP, EFFECT = (
    Feature.POWER,
    Feature.BRIGHTNESS,
    Feature.COLOUR,
    Feature.COLOUR_TEMPERATURE,
    Feature.EFFECT,
)
RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)

BASIC = {"command_topic": "l/set", "state_topic": "l"}
DIMMER = {**BASIC, "brightness_command_topic": "l/b/set", "brightness_state_topic": "l/b"}
JSON = {"schema": "json", "command_topic": "l/set", "state_topic": "l"}
TEMPLATE = {
    "schema": "template",
    "command_topic": "l/set",
    "state_topic": "l",
    "command_on_template": "on,{{ brightness|d }},{{ red|d }}-{{ green|d }}-{{ blue|d }},"
    "{{ color_temp|d }},{{ effect|d }}",
    "command_off_template": "off{{ ',now' if state is false }}",
    "state_template": "{{ value.split(',')[0] }}",
}

CASES = [
    Case(
        "a light that is only switched",
        "light",
        BASIC,
        {ON},
        [("l", "ON", {ON: True}), ("l", "OFF", {ON: False}), ("l", "None", {ON: None}), ("l", "on", {}), ("l", "", {})],
        [({ON: True}, ["l/set ON"]), ({ON: False}, ["l/set OFF"])],
    ),
    Case(
        "payloads and a template of its own",
        "light",
        {**BASIC, "payload_on": 1, "payload_off": 0, "state_value_template": "{{ value_json.power }}", "retain": True},
        {ON},
        [("l", '{"power":1}', {ON: True}), ("l", '{"power":0}', {ON: False}), ("l", '{"other":0}', {})],
        [({ON: True}, ["retained l/set 1"]), ({ON: False}, ["retained l/set 0"])],
    ),
    Case("without a state topic", "light", {"command_topic": "l/set"}, {ON}, optimistic=True),
    Case("that says it is optimistic", "light", {**BASIC, "optimistic": True}, {ON}, optimistic=True),
    Case(
        "a dimmer",
        "light",
        DIMMER,
        {ON, BRIGHT},
        [("l/b", "128", {BRIGHT: 50.2}), ("l/b", "999", {BRIGHT: 100.0}), ("l/b", "0", {}), ("l/b", "x", {})],
        [
            ({BRIGHT: 50.0}, ["l/b/set 128", "l/set ON"]),
            ({BRIGHT: 0.1}, ["l/b/set 1", "l/set ON"]),
            ({BRIGHT: 0.0}, ["l/set OFF"]),
            ({ON: True}, ["l/set ON"]),
        ],
    ),
    Case(
        "a dimmer in percent that is switched on first",
        "light",
        {**DIMMER, "brightness_scale": 100, "on_command_type": "first"},
        {ON, BRIGHT},
        [("l/b", "40", {BRIGHT: 40.0})],
        [({BRIGHT: 40.0}, ["l/set ON", "l/b/set 40"])],
    ),
    Case(
        "a dimmer that is switched on by its brightness",
        "light",
        {**DIMMER, "on_command_type": "brightness"},
        {ON, BRIGHT},
        sent=[({ON: True}, ["l/b/set 102"]), ({BRIGHT: 20.0}, ["l/b/set 51"]), ({ON: False}, ["l/set OFF"])],
        state={BRIGHT: 40.0},
    ),
    Case(
        "a brightness with a template",
        "light",
        {
            **DIMMER,
            "brightness_command_template": '{"b":{{ value }}}',
            "brightness_value_template": "{{ value_json.b }}",
        },
        {ON, BRIGHT},
        [("l/b", '{"b":255}', {BRIGHT: 100.0})],
        [({BRIGHT: 100.0}, ['l/b/set {"b":255}', "l/set ON"])],
    ),
    Case(
        "RGB with a brightness beside it",
        "light",
        {**DIMMER, "rgb_command_topic": "l/rgb/set", "rgb_state_topic": "l/rgb"},
        {ON, BRIGHT, COLOUR},
        [("l/rgb", "10,20,30", {COLOUR: (10, 20, 30)}), ("l/rgb", "10,20", {}), ("l/rgb", "a,b,c", {})],
        [({COLOUR: RED, BRIGHT: 50.0}, ["l/rgb/set 255,0,0", "l/b/set 128", "l/set ON"])],
    ),
    Case(
        "RGB that is dimmed by its colour",
        "light",
        {**BASIC, "rgb_command_topic": "l/rgb/set", "rgb_state_topic": "l/rgb"},
        {ON, BRIGHT, COLOUR},
        [("l/rgb", "128,0,0", {COLOUR: RED, BRIGHT: 50.2}), ("l/rgb", "0,0,0", {})],
        [({BRIGHT: 50.0}, ["l/rgb/set 127,127,0", "l/set ON"]), ({COLOUR: BLUE}, ["l/rgb/set 0,0,102", "l/set ON"])],
        state={COLOUR: (255, 255, 0), BRIGHT: 40.0},
    ),
    Case(
        "RGB with a template",
        "light",
        {
            **DIMMER,
            "rgb_command_topic": "c",
            "rgb_command_template": "{{ '#%02x%02x%02x' | format(red, green, blue) }}",
        },
        {ON, BRIGHT, COLOUR},
        sent=[({COLOUR: (255, 128, 64)}, ["c #ff8040", "l/set ON"])],
    ),
    Case(
        "RGBW: what is white comes from the white light",
        "light",
        {**DIMMER, "rgbw_command_topic": "c", "rgbw_state_topic": "s"},
        {ON, BRIGHT, COLOUR},
        [("s", "0,0,0,255", {COLOUR: WHITE}), ("s", "255,0,0,0", {COLOUR: RED})],
        [({COLOUR: WHITE}, ["c 0,0,0,255", "l/set ON"]), ({COLOUR: RED}, ["c 255,0,0,0", "l/set ON"])],
    ),
    Case(
        "RGBWW",
        "light",
        {**DIMMER, "rgbww_command_topic": "c", "rgbww_command_template": "{{ red }}/{{ cold_white }}/{{ warm_white }}"},
        {ON, BRIGHT, COLOUR},
        sent=[({COLOUR: (255, 100, 100)}, ["c 155/100/100", "l/set ON"])],
    ),
    Case(
        "hue and saturation",
        "light",
        {**DIMMER, "hs_command_topic": "c", "hs_state_topic": "s"},
        {ON, BRIGHT, COLOUR},
        [("s", "240,100", {COLOUR: BLUE}), ("s", "0,0", {COLOUR: WHITE}), ("s", "12", {})],
        [({COLOUR: BLUE}, ["c 240.0,100.0", "l/set ON"])],
    ),
    Case(
        "CIE xy",
        "light",
        {**DIMMER, "xy_command_topic": "c", "xy_state_topic": "s", "xy_command_template": "{{ x }};{{ y }}"},
        {ON, BRIGHT, COLOUR},
        [("s", "0.64,0.33", {COLOUR: RED}), ("s", "2,3", {}), ("s", "0.3127,0.329", {COLOUR: WHITE})],
        [({COLOUR: BLUE}, ["c 0.15;0.06", "l/set ON"])],
    ),
    Case(
        "a colour temperature in mireds",
        "light",
        {**BASIC, "color_temp_command_topic": "c", "color_temp_state_topic": "s", "max_mireds": 454, "min_mireds": 250},
        {ON, TEMP},
        [("s", "370", {TEMP: 2702.7}), ("s", "0", {}), ("s", "warm", {})],
        [
            ({TEMP: 2700.0}, ["c 370", "l/set ON"]),
            ({TEMP: 2202}, ["c 454", "l/set ON"]),
            ({TEMP: 4000}, ["c 250", "l/set ON"]),
        ],
    ),
    Case(
        "a colour temperature in kelvin",
        "light",
        {**BASIC, "color_temp_command_topic": "c", "color_temp_state_topic": "s", "color_temp_kelvin": True},
        {ON, TEMP},
        [("s", "3200", {TEMP: 3200.0})],
        [({TEMP: 2700.0}, ["c 2700", "l/set ON"])],
    ),
    Case(
        "effects",
        "light",
        {**BASIC, "effect_command_topic": "c", "effect_state_topic": "s", "effect_list": ["Party", "rainbow"]},
        {ON, EFFECT},
        [("s", "rainbow", {EFFECT: "rainbow"})],
        [({EFFECT: "Party"}, ["c Party", "l/set ON"])],
    ),
    Case("effects without a list", "light", {**BASIC, "effect_command_topic": "c"}, {ON}),
    Case(
        "JSON that is only switched",
        "light",
        JSON,
        {ON},
        [
            ("l", '{"state":"ON","brightness":12}', {ON: True}),
            ("l", '{"state":"OFF"}', {ON: False}),
            ("l", '{"state":null}', {ON: None}),
            ("l", '{"state":"on"}', {}),
            ("l", "ON", {}),
        ],
        [({ON: True}, ['l/set {"state": "ON"}']), ({ON: False}, ['l/set {"state": "OFF"}'])],
    ),
    Case(
        "JSON with brightness",
        "light",
        {**JSON, "brightness": True, "brightness_scale": 254},
        {ON, BRIGHT},
        [("l", '{"state":"ON","brightness":127}', {ON: True, BRIGHT: 50.0}), ("l", '{"brightness":0}', {})],
        [
            ({BRIGHT: 50.0}, ['l/set {"state": "ON", "brightness": 127}']),
            ({BRIGHT: 0.0}, ['l/set {"state": "OFF"}']),
        ],
    ),
    Case(
        "JSON as Zigbee2MQTT announces a bulb with colours",
        "light",
        {**JSON, "brightness": True, "brightness_scale": 254, "supported_color_modes": ["xy", "color_temp"]},
        {ON, BRIGHT, COLOUR, TEMP},
        [
            (
                "l",
                '{"state":"ON","brightness":254,"color":{"x":0.15,"y":0.06},"color_mode":"xy","color_temp":153}',
                {ON: True, BRIGHT: 100.0, COLOUR: BLUE, TEMP: None},
            ),
            (
                "l",
                '{"color":{"x":0.4575,"y":0.4099},"color_mode":"color_temp","color_temp":370}',
                {COLOUR: None, TEMP: 2702.7},
            ),
        ],
        [
            ({COLOUR: RED}, ['l/set {"state": "ON", "color": {"x": 0.6401, "y": 0.33}}']),
            ({TEMP: 4000.0}, ['l/set {"state": "ON", "color_temp": 250}']),
        ],
    ),
    Case(
        "JSON with hue and saturation",
        "light",
        {**JSON, "supported_color_modes": ["hs", "xy"]},
        {ON, BRIGHT, COLOUR},
        [("l", '{"color":{"h":240,"s":100}}', {COLOUR: BLUE})],
        [({COLOUR: BLUE}, ['l/set {"state": "ON", "color": {"h": 240.0, "s": 100.0}}'])],
    ),
    Case(
        "JSON with RGBWW and kelvin, as WLED and Tasmota bulbs have them",
        "light",
        {**JSON, "supported_color_modes": ["rgbww", "color_temp"], "color_temp_kelvin": True, "effect_list": ["Solid"]},
        {ON, BRIGHT, COLOUR, TEMP, EFFECT},
        [
            (
                "l",
                '{"color":{"r":255,"g":0,"b":0},"effect":"Solid","color_temp":3000}',
                {COLOUR: RED, EFFECT: "Solid", TEMP: 3000.0},
            ),
            ("l", '{"color":{"r":"x"},"effect":3,"color_temp":[1],"brightness":{}}', {}),
        ],
        [
            (
                {COLOUR: RED, BRIGHT: 100.0},
                ['l/set {"state": "ON", "brightness": 255, "color": {"r": 255, "g": 0, "b": 0, "c": 0, "w": 0}}'],
            ),
            ({TEMP: 3000.0, EFFECT: "Solid"}, ['l/set {"state": "ON", "color_temp": 3000, "effect": "Solid"}']),
        ],
    ),
    Case(
        "JSON of a publisher from before 2025",
        "light",
        {**JSON, "brightness": True, "rgb": True, "color_temp": True},
        {ON, BRIGHT, COLOUR, TEMP},
        sent=[({COLOUR: RED}, ['l/set {"state": "ON", "color": {"r": 255, "g": 0, "b": 0}}'])],
    ),
    Case("JSON with on and off only in its modes", "light", {**JSON, "supported_color_modes": ["onoff"]}, {ON}),
    Case(
        "templates for on and off",
        "light",
        TEMPLATE,
        {ON},
        [("l", "on,1", {ON: True}), ("l", "off", {ON: False}), ("l", "None", {ON: None}), ("l", "dim", {})],
        [({ON: True}, ["l/set on,,--,,"]), ({ON: False}, ["l/set off,now"])],
    ),
    Case(
        "templates for everything",
        "light",
        {
            **TEMPLATE,
            "brightness_template": "{{ value.split(',')[1] }}",
            "red_template": "{{ value.split(',')[2] }}",
            "green_template": "{{ value.split(',')[3] }}",
            "blue_template": "{{ value.split(',')[4] }}",
            "color_temp_template": "{{ value.split(',')[5] }}",
            "effect_template": "{{ value.split(',')[6] }}",
            "effect_list": ["calm"],
        },
        {ON, BRIGHT, COLOUR, TEMP, EFFECT},
        [
            ("l", "on,51,255,0,0,250,calm", {ON: True, BRIGHT: 20.0, COLOUR: RED, TEMP: 4000.0, EFFECT: "calm"}),
            ("l", "on,0,None,None,None,,wild", {ON: True, COLOUR: None}),
        ],
        [
            ({BRIGHT: 20.0, COLOUR: BLUE}, ["l/set on,51,0-0-255,,"]),
            ({TEMP: 4000.0, EFFECT: "calm"}, ["l/set on,,--,250,calm"]),
        ],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_lights(case: Case) -> None:
    check(case)


def test_ranges_of_the_colour_temperature() -> None:
    def range_of(**more: object) -> object:
        return announced("light", {**BASIC, "color_temp_command_topic": "c", **more}).accepts[TEMP]

    assert range_of() == Range(2000, 6535, unit="K")
    assert range_of(min_mireds=153, max_mireds=500) == Range(2000, 6535, unit="K")
    assert range_of(min_kelvin=2700, max_kelvin=5000) == Range(2700, 5000, unit="K")
    assert range_of(max_mireds=400) == Range(2500, 6535, unit="K")


def test_effects_are_a_choice() -> None:
    entity = announced("light", {**JSON, "effect_list": ["a", 2]})
    assert entity.accepts[EFFECT] == Choice(("a", "2"))


@pytest.mark.parametrize(
    ("config", "why"),
    [
        ({}, "'command_topic' is missing"),
        ({"command_topic": "l/+"}, "wildcard"),
        ({**BASIC, "schema": "other"}, "no schema"),
        ({**BASIC, "on_command_type": "never"}, "last, first or brightness"),
        ({**BASIC, "brightness_scale": 0}, "at least 1"),
        ({**BASIC, "color_temp_command_topic": "c", "min_mireds": 400, "max_mireds": 200}, "range"),
        ({**TEMPLATE, "command_off_template": None}, "command_off_template"),
        ({**BASIC, "state_value_template": "{% endif %}"}, "template is refused"),
    ],
)
def test_refused_lights(config: dict[str, object], why: str) -> None:
    assert why in refusal("light", config)


def test_every_colour_survives_the_way_to_the_light_and_back() -> None:
    for mode in ("rgb", "rgbw", "rgbww", "hs", "xy"):
        entity = announced("light", {**DIMMER, f"{mode}_command_topic": "c", f"{mode}_state_topic": "s"})
        for colour in (RED, BLUE, WHITE, (0, 255, 0), (255, 255, 0), (255, 128, 0), (128, 0, 255)):
            payload = sent(entity, {COLOUR: colour}, {})[0].removeprefix("c ")
            told = heard(entity, "s", payload)[COLOUR]
            assert isinstance(told, tuple)
            assert all(abs(one - other) <= 4 for one, other in zip(told, colour, strict=True)), (mode, colour, told)

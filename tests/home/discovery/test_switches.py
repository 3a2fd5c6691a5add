"""Switches, sirens, buttons, scenes, numbers, selects and texts."""

import pytest

from edge.home.model import Choice, Feature, Range, Words
from edge.home.sources.discovery.templates import TemplateError
from tests.home.discovery.announced import Case, announced, check, refusal, sent

ON, TONE, PRESS, VALUE = Feature.POWER, Feature.TONE, Feature.PRESS, Feature.VALUE
SWITCH = {"command_topic": "s/set", "state_topic": "s"}

CASES = [
    Case(
        "a switch",
        "switch",
        SWITCH,
        {ON},
        [("s", "ON", {ON: True}), ("s", "OFF", {ON: False}), ("s", "None", {ON: None}), ("s", "on", {}), ("s", "", {})],
        [({ON: True}, ["s/set ON"]), ({ON: False}, ["s/set OFF"])],
    ),
    Case(
        "states that are not the payloads",
        "switch",
        {
            **SWITCH,
            "payload_on": "beer on",
            "payload_off": "beer off",
            "state_on": "HIGH",
            "state_off": "LOW",
            "qos": 2,
        },
        {ON},
        [("s", "HIGH", {ON: True}), ("s", "LOW", {ON: False}), ("s", "beer on", {})],
        [({ON: True}, ["s/set beer on"]), ({ON: False}, ["s/set beer off"])],
    ),
    Case(
        "booleans of JSON, as Zigbee2MQTT publishes them",
        "switch",
        {
            **SWITCH,
            "payload_on": True,
            "payload_off": False,
            "value_template": "{{ value_json['child_lock'] }}",
            "command_template": '{"child_lock":{{ value | lower }}}',
        },
        {ON},
        [
            ("s", '{"child_lock":true}', {ON: True}),
            ("s", '{"child_lock":false}', {ON: False}),
            ("s", "{}", {}),
            ("s", "[", {}),
        ],
        [({ON: True}, ['s/set {"child_lock":true}']), ({ON: False}, ['s/set {"child_lock":false}'])],
    ),
    Case(
        "a switch that is off at any other value",
        "switch",
        {**SWITCH, "value_template": "{{ 'ON' if value|int(0) > 5 else 'OFF' }}"},
        {ON},
        [("s", "6", {ON: True}), ("s", "5", {ON: False}), ("s", "broken", {ON: False})],
    ),
    Case("a switch that says nothing", "switch", {"command_topic": "s/set"}, {ON}, optimistic=True),
    Case(
        "a siren takes JSON",
        "siren",
        {**SWITCH, "available_tones": ["fire", "bell"]},
        {ON, TONE},
        [
            ("s", "ON", {ON: True}),
            ("s", '{"state":"OFF"}', {ON: False}),
            ("s", '{"state":"ON","tone":"bell","volume_level":0.5}', {ON: True, TONE: "bell"}),
            ("s", '{"state":"None"}', {ON: None}),
            ("s", "None", {ON: None}),
            ("s", '{"tone":"horn"}', {}),
            ("s", "{}", {}),
        ],
        [
            ({ON: True}, ['s/set {"state": "ON"}']),
            ({ON: True, TONE: "fire"}, ['s/set {"state": "ON", "tone": "fire"}']),
            ({ON: False}, ['s/set {"state": "OFF"}']),
        ],
    ),
    Case(
        "a siren with templates",
        "siren",
        {
            **SWITCH,
            "available_tones": ["fire"],
            "command_template": "{{ value }}:{{ tone|default('plain') }}",
            "command_off_template": "quiet {{ state }}",
            "state_value_template": "{{ value_json.siren }}",
        },
        {ON, TONE},
        [("s", '{"siren":"ON"}', {ON: True})],
        [
            ({ON: True, TONE: "fire"}, ["s/set ON:fire"]),
            ({ON: True}, ["s/set ON:plain"]),
            ({ON: False}, ["s/set quiet OFF"]),
        ],
    ),
    Case("a button", "button", {"command_topic": "b"}, {PRESS}, sent=[({PRESS: True}, ["b PRESS"])], optimistic=True),
    Case(
        "a button with a payload and a template",
        "button",
        {"command_topic": "b", "payload_press": "identify", "command_template": '{"{{ value }}":""}'},
        {PRESS},
        sent=[({PRESS: True}, ['b {"identify":""}'])],
        optimistic=True,
    ),
    Case(
        "a scene",
        "scene",
        {"command_topic": "g/set", "payload_on": '{"scene_recall":3}', "retain": False},
        {PRESS},
        sent=[({PRESS: True}, ['g/set {"scene_recall":3}'])],
        optimistic=True,
    ),
    Case(
        "a number",
        "number",
        {**SWITCH, "value_template": "{{ value_json['delay'] }}", "command_template": '{"delay":{{ value }}}'},
        {VALUE},
        [
            ("s", '{"delay":20}', {VALUE: 20.0}),
            ("s", '{"delay":100.5}', {}),
            ("s", '{"delay":"soon"}', {}),
            ("s", '{"delay":null}', {VALUE: None}),
        ],
        [({VALUE: 20.0}, ['s/set {"delay":20}']), ({VALUE: 20.5}, ['s/set {"delay":20.5}'])],
    ),
    Case(
        "a number with a word that resets it",
        "number",
        {**SWITCH, "payload_reset": "auto", "min": -10, "max": 10.5, "step": 0.1},
        {VALUE},
        [("s", "auto", {VALUE: None}), ("s", "-10", {VALUE: -10.0}), ("s", "11", {})],
        [({VALUE: 0.30000000000000004}, ["s/set 0.3"])],
    ),
    Case(
        "a select",
        "select",
        {**SWITCH, "options": ["off", "previous", 3]},
        {VALUE},
        [
            ("s", "previous", {VALUE: "previous"}),
            ("s", "3", {VALUE: "3"}),
            ("s", "None", {VALUE: None}),
            ("s", "x", {}),
        ],
        [({VALUE: "off"}, ["s/set off"]), ({VALUE: "3"}, ["s/set 3"])],
    ),
    Case(
        "a text",
        "text",
        {**SWITCH, "min": 2, "max": 20, "command_template": "<{{ value }}>"},
        {VALUE},
        [("s", "hello", {VALUE: "hello"}), ("s", "x" * 256, {})],
        [({VALUE: "see you"}, ["s/set <see you>"])],
    ),
    Case("a password is neither read nor set", "text", {**SWITCH, "mode": "password"}, heard=[("s", "secret", {})]),
    Case("a text with a pattern", "text", {**SWITCH, "pattern": "[0-9]{4}"}, heard=[("s", "1234", {})]),
]


def test_a_text_has_a_length() -> None:
    assert announced("text", SWITCH).accepts == {VALUE: Words(0, 255)}
    assert announced("text", {**SWITCH, "min": 2, "max": 20}).accepts == {VALUE: Words(2, 20)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_switches(case: Case) -> None:
    check(case)


def test_ranges_and_choices() -> None:
    assert announced("number", SWITCH).accepts[VALUE] == Range(1, 100, 1)
    more = {"min": "0", "max": 5, "step": 0.5, "unit_of_measurement": "s"}
    assert announced("number", {**SWITCH, **more}).accepts[VALUE] == Range(0, 5, 0.5, "s")
    assert announced("select", {**SWITCH, "options": "only"}).accepts[VALUE] == Choice(("only",))


@pytest.mark.parametrize("template", ["", "{{ none }}", "{{ value_json.x }}", "{{ missing.x }}", "{{ 1/0 }}"])
def test_a_command_whose_template_yields_nothing_is_an_error(template: str) -> None:
    for component in ("switch", "siren"):
        entity = announced(component, {**SWITCH, "command_template": template})
        with pytest.raises(TemplateError):
            sent(entity, {ON: True}, {})


@pytest.mark.parametrize(
    ("component", "config", "why"),
    [
        ("switch", {"state_topic": "s"}, "'command_topic' is missing"),
        ("switch", {**SWITCH, "payload_on": ["ON"]}, "'payload_on' is no text"),
        ("switch", {**SWITCH, "payload_on": "x" * 257}, "more than 256 characters"),
        ("switch", {**SWITCH, "retain": [1]}, "'retain' is no boolean"),
        ("switch", {**SWITCH, "state_topic": "#"}, "matches every topic"),
        ("switch", {**SWITCH, "state_topic": "a/#/b"}, "no topic filter"),
        ("switch", {**SWITCH, "state_topic": "a\0"}, "no topic"),
        ("switch", {**SWITCH, "value_template": 3}, "no template"),
        ("switch", {**SWITCH, "value_template": "{{ 1 + }}"}, "template is refused"),
        ("button", {}, "'command_topic' is missing"),
        ("scene", {}, "'command_topic' is missing"),
        ("siren", {}, "'command_topic' is missing"),
        ("number", {**SWITCH, "min": 5, "max": 1}, "greater than"),
        ("number", {**SWITCH, "min": "NaN"}, "out of range"),
        ("number", {**SWITCH, "max": 10**400}, "no number"),
        ("select", {**SWITCH}, "'options' is empty"),
        ("select", {**SWITCH, "options": ["x" * 257]}, "more than 256 characters"),
        ("select", {**SWITCH, "options": list(range(257))}, "more than 256 items"),
    ],
)
def test_refused(component: str, config: dict[str, object], why: str) -> None:
    assert why in refusal(component, config)

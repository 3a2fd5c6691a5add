"""Sensors, binary sensors, events, updates and trackers; and that every component has cases."""

import importlib

import pytest

from edge.home.model import Feature
from edge.home.sources.discovery.entity import READERS
from tests.home.discovery.announced import Case, announced, check, refusal

VALUE, PRESENCE = Feature.VALUE, Feature.PRESENCE
SENSOR = {"state_topic": "s"}

ACTIONS = (
    "{% set patterns = [{'pattern': '^(?P<action>recall)_(?P<scene>[0-2])$', 'groups': ['action', 'scene']}] %}"
    "{% for p in patterns %}{% set m = value_json.action|regex_findall(p.pattern) %}"
    "{% if m[0] is undefined %}{% continue %}{% endif %}{% endfor %}{{ value_json | to_json }}"
)
"""Like Zigbee2MQTT's template of actions: tags and filters that are not supported."""

CASES = [
    Case(
        "a text",
        "sensor",
        SENSOR,
        heard=[
            ("s", "all well", {VALUE: "all well"}),
            ("s", "None", {VALUE: None}),
            ("s", "", {}),
            ("s", "x" * 256, {}),
        ],
    ),
    Case(
        "a measurement",
        "sensor",
        {**SENSOR, "unit_of_measurement": "°C", "value_template": "{{ value_json['temperature'] }}"},
        heard=[
            ("s", '{"temperature":21.45}', {VALUE: 21.4}),
            ("s", '{"temperature":"-3"}', {VALUE: -3.0}),
            ("s", '{"temperature":null}', {VALUE: None}),
            ("s", '{"temperature":"warm"}', {}),
            ("s", '{"humidity":3}', {}),
            ("s", "[1", {}),
        ],
    ),
    Case(
        "numbers by the class of state", "sensor", {**SENSOR, "state_class": "total"}, heard=[("s", "5", {VALUE: 5.0})]
    ),
    Case("numbers by the class", "sensor", {**SENSOR, "device_class": "battery"}, heard=[("s", "70", {VALUE: 70.0})]),
    Case(
        "a time", "sensor", {**SENSOR, "device_class": "timestamp"}, heard=[("s", "2026-01-02", {VALUE: "2026-01-02"})]
    ),
    Case(
        "one of a list",
        "sensor",
        {**SENSOR, "device_class": "enum", "options": ["idle", "busy"]},
        heard=[("s", "busy", {VALUE: "busy"}), ("s", "gone", {})],
    ),
    Case(
        "a unit that is blank", "sensor", {**SENSOR, "unit_of_measurement": " "}, heard=[("s", "red", {VALUE: "red"})]
    ),
    Case(
        "a contact",
        "binary_sensor",
        SENSOR,
        heard=[
            ("s", "ON", {VALUE: True}),
            ("s", "OFF", {VALUE: False}),
            ("s", "None", {VALUE: None}),
            ("s", "open", {}),
        ],
    ),
    Case(
        "a contact in booleans of JSON",
        "binary_sensor",
        {**SENSOR, "payload_on": False, "payload_off": True, "value_template": "{{ value_json['contact'] }}"},
        heard=[("s", '{"contact":false}', {VALUE: True}), ("s", '{"contact":true}', {VALUE: False}), ("s", "{}", {})],
    ),
    Case(
        "a tracker",
        "device_tracker",
        SENSOR,
        heard=[
            ("s", "home", {PRESENCE: "home"}),
            ("s", "not_home", {PRESENCE: "not_home"}),
            ("s", "Work", {PRESENCE: "Work"}),
            ("s", "None", {PRESENCE: None}),
        ],
    ),
    Case(
        "a tracker with words of its own",
        "device_tracker",
        {
            **SENSOR,
            "payload_home": 1,
            "payload_not_home": 0,
            "payload_reset": "?",
            "value_template": "{{ value_json.p }}",
        },
        heard=[
            ("s", '{"p":1}', {PRESENCE: "home"}),
            ("s", '{"p":0}', {PRESENCE: "not_home"}),
            ("s", '{"p":"?"}', {PRESENCE: None}),
        ],
    ),
    Case(
        "an event",
        "event",
        {**SENSOR, "event_types": ["press", "hold"]},
        heard=[
            ("s", '{"event_type":"press","button":2}', {VALUE: "press"}),
            ("s", '{"event_type":"kick"}', {}),
            ("s", "press", {}),
            ("s", "", {}),
        ],
    ),
    Case(
        "an event with a template",
        "event",
        {**SENSOR, "event_types": ["press"], "value_template": '{"event_type":"{{ value }}"}'},
        heard=[("s", "press", {VALUE: "press"})],
    ),
    Case(
        "an action of Zigbee2MQTT",
        "event",
        {**SENSOR, "event_types": ["single", "button_1_single"], "value_template": ACTIONS},
        heard=[("s", '{"action":"single","battery":90}', {VALUE: "single"}), ("s", '{"action":"","battery":90}', {})],
    ),
    Case(
        "an update",
        "update",
        {
            **SENSOR,
            "value_template": "{{ value_json['update'] | to_json }}",
            "command_topic": "u",
            "payload_install": "go",
        },
        heard=[
            ("s", '{"update":{"installed_version":1,"latest_version":2}}', {VALUE: True}),
            ("s", '{"update":{"installed_version":"a","latest_version":"a"}}', {VALUE: False}),
            ("s", '{"update":{"installed_version":1}}', {}),
            ("s", "{}", {}),
        ],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_sensors(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("component", ["sensor", "binary_sensor", "device_tracker", "event", "update"])
def test_a_sensor_without_a_state_topic_is_refused(component: str) -> None:
    assert "'state_topic' is missing" in refusal(component, {"name": "x"})


def test_times_of_sensors() -> None:
    entity = announced("binary_sensor", {**SENSOR, "off_delay": 30, "expire_after": "600"})
    assert (entity.off_delay_s, entity.expire_after_s) == (30, 600)
    assert announced("sensor", SENSOR).expire_after_s == 0


def test_every_component_has_cases() -> None:
    names = ("lights", "covers", "climate", "switches", "machines", "sensors")
    modules = [importlib.import_module(f"tests.home.discovery.test_{name}") for name in names]
    assert {case.component for module in modules for case in module.CASES} == set(READERS)

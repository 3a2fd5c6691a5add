"""Vacuums, mowers and alarm panels."""

import pytest

from edge.home.model import Choice, Feature
from tests.home.discovery.announced import Case, announced, check, refusal

DO, FAN, ALARM = Feature.ACTIVITY, Feature.FAN_MODE, Feature.ALARM
VACUUM = {"command_topic": "v/set", "state_topic": "v"}
PANEL = {"command_topic": "a/set", "state_topic": "a"}

CASES = [
    Case(
        "a vacuum with what is supported by default",
        "vacuum",
        VACUUM,
        {DO},
        [
            ("v", '{"state":"cleaning","battery_level":54}', {DO: "cleaning"}),
            ("v", '{"state":"docked","fan_speed":"max"}', {DO: "docked", FAN: "max"}),
            ("v", '{"state":null}', {DO: None}),
            ("v", '{"state":"flying"}', {}),
            ("v", '{"state":["docked"],"fan_speed":[]}', {}),
            ("v", "docked", {}),
        ],
        [
            ({DO: "start"}, ["v/set start"]),
            ({DO: "stop"}, ["v/set stop"]),
            ({DO: "dock"}, ["v/set return_to_base"]),
            ({DO: "spot"}, ["v/set clean_spot"]),
        ],
    ),
    Case(
        "a vacuum as Valetudo announces it",
        "vacuum",
        {
            **VACUUM,
            "supported_features": ["battery", "status", "start", "stop", "pause", "return_home", "locate", "fan_speed"],
            "payload_start": "START",
            "payload_pause": "PAUSE",
            "payload_stop": "STOP",
            "payload_return_to_base": "HOME",
            "payload_locate": "PERFORM",
            "fan_speed_list": ["low", "max"],
            "set_fan_speed_topic": "v/fan/set",
            "retain": True,
        },
        {DO, FAN},
        sent=[
            ({DO: "dock"}, ["retained v/set HOME"]),
            ({DO: "locate"}, ["retained v/set PERFORM"]),
            ({FAN: "low"}, ["retained v/fan/set low"]),
        ],
    ),
    Case(
        "a vacuum without fan speeds", "vacuum", {**VACUUM, "set_fan_speed_topic": "f", "fan_speed_list": ["low"]}, {DO}
    ),
    Case(
        "a vacuum that is only told about",
        "vacuum",
        {"state_topic": "v"},
        heard=[("v", '{"state":"idle"}', {DO: "idle"})],
    ),
    Case("a vacuum that says nothing", "vacuum", {"command_topic": "v/set"}, {DO}, optimistic=True),
    Case(
        "a mower with a topic for each command",
        "lawn_mower",
        {
            "activity_state_topic": "m",
            "activity_value_template": "{{ value_json.activity }}",
            "start_mowing_command_topic": "m/start",
            "pause_command_topic": "m/pause",
            "dock_command_topic": "m/dock",
            "dock_command_template": '{"to":"{{ value }}"}',
        },
        {DO},
        [
            ("m", '{"activity":"mowing"}', {DO: "mowing"}),
            ("m", '{"activity":"docked"}', {DO: "docked"}),
            ("m", '{"activity":null}', {DO: None}),
            ("m", '{"activity":"swimming"}', {}),
        ],
        [
            ({DO: "start"}, ["m/start start_mowing"]),
            ({DO: "pause"}, ["m/pause pause"]),
            ({DO: "dock"}, ['m/dock {"to":"dock"}']),
        ],
    ),
    Case("a mower that only docks", "lawn_mower", {"dock_command_topic": "m"}, {DO}, optimistic=True),
    Case(
        "a mower that is only told about",
        "lawn_mower",
        {"activity_state_topic": "m"},
        heard=[("m", "paused", {DO: "paused"})],
    ),
    Case(
        "an alarm panel",
        "alarm_control_panel",
        PANEL,
        {ALARM},
        [
            ("a", "disarmed", {ALARM: "disarmed"}),
            ("a", "armed_custom_bypass", {ALARM: "armed_custom_bypass"}),
            ("a", "pending", {ALARM: "pending"}),
            ("a", "arming", {ALARM: "arming"}),
            ("a", "disarming", {ALARM: "disarming"}),
            ("a", "triggered", {ALARM: "triggered"}),
            ("a", "None", {ALARM: None}),
            ("a", "quiet", {}),
        ],
        [
            ({ALARM: "disarm"}, ["a/set DISARM"]),
            ({ALARM: "arm_home"}, ["a/set ARM_HOME"]),
            ({ALARM: "arm_away"}, ["a/set ARM_AWAY"]),
            ({ALARM: "arm_night"}, ["a/set ARM_NIGHT"]),
            ({ALARM: "arm_vacation"}, ["a/set ARM_VACATION"]),
            ({ALARM: "arm_custom_bypass"}, ["a/set ARM_CUSTOM_BYPASS"]),
            ({ALARM: "trigger"}, ["a/set TRIGGER"]),
        ],
    ),
    Case(
        "a panel with words and a template of its own",
        "alarm_control_panel",
        {
            **PANEL,
            "supported_features": ["arm_home"],
            "payload_disarm": "off",
            "payload_arm_home": "stay",
            "command_template": '{"action":"{{ action }}","code":"{{ code }}"}',
            "value_template": "{{ {'off':'disarmed','stay':'armed_home'}[value] }}",
        },
        {ALARM},
        [("a", "stay", {ALARM: "armed_home"}), ("a", "x", {})],
        [
            ({ALARM: "arm_home"}, ['a/set {"action":"stay","code":"None"}']),
            ({ALARM: "disarm"}, ['a/set {"action":"off","code":"None"}']),
        ],
    ),
    Case(
        "a panel that needs a code is only read",
        "alarm_control_panel",
        {**PANEL, "code": "REMOTE_CODE"},
        heard=[("a", "armed_away", {ALARM: "armed_away"})],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_machines(case: Case) -> None:
    check(case)


def test_a_panel_offers_what_needs_no_code() -> None:
    config = {**PANEL, "code": "1234", "code_arm_required": False, "supported_features": ["arm_home", "trigger"]}
    assert announced("alarm_control_panel", config).accepts[ALARM] == Choice(("arm_home",))
    config = {**PANEL, "supported_features": []}
    assert announced("alarm_control_panel", config).accepts[ALARM] == Choice(("disarm",))


@pytest.mark.parametrize(
    ("component", "config", "why"),
    [
        ("vacuum", {}, "neither a command nor a state topic"),
        ("vacuum", {**VACUUM, "supported_features": [["start"]]}, "no list of texts"),
        ("lawn_mower", {}, "neither a command nor a state topic"),
        ("lawn_mower", {"dock_command_topic": 5}, "no topic"),
        ("alarm_control_panel", {"state_topic": "a"}, "'command_topic' is missing"),
    ],
)
def test_refused(component: str, config: dict[str, object], why: str) -> None:
    assert why in refusal(component, config)

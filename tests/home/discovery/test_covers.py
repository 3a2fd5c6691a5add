"""Covers, valves and locks: every default, positions in both directions, tilt, states that follow from positions."""

import pytest

from edge.home.model import Choice, Feature
from tests.home.discovery.announced import Case, announced, check, refusal

MOVE, AT, TILT, LOCK = Feature.MOVEMENT, Feature.POSITION, Feature.TILT, Feature.LOCK

COVER = {"command_topic": "c/set", "state_topic": "c"}
PLACED = {**COVER, "set_position_topic": "c/pos/set", "position_topic": "c/pos"}
VALVE = {"command_topic": "v/set", "state_topic": "v"}
DOOR = {"command_topic": "d/set", "state_topic": "d"}

CASES = [
    Case(
        "a cover with a state",
        "cover",
        COVER,
        {MOVE},
        [
            ("c", "open", {MOVE: "open"}),
            ("c", "closed", {MOVE: "closed"}),
            ("c", "opening", {MOVE: "opening"}),
            ("c", "closing", {MOVE: "closing"}),
            ("c", "stopped", {MOVE: "stopped"}),
            ("c", "None", {MOVE: None}),
            ("c", "ajar", {}),
            ("c", " ", {}),
        ],
        [({MOVE: "open"}, ["c/set OPEN"]), ({MOVE: "close"}, ["c/set CLOSE"]), ({MOVE: "stop"}, ["c/set STOP"])],
    ),
    Case(
        "payloads and states of its own",
        "cover",
        {
            **COVER,
            "payload_open": "up",
            "payload_close": 0,
            "payload_stop": None,
            "state_open": "1",
            "state_closed": "0",
            "value_template": "{{ value_json.s }}",
            "retain": True,
        },
        {MOVE},
        [
            ("c", '{"s":1}', {MOVE: "open"}),
            ("c", '{"s":0}', {MOVE: "closed"}),
            ("c", '{"s":"opening"}', {MOVE: "opening"}),
        ],
        [({MOVE: "open"}, ["retained c/set up"]), ({MOVE: "close"}, ["retained c/set 0"])],
    ),
    Case("a cover that says nothing", "cover", {"command_topic": "c/set"}, {MOVE}, optimistic=True),
    Case("a cover that is only told about", "cover", {"state_topic": "c"}, heard=[("c", "open", {MOVE: "open"})]),
    Case(
        "a position beside the state",
        "cover",
        PLACED,
        {MOVE, AT},
        [("c/pos", "40", {AT: 40.0}), ("c/pos", "140", {AT: 100.0}), ("c/pos", "-3", {AT: 0.0}), ("c/pos", "half", {})],
        [({AT: 40.0}, ["c/pos/set 40"]), ({AT: 0.0}, ["c/pos/set 0"]), ({MOVE: "open"}, ["c/set OPEN"])],
    ),
    Case(
        "a state that follows from the position",
        "cover",
        {"set_position_topic": "c/pos/set", "position_topic": "c/pos"},
        {AT},
        [
            ("c/pos", "0", {AT: 0.0, MOVE: "closed"}),
            ("c/pos", "0.4", {AT: 0.4, MOVE: "closed"}),
            ("c/pos", "1", {AT: 1.0, MOVE: "open"}),
            ("c/pos", '{"position":55,"tilt_position":20}', {AT: 55.0, TILT: 20.0, MOVE: "open"}),
            ("c/pos", '{"tilt_position":20}', {}),
        ],
        [({AT: 100.0}, ["c/pos/set 100"])],
    ),
    Case(
        "a position the other way round",
        "cover",
        {**PLACED, "position_open": 0, "position_closed": 100},
        {MOVE, AT},
        [("c/pos", "100", {AT: 0.0}), ("c/pos", "25", {AT: 75.0})],
        [({AT: 75.0}, ["c/pos/set 25"]), ({AT: 100.0}, ["c/pos/set 0"])],
    ),
    Case(
        "a position of 0 to 255 with templates",
        "cover",
        {
            **PLACED,
            "position_open": 255,
            "position_template": "{{ value_json.p if value_json.p <= position_open }}",
            "set_position_template": '{"raw":{{ value }},"percent":{{ position }},'
            '"of":{{ position_open - position_closed }}}',
        },
        {MOVE, AT},
        [("c/pos", '{"p":51}', {AT: 20.0}), ("c/pos", '{"p":999}', {})],
        [({AT: 20.0}, ['c/pos/set {"raw":51,"percent":20,"of":255}'])],
    ),
    Case(
        "slats",
        "cover",
        {**COVER, "tilt_command_topic": "c/tilt/set", "tilt_status_topic": "c/tilt"},
        {MOVE, TILT},
        [("c/tilt", "30", {TILT: 30.0}), ("c/tilt", "101", {}), ("c/tilt", "-1", {}), ("c/tilt", "x", {})],
        [({TILT: 30.0}, ["c/tilt/set 30"])],
    ),
    Case(
        "slats of -90 to 90 degrees with templates",
        "cover",
        {
            **PLACED,
            "tilt_command_topic": "c/tilt/set",
            "tilt_min": -90,
            "tilt_max": 90,
            "tilt_command_template": "{{ value }} {{ tilt_position }} {{ tilt_min }} {{ tilt_max }}",
        },
        {MOVE, AT, TILT},
        [("c/pos", '{"position":0,"tilt_position":45}', {AT: 0.0, TILT: 75.0})],
        [({TILT: 75.0}, ["c/tilt/set 45 75 -90 90"])],
    ),
    Case(
        "a valve",
        "valve",
        VALVE,
        {MOVE},
        [
            ("v", "open", {MOVE: "open"}),
            ("v", "closed", {MOVE: "closed"}),
            ("v", "opening", {MOVE: "opening"}),
            ("v", '{"state":"closing"}', {MOVE: "closing"}),
            ("v", "None", {MOVE: None}),
            ("v", "30", {}),
            ("v", '{"position":30}', {}),
        ],
        [({MOVE: "open"}, ["v/set OPEN"]), ({MOVE: "close"}, ["v/set CLOSE"])],
    ),
    Case(
        "a valve that stops, with a template",
        "valve",
        {**VALVE, "payload_stop": "HALT", "payload_open": None, "command_template": "<{{ value }}>"},
        {MOVE},
        sent=[({MOVE: "stop"}, ["v/set <HALT>"]), ({MOVE: "close"}, ["v/set <CLOSE>"])],
    ),
    Case(
        "a valve with a position",
        "valve",
        {**VALVE, "reports_position": True},
        {MOVE, AT},
        [
            ("v", "30", {AT: 30.0, MOVE: "open"}),
            ("v", "0", {AT: 0.0, MOVE: "closed"}),
            ("v", "opening", {MOVE: "opening"}),
            ("v", '{"state":"closing","position":80}', {AT: 80.0, MOVE: "closing"}),
            ("v", '{"position":100}', {AT: 100.0, MOVE: "open"}),
            ("v", "None", {MOVE: None, AT: None}),
            ("v", "wide", {}),
        ],
        [({MOVE: "open"}, ["v/set 100"]), ({MOVE: "close"}, ["v/set 0"]), ({AT: 30.0}, ["v/set 30"])],
    ),
    Case(
        "a valve with a position of 10 to 210",
        "valve",
        {
            **VALVE,
            "reports_position": True,
            "position_closed": 10,
            "position_open": 210,
            "payload_stop": "STOP",
            "command_template": '{"to":"{{ value }}","of":{{ position_open|default(0) }}}',
        },
        {MOVE, AT},
        [("v", "110", {AT: 50.0, MOVE: "open"})],
        [({AT: 50.0}, ['v/set {"to":"110","of":210}']), ({MOVE: "stop"}, ['v/set {"to":"STOP","of":0}'])],
    ),
    Case("a valve that is only told about", "valve", {"state_topic": "v"}, heard=[("v", "open", {MOVE: "open"})]),
    Case("a valve that says nothing", "valve", {"command_topic": "v/set"}, {MOVE}, optimistic=True),
    Case(
        "a lock",
        "lock",
        DOOR,
        {LOCK},
        [
            ("d", "LOCKED", {LOCK: "locked"}),
            ("d", "UNLOCKED", {LOCK: "unlocked"}),
            ("d", "LOCKING", {LOCK: "locking"}),
            ("d", "UNLOCKING", {LOCK: "unlocking"}),
            ("d", "JAMMED", {LOCK: "jammed"}),
            ("d", "OPEN", {LOCK: "open"}),
            ("d", "None", {LOCK: None}),
            ("d", "locked", {}),
            ("d", "  ", {}),
        ],
        [({LOCK: "lock"}, ["d/set LOCK"]), ({LOCK: "unlock"}, ["d/set UNLOCK"])],
    ),
    Case(
        "a lock with words of its own, that opens the latch",
        "lock",
        {
            **DOOR,
            "payload_lock": "1",
            "payload_unlock": 0,
            "payload_open": "o",
            "payload_reset": "?",
            "state_locked": "zu",
            "value_template": "{{ value_json.state | lower }}",
            "command_template": '{"do":"{{ value }}","code":"{{ code }}"}',
        },
        {LOCK},
        [("d", '{"state":"ZU"}', {LOCK: "locked"}), ("d", '{"state":"?"}', {LOCK: None})],
        [({LOCK: "open"}, ['d/set {"do":"o","code":"None"}']), ({LOCK: "unlock"}, ['d/set {"do":"0","code":"None"}'])],
    ),
    Case(
        "a lock that needs a code is only read",
        "lock",
        {**DOOR, "code_format": "^[0-9]{4}$"},
        heard=[("d", "LOCKED", {LOCK: "locked"})],
    ),
    Case("a lock that says nothing", "lock", {"command_topic": "d/set"}, {LOCK}, optimistic=True),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_covers_valves_and_locks(case: Case) -> None:
    check(case)


def test_a_command_that_is_null_is_not_offered() -> None:
    entity = announced("cover", {**COVER, "payload_stop": None})
    assert entity.accepts[MOVE] == Choice(("open", "close"))
    assert announced("lock", DOOR).accepts[LOCK] == Choice(("lock", "unlock"))
    assert announced("valve", {**VALVE, "reports_position": True}).accepts[MOVE] == Choice(("open", "close"))


@pytest.mark.parametrize(
    ("component", "config", "why"),
    [
        ("cover", {}, "neither a command nor a state topic"),
        ("cover", {**PLACED, "position_open": 0}, "range of the position is empty"),
        ("cover", {**PLACED, "position_open": "wide"}, "'position_open' is no number"),
        ("cover", {"command_topic": ["c"]}, "'command_topic' is no topic"),
        ("valve", {}, "neither a command nor a state topic"),
        ("lock", {"state_topic": "d"}, "'command_topic' is missing"),
        ("lock", {"command_topic": "d/#"}, "wildcard"),
        ("lock", {"command_topic": "$SYS/broker/lock"}, "a topic of the broker itself"),
    ],
)
def test_refused(component: str, config: dict[str, object], why: str) -> None:
    assert why in refusal(component, config)

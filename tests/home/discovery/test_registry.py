"""Announcements: topics, abbreviations, whole devices, availability, removal, migration, renames, refusals."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from edge.home.model import Entity, Feature
from edge.home.sources.discovery import registry as registry_module
from edge.home.sources.discovery.envelope import MAX_PAYLOAD_BYTES
from edge.home.sources.discovery.registry import Registry
from tests.home.discovery.announced import announced, heard, refusal, sent

SWITCH = {"command_topic": "s/set", "state_topic": "s"}
DEVICE = {"identifiers": ["plug-1"], "name": "Plug", "suggested_area": "Attic"}


class Home:
    """A registry that is fed with objects."""

    def __init__(self, prefix: str = "homeassistant") -> None:
        self.registry = Registry(prefix)
        self._prefix = prefix

    def says(self, topic: str, payload: Mapping[str, Any] | str) -> bool:
        text = payload if isinstance(payload, str) else json.dumps(payload)
        return self.registry.feed(f"{self._prefix}/{topic}/config", text.encode())

    def only(self) -> Entity:
        (entity,) = self.registry.entities
        return entity

    def names(self) -> list[str]:
        return [entity.name for entity in self.registry.entities]

    def refused(self) -> list[str]:
        return [refused.message for refused in self.registry.refused]


def whole(**components: object) -> dict[str, object]:
    return {"device": DEVICE, "origin": {"name": "bridge", "sw": "1.2"}, "components": components}


@pytest.mark.parametrize(
    ("topic", "is_read"),
    [
        ("homeassistant/switch/plug/config", True),
        ("homeassistant/switch/node-1/plug_2/config", True),
        ("homeassistant/switch/a/b/c/config", False),
        ("homeassistant/switch/config", False),
        ("homeassistant/switch/plug/state", False),
        ("homeassistant/switch/pl ug/config", False),
        ("homeassistant/switch/plüg/config", False),
        ("homeassistant/camera/plug/config", False),
        ("homeassistant/Switch/plug/config", False),
        ("other/switch/plug/config", False),
        ("homeassistants/switch/plug/config", False),
        ("homeassistant/switch/plug/config/x", False),
    ],
)
def test_topics(topic: str, is_read: bool) -> None:
    registry = Registry("homeassistant")
    assert registry.feed(topic, json.dumps(SWITCH).encode()) is is_read
    assert len(registry.entities) == is_read
    assert registry.refused == ()


def test_a_prefix_of_several_levels() -> None:
    home = Home("my/home")
    assert home.says("switch/plug", SWITCH)
    assert home.only().source.topic == "my/home/switch/plug/config"


def test_abbreviations_are_those_of_the_keys_of_components_devices_origins_and_availability() -> None:
    entity = announced(
        "cover",
        {
            "~": "esp/blind",
            "name": "Blind",
            "uniq_id": "esp-blind",
            "cmd_t": "~/set",
            "stat_t": "~",
            "pos_t": "~/pos",
            "set_pos_t": "pos/~",
            "pl_stop": None,
            "avty": {"t": "~/status", "pl_avail": "up", "pl_not_avail": "down", "val_tpl": "{{ value }}"},
            "dev": {"ids": "abc", "name": "ESP", "sa": "Hall", "mf": "x", "mdl": "y", "sw": "1"},
            "o": {"name": "esphome", "sw": "2026.1"},
            "ent_cat": None,
        },
    )
    assert (entity.id, entity.name, entity.area, entity.device) == ("cover.esp-blind", "Blind", "Hall", "abc")
    assert entity.source.publisher == "esphome 2026.1"
    assert entity.topics() == {"esp/blind", "esp/blind/pos", "esp/blind/status"}
    assert sent(entity, {Feature.POSITION: 5.0}, {}) == ["pos/esp/blind 5"]
    assert entity.availability.topics[0].decode("down") is False


def test_the_base_topic_is_replaced_at_the_ends_of_topics_only() -> None:
    config = {"~": "base", "command_topic": "~/a~b/~", "state_topic": "x/~/y", "payload_on": "~on"}
    entity = announced("switch", config)
    assert sent(entity, {Feature.POWER: True}, {}) == ["base/a~b/base ~on"]
    assert entity.topics() == {"x/~/y"}


@pytest.mark.parametrize(
    ("device", "expected"),
    [
        ({"identifiers": ["a", "b"]}, "a"),
        ({"identifiers": "a"}, "a"),
        ({"identifiers": 12}, "12"),
        ({"connections": [["mac", "00:11"]]}, "mac 00:11"),
        ({"connections": []}, ""),
        ({}, ""),
    ],
)
def test_the_device_of_an_entity(device: dict[str, object], expected: str) -> None:
    assert announced("switch", {**SWITCH, "device": device}).device == expected


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"name": "Lamp"}, "Lamp"),
        ({"name": None}, ""),
        ({"name": "Plug Lamp"}, "Lamp"),
        ({"name": "Plug"}, "Plug"),
        ({"name": 7}, "7"),
        ({"device_class": "outlet"}, "outlet"),
        ({"name": None, "device_class": "outlet"}, ""),
        ({}, ""),
    ],
)
def test_the_name_of_an_entity(config: dict[str, object], expected: str) -> None:
    assert announced("switch", {**SWITCH, **config, "device": DEVICE}).name == expected


@pytest.mark.parametrize(
    ("component", "config", "spoken"),
    [
        ("switch", {}, True),
        ("switch", {"entity_category": "config"}, False),
        ("switch", {"entity_category": "diagnostic"}, False),
        ("switch", {"enabled_by_default": False}, False),
        ("switch", {"en": "false"}, False),
        ("switch", {"visible_by_default": False}, False),
        ("text", {}, True),
        ("text", {"entity_category": "config"}, False),
        ("event", {}, False),
        ("update", {}, False),
    ],
)
def test_what_is_talked_about(component: str, config: dict[str, object], spoken: bool) -> None:
    assert announced(component, {**SWITCH, **config}).spoken is spoken


def test_a_device_announces_its_components_at_once() -> None:
    home = Home()
    payload = whole(
        relay={"p": "switch", "uniq_id": "r1", "name": "Relay", "cmd_t": "relay/set", "~": "x"},
        power={"platform": "sensor", "unique_id": "p1", "dev_cla": "power", "stat_t": "power", "unit_of_meas": "W"},
        press={"platform": "device_automation", "type": "button_short_press", "topic": "t"},
        broken={"platform": "switch", "unique_id": "b1", "command_topic": "a/+"},
        nothing={"unique_id": "n1"},
    )  # fmt: skip
    assert home.says("device/plug1", {**payload, "state_topic": "plug/state", "availability_topic": "plug/lwt"})
    relay, power = home.registry.entities
    assert (relay.id, relay.name, relay.device_name, relay.area) == ("switch.r1", "Relay", "Plug", "Attic")
    assert relay.topics() == {"plug/state", "plug/lwt"}, "state and availability are inherited"
    assert power.topics() == {"power", "plug/lwt"}, "a component's own topic wins"
    assert (power.name, power.unit, power.source.publisher) == ("power", "W", "bridge 1.2")
    assert home.refused() == ["'command_topic' has a wildcard"]


def test_a_component_of_a_device_is_removed_by_its_platform_alone() -> None:
    home = Home()
    one, two = {"p": "switch", "uniq_id": "1", "cmd_t": "a"}, {"p": "light", "uniq_id": "2", "cmd_t": "b"}
    home.says("device/node/plug", whole(one=one, two=two))
    assert not home.says("device/node/plug", whole(three={"p": "camera"})), "what is left out stays"
    assert [entity.id for entity in home.registry.entities] == ["switch.1", "light.2"]
    assert home.says("device/node/plug", whole(one={"p": "switch"}, two=two))
    assert home.only().id == "light.2"
    assert home.says("device/node/plug", "")
    assert home.registry.entities == ()
    assert not home.says("device/node/plug", "")


def test_an_empty_payload_removes_a_component_and_its_refusal() -> None:
    home = Home()
    home.says("switch/plug", SWITCH)
    home.says("switch/bad", {})
    assert home.says("switch/plug", "")
    assert not home.says("switch/bad", "")
    assert not home.says("switch/unknown", "")
    assert (home.registry.entities, home.refused()) == ((), [])


def test_a_rename_keeps_the_id_and_the_place() -> None:
    home = Home()
    home.says("switch/a", {**SWITCH, "unique_id": "u", "name": "Old"})
    home.says("switch/b", {**SWITCH, "unique_id": "v", "name": "Other"})
    assert home.says("switch/a", {**SWITCH, "unique_id": "u", "name": "New", "state_topic": "new"})
    assert home.names() == ["New", "Other"]
    assert home.registry.entities[0].id == "switch.u"
    assert home.registry.entities[0].topics() == {"new"}


def test_an_update_that_cannot_be_used_keeps_what_is_known() -> None:
    home = Home()
    home.says("switch/a", {**SWITCH, "name": "Good"})
    for bad in ('{"command_topic":', "[]", "null", '{"command_topic":1}', '{"name":"\\ud800"}', "\\xff"):
        assert not home.says("switch/a", bad)
        assert len(home.refused()) == 1
    assert home.names() == ["Good"]
    assert home.says("switch/a", SWITCH)
    assert home.refused() == []


def test_two_components_with_one_unique_id() -> None:
    home = Home()
    home.says("switch/a", {**SWITCH, "unique_id": "u"})
    assert not home.says("switch/b", {**SWITCH, "unique_id": "u"})
    assert home.says("light/a", {**SWITCH, "unique_id": "u"}), "another kind may have the same id"
    assert home.refused() == ["its 'unique_id' is taken by another component"]
    home.says("switch/c", {**SWITCH, "unique_id": "w"})
    assert not home.says("switch/c", {**SWITCH, "unique_id": "u"}), "nor may an update take it"
    assert home.says("switch/a", "")
    assert home.says("switch/b", {**SWITCH, "unique_id": "u"})
    assert [entity.id for entity in home.registry.entities] == ["light.u", "switch.w", "switch.u"]


def test_a_component_moves_from_its_own_topic_to_its_device() -> None:
    home = Home()
    home.says("switch/plug1/relay", {**SWITCH, "unique_id": "u", "device": DEVICE, "name": "Single"})
    assert not home.says("switch/plug1/relay", {"migr_discvry": True})
    assert home.names() == ["Single"], "it works until the device has announced it"
    assert home.says("device/plug1", whole(relay={"p": "switch", "uniq_id": "u", "name": "Whole", "cmd_t": "w"}))
    assert not home.says("switch/plug1/relay", "")
    assert home.names() == ["Whole"]
    assert not home.says("device/plug1", {"migrate_discovery": True})
    assert home.says("switch/plug1/relay", {**SWITCH, "unique_id": "u", "device": DEVICE, "name": "Back"})
    assert not home.says("device/plug1", "")
    assert home.names() == ["Back"]


def test_a_migration_that_is_not_finished_ends_with_the_old_topic() -> None:
    home = Home()
    home.says("switch/plug1/relay", SWITCH)
    home.says("switch/plug1/relay", {"migrate_discovery": True})
    assert home.says("switch/plug1/relay", "")
    assert home.registry.entities == ()


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        ({}, "needs 'device' and 'components'"),
        ({"components": {}}, "needs 'device' and 'components'"),
        ({"device": DEVICE, "components": []}, "needs 'device' and 'components'"),
        ({"device": "x", "components": {}}, "needs 'device' and 'components'"),
        ({"device": DEVICE, "components": {str(at): {} for at in range(501)}}, "more than 500 components"),
        ("{" * 40 + "}" * 40, "no JSON object"),
        ('{"a":' * 33 + "1" + "}" * 33, "no JSON object"),
        ("x" * (MAX_PAYLOAD_BYTES + 1), "bytes"),
    ],
)
def test_devices_that_are_refused(payload: dict[str, object] | str, why: str) -> None:
    home = Home()
    assert not home.says("device/plug", payload)
    assert why in home.refused()[0]


def test_limits_of_the_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry_module, "MAX_COMPONENTS", 2)
    home = Home()
    assert [home.says(f"switch/{at}", SWITCH) for at in range(3)] == [True, True, False]
    assert "more than 2 components" in home.refused()[0]
    assert home.says("switch/0", "")
    assert home.says("switch/2", SWITCH)


def test_refusals_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry_module, "MAX_REFUSED", 10)
    home = Home()
    parts = {f"part{at}": {"platform": "light", "x": 1} for at in range(50)}
    for number in range(20):
        home.says(f"device/{number}", {"device": {"ids": "x"}, "components": parts})
    assert len(home.refused()) == 10
    for number in range(20):
        home.says(f"device/{number}", "")
    assert home.refused() == []
    assert not home.says("switch/x", "{")
    assert len(home.refused()) == 1


def test_components_that_come_and_go_leave_nothing_behind() -> None:
    home = Home()
    for number in range(50):
        device = {"device": {"ids": "x"}, "components": {f"p{number}": {"platform": "switch", **SWITCH}}}
        assert home.says("device/x", device)
        assert home.says("device/x", {**device, "components": {f"p{number}": {"platform": "switch"}}})
    assert home.registry._announced == {"homeassistant/device/x/config": set()}


def test_availability_with_one_topic() -> None:
    entity = announced("switch", {**SWITCH, "availability_topic": "lwt"})
    (topic,) = entity.availability.topics
    assert (topic.topic, entity.availability.mode) == ("lwt", "latest")
    assert [topic.decode(text) for text in ("online", "offline", "Online", "")] == [True, False, None, None]
    words = {"payload_available": True, "payload_not_available": 0, "availability_template": "{{ value_json.up }}"}
    (topic,) = announced("switch", {**SWITCH, "availability_topic": "lwt", **words}).availability.topics
    assert [topic.decode(text) for text in ('{"up":true}', '{"up":0}', "up")] == [True, False, None]


def test_availability_with_several_topics() -> None:
    items = [
        {"topic": "bridge", "value_template": "{{ value_json.state }}"},
        {"topic": "thing", "payload_available": "1", "payload_not_available": "0"},
    ]
    entity = announced("switch", {**SWITCH, "availability": items, "availability_mode": "all"})
    bridge, thing = entity.availability.topics
    assert entity.availability.mode == "all"
    assert [bridge.decode(text) for text in ('{"state":"online"}', '{"state":"offline"}', "online")] == [
        True,
        False,
        None,
    ]
    assert [thing.decode(text) for text in ("1", "0", "online")] == [True, False, None]


@pytest.mark.parametrize(
    ("config", "why"),
    [
        ({"availability": "x"}, "'availability' is no list of objects"),
        ({"availability": [{"payload_available": "x"}]}, "'availability' has no topic"),
        ({"availability_topic": "#"}, "matches every topic"),
        ({"availability_topic": "a", "availability_mode": "most"}, "all, any or latest"),
        ({"availability": [{"topic": "a", "value_template": "{% x %}"}]}, "template is refused"),
        ({"device": "plug"}, "'device' is no object"),
        ({"device": {"identifiers": [["a", "b"]]}}, "'identifiers' is no list of texts"),
        ({"unique_id": {}}, "'unique_id' is no text"),
        ({"name": "x" * 257}, "'name' has more than 256 characters"),
    ],
)
def test_refused_envelopes(config: dict[str, object], why: str) -> None:
    assert why in refusal("switch", {**SWITCH, **config})


def test_an_availability_that_is_null_is_none() -> None:
    assert announced("switch", {**SWITCH, "availability": None}).availability.topics == ()


def test_an_origin_that_cannot_be_read_costs_only_itself() -> None:
    assert announced("switch", {**SWITCH, "origin": "x"}).source.publisher == ""


def test_a_filter_reads_all_its_topics() -> None:
    entity = announced("switch", {**SWITCH, "state_topic": "plug/+/state"})
    assert heard(entity, "plug/+/state", "ON") == {Feature.POWER: True}

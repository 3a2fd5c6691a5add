"""What is on MQTT and in Home Assistant appears once."""

import json
from typing import Any

import pytest

from edge.home.model import Entity
from edge.home.modelling.together import together
from edge.home.sources.discovery.registry import Registry
from edge.home.sources.home_assistant.entities import entity_of
from edge.home.sources.home_assistant.registry import Exposed, plain_id
from edge.home.sources.home_assistant.snapshot import Snapshot


def announced(component: str, object_id: str, **config: Any) -> Entity:
    payload = {"command_topic": "a/set", "state_topic": "a", **config}
    topic = f"homeassistant/{component}/{object_id}/config"
    registry = Registry("homeassistant")
    registry.feed(topic, json.dumps(payload).encode())
    (entity,) = registry.entities
    return entity


def both(mqtt: list[Entity], *exposed: Exposed) -> list[tuple[str, str]]:
    """The kind of source and the id of each entity that is left."""
    snapshot = Snapshot(tuple((it, entity_of(it, {"friendly_name": it.name}, "°C")) for it in exposed))
    return [(it.source.kind, it.service_id or it.id) for it in together(mqtt, snapshot)]


LAMP = announced("light", "lamp", unique_id="0x01_light", device={"identifiers": ["zigbee2mqtt_0x01"], "name": "Lamp"})


def test_the_mqtt_integration_keeps_the_unique_id() -> None:
    double = Exposed("light.renamed", "k1", platform="mqtt", unique_id="0x01_light")
    assert both([LAMP], double) == [("discovery", "light.0x01_light")]


def test_another_integration_with_the_same_unique_id_is_another_thing() -> None:
    other = Exposed("light.lamp", "k1", platform="hue", unique_id="0x01_light")
    assert both([LAMP], other) == [("discovery", "light.0x01_light"), ("home-assistant", "light.lamp")]


@pytest.mark.parametrize("identifier", ["zigbee2mqtt_0x01", "Zigbee2MQTT-0x01"])
def test_the_only_light_of_one_device_is_one_light(identifier: str) -> None:
    double = Exposed("light.lamp", "k1", platform="zha", unique_id="x", device_ids=frozenset({plain_id(identifier)}))
    assert both([LAMP], double) == [("discovery", "light.0x01_light")]


def test_a_device_is_known_by_its_address_as_well() -> None:
    plug = announced("switch", "plug", unique_id="p", device={"connections": [["mac", "aa:bb:cc:00:11:22"]]})
    double = Exposed("switch.plug", "k", platform="shelly", device_ids=frozenset({plain_id("AABBCC001122")}))
    assert both([plug], double) == [("discovery", "switch.p")]


def test_of_two_switches_of_one_device_those_with_one_name_are_one() -> None:
    device = {"identifiers": ["d1"], "name": "Strip"}
    mqtt = [announced("switch", f"s{n}", unique_id=f"s{n}", name=f"Socket {n}", device=device) for n in (1, 2)]
    ids = frozenset({"d1"})
    first = Exposed("switch.strip_socket_1", "k1", platform="tuya", device_ids=ids)
    third = Exposed("switch.strip_socket_3", "k3", platform="tuya", device_ids=ids)
    left = both(mqtt, first, third)
    assert left == [("discovery", "switch.s1"), ("discovery", "switch.s2"), ("home-assistant", "switch.strip_socket_3")]


def test_a_light_and_a_sensor_of_one_device_are_two_things() -> None:
    other = Exposed("sensor.lamp_power", "k", platform="zha", device_ids=frozenset({plain_id("zigbee2mqtt_0x01")}))
    assert len(both([LAMP], other)) == 2


def test_what_is_in_both_has_its_room_and_its_names_of_home_assistant() -> None:
    double = Exposed(
        "light.x",
        "k",
        platform="mqtt",
        unique_id="0x01_light",
        name="Reading lamp",
        aliases=("book light",),
        area="Den",
    )
    snapshot = Snapshot(((double, entity_of(double, {}, "°C")),))
    (entity,) = together([LAMP], snapshot)
    assert (entity.source.kind, entity.area, entity.aliases) == ("discovery", "Den", ("Reading lamp", "book light"))

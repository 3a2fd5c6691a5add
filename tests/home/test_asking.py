"""Things whose states the broker does not keep are asked for them: once, slowly, and never those with a battery."""

from pathlib import Path
from typing import Any

import pytest

from edge.home.model import MqttMessage
from edge.home.modelling.asking import LOOK_S, PAUSE_S
from edge.runtime import virtual_time
from tests.fakes.home_broker import HomeBroker, OpenedHome, opened
from tests.home.discovery.announced import announced

ORIGIN = {"origin": {"name": "Zigbee2MQTT", "sw": "2.1.3"}}
UP = '{"state":"online"}'
DOWN = '{"state":"offline"}'


def zigbee(name: str, **more: Any) -> dict[str, Any]:
    topic = f"zigbee/{name}"
    return {
        "name": None,
        "unique_id": name,
        "state_topic": topic,
        "command_topic": f"{topic}/set",
        "availability": [{"topic": "zigbee/bridge/state", "value_template": "{{ value_json.state }}"}],
        "device": {"identifiers": [name], "name": name},
        **ORIGIN,
        **more,
    }


async def network(**components: str) -> HomeBroker:
    broker = HomeBroker()
    for name, component in components.items():
        schema = {"schema": "json"} if component == "light" else {"value_template": "{{ value_json.state }}"}
        await broker.keep(f"homeassistant/{component}/{name}/config", zigbee(name, **schema))
    await broker.keep("zigbee/bridge/state", UP)
    return broker


def asked(home: OpenedHome) -> list[str]:
    return [topic for topic, _ in home.sent if topic.endswith("/get")]


@pytest.mark.parametrize(
    ("component", "config", "request_"),
    [
        ("light", {"schema": "json"}, MqttMessage("zigbee/Desk/get", '{"state": ""}')),
        ("switch", {}, MqttMessage("zigbee/Desk/get", '{"state": ""}')),
        ("switch", {"command_topic": "zigbee/Desk/left/set"}, MqttMessage("zigbee/Desk/get", '{"state_left": ""}')),
        ("cover", {}, MqttMessage("zigbee/Desk/get", '{"position": ""}')),
        ("lock", {}, None),
        ("sensor", {}, None),
        ("switch", {"origin": {"name": "somebody else"}}, None),
        ("switch", {"origin": None}, None),
        ("switch", {"command_topic": "zigbee/Other/set"}, None),
        ("switch", {"command_topic": "zigbee/Desk/do"}, None),
        ("switch", {"command_topic": "zigbee/Desk/a/b/set"}, None),
        ("switch", {"state_topic": None}, None),
    ],
)
def test_how_a_thing_is_asked(component: str, config: dict[str, Any], request_: MqttMessage | None) -> None:
    assert announced(component, {**zigbee("Desk"), **config}).state_request == request_


@virtual_time.instantly
async def test_what_the_broker_does_not_keep_is_known_when_the_home_is_settled(tmp_path: Path) -> None:
    broker = await network(Desk="light", Pump="switch")
    broker.devices.append(lambda topic, _: {"zigbee/Pump": '{"state": "OFF"}'} if topic == "zigbee/Pump/get" else {})
    await broker.keep("zigbee/Desk", '{"state": "ON"}')
    async with opened(broker, tmp_path) as home:
        assert asked(home) == ["zigbee/Pump/get"], "the state of the other one was kept"
        assert await home.says("HassGetState", name="Desk") == "Desk is on."


@virtual_time.instantly
async def test_a_thing_that_stays_silent_is_asked_once_in_a_connection(tmp_path: Path) -> None:
    async with opened(await network(Desk="light"), tmp_path) as home:
        await home.clock.sleep(10 * LOOK_S)
        assert asked(home) == ["zigbee/Desk/get"]
        home.broker.disconnect()
        home.broker.connect()
        await home.clock.sleep(2 * LOOK_S)
        assert asked(home) == ["zigbee/Desk/get"] * 2


@virtual_time.instantly
async def test_a_thing_is_asked_when_it_comes_back(tmp_path: Path) -> None:
    broker = await network(Desk="light")
    await broker.keep("zigbee/bridge/state", DOWN)
    async with opened(broker, tmp_path) as home:
        await home.clock.sleep(2 * LOOK_S)
        assert asked(home) == []
        await broker.keep("zigbee/bridge/state", UP)
        await home.clock.sleep(2 * LOOK_S)
        assert asked(home) == ["zigbee/Desk/get"]
        await broker.receive("zigbee/Desk", b'{"state": "ON"}')
        await broker.keep("zigbee/bridge/state", DOWN)
        await home.clock.sleep(2 * LOOK_S)
        await broker.keep("zigbee/bridge/state", UP)
        await home.clock.sleep(2 * LOOK_S)
        assert asked(home) == ["zigbee/Desk/get"], "its state is known"


@virtual_time.instantly
async def test_a_device_with_a_battery_is_left_asleep(tmp_path: Path) -> None:
    broker = await network(Blind="cover", Desk="light")
    battery = zigbee("Blind", unique_id="level", device_class="battery", entity_category="diagnostic")
    await broker.keep("homeassistant/sensor/level/config", battery)
    async with opened(broker, tmp_path) as home:
        assert asked(home) == ["zigbee/Desk/get"]


@virtual_time.instantly
async def test_many_things_are_asked_one_after_the_other(tmp_path: Path) -> None:
    broker = await network(**{f"Lamp{number}": "light" for number in range(100)})
    async with opened(broker, tmp_path) as home:
        before = len(asked(home))
        assert before < 100
        await home.clock.sleep(PAUSE_S)
        assert len(asked(home)) <= before + 2
        await home.clock.sleep(100 * PAUSE_S + LOOK_S)
        assert len(asked(home)) == len(set(asked(home))) == 100

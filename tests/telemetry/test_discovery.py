"""The device payload for Home Assistant: what it holds, when it is published, and that it leaves nothing behind."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest

from edge.control.mqtt import NAMES
from edge.events import Outcome
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.schedule import Ring
from edge.settings import DeviceSettings, MqttSettings, Settings
from edge.telemetry import Phase, SpeakerState
from edge.telemetry.discovery import Discovery
from edge.telemetry.home_assistant import OUTCOMES, PHASES, RINGS, Features, device_payload, discovery_topic
from tests.fakes.mqtt import FakeMqtt

ALL = Features(wake_words=("alexa", "hey jarvis"), escalations=("never", "ask"), temperature=True, restart=True)
CONFIG = "homeassistant/device/edge-voice-kitchen/config"


def settings(**mqtt: Any) -> Settings:
    return Settings(device=DeviceSettings(id="kitchen", area="Kitchen"), mqtt=MqttSettings(host="broker", **mqtt))


@asynccontextmanager
async def published(
    state: Path, features: Features = ALL, mqtt: FakeMqtt | None = None, **changes: Any
) -> AsyncIterator[tuple[FakeMqtt, VirtualClock]]:
    clock, mqtt = VirtualClock(), mqtt or FakeMqtt()
    discovery = Discovery(mqtt, settings(**changes), features, state=state)
    running = asyncio.create_task(discovery.run())
    await clock.sleep(1)
    yield mqtt, clock
    running.cancel()
    await asyncio.wait({running})
    await discovery.aclose()


def components(mqtt: FakeMqtt, topic: str = CONFIG) -> dict[str, Any]:
    return dict(json.loads(mqtt.on(topic)[-1])["components"])


def test_every_entity_is_complete() -> None:
    payload = device_payload(settings(), ALL)
    assert payload["device"]["identifiers"] == ["edge-voice-kitchen"]
    assert payload["device"]["suggested_area"] == "Kitchen"
    assert payload["availability"] == [{"topic": "edge-voice/kitchen/status"}]
    entities = {name: it for name, it in payload["components"].items() if it["platform"] != "device_automation"}
    assert len({it["unique_id"] for it in entities.values()}) == len(entities)
    assert len({it["name"] for it in entities.values()}) == len(entities)
    assert {it["platform"] for it in entities.values()} == {
        "binary_sensor", "button", "event", "notify", "number", "select", "sensor", "switch", "text",
    }  # fmt: skip
    assert len(json.dumps(payload)) < 16_384


def test_it_reads_topics_that_exist_and_sends_commands_that_exist() -> None:
    payload = json.dumps(device_payload(settings(), ALL))
    topics = set(re.findall(r"edge-voice/kitchen/([a-z/-]+)", payload))
    commands = {topic.removeprefix("command/") for topic in topics if topic.startswith("command/")}
    assert commands <= set(NAMES)
    assert commands >= {"mute", "volume", "say", "announce", "stop", "listen", "restart", "wake-word", "escalate"}
    assert {topic for topic in topics if "/" not in topic} == {"status", "state", "turn", "metrics", "event", "timers"}
    shown = device_payload(settings(), ALL)["components"].values()
    on_state = [it for it in shown if it.get("state_topic") == "edge-voice/kitchen/state"]
    read = set(re.findall(r"value_json\.(\w+)", json.dumps(on_state)))
    assert read >= {"muted", "volume", "phase", "wake_word", "escalate", "degraded"}
    assert read <= {field.name for field in fields(SpeakerState)}


def test_its_words_are_those_of_the_speaker() -> None:
    assert set(PHASES) == set(get_args(Phase))
    assert set(OUTCOMES) == set(get_args(Outcome))
    assert set(RINGS) == set(get_args(Ring.__annotations__["kind"]))


def test_a_control_that_could_do_nothing_is_not_shown() -> None:
    shown = device_payload(settings(), Features(wake_words=("alexa",), escalations=("never",)))["components"]
    assert not shown.keys() & {"wake_word", "escalate", "restart", "temperature"}
    deaf = device_payload(settings(), Features(wake_words=()))["components"]
    assert "wake" not in deaf
    assert "mute" in deaf


@instantly
async def test_it_is_published_at_each_connect_and_when_home_assistant_starts(tmp_path: Path) -> None:
    async with published(tmp_path) as (mqtt, clock):
        assert len(mqtt.on(CONFIG)) == 1
        await clock.sleep(3600)
        assert len(mqtt.on(CONFIG)) == 1
        mqtt.disconnect()
        mqtt.connect()
        await clock.sleep(1)
        assert len(mqtt.on(CONFIG)) == 2
        await mqtt.receive("homeassistant/status", b"offline")
        await mqtt.receive("homeassistant/status", b"online", retained=True)
        await clock.sleep(1)
        assert len(mqtt.on(CONFIG)) == 2
        await mqtt.receive("homeassistant/status", b"online")
        await clock.sleep(1)
        assert len(set(mqtt.on(CONFIG))) == 1
        assert len(mqtt.on(CONFIG)) == 3


@instantly
async def test_it_is_removed_when_it_is_switched_off(tmp_path: Path) -> None:
    async with published(tmp_path):
        pass
    async with published(tmp_path, discovery=False) as (mqtt, clock):
        assert mqtt.published == [(CONFIG, b"")]
        await mqtt.receive("homeassistant/status", b"online")
        await clock.sleep(1)
        assert mqtt.published == [(CONFIG, b"")]


@instantly
async def test_another_prefix_replaces_the_first(tmp_path: Path) -> None:
    async with published(tmp_path):
        pass
    async with published(tmp_path, discovery_prefix="ha") as (mqtt, _):
        assert [topic for topic, _ in mqtt.published] == [CONFIG, "ha/device/edge-voice-kitchen/config"]
        assert mqtt.on(CONFIG) == [b""]
    async with published(tmp_path, discovery_prefix="elsewhere", discovery=False) as (mqtt, _):
        assert ("ha/device/edge-voice-kitchen/config", b"") in mqtt.published


@instantly
async def test_a_component_that_is_gone_is_removed_and_stays_removed(tmp_path: Path) -> None:
    async with published(tmp_path) as (mqtt, _):
        assert components(mqtt)["wake_word"]["options"] == ["all", "alexa", "hey jarvis"]
    for _ in range(2):
        async with published(tmp_path, Features(wake_words=("alexa",))) as (mqtt, _):
            now = components(mqtt)
            assert now["wake_word"] == {"platform": "select"}
            assert now["restart"] == {"platform": "button"}
            assert now["on_wake_1"] == {"platform": "device_automation"}
            assert now["volume"]["name"] == "Volume"
    async with published(tmp_path) as (mqtt, _):
        assert components(mqtt)["restart"]["name"] == "Restart"


@pytest.mark.parametrize("damage", [b"", b"[]", b"{}", b'{"topic": 5, "components": {}}', b"\xff"])
@instantly
async def test_a_damaged_file_costs_nothing_but_removals(damage: bytes, tmp_path: Path) -> None:
    (tmp_path / "discovery.json").write_bytes(damage)
    async with published(tmp_path) as (mqtt, _):
        assert len(components(mqtt)) > 20


@instantly
async def test_a_broker_that_refuses_it_is_asked_once_for_each_connect(tmp_path: Path) -> None:
    mqtt = FakeMqtt()
    mqtt.refused.add(CONFIG)
    async with published(tmp_path, mqtt=mqtt) as (_, clock):
        await clock.sleep(3600)
        assert mqtt.published == []
        mqtt.refused.clear()
        mqtt.disconnect()
        mqtt.connect()
        await clock.sleep(1)
        assert len(mqtt.published) == 1


def test_the_topic_has_the_id_of_the_device() -> None:
    assert discovery_topic(settings()) == CONFIG

"""A home on a real broker: announced, commanded, confirmed, renamed, moved, removed; restarts, access lists, floods."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiomqtt
import pytest

from edge.bench.made_home import announcements
from edge.events import Intent
from edge.home.acting.publisher import MqttPublisher
from edge.home.opened import OpenHome
from edge.runtime.clock import SystemClock
from tests.fakes.home import FakeSpeaker
from tests.fakes.language import ENGLISH
from tests.mqtt.mosquitto import Mosquitto
from tests.mqtt.world import becomes, connection, settings

pytestmark = pytest.mark.slow  # a real broker

ROOT = Path(__file__).parents[2]
LAMP, PLUG, BUNDLE = (
    "homeassistant/light/0x1/light/config",
    "tasmota/discovery/A1B2C3D4E5F6/config",
    "homeassistant/device/desk/config",
)
HOME: dict[str, dict[str, Any]] = {
    LAMP: {
        "name": None,
        "schema": "json",
        "unique_id": "0x1_light",
        "command_topic": "zigbee2mqtt/Lamp/set",
        "state_topic": "zigbee2mqtt/Lamp",
        "availability": [{"topic": "zigbee2mqtt/bridge/state", "value_template": "{{ value_json.state }}"}],
        "device": {"identifiers": ["0x1"], "name": "Lamp"},
        "origin": {"name": "Zigbee2MQTT"},
    },
    PLUG: {
        "ip": "10.0.0.7",
        "dn": "Kettle",
        "fn": ["Kettle"],
        "hn": "kettle",
        "mac": "A1B2C3D4E5F6",
        "md": "Plug",
        "ofln": "Offline",
        "onln": "Online",
        "state": ["OFF", "ON", "TOGGLE", "HOLD"],
        "sw": "14.2.0",
        "t": "kettle",
        "ft": "%prefix%/%topic%/",
        "tp": ["cmnd", "stat", "tele"],
        "rl": [1],
        "ver": 1,
    },
    BUNDLE: {
        "dev": {"ids": "desk", "name": "Desk"},
        "o": {"name": "made by hand"},
        "cmps": {
            "fan": {"p": "fan", "uniq_id": "desk-fan", "cmd_t": "desk/fan/set", "stat_t": "desk/fan", "name": "Fan"},
            "temp": {
                "p": "sensor",
                "uniq_id": "desk-t",
                "dev_cla": "temperature",
                "unit_of_meas": "°C",
                "stat_t": "desk/t",
                "name": "Temperature",
            },
        },
    },
}


class Devices:
    """The devices of the home, on a connection of their own."""

    def __init__(self, client: aiomqtt.Client) -> None:
        self.client = client
        self.plug = "OFF"
        self.asked: list[str] = []

    async def announce(self, topic: str, payload: Any = None) -> None:
        """Publish a retained JSON; None removes it."""
        content = b"" if payload is None else json.dumps(payload).encode()
        await self.client.publish(topic, content, qos=1, retain=True)

    async def come(self) -> None:
        for topic, payload in HOME.items():
            await self.announce(topic, payload)
        for topic, text, retained in (
            ("zigbee2mqtt/bridge/state", '{"state":"online"}', True),
            ("tele/kettle/LWT", "Online", True),
            ("desk/t", "19.5", True),
            ("desk/fan", "OFF", True),
        ):
            await self.client.publish(topic, text, qos=1, retain=retained)

    async def answer(self) -> None:
        await self.client.subscribe([("zigbee2mqtt/+/set", 1), ("cmnd/#", 1), ("desk/fan/set", 1)])
        async for message in self.client.messages:
            topic, payload = str(message.topic), bytes(message.payload).decode()
            self.asked.append(topic)
            match topic:
                case "cmnd/kettle/POWER1" | "cmnd/kettle/STATE":
                    self.plug = payload or self.plug
                    await self.client.publish("stat/kettle/RESULT", json.dumps({"POWER": self.plug}), qos=1)
                case "desk/fan/set":
                    await self.client.publish("desk/fan", payload, qos=1, retain=True)
                case _ if topic.startswith("zigbee2mqtt/"):
                    await self.client.publish(topic.removesuffix("/set"), payload, qos=1)


@asynccontextmanager
async def devices(mosquitto: Mosquitto, **options: Any) -> AsyncIterator[Devices]:
    async with aiomqtt.Client("127.0.0.1", mosquitto.port, **options) as client:
        it = Devices(client)
        answering = asyncio.create_task(it.answer())
        try:
            yield it
        finally:
            answering.cancel()
            await asyncio.wait({answering})


@asynccontextmanager
async def speaker(mosquitto: Mosquitto, folder: Path, **mqtt: Any) -> AsyncIterator[OpenHome]:
    async with connection(mosquitto.port, **mqtt) as connected:
        home = OpenHome(
            settings(mosquitto.port),
            MqttPublisher(connected),
            FakeSpeaker(),
            SystemClock(),
            folder / "state",
            ENGLISH.replies,
            rings=True,
            intercom=None,
            on_names=lambda _: None,
        )
        running = asyncio.create_task(home.watch.run(connected))
        try:
            await home.watch.settled.wait()
            yield home
            assert not running.done(), running
        finally:
            running.cancel()
            await asyncio.wait({running})
            await home.watch.aclose()


async def says(home: OpenHome, intent: str, **slots: Any) -> str:
    reply = await home.actions.act(Intent(intent, slots))
    return reply.text if reply else ""


def ids(home: OpenHome) -> set[str]:
    return {entity.id for entity in home.watch.model.entities}


async def test_a_home_of_three_formats_is_known_commanded_and_asked(mosquitto: Mosquitto, tmp_path: Path) -> None:
    async with devices(mosquitto) as they:
        await they.come()
        async with speaker(mosquitto, tmp_path) as home:
            assert len(ids(home)) == 4
            await becomes(lambda: "cmnd/kettle/STATE" in they.asked)
            assert await says(home, "HassTurnOn", name="Lamp") == "Lamp on."
            assert await says(home, "HassTurnOn", name="Kettle") == "Kettle on."
            assert await says(home, "HassTurnOn", name="Desk") == "Desk on."
            assert (
                await says(home, "EdgeMeasure", measure="temperature", name="Desk") == "It's 19.5 degrees in the Desk."
            )
            assert await says(home, "HassGetState", name="Kettle") == "Kettle is on."


async def test_things_are_renamed_moved_and_removed_while_the_speaker_runs(
    mosquitto: Mosquitto, tmp_path: Path
) -> None:
    async with devices(mosquitto) as they:
        await they.come()
        async with speaker(mosquitto, tmp_path) as home:
            await they.announce(LAMP, {**HOME[LAMP], "device": {"identifiers": ["0x1"], "name": "Moon"}})
            await becomes(lambda: "Moon" in {it.name for it in home.watch.model.entities})
            assert await says(home, "HassTurnOn", name="Moon") == "Moon on."
            before = ids(home)
            await they.announce(LAMP, {"migrate_discovery": True})
            moved = {key: value for key, value in HOME[LAMP].items() if key not in {"device", "origin"}}
            whole = {"device": HOME[LAMP]["device"], "origin": {"name": "x"}}
            await they.announce(
                "homeassistant/device/0x1/config", {**whole, "components": {"light": {**moved, "p": "light"}}}
            )
            await they.announce(LAMP)
            await becomes(lambda: "Lamp" in {it.name for it in home.watch.model.entities})
            assert ids(home) == before
            await they.announce(PLUG)
            await they.announce(BUNDLE)
            await becomes(lambda: ids(home) == {"light.0x1_light"})


async def test_the_home_survives_a_broker_that_restarts_and_things_that_go_meanwhile(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    broker = Mosquitto(
        tmp_path, "allow_anonymous true", "persistence true", f"persistence_location {tmp_path / 'kept'}/"
    )
    broker.start()
    try:
        async with devices(broker) as they:
            await they.come()
        async with speaker(broker, tmp_path) as home:
            before = ids(home)
            broker.stop()
            await becomes(lambda: not home.states.connected())
            assert await says(home, "HassGetState", name="Lamp") == "I can't reach your home right now."
            assert ids(home) == before
            broker.start()
            async with devices(broker) as they:
                await they.come()
                await they.announce(PLUG)
                await becomes(home.states.connected)
                await becomes(lambda: len(ids(home)) == 3)
                assert await says(home, "HassTurnOff", name="Lamp") == "Lamp off."
    finally:
        broker.stop()


async def test_the_rights_of_the_document_are_enough_and_without_them_nothing_is_claimed(tmp_path: Path) -> None:
    rules = (ROOT / "docs/mqtt.md").read_text(encoding="utf-8")
    rules = "pattern write edge-voice/%u/#" + rules.partition("pattern write edge-voice/%u/#")[2].partition("```")[0]
    (tmp_path / "acl").write_text(f"user owner\ntopic readwrite #\n\n{rules}", encoding="utf-8")
    for option, user in (("-c", "kitchen"), ("", "owner")):
        command = ["mosquitto_passwd", *option.split(), "-b", str(tmp_path / "passwords"), user, "open-sesame"]
        await (await asyncio.create_subprocess_exec(*command)).wait()
    files = (f"acl_file {tmp_path / 'acl'}", f"password_file {tmp_path / 'passwords'}")
    broker = Mosquitto(tmp_path, "allow_anonymous false", *files)
    broker.start()
    file = tmp_path / "password"
    file.write_text("open-sesame\n", encoding="utf-8")
    file.chmod(0o600)
    try:
        async with devices(broker, username="owner", password="open-sesame") as they:
            await they.come()
            async with speaker(broker, tmp_path, username="kitchen", password_file=file) as home:
                assert await says(home, "HassTurnOn", name="Lamp") == "Lamp on."
                assert await says(home, "HassTurnOn", name="Kettle") == "Kettle on."
                fan = await says(home, "HassTurnOn", name="Desk")
                assert fan == "I can't reach your home right now.", "no right to command it"
                assert await says(home, "HassGetState", name="Desk") == "Desk hasn't reported its state."
    finally:
        broker.stop()


async def test_floods_and_giants_cost_neither_the_home_nor_the_loop(mosquitto: Mosquitto, tmp_path: Path) -> None:
    blocks: list[float] = []

    async def frames() -> None:
        """As the audio path: a step every 32 ms."""
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.032)
            blocks.append(time.perf_counter() - began)

    async with devices(mosquitto) as they:
        await they.come()
        for topic, payload in announcements().items():
            await they.client.publish(topic, payload, qos=0, retain=True)
        await they.client.publish("homeassistant/light/giant/config", b"x" * 2_000_000, qos=1, retain=True)
        await they.client.publish("zigbee2mqtt/Lamp", b"x" * 2_000_000, qos=1, retain=True)
        stepping = asyncio.create_task(frames())
        async with speaker(mosquitto, tmp_path) as home:
            await becomes(lambda: len(ids(home)) > 1000)
            for number in range(2000):
                await they.client.publish("zigbee2mqtt/Lamp", b'{"state":"OFF","x":"%d"}' % number, qos=0)
                await they.client.publish(f"homeassistant/light/x{number % 50}/config", b"{%d" % number, qos=0)
            assert await says(home, "HassTurnOn", name="Lamp") == "Lamp on."
            assert len(home.watch.refused) <= 60
        stepping.cancel()
        await asyncio.wait({stepping})
    assert len(blocks) > 50, "the loop went on"

"""A real Home Assistant as a source of the home: its things are named, commanded and asked about."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect

from edge.home.sources.home_assistant.connection import Connection
from edge.mqtt.connection import Connection as Broker
from edge.settings import Settings
from tests.fakes.home_assistant import FakeHomeAssistant
from tests.home.home_assistant.house import House, becomes
from tests.home_assistant.hass import HomeAssistant, home_assistant
from tests.mqtt.mosquitto import Mosquitto

pytestmark = pytest.mark.slow  # about 20 s

MORE = """\
conversation:
demo:
input_boolean:
  party:
    name: Party mode
light:
  - platform: group
    name: Landing lights
    unique_id: landing
    entities: [light.bed_light, light.ceiling_lights]
template:
  - sensor:
      - name: Cellar
        unique_id: cellar
        device_class: temperature
        unit_of_measurement: °C
        state: "12.5"
"""

PLUG = (
    '{"name": null, "unique_id": "plug1", "command_topic": "plug/set", "state_topic": "plug",'
    ' "device": {"identifiers": ["plug1"], "name": "Desk plug"}}'
)


@asynccontextmanager
async def owner(hass: HomeAssistant) -> AsyncIterator[Connection]:
    """The owner's page, as it talks to Home Assistant."""
    url = hass.url.replace("http", "ws", 1).rstrip("/") + "/api/websocket"
    async with connect(url, proxy=None) as socket:
        await socket.recv()
        await socket.send(f'{{"type": "auth", "access_token": "{hass.token}"}}')
        await socket.recv()
        connection = Connection(socket, "")
        reading = asyncio.create_task(connection.read())
        try:
            yield connection
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


async def furnish(hass: HomeAssistant) -> None:
    """A shopping list, two floors, names and rooms, and what is exposed."""
    await hass.add("shopping_list")
    async with owner(hass) as page:

        async def change(kind: str, **content: Any) -> Any:
            return await page.request(kind, content)

        floors = {
            name: (await change("config/floor_registry/create", name=name, level=level))["floor_id"]
            for name, level in (("Ground floor", 0), ("First floor", 1))
        }
        areas = {it["area_id"]: it for it in await page.request("config/area_registry/list")}
        await change("config/area_registry/update", area_id="bedroom", floor_id=floors["First floor"])
        await change("config/area_registry/update", area_id="kitchen", floor_id=floors["Ground floor"])
        assert {"bedroom", "kitchen"} <= areas.keys()
        for entity, area in (("light.bed_light", "bedroom"), ("light.kitchen_lights", "kitchen")):
            await change("config/entity_registry/update", entity_id=entity, area_id=area)
        await change("config/entity_registry/update", entity_id="light.bed_light", aliases=["night light"])
        exposed = [
            "input_boolean.party",
            "weather.demo_weather_south",
            "lock.front_door",
            "sensor.cellar",
            "calendar.calendar_1",
        ]
        await change("homeassistant/expose_entity", assistants=["conversation"], entity_ids=exposed, should_expose=True)
        hidden = ["light.office_rgbw_lights"]
        await change("homeassistant/expose_entity", assistants=["conversation"], entity_ids=hidden, should_expose=False)


async def test_a_real_home_assistant_is_commanded_and_asked(mosquitto: Mosquitto, tmp_path: Path) -> None:
    async with home_assistant(tmp_path / "hass", mosquitto, MORE) as hass:
        await furnish(hass)
        await hass.call("mqtt.publish", topic="homeassistant/switch/plug1/config", payload=PLUG, retain=True)
        await hass.call("mqtt.publish", topic="plug", payload="OFF", retain=True)
        await hass.becomes("switch.desk_plug", "off")
        token = tmp_path / "token"
        token.write_text(hass.token)
        token.chmod(0o600)
        settings = Settings.model_validate(
            {
                "device": {"area": "Kitchen"},
                "mqtt": {"host": "127.0.0.1", "port": mosquitto.port},
                "home": {"home_assistant": {"url": hass.url, "token_file": token}},
            }
        )
        speaker = House(FakeHomeAssistant(), settings, tmp_path)
        assistant = speaker.home.assistant
        assert assistant is not None
        async with Broker(settings.mqtt, device_id="kitchen", presence=False, clock=speaker.clock) as broker:
            following = [
                asyncio.create_task(assistant.run()),
                asyncio.create_task(speaker.home.watch.run(broker)),
            ]
            await becomes(lambda: any(it.name == "Desk plug" for it in speaker.home.names.entities))
            await asyncio.wait_for(assistant.settled.wait(), 30)
            names = [it.name for it in speaker.home.names.entities]
            assert names.count("Desk plug") == 1, "it is on MQTT, and in Home Assistant"
            assert {"Bed Light", "Party mode", "Landing lights", "Cellar", "Shopping List"} <= set(names)
            assert "Office RGBW Lights" not in names

            assert await speaker.says("turn on the party mode") == "Party mode on."
            assert await hass.state("input_boolean.party") == "on"
            assert await speaker.says("turn on the night light") == "Bed Light on."
            assert await hass.state("light.bed_light") == "on"
            assert await speaker.says("turn off the lights upstairs") == "Bed Light off."
            assert await hass.state("light.bed_light") == "off"
            assert await speaker.says("set the kitchen lights to 40 percent") == "Kitchen Lights set to 40 percent."
            assert await speaker.says("is the front door locked") == "Yes. Front Door is locked."
            assert "really" in await speaker.says("unlock the front door")
            assert await speaker.says("yes") == "Unlocking Front Door."
            await hass.becomes("lock.front_door", "unlocked")
            assert await speaker.says("what is the temperature in the cellar") == "It's 12.5 degrees in the Cellar."

            assert await speaker.says("add oat milk to the shopping list") == "Added oat milk to the shopping list."
            assert await speaker.says("what's on the shopping list") == "On the shopping list: oat milk."
            ticked = await speaker.says("check oat milk off the shopping list")
            assert ticked == "Ticked off oat milk on the shopping list."
            assert await speaker.says("what's on the shopping list") == "There is nothing on the shopping list."

            assert await speaker.says("what's the weather") == "It's 22 degrees and sunny."
            assert (await speaker.says("what's the weather like tomorrow")).startswith("Tomorrow: ")
            assert "Future Event" in await speaker.says("when is my next appointment")
            assert "Technohead" in await speaker.says("what is the walkman playing")
            assert await speaker.says("pause the walkman") == "Walkman paused."
            assert await hass.state("media_player.walkman") == "paused"
            for task in following:
                task.cancel()
            await asyncio.gather(*following, return_exceptions=True)
        assert [it for it in hass.complaints() if "ffmpeg" not in it.lower()] == []

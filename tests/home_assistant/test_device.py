"""A real Home Assistant sees the speaker as one device, drives it, and finds nothing wrong with what it is sent."""

import asyncio
import json
from pathlib import Path

import pytest

from edge.tts.earcons import load_earcon
from tests.control.test_whole_speaker import modelless
from tests.fakes.audio import FakeSink
from tests.home_assistant.hass import home_assistant
from tests.mqtt.mosquitto import Mosquitto
from tests.mqtt.world import becomes, observing

pytestmark = pytest.mark.slow  # about 20 s

ENTITIES = {
    "binary_sensor.kitchen_speaker_problem",
    "button.kitchen_speaker_listen",
    "button.kitchen_speaker_stop",
    "event.kitchen_speaker_last_turn",
    "notify.kitchen_speaker_announce",
    "number.kitchen_speaker_volume",
    "sensor.kitchen_speaker_last_error",
    "sensor.kitchen_speaker_latency",
    "sensor.kitchen_speaker_memory",
    "sensor.kitchen_speaker_next_alarm",
    "sensor.kitchen_speaker_next_timer",
    "sensor.kitchen_speaker_phase",
    "switch.kitchen_speaker_microphone_off",
    "text.kitchen_speaker_say",
}


async def test_home_assistant_sees_and_drives_the_speaker(mosquitto: Mosquitto, tmp_path: Path) -> None:
    async with home_assistant(tmp_path / "hass", mosquitto) as hass:
        async with modelless(tmp_path, mosquitto, name="Kitchen speaker", area="Kitchen") as pipeline:
            await hass.becomes("number.kitchen_speaker_volume", "60")
            ours = {it for it in await hass.states() if "kitchen_speaker" in it}
            assert {it for it in ours if not it.endswith("temperature")} == ENTITIES
            switch = "switch.kitchen_speaker_microphone_off"
            assert await hass.template(f"{{{{ device_attr(device_id('{switch}'), 'name') }}}}") == "Kitchen speaker"
            assert await hass.template(f"{{{{ area_name('{switch}') }}}}") == "Kitchen"
            assert await hass.state("binary_sensor.kitchen_speaker_problem") == "on", "no model is there"

            await hass.call("number.set_value", entity_id="number.kitchen_speaker_volume", value=35)
            await hass.becomes("number.kitchen_speaker_volume", "35")
            await hass.call("switch.turn_on", entity_id="switch.kitchen_speaker_microphone_off")
            await hass.becomes("switch.kitchen_speaker_microphone_off", "on")
            assert pipeline.muted
            await hass.call("button.press", entity_id="button.kitchen_speaker_listen")
            await hass.becomes("sensor.kitchen_speaker_last_error", "microphone-muted")
            await hass.call("switch.turn_off", entity_id="switch.kitchen_speaker_microphone_off")
            await hass.becomes("switch.kitchen_speaker_microphone_off", "off")

            sink = pipeline.room.sink
            assert isinstance(sink, FakeSink)
            await hass.call("text.set_value", entity_id="text.kitchen_speaker_say", value="Dinner is ready. " * 8)
            await hass.becomes("sensor.kitchen_speaker_phase", "speaking")
            await hass.call("button.press", entity_id="button.kitchen_speaker_stop")
            await hass.becomes("sensor.kitchen_speaker_phase", "idle")
            assert sink.flushed, "it was stopped before its end"
            await hass.call("notify.send_message", entity_id="notify.kitchen_speaker_announce", message="Dinner!")
            await becomes(lambda: load_earcon("announcement") in [it.speech for it in sink.written])

            record = await pipeline.ask("set a pasta timer for ten minutes", speak=False)
            assert record.outcome == "answered"
            await hass.becomes("sensor.kitchen_speaker_next_timer", lambda state: state.startswith("20"))
            await hass.becomes("event.kitchen_speaker_last_turn", lambda state: state.startswith("20"))
            turn = (await hass.states())["event.kitchen_speaker_last_turn"]["attributes"]
            assert (turn["event_type"], turn["intent"]) == ("answered", "HassStartTimer")
            timers = (await hass.states())["sensor.kitchen_speaker_next_timer"]["attributes"]["timers"]
            assert [it["seconds"] for it in timers] == [600]
            assert "label" not in timers[0], "what a timer is called was said by a user"
            await hass.automate(
                {
                    "trigger": "device",
                    "domain": "mqtt",
                    "device_id": await hass.template(f"{{{{ device_id('{switch}') }}}}"),
                    "type": "turn",
                    "subtype": "answered",
                },
                "number.set_value",
                entity_id="number.kitchen_speaker_volume",
                value=77,
            )
            await pipeline.ask("cancel all timers", speak=False)
            await hass.becomes("number.kitchen_speaker_volume", "77")
            await hass.becomes("sensor.kitchen_speaker_next_timer", "unknown")
        await hass.becomes("number.kitchen_speaker_volume", "unavailable")

        async with modelless(tmp_path, mosquitto, name="Kitchen speaker", discovery=False):
            await hass.becomes("number.kitchen_speaker_volume", "missing")
        assert {it for it in await hass.states() if "kitchen_speaker" in it} == set()
        assert hass.complaints() == []


LAMP = {
    "name": None,
    "unique_id": "reading-lamp",
    "schema": "json",
    "command_topic": "den/lamp",
    "state_topic": "den/lamp",  # the lamp's state is the last command: no device is needed between the two
    "brightness": True,
    "supported_color_modes": ["brightness"],
    "device": {"identifiers": ["den-lamp"], "name": "Reading lamp", "suggested_area": "Den"},
}
LOCK = {
    "name": None,
    "unique_id": "cellar-door",
    "command_topic": "cellar/door",
    "state_topic": "cellar/door",
    "state_locked": "LOCK",
    "state_unlocked": "UNLOCK",
    "device": {"identifiers": ["cellar-door"], "name": "Cellar door", "suggested_area": "Cellar"},
}


async def test_a_sentence_moves_what_home_assistant_knows_from_the_same_announcements(
    mosquitto: Mosquitto, tmp_path: Path
) -> None:
    async with home_assistant(tmp_path / "hass", mosquitto) as hass, observing(mosquitto) as broker:
        for component, config in (("light", LAMP), ("lock", LOCK)):
            await broker.publish(
                f"homeassistant/{component}/{config['unique_id']}/config", json.dumps(config).encode(), retain=True
            )
        async with modelless(tmp_path, mosquitto, area="Den") as pipeline:
            await hass.becomes("light.reading_lamp", "unknown")

            async def says(text: str) -> str:
                return (await pipeline.ask(text, speak=False)).reply

            async with asyncio.timeout(20):  # until both have read the announcement and listen to the lamp
                while await hass.state("light.reading_lamp") != "on":
                    await says("turn on the reading lamp")
                    await asyncio.sleep(0.2)
            assert await says("set it to forty percent") == "Reading lamp set to 40 percent."
            await hass.becomes("light.reading_lamp", "on")
            assert (await hass.states())["light.reading_lamp"]["attributes"]["brightness"] == 102
            assert "really" in await says("unlock the cellar door")
            assert await says("yes") == "Unlocking Cellar door."
            await hass.becomes("lock.cellar_door", "unlocked")
            await hass.call("lock.lock", entity_id="lock.cellar_door")
            await hass.becomes("lock.cellar_door", "locked")
            async with asyncio.timeout(20):
                while await says("is the cellar door locked") != "Yes. Cellar door is locked.":  # noqa: ASYNC110 - a device
                    await asyncio.sleep(0.05)
        assert hass.complaints() == []

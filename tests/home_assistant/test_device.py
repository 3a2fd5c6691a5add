"""A real Home Assistant sees the speaker as one device, drives it, and finds nothing wrong with what it is sent."""

from pathlib import Path

import pytest

from edge.tts.earcons import load_earcon
from tests.control.test_whole_speaker import modelless
from tests.fakes.audio import FakeSink
from tests.home_assistant.hass import home_assistant
from tests.mqtt.mosquitto import Mosquitto
from tests.mqtt.world import becomes

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

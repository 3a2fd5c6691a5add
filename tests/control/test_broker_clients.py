"""A real broker, a whole speaker, and nothing but `mosquitto_pub` and `mosquitto_sub` as a client."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.control.test_whole_speaker import modelless
from tests.mqtt.mosquitto import Mosquitto

pytestmark = pytest.mark.slow  # a real broker and its clients

ROOT = "edge-voice/kitchen"


class Clients:
    """The two programs."""

    def __init__(self, port: int, lines: asyncio.StreamReader) -> None:
        self._port = port
        self._lines = lines

    async def publish(self, name: str, payload: str = "", *options: str) -> None:
        await run("mosquitto_pub", "-p", str(self._port), "-t", f"{ROOT}/command/{name}", "-m", payload, *options)

    async def ready(self) -> None:
        """The speaker takes commands: it may have reported its state before it has subscribed to them."""
        await self.sees("state", phase="idle")
        while True:
            await self.publish("volume", "61")
            try:
                await self.sees("state", within_s=0.5, volume=61)
            except TimeoutError:
                continue
            return

    async def sees(self, topic: str, *, within_s: float = 20, **fields: Any) -> dict[str, Any]:
        """The next message on a topic that has these fields; others are passed over."""
        async with asyncio.timeout(within_s):
            while True:
                seen, _, payload = (await self._lines.readline()).decode().rstrip("\n").partition(" ")
                if seen == f"{ROOT}/{topic}":
                    found: dict[str, Any] = json.loads(payload)
                    if fields.items() <= found.items():
                        return found


async def run(*command: str) -> None:
    process = await asyncio.create_subprocess_exec(*command)
    assert await process.wait() == 0


@asynccontextmanager
async def clients(broker: Mosquitto) -> AsyncIterator[Clients]:
    if shutil.which("mosquitto_sub") is None:
        pytest.skip("mosquitto_sub is not installed (Debian: apt-get install mosquitto-clients)")
    arguments = ("-p", str(broker.port), "-v", "-t", f"{ROOT}/#")
    process = await asyncio.create_subprocess_exec("mosquitto_sub", *arguments, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield Clients(broker.port, process.stdout)
    finally:
        process.terminate()
        await process.wait()


async def test_everything_that_docs_mqtt_md_tells_to_publish(mosquitto: Mosquitto, tmp_path: Path) -> None:
    async with clients(mosquitto) as it, modelless(tmp_path, mosquitto):
        await it.ready()
        await it.publish("volume", "35")
        await it.sees("state", volume=35)
        await it.publish("mute", "ON")
        await it.sees("state", muted=True)
        await it.publish("listen")
        await it.sees("event", event="error", code="microphone-muted")
        await it.publish("mute", "OFF")
        await it.sees("state", muted=False)

        await it.publish("timer-set", '{"seconds": 600, "name": "pasta"}')
        timers = (await it.sees("timers"))["timers"]
        assert [timer["seconds"] for timer in timers] == [600]
        await it.publish("timers")
        assert (await it.sees("timers"))["timers"] == timers
        await it.publish("timer-cancel", str(timers[0]["id"]))
        assert (await it.sees("timers"))["timers"] == []
        await it.publish("alarm-set", '{"at": "07:30", "days": [0, 1, 2, 3, 4]}')
        assert (await it.sees("timers"))["alarms"][0]["days"] == [0, 1, 2, 3, 4]
        await it.publish("alarm-cancel", "ALL")
        assert (await it.sees("timers"))["alarms"] == []
        await it.publish("timer-cancel", "99")
        await it.sees("event", event="error", code="timer-unknown")

        await it.publish("ask", '{"text": "set a tea timer for five minutes", "id": "q1"}')
        answer = await it.sees("event", event="answer")
        assert (answer["id"], answer["reply"]) == ("q1", "Tea timer set for 5 minutes.")

        await it.publish("announce", '{"text": "Dinner is ready.", "priority": "urgent"}')
        await it.sees("state", phase="speaking")
        await it.publish("stop")
        await it.sees("state", phase="idle")


async def test_what_it_refuses_is_an_event_with_a_code(mosquitto: Mosquitto, tmp_path: Path) -> None:
    async with clients(mosquitto) as it, modelless(tmp_path, mosquitto):
        await it.ready()
        for name, payload, code in (
            ("announce", '{"text": "Hallo", "language": "de"}', "language-unsupported"),
            ("wake-word", "computer", "wake-word-unknown"),
            ("escalate", "prefer", "escalation-refused"),
            ("reload", "", "reload-unavailable"),
            ("restart", "", "restart-unavailable"),
        ):
            await it.publish(name, payload)
            await it.sees("event", event="error", code=code, more=0)


async def test_an_announcement_crosses_the_home_and_the_reply_counts_the_speakers(
    mosquitto: Mosquitto, tmp_path: Path
) -> None:
    for name in ("hall", "kitchen", "bedroom"):
        (tmp_path / name).mkdir()
    async with (
        clients(mosquitto) as it,
        modelless(tmp_path / "hall", mosquitto, device_id="hall") as hall,
        modelless(tmp_path / "kitchen", mosquitto, device_id="kitchen", area="Kitchen"),
    ):
        await it.sees("state", phase="idle", area="Kitchen")
        reply = ""
        async with asyncio.timeout(20):
            while reply != "Announced on 1 speaker.":  # until they know each other
                reply = (await hall.ask("tell everyone dinner is ready", speak=False)).reply
                assert reply in {"I found no other speaker.", "Announced on 1 speaker."}
        await it.sees("state", phase="speaking")
        assert (
            await hall.ask("tell the kitchen that lunch is ready", speak=False)
        ).reply == "Announced in the kitchen."
        none = await hall.ask("tell the cellar that lunch is ready", speak=False)
        assert none.reply == "I found no other speaker for the cellar."
        async with modelless(tmp_path / "bedroom", mosquitto, device_id="bedroom", area="Bedroom"):
            async with asyncio.timeout(20):
                while reply != "Announced on 2 speakers.":
                    reply = (await hall.ask("tell everyone dinner is ready", speak=False)).reply

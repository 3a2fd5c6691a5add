"""A whole speaker with a real broker, socket and state folder: its code leaves it on no way, with transcripts on."""

import asyncio
import json
import logging
from pathlib import Path

import pytest

from edge.assembly import open_pipeline
from edge.runtime.clock import SystemClock
from edge.settings import Settings
from tests.fakes.audio import FakeSink, FakeSource
from tests.mqtt.mosquitto import Mosquitto
from tests.mqtt.world import PREFIX, observing

pytestmark = pytest.mark.slow  # a real broker

CODE = "80319"
SPOKEN = ("eight zero three one nine", "8 0 3 1 9", "the code is 80319")
WRONG = ("80318", "eight zero three one eight")


def settings_of(folder: Path, broker: Mosquitto) -> Settings:
    file = folder / "code"
    file.write_text(CODE, encoding="utf-8")
    file.chmod(0o600)
    lock = {"name": "front door", "domain": "lock", "topic": "door/set", "on": "LOCK", "off": "UNLOCK"}
    return Settings.model_validate(
        {
            "device": {"id": "kitchen"},
            "models": {"folder": folder / "none", "offline": True},
            "mqtt": {"host": "127.0.0.1", "port": broker.port},
            "telemetry": {"transcripts": True},
            "home": {"unlock": "code", "code_file": file, "entities": [lock]},
        }
    )


async def test_the_code_opens_the_door_and_is_found_nowhere(
    mosquitto: Mosquitto, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    state = tmp_path / "state"
    clock = SystemClock()
    source, sink = FakeSource(clock), FakeSink(clock)
    replies: list[str] = []
    heard: list[tuple[str, bytes]] = []
    async with observing(mosquitto) as seen, observing(mosquitto) as witness:
        async with open_pipeline(
            settings_of(tmp_path, mosquitto),
            source=source,
            sink=sink,
            clock=clock,
            state=state,
            control=state / "control.sock",
        ):
            reader, writer = await asyncio.open_unix_connection(state / "control.sock")

            async def ask(text: str) -> str:
                writer.write(json.dumps({"command": "ask", "text": text}).encode() + b"\n")
                line = (await reader.readline()).decode()
                replies.append(line)
                return str(json.loads(line)["record"]["reply"])

            for code in (*SPOKEN, CODE):
                assert (await ask("unlock the front door")).startswith("Say the code")
                await ask(code)
                assert await seen.next("door/set") == b"UNLOCK"
            await ask("unlock the front door")
            for wrong in WRONG:
                assert "not the code" in await ask(wrong)
            await ask("no")
            for late in (CODE, "my code is eight zero three one nine", f"unlock the front door {CODE}"):
                await ask(late)
            await seen.publish(f"{PREFIX}/command/ask", b'{"text": "unlock the front door", "id": "a"}')
            await seen.publish(f"{PREFIX}/command/ask", json.dumps({"text": CODE, "id": "b"}).encode())
            writer.close()
            async with asyncio.timeout(30):
                while True:
                    answer = json.loads(await seen.next(f"{PREFIX}/event"))
                    if answer.get("id") == "b":
                        break
            await seen.publish("end")
        async with asyncio.timeout(10):
            async for message in witness.messages():
                if str(message.topic) == "end":
                    break
                heard.append((str(message.topic), bytes(message.payload)))
    logged = capfd.readouterr()
    reports = [payload.decode() for topic, payload in heard if not topic.startswith(f"{PREFIX}/command/")]
    assert any('"transcript":"unlock the front door"' in report for report in reports), "the owner records what is said"
    everything = [
        *replies,
        logged.out,
        logged.err,
        caplog.text,
        *reports,
        *(path.read_bytes().decode("latin-1") for path in state.rglob("*") if path.is_file()),
    ]
    found = [text for text in everything for form in (CODE, *SPOKEN, *WRONG) if form in text.casefold()]
    assert found == []

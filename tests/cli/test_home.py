"""`edge-voice home`, as a user types it: beside a running speaker, and without one with a real broker."""

import asyncio
import json
from pathlib import Path

import pytest

from edge.control import Command, ExplainHome, ListHome, Reply
from edge.control.socket import ControlServer
from edge.runtime.virtual_time import VirtualClock
from tests.cli.test_control import edge_voice
from tests.fakes.guarded_home import GuardedHome
from tests.home.test_owner import ANNOUNCED
from tests.mqtt.mosquitto import Mosquitto
from tests.mqtt.world import observing

SETTINGS = """
[mqtt]
host = "127.0.0.1"
port = {port}

[home]
unlock = "never"

[[home.things]]
match = "Hall Lamp"
aliases = ["coat light"]

[[home.things]]
match = "Nothing"
"""


async def beside_a_speaker(folder: Path, *arguments: str) -> tuple[int, str, str]:
    guarded = GuardedHome(folder, announced=ANNOUNCED, entities=[], clock=VirtualClock())

    async def execute(command: Command) -> Reply:
        if isinstance(command, ExplainHome):
            return await guarded.known.explain(command.text)
        assert isinstance(command, ListHome)
        return guarded.known.report()

    async with ControlServer(folder / "edge-voice" / "control.sock", execute):
        return await edge_voice(folder, "home", *arguments)


async def test_the_running_speaker_lists_its_things(tmp_path: Path) -> None:
    status, out, err = await beside_a_speaker(tmp_path)
    assert (status, err) == (0, "")
    row = next(line for line in out.splitlines() if line.startswith("Attic Lamp"))
    assert row.split()[2:] == ["Attic", "light", "not", "known", "discovery"]


async def test_json_has_everything(tmp_path: Path) -> None:
    status, out, _ = await beside_a_speaker(tmp_path, "--json")
    document = json.loads(out)
    assert status == 0
    assert {it["id"] for it in document["things"]} >= {"light.attic-lamp", "lock.cellar-door"}
    assert document["refused"] == document["misfits"] == []


@pytest.mark.parametrize("text", ["Cellar Door", "unlock the cellar door"])
async def test_the_running_speaker_explains(text: str, tmp_path: Path) -> None:
    status, out, err = await beside_a_speaker(tmp_path, "explain", text)
    assert (status, err) == (0, "")
    assert "z/cellar-door/set <- UNLOCK" in out
    assert "asks first: it opens a way into the home: [home] unlock" in out
    assert "homeassistant/lock/e/config" in out
    status, out, _ = await beside_a_speaker(tmp_path, "explain", text, "--json")
    assert json.loads(out)["text"] == text


async def test_nothing_to_explain_is_a_mistake(tmp_path: Path) -> None:
    status, _, err = await edge_voice(tmp_path, "home", "explain", " ")
    assert status != 0
    assert "edge-voice home explain" in err


@pytest.mark.slow
async def test_without_a_speaker_the_broker_is_read_and_nothing_is_sent(mosquitto: Mosquitto, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(SETTINGS.format(port=mosquitto.port), encoding="utf-8")
    async with observing(mosquitto) as seen:
        for topic, payload in ANNOUNCED.items():
            await seen.publish(topic, json.dumps(payload).encode(), retain=True)
        await seen.publish("z/hall-lamp", b'{"state": "ON"}', retain=True)
        await seen.publish("homeassistant/light/bad/config", b"nonsense", retain=True)
        status, out, err = await edge_voice(tmp_path, "-c", file, "home")
        assert (status, err) == (0, "")
        lines = out.splitlines()
        lamp = next(at for at, line in enumerate(lines) if line.startswith("Hall Lamp"))
        assert lines[lamp].split()[2:] == ["Hall", "light", "on", "discovery"]
        assert "coat light" in lines[lamp + 1]
        assert any(line.startswith("not usable: homeassistant/light/bad/config: ") for line in lines)
        assert any(line.startswith("your settings: home.things.1.match: ") for line in lines)
        status, out, _ = await edge_voice(tmp_path, "-c", file, "home", "explain", "unlock the cellar door")
        assert status == 0
        assert "I'm not allowed to unlock the Cellar Door." in out
        await seen.publish("end")
        sent = []
        async with asyncio.timeout(10):
            async for message in seen.messages():
                if str(message.topic) == "end":
                    break
                sent.append(str(message.topic))
    assert [topic for topic in sent if topic.endswith("/set") or topic.startswith("edge-voice/")] == []


async def test_without_a_broker_the_things_of_the_settings_are_known(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("", encoding="utf-8")
    status, out, err = await edge_voice(tmp_path, "-c", file, "home")
    assert (status, err) == (0, "")
    assert out == "nothing is known of the home: see docs/home.md\n"

"""Measures how soon the speaker's state reaches a real Mosquitto, and a command, its confirmation and the reply.

    python scripts/measure_broker.py

Starts Mosquitto with its default settings on the loopback interface, the speaker's own connection, reports and home,
and another client that watches and is a lamp. While states change, turns are reported as well. All times are
milliseconds, from the change to the message in the hands of the other client; `silent_messages` are states that came
in ten seconds without a change. Prints one JSON line.
"""

import asyncio
import json
import random
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

import aiomqtt

from edge.bench.common import machine, percentiles
from edge.events import Intent
from edge.home.acting.publisher import MqttPublisher
from edge.home.opened import OpenHome
from edge.mqtt.connection import Connection
from edge.runtime.clock import SystemClock
from edge.telemetry.reporter import Reporter
from tests.fakes.home import FakeSpeaker
from tests.fakes.language import ENGLISH
from tests.mqtt.mosquitto import Mosquitto
from tests.mqtt.world import PREFIX, TURN, settings

CHANGES = 200
COMMANDS = 100
SILENT_S = 10.0
LAMP = {
    "name": "Lamp",
    "unique_id": "lamp",
    "command_topic": "lamp/set",
    "state_topic": "lamp/state",
    "device": {"identifiers": ["lamp"]},
}


class Other:
    """The other client: notes when each volume and each command came, and answers as a lamp."""

    def __init__(self, client: aiomqtt.Client) -> None:
        self._client = client
        self.states = 0
        self.volumes: dict[int, float] = {}
        self.commanded_at = self.answered_at = 0.0

    async def run(self) -> None:
        """Watch and answer until cancelled."""
        async for message in self._client.messages:
            at = time.perf_counter()
            if str(message.topic) == f"{PREFIX}/state":
                self.states += 1
                self.volumes.setdefault(json.loads(bytes(message.payload))["volume"], at)
            elif str(message.topic) == "lamp/set":
                self.commanded_at = at
                await asyncio.sleep(0.02)
                self.answered_at = time.perf_counter()
                await self._client.publish("lamp/state", message.payload, qos=0)


@asynccontextmanager
async def other_client(port: int) -> AsyncIterator[Other]:
    """The client, subscribed; its lamp is announced."""
    at_once = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
    async with aiomqtt.Client("127.0.0.1", port, socket_options=at_once) as client:
        await client.subscribe([(f"{PREFIX}/#", 1), ("lamp/set", 1)])
        await client.publish("homeassistant/light/lamp/config", json.dumps(LAMP), qos=1, retain=True)
        it = Other(client)
        running = asyncio.create_task(it.run())
        try:
            yield it
        finally:
            running.cancel()
            await asyncio.wait({running})


async def measure(broker: Mosquitto, folder: Path) -> dict[str, object]:
    """What is printed; `folder` is the state folder."""
    chosen, clock = settings(broker.port), SystemClock()
    async with (
        other_client(broker.port) as other,
        Connection(chosen.mqtt, device_id="kitchen") as mqtt,
        Reporter(chosen, mqtt, state=folder) as reports,
    ):
        home = OpenHome(chosen, MqttPublisher(mqtt), FakeSpeaker(), clock, folder, ENGLISH.replies, rings=True,
                        intercom=None, on_names=lambda _: None)  # fmt: skip
        following = asyncio.create_task(home.watch.run(mqtt))
        await home.watch.settled.wait()
        state_ms = await _states(reports, other)
        before = other.states
        await asyncio.sleep(SILENT_S)
        silent = other.states - before
        command_ms, reply_ms = await _commands(home, other)
        following.cancel()
        await asyncio.wait({following})
        await home.watch.aclose()
    return {
        "state_ms": percentiles(state_ms),
        "silent_messages": silent,
        "command_ms": percentiles(command_ms),
        "reply_ms": percentiles(reply_ms),
        "machine": machine(),
    }


async def _states(reports: Reporter, other: Other) -> list[float]:
    reports.state(muted=False, volume=0, wake_words=(), versions={}, degraded={})
    changed: dict[int, float] = {}
    for volume in range(1, CHANGES + 1):
        await asyncio.sleep(random.uniform(0.02, 0.12))  # noqa: S311 - no secret
        reports.turn(TURN)
        changed[volume] = time.perf_counter()
        reports.state(volume=volume)
    await asyncio.sleep(1)
    return [(other.volumes[volume] - at) * 1000 for volume, at in changed.items()]


async def _commands(home: OpenHome, other: Other) -> tuple[list[float], list[float]]:
    command_ms, reply_ms = [], []
    for at in range(COMMANDS):
        await asyncio.sleep(random.uniform(0.02, 0.12))  # noqa: S311 - no secret
        began = time.perf_counter()
        reply = await home.actions.act(Intent("HassTurnOff" if at % 2 else "HassTurnOn", {"name": "Lamp"}))
        ended = time.perf_counter()
        if reply is None or "didn't" in reply.text:
            sys.exit(f"the lamp was not switched: {reply}")
        command_ms.append((other.commanded_at - began) * 1000)
        reply_ms.append((ended - other.answered_at) * 1000)
    return command_ms, reply_ms


if __name__ == "__main__":
    with TemporaryDirectory() as at:
        mosquitto = Mosquitto(Path(at))
        mosquitto.start()
        try:
            print(json.dumps(asyncio.run(measure(mosquitto, Path(at) / "state"))))
        finally:
            mosquitto.stop()

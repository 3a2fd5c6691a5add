"""Ten thousand records, a real broker that is killed twenty times, and a sender that is killed in between.

Each kill is SIGKILL. What the broker has acknowledged it had passed on before, so a subscribed observer has it in its
socket; the speaker reaches the broker through a door that opens when the observer has subscribed.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.mqtt.mosquitto import Mosquitto
from tests.mqtt.world import PREFIX

ROOT = Path(__file__).parents[2]
TOTAL = 10_000
BROKER_KILLS = 20
SENDER_KILLS = 7

pytestmark = pytest.mark.slow  # a real broker, many times

_CONNECT = b"\x10\x14\x00\x04MQTT\x04\x02\x00\x00\x00\x08observer"
_SUBSCRIBE = b"\x82\x06\x00\x01\x00\x01#\x00"


class Observer(asyncio.Protocol):
    """A subscriber of everything (MQTT 3.1.1, QoS 0) that takes every byte that came before the connection ended."""

    def __init__(self, on_record: Callable[[dict[str, object]], None]) -> None:
        self.subscribed = asyncio.Event()
        self.ended = asyncio.Event()
        self._on_record = on_record
        self._bytes = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        transport.write(_CONNECT + _SUBSCRIBE)

    def connection_lost(self, exc: Exception | None) -> None:
        _ = exc
        self.ended.set()

    def data_received(self, data: bytes) -> None:
        self._bytes += data
        while (size := self._packet_size()) is not None:
            packet, self._bytes = self._bytes[:size], self._bytes[size:]
            if packet[0] == 0x90:
                self.subscribed.set()
            elif packet[0] & 0xF0 == 0x30:
                self._note(packet)

    def _packet_size(self) -> int | None:
        """The size of the first packet; None before it has arrived as a whole."""
        length = 0
        for at, byte in enumerate(self._bytes[1:5]):
            length |= (byte & 0x7F) << 7 * at
            if byte < 0x80:
                return 2 + at + length if len(self._bytes) >= 2 + at + length else None
        return None

    def _note(self, packet: bytes) -> None:
        header = 2 if packet[1] < 0x80 else 3
        end = header + 2 + int.from_bytes(packet[header : header + 2])
        if packet[header + 2 : end].decode() == f"{PREFIX}/event":
            self._on_record(json.loads(packet[end:]))


class Door:
    """A port that passes connections on to the broker while it is open."""

    def __init__(self, broker: Mosquitto) -> None:
        self._broker = broker
        self._server: asyncio.Server | None = None
        self.port = 0

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def shut(self) -> None:
        assert self._server is not None
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            onward = await asyncio.open_connection("127.0.0.1", self._broker.port)
        except OSError:
            writer.transport.abort()
            return
        await asyncio.gather(self._pass(reader, onward[1]), self._pass(onward[0], writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                writer.write(data)
        except ConnectionError:
            pass
        finally:
            writer.close()


@pytest.mark.timeout(120)
async def test_nothing_is_lost_and_nothing_is_doubled_but_what_an_interruption_repeats(
    mosquitto: Mosquitto, tmp_path: Path
) -> None:
    seen: list[tuple[str, int]] = []
    late = 0

    def note(record: dict[str, object]) -> None:
        nonlocal late
        seen.append((str(record["id"]), int(str(record["number"]))))
        late += record.get("late") is True

    async def observe() -> Observer:
        loop = asyncio.get_running_loop()
        _, observer = await loop.create_connection(lambda: Observer(note), "127.0.0.1", mosquitto.port)
        await observer.subscribed.wait()
        return observer

    def send() -> "subprocess.Popen[bytes]":
        command = [sys.executable, str(ROOT / "tests/telemetry/sending.py"), str(door.port), str(state), str(TOTAL)]
        return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=log, stderr=log)

    state = tmp_path / "state"
    state.mkdir()
    door, observer = Door(mosquitto), await observe()
    await door.open()
    broker_dies = [TOTAL * n // (BROKER_KILLS + 1) for n in range(1, BROKER_KILLS + 1)]
    sender_dies = [TOTAL * n // (SENDER_KILLS + 1) + 111 for n in range(SENDER_KILLS)]
    with (tmp_path / "sender.log").open("wb") as log:
        sender = send()
        while sender.poll() is None:
            await asyncio.sleep(0.001)
            if broker_dies and len(seen) >= broker_dies[0]:
                broker_dies.pop(0)
                mosquitto.stop()
                door.shut()
                await observer.ended.wait()
                mosquitto.start()
                observer = await observe()
                await door.open()
            if sender_dies and len(seen) >= sender_dies[0]:
                sender_dies.pop(0)
                sender.kill()
                sender.wait()
                sender = send()
    door.shut()
    mosquitto.stop()
    await observer.ended.wait()
    assert sender.returncode == 0, (tmp_path / "sender.log").read_text()
    assert broker_dies == sender_dies == []
    numbers = list(dict.fromkeys(number for _, number in seen))
    assert numbers == list(range(TOTAL)), "all of them, in order"
    repeated = len(seen) - len({record_id for record_id, _ in seen})
    assert repeated <= BROKER_KILLS + SENDER_KILLS
    assert late > 0

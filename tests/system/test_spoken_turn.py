"""The daemon as a user has it, spoken to and listened to: real sound devices, a real broker, real engines."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from edge.audio.recordings import read_recording
from edge.bench.turn import RECORDINGS
from edge.events import Samples
from edge.settings import SttSettings
from edge.store import ModelStore
from edge.stt import Stt, open_stt
from tests.mqtt.mosquitto import Mosquitto
from tests.system.sound_server import SoundServer, recording, say

pytestmark = [pytest.mark.system, pytest.mark.usefixtures("sound_server")]

LIGHT = "home/kitchen/light/set"


@pytest.fixture(scope="module")
def stt(store: ModelStore) -> Stt:
    return open_stt(SttSettings(), store)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    broker = Mosquitto(tmp_path)
    broker.start()
    yield broker
    broker.stop()


def spoken(name: str) -> Samples:
    return read_recording(RECORDINGS.parent / f"{name}.flac")


@dataclass
class Daemon:
    """`edge-voice run` in a process of its own, and what it logs."""

    process: asyncio.subprocess.Process

    async def logged(self, *pieces: str) -> str:
        """The next line of the log that holds every piece."""
        assert self.process.stderr is not None
        async with asyncio.timeout(40):
            while line := (await self.process.stderr.readline()).decode():
                if all(piece in line for piece in pieces):
                    return line
        pytest.fail(f"the daemon ended before it logged {pieces}")

    async def language_model(self) -> str:
        """The process id of its language model, once it has started."""
        async with asyncio.timeout(20):
            while not (child := await self._child()):  # noqa: ASYNC110 - another process is waited for
                await asyncio.sleep(0.1)
        return child

    async def _child(self) -> str:
        return (await output("pgrep", "-P", str(self.process.pid), "-f", "edge.llm.child")).strip()


async def output(*command: str) -> str:
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    return (await process.communicate())[0].decode()


@contextlib.asynccontextmanager
async def daemon(folder: Path, *, settings: str = "", without_network: bool = False) -> AsyncIterator[Daemon]:
    config = folder / "config.toml"
    config.write_text('[audio]\ninput = "test_microphone"\noutput = "test_speaker"\nvolume = 100\n' + settings)
    command = [sys.executable, "-m", "edge", "--config", str(config), "--log-level", "info", "run"]
    if without_network:
        command = ["unshare", "-n", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", *command]
    process = await asyncio.create_subprocess_exec(
        *command, stderr=subprocess.PIPE, env=os.environ | {"STATE_DIRECTORY": "", "XDG_STATE_HOME": str(folder)}
    )
    running = Daemon(process)
    child = ""
    try:
        await running.logged("listening")
        yield running
    finally:
        if process.returncode is None:
            child = await running._child()
            process.send_signal(signal.SIGTERM)
            began = time.monotonic()
            await asyncio.wait_for(process.wait(), 10)
            assert time.monotonic() - began < 2, "it stops within two seconds"
    assert process.returncode == 0
    assert child not in (await output("ps", "-eo", "pid")).split(), "nothing is left behind"


def understood(stt: Stt, path: Path) -> str:
    """What a user in the room hears the speaker say."""
    samples, rate_hz = soundfile.read(path, dtype="float32")
    loud = np.flatnonzero(np.abs(samples) > 0.005)
    # Behind five seconds of silence, which no turn gives to the recogniser, it hears nothing of some short sentences.
    samples = samples[max(0, loud[0] - rate_hz // 3) if len(loud) else 0 :]
    stream = stt.stream()
    stream.feed(np.asarray(soxr.resample(samples, rate_hz, 16_000), np.float32))
    return stream.finish().text.lower()


async def test_a_question_is_answered_aloud_with_the_network_cable_pulled(tmp_path: Path, stt: Stt) -> None:
    async with daemon(tmp_path, without_network=True) as running, recording(tmp_path / "out.wav"):
        await say(tmp_path / "in.wav", spoken("01-time"))
        await running.logged("turn", "intent=HassGetCurrentTime", "outcome=answered")
    assert "it's" in understood(stt, tmp_path / "out.wav")


async def test_the_model_on_the_board_answers_aloud_without_a_network(tmp_path: Path, stt: Stt) -> None:
    async with daemon(tmp_path, without_network=True) as running, recording(tmp_path / "out.wav"):
        await say(tmp_path / "in.wav", spoken("08-story"))
        await running.logged("turn", "answerer=llm", "outcome=answered")
    assert "mouse" in understood(stt, tmp_path / "out.wav")


async def test_a_timer_set_by_voice_rings_until_the_wake_word(tmp_path: Path, stt: Stt) -> None:
    request = tmp_path / "request.wav"
    sentence = "Alexa! Set a timer for six seconds."
    await output(sys.executable, "-m", "edge", "say", sentence, "-o", str(request))
    async with daemon(tmp_path, without_network=True) as running:
        await say(tmp_path / "in.wav", read_recording(request))
        await running.logged("turn", "intent=HassStartTimer", "outcome=answered")
        await running.logged("ring", "kind=timer")
        async with recording(tmp_path / "out.wav"):
            await asyncio.sleep(6)
            await say(tmp_path / "in.wav", spoken("wake-1"))
            await running.logged("wake")
    assert "timer is done" in understood(stt, tmp_path / "out.wav")


async def test_a_spoken_command_reaches_the_broker_and_the_text_does_not(tmp_path: Path, broker: Mosquitto) -> None:
    seen = tmp_path / "seen.txt"
    settings = (
        f'[device]\nid = "kitchen"\n[mqtt]\nhost = "127.0.0.1"\nport = {broker.port}\n'
        f'[[home.entities]]\nname = "kitchen light"\narea = "kitchen"\ntopic = "{LIGHT}"\n'
    )
    with seen.open("w") as out:
        watch = await asyncio.create_subprocess_exec(
            "mosquitto_sub", "-p", str(broker.port), "-t", "#", "-F", "%t %p", stdout=out
        )
        async with daemon(tmp_path, settings=settings) as running:
            await say(tmp_path / "in.wav", spoken("06-light-on"))
            await running.logged("turn", "intent=HassTurnOn", "outcome=answered")
        watch.terminate()
        await watch.wait()
    messages = [line.split(" ", 1) for line in seen.read_text().splitlines()]
    assert [LIGHT, "ON"] in messages
    assert [payload for topic, payload in messages if topic == "edge-voice/kitchen/status"] == ["online", "offline"]
    turn = json.loads(next(payload for topic, payload in messages if topic == "edge-voice/kitchen/turn"))
    assert turn["answerer"] == "home"
    assert "kitchen light" not in json.dumps(turn).replace(LIGHT, "")


async def test_a_broker_that_dies_never_touches_a_turn(tmp_path: Path, broker: Mosquitto) -> None:
    settings = f'[mqtt]\nhost = "127.0.0.1"\nport = {broker.port}\n'
    async with daemon(tmp_path, settings=settings) as running:
        broker.stop()
        await say(tmp_path / "in.wav", spoken("01-time"))
        await running.logged("turn", "intent=HassGetCurrentTime", "outcome=answered")


async def test_a_killed_language_model_is_replaced_and_the_question_is_answered_all_the_same(
    tmp_path: Path, stt: Stt
) -> None:
    async with daemon(tmp_path) as running:
        async with recording(tmp_path / "out.wav"):
            killed = await running.language_model()
            os.kill(int(killed), signal.SIGSTOP)  # it cannot have answered when it is killed
            await say(tmp_path / "in.wav", spoken("08-story"))
            await asyncio.sleep(2)
            os.kill(int(killed), signal.SIGKILL)
            await running.logged("turn", "answerer=llm", "outcome=answered")
        assert await running.language_model() != killed
    assert "mouse" in understood(stt, tmp_path / "out.wav")


async def test_an_unplugged_sound_card_comes_back_while_the_daemon_runs(
    tmp_path: Path, sound_server: SoundServer
) -> None:
    async with daemon(tmp_path) as running:
        sound_server.unplug()
        await running.logged("device-lost")
        sound_server.plug()
        await running.logged("device-open", "microphone")
        await say(tmp_path / "in.wav", spoken("01-time"))
        await running.logged("turn", "intent=HassGetCurrentTime")

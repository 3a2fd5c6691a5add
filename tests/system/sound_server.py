"""A PulseAudio of our own with null sinks: a microphone that is fed, a speaker that is recorded."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from edge.events import Samples

PROGRAMS = ("pulseaudio", "pactl", "paplay", "parecord")
MICROPHONE = "module-null-sink sink_name=micfeed rate=16000 channels=1"
STEREO = "module-null-sink sink_name=stereofeed rate=16000 channels=2"
SPEAKER = "module-null-sink sink_name=room rate=48000 channels=2"
ALSA = """
</usr/share/alsa/alsa.conf>
pcm.test_microphone { type pulse device micfeed.monitor }
pcm.test_stereo { type pulse device stereofeed.monitor }
pcm.test_speaker { type pulse device room }
"""


class SoundServer:
    """A PulseAudio whose devices can be unplugged."""

    def __init__(self, folder: Path) -> None:
        script = folder / "pulse.pa"
        script.write_text(
            f"load-module module-native-protocol-unix socket={folder}/native auth-anonymous=1\n"
            f"load-module {SPEAKER}\nload-module {MICROPHONE}\nload-module {STEREO}\n"
        )
        options = ["--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"]
        with (folder / "pulse.log").open("w") as log:
            self._process = subprocess.Popen(
                ["pulseaudio", "-n", "-F", script, *options], env=os.environ | {"HOME": str(folder)}, stderr=log
            )
        deadline = time.monotonic() + 10
        while subprocess.run(["pactl", "info"], capture_output=True, check=False).returncode:
            if self._process.poll() is not None or time.monotonic() > deadline:
                pytest.fail((folder / "pulse.log").read_text())
            time.sleep(0.05)

    def unplug(self) -> None:
        """Take both devices away. With one left the server would move the streams of the other there."""
        modules = subprocess.run(["pactl", "list", "short", "modules"], capture_output=True, text=True, check=True)
        for line in modules.stdout.splitlines():
            if "null-sink" in line:
                subprocess.run(["pactl", "unload-module", line.split()[0]], check=True)

    def plug(self) -> None:
        """Bring them back."""
        for module in (SPEAKER, MICROPHONE, STEREO):
            subprocess.run(["pactl", "load-module", *module.split()], check=True, capture_output=True)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)


@pytest.fixture(scope="module", name="sound_server")
def start_sound_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundServer]:
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        pytest.skip(f"{', '.join(missing)} not installed (Debian: apt-get install pulseaudio pulseaudio-utils)")
    pytest.importorskip("pyaudio", reason="PyAudio, the extra `mic`, is not installed")
    folder = tmp_path_factory.mktemp("sound")
    (folder / "alsa.conf").write_text(ALSA)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ALSA_CONFIG_PATH", str(folder / "alsa.conf"))
        environment.setenv("PULSE_SERVER", f"unix:{folder}/native")
        server = SoundServer(folder)
        yield server
        server.stop()


@contextlib.asynccontextmanager
async def recording(path: Path) -> AsyncIterator[None]:
    """What the speaker plays is written to a file; the server needs a moment before and after."""
    process = await asyncio.create_subprocess_exec(
        "parecord", "--device=room.monitor", "--latency-msec=20", "--rate=48000", "--channels=1", str(path)
    )
    async with asyncio.timeout(20):
        while not await _is_recorded("room.monitor"):  # noqa: ASYNC110 - another process begins to record
            await asyncio.sleep(0.05)
    await asyncio.sleep(1)
    yield
    await asyncio.sleep(1)
    process.send_signal(signal.SIGINT)
    await process.wait()


async def _is_recorded(source: str) -> bool:
    """Whether a program records this source: on a busy machine it begins seconds after it was started."""
    ids = [line.split()[0] for line in await _listed("sources") if line.split()[1] == source]
    return any(line.split()[1] in ids for line in await _listed("source-outputs"))


async def _listed(kind: str) -> list[str]:
    listing = await asyncio.create_subprocess_exec("pactl", "list", "short", kind, stdout=asyncio.subprocess.PIPE)
    return (await listing.communicate())[0].decode().splitlines()


async def say(path: Path, samples: Samples, device: str = "micfeed") -> None:
    """Speak into the microphone; the server loses the beginning of a stream, so silence goes before."""
    silence = np.zeros((16_000, *samples.shape[1:]), np.float32)
    soundfile.write(path, np.concatenate([silence, samples]), 16_000, subtype="PCM_16")
    process = await asyncio.create_subprocess_exec("paplay", f"--device={device}", str(path))
    assert await process.wait() == 0

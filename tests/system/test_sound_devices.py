"""The microphone and the speaker on a real sound server: PulseAudio with null sinks, started and stopped here."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from structlog.testing import capture_logs

from edge.audio.devices import find_device, list_devices
from edge.audio.microphone import Microphone
from edge.audio.speaker import Speaker
from edge.errors import AudioError
from edge.events import AudioFrame, Samples, Speech
from edge.runtime.clock import SystemClock

pytestmark = pytest.mark.system

PROGRAMS = ("pulseaudio", "pactl", "paplay", "parecord")
missing = [program for program in PROGRAMS if shutil.which(program) is None]
if missing:
    pytest.skip(f"not installed: {', '.join(missing)} (pulseaudio, pulseaudio-utils)", allow_module_level=True)
pytest.importorskip("pyaudio", reason="the extra 'mic' is not installed")

MICROPHONE = "module-null-sink sink_name=micfeed rate=16000 channels=1"
SPEAKER = "module-null-sink sink_name=room rate=48000 channels=2"
ALSA = """
</usr/share/alsa/alsa.conf>
pcm.test_microphone { type pulse device micfeed.monitor }
pcm.test_speaker { type pulse device room }
"""
CLOCK = SystemClock()


class SoundServer:
    """A PulseAudio whose devices can be unplugged."""

    def __init__(self, folder: Path) -> None:
        script = folder / "pulse.pa"
        script.write_text(
            f"load-module module-native-protocol-unix socket={folder}/native auth-anonymous=1\n"
            f"load-module {SPEAKER}\nload-module {MICROPHONE}\n"
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
        for module in (SPEAKER, MICROPHONE):
            subprocess.run(["pactl", "load-module", *module.split()], check=True, capture_output=True)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundServer]:
    folder = tmp_path_factory.mktemp("sound")
    (folder / "alsa.conf").write_text(ALSA)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ALSA_CONFIG_PATH", str(folder / "alsa.conf"))
        environment.setenv("PULSE_SERVER", f"unix:{folder}/native")
        server = SoundServer(folder)
        yield server
        server.stop()


@contextlib.asynccontextmanager
async def listening() -> AsyncIterator[tuple[Microphone, list[AudioFrame]]]:
    """The microphone, and the frames it has given so far."""
    from edge.audio.portaudio import host  # noqa: PLC0415 - PyAudio may not be installed

    microphone = Microphone("test_microphone", host=host(), clock=CLOCK, carries_echo=True)
    microphone.line.start()
    frames: list[AudioFrame] = []

    async def listen() -> None:
        async for frame in microphone.frames():
            frames.append(frame)  # noqa: PERF401 - a list that others read while it grows

    task = asyncio.create_task(listen())
    try:
        yield microphone, frames
    finally:
        await microphone.aclose()
        await asyncio.wait_for(task, 5)


@contextlib.asynccontextmanager
async def speaking() -> AsyncIterator[Speaker]:
    """The speaker."""
    from edge.audio.portaudio import host  # noqa: PLC0415 - PyAudio may not be installed

    speaker = Speaker("test_speaker", host=host(), clock=CLOCK)
    speaker.line.start()
    try:
        yield speaker
    finally:
        await speaker.aclose()


@contextlib.asynccontextmanager
async def recording(path: Path) -> AsyncIterator[None]:
    """What the speaker plays is written to a file; the server needs a moment before and after."""
    process = await asyncio.create_subprocess_exec(
        "parecord", "--device=room.monitor", "--latency-msec=20", "--rate=48000", "--channels=1", str(path)
    )
    await asyncio.sleep(1)
    yield
    await asyncio.sleep(1)
    process.send_signal(signal.SIGINT)
    await process.wait()


async def say(path: Path, samples: Samples) -> None:
    """Speak into the microphone; the server loses the beginning of a stream, so silence goes before."""
    soundfile.write(path, np.concatenate([np.zeros(16_000, np.float32), samples]), 16_000, subtype="PCM_16")
    process = await asyncio.create_subprocess_exec("paplay", "--device=micfeed", str(path))
    assert await process.wait() == 0


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.02)


def noise(seconds: float) -> Samples:
    values = np.random.default_rng(1).integers(1, 20_000, round(seconds * 16_000))
    return values.astype(np.float32) / np.float32(32768)


def joined(frames: list[AudioFrame]) -> Samples:
    return np.concatenate([frame.samples for frame in frames])


@pytest.mark.usefixtures("server")
def test_the_devices_of_the_server_are_listed_and_found() -> None:
    names = {(device.direction, device.name) for device in list_devices()}
    assert {("input", "test_microphone"), ("output", "test_speaker")} <= names
    assert 16_000 in next(device for device in list_devices() if device.name == "test_microphone").rates_hz
    assert find_device("input", "test_micro").name == "test_microphone"
    with pytest.raises(AudioError, match="microphone-missing"):
        find_device("input", "another one")


@pytest.mark.usefixtures("server")
def test_sound_libraries_leave_the_terminal_alone(capfd: pytest.CaptureFixture[str]) -> None:
    list_devices()
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("server")
async def test_the_microphone_hears_bit_by_bit_what_is_played(tmp_path: Path) -> None:
    spoken = noise(2)
    async with listening() as (microphone, frames):
        await until(lambda: len(frames) > 10)
        await say(tmp_path / "in.wav", spoken)
        await until(lambda: not joined(frames[-16:]).any())
    heard = joined(frames)
    begin = int(np.flatnonzero(heard)[0])
    np.testing.assert_array_equal(heard[begin : begin + len(spoken)], spoken)
    assert microphone.dropped == 0
    assert [frame.start for frame in frames] == list(range(0, 512 * len(frames), 512))


@pytest.mark.usefixtures("server")
async def test_a_loop_that_hangs_drops_the_oldest_frames_and_counts_them() -> None:
    async with listening() as (microphone, frames):
        await until(lambda: len(frames) > 10)
        time.sleep(3)  # noqa: ASYNC251 - the loop hangs: this is the test
        await until(lambda: len(frames) > 100)
    assert microphone.dropped > 0
    leaps = np.diff([frame.start for frame in frames]) // 512 - 1
    assert leaps.sum() == microphone.dropped


@pytest.mark.usefixtures("server")
async def test_the_room_hears_what_the_speaker_is_given(tmp_path: Path) -> None:
    begin = np.arange(24_000) / 24_000
    tone = np.asarray(np.sin(begin * 2 * np.pi * 440) * 0.5, np.float32)
    async with speaking() as speaker, recording(tmp_path / "out.wav"):
        await speaker.write(Speech(tone, 24_000))
        await speaker.drain()
    samples, rate_hz = soundfile.read(tmp_path / "out.wav")
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    assert (loud[-1] - loud[0]) / rate_hz == pytest.approx(1, abs=0.01)
    heard = samples[loud[0] : loud[-1]]
    assert np.abs(heard).max() == pytest.approx(0.5, abs=0.01)
    assert np.abs(np.fft.rfft(heard)).argmax() * rate_hz / len(heard) == pytest.approx(440, abs=2)


@pytest.mark.usefixtures("server")
async def test_flushed_sound_is_not_heard(tmp_path: Path) -> None:
    async with speaking() as speaker, recording(tmp_path / "out.wav"):
        writing = asyncio.create_task(speaker.write(Speech(np.full(20 * 24_000, 0.5, np.float32), 24_000)))
        await asyncio.sleep(1)
        speaker.flush()
        await writing
    samples, rate_hz = soundfile.read(tmp_path / "out.wav")
    assert 0 < np.count_nonzero(samples > 0.1) < 3 * rate_hz


async def test_an_unplugged_microphone_is_noticed_and_heard_again(server: SoundServer, tmp_path: Path) -> None:
    with capture_logs() as logs:
        async with listening() as (microphone, frames):
            await until(lambda: len(frames) > 10)
            server.unplug()
            await until(lambda: microphone.missing)
            silent = len(frames)
            await until(lambda: len(frames) > silent + 30)
            server.plug()
            await until(lambda: not microphone.missing)
            spoken = noise(1)
            count = len(frames)
            await until(lambda: len(frames) > count + 10)
            await say(tmp_path / "again.wav", spoken)
            await until(lambda: not joined(frames[-16:]).any())
    heard = joined(frames)
    begin = int(np.flatnonzero(heard)[0])
    np.testing.assert_array_equal(heard[begin : begin + len(spoken)], spoken)
    events = [entry["event"] for entry in logs]
    assert [event for event in events if event == "device-lost"] == ["device-lost"]
    assert len([event for event in events if event.startswith("microphone-")]) == 1


async def test_a_reply_survives_an_unplugged_speaker(server: SoundServer, tmp_path: Path) -> None:
    long, short = np.full(6 * 24_000, 0.25, np.float32), np.full(24_000, 0.5, np.float32)
    async with speaking() as speaker:
        writing = asyncio.create_task(speaker.write(Speech(long, 24_000)))
        await asyncio.sleep(1)
        server.unplug()
        await until(lambda: speaker.missing)
        await asyncio.wait_for(writing, 20)
        await asyncio.wait_for(speaker.drain(), 20)
        server.plug()
        await until(lambda: not speaker.missing)
        async with recording(tmp_path / "again.wav"):
            await speaker.write(Speech(short, 24_000))
            await speaker.drain()
    samples, rate_hz = soundfile.read(tmp_path / "again.wav")
    assert np.count_nonzero(samples > 0.1) / rate_hz == pytest.approx(1, abs=0.02)

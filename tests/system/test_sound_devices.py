"""The microphone and the speaker on a real sound server: PulseAudio with null sinks, started and stopped here."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from structlog.testing import capture_logs

from edge.audio import list_devices
from edge.audio.devices import pick
from edge.audio.microphone import Microphone
from edge.audio.output import OutputDevice
from edge.errors import AudioError
from edge.events import AudioFrame, Samples, Speech
from edge.runtime.clock import SystemClock
from tests.system.sound_server import SoundServer, recording, say

pytestmark = pytest.mark.system

CLOCK = SystemClock()
WAKE_WORD = Path(__file__).parents[2] / "edge" / "bench" / "recordings" / "wake-1.flac"


@contextlib.asynccontextmanager
async def listening(name: str = "test_microphone") -> AsyncIterator[tuple[Microphone, list[AudioFrame]]]:
    """The microphone, and the frames it has given so far."""
    from edge.audio.portaudio import host

    microphone = Microphone(name, host=host(), clock=CLOCK, carries_echo=True)
    microphone.link.start()
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
async def speaking() -> AsyncIterator[OutputDevice]:
    """The speaker."""
    from edge.audio.portaudio import host

    speaker = OutputDevice("test_speaker", host=host(), clock=CLOCK)
    speaker.link.start()
    try:
        yield speaker
    finally:
        await speaker.aclose()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.02)


async def played_silence(speaker: OutputDevice) -> None:
    """A null sink takes the first blocks of a stream a second before it starts, and drops one or two of those."""
    speaker.prepare()
    await until(lambda: speaker.link.stream is not None and speaker.link.stream.blocks > 10)


def noise(seconds: float) -> Samples:
    values = np.random.default_rng(1).integers(1, 20_000, round(seconds * 16_000))
    return values.astype(np.float32) / np.float32(32768)


def joined(frames: list[AudioFrame]) -> Samples:
    return np.concatenate([frame.samples for frame in frames])


@pytest.mark.usefixtures("sound_server")
def test_the_devices_of_the_server_are_listed_and_found() -> None:
    names = {(device.direction, device.name) for device in list_devices()}
    assert {("input", "test_microphone"), ("output", "test_speaker")} <= names
    assert 16_000 in next(device for device in list_devices() if device.name == "test_microphone").rates_hz
    assert pick(list_devices(), "input", "test_micro").name == "test_microphone"
    with pytest.raises(AudioError, match="microphone-missing"):
        pick(list_devices(), "input", "another one")


@pytest.mark.usefixtures("sound_server")
def test_sound_libraries_leave_the_terminal_alone(capfd: pytest.CaptureFixture[str]) -> None:
    list_devices()
    assert capfd.readouterr().err == ""


# A sound server on a busy machine loses a sample now and then. What is ours would fail in every run.
@pytest.mark.flaky(reruns=3)
@pytest.mark.usefixtures("sound_server")
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


@pytest.mark.flaky(reruns=3)
@pytest.mark.usefixtures("sound_server")
async def test_a_microphone_in_opposite_phase_is_heard_through_a_server_that_could_mix_it_to_silence(
    tmp_path: Path,
) -> None:
    spoken = noise(2)
    async with listening("test_stereo") as (microphone, frames):
        await until(lambda: len(frames) > 10)
        assert microphone.link.stream is not None
        assert microphone.link.stream.format.channels == 2
        await say(tmp_path / "in.wav", np.stack([spoken, -spoken], axis=1), "stereofeed")
        await until(lambda: not joined(frames[-16:]).any())
    heard = joined(frames)
    begin = int(np.flatnonzero(heard)[0])
    np.testing.assert_allclose(heard[begin : begin + len(spoken)], spoken, atol=1e-4)


@pytest.mark.usefixtures("sound_server")
async def test_a_loop_that_hangs_drops_the_oldest_frames_and_counts_them() -> None:
    async with listening() as (microphone, frames):
        await until(lambda: len(frames) > 10)
        time.sleep(3)  # noqa: ASYNC251 - the loop hangs: this is the test
        await until(lambda: len(frames) > 100)
    assert microphone.dropped > 0
    leaps = np.diff([frame.start for frame in frames]) // 512 - 1
    assert leaps.sum() == microphone.dropped


@pytest.mark.usefixtures("sound_server")
async def test_the_room_hears_what_the_speaker_is_given(tmp_path: Path) -> None:
    begin = np.arange(24_000) / 24_000
    tone = np.asarray(np.sin(begin * 2 * np.pi * 440) * 0.5, np.float32)
    async with speaking() as speaker, recording(tmp_path / "out.wav"):
        await played_silence(speaker)
        await speaker.write(Speech(tone, 24_000))
        await speaker.drain()
    samples, rate_hz = soundfile.read(tmp_path / "out.wav")
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    assert (loud[-1] - loud[0]) / rate_hz == pytest.approx(1, abs=0.01)
    heard = samples[loud[0] : loud[-1]]
    assert np.abs(heard).max() == pytest.approx(0.5, abs=0.01)
    assert np.abs(np.fft.rfft(heard)).argmax() * rate_hz / len(heard) == pytest.approx(440, abs=2)


@pytest.mark.usefixtures("sound_server")
async def test_flushed_sound_is_not_heard(tmp_path: Path) -> None:
    async with speaking() as speaker, recording(tmp_path / "out.wav"):
        writing = asyncio.create_task(speaker.write(Speech(np.full(20 * 24_000, 0.5, np.float32), 24_000)))
        await asyncio.sleep(1)
        speaker.flush()
        await writing
    samples, rate_hz = soundfile.read(tmp_path / "out.wav")
    assert 0 < np.count_nonzero(samples > 0.1) < 3 * rate_hz


async def test_an_unplugged_microphone_is_noticed_and_heard_again(sound_server: SoundServer, tmp_path: Path) -> None:
    with capture_logs() as logs:
        async with listening() as (microphone, frames):
            await until(lambda: len(frames) > 10)
            sound_server.unplug()
            await until(lambda: microphone.missing)
            silent = len(frames)
            await until(lambda: len(frames) > silent + 30)
            sound_server.plug()
            await until(lambda: not microphone.missing)
            spoken = noise(1)
            count = len(frames)
            await until(lambda: len(frames) > count + 10)
            await say(tmp_path / "again.wav", spoken)
            await until(lambda: not joined(frames[-16:]).any())
    assert np.count_nonzero(joined(frames[count:])) == pytest.approx(len(spoken), rel=0.05)
    events = [entry["event"] for entry in logs]
    assert [event for event in events if event == "device-lost"] == ["device-lost"]
    assert len([event for event in events if event.startswith("microphone-")]) == 1


async def test_a_reply_survives_an_unplugged_speaker(sound_server: SoundServer, tmp_path: Path) -> None:
    long, short = np.full(6 * 24_000, 0.25, np.float32), np.full(24_000, 0.5, np.float32)
    async with speaking() as speaker:
        writing = asyncio.create_task(speaker.write(Speech(long, 24_000)))
        await asyncio.sleep(1)
        sound_server.unplug()
        await until(lambda: speaker.missing)
        await asyncio.wait_for(writing, 20)
        await asyncio.wait_for(speaker.drain(), 20)
        sound_server.plug()
        await until(lambda: not speaker.missing)
        async with recording(tmp_path / "again.wav"):
            await speaker.write(Speech(short, 24_000))
            await speaker.drain()
    samples, rate_hz = soundfile.read(tmp_path / "again.wav")
    assert np.count_nonzero(samples > 0.1) / rate_hz == pytest.approx(1, abs=0.02)


async def doctor(*arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit status of `edge-voice doctor --json`, and what it printed."""
    names = {"EDGE_VOICE__AUDIO__INPUT": "test_microphone", "EDGE_VOICE__AUDIO__OUTPUT": "test_speaker"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "edge", "doctor", "--json", *arguments),
        stdout=subprocess.PIPE,
        env=os.environ | names,
    )
    written, _ = await process.communicate()
    return process.returncode or 0, json.loads(written)


@pytest.mark.usefixtures("sound_server", "store")
async def test_doctor_notices_a_microphone_that_delivers_only_zeros() -> None:
    status, document = await doctor()
    assert status == 1
    assert [finding["code"] for finding in document["findings"]] == ["microphone-silent"]


@pytest.mark.usefixtures("sound_server", "store")
async def test_doctor_plays_a_sound_and_hears_the_wake_word(tmp_path: Path) -> None:
    samples, _ = soundfile.read(WAKE_WORD, dtype="float32")

    async def speak() -> None:
        for _ in range(4):
            await say(tmp_path / "in.wav", samples)

    async with recording(tmp_path / "room.wav"):
        speaking_meanwhile = asyncio.create_task(speak())
        status, document = await doctor("--listen", "--seconds", "6")
        await speaking_meanwhile
    assert (status, document["findings"]) == (0, [])
    assert document["heard"]["seconds"] == pytest.approx(6, abs=0.1)
    assert document["heard"]["wake_scores"]["alexa"] > 0.5
    assert -40 < document["heard"]["loudest_dbfs"] <= 0
    room, _ = soundfile.read(tmp_path / "room.wav", dtype="float32")
    assert np.abs(room).max() > 0.01

import asyncio

import numpy as np
import pytest

from edge.audio.devices import Format
from edge.audio.microphone import QUEUED_BLOCKS, WARN_EVERY_S, Framer, Microphone
from edge.events import FRAME_SAMPLES, AudioFrame, Samples
from edge.runtime import virtual_time
from edge.runtime.virtual_time import VirtualClock
from tests.fakes.sound_host import FakeHost


class Listener:
    """Takes the frames of a microphone on a fake host."""

    def __init__(self, host: FakeHost) -> None:
        self.host = host
        self.clock = VirtualClock()
        self.microphone = Microphone(None, host=host, clock=self.clock, carries_echo=True)
        self.heard: list[AudioFrame] = []
        self.task = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        async for frame in self.microphone.frames():
            self.heard.append(frame)

    async def settle(self) -> None:
        await self.clock.sleep(1e-6)

    @property
    def starts(self) -> list[int]:
        return [frame.start // FRAME_SAMPLES for frame in self.heard]


def block(value: float, length: int = FRAME_SAMPLES) -> Samples:
    return np.full(length, value, np.float32)


@virtual_time.instantly
async def test_at_16_khz_frames_are_what_the_device_delivered() -> None:
    listener = Listener(FakeHost())
    listener.microphone.link.step()
    await listener.settle()
    noise = np.random.default_rng(1).integers(-32768, 32767, (50, FRAME_SAMPLES)).astype(np.float32) / 32768
    for each in noise:
        listener.host.speak(each)
        await listener.settle()
    np.testing.assert_array_equal([frame.samples for frame in listener.heard], noise)
    assert listener.starts == list(range(50))
    await listener.microphone.aclose()
    await listener.task


@virtual_time.instantly
async def test_what_was_said_before_anybody_listened_is_not_heard_and_not_dropped() -> None:
    listener = Listener(FakeHost())
    listener.microphone.link.step()
    for _ in range(200):
        listener.host.speak(block(0.5))
    await listener.settle()
    listener.host.speak(block(0.25))
    await listener.settle()
    assert [frame.samples[0] for frame in listener.heard] == [0.25]
    assert listener.microphone.dropped == 0


@virtual_time.instantly
async def test_a_loop_that_hangs_loses_the_oldest_frames_and_they_are_counted() -> None:
    listener = Listener(FakeHost())
    listener.microphone.link.step()
    await listener.settle()
    listener.host.speak(block(0))
    await listener.settle()
    for number in range(QUEUED_BLOCKS + 10):
        listener.host.speak(block(number / 100))
    await listener.settle()
    assert listener.microphone.dropped == 10
    assert listener.starts == [0, *range(11, QUEUED_BLOCKS + 11)]
    assert [round(float(frame.samples[0]) * 100) for frame in listener.heard[1:]] == list(range(10, QUEUED_BLOCKS + 10))


@virtual_time.instantly
async def test_what_the_device_lost_is_counted() -> None:
    listener = Listener(FakeHost())
    listener.microphone.link.step()
    await listener.settle()
    listener.host.speak(block(0))
    listener.host.speak(block(0), lost=True)
    await listener.settle()
    assert listener.microphone.dropped == 1
    assert listener.starts == [0, 2]


@virtual_time.instantly
async def test_a_missing_microphone_is_silence_in_real_time() -> None:
    host = FakeHost()
    host.plugged = False
    listener = Listener(host)
    listener.microphone.link.step()
    assert listener.microphone.missing
    await listener.clock.sleep(3.2001)
    assert listener.starts == list(range(100))
    assert not any(frame.samples.any() for frame in listener.heard)


@virtual_time.instantly
async def test_an_unplugged_microphone_is_heard_again_when_it_is_back_and_time_went_on() -> None:
    host = FakeHost()
    listener = Listener(host)
    link = listener.microphone.link
    link.step()
    await listener.settle()
    for _ in range(10):
        await listener.clock.sleep(0.032)
        host.speak(block(0.5))
    await listener.settle()
    host.unplug()
    await listener.clock.sleep(0.32)  # nobody has noticed yet
    link.step()
    await listener.clock.sleep(0.321)
    host.plugged = True
    host.format = Format(48_000, 2)
    link.step()
    for _ in range(20):
        await listener.clock.sleep(0.032)
        host.speak(block(0.5, 2 * 1536))
    await listener.settle()
    silent = [number for number, frame in zip(listener.starts, listener.heard, strict=True) if not frame.samples.any()]
    assert silent == list(range(20, 30))
    assert listener.starts[:10] == list(range(10))
    assert listener.starts[-1] == pytest.approx(48, abs=1)
    assert listener.heard[-1].samples == pytest.approx(0.5, abs=0.01)
    assert listener.microphone.dropped == 0
    await listener.microphone.aclose()


@virtual_time.instantly
async def test_closing_ends_the_frames() -> None:
    listener = Listener(FakeHost())
    listener.microphone.link.start()
    await listener.settle()
    await listener.microphone.aclose()
    await listener.task
    assert all(stream.closed for stream in listener.host.opened)


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 22_050, 44_100, 48_000, 192_000])
@pytest.mark.parametrize("channels", [1, 2, 6])
def test_any_rate_and_number_of_channels_becomes_frames_of_the_same_tone(rate_hz: int, channels: int) -> None:
    framer = Framer()
    time = np.arange(2 * rate_hz) / rate_hz
    tone = np.rint(np.sin(time * 2 * np.pi * 440) * 16384).astype(np.int16)
    sound = np.repeat(tone, channels)
    if channels == 6:
        sound.reshape(-1, 6)[:, 1:] = 0
    frames: list[Samples] = []
    for each in np.array_split(sound.reshape(-1, channels), 62):
        frames.extend(framer.cut(Format(rate_hz, channels), each.tobytes()))
    assert {frame.shape for frame in frames} == {(FRAME_SAMPLES,)}
    samples = np.concatenate(frames)
    assert len(samples) > 30_000
    expected = np.sin(np.arange(len(samples)) / 16_000 * 2 * np.pi * 440) / 2
    assert samples[2000:] == pytest.approx(expected[2000:], abs=0.01)


def test_a_device_that_comes_back_with_another_rate_begins_anew() -> None:
    framer = Framer()
    framer.cut(Format(16_000, 1), bytes(200))
    assert not framer.cut(Format(8_000, 1), bytes(2))
    assert len(framer.cut(Format(16_000, 1), bytes(2 * FRAME_SAMPLES))) == 1


@virtual_time.instantly
async def test_a_board_that_loses_sound_all_the_time_warns_once_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    listener = Listener(FakeHost())
    listener.microphone.link.step()
    await listener.settle()
    for _ in range(round(2 * WARN_EVERY_S)):
        listener.host.speak(block(0), lost=True)
        await listener.clock.sleep(1)
    assert listener.microphone.dropped == 2 * WARN_EVERY_S
    assert capsys.readouterr().out.count("frames-dropped") == 2

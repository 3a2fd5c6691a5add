import asyncio

import numpy as np
import pytest

from edge.audio.devices import Format
from edge.audio.output import IDLE_S, OPENING_S, OutputDevice
from edge.events import Samples, Speech
from edge.runtime import virtual_time
from edge.runtime.virtual_time import VirtualClock
from tests.fakes.sound_host import FakeHost

BLOCK_S = 0.02


class Room:
    """An output on a fake host, and what is heard of it."""

    def __init__(self, rate_hz: int = 24_000) -> None:
        self.host = FakeHost()
        self.host.format = Format(rate_hz, 2)
        self.clock = VirtualClock()
        self.output = OutputDevice(None, host=self.host, clock=self.clock)
        self.heard: Samples = np.zeros(0, np.float32)

    async def play(self, seconds: float) -> None:
        """Let the device take what it wants for that long."""
        for _ in range(round(seconds / BLOCK_S)):
            self.heard = np.concatenate([self.heard, self.host.hear(BLOCK_S)])
            await self.clock.sleep(BLOCK_S)


def speech(seconds: float, level: float = 0.5, rate_hz: int = 24_000) -> Speech:
    return Speech(np.full(round(seconds * rate_hz), level, np.float32), rate_hz)


@virtual_time.instantly
async def test_the_device_gets_what_was_written_and_silence_after_it() -> None:
    room = Room()
    room.output.link.step()
    noise = np.random.default_rng(1).integers(-32768, 32767, 2400).astype(np.float32) / np.float32(32768)
    await room.output.write(Speech(noise, 24_000))
    await room.play(0.2)
    np.testing.assert_array_equal(room.heard[:2400], noise)
    assert not room.heard[2400:].any()
    assert len(room.heard) == 4800


@virtual_time.instantly
async def test_a_writer_waits_while_more_than_200_ms_are_unheard() -> None:
    room = Room()
    room.output.link.step()
    writing = asyncio.create_task(room.output.write(speech(1)))
    await room.play(0.74)
    assert not writing.done()
    await room.play(0.12)
    assert writing.done()


@virtual_time.instantly
async def test_drain_returns_when_the_device_has_played_what_it_holds() -> None:
    room = Room()
    room.output.link.step()
    began = room.clock.monotonic()
    await room.output.write(speech(0.1))
    draining = asyncio.create_task(room.output.drain())
    await room.play(0.2)
    await draining
    assert 0.1 <= room.clock.monotonic() - began <= 0.3
    assert len(np.flatnonzero(room.heard)) == 2400


@virtual_time.instantly
async def test_flush_fades_out_and_is_silent_within_50_ms() -> None:
    room = Room()
    room.output.link.step()
    writing = asyncio.create_task(room.output.write(speech(5)))
    await room.play(0.2)
    room.output.flush()
    await room.play(0.2)
    assert writing.done()
    last = np.flatnonzero(room.heard)[-1] / 24_000
    assert 0.2 < last + room.host.stream.latency_s < 0.25
    assert np.abs(np.diff(np.trim_zeros(room.heard, "f"))).max() < 0.01


@virtual_time.instantly
async def test_what_is_written_after_a_flush_is_heard() -> None:
    room = Room()
    room.output.link.step()
    await room.output.write(speech(0.1))
    room.output.flush()
    await room.play(0.1)
    await room.output.write(speech(0.1, level=0.25))
    await room.play(0.2)
    assert np.count_nonzero(room.heard == 0.25) == 2400


@virtual_time.instantly
async def test_any_rate_is_brought_to_that_of_the_device() -> None:
    room = Room(rate_hz=48_000)
    room.output.link.step()
    time = np.arange(4410) / 22_050
    tone = np.asarray(np.sin(time * 2 * np.pi * 300) * 0.5, np.float32)
    for piece in np.split(tone, 10):
        await room.output.write(Speech(piece, 22_050))
    draining = asyncio.create_task(room.output.drain())
    await room.play(0.4)
    await draining
    expected = np.sin(np.arange(9600) / 48_000 * 2 * np.pi * 300) * 0.5
    assert room.heard[1000:8600] == pytest.approx(expected[1000:8600], abs=0.002)
    assert not room.heard[9700:].any()


@virtual_time.instantly
async def test_the_volume_holds_for_what_is_written_from_now_on() -> None:
    room = Room()
    room.output.link.step()
    await room.output.write(speech(0.1))
    room.output.volume = 50
    await room.output.write(speech(0.1))
    await room.play(0.2)
    assert room.heard == pytest.approx(np.repeat([0.5, 0.0625], 2400), abs=1e-4)


@virtual_time.instantly
async def test_blocks_that_came_too_late_are_counted_only_while_something_plays() -> None:
    room = Room()
    room.output.link.step()
    room.host.hear(BLOCK_S, late=True)
    assert room.output.underruns == 0
    await room.output.write(speech(0.1))
    room.host.hear(BLOCK_S, late=True)
    assert room.output.underruns == 1


@virtual_time.instantly
async def test_a_device_that_was_closed_is_opened_when_a_sound_is_to_come() -> None:
    room = Room()
    room.output.link.step()
    await room.clock.sleep(IDLE_S + 1)
    room.output.link.step()
    assert room.output.link.stream is None
    room.output.prepare()
    room.output.link.step()
    assert room.output.link.stream is not None


@virtual_time.instantly
async def test_a_missing_output_discards_sound_in_real_time() -> None:
    room = Room()
    room.host.plugged = False
    room.output.link.step()
    assert room.output.missing
    began = room.clock.monotonic()
    await room.output.write(speech(2))
    assert room.clock.monotonic() - began == pytest.approx(1.8)
    await room.output.drain()
    assert room.clock.monotonic() - began == pytest.approx(2)


@virtual_time.instantly
async def test_a_reply_never_hangs_on_an_output_that_is_unplugged_in_its_middle() -> None:
    room = Room()
    room.output.link.step()
    began = room.clock.monotonic()
    writing = asyncio.create_task(room.output.write(speech(2)))
    await room.play(0.5)
    room.host.unplug()
    room.output.link.step()
    await writing
    await room.output.drain()
    assert room.clock.monotonic() - began == pytest.approx(2, abs=0.1)
    room.host.plugged = True
    room.output.link.step()
    await room.output.write(speech(0.1, level=0.25))
    room.heard = np.zeros(0, np.float32)
    await room.play(0.2)
    assert np.count_nonzero(room.heard == 0.25) == 2400


@virtual_time.instantly
async def test_an_idle_output_is_closed_and_the_next_sound_opens_it() -> None:
    room = Room()
    link = room.output.link
    link.step()
    await room.clock.sleep(IDLE_S + 1)
    link.step()
    assert link.stream is None
    assert not room.output.missing
    writing = asyncio.create_task(room.output.write(speech(0.1)))
    await room.clock.sleep(0.01)
    assert not writing.done()
    link.step()
    await writing
    await room.play(0.2)
    assert np.count_nonzero(room.heard) == 2400


@virtual_time.instantly
async def test_a_long_reply_is_not_cut_off_as_idle() -> None:
    room = Room()
    room.output.link.step()
    writing = asyncio.create_task(room.output.write(speech(IDLE_S + 10)))
    for _ in range(round(IDLE_S + 5)):
        await room.play(1)
        room.output.link.step()
    assert len(room.host.opened) == 1
    assert room.heard[-1] == 0.5
    writing.cancel()
    await room.output.aclose()


@virtual_time.instantly
async def test_a_reply_never_hangs_on_an_output_that_does_not_finish_opening() -> None:
    room = Room()  # its link is never stepped: the driver hangs in open
    began = room.clock.monotonic()
    for _ in range(3):
        await room.output.write(speech(1))
    await room.output.drain()
    assert room.clock.monotonic() - began == pytest.approx(OPENING_S + 3, abs=0.1)


@virtual_time.instantly
async def test_flush_says_how_much_the_device_took() -> None:
    room = Room()
    room.output.link.step()
    writing = asyncio.create_task(room.output.write(speech(5)))
    await room.play(0.5)
    assert room.output.position_s == pytest.approx(0.5 - room.host.stream.latency_s, abs=0.03)
    assert room.output.flush() == pytest.approx(0.5, abs=0.03)
    await room.play(0.2)
    await writing
    assert room.output.position_s == pytest.approx(0.5, abs=0.03)

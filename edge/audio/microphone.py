"""The microphone: callback, bounded queue, resampling, frames. Silence in real time while it is unplugged."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
import structlog

from edge.audio.channels import Mixer
from edge.audio.device_link import DeviceLink
from edge.audio.devices import Format, Host
from edge.events import FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE_HZ, AudioFrame, Samples
from edge.runtime.clock import Clock

log = structlog.get_logger("audio")

QUEUED_BLOCKS = 64
"""The queue holds two seconds; the oldest blocks are lost first."""

FRAME_S = FRAME_MS / 1000

WARN_EVERY_S = 60.0
"""Between two warnings about lost frames; the metrics count all of them."""


@dataclass(frozen=True, slots=True)
class _Block:
    number: int
    format: Format
    sound: bytes
    lost: bool
    """The device lost some sound before this block."""


class Microphone:
    """See `AudioSource`. Without a microphone the frames are silence in real time, so that the current turn ends.

    They stop only if a hanging driver keeps the device from being reopened, so that a watchdog can fire.

    `AudioFrame.start` keeps counting real time: it skips dropped frames and the time until a lost device was noticed.
    """

    paced = True

    def __init__(self, wanted: str | int | None, *, host: Host, clock: Clock, carries_echo: bool) -> None:
        self.carries_echo = carries_echo
        self.dropped = 0
        self._clock = clock
        self._queue: deque[_Block] = deque(maxlen=QUEUED_BLOCKS)
        self._received = 0
        self._framer = Framer()
        self._next = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready = asyncio.Event()
        self._signalled = False
        self._closed = False
        self._warn_at = float("-inf")
        self.link = DeviceLink("microphone", lambda: host.open_input(wanted, self._take), on_change=self._signal)

    @property
    def missing(self) -> bool:
        """No microphone is open at the moment; opening it is retried."""
        return self.link.missing

    async def frames(self) -> AsyncIterator[AudioFrame]:
        """See `AudioSource.frames`."""
        self._loop = asyncio.get_running_loop()
        self._queue.clear()  # sound from before the engines were loaded
        expected: int | None = None
        silent_until = heard_at = self._clock.monotonic()
        while not self._closed:
            if self._queue:
                block = self._queue.popleft()
                self._count_lost(block, expected)
                expected = block.number + 1
                for samples in self._framer.cut(block.format, block.sound):
                    yield self._frame(samples)
                silent_until = heard_at = self._clock.monotonic()
            elif self.missing:
                if silent_until == heard_at:
                    self._next += int((self._clock.monotonic() - heard_at) / FRAME_S) * FRAME_SAMPLES
                    silent_until = self._clock.monotonic()
                silent_until += FRAME_S
                await self._clock.sleep(max(0.0, silent_until - self._clock.monotonic()))
                if self.missing and not self.link.late:
                    yield self._frame(np.zeros(FRAME_SAMPLES, np.float32))
            else:
                await self._wait()

    async def aclose(self) -> None:
        """See `AudioSource.aclose`."""
        self._closed = True
        self._ready.set()
        await asyncio.to_thread(self.link.close)

    def _take(self, opened: Format, sound: bytes, lost: bool) -> None:
        """Runs on PortAudio's thread."""
        self._received += 1
        self._queue.append(_Block(self._received, opened, sound, lost))
        self._signal()

    def _signal(self) -> None:
        if self._loop is not None and not self._signalled:
            self._signalled = True
            with suppress(RuntimeError):  # the loop has ended before the device
                self._loop.call_soon_threadsafe(self._ready.set)

    async def _wait(self) -> None:
        self._ready.clear()
        self._signalled = False
        if not self._queue and not self.missing and not self._closed:
            await self._ready.wait()

    def _frame(self, samples: Samples) -> AudioFrame:
        frame = AudioFrame(samples, self._next)
        self._next += FRAME_SAMPLES
        return frame

    def _count_lost(self, block: _Block, expected: int | None) -> None:
        lost = int(block.lost) + (0 if expected is None else block.number - expected)
        if lost:
            self.dropped += lost
            self._next += lost * FRAME_SAMPLES
            if self._clock.monotonic() >= self._warn_at:  # an overloaded board loses some at every block
                self._warn_at = self._clock.monotonic() + WARN_EVERY_S
                log.warning("frames-dropped", dropped=self.dropped, again_after_s=WARN_EVERY_S)


class Framer:
    """Cuts the blocks of a device into frames of mono float32 at 16 kHz."""

    def __init__(self) -> None:
        self._format: Format | None = None
        self._resampler: Any = None
        self._mixer = Mixer(1, SAMPLE_RATE_HZ)
        self._rest: Samples = np.zeros(0, np.float32)

    def cut(self, opened: Format, sound: bytes) -> list[Samples]:
        """The frames that are complete now; `edge.audio.channels` mixes them."""
        if opened != self._format:
            self._begin(opened)
        samples = np.frombuffer(sound, np.int16).astype(np.float32) * np.float32(1 / 32768)
        if opened.channels > 1:
            samples = self._mixer.mix(samples.reshape(-1, opened.channels))
        if self._resampler is not None:
            samples = self._resampler.resample_chunk(np.ascontiguousarray(samples)).clip(-1, 1)
        if len(self._rest):
            samples = np.concatenate([self._rest, samples])
        whole = len(samples) // FRAME_SAMPLES * FRAME_SAMPLES
        self._rest = samples[whole:]
        return list(samples[:whole].reshape(-1, FRAME_SAMPLES))

    def _begin(self, opened: Format) -> None:
        import soxr

        self._format = opened
        self._mixer = Mixer(opened.channels, opened.rate_hz)
        self._rest = np.zeros(0, np.float32)
        self._resampler = None
        if opened.rate_hz != SAMPLE_RATE_HZ:
            self._resampler = soxr.ResampleStream(opened.rate_hz, SAMPLE_RATE_HZ, 1, dtype="float32", quality="HQ")

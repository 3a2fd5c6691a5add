"""The output device: a short queue that a callback empties. Sound is discarded in real time while it is unplugged."""

import asyncio
import threading

import numpy as np

from edge.audio.device_link import DeviceLink
from edge.audio.devices import Host, Stream
from edge.audio.pacing import QUEUED_S, PlayQueue, wait_below
from edge.audio.pcm import RateConverter, gain, to_pcm16
from edge.events import Samples, Speech
from edge.runtime.clock import Clock

IDLE_S = 30.0
"""An open device costs about 1 % of a core even in silence, so it is closed after this time without sound."""

OPENING_S = 2.0
"""A device that takes longer to open counts as missing, so that a hanging sound server does not delay replies."""

_FADE_S = 0.005
_OPENING_STEP_S = 0.005


class OutputDevice:
    """See `AudioSink`."""

    def __init__(self, wanted: str | int | None, *, host: Host, clock: Clock) -> None:
        self.volume = 100
        self._late_blocks = 0
        self._clock = clock
        self._lock = threading.Lock()
        self._queue = bytearray()
        self._stream: Stream | None = None
        self._converter = RateConverter(1)
        self._written = PlayQueue(clock)
        self._kept_s = 0.0
        self._used_at = clock.monotonic()
        self._gave_up = False
        self.link = DeviceLink("output", lambda: host.open_output(wanted, self._fill), wanted=self._wanted)

    @property
    def missing(self) -> bool:
        """No output is open at the moment; opening it is retried."""
        return self.link.missing

    @property
    def underruns(self) -> int:
        """See `AudioSink.underruns`; each block that came too late for the device counts, too."""
        return self._written.underruns + self._late_blocks

    @property
    def position_s(self) -> float:
        """See `AudioSink.position_s`. Sound that a missing device discards counts as heard."""
        held_s = self._stream.latency_s if self._stream is not None and self._queue else 0.0
        return max(0.0, self._kept_s - self._waiting_s() - held_s)

    def prepare(self) -> None:
        """See `AudioSink.prepare`."""
        self._used_at = self._clock.monotonic()
        if self.link.stream is None and not self.link.missing:
            self.link.wake()

    async def write(self, speech: Speech) -> None:
        """See `AudioSink.write`."""
        self.prepare()
        await self._opening()
        stream = self.link.stream
        if stream is not None:
            if stream is not self._stream:
                self._adopt(stream)
            elif self._written.waiting_s() <= 0:
                self._converter.rest()  # the previous sound has ended: its last milliseconds are too late
            loud = speech.samples * np.float32(gain(self.volume))
            self._put(self._converter.convert(Speech(loud, speech.rate_hz)))
        self._written.add(speech.duration_ms / 1000)
        self._kept_s += speech.duration_ms / 1000
        await wait_below(QUEUED_S, self._waiting_s, self._clock)

    async def drain(self) -> None:
        """See `AudioSink.drain`."""
        self._written.complete()
        if self._stream is not None and self._stream is self.link.stream:
            self._put(self._converter.rest())
            held_s = self._stream.latency_s if self._queue else 0.0
            await wait_below(0, self._waiting_s, self._clock)
            await self._clock.sleep(held_s)
        await wait_below(0, self._waiting_s, self._clock)

    def flush(self) -> float:
        """See `AudioSink.flush`. Fades out in 5 ms; the device's own buffer (at most 40 ms) is still played."""
        self._kept_s = max(0.0, self._kept_s - self._waiting_s())
        self._written.clear()
        self._converter.rest()
        with self._lock:
            if self._stream is not None and self._queue:
                length = min(round(_FADE_S * self._stream.format.rate_hz), len(self._queue) // 2)
                head = np.frombuffer(bytes(self._queue[: 2 * length]), np.int16)
                self._queue[:] = (head * np.linspace(1, 0, length)).astype(np.int16).tobytes()
        return self._kept_s

    async def aclose(self) -> None:
        """See `AudioSink.aclose`."""
        await asyncio.to_thread(self.link.close)

    async def _opening(self) -> None:
        """Wait for the device, for at most `OPENING_S`, and not again for a device that was too slow."""
        until = self._clock.monotonic() + (0.0 if self._gave_up else OPENING_S)
        while self.link.stream is None and not self.link.missing and self._clock.monotonic() < until:
            await self._clock.sleep(_OPENING_STEP_S)
        self._gave_up = self.link.stream is None

    def _adopt(self, stream: Stream) -> None:
        self._stream = stream
        self._converter = RateConverter(stream.format.rate_hz)

    def _put(self, samples: Samples) -> None:
        sound = to_pcm16(samples).tobytes()
        with self._lock:
            self._queue += sound

    def _waiting_s(self) -> float:
        if self._stream is not None and self._stream is self.link.stream:
            return len(self._queue) / 2 / self._stream.format.rate_hz
        with self._lock:
            self._queue.clear()  # the device is gone and will not play it
        return self._written.waiting_s()

    def _wanted(self) -> bool:
        if self._queue:
            self._used_at = self._clock.monotonic()
        return self._clock.monotonic() - self._used_at < IDLE_S

    def _fill(self, frames: int, underflow: bool) -> bytes:
        """Runs on PortAudio's thread."""
        with self._lock:
            sound = bytes(self._queue[: 2 * frames])
            del self._queue[: 2 * frames]
        if sound and underflow:
            self._late_blocks += 1
        return sound.ljust(2 * frames, b"\0")

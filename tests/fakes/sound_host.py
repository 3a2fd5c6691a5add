"""Sound devices that can be unplugged: a `Host` without PortAudio. The test makes the callbacks."""

import numpy as np

from edge.audio.devices import PART, Device, Direction, Fill, Format, OnSound
from edge.errors import AudioError
from edge.events import Samples


class FakeStream:
    """An open device."""

    latency_s = 0.04

    def __init__(self, name: str, opened: Format) -> None:
        self.name = name
        self.format = opened
        self.blocks = 0
        self.plugged = True
        self.closed = False

    def alive(self) -> bool:
        return self.plugged and not self.closed

    def close(self) -> None:
        self.closed = True


class FakeHost:
    """One device for each direction, named fake; `formats` says how the next one opens."""

    def __init__(self) -> None:
        self.plugged = True
        self.format = Format(16_000, 1)
        self.opened: list[FakeStream] = []
        self._on_sound: OnSound | None = None
        self._fill: Fill | None = None

    @property
    def stream(self) -> FakeStream:
        """The one opened last."""
        return self.opened[-1]

    def unplug(self) -> None:
        self.plugged = False
        for stream in self.opened:
            stream.plugged = False

    def devices(self, *, rates: bool = False) -> tuple[Device, ...]:
        directions: tuple[Direction, ...] = ("input", "output")
        taken = (16_000,) if rates else ()
        return tuple(Device(direction, 0, "fake", 1, True, taken) for direction in directions) if self.plugged else ()

    def open_input(self, wanted: str | int | None, on_sound: OnSound) -> FakeStream:
        self._on_sound = on_sound
        return self._open("input", wanted)

    def open_output(self, wanted: str | int | None, fill: Fill) -> FakeStream:
        self._fill = fill
        return self._open("output", wanted)

    def speak(self, sound: Samples, *, lost: bool = False) -> None:
        """One callback of the microphone; `sound` is interleaved."""
        assert self._on_sound is not None
        self.stream.blocks += 1
        self._on_sound(self.stream.format, np.rint(sound * 32768).clip(-32768, 32767).astype("<i2").tobytes(), lost)

    def hear(self, seconds: float, *, late: bool = False) -> Samples:
        """One callback of the speaker."""
        assert self._fill is not None
        self.stream.blocks += 1
        sound = self._fill(round(seconds * self.stream.format.rate_hz), late)
        return np.asarray(np.frombuffer(sound, "<i2") / 32768, np.float32)

    def _open(self, direction: Direction, wanted: str | int | None) -> FakeStream:
        if not self.plugged:
            raise AudioError(f"{PART[direction]}-missing", f"no {wanted}", "plug it in")
        self.opened.append(FakeStream("fake", self.format))
        return self.stream

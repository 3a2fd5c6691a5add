"""The sound devices of this machine: choosing one by a setting, and the interface of an open one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from edge.errors import AudioError

Direction = Literal["input", "output"]

PART = {"input": "microphone", "output": "output"}
"""The name of a direction in logs and error codes."""


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone or an output, with PortAudio's number; a device that is both appears twice.

    `rates_hz` holds the supported rates, and is empty unless they were requested; `default` marks the device that is
    used without a setting.
    """

    direction: Direction
    number: int
    name: str
    channels: int
    default: bool
    rates_hz: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """The format of an open device; samples are 16-bit, channels interleaved."""

    rate_hz: int
    channels: int


class Stream(Protocol):
    """An open device."""

    name: str
    format: Format

    latency_s: float
    """Seconds of sound in the device's own buffer."""

    blocks: int
    """Callbacks so far; grows while the device is alive."""

    def alive(self) -> bool:
        """Whether the device is still there."""
        ...

    def close(self) -> None:
        """Close the device. Blocks for a few milliseconds."""
        ...


OnSound = Callable[[Format, bytes, bool], None]
"""Takes a block of sound, and whether the device lost sound before it. Runs on the device's thread; must not raise."""

Fill = Callable[[int, bool], bytes]
"""Returns that many mono samples; the flag: the last ones were late. Runs on the device's thread; must not raise."""


class Host(Protocol):
    """Opens devices. Calls block; they raise `AudioError` `<part>-missing` or `<part>-unusable`."""

    def devices(self, *, rates: bool = False) -> tuple[Device, ...]:
        """The devices that exist, with their rates if requested (slower)."""
        ...

    def open_input(self, wanted: str | int | None, on_sound: OnSound) -> Stream:
        """Start to record in blocks of 32 ms."""
        ...

    def open_output(self, wanted: str | int | None, fill: Fill) -> Stream:
        """Start to play in blocks of 20 ms."""
        ...


def pick(devices: Sequence[Device], direction: Direction, wanted: str | int | None) -> Device:
    """Choose a device by number, by name (a full match before a partial one; case is ignored), or the default.

    Raises `AudioError` `microphone-missing` or `output-missing`, listing the devices that exist.
    """
    fitting = [device for device in devices if device.direction == direction]
    if wanted is None:
        chosen = [device for device in fitting if device.default] or fitting
    elif isinstance(wanted, int) or wanted.isdecimal():
        chosen = [device for device in fitting if device.number == int(wanted)]
    else:
        name = wanted.casefold()
        chosen = [device for device in fitting if device.name.casefold() == name]
        chosen = chosen or [device for device in fitting if name in device.name.casefold()]
    if chosen:
        return chosen[0]
    part = PART[direction]
    if not fitting:
        raise AudioError(f"{part}-missing", f"this machine has no {part}", "plug one in, see docs/audio.md")
    names = ", ".join(f"{device.number} {device.name!r}" for device in fitting)
    raise AudioError(
        f"{part}-missing", f"there is no {part} {wanted!r}; available: {names}", f"change audio.{direction}"
    )

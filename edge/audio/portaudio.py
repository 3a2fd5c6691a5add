"""PortAudio through PyAudio: one host for the whole process, because PortAudio has one list of devices.

PortAudio builds the list when it starts and never updates it. `_PortAudio` restarts it if the cards of the machine have
changed, if a sound server has started, or if no device could be opened. That ends every open stream; its owner opens it
again.
"""

import ctypes
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from edge.audio.devices import PART, Device, Direction, Fill, Format, Host, OnSound, Stream, pick
from edge.errors import AudioError
from edge.runtime.commands import pip_install, system_install

try:
    with redirect_stdout(sys.stderr):  # PyAudio prints if it cannot load its own library
        import pyaudio
except ImportError as missing:
    if find_spec("pyaudio") is None:
        what = "the microphone and the output need PyAudio, which is not installed"
        packages = system_install("portaudio19-dev", "gcc", "python3-dev")
        hint = f"{packages}; then {pip_install('PyAudio')}"
    else:
        what = f"PyAudio, which the microphone and the output need, cannot be loaded: {missing}"
        hint = system_install("libportaudio2")
    raise AudioError("pyaudio-missing", what, hint) from missing

BLOCK_MS = {"input": 32, "output": 20}
"""Length of a callback's block. An output holds two of them: 40 ms that a flush cannot discard."""

_RATES_HZ = {
    "input": (16_000, 48_000, 44_100, 32_000, 96_000, 192_000, 24_000, 22_050, 11_025, 8_000),
    "output": (48_000, 44_100, 24_000, 96_000, 32_000, 22_050, 16_000, 192_000, 8_000),
}
"""In the order in which they are tried: first without resampling, then the common rates of sound cards."""

_STEREO = 2
_MOST_MICROPHONES = 8
"""Of an array."""

_CHANNELS_KEY: dict[Direction, str] = {"input": "maxInputChannels", "output": "maxOutputChannels"}

_C = ctypes.CDLL(None)

_CARDS = (Path("/proc/asound/cards"), Path("/proc/asound/pcm"))
_SERVERS = (Path("/run/pulse/native"), Path("/run/pipewire/pipewire-0"))
"""Sockets of system-wide sound servers; those of a user's server are in $XDG_RUNTIME_DIR."""


@cache
def host() -> Host:
    """The only host of the process."""
    return _PortAudio()


class _Stream:
    """A PyAudio stream in callback mode. `lock` guards PortAudio, which is not thread-safe."""

    def __init__(self, name: str, wanted: Format, lock: threading.RLock) -> None:
        self.name = name
        self.format = wanted
        self.latency_s = 0.0
        self.blocks = 0
        self._lock = lock
        self._raw: Any = None

    def opened(self, raw: Any, latency_s: float) -> None:
        """Set the running stream."""
        self._raw, self.latency_s = raw, latency_s

    def alive(self) -> bool:
        """See `Stream.alive`."""
        with self._lock, suppress(OSError):
            return bool(self._raw.is_active())
        return False

    def close(self) -> None:
        """See `Stream.close`."""
        with self._lock, _quietly(), suppress(OSError):
            self._raw.close()


class _PortAudio:
    """See the module."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._pyaudio: Any = None
        self._streams: list[_Stream] = []
        self._cards = ""
        self._failed = False

    def devices(self, *, rates: bool = False) -> tuple[Device, ...]:
        with self._lock, _quietly():
            self._failed = True  # list what exists now
            self._refresh()
            devices = self._list()
            return tuple(replace(device, rates_hz=self._rates(device)) for device in devices) if rates else devices

    def open_input(self, wanted: str | int | None, on_sound: OnSound) -> Stream:
        def make(stream: _Stream) -> Callable[..., tuple[None, int]]:
            def callback(sound: bytes, _frames: int, _time: object, flags: int) -> tuple[None, int]:
                stream.blocks += 1
                on_sound(stream.format, sound, bool(flags & pyaudio.paInputOverflow))
                return None, pyaudio.paContinue

            return callback

        return self._open("input", wanted, make)

    def open_output(self, wanted: str | int | None, fill: Fill) -> Stream:
        def make(stream: _Stream) -> Callable[..., tuple[bytes, int]]:
            channels = stream.format.channels

            def callback(_none: None, frames: int, _time: object, flags: int) -> tuple[bytes, int]:
                stream.blocks += 1
                sound = fill(frames, bool(flags & pyaudio.paOutputUnderflow))
                if channels > 1:
                    sound = np.repeat(np.frombuffer(sound, np.int16), channels).tobytes()
                return sound, pyaudio.paContinue

            return callback

        return self._open("output", wanted, make)

    def _open(self, direction: Direction, wanted: str | int | None, make: Callable[[_Stream], Any]) -> Stream:
        with self._lock, _quietly():
            self._refresh()
            self._failed = True
            device = pick(self._list(), direction, wanted)
            reason = ""
            for rate_hz, channels in product(_RATES_HZ[direction], channels_to_try(device)):
                stream = _Stream(device.name, Format(rate_hz, channels), self._lock)
                try:
                    raw = self._open_raw(device, stream.format, make(stream))
                except (OSError, ValueError) as error:
                    reason = str(error.args[-1])
                    if error.args[0] == pyaudio.paDeviceUnavailable:
                        break
                else:
                    stream.opened(raw, getattr(raw, f"get_{direction}_latency")())
                    self._streams.append(stream)
                    self._failed = False
                    return stream
        part = PART[direction]
        raise AudioError(
            f"{part}-unusable",
            f"the {part} {device.name!r} cannot be opened: {reason}",
            f"stop the program that uses it, or set audio.{direction}",
        )

    def _open_raw(self, device: Device, wanted: Format, callback: Any) -> Any:
        return self._pyaudio.open(
            rate=wanted.rate_hz,
            channels=wanted.channels,
            format=pyaudio.paInt16,
            frames_per_buffer=wanted.rate_hz * BLOCK_MS[device.direction] // 1000,
            stream_callback=callback,
            **{device.direction: True, f"{device.direction}_device_index": device.number},
        )

    def _refresh(self) -> None:
        self._streams = [stream for stream in self._streams if stream.alive()]
        cards = _fingerprint()
        if self._pyaudio is not None and cards == self._cards and (self._streams or not self._failed):
            return
        for stream in self._streams:
            stream.close()
        if self._pyaudio is not None:
            self._pyaudio.terminate()
        self._pyaudio, self._streams, self._cards = pyaudio.PyAudio(), [], cards

    def _list(self) -> tuple[Device, ...]:
        count = self._pyaudio.get_device_count()
        infos = [self._pyaudio.get_device_info_by_index(number) for number in range(count)]
        devices: list[Device] = []
        for direction, key in _CHANNELS_KEY.items():
            default = self._default(direction)
            devices.extend(
                Device(direction, info["index"], str(info["name"]), info[key], info["index"] == default)
                for info in infos
                if info[key] > 0
            )
        return tuple(devices)

    def _default(self, direction: str) -> int | None:
        with suppress(OSError):
            return int(getattr(self._pyaudio, f"get_default_{direction}_device_info")()["index"])
        return None

    def _rates(self, device: Device) -> tuple[int, ...]:
        return tuple(sorted(rate for rate in _RATES_HZ[device.direction] if self._takes(device, rate)))

    def _takes(self, device: Device, rate_hz: int) -> bool:
        arguments = {
            f"{device.direction}_device": device.number,
            f"{device.direction}_channels": min(device.channels, 2),
            f"{device.direction}_format": pyaudio.paInt16,
        }
        with suppress(ValueError, OSError):
            return bool(self._pyaudio.is_format_supported(rate_hz, **arguments))
        return False


def _fingerprint() -> str:
    """A text that changes when a card appears or disappears, and when a sound server starts or ends."""
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", f"/run/user/{os.getuid()}"))
    servers = (*_SERVERS, runtime / "pulse" / "native", runtime / "pipewire-0")
    cards = "".join(path.read_text(errors="replace") for path in _CARDS if os.access(path, os.R_OK))
    return cards + " ".join(str(path) for path in servers if os.access(path, os.W_OK))


def channels_to_try(device: Device) -> Sequence[int]:
    """How many channels to open a device with, in order.

    All channels of a microphone are taken, so that `edge.audio.channels` chooses: where the system mixes them into one,
    two in opposite phase are silence. A device of the sound system, which claims dozens, has two.
    """
    all_of_them = device.channels
    if device.direction == "output":
        return sorted({1, min(_STEREO, all_of_them), all_of_them})
    first = all_of_them if all_of_them <= _MOST_MICROPHONES else _STEREO
    return list(dict.fromkeys((first, *sorted({1, min(_STEREO, all_of_them), all_of_them}))))


@contextmanager
def _quietly() -> Iterator[None]:
    """Silence C libraries: PortAudio, ALSA and JACK print errors about every device that a machine does not have.

    Replaces the C library's `stderr`; Python writes to the file descriptor itself and is not affected.
    """
    try:
        stderr = ctypes.c_void_p.in_dll(_C, "stderr")
    except ValueError:  # a C library whose `stderr` is not a variable
        yield
        return
    before = stderr.value
    stderr.value = _nowhere()
    try:
        yield
    finally:
        stderr.value = before


@cache
def _nowhere() -> int | None:
    """A C stream to /dev/null. Also silences ALSA permanently, because it prints from its own threads."""
    with suppress(OSError, AttributeError):
        # Any C function that ignores its arguments will do; a Python function could not be called at exit.
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(ctypes.cast(_C.getpid, ctypes.c_void_p))
    _C.fopen.restype = ctypes.c_void_p
    nowhere: int | None = _C.fopen(b"/dev/null", b"w")
    return nowhere

"""PortAudio's list of devices and the order in which formats are tried, on a stand-in for PyAudio."""

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from edge.audio.devices import Host
from edge.errors import AudioError


class Card:
    """A device as PortAudio describes it, and the formats that it takes."""

    def __init__(self, name: str, *, inputs: int = 0, outputs: int = 0, takes: set[tuple[int, int]]) -> None:
        self.name = name
        self.inputs = inputs
        self.outputs = outputs
        self.takes = takes


class Stream:
    def __init__(self) -> None:
        self.active = True

    def is_active(self) -> bool:
        return self.active

    def close(self) -> None:
        self.active = False

    def get_input_latency(self) -> float:
        return 0.01

    get_output_latency = get_input_latency


class PyAudio:
    """Sees the cards that exist when it is made, as PortAudio does."""

    cards: list[Card] = []  # noqa: RUF012 - the machine, which every instance sees
    made = 0
    tried: list[tuple[int, int]] = []  # noqa: RUF012 - as above

    def __init__(self) -> None:
        PyAudio.made += 1
        self._cards = list(PyAudio.cards)
        self._streams: list[Stream] = []

    def get_device_count(self) -> int:
        return len(self._cards)

    def get_device_info_by_index(self, index: int) -> dict[str, Any]:
        card = self._cards[index]
        return {
            "index": index,
            "name": card.name,
            "maxInputChannels": card.inputs,
            "maxOutputChannels": card.outputs,
        }

    def _default(self) -> dict[str, Any]:
        raise OSError("no default device")

    get_default_input_device_info = get_default_output_device_info = _default

    def open(
        self, *, rate: int, channels: int, input_device_index: int = -1, output_device_index: int = -1, **_: Any
    ) -> Stream:
        PyAudio.tried.append((rate, channels))
        card = self._cards[max(input_device_index, output_device_index)]
        if (rate, channels) not in card.takes:
            raise OSError(-9997, "Invalid sample rate")
        self._streams.append(Stream())
        return self._streams[-1]

    def terminate(self) -> None:
        for stream in self._streams:
            stream.active = False


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Host]:
    pyaudio = ModuleType("pyaudio")
    vars(pyaudio).update(
        PyAudio=PyAudio, paInt16=8, paContinue=0, paInputOverflow=2, paOutputUnderflow=4, paDeviceUnavailable=-9985
    )
    monkeypatch.setitem(sys.modules, "pyaudio", pyaudio)
    monkeypatch.delitem(sys.modules, "edge.audio.portaudio", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(PyAudio, "cards", [])
    monkeypatch.setattr(PyAudio, "made", 0)
    monkeypatch.setattr(PyAudio, "tried", [])
    module = importlib.import_module("edge.audio.portaudio")
    yield module.host()
    sys.modules.pop("edge.audio.portaudio", None)


MICROPHONE = Card("USB microphone", inputs=1, takes={(48_000, 1)})


def test_a_microphone_is_opened_without_resampling_if_it_can_be_and_with_it_if_not(host: Host) -> None:
    PyAudio.cards = [MICROPHONE]
    stream = host.open_input(None, lambda *_: None)
    assert (stream.format.rate_hz, stream.format.channels) == (48_000, 1)
    assert PyAudio.tried == [(16_000, 1), (48_000, 1)]


def test_a_device_that_takes_no_format_is_an_error_that_says_what_to_do(host: Host) -> None:
    PyAudio.cards = [Card("HDMI", outputs=2, takes=set())]
    with pytest.raises(AudioError, match="output-unusable") as caught:
        host.open_output(None, lambda frames, _: bytes(2 * frames))
    assert "audio.output" in caught.value.hint
    assert "Invalid sample rate" in caught.value.message


def test_a_sound_server_that_starts_later_is_found_although_a_microphone_is_open(host: Host, tmp_path: Path) -> None:
    PyAudio.cards = [MICROPHONE]
    microphone = host.open_input(None, lambda *_: None)
    for _ in range(2):
        with pytest.raises(AudioError, match="output-missing"):
            host.open_output(None, lambda frames, _: bytes(2 * frames))
    assert PyAudio.made == 1
    assert microphone.alive()
    PyAudio.cards = [MICROPHONE, Card("pulse", outputs=2, takes={(48_000, 1)})]
    (tmp_path / "pulse").mkdir()
    (tmp_path / "pulse" / "native").touch()
    assert host.open_output(None, lambda frames, _: bytes(2 * frames)).name == "pulse"
    assert PyAudio.made == 2
    assert not microphone.alive()  # its link opens it again


def test_a_user_s_folder_that_the_service_may_not_read_is_no_error(
    host: Host, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As under systemd, where no XDG_RUNTIME_DIR is set and /run/user/0 belongs to root."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o000)
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).startswith(str(closed)) and real(path, mode))
    monkeypatch.setattr(Path, "exists", lambda path: real(path, os.F_OK) if closed not in path.parents else 1 / 0)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(closed))
    PyAudio.cards = [MICROPHONE]
    assert host.open_input(None, lambda *_: None).name == "USB microphone"

import asyncio
import builtins
import sys
from typing import Any

import numpy as np
import pytest

from edge.audio import list_devices, open_sink, open_source
from edge.audio.devices import Device, Direction, pick
from edge.errors import AudioError
from edge.events import Speech
from edge.runtime.clock import SystemClock
from edge.settings import AudioSettings

DEVICES = (
    Device("input", 0, "HDA Intel: ALC257 Analog (hw:0,0)", 2, default=False),
    Device("output", 0, "HDA Intel: ALC257 Analog (hw:0,0)", 2, default=False),
    Device("input", 3, "Jabra SPEAK 510 USB: Audio (hw:1,0)", 1, default=False),
    Device("output", 3, "Jabra SPEAK 510 USB: Audio (hw:1,0)", 2, default=False),
    Device("input", 5, "pulse", 32, default=False),
    Device("input", 6, "pulse monitor", 32, default=True),
)


@pytest.mark.parametrize(
    ("wanted", "number"),
    [(None, 6), (3, 3), ("3", 3), ("jabra", 3), ("Analog", 0), ("PULSE", 5), ("pulse mon", 6)],
)
def test_a_device_is_chosen_by_number_name_or_default(wanted: str | int | None, number: int) -> None:
    device = pick(DEVICES, "input", wanted)
    assert (device.direction, device.number) == ("input", number)


def test_without_a_default_the_first_one_is_taken() -> None:
    assert pick(DEVICES, "output", None).number == 0


@pytest.mark.parametrize("wanted", [5, "pulse", "nothing like it", 99])
def test_a_device_that_is_not_there_is_an_error_that_names_those_that_are(wanted: str | int) -> None:
    with pytest.raises(AudioError, match="output-missing") as caught:
        pick(DEVICES, "output", wanted)
    assert "3 'Jabra" in caught.value.message
    assert "audio.output" in caught.value.hint


@pytest.mark.parametrize("direction", ["input", "output"])
def test_a_machine_without_any_device_says_so(direction: Direction) -> None:
    with pytest.raises(AudioError, match="this machine has no"):
        pick((), direction, None)


@pytest.fixture
def no_pyaudio(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "pyaudio":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.delitem(sys.modules, "edge.audio.portaudio", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)


@pytest.mark.usefixtures("no_pyaudio")
def test_without_pyaudio_the_commands_that_change_it_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "pyaudio" else name)
    with pytest.raises(AudioError, match="pyaudio-missing") as caught:
        list_devices()
    assert "portaudio19-dev" in caught.value.hint
    assert f"{sys.executable} -m pip install PyAudio" in caught.value.hint


@pytest.mark.usefixtures("no_pyaudio")
def test_a_pyaudio_without_its_library_is_told_from_one_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    with pytest.raises(AudioError, match="cannot be loaded") as caught:
        list_devices()
    assert "libportaudio2" in caught.value.hint


@pytest.mark.usefixtures("no_pyaudio")
def test_without_pyaudio_microphone_and_output_are_missing_like_any_other_and_the_speaker_goes_on() -> None:
    settings, clock = AudioSettings(), SystemClock()
    source, sink = open_source(settings, clock=clock), open_sink(settings, clock=clock)

    async def listen_and_speak() -> int:
        sink.prepare()
        heard = 0
        async for frame in source.frames():
            assert not frame.samples.any()
            heard += 1
            if heard == 3:
                break
        await sink.write(Speech(np.zeros(160, np.float32), 16_000))
        await sink.drain()
        assert source.missing
        assert sink.missing
        await source.aclose()
        await sink.aclose()
        return heard

    assert asyncio.run(listen_and_speak()) == 3

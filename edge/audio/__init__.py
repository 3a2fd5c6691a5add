"""Sound in and out. The recognisers get mono float32 at 16 kHz in frames of 32 ms."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Protocol

from edge.events import AudioFrame, Speech
from edge.runtime.clock import Clock
from edge.settings import AudioSettings

if TYPE_CHECKING:
    from edge.audio.devices import Device


class AudioSource(Protocol):
    """A source of sound: a microphone or a recording."""

    carries_echo: bool
    """The source hears the output, so a word during a reply may be the reply itself."""

    paced: bool
    """Frames arrive in real time; false: as fast as they are consumed (a recording with --fast)."""

    dropped: int
    """Frames lost so far because they were not consumed in time; the oldest are lost first."""

    @property
    def missing(self) -> bool:
        """No device is open at the moment: frames are silence, and opening the device is retried."""
        ...

    def frames(self) -> AsyncIterator[AudioFrame]:
        """Every frame until the source ends. A microphone that is unplugged is reopened and does not end."""
        ...

    async def aclose(self) -> None:
        """Close the device."""
        ...


class AudioSink(Protocol):
    """An output. One caller at a time."""

    @property
    def position_s(self) -> float:
        """Seconds of sound played so far: what was written, without what is queued and what was flushed."""
        ...

    volume: int
    """Volume of everything that is written from now on, percent."""

    @property
    def underruns(self) -> int:
        """How often the queue ran empty before a sound was complete: a gap or a click in the speech."""
        ...

    @property
    def missing(self) -> bool:
        """The device could not be opened: sound is discarded, and opening it is retried."""
        ...

    def prepare(self) -> None:
        """Announce that sound will follow soon, so that a device that takes time can begin to open."""
        ...

    async def write(self, speech: Speech) -> None:
        """Queue sound; wait while more than 200 ms are queued.

        A missing or hanging device discards sound in real time and is reopened, so that a reply never hangs on it.
        """
        ...

    async def drain(self) -> None:
        """Return when everything written has been played."""
        ...

    def flush(self) -> float:
        """Discard what has not been played yet: silence within 50 ms. Returns `position_s` at that moment."""
        ...

    async def aclose(self) -> None:
        """Close the device, or complete the file."""
        ...


def list_devices() -> "tuple[Device, ...]":
    """Every device, with the rates it supports. Blocks for up to a second. Raises `AudioError` `pyaudio-missing`."""
    from edge.audio.portaudio import host

    return host().devices(rates=True)


def open_source(settings: AudioSettings, *, clock: Clock) -> AudioSource:
    """The microphone. A thread of its own opens it, beginning now; `missing` tells whether that has failed.

    A missing device or a missing PyAudio is not an error: opening it is retried.
    """
    from edge.audio.microphone import Microphone
    from edge.audio.on_demand import OnDemandHost

    microphone = Microphone(settings.input, host=OnDemandHost(), clock=clock, carries_echo=settings.echo)
    microphone.link.start()
    return microphone


def open_sink(settings: AudioSettings, *, clock: Clock) -> AudioSink:
    """The output device. See `open_source`."""
    from edge.audio.on_demand import OnDemandHost
    from edge.audio.output import OutputDevice

    output = OutputDevice(settings.output, host=OnDemandHost(), clock=clock)
    output.link.start()
    return output

"""Sound in and out. Between the front end and the recognisers it is mono float32 at 16 kHz in frames of 32 ms."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Protocol

from edge.events import AudioFrame, Speech
from edge.runtime.clock import Clock
from edge.settings import AudioSettings

if TYPE_CHECKING:
    from edge.audio.devices import Device


class AudioSource(Protocol):
    """Where sound comes from: a microphone or a recording."""

    carries_echo: bool
    """The source hears the output: a word during a reply may be the reply itself."""

    paced: bool
    """Frames arrive in real time. False: as fast as they are taken (a recording with --fast)."""

    dropped: int
    """Frames lost so far because they were not taken in time (the oldest are lost first)."""

    @property
    def missing(self) -> bool:
        """No device is open at the moment: frames are silence, and opening it is retried."""
        ...

    def frames(self) -> AsyncIterator[AudioFrame]:
        """Every frame until the source ends. A microphone that is unplugged is reopened and does not end."""
        ...

    async def aclose(self) -> None:
        """Close the device."""
        ...


class AudioSink(Protocol):
    """Where sound goes. One caller at a time."""

    @property
    def position_s(self) -> float:
        """Seconds of sound that were heard so far: everything that was written and neither waits nor was flushed."""
        ...

    volume: int
    """Loudness of everything that is written from now on, percent."""

    @property
    def underruns(self) -> int:
        """How often a sound ran out before it was complete, so far: a gap or a click in what is said."""
        ...

    def prepare(self) -> None:
        """A sound will come soon: begin to open the device, if that takes time."""
        ...

    async def write(self, speech: Speech) -> None:
        """Queue sound behind what is queued; wait while more than 200 ms are waiting to be heard.

        A missing or hanging device discards sound in real time and is reopened: a reply never hangs on it.
        """
        ...

    async def drain(self) -> None:
        """Return when everything written was heard."""
        ...

    def flush(self) -> float:
        """Forget what was written and not heard yet: silence within 50 ms. Returns `position_s` of that moment."""
        ...

    async def aclose(self) -> None:
        """Close the device; a file is complete after this."""
        ...


def list_devices() -> "tuple[Device, ...]":
    """Every device, with the rates it takes. Blocks for up to a second. Raises `AudioError` `pyaudio-missing`."""
    from edge.audio.portaudio import host  # noqa: PLC0415 - PyAudio is an extra

    return host().devices(rates=True)


def open_source(settings: AudioSettings, *, clock: Clock) -> AudioSource:
    """The microphone. It is opened by its own thread, beginning now; `missing` tells whether there is one.

    Raises `AudioError` `pyaudio-missing`; a missing device is no error here, it is tried again until it is there.
    """
    from edge.audio.microphone import Microphone  # noqa: PLC0415 - PyAudio is an extra
    from edge.audio.portaudio import host  # noqa: PLC0415 - PyAudio is an extra

    microphone = Microphone(settings.input, host=host(), clock=clock, carries_echo=settings.echo)
    microphone.link.start()
    return microphone


def open_sink(settings: AudioSettings, *, clock: Clock) -> AudioSink:
    """The output device. See `open_source`."""
    from edge.audio.output import OutputDevice  # noqa: PLC0415 - PyAudio is an extra
    from edge.audio.portaudio import host  # noqa: PLC0415 - PyAudio is an extra

    output = OutputDevice(settings.output, host=host(), clock=clock)
    output.link.start()
    return output

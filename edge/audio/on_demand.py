"""Sound devices of a process that may lack PyAudio: opening one is then a failure like a missing device."""

from edge.audio.devices import Device, Fill, Host, OnSound, Stream


class OnDemandHost:
    """See `Host`. It imports PyAudio when a device is opened, so that a missing PyAudio costs the devices only.

    Each call raises `AudioError` `pyaudio-missing` until PyAudio is there.
    """

    def devices(self, *, rates: bool = False) -> tuple[Device, ...]:
        """See `Host.devices`."""
        return _portaudio().devices(rates=rates)

    def open_input(self, wanted: str | int | None, on_sound: OnSound) -> Stream:
        """See `Host.open_input`."""
        return _portaudio().open_input(wanted, on_sound)

    def open_output(self, wanted: str | int | None, fill: Fill) -> Stream:
        """See `Host.open_output`."""
        return _portaudio().open_output(wanted, fill)


def _portaudio() -> Host:
    from edge.audio.portaudio import host

    return host()

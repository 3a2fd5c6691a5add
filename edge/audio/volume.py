"""The output's volume, which is saved over restarts and reported on every change."""

from collections.abc import Callable
from pathlib import Path

from edge.audio import AudioSink
from edge.runtime.files import SavedValue


class OutputVolume:
    """Implements `edge.home.SpeakerControl` on a sink. The volume is saved in STATE/volume.json."""

    def __init__(
        self, sink: AudioSink, state: Path, default: int, *, on_change: Callable[[int], None] = lambda _: None
    ) -> None:
        """`on_change` is called on the event loop with the new percentage."""
        self._sink = sink
        self._saved = SavedValue(state / "volume.json", failure="volume-save-failed")
        self._on_change = on_change
        self._sink.volume = self._read(default)
        self.last_reply = ""
        """The last reply, for "repeat that"."""

    @property
    def volume(self) -> int:
        """Percent. A new value is limited to 0 to 100, takes effect at once, and is saved in the background."""
        return self._sink.volume

    @volume.setter
    def volume(self, percent: int) -> None:
        percent = max(0, min(100, percent))
        if percent != self._sink.volume:
            self._sink.volume = percent
            self._saved.save(percent)
            self._on_change(percent)

    async def aclose(self) -> None:
        """Return when the volume has been saved."""
        await self._saved.aclose()

    def _read(self, default: int) -> int:
        saved = self._saved.read()
        is_percent = isinstance(saved, int) and not isinstance(saved, bool) and 0 <= saved <= 100  # noqa: PLR2004 - percent
        return saved if is_percent else default

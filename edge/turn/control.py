"""The speaker as commands see it: its loudness, kept across restarts, and what it said last."""

import contextlib
import json
from pathlib import Path

import structlog

from edge.audio import AudioSink

log = structlog.get_logger("turn")


class SinkControl:
    """Implements `edge.home.SpeakerControl` on a sink. The loudness lies in STATE/volume.json."""

    def __init__(self, sink: AudioSink, state: Path, default_volume: int) -> None:
        self._sink = sink
        self._file = state / "volume.json"
        self._sink.volume = self._read(default_volume)
        self.last_reply = ""

    @property
    def volume(self) -> int:
        """Percent. Setting it keeps it within 0 and 100 and remembers it."""
        return self._sink.volume

    @volume.setter
    def volume(self, percent: int) -> None:
        self._sink.volume = max(0, min(100, percent))
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._file.with_suffix(".new")
            fresh.write_text(json.dumps(self._sink.volume), encoding="utf-8")
            fresh.replace(self._file)
        except OSError as error:
            log.warning("volume-not-kept", file=str(self._file), reason=error.strerror)

    def _read(self, default: int) -> int:
        with contextlib.suppress(OSError, ValueError):
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            if isinstance(kept, int) and 0 <= kept <= 100:  # noqa: PLR2004 - percent
                return kept
        return default

"""The recordings that calibrate and compare: those of the project, of a manifest, or of a folder."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from edge.audio.recordings import read_recording
from edge.bench.common import Row, read_manifest
from edge.bench.stt import RECORDINGS
from edge.errors import UsageError
from edge.events import Samples
from edge.stt.moonshine.stream import MAX_SAMPLES

MAX_RECORDINGS: Final = 200
"""More of them change no scale, and cost minutes."""

_SUFFIXES: Final = {".flac", ".wav"}


@dataclass(frozen=True, slots=True)
class Recording:
    """16 kHz; `text` is what is said, None where nobody wrote it down."""

    samples: Samples
    text: str | None


def read_recordings(place: Path | None) -> list[Recording]:
    """From a folder or a manifest; None: those of the project in which something is said.

    Longer ones are cut to what the recogniser hears at once. Raises `UsageError` "no-recordings" and what
    `edge.bench.common.read_manifest` and `edge.audio.recordings.read_recording` raise.
    """
    if place is None:
        rows = [row for row in read_manifest(RECORDINGS) if row.fields.get("text")]
    elif place.is_dir():
        files = sorted(it for it in place.rglob("*") if it.suffix.lower() in _SUFFIXES and it.is_file())
        rows = [Row(file, {}) for file in files]
    else:
        rows = read_manifest(place)
    if not rows:
        raise UsageError("no-recordings", f"{place} holds no recording", "name a folder with FLAC or WAV files")
    return [_recording(row) for row in rows[:MAX_RECORDINGS]]


def _recording(row: Row) -> Recording:
    text = row.fields.get("text")
    return Recording(read_recording(row.audio)[:MAX_SAMPLES], text if isinstance(text, str) else None)

"""Make the earcons: `edge/tts/earcon_sounds/*.flac`, 24 kHz.

    python scripts/make_earcons.py

Soft bell tones on a pentatonic scale: rising means "go on", falling means "that was nothing", low and repeated means
"something is wrong", slow and falling means "this is for you". The ring can be repeated without a gap.
"""

from pathlib import Path

import numpy as np
import soundfile

from edge.events import Samples

FOLDER = Path(__file__).parents[1] / "edge" / "tts" / "earcon_sounds"
RATE_HZ = 24_000
G4, A4, C5, D5, E5, G5, A5, C6 = 392.0, 440.0, 523.25, 587.33, 659.26, 783.99, 880.0, 1046.5
PARTIALS = ((1.0, 1.0, 1.0), (2.0, 0.28, 1.7), (3.01, 0.10, 2.6))
"""The partials of a bell-like tone: frequency ratio, level, relative decay."""

Note = tuple[float, float, float, float]
"""Start (s), pitch (Hz), decay time (s) and level."""

SOUNDS: dict[str, tuple[float, tuple[Note, ...]]] = {
    "listening": (0.26, ((0.0, D5, 0.16, 0.5), (0.07, A5, 0.19, 0.5))),
    "done": (0.24, ((0.0, A5, 0.22, 0.45),)),
    "nothing": (0.34, ((0.0, A5, 0.16, 0.4), (0.1, D5, 0.24, 0.4))),
    "muted": (0.36, ((0.0, E5, 0.14, 0.4), (0.12, A4, 0.24, 0.45))),
    "unmuted": (0.36, ((0.0, A4, 0.14, 0.4), (0.12, E5, 0.24, 0.45))),
    "announcement": (0.7, ((0.0, E5, 0.4, 0.45), (0.22, C5, 0.46, 0.5))),
    "error": (0.5, ((0.0, C5, 0.2, 0.5), (0.16, G4, 0.32, 0.5))),
    "ring": (
        2.0,
        tuple(
            (start + at, pitch, 0.45, 0.6)
            for start in (0.0, 0.6)
            for at, pitch in ((0.0, E5), (0.12, G5), (0.24, C6))
        ),
    ),
}  # fmt: skip


def tone(pitch_hz: float, seconds: float, level: float) -> Samples:
    """A bell: decaying partials, the higher ones faster; a soft start, and silence at the end."""
    t = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    sound = sum(
        part_level * np.sin(2 * np.pi * pitch_hz * ratio * t) * np.exp(-5 * decay * t / seconds)
        for ratio, part_level, decay in PARTIALS
    )
    edges = np.minimum(1, np.minimum(t / 0.004, (seconds - t) / 0.02))
    return np.asarray(level * sound * edges, dtype=np.float32)


def mix(seconds: float, notes: tuple[Note, ...]) -> Samples:
    """The notes at their start times."""
    out = np.zeros(round(seconds * RATE_HZ), dtype=np.float32)
    for start, pitch, length, level in notes:
        sound = tone(pitch, length, level)
        at = round(start * RATE_HZ)
        out[at : at + len(sound)] += sound
    return out


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (seconds, notes) in SOUNDS.items():
        sound = mix(seconds, notes)
        soundfile.write(FOLDER / f"{name}.flac", sound / max(1.0, float(np.abs(sound).max()) / 0.7), RATE_HZ)
    total = sum(file.stat().st_size for file in FOLDER.iterdir())
    print(f"{len(SOUNDS)} sounds, {total / 1000:.0f} kB, in {FOLDER}")


if __name__ == "__main__":
    main()

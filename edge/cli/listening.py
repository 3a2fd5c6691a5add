"""`edge-voice doctor --listen`: is the microphone heard, how loud is it, and does the wake word score?"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from edge.audio import AudioSource
from edge.cli.findings import Finding
from edge.events import SAMPLE_RATE_HZ, Samples
from edge.wake import Scorer

SILENT_DBFS = -120.0
"""Shown for digital silence; the quietest sound of 16 bits has -90."""

QUIET_DBFS = -40.0
"""Speech in a room, peak: below this the recogniser hears mostly the microphone's own noise."""

_CLIPPED = 0.999
_CLIPPED_SHARE = 0.001
_SHOW_EVERY_FRAMES = 3


@dataclass(slots=True)
class Heard:
    """What a microphone delivered. Levels are in dB below full scale, scores from 0 to 1."""

    samples: int = 0
    peak: float = 0.0
    clipped: int = 0
    frames_dbfs: list[float] = field(default_factory=list)
    best: dict[str, float] = field(default_factory=dict)

    @property
    def loudest_dbfs(self) -> float:
        """Of the loudest sample."""
        return dbfs(self.peak)

    @property
    def room_dbfs(self) -> float:
        """The level (RMS) that a tenth of the frames stay below: the room without speech."""
        return float(np.percentile(self.frames_dbfs, 10)) if self.frames_dbfs else SILENT_DBFS

    def take(self, samples: Samples, scores: Mapping[str, float]) -> None:
        """Add one frame."""
        peak = float(np.abs(samples).max(initial=0.0))
        self.samples += len(samples)
        self.peak = max(self.peak, peak)
        if peak >= _CLIPPED:
            self.clipped += int((np.abs(samples) >= _CLIPPED).sum())
        self.frames_dbfs.append(dbfs(float(np.sqrt(np.mean(samples**2)))))
        for word, score in scores.items():
            self.best[word] = max(score, self.best.get(word, 0.0))

    def document(self) -> dict[str, object]:
        """For JSON."""
        return {
            "seconds": round(self.samples / SAMPLE_RATE_HZ, 1),
            "loudest_dbfs": round(self.loudest_dbfs, 1),
            "room_dbfs": round(self.room_dbfs, 1),
            "wake_scores": {word: round(score, 3) for word, score in self.best.items()},
        }


@dataclass(frozen=True, slots=True)
class Shown:
    """A moment of the meter: the level of the last tenth of a second, and its best scores."""

    level_dbfs: float
    scores: Mapping[str, float]

    def line(self) -> str:
        """A bar of 30 characters for 60 dB, and the scores."""
        filled = round(max(0.0, min(1.0, 1 + self.level_dbfs / 60)) * 30)
        scores = "  ".join(f"{word} {score:.2f}" for word, score in self.scores.items())
        return f"{self.level_dbfs:6.0f} dBFS |{'#' * filled:30}|  {scores}".rstrip()


async def hear(
    source: AudioSource,
    seconds: float,
    *,
    heard: Heard,
    scorer: Scorer | None = None,
    show: Callable[[Shown], None] = lambda _: None,
) -> None:
    """Listen for that long, or until the source ends, and add to `heard`. A missing microphone adds nothing."""
    stream = None if scorer is None else scorer.stream()
    latest: dict[str, float] = {}
    frames = 0
    async for frame in source.frames():
        frames += 1
        if not source.missing:
            scores: dict[str, float] = {}
            for step in [] if stream is None else stream.score(frame):
                scores |= {word: max(score, scores.get(word, 0.0)) for word, score in step.scores.items()}
            latest |= {word: max(score, latest.get(word, 0.0)) for word, score in scores.items()}
            heard.take(frame.samples, scores)
            if frames % _SHOW_EVERY_FRAMES == 0:
                show(Shown(max(heard.frames_dbfs[-_SHOW_EVERY_FRAMES:]), latest))
                latest = {}
        if frames * len(frame.samples) >= seconds * SAMPLE_RATE_HZ:
            break


def verdict(heard: Heard, *, spoken: bool) -> Iterator[Finding]:
    """The problem with the recorded sound, if any. `spoken`: the user was asked to speak during the recording."""
    mixer = "run `alsamixer`, choose the card with F6 and the capture view with F4"
    if not heard.samples:
        hint = (
            "stop the program that uses it (`fuser -v /dev/snd/*` names it; perhaps the service), or see docs/audio.md"
        )
        yield Finding("microphone-unusable", "the microphone delivers no sound", hint)
    elif heard.peak == 0:
        yield Finding("microphone-silent", "the microphone delivers digital silence only", f"switch it on: {mixer}")
    elif heard.clipped > heard.samples * _CLIPPED_SHARE:
        hint = f"lower its level: {mixer}"
        yield Finding("microphone-too-loud", "the microphone is too loud: its sound is clipped", hint, certain=False)
    elif spoken and heard.loudest_dbfs < QUIET_DBFS:
        message = f"the microphone is very quiet: {heard.loudest_dbfs:.0f} dBFS at most"
        hint = f"if you did speak, raise its level: {mixer}"
        yield Finding("microphone-quiet", message, hint, certain=False)


def dbfs(amplitude: float) -> float:
    """Decibels below full scale."""
    return max(SILENT_DBFS, 20 * float(np.log10(amplitude))) if amplitude > 0 else SILENT_DBFS

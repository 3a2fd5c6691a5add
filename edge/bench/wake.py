"""`bench wake`: misses, false accepts and CPU time of one wake word, and the curve over thresholds.

The recordings form one stream, first those with the word, then those without. The engine is never reset; each clip has
a second of silence (or of its noise) before it and half a second after it, and begins at a random place of the engine's
step. The scores are computed once; the trigger is then run over them for each threshold.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track

from edge.audio.recordings import read_recording
from edge.bench.common import Row, machine, mix_noise, read_manifest, read_noise
from edge.errors import UsageError
from edge.events import FRAME_SAMPLES, SAMPLE_RATE_HZ, AudioFrame, Samples
from edge.settings import Settings, WakeSettings, WakeWordSettings
from edge.store import open_store
from edge.wake import Scorer, open_scorer
from edge.wake.detector import choose, lag_samples, trigger
from edge.wake.trigger import Trigger

RECORDINGS = Path(__file__).parent / "recordings" / "manifest.jsonl"

_BEFORE = SAMPLE_RATE_HZ
_AFTER = SAMPLE_RATE_HZ // 2
_MAX_STEP = 1280
_SEED = 20_261_123
_THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording with its surroundings; its word ends at sample `word_end`, found by `end_of_word`."""

    samples: Samples
    word_end: int
    recorded: int
    """Samples of the recording, without its surroundings."""


@dataclass(slots=True)
class Heard:
    """The scores of a stream, and for each clip in it (first sample, end of its word, sample after the last)."""

    at: list[int] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    clips: list[tuple[int, int, int]] = field(default_factory=list)
    samples: int = 0
    recorded: int = 0
    cpu_s: float = 0.0

    def detections(self, trigger: Trigger) -> list[int]:
        """The samples at which the trigger fires."""
        trigger.reset()
        return [at for at, score in zip(self.at, self.scores, strict=True) if trigger.update(score, at)]


def bench_wake(
    settings: Settings,
    *,
    positive: Path | None = None,
    negative: Path | None = None,
    noise: Path | None = None,
    snr_db: float | None = None,
    word: str | None = None,
) -> dict[str, Any]:
    """Measure one wake word on recordings with it and on recordings without it.

    `positive` and `negative` are manifests of rows `{audio}`; the defaults are the recordings of the project. An hour
    is an hour of those recordings, without the silence between them. `noise` is a recording
    or a manifest; each clip gets a random piece of one of its recordings at `snr_db`. `word` is a word of the settings,
    or a model as [wake.words] takes it; not needed when they have one word.
    Raises `UsageError`, `AudioError` and what `edge.wake.open_wake` raises.
    """
    if (noise is None) != (snr_db is None):
        raise UsageError("bench-noise", "noise and its level belong together", "give both --noise and --snr")
    wake = one_word(settings.wake, word)
    ((name, wanted),) = wake.words.items()
    with_word = read_manifest(positive) if positive else _shipped(wake=True)
    without = read_manifest(negative) if negative else _shipped(wake=False)
    mixer = _Mixer(read_noise(noise), snr_db)

    scorer = open_scorer(wake, open_store(settings.models))
    spoken = listen(scorer, mixer.clips(with_word, "with the word"))
    others = listen(scorer, mixer.clips(without, "without it"))
    chosen = choose(wanted, scorer.defaults[name])
    missed, accepted, after_word = _count(spoken, others, trigger(wanted, chosen))
    thresholds = sorted({*_THRESHOLDS, chosen.threshold})
    triggers = [trigger(wanted, replace(chosen, threshold=threshold)) for threshold in thresholds]
    points = [(one.threshold, *_count(spoken, others, one)[:2]) for one in triggers]
    lag = lag_samples(scorer, name, chosen)
    late = [late for index, late in after_word.items() if "speech" not in with_word[index].fields]  # the word alone
    seconds = (spoken.samples + others.samples) / SAMPLE_RATE_HZ
    hours = others.recorded / SAMPLE_RATE_HZ / 3600
    return {
        "engine": wake.engine,
        "word": name,
        "threshold": chosen.threshold,
        "patience": chosen.patience,
        "n": len(with_word),
        "misses": len(missed),
        "miss_rate": round(len(missed) / len(with_word), 4),
        "missed": [str(with_word[index].fields["audio"]) for index in missed],
        "hours": round(hours, 3),
        "false_accepts": len(accepted),
        "false_accepts_per_hour": round(len(accepted) / hours, 2),
        "falsely_accepted": [str(without[index].fields["audio"]) for index in accepted],
        "curve": [[step, round(len(m) / len(with_word), 4), round(len(a) / hours, 2)] for step, m, a in points],
        "detected_after_word_ms": _spread(late),
        "word_end_error_ms": _spread([one - lag for one in late]),
        "cpu_percent_of_core": round(100 * (spoken.cpu_s + others.cpu_s) / seconds, 3),
        "machine": machine(),
    }


def one_word(settings: WakeSettings, word: str | None) -> WakeSettings:
    """The settings with the one word to measure. Raises `UsageError` if it is ambiguous."""
    if word is None:
        if len(settings.words) > 1:
            known = ", ".join(settings.words)
            raise UsageError("bench-word", f"the settings have several words: {known}", "choose one with --word")
        return settings
    wanted = settings.words.get(word) or WakeWordSettings(model=word)
    return WakeSettings(engine=settings.engine, words={word: wanted})


def listen(scorer: Scorer, clips: Iterator[Clip]) -> Heard:
    """The scores of the scorer's only word over all clips in a row."""
    heard, stream = Heard(), scorer.stream()
    rest = np.zeros(0, np.float32)
    for clip in clips:
        begin = heard.samples + len(rest)
        heard.clips.append((begin, begin + clip.word_end, begin + len(clip.samples)))
        heard.recorded += clip.recorded
        audio = np.concatenate([rest, clip.samples])
        whole = len(audio) // FRAME_SAMPLES * FRAME_SAMPLES
        cpu_s = time.process_time()
        for at in range(0, whole, FRAME_SAMPLES):
            for step in stream.score(AudioFrame(audio[at : at + FRAME_SAMPLES], heard.samples + at)):
                heard.at.append(step.at)
                heard.scores.extend(step.scores.values())
        heard.cpu_s += time.process_time() - cpu_s
        heard.samples += whole
        rest = audio[whole:]
    return heard


def end_of_word(audio: Samples) -> int:
    """The sample after the loudest stretch of sound: windows of 10 ms, 25 dB below the peak, gaps up to 200 ms bridged.

    For recordings with one word; clicks of the recorder farther away do not count.
    """
    window = SAMPLE_RATE_HZ // 100
    energy = np.square(audio[: len(audio) // window * window].astype(np.float64)).reshape(-1, window).mean(axis=1)
    if not len(energy):
        return len(audio)
    end = int(np.argmax(energy))
    for index in np.flatnonzero(energy > energy.max() / 10**2.5):
        if end < index <= end + 20:
            end = int(index)
    return (end + 1) * window


def _count(spoken: Heard, others: Heard, heard_by: Trigger) -> tuple[list[int], list[int], dict[int, int]]:
    """By index: clips missed, clips falsely accepted, and samples from the end of a word to its detection."""
    detections = np.array(spoken.detections(heard_by), dtype=np.int64)
    missed: list[int] = []
    after_word: dict[int, int] = {}
    for index, (begin, end, after) in enumerate(spoken.clips):
        inside = detections[(detections > begin) & (detections <= after)]
        if len(inside):
            after_word[index] = int(inside[0]) - end
        else:
            missed.append(index)
    ends = [after for _, _, after in others.clips]
    accepted = np.minimum(np.searchsorted(ends, others.detections(heard_by)), len(ends) - 1)
    return missed, [int(index) for index in accepted], after_word


def _spread(samples: Sequence[int]) -> dict[str, float | None]:
    """Percentiles in milliseconds: early, median, late; negative is early."""
    if not samples:
        return {"p10": None, "p50": None, "p90": None}
    low, middle, high = np.percentile(np.asarray(samples) * 1000 / SAMPLE_RATE_HZ, [10, 50, 90])
    return {"p10": round(float(low), 1), "p50": round(float(middle), 1), "p90": round(float(high), 1)}


class _Mixer:
    """Makes clips of recordings. The same rows always give the same clips."""

    def __init__(self, noises: Sequence[Samples], snr_db: float | None) -> None:
        self._noises = noises
        self._snr_db = snr_db
        self._rng = np.random.default_rng(_SEED)

    def clips(self, rows: Sequence[Row], what: str) -> Iterator[Clip]:
        """The recordings in order, with silence or noise around them."""
        console = Console(stderr=True)
        shown = track(rows, what, console=console, disable=not sys.stderr.isatty(), transient=True)
        for row in shown:
            audio = read_recording(row.audio)
            before = _BEFORE + int(self._rng.integers(_MAX_STEP))
            samples = np.pad(audio, (before, _AFTER))
            if self._snr_db is not None:
                noise = self._noises[int(self._rng.integers(len(self._noises)))]
                samples = mix_noise(samples, noise, self._snr_db, self._rng)
            yield Clip(samples, before + end_of_word(audio), len(audio))


def _shipped(*, wake: bool) -> list[Row]:
    return [row for row in read_manifest(RECORDINGS) if row.fields.get("wake") is wake]

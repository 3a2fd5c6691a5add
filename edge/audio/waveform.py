"""Finds the beginning and end of sound by energy, which a turn's latency is measured between, and inserts pauses."""

from collections.abc import Sequence

import numpy as np

from edge.events import SAMPLE_RATE_HZ, Samples

WINDOW_MS = 10
SPEECH_BELOW_PEAK_DB = 35.0
"""Speech is within this of the loudest window, and 6 dB above the noise floor."""
ONSET_BELOW_PEAK_DB = 40.0
SILENT_DB = -60.0
"""Sound below this level is inaudible."""


PAUSE_WINDOW_MS = 20
FADE_MS = 5


def speech_s(samples: Samples, rate_hz: int) -> tuple[float, float]:
    """The beginning of the first and the end of the last window of speech, in seconds; zeros if there is none."""
    levels = _levels_db(samples, rate_hz)
    if not len(levels) or levels.max() < SILENT_DB:
        return 0.0, 0.0
    floor = float(np.percentile(levels, 10))
    voiced = np.flatnonzero(levels > max(levels.max() - SPEECH_BELOW_PEAK_DB, floor + 6))
    return (float(voiced[0] * WINDOW_MS / 1000), float((voiced[-1] + 1) * WINDOW_MS / 1000)) if len(voiced) else (0, 0)


def speech_end_s(samples: Samples, rate_hz: int) -> float:
    """The end of the last window of speech, in seconds; 0 if there is no sound."""
    return speech_s(samples, rate_hz)[1]


def with_pause(samples: Samples, pause_ms: float, rng: np.random.Generator) -> Samples:
    """16 kHz speech with a pause at its quietest 20 ms between 30 and 70 %, filled with its own noise floor."""
    begin, end = (round(at * SAMPLE_RATE_HZ) for at in speech_s(samples, SAMPLE_RATE_HZ))
    window = SAMPLE_RATE_HZ * PAUSE_WINDOW_MS // 1000
    first, last = begin + (end - begin) * 3 // 10, begin + (end - begin) * 7 // 10
    if pause_ms <= 0 or last - first < window:
        return samples
    energy = np.convolve(samples[first:last].astype(np.float64) ** 2, np.ones(window), mode="valid")
    at = first + int(energy.argmin()) + window // 2
    both_fades = 2 * SAMPLE_RATE_HZ * FADE_MS // 1000
    pause = noise_floor(samples, round(pause_ms * SAMPLE_RATE_HZ / 1000) + both_fades, rng)
    return _joined([samples[:at], pause, samples[at:]])


def noise_floor(samples: Samples, length: int, rng: np.random.Generator) -> Samples:
    """`length` samples of the background noise in 16 kHz audio: its quietest windows, in random order."""
    window = SAMPLE_RATE_HZ * PAUSE_WINDOW_MS // 1000
    fade = SAMPLE_RATE_HZ * FADE_MS // 1000
    starts = np.arange(0, len(samples) - window + 1, window // 2)
    if not len(starts):
        return np.zeros(length, np.float32)
    energy = np.asarray([np.mean(samples[at : at + window].astype(np.float64) ** 2) for at in starts])
    quiet = starts[energy <= np.percentile(energy, 10)]
    count = length // (window - fade) + 2
    pieces = [samples[at : at + window] for at in rng.choice(quiet, count)]
    return _joined(pieces)[:length]


def _joined(pieces: Sequence[Samples]) -> Samples:
    """The pieces one after another, with crossfades of `FADE_MS`, because a step would be a click."""
    fade = SAMPLE_RATE_HZ * FADE_MS // 1000
    rising = np.sqrt((np.arange(fade) + 0.5) / fade)
    joined = np.zeros(sum(map(len, pieces)) - fade * (len(pieces) - 1))
    at = 0
    for number, piece in enumerate(pieces):
        faded = piece.astype(np.float64)
        if number:
            faded[:fade] *= rising
        if number < len(pieces) - 1:
            faded[-fade:] *= rising[::-1]
        joined[at : at + len(piece)] += faded
        at += len(piece) - fade
    return joined.astype(np.float32)


def onset_s(samples: Samples, rate_hz: int) -> float | None:
    """The beginning of the first audible window, in seconds; None if there is none."""
    levels = _levels_db(samples, rate_hz)
    if not len(levels) or levels.max() < SILENT_DB:
        return None
    return float(np.flatnonzero(levels > levels.max() - ONSET_BELOW_PEAK_DB)[0] * WINDOW_MS / 1000)


def _levels_db(samples: Samples, rate_hz: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    window = rate_hz * WINDOW_MS // 1000
    whole = samples[: len(samples) // window * window].astype(np.float64).reshape(-1, window)
    return np.asarray(10 * np.log10(np.mean(whole**2, axis=1) + 1e-12))

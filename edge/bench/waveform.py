"""Where sound begins and ends in a waveform, by energy: what a turn's latency is measured between."""

import numpy as np

from edge.events import Samples

WINDOW_MS = 10
SPEECH_BELOW_PEAK_DB = 35.0
"""Speech is what lies within this of the loudest window, and 6 dB above the noise floor."""
ONSET_BELOW_PEAK_DB = 40.0
SILENT_DB = -60.0
"""Below this full scale nothing can be heard."""


def speech_end_s(samples: Samples, rate_hz: int) -> float:
    """The end of the last window of speech, in seconds; 0 where there is no sound at all."""
    levels = _levels_db(samples, rate_hz)
    if not len(levels) or levels.max() < SILENT_DB:
        return 0.0
    floor = float(np.percentile(levels, 10))
    voiced = np.flatnonzero(levels > max(levels.max() - SPEECH_BELOW_PEAK_DB, floor + 6))
    return float((voiced[-1] + 1) * WINDOW_MS / 1000) if len(voiced) else 0.0


def onset_s(samples: Samples, rate_hz: int) -> float | None:
    """The beginning of the first window that can be heard, in seconds; None where none can."""
    levels = _levels_db(samples, rate_hz)
    if not len(levels) or levels.max() < SILENT_DB:
        return None
    return float(np.flatnonzero(levels > levels.max() - ONSET_BELOW_PEAK_DB)[0] * WINDOW_MS / 1000)


def _levels_db(samples: Samples, rate_hz: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    window = rate_hz * WINDOW_MS // 1000
    whole = samples[: len(samples) // window * window].astype(np.float64).reshape(-1, window)
    return np.asarray(10 * np.log10(np.mean(whole**2, axis=1) + 1e-12))

"""Finds where the command begins after the wake word, from speech probabilities. No I/O.

A recogniser that gets the second half of "Alexa" writes a word for it ("A turn on the light"). So the audio is cut at
the gap after the wake word. If there is no gap, the whole wake word is kept and later stripped from the text.
"""

from edge.events import SAMPLE_RATE_HZ, AudioFrame

WAKE_WORD_MS = 1000
"""Longer than any wake word: if there is no gap, recognition begins this long before the wake word's end."""
_EARLY_MS, _LATE_MS = 100, 320
"""The gap is expected from this long before the estimated end of the wake word to this long after it ..."""
_EARLIEST_MS = 400
"""... or, if the estimate is late, as early as this long before it."""


class WakeTail:
    """Takes frames and their speech probabilities, starting before the wake word's end, until it finds the start."""

    def __init__(self, word_end: int, threshold: float) -> None:
        self._word_end = word_end
        self._threshold = threshold
        self._early_gap: int | None = None

    def step(self, frame: AudioFrame, probability: float) -> int | None:
        """The first sample of the command; None if it is not known yet."""
        after_ms = (frame.start - self._word_end) * 1000 / SAMPLE_RATE_HZ
        silent = probability < self._threshold
        if silent and after_ms >= -_EARLY_MS:
            return frame.start
        if silent and after_ms >= -_EARLIEST_MS:
            self._early_gap = frame.start
        if after_ms < _LATE_MS:
            return None
        if self._early_gap is not None:
            return self._early_gap
        return self._word_end - WAKE_WORD_MS * SAMPLE_RATE_HZ // 1000

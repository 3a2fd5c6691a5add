"""Where the command begins behind the wake word. Pure: probabilities of speech go in, a place comes out.

A recogniser that is given the second half of "Alexa" writes a word for it ("A turn on the light"). So the command is
cut off at the gap behind the wake word; where there is no gap, in one breath, the whole wake word is left in front of
it, to be taken off the text.
"""

from edge.events import SAMPLE_RATE_HZ, AudioFrame

WAKE_WORD_MS = 1000
"""Longer than a wake word: from here before its end the recogniser listens when there is no gap."""
_EARLY_MS, _LATE_MS = 100, 320
"""A gap is looked for from that long before the estimated end of the wake word to that long after it..."""
_EARLIEST_MS = 400
"""... and, when the estimate was late, back to here."""


class WakeTail:
    """Takes frames with their probabilities of speech, from before the wake word's end on, until it knows."""

    def __init__(self, word_end: int, threshold: float) -> None:
        self._word_end = word_end
        self._threshold = threshold
        self._early_gap: int | None = None

    def step(self, frame: AudioFrame, probability: float) -> int | None:
        """The sample from which on the command is to be heard; None: not known yet."""
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

"""Detects the beginning and end of an utterance from speech probabilities and partial texts. Contains no model.

Hysteresis as in Silero's `VADIterator`: speech from `threshold`, silence below `threshold` - 0.15, values in between
keep the current state. A single loud frame (a click) does not begin an utterance.

The silence that ends an utterance depends on the text so far: short after a complete command, long after "turn on the",
and for other text the shorter, the more complete it is.
"""

from dataclasses import dataclass
from typing import Literal

from edge.events import FRAME_MS, Progress
from edge.settings import TurnSettings

HYSTERESIS = 0.15
START_MS = 90.0
"""Speech within the last `START_WINDOW_MS` that begins an utterance."""
START_WINDOW_MS = 200.0
STALLED_MS = 3000.0
"""Recognised audio without a new word, while speech continues, after which the speech is taken for a television."""

EndReason = Literal["silence", "max-length", "stalled", "nothing-said"]


@dataclass(frozen=True, slots=True)
class SilenceTimeouts:
    """Milliseconds of silence that end an utterance. The voice detector reports silence about 70 ms late."""

    complete: float
    """After a command with completeness 1."""
    lacking: float
    """After a command with completeness 0: people usually add something."""
    finished: float
    """After other text with completeness 1."""
    unfinished: float
    """After other text with completeness 0."""
    open: float
    """After the beginning of a command, and while the text is unknown."""


SILENCE_TIMEOUTS = {
    "quick": SilenceTimeouts(160, 384, 320, 700, 900),
    "normal": SilenceTimeouts(192, 480, 416, 1100, 1200),
    "relaxed": SilenceTimeouts(320, 704, 704, 1600, 2000),
}


@dataclass(frozen=True, slots=True)
class PartialTurn:
    """The text recognised so far.

    `completeness` is the likelihood that nothing is missing, 0 to 1. The text covers the first `covered_ms` of the
    endpointer's time. `covers_all_audio` is True if there was no speech since.
    """

    text: str = ""
    progress: Progress = "no-command"
    completeness: float = 0.0
    covers_all_audio: bool = False
    covered_ms: float = 0.0


NOTHING = PartialTurn()


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """Speech has begun, at `at_ms` from the endpointer's first frame."""

    at_ms: float


@dataclass(frozen=True, slots=True)
class UtteranceEnded:
    """The utterance is over. `voiced_until_ms` is the end of its last voiced frame, 0 if there was no speech."""

    reason: EndReason
    voiced_until_ms: float


class Endpointer:
    """Takes one speech probability per frame. Its time starts at the first frame.

    Do not feed it after `UtteranceEnded`.
    """

    def __init__(
        self,
        settings: TurnSettings,
        *,
        threshold: float,
        timeouts: SilenceTimeouts | None = None,
        frame_ms: float = FRAME_MS,
    ) -> None:
        """`timeouts` defaults to those of `[turn] endpointing`."""
        self._settings = settings
        self._timeouts = timeouts or SILENCE_TIMEOUTS[settings.endpointing]
        self._speech_from = threshold
        self._silence_below = max(threshold - HYSTERESIS, threshold / 2)
        self._frame_ms = frame_ms
        self._now_ms = 0.0
        self._started = False
        self._speaking = False
        self._recent: list[float] = []
        self._voiced_until_ms = 0.0
        self._text = ""
        self._text_since_ms = 0.0
        self._ended = False

    @property
    def started(self) -> bool:
        """True once speech has begun."""
        return self._started

    @property
    def silence_ms(self) -> float:
        """Silence since the last voiced frame, or since the beginning if there was no speech."""
        return self._now_ms - self._voiced_until_ms

    def step(self, probability: float, partial: PartialTurn = NOTHING) -> SpeechStarted | UtteranceEnded | None:
        """Take the speech probability of one frame and the text recognised so far. Returns None if nothing changed."""
        if self._ended:
            message = "the utterance has ended: create a new endpointer"
            raise ValueError(message)
        began_ms = self._now_ms
        self._now_ms += self._frame_ms
        if partial.text != self._text:
            self._text, self._text_since_ms = partial.text, partial.covered_ms
        self._speaking = probability >= (self._silence_below if self._speaking else self._speech_from)
        if not self._started:
            return self._before_start(began_ms)
        if self._speaking:
            self._voiced_until_ms = self._now_ms
        return self._after_start(partial)

    def _before_start(self, began_ms: float) -> SpeechStarted | UtteranceEnded | None:
        if self._speaking:
            self._recent.append(began_ms)
        self._recent = [at for at in self._recent if at > self._now_ms - START_WINDOW_MS]
        if len(self._recent) * self._frame_ms >= START_MS:
            self._started = True
            self._voiced_until_ms = self._now_ms
            return SpeechStarted(self._recent[0])
        if self._now_ms >= self._settings.start_timeout_ms:
            return self._end("nothing-said")
        return None

    def _after_start(self, partial: PartialTurn) -> UtteranceEnded | None:
        if self.silence_ms >= silence_timeout_ms(self._timeouts, partial):
            return self._end("silence")
        if self._now_ms >= self._settings.max_ms:
            return self._end("max-length")
        # Only recognised audio counts, so that a slow recogniser does not end the utterance.
        if self._text and partial.covered_ms - self._text_since_ms >= STALLED_MS:
            return self._end("stalled")
        return None

    def _end(self, reason: EndReason) -> UtteranceEnded:
        self._ended = True
        return UtteranceEnded(reason, self._voiced_until_ms)


def silence_timeout_ms(timeouts: SilenceTimeouts, partial: PartialTurn) -> float:
    """Milliseconds of silence that end an utterance with this partial text."""
    if not partial.covers_all_audio or partial.progress == "could-go-on":
        return timeouts.open
    first, last = (
        (timeouts.complete, timeouts.lacking)
        if partial.progress == "complete"
        else (timeouts.finished, timeouts.unfinished)
    )
    return last + (first - last) * partial.completeness

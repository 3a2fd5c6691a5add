"""Where an utterance begins and ends. No model in it: probabilities and partial texts go in, events come out.

Hysteresis as in Silero's own iterator: speech from `threshold`, silence below `threshold` - 0.15, what lies between
keeps the state it is in. A single loud frame (a click) does not begin an utterance.

How much silence makes an end depends on what was said so far. A command with all it needs ends soon, who has said
"turn on the" is looking for a word, and other text ends the sooner the more finished it is.
"""

from dataclasses import dataclass
from typing import Literal

from edge.events import FRAME_MS, Progress
from edge.settings import TurnSettings

HYSTERESIS = 0.15
START_MS = 90.0
"""Speech within the last `START_WINDOW_MS` that makes a beginning."""
START_WINDOW_MS = 200.0
STALLED_MS = 3000.0
"""Voices go on, but no new word was recognised for this long: a television, not the user."""

Reason = Literal["silence", "max-length", "stalled", "nothing-said"]


@dataclass(frozen=True, slots=True)
class Waits:
    """Milliseconds of silence that end an utterance; the voice detector sees it begin some 70 ms late."""

    complete: float
    """After a command that lacks nothing."""
    lacking: float
    """After one that people usually say more with."""
    finished: float
    """After other text that is certainly finished."""
    unfinished: float
    """After other text that is certainly not."""
    open: float
    """After the beginning of a command, and while nothing is known of the text."""


WAITS = {
    "quick": Waits(160, 384, 320, 700, 900),
    "normal": Waits(192, 480, 416, 1100, 1200),
    "relaxed": Waits(320, 704, 704, 1600, 2000),
}


@dataclass(frozen=True, slots=True)
class SoFar:
    """What was recognised so far.

    `completeness` is how likely nothing is missing, 0 to 1; `whole`: nothing was said since.
    """

    text: str = ""
    progress: Progress = "no-command"
    completeness: float = 0.0
    whole: bool = False


NOTHING = SoFar()


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """Somebody speaks. `at_ms` is where the speech began, counted from the endpointer's first frame."""

    at_ms: float


@dataclass(frozen=True, slots=True)
class UtteranceEnded:
    """The utterance is over. `voiced_until_ms` is the end of its last voiced frame, 0 where nothing was said."""

    reason: Reason
    voiced_until_ms: float


class Endpointer:
    """Takes one probability a frame; the utterance's own time starts with the first one.

    After `UtteranceEnded` it must not be fed again.
    """

    def __init__(
        self, settings: TurnSettings, *, threshold: float, waits: Waits | None = None, frame_ms: float = FRAME_MS
    ) -> None:
        """`waits` None: those of the patience in the settings."""
        self._settings = settings
        self._waits = waits or WAITS[settings.patience]
        self._speech_from = threshold
        self._silence_below = max(threshold - HYSTERESIS, threshold / 2)
        self._frame_ms = frame_ms
        self._now_ms = 0.0
        self._started = False
        self._speaking = False
        self._recent: list[float] = []
        self._voiced_until_ms = 0.0
        self._text = ""
        self._text_changed_ms = 0.0
        self._ended = False

    @property
    def started(self) -> bool:
        """Speech has begun."""
        return self._started

    @property
    def voiced_until_ms(self) -> float:
        """The end of the last voiced frame; 0 where nothing was said yet."""
        return self._voiced_until_ms

    @property
    def silence_ms(self) -> float:
        """How long it has been silent since the last voiced frame; since the beginning where nothing was said."""
        return self._now_ms - self._voiced_until_ms

    def step(self, probability: float, so_far: SoFar = NOTHING) -> SpeechStarted | UtteranceEnded | None:
        """Take one frame's probability of speech, and what was recognised of the frames before it."""
        if self._ended:
            message = "the utterance has ended: make a new endpointer"
            raise ValueError(message)
        began_ms = self._now_ms
        self._now_ms += self._frame_ms
        if so_far.text != self._text:
            self._text, self._text_changed_ms = so_far.text, self._now_ms
        self._speaking = probability >= (self._silence_below if self._speaking else self._speech_from)
        if not self._started:
            return self._before_start(began_ms)
        if self._speaking:
            self._voiced_until_ms = self._now_ms
        return self._after_start(so_far)

    def _before_start(self, began_ms: float) -> SpeechStarted | UtteranceEnded | None:
        if self._speaking:
            self._recent.append(began_ms)
        self._recent = [at for at in self._recent if at > self._now_ms - START_WINDOW_MS]
        if len(self._recent) * self._frame_ms >= START_MS:
            self._started = True
            self._voiced_until_ms = self._text_changed_ms = self._now_ms
            return SpeechStarted(self._recent[0])
        if self._now_ms >= self._settings.start_timeout_ms:
            return self._end("nothing-said")
        return None

    def _after_start(self, so_far: SoFar) -> UtteranceEnded | None:
        if self.silence_ms >= wait_ms(self._waits, so_far):
            return self._end("silence")
        if self._now_ms >= self._settings.max_ms:
            return self._end("max-length")
        if self._text and self._now_ms - self._text_changed_ms >= STALLED_MS:
            return self._end("stalled")
        return None

    def _end(self, reason: Reason) -> UtteranceEnded:
        self._ended = True
        return UtteranceEnded(reason, self._voiced_until_ms)


def wait_ms(waits: Waits, so_far: SoFar) -> float:
    """Milliseconds of silence that end an utterance of which this was recognised."""
    if not so_far.whole or so_far.progress == "could-go-on":
        return waits.open
    first, last = (
        (waits.complete, waits.lacking) if so_far.progress == "complete" else (waits.finished, waits.unfinished)
    )
    return last + (first - last) * so_far.completeness

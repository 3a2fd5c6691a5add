"""Wake word and voice activity, one after the other on one thread: a frame crosses to the engines once."""

from collections.abc import Sequence

from edge.events import FRAME_SAMPLES, AudioFrame, WakeDetected
from edge.vad import Vad
from edge.wake import WakeDetector


class Detectors:
    """The engines of every frame. One that is None is missing, and its feature with it. Calls block for some ms."""

    def __init__(self, wake: WakeDetector | None, vad: Vad | None) -> None:
        self.words = () if wake is None else wake.words
        """The wake words that are listened for."""
        self.step_samples = FRAME_SAMPLES if wake is None else wake.step_samples
        """See `WakeDetector.step_samples`."""
        self._wake = None if wake is None else wake.stream()
        self._vad = None if vad is None else vad.stream()

    def feed(self, frames: Sequence[AudioFrame], new: int, *, at_once: bool) -> tuple[list[float], WakeDetected | None]:
        """The wake word that the last `new` ones of `frames` completed, and the probability of speech of each frame.

        Unless it is wanted `at_once`, or there is a wake word, voice activity is left for later: the list is empty, and
        the same frames come again in front of the next ones.
        """
        detected = [] if self._wake is None else [it for frame in frames[-new:] for it in self._wake.feed(frame)]
        wake = max(detected, key=lambda it: it.score, default=None)
        if not at_once and wake is None:
            return [], None
        return [0.0 if self._vad is None else self._vad.feed(frame) for frame in frames], wake

    def reset(self) -> None:
        """Forget the audio so far: after a gap."""
        if self._wake is not None:
            self._wake.reset()

"""Runs wake word and voice activity detection on one thread, so that each frame crosses threads once."""

from collections.abc import Sequence

from edge.events import FRAME_SAMPLES, AudioFrame, WakeDetected
from edge.vad import Vad
from edge.wake import WakeDetector


class Detectors:
    """The engines that run on every frame. None disables the engine's feature. Calls block for a few ms."""

    def __init__(self, wake: WakeDetector | None, vad: Vad | None) -> None:
        self.words = () if wake is None else wake.words
        """The configured wake words."""
        self.step_samples = FRAME_SAMPLES if wake is None else wake.step_samples
        """See `WakeDetector.step_samples`."""
        self._wake = None if wake is None else wake.stream()
        self._vad = None if vad is None else vad.stream()

    def feed(self, frames: Sequence[AudioFrame], new: int, *, at_once: bool) -> tuple[list[float], WakeDetected | None]:
        """The speech probability of each frame, and the wake word that ended in the last `new` frames.

        Voice activity is computed only if `at_once` is set or a wake word was detected. Otherwise the list is empty,
        and the next call must pass the same frames again, before its new ones.
        """
        detected = [] if self._wake is None else [it for frame in frames[-new:] for it in self._wake.feed(frame)]
        wake = max(detected, key=lambda it: it.score, default=None)
        if not at_once and wake is None:
            return [], None
        return [0.0 if self._vad is None else self._vad.feed(frame) for frame in frames], wake

    def reset(self) -> None:
        """Forget the audio so far. Call it after a gap."""
        if self._wake is not None:
            self._wake.reset()

"""Wake word and voice activity, one after the other on one thread: a frame crosses to the engines once."""

from edge.events import AudioFrame, WakeDetected
from edge.vad import Vad
from edge.wake import WakeDetector


class Detectors:
    """What runs on every frame. Either detector may be None: the feature is missing. Calls block for 0.2 to 3 ms."""

    def __init__(self, wake: WakeDetector | None, vad: Vad | None) -> None:
        self.words = () if wake is None else wake.words
        """The wake words that are listened for."""
        self._wake = None if wake is None else wake.stream()
        self._vad = None if vad is None else vad.stream()

    def feed(self, frame: AudioFrame) -> tuple[float, WakeDetected | None]:
        """The probability that the frame is speech, and the wake word that it completed."""
        speech = 0.0 if self._vad is None else self._vad.feed(frame)
        detected = () if self._wake is None else self._wake.feed(frame)
        return speech, max(detected, key=lambda wake: wake.score, default=None)

    def reset(self) -> None:
        """Forget the audio so far: after a gap."""
        if self._wake is not None:
            self._wake.reset()

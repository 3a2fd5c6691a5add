"""Turns the scores of one wake word into detections. Pure: no audio, no model, no clock."""


class Trigger:
    """Fires once each time the word is spoken.

    A detection is the first moment at which `patience` scores in a row reached `threshold`. It fires at the rising edge
    only: the scores must fall below the threshold before it can fire again, and for `refractory` samples after a
    detection it ignores every edge. A score that is not a number counts as below.
    """

    def __init__(self, threshold: float, patience: int = 1, refractory: int = 0) -> None:
        self.threshold = threshold
        self.patience = patience
        self.refractory = refractory
        self._run = 0
        self._deaf_until: int | None = None

    def update(self, score: float, at: int) -> bool:
        """Take the next score, of sample `at`; True if the word has just been detected."""
        if not score >= self.threshold:
            self._run = 0
            return False
        self._run += 1
        if self._run != self.patience or (self._deaf_until is not None and at < self._deaf_until):
            return False
        self._deaf_until = at + self.refractory
        return True

    def reset(self) -> None:
        """Forget all scores, because the audio that follows is not connected to the audio so far."""
        self._run = 0
        self._deaf_until = None

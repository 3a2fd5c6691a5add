"""From scores to detections: one trigger a word, the same for every engine."""

from edge.events import SAMPLE_RATE_HZ, AudioFrame, WakeDetected
from edge.settings import WakeSettings
from edge.wake import Scorer
from edge.wake.trigger import Trigger


class ScoreDetector:
    """A `WakeDetector` on the scores of an engine."""

    def __init__(self, scorer: Scorer, settings: WakeSettings) -> None:
        self.words = scorer.words
        self._scorer = scorer
        self._triggers = {
            word: Trigger(
                wanted.threshold if wanted.threshold is not None else scorer.thresholds[word],
                wanted.patience,
                wanted.refractory_ms * SAMPLE_RATE_HZ // 1000,
            )
            for word, wanted in settings.words.items()
        }
        self._lags = {
            word: scorer.lag_samples[word] + (wanted.patience - 1) * scorer.step_samples
            for word, wanted in settings.words.items()
        }

    def feed(self, frame: AudioFrame) -> list[WakeDetected]:
        """See `WakeDetector.feed`."""
        return [
            WakeDetected(word, score, step.at, max(0, step.at - self._lags[word]))
            for step in self._scorer.score(frame)
            for word, score in step.scores.items()
            if self._triggers[word].update(score, step.at)
        ]

    def reset(self) -> None:
        """See `WakeDetector.reset`."""
        self._scorer.reset()
        for trigger in self._triggers.values():
            trigger.reset()

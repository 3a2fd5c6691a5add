"""From scores to detections: one trigger for each word, the same for every engine."""

from edge.events import SAMPLE_RATE_HZ, AudioFrame, WakeDetected
from edge.settings import WakeSettings, WakeWordSettings
from edge.wake import Scorer, Sensitivity
from edge.wake.trigger import Trigger


def choose(wanted: WakeWordSettings, default: Sensitivity) -> Sensitivity:
    """The settings' values, and the model's own where the settings have none."""
    return Sensitivity(
        wanted.threshold if wanted.threshold is not None else default.threshold,
        wanted.patience if wanted.patience is not None else default.patience,
    )


def trigger(wanted: WakeWordSettings, sensitivity: Sensitivity) -> Trigger:
    """The trigger of one word."""
    refractory = wanted.refractory_ms * SAMPLE_RATE_HZ // 1000
    return Trigger(sensitivity.threshold, sensitivity.patience, refractory)


def lag_samples(scorer: Scorer, word: str, sensitivity: Sensitivity) -> int:
    """How long after the end of the word the trigger fires: patience waits for further steps."""
    return scorer.lag_samples[word] + (sensitivity.patience - 1) * scorer.step_samples


class ScoreDetector:
    """A `WakeDetector` on the scores of an engine."""

    def __init__(self, scorer: Scorer, settings: WakeSettings) -> None:
        self.words = scorer.words
        self.step_samples = scorer.step_samples
        self._scorer = scorer
        self._settings = settings

    def stream(self) -> "ScoreDetectorStream":
        """See `WakeDetector.stream`."""
        return ScoreDetectorStream(self._scorer, self._settings)


class ScoreDetectorStream:
    """See `WakeStream`."""

    def __init__(self, scorer: Scorer, settings: WakeSettings) -> None:
        self._scores = scorer.stream()
        self._triggers: dict[str, Trigger] = {}
        self._lags: dict[str, int] = {}
        for word, wanted in settings.words.items():
            sensitivity = choose(wanted, scorer.defaults[word])
            self._triggers[word] = trigger(wanted, sensitivity)
            self._lags[word] = lag_samples(scorer, word, sensitivity)

    def feed(self, frame: AudioFrame) -> list[WakeDetected]:
        """See `WakeStream.feed`."""
        return [
            WakeDetected(word, score, step.at, max(0, step.at - self._lags[word]))
            for step in self._scores.score(frame)
            for word, score in step.scores.items()
            if self._triggers[word].update(score, step.at)
        ]

    def reset(self) -> None:
        """See `WakeStream.reset`."""
        self._scores.reset()
        for trigger in self._triggers.values():
            trigger.reset()

"""Wake-word detection: several words at once, each with its threshold.

An engine is a `Scorer`: it turns audio into scores. `edge.wake.trigger` turns scores into detections, in the same way
for every engine.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pydantic import BaseModel, ConfigDict, Field

from edge.errors import ModelError
from edge.events import SAMPLE_RATE_HZ, AudioFrame, WakeDetected
from edge.settings import WakeSettings

if TYPE_CHECKING:
    from edge.store import ModelStore


class WakeStream(Protocol):
    """The detector's memory of one microphone. Calls block: run them on a worker."""

    def feed(self, frame: AudioFrame) -> list[WakeDetected]:
        """Take the next frame; returns the words that have just been detected (edge-triggered)."""
        ...

    def reset(self) -> None:
        """Forget the audio so far: after a gap."""
        ...


class WakeDetector(Protocol):
    """A loaded detector, able to listen to any number of microphones."""

    words: tuple[str, ...]

    step_samples: int
    """A stream detects nothing but at multiples of this many samples since it began or was reset."""

    def stream(self) -> WakeStream:
        """Begin to listen to a microphone."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """The scores (0 to 1) at sample `at`, by word; only words with a new score."""

    at: int
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The condition for a detection: `patience` scores in a row that are at least `threshold`."""

    threshold: float
    patience: int = 1


class Tuning(BaseModel):
    """The operating point of one word model: the section `[tuning]` of its manifest. None: the engine's own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    threshold: float | None = Field(default=None, gt=0, lt=1)
    patience: int | None = Field(default=None, ge=1, le=20)
    lag_ms: float | None = Field(default=None, ge=0, le=1000)
    """How long after the end of the word its score reaches the threshold (median, measured)."""


class ScoreStream(Protocol):
    """How much the last second of one microphone sounds like each word."""

    def score(self, frame: AudioFrame) -> list[Step]:
        """Take the next frame; returns the scores that it completed."""
        ...

    def reset(self) -> None:
        """Forget the audio so far: after a gap."""
        ...


class Scorer(Protocol):
    """An engine: it turns audio into scores."""

    words: tuple[str, ...]

    step_samples: int
    """Samples between two scores of a word: the unit of `patience`."""

    defaults: Mapping[str, Sensitivity]
    """For each word, the operating point of its model; the settings may override it."""

    lag_samples: Mapping[str, int]
    """For each word, how long after its end its score typically reaches the threshold (median, measured)."""

    def stream(self) -> ScoreStream:
        """Begin to listen to a microphone."""
        ...


def open_wake(settings: WakeSettings, store: "ModelStore") -> WakeDetector:
    """The configured engine with its words. Raises `ModelError` or, for an engine not installed, `EngineError`."""
    from edge.wake.detector import ScoreDetector

    return ScoreDetector(open_scorer(settings, store), settings)


def open_scorer(settings: WakeSettings, store: "ModelStore") -> Scorer:
    """The engine alone, for the scores themselves. Raises as `open_wake` does."""
    models = {word: find_word_model(settings.engine, wanted.model, store) for word, wanted in settings.words.items()}
    scorer = _open_engine(settings.engine, models, store)
    tuned = {word: _tuning(settings.engine, wanted.model, store) for word, wanted in settings.words.items()}
    scorer.defaults = {word: _operating_point(scorer.defaults[word], tuning) for word, tuning in tuned.items()}
    scorer.lag_samples = {
        word: scorer.lag_samples[word] if tuning.lag_ms is None else round(tuning.lag_ms * SAMPLE_RATE_HZ / 1000)
        for word, tuning in tuned.items()
    }
    return scorer


def _open_engine(engine: str, models: Mapping[str, Path], store: "ModelStore") -> Scorer:
    match engine:
        case "openwakeword":
            from edge.wake.openwakeword import OpenWakeWord

            return OpenWakeWord(store.locate("openwakeword-features"), models)
        case _:
            from edge.wake.microwakeword import MicroWakeWordScorer

            return MicroWakeWordScorer(models)


def _tuning(engine: str, model: str, store: "ModelStore") -> Tuning:
    """Of a model of the store; a file of the user's own has none."""
    from edge.store import is_path, word_model
    from edge.store.tuning import read_tuning

    return Tuning() if is_path(model) else read_tuning(Tuning, store.manifest(word_model(engine, model)))


def _operating_point(default: Sensitivity, tuning: Tuning) -> Sensitivity:
    return Sensitivity(
        default.threshold if tuning.threshold is None else tuning.threshold,
        default.patience if tuning.patience is None else tuning.patience,
    )


_ENDING = {"openwakeword": ".onnx", "microwakeword": ".json"}


def find_word_model(engine: str, model: str, store: "ModelStore") -> Path:
    """The file of a word model: a path, or a name of the store ('hey_jarvis' and 'hey-jarvis' are the same).

    Raises `ModelError`.
    """
    from edge.store import is_path, word_model

    ending = _ENDING[engine]
    if is_path(model):
        path = Path(model).expanduser()
        if path.suffix != ending:
            other = next((name for name, other in _ENDING.items() if other == path.suffix), None)
            hint = f"set engine = '{other}' in [wake]" if other else f"give the {ending} file of the model"
            raise ModelError("model-invalid", f"{path}: {engine} takes a {ending} file", hint)
        return path
    folder = store.locate(word_model(engine, model))
    found = sorted(path for path in folder.glob(f"*{ending}") if path.name[0] != ".")  # not the store's own record
    if len(found) != 1:
        message = f"{folder} holds {len(found)} {ending} files instead of one"
        raise ModelError("model-invalid", message, "run `edge-voice models verify`")
    return found[0]

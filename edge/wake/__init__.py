"""Wake-word detection: several words at once, each with its threshold.

An engine is a `Scorer`: it turns audio into scores. What makes a detection of them is the same for every engine, see
`edge.wake.trigger`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from edge.errors import ModelError
from edge.events import AudioFrame, WakeDetected
from edge.settings import WakeSettings

if TYPE_CHECKING:
    from edge.store import ModelStore


class WakeDetector(Protocol):
    """Listens to every frame. Calls block: run them on a worker."""

    words: tuple[str, ...]

    def feed(self, frame: AudioFrame) -> list[WakeDetected]:
        """Take the next frame, return the words that have just been detected (edge-triggered)."""
        ...

    def reset(self) -> None:
        """Forget the audio so far: after a gap."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """The scores, 0 to 1 by word, that hold at sample `at`; only words that have a new one."""

    at: int
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What makes a detection: `patience` scores in a row that are at least `threshold`."""

    threshold: float
    patience: int = 1


class Scorer(Protocol):
    """An engine: how much the last second sounds like each word."""

    words: tuple[str, ...]

    step_samples: int
    """Samples between two scores of a word: the unit of `patience`."""

    defaults: Mapping[str, Sensitivity]
    """For each word, what its model is meant for; the settings may say otherwise."""

    lag_samples: Mapping[str, int]
    """For each word, how long after its end its score typically reaches the threshold (median, measured)."""

    def score(self, frame: AudioFrame) -> list[Step]:
        """Take the next frame, return the scores that it completed."""
        ...

    def reset(self) -> None:
        """Forget the audio so far: after a gap."""
        ...


def open_wake(settings: WakeSettings, store: "ModelStore") -> WakeDetector:
    """The configured engine with its words. Raises `ModelError` or, for an engine not installed, `EngineError`."""
    from edge.wake.detector import ScoreDetector  # noqa: PLC0415 - it needs the protocols above

    return ScoreDetector(open_scorer(settings, store), settings)


def open_scorer(settings: WakeSettings, store: "ModelStore") -> Scorer:
    """The engine alone, for those who want the scores. Raises as `open_wake` does."""
    models = {word: find_word_model(settings.engine, wanted.model, store) for word, wanted in settings.words.items()}
    match settings.engine:
        case "openwakeword":
            from edge.wake.openwakeword import OpenWakeWord  # noqa: PLC0415 - an engine is imported when it is opened

            return OpenWakeWord(store.locate("openwakeword-features"), models)
        case "microwakeword":
            from edge.wake.microwakeword import MicroWakeWordScorer  # noqa: PLC0415 - as above

            return MicroWakeWordScorer(models)


_ENDING = {"openwakeword": ".onnx", "microwakeword": ".json"}


def find_word_model(engine: str, model: str, store: "ModelStore") -> Path:
    """The file of a word model: a path as it is, else a name of the store ('hey_jarvis' and 'hey-jarvis' are one).

    Raises `ModelError`.
    """
    from edge.store import is_path, word_model  # noqa: PLC0415 - the trigger, beside this, is pure

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

"""microWakeWord: small TFLite models with their own runtime, from the `pymicro-wakeword` package (extra).

Every 10 ms 40 features, every 30 ms (the model's stride) a probability, whose mean over the model's sliding window is
the score. Method and models: https://github.com/kahrendt/microWakeWord. A model is a .json file and the .tflite that it
names, in the same folder.
"""

import ctypes
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from edge.errors import EngineError, ModelError
from edge.events import AudioFrame
from edge.runtime.commands import pip_install
from edge.runtime.onnx.report import InUse, note
from edge.wake import Sensitivity, Step

try:
    import pymicro_wakeword
    from pymicro_wakeword.wakeword import TfLiteWakeWord
except ImportError as error:
    raise EngineError(
        "engine-missing",
        "the microWakeWord engine is not installed",
        f"run: {pip_install('edge-voice[microwakeword]')}",
    ) from error

FEATURE_SAMPLES = 160
LAG_SAMPLES = 2240
"""Of models whose manifest has none: 140 ms, as measured with "alexa" (docs/wake-words.md)."""

_FEATURES = 40
_MAX_CONFIG_BYTES = 64 * 1024
_MAX_MODEL_BYTES = 8 * 1024 * 1024
_MAX_SLIDING_WINDOW = 100
_MAX_STRIDE = 16
_TFLITE_MAGIC = b"TFL3"


class MicroWakeWordScorer:
    """See `edge.wake.Scorer`. `models` is the .json file of each word."""

    def __init__(self, models: Mapping[str, Path]) -> None:
        self.words = tuple(models)
        self._configs = {word: _read_config(path) for word, path in models.items()}
        self.defaults: Mapping[str, Sensitivity] = {
            word: Sensitivity(config.threshold) for word, config in self._configs.items()
        }
        self.lag_samples: Mapping[str, int] = dict.fromkeys(models, LAG_SAMPLES)
        stride = max(_open_model(word, config).stride for word, config in self._configs.items())
        self.step_samples = FEATURE_SAMPLES * stride
        for path in models.values():
            note(self, InUse("wake", path.stem, "cpu", "TensorFlow Lite"))

    def stream(self) -> "MicroWakeWordStream":
        """See `Scorer.stream`. The package keeps the state of a stream in its model: each gets its own, of 80 kB."""
        return MicroWakeWordStream({word: _open_model(word, config) for word, config in self._configs.items()})


class MicroWakeWordStream:
    """See `edge.wake.ScoreStream`."""

    def __init__(self, models: Mapping[str, "pymicro_wakeword.MicroWakeWord"]) -> None:
        self._models = models
        self._frontend = pymicro_wakeword.MicroWakeWordFeatures()
        self._pending = np.zeros(0, "<i2")
        self._frames = 0

    def reset(self) -> None:
        """See `ScoreStream.reset`."""
        self._frontend.reset()
        for model in self._models.values():
            model.reset()
        self._pending = np.zeros(0, "<i2")
        self._frames = 0

    def score(self, frame: AudioFrame) -> list[Step]:
        """See `ScoreStream.score`."""
        pcm = np.clip(np.rint(frame.samples * np.float32(32768)), -32768, 32767).astype("<i2")
        audio = np.concatenate([self._pending, pcm])
        begin = frame.start - len(self._pending)
        whole = len(audio) // FEATURE_SAMPLES * FEATURE_SAMPLES
        self._pending = audio[whole:]
        steps = []
        for at in range(0, whole, FEATURE_SAMPLES):
            for features in self._frontend.process_streaming(audio[at : at + FEATURE_SAMPLES].tobytes()):
                scores = self._feed(features)
                if scores:
                    steps.append(Step(begin + at + FEATURE_SAMPLES, scores))
        return steps

    def _feed(self, features: np.ndarray) -> dict[str, float]:
        """The scores of the models for which these features complete a stride."""
        self._frames += 1
        scores = {}
        for word, model in self._models.items():
            score = model.process_streaming_prob(features)
            if self._frames % model.stride == 0:
                scores[word] = float(score or 0.0)
        return scores


@dataclass(frozen=True, slots=True)
class _Config:
    model: Path
    threshold: float
    sliding_window: int


def _read_config(path: Path) -> _Config:
    try:
        with path.open("rb") as file:
            text = file.read(_MAX_CONFIG_BYTES + 1)
    except OSError as error:
        raise ModelError("model-missing", f"{path}: {error.strerror}", "check the path in the settings") from error
    try:
        if len(text) > _MAX_CONFIG_BYTES:
            raise ValueError("it is too long")  # noqa: TRY301 - one message for all mistakes
        config = json.loads(text)
        name, micro = config["model"], config["micro"]
        threshold, window = float(micro["probability_cutoff"]), int(micro["sliding_window_size"])
        fits = 0 < threshold < 1 and 1 <= window <= _MAX_SLIDING_WINDOW and Path(name).name == name
        if not fits or micro.get("feature_step_size", 10) != 10:  # noqa: PLR2004 - milliseconds
            raise ValueError("its values are out of range")  # noqa: TRY301 - as above
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        message = f"{path} does not describe a microWakeWord model: {type(error).__name__} {error}"[:300]
        raise ModelError("model-invalid", message, "take the .json that came with the .tflite") from error
    return _Config(path.parent / name, threshold, window)


def _open_model(word: str, config: _Config) -> "pymicro_wakeword.MicroWakeWord":
    library = next(iter(sorted((Path(pymicro_wakeword.__file__).parent / "lib").glob("*tensorflowlite_c.*"))), None)
    if library is None:
        raise EngineError("engine-missing", "pymicro-wakeword has no runtime for this machine")
    _check_model(config.model, library)
    return pymicro_wakeword.MicroWakeWord(
        word,
        wake_word=word,
        tflite_model=config.model,
        probability_cutoff=config.threshold,
        sliding_window_size=config.sliding_window,
        trained_languages=[],
        libtensorflowlite_c_path=library,
    )


def _check_model(path: Path, library: Path) -> None:
    """Raise `ModelError` for a file that would crash the package's runtime, which does not check it."""
    try:
        with path.open("rb") as file:
            head, size = file.read(8), path.stat().st_size
    except OSError as error:
        raise ModelError("model-missing", f"{path}: {error.strerror}", "put it beside its .json") from error
    lib = TfLiteWakeWord(library).lib
    model = interpreter = None
    try:
        if head[4:] == _TFLITE_MAGIC and size <= _MAX_MODEL_BYTES:
            model = lib.TfLiteModelCreateFromFile(str(path).encode())
        interpreter = lib.TfLiteInterpreterCreate(model, None) if model else None
        if not (interpreter and lib.TfLiteInterpreterAllocateTensors(interpreter) == 0 and _fits(lib, interpreter)):
            message = f"{path} is not a microWakeWord model: it must take int8 [1, stride, {_FEATURES}]"
            raise ModelError("model-invalid", message, "fetch or export it again")
    finally:
        if interpreter:
            lib.TfLiteInterpreterDelete(interpreter)
        if model:
            lib.TfLiteModelDelete(model)


def _fits(lib: ctypes.CDLL, interpreter: int) -> bool:
    given = lib.TfLiteInterpreterGetInputTensor(interpreter, 0)
    result = lib.TfLiteInterpreterGetOutputTensor(interpreter, 0)
    sizes = [lib.TfLiteTensorDim(given, axis) for axis in range(lib.TfLiteTensorNumDims(given))]
    eight_bit = all(lib.TfLiteTensorType(tensor) in {3, 9} for tensor in (given, result))  # uint8, int8
    shaped = len(sizes) == 3 and sizes[0] == 1 and 1 <= sizes[1] <= _MAX_STRIDE and sizes[2] == _FEATURES  # noqa: PLR2004 - as in the message
    return bool(eight_bit and shaped and lib.TfLiteTensorByteSize(result) == 1)

"""openWakeWord on onnxruntime: any number of words on one embedding.

Every 80 ms (1280 samples): mel spectrogram over 1760 samples (480 from before) -> 8 frames of 32 bands, x / 10 + 2 ->
embedding of the last 76 frames -> each word model over its last embeddings, 16 as a rule -> score.
Method and models: https://github.com/dscripka/openWakeWord. The scores equal those of its package 0.4.0, from the first
step on, which is why this engine starts as the package does: mel frames before the start are ones, embeddings before
the start are those of digital silence, the first step has no samples before it (5 frames instead of 8), and the
first five scores are zero.
"""

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from edge.errors import ModelError
from edge.events import AudioFrame
from edge.runtime.onnx.session import Session, open_session
from edge.wake import Sensitivity, Step
from edge.wake.embedding import EMBEDDING_SIZE, HOP_FRAMES, MEL_BANDS, Floats, StreamingEmbedding

STEP_SAMPLES = 1280
LAG_SAMPLES = 0
"""Of models whose manifest has none: the score reaches the threshold about when the word ends."""

_DEFAULT = Sensitivity(threshold=0.5)
"""The author's recommendation, for models whose manifest has no `[tuning]`."""

_BEFORE_SAMPLES = 480  # three frames of the spectrogram reach back that far
_INT16 = 32768.0  # the spectrogram was trained on 16-bit numbers
_MEL_BEFORE_START = 1.0
_MEL_OF_SILENCE = -8.0  # 10 log10(1e-10) / 10 + 2
_UNSCORED_STEPS = 5
_MAX_WINDOW = 116  # embeddings the package holds at its start


class OpenWakeWord:
    """See `edge.wake.Scorer`. `features` is the folder with the two feature models, `models` the file of each word."""

    step_samples = STEP_SAMPLES

    def __init__(self, features: Path, models: Mapping[str, Path]) -> None:
        self.words = tuple(models)
        self.defaults: Mapping[str, Sensitivity] = dict.fromkeys(models, _DEFAULT)
        self.lag_samples: Mapping[str, int] = dict.fromkeys(models, LAG_SAMPLES)
        self._mel = open_session(
            features / "melspectrogram.onnx", "the spectrogram model of openWakeWord", stage="wake"
        )
        self._embedding = StreamingEmbedding(features / "embedding_step.onnx")
        silence = np.full((HOP_FRAMES, MEL_BANDS), _MEL_OF_SILENCE, np.float32)
        self._silence = self._embedding.stream(_MEL_OF_SILENCE).step(silence)
        self._models = {word: _WordModel(path, self._silence) for word, path in models.items()}

    def stream(self) -> "OpenWakeWordStream":
        """See `Scorer.stream`."""
        return OpenWakeWordStream(self._mel, self._embedding, self._models, self._silence)


class OpenWakeWordStream:
    """See `edge.wake.ScoreStream`."""

    def __init__(
        self,
        mel: Session,
        embedding: StreamingEmbedding,
        models: Mapping[str, "_WordModel"],
        silence: Floats,
    ) -> None:
        self._mel = mel
        self._features = embedding
        self._models = models
        self._silence = silence
        self._window = max(model.window for model in models.values())
        self._samples = np.zeros((1, _BEFORE_SAMPLES + STEP_SAMPLES), np.float32)
        self.reset()

    def reset(self) -> None:
        """See `ScoreStream.reset`."""
        self._filled = _BEFORE_SAMPLES
        self._steps = 0
        self._embedding = self._features.stream(_MEL_BEFORE_START)
        self._embeddings = np.tile(self._silence, (self._window, 1))

    def score(self, frame: AudioFrame) -> list[Step]:
        """See `ScoreStream.score`. A frame of 512 samples completes a step two times in five."""
        steps = []
        taken = 0
        while taken < len(frame.samples):
            room = self._samples.shape[1] - self._filled
            piece = frame.samples[taken : taken + room]
            np.multiply(piece, _INT16, out=self._samples[0, self._filled : self._filled + len(piece)])
            self._filled += len(piece)
            taken += len(piece)
            if len(piece) == room:
                steps.append(Step(frame.start + taken, self._step()))
                self._samples[0, :_BEFORE_SAMPLES] = self._samples[0, STEP_SAMPLES:]
                self._filled = _BEFORE_SAMPLES
        return steps

    def _step(self) -> dict[str, float]:
        self._embeddings[:-1] = self._embeddings[1:]
        self._embeddings[-1] = self._embedding.step(self._mel_frames())
        self._steps += 1
        if self._steps <= _UNSCORED_STEPS:
            return dict.fromkeys(self._models, 0.0)
        return {word: model.score(self._embeddings) for word, model in self._models.items()}

    def _mel_frames(self) -> Floats:
        audio = self._samples if self._steps else self._samples[:, _BEFORE_SAMPLES:]
        decibels: Floats = self._mel.run(None, {"input": audio})[0].reshape(-1, MEL_BANDS)
        mel = decibels / np.float32(10) + np.float32(2)
        if len(mel) == HOP_FRAMES:
            return mel
        before = np.full((HOP_FRAMES - len(mel), MEL_BANDS), _MEL_BEFORE_START, np.float32)
        return np.concatenate([before, mel])


class _WordModel:
    """One word: float32 [1, window, 96] -> one score. The constructor checks and tries the file."""

    def __init__(self, path: Path, silence: Floats) -> None:
        self._session = open_session(path, str(path), stage="wake")
        shapes = [one.shape for one in self._session.get_inputs()]
        if [len(shape) for shape in shapes] != [3] or not _is_window(shapes[0][1]):
            raise _no_word_model(path, f"its inputs have the shapes {shapes}")
        self.window: int = shapes[0][1]
        self._input: str = self._session.get_inputs()[0].name
        try:
            score = self.score(np.tile(silence, (self.window, 1)))
        except Exception as error:  # the runtime's exceptions have no base class of their own
            raise _no_word_model(path, (str(error).splitlines() or ["it fails"])[0][:200]) from error
        if not math.isfinite(score):
            raise _no_word_model(path, f"its score for silence is {score}")

    def score(self, embeddings: Floats) -> float:
        """The score of the last embeddings, shape (at least `window`, 96)."""
        answers = self._session.run(None, {self._input: embeddings[None, -self.window :]})
        return float(np.asarray(answers[0]).item())


def _is_window(size: object) -> bool:
    return isinstance(size, int) and 1 <= size <= _MAX_WINDOW


def _no_word_model(path: Path, why: str) -> ModelError:
    hint = f"a word model takes float32 [1, 1 to {_MAX_WINDOW}, {EMBEDDING_SIZE}] and gives one score"
    return ModelError("model-invalid", f"{path} is not an openWakeWord word model: {why}", hint)

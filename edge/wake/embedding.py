"""Google's speech embedding, computed step by step by the model of `edge.store.converters.speech_embedding`."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from edge.errors import ModelError
from edge.runtime.onnx.session import open_session

Floats = npt.NDArray[np.float32]

EMBEDDING_SIZE = 96
HOP_FRAMES = 8
MEL_BANDS = 32

_HOPS_TO_FILL = 9  # then the next answer covers only frames that were given: 9 * 8 + 8 >= 76


class StreamingEmbedding:
    """The embedding of the last 76 mel frames, every 8 frames. One session serves every stream."""

    def __init__(self, model: Path) -> None:
        """Raises `ModelError` `model-missing` or `model-invalid`."""
        self._session = open_session(model, "the embedding model of openWakeWord", stage="wake")
        mel, *states = self._session.get_inputs()
        self._names = [state.name for state in states]
        self._outputs = [output.name for output in self._session.get_outputs()]
        if mel.name != "mel" or not states or self._outputs[1:] != [f"next_{name}" for name in self._names]:
            raise ModelError("model-invalid", f"{model} is not a streaming embedding", "run `edge-voice models pull`")
        self._empty: list[Floats] = [np.zeros(state.shape, np.float32) for state in states]
        self._filled: dict[float, list[Floats]] = {}

    def stream(self, fill: float) -> "EmbeddingStream":
        """A stream that begins as after endless mel frames of this one value."""
        if fill not in self._filled:
            state = self._empty
            for _ in range(_HOPS_TO_FILL):
                _, state = self.step(np.full((HOP_FRAMES, MEL_BANDS), fill, np.float32), state)
            self._filled[fill] = state
        return EmbeddingStream(self, self._filled[fill])

    def step(self, mel: Floats, state: list[Floats]) -> tuple[Floats, list[Floats]]:
        """The embedding, shape (96,), after 8 further mel frames, shape (8, 32), and the state behind them."""
        feeds = dict(zip(self._names, state, strict=True))
        feeds["mel"] = mel.reshape(1, 1, HOP_FRAMES, MEL_BANDS)
        embedding, *state = self._session.run(self._outputs, feeds)
        return np.asarray(embedding, np.float32).reshape(EMBEDDING_SIZE), state


class EmbeddingStream:
    """The state of one stretch of audio."""

    def __init__(self, model: StreamingEmbedding, state: list[Floats]) -> None:
        self._model = model
        self._state = state

    def step(self, mel: Floats) -> Floats:
        """See `StreamingEmbedding.step`."""
        embedding, self._state = self._model.step(mel, self._state)
        return embedding

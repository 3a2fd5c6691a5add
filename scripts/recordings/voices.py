"""The voices that speak in the recordings."""

from pathlib import Path
from typing import Protocol

import numpy as np

from edge.events import Samples


class Voice(Protocol):
    """Speaks a text at its own rate."""

    def __call__(self, text: str, speed: float, seed: int) -> tuple[Samples, int]:
        """The samples and their rate; a speed above 1 is faster."""
        ...


class Heart:
    """hibari's voice."""

    def __init__(self) -> None:
        from hibari import Hibari

        self._engine = Hibari()

    def __call__(self, text: str, speed: float, seed: int) -> tuple[Samples, int]:
        """See `Voice`."""
        return self._engine(text, speed=speed, seed=seed), self._engine.sample_rate


class Joe:
    """Piper's voice. Its noise is drawn inside the model, so the model is loaded anew, seeded, for every text."""

    def __init__(self, folder: Path) -> None:
        self._model = folder / "en_US-joe-medium.onnx"

    def __call__(self, text: str, speed: float, seed: int) -> tuple[Samples, int]:
        """See `Voice`."""
        import onnxruntime
        from piper import PiperVoice, SynthesisConfig

        onnxruntime.set_seed(seed + 1)
        voice = PiperVoice.load(self._model)
        chunks = voice.synthesize(text, SynthesisConfig(length_scale=1 / speed))
        return np.concatenate([chunk.audio_float_array for chunk in chunks]), voice.config.sample_rate

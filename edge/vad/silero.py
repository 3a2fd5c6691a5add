"""Silero VAD, version 6, on onnxruntime: https://github.com/snakers4/silero-vad.

Each call takes a frame of 512 samples with the 64 samples before it, and a recurrent state float32 [2, 1, 128].
"""

from pathlib import Path

import numpy as np

from edge.errors import ModelError
from edge.events import FRAME_SAMPLES, SAMPLE_RATE_HZ, AudioFrame
from edge.runtime.onnx.session import Session, open_session

_CONTEXT_SAMPLES = 64
_STATE_SHAPE = (2, 1, 128)
_RATE = np.array(SAMPLE_RATE_HZ, dtype=np.int64)


class SileroVad:
    """See `edge.vad.Vad`. `model` is the ONNX file for 16 kHz. One session serves every stream."""

    def __init__(self, model: Path) -> None:
        self._session = open_session(model, str(model), stage="vad")
        names = {given.name for given in self._session.get_inputs()}
        if names != {"input", "state", "sr"}:
            message = f"{model} is not the Silero model: it takes {', '.join(sorted(names))}"
            raise ModelError("model-invalid", message, "run `edge-voice models verify`")
        self.stream().feed(AudioFrame(np.zeros(FRAME_SAMPLES, np.float32), 0))  # the first call allocates

    def stream(self) -> "SileroStream":
        """See `Vad.stream`."""
        return SileroStream(self._session)


class SileroStream:
    """See `edge.vad.VadStream`. A frame shorter than 512 samples is padded with silence."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._state = np.zeros(_STATE_SHAPE, np.float32)
        self._audio = np.zeros((1, _CONTEXT_SAMPLES + FRAME_SAMPLES), np.float32)

    def feed(self, frame: AudioFrame) -> float:
        """See `VadStream.feed`."""
        audio = self._audio
        audio[0, :_CONTEXT_SAMPLES] = audio[0, FRAME_SAMPLES:]
        audio[0, _CONTEXT_SAMPLES : _CONTEXT_SAMPLES + len(frame.samples)] = frame.samples
        audio[0, _CONTEXT_SAMPLES + len(frame.samples) :] = 0
        feeds = {"input": audio, "state": self._state, "sr": _RATE}
        probability, self._state = self._session.run(None, feeds)
        return float(probability.item())

"""Moonshine's two networks on onnxruntime (Jeffries et al. 2024, https://arxiv.org/abs/2410.15608).

The encoder turns samples into hidden states, 41 a second; the autoregressive decoder reads them and the tokens so far,
and says which token may come next.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import structlog

from edge.errors import ModelError
from edge.events import Samples
from edge.runtime.memory import return_freed_memory
from edge.runtime.onnx import open_session
from edge.stt.beam import Decoder
from edge.stt.moonshine_merged import MergedDecoder
from edge.stt.moonshine_tree import TreeDecoder

ENCODER_THREADS = 2
"""One pass over seconds of audio: 37 instead of 52 ms for 9 s."""

SHORTEST_SAMPLES = 1600
"""The encoder's convolutions need 895 samples to give one hidden state."""


class Utterance(Decoder, Protocol):
    """One piece of audio, ready to be decoded any number of times."""

    def scores(self, texts: Sequence[Sequence[int]]) -> list[float]:
        """The log-probability of exactly the tokens of each text, of which none is empty."""
        ...


class MoonshineModel:
    """The networks in a folder with `encoder_model` and `decoder_model_merged`, as `.ort` or `.onnx`."""

    def __init__(self, folder: Path) -> None:
        """Raises `ModelError` `model-missing` or `model-invalid`."""
        return_freed_memory()  # else decoding leaves 50 to 130 MB with the process that nothing uses
        encoder = _file(folder, "encoder_model")
        self._encoder = open_session(encoder, f"the encoder in {folder}", threads=ENCODER_THREADS)
        if {i.name for i in self._encoder.get_inputs()} != {"input_values", "attention_mask"}:
            raise ModelError("model-invalid", f"{folder} holds no Moonshine model", "run `edge-voice models verify`")
        decoder = _file(folder, "decoder_model_merged")
        self._decoder: TreeDecoder | MergedDecoder
        try:
            self._decoder = TreeDecoder(decoder)
        except ValueError as error:
            self._decoder = MergedDecoder(decoder)
            structlog.get_logger("stt").warning("slow-decoder", model=str(decoder), why=str(error))

    def utterance(self, samples: Samples) -> Utterance:
        """One pass of the encoder over at least `SHORTEST_SAMPLES` of 16 kHz audio."""
        mask = np.ones((1, len(samples)), np.int64)
        hidden = self._encoder.run(None, {"input_values": samples[None], "attention_mask": mask})[0]
        if isinstance(self._decoder, TreeDecoder):
            return self._decoder.utterance(hidden)
        return self._decoder.utterance(hidden, len(samples))


def _file(folder: Path, stem: str) -> Path:
    for suffix in (".ort", ".onnx"):
        if (folder / f"{stem}{suffix}").is_file():
            return folder / f"{stem}{suffix}"
    message = f"{folder} has no {stem}.ort"
    raise ModelError("model-missing", message, "check the folder, or run `edge-voice models verify`")

"""Moonshine's two networks on ONNX Runtime, as `edge.store.converters.moonshine` wrote them.

The encoder turns samples into hidden states, 41 a second; the autoregressive decoder reads them and the tokens so far,
and gives the probabilities of the next token.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from edge.errors import ModelError
from edge.events import SAMPLE_RATE_HZ, Samples
from edge.runtime.onnx.plan import Shapes
from edge.runtime.onnx.session import open_session
from edge.stt.moonshine.beam import Decoder
from edge.stt.moonshine.tree import TreeDecoder

ENCODER_THREADS = 2
"""One pass over seconds of audio: 37 instead of 52 ms for 9 s."""

MIN_SAMPLES = 1600
"""The encoder's convolutions need 895 samples to give one hidden state."""


_SHAPES = {"input_values": Shapes((1, MIN_SAMPLES), (1, 3 * SAMPLE_RATE_HZ), (1, 60 * SAMPLE_RATE_HZ))}
"""A command lasts about three seconds, and no utterance a minute. The networks in standard operators, which are those
for accelerators, have no other input."""


class Utterance(Decoder, Protocol):
    """One piece of audio, ready to be decoded any number of times."""

    def scores(self, texts: Sequence[Sequence[int]]) -> list[float]:
        """The log-probability of exactly the tokens of each text, none of which is empty."""
        ...


class MoonshineNetworks:
    """The networks in a folder of converted files."""

    def __init__(self, folder: Path) -> None:
        """Raises `ModelError` `model-missing` or `model-invalid`."""
        name = f"the encoder in {folder}"
        self._encoder = open_session(
            folder / "encoder.onnx", name, stage="stt", threads=ENCODER_THREADS, shapes=_SHAPES
        )
        self._inputs = {i.name for i in self._encoder.get_inputs()}
        if self._inputs - {"attention_mask"} != {"input_values"}:
            raise ModelError("model-invalid", f"{folder} is not a Moonshine model", "run `edge-voice models pull`")
        self._decoder = TreeDecoder(folder)

    def utterance(self, samples: Samples) -> Utterance:
        """One pass of the encoder over at least `MIN_SAMPLES` of 16 kHz audio."""
        feeds = {"input_values": samples[None], "attention_mask": np.ones((1, len(samples)), np.int64)}
        hidden = self._encoder.run(None, {name: feeds[name] for name in self._inputs})[0]
        return self._decoder.utterance(hidden)

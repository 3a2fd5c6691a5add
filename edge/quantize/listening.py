"""Runs the three networks of the recogniser over recordings, on the processor.

Nothing here searches: the likeliest token follows at each step, and then all networks read the same tokens.
"""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, TensorProto, helper

from edge.events import Samples
from edge.runtime.onnx.plan import ON_CPU, ExecutionPlan
from edge.runtime.onnx.session import Session
from edge.store.converters.graphs import save_models
from edge.stt.moonshine.engine import LEAD
from edge.stt.moonshine.tokens import BEGIN, END

Floats = npt.NDArray[np.float32]
Feeds = Mapping[str, npt.NDArray[np.generic]]
NAMES: Final = ("encoder", "decoder_audio", "decoder_step")

_THREADS: Final = 2
_MAX_TOKENS: Final = 64
_HIDDEN: Final = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class Heard:
    """A recording as the float networks heard it: hidden states, the keys and values made of them, and tokens."""

    samples: Samples
    hidden: Floats
    audio: Mapping[str, Floats]
    tokens: Sequence[int]


class Networks:
    """An encoder and the two parts of its decoder, published or made here."""

    def __init__(self, sessions: Mapping[str, Session]) -> None:
        """`sessions` by the names in `NAMES`."""
        self._sessions = sessions

    def hear(self, samples: Samples) -> Heard:
        """Recognise a recording."""
        hidden, audio = self.audio(samples)
        return Heard(samples, hidden, audio, self._tokens(audio))

    def audio(self, samples: Samples) -> tuple[Floats, Mapping[str, Floats]]:
        """The hidden states of a recording, and the keys and values that the decoder makes of them."""
        encoder = self._sessions["encoder"]
        known = {i.name for i in encoder.get_inputs()}
        hidden = encoder.run(None, {name: it for name, it in encoder_feeds(samples).items() if name in known})[0]
        return hidden, _run(self._sessions["decoder_audio"], {"hidden": hidden})

    def log_probs(self, audio: Mapping[str, Floats], tokens: Sequence[int]) -> Floats:
        """[len(tokens) - 1, V]: what follows each token but the last."""
        step = self._sessions["decoder_step"]
        return np.asarray(step.run(["log_probs"], step_feeds(step, audio, tokens))[0][0])

    def _tokens(self, audio: Mapping[str, Floats]) -> Sequence[int]:
        step = self._sessions["decoder_step"]
        past = empty_past(step)
        tokens = [BEGIN]
        while tokens[-1] != END and len(tokens) < _MAX_TOKENS:
            places = len(tokens)
            now = {"tokens": np.array([tokens[-1:]]), "positions": np.array([[places - 1]])}
            mask = np.zeros((1, 1, 1, places), np.float32)
            found = _run(step, {**now, "mask": mask, **past, **audio})
            past = {name: found[name.removeprefix("past_")] for name in past}
            tokens.append(int(found["log_probs"][0, 0].argmax()))
        return tokens


def encoder_feeds(samples: Samples) -> Feeds:
    """The inputs of an encoder, `attention_mask` for a published one among them."""
    led = np.concatenate([LEAD, samples])
    return {"input_values": led[None], "attention_mask": np.ones((1, len(led)), np.int64)}


def step_feeds(step: Session, audio: Mapping[str, Floats], tokens: Sequence[int]) -> Feeds:
    """The inputs of a decoder that reads all tokens but the last in one call."""
    n = len(tokens) - 1
    mask = np.where(np.tri(n, dtype=np.bool_), np.float32(0), _HIDDEN)[None, None]
    now = {"tokens": np.array([tokens[:-1]]), "positions": np.arange(n)[None], "mask": mask}
    return {**now, **empty_past(step), **audio}


def empty_past(step: Session) -> dict[str, Floats]:
    """The keys and values of no tokens."""
    return {
        i.name: np.zeros((1, i.shape[1], 0, i.shape[3]), np.float32)
        for i in step.get_inputs()
        if i.name.startswith("past_")
    }


def open_with_outputs(model: ModelProto, outputs: Sequence[str], folder: Path) -> Session:
    """Open a network that also returns these tensors. See `open_model`."""
    more = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs]
    seen = ModelProto()
    seen.CopyFrom(model)
    seen.graph.output.extend(more)
    return open_model(seen, folder)


def open_model(model: ModelProto, folder: Path) -> Session:
    """Open a network that is no file yet. Writes its files into a new folder below `folder`, and removes them."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        save_models({"model": model}, Path(place))
        return open_on_cpu(Path(place, "model.onnx"))


def open_networks(folder: Path) -> Networks:
    """The networks in a folder. Raises `ModelError` `model-missing` or `model-invalid`."""
    return Networks({name: open_on_cpu(folder / f"{name}.onnx") for name in NAMES})


def open_on_cpu(path: Path) -> Session:
    """Open one network, whatever the settings say. Raises `ModelError` `model-missing` or `model-invalid`."""
    return Session(path, path.name, ExecutionPlan("stt", (ON_CPU,), None, "default"), _THREADS)


def _run(session: Session, feeds: Feeds) -> dict[str, Floats]:
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, feeds), strict=True))

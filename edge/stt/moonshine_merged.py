"""Moonshine's two networks on onnxruntime (Jeffries et al. 2024, https://arxiv.org/abs/2410.15608).

The encoder turns samples into hidden states, 41 a second. The decoder is autoregressive: its first call also computes
what the hidden states are to each layer ("cross" keys and values); later calls take that back, with the keys and values
of the tokens so far. In all shapes: h hypotheses, k tokens, t hidden states, V words of the vocabulary.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from edge.errors import ModelError
from edge.events import Samples
from edge.runtime.memory import return_freed_memory
from edge.runtime.onnx import open_session
from edge.stt.beam import LogProbs
from edge.stt.tokens import BEGIN

Tensor = npt.NDArray[np.float32]

ENCODER_THREADS = 2
"""One pass over seconds of audio: 37 instead of 52 ms for 9 s. The decoder's small steps gain nothing."""

SHORTEST_SAMPLES = 1600
"""The encoder's convolutions need 895 samples to give one hidden state."""


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """`hidden` float32 [1, t, width] and `mask` int64 [1, n], one for each sample."""

    hidden: Tensor
    mask: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Cache:
    """Keys and values by input name, float32: `own` [h, heads, k, d] of tokens, `cross` [1, heads, t, d] of audio."""

    own: dict[str, Tensor]
    cross: dict[str, Tensor]

    def take(self, rows: Sequence[int]) -> "Cache":
        """The cache whose hypothesis i is hypothesis `rows[i]` of this one."""
        if list(rows) == list(range(len(next(iter(self.own.values()))))):
            return self
        index = np.asarray(rows)
        return Cache({name: tensor[index] for name, tensor in self.own.items()}, self.cross)


class MoonshineModel:
    """The networks in a folder with `encoder_model` and `decoder_model_merged`, as `.ort` or `.onnx`."""

    def __init__(self, folder: Path) -> None:
        """Raises `ModelError` `model-missing` or `model-invalid`."""
        return_freed_memory()  # else decoding leaves 50 to 130 MB with the process that nothing uses
        encoder = _file(folder, "encoder_model")
        self._encoder = open_session(encoder, f"the encoder in {folder}", threads=ENCODER_THREADS)
        self._decoder = open_session(_file(folder, "decoder_model_merged"), f"the decoder in {folder}")
        given = {i.name: i.shape for i in self._decoder.get_inputs()}
        taken = {i.name for i in self._encoder.get_inputs()}
        own = [name for name in given if name.startswith("past_key_values.") and ".decoder." in name]
        expected = {"input_ids", "encoder_hidden_states", "encoder_attention_mask", "use_cache_branch", *own}
        if taken != {"input_values", "attention_mask"} or not own or not expected <= set(given):
            raise ModelError("model-invalid", f"{folder} holds no Moonshine model", "run `edge-voice models verify`")
        self._empty = {
            name: np.zeros((1, shape[1], 0, shape[3]), np.float32)
            for name, shape in given.items()
            if name.startswith("past_key_values.")
        }
        self._own = {name.replace("past_key_values", "present"): name for name in own}
        cross = [name for name in given if ".encoder." in name]
        self._cross = {name.replace("past_key_values", "present"): name for name in cross}

    def encode(self, samples: Samples) -> Encoded:
        """One pass over at least `SHORTEST_SAMPLES` of 16 kHz audio."""
        mask = np.ones((1, len(samples)), np.int64)
        hidden = self._encoder.run(None, {"input_values": samples[None], "attention_mask": mask})[0]
        return Encoded(hidden, mask)

    def begin(self, encoded: Encoded, tokens: Sequence[int] = (BEGIN,)) -> tuple[LogProbs, Cache]:
        """Read the audio and the first k tokens; float32 [k, V], what follows each of them, and the cache."""
        feeds = {"input_ids": np.asarray([tokens], np.int64), "use_cache_branch": np.array([False]), **self._empty}
        present = self._run([*self._own, *self._cross], encoded, feeds)
        cache = Cache(
            {past: present[name] for name, past in self._own.items()},
            {past: present[name] for name, past in self._cross.items()},
        )
        return log_softmax(present["logits"][0]), cache

    def extend(
        self, encoded: Encoded, cache: Cache, tokens: Sequence[Sequence[int]]
    ) -> tuple[npt.NDArray[np.float32], Cache]:
        """Read k more tokens of each hypothesis; float32 [h, k, V], logits of what follows each, and the cache."""
        feeds = {
            "input_ids": np.asarray(tokens, np.int64),
            "use_cache_branch": np.array([True]),
            **cache.own,
            **cache.cross,
        }
        present = self._run(list(self._own), encoded, feeds)
        return present["logits"], Cache({p: present[n] for n, p in self._own.items()}, cache.cross)

    def _run(self, wanted: list[str], encoded: Encoded, feeds: dict[str, npt.NDArray[np.generic]]) -> dict[str, Tensor]:
        names = ["logits", *wanted]
        audio = {"encoder_hidden_states": encoded.hidden, "encoder_attention_mask": encoded.mask}
        return dict(zip(names, self._decoder.run(names, {**audio, **feeds}), strict=True))


class Utterance:
    """`edge.stt.beam.Decoder` of one piece of audio."""

    def __init__(self, model: MoonshineModel, encoded: Encoded) -> None:
        self._model = model
        self._encoded = encoded
        self._first, self._begun = model.begin(encoded)
        self._cache = self._begun

    def begin(self) -> LogProbs:
        """See `Decoder.begin`. May be called again for another search over the same audio."""
        self._cache = self._begun
        return self._first

    def extend(self, rows: Sequence[int], tokens: Sequence[int]) -> LogProbs:
        """See `Decoder.extend`."""
        logits, self._cache = self._model.extend(self._encoded, self._cache.take(rows), [[t] for t in tokens])
        return log_softmax(logits[:, -1])

    def scores(self, texts: Sequence[Sequence[int]]) -> list[float]:
        """The log-probability of exactly the tokens of each text, of which none is empty, in one call."""
        longest = max(map(len, texts))
        padded = np.zeros((len(texts), longest), np.int64)
        for row, tokens in enumerate(texts):
            padded[row, : len(tokens)] = tokens
        totals = self._first[0, padded[:, 0]].astype(np.float64)
        if longest > 1:
            rest, _ = self._model.extend(self._encoded, self._begun.take([0] * len(texts)), padded[:, :-1].tolist())
            steps = np.take_along_axis(rest, padded[:, 1:, None], axis=2)[:, :, 0] - log_sum_exp(rest)
            said = np.arange(1, longest) < np.asarray([len(tokens) for tokens in texts])[:, None]
            totals += np.where(said, steps, 0).sum(axis=1)
        return [float(total) for total in totals]


def log_softmax(logits: Tensor) -> Tensor:
    """The natural logarithm of the probabilities along the last axis, in place; only one row at a time is copied."""
    logits -= log_sum_exp(logits)[..., None]
    return logits


def log_sum_exp(logits: Tensor) -> Tensor:
    """The logarithm of the sum of the exponentials along the last axis."""
    rows = logits.reshape(-1, logits.shape[-1])
    most = rows.max(axis=-1)
    sums = [np.exp(row - highest).sum() for row, highest in zip(rows, most, strict=True)]
    return np.asarray(most + np.log(sums), np.float32).reshape(logits.shape[:-1])


def _file(folder: Path, stem: str) -> Path:
    for suffix in (".ort", ".onnx"):
        if (folder / f"{stem}{suffix}").is_file():
            return folder / f"{stem}{suffix}"
    message = f"{folder} has no {stem}.ort"
    raise ModelError("model-missing", message, "check the folder, or run `edge-voice models verify`")

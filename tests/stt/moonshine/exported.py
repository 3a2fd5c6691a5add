"""Moonshine's decoder as its authors export it: the reference for our own graph.

The exported graph holds two: the first call also computes the keys and values of the audio; later calls take those
back, with the keys and values of the tokens so far. In all shapes: h hypotheses, k tokens, t hidden states, V words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from edge.runtime.onnx.session import open_session
from edge.stt.moonshine.beam import LogProbs
from edge.stt.moonshine.tokens import BEGIN

Tensor = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Cache:
    """Keys and values by input name: `own` [h, heads, k, d] of tokens, `cross` [1, heads, t, d] of audio."""

    own: dict[str, Tensor]
    cross: dict[str, Tensor]

    def take(self, rows: Sequence[int]) -> "Cache":
        return Cache({name: tensor[np.asarray(rows)] for name, tensor in self.own.items()}, self.cross)


class ExportedUtterance:
    """An `edge.stt.moonshine.networks.Utterance` on the exported decoder in a file."""

    def __init__(self, file: Path, hidden: Tensor) -> None:
        self._session = open_session(file, f"the decoder {file}", stage="stt")
        given = {i.name: i.shape for i in self._session.get_inputs()}
        past = [name for name in given if name.startswith("past_key_values.")]
        self._empty = {name: np.zeros((1, given[name][1], 0, given[name][3]), np.float32) for name in past}
        self._own = [name for name in past if ".decoder." in name]
        mask = np.ones((1, 320 + 384 * hidden.shape[1]), np.int64)
        self._audio = {"encoder_hidden_states": hidden, "encoder_attention_mask": mask}
        feeds = {"input_ids": np.array([[BEGIN]]), "use_cache_branch": np.array([False]), **self._empty}
        logits, present = self._run(past, feeds)
        own = {name: present[name] for name in self._own}
        self._begun = self._cache = Cache(own, {name: present[name] for name in past if name not in own})
        self._first = log_softmax(logits[:, 0])

    def begin(self) -> LogProbs:
        self._cache = self._begun
        return self._first

    def extend(self, rows: Sequence[int], tokens: Sequence[int]) -> LogProbs:
        log_probs, self._cache = self._read(self._cache.take(rows), np.asarray(tokens, np.int64)[:, None])
        return log_probs[:, -1]

    def scores(self, texts: Sequence[Sequence[int]]) -> list[float]:
        return [self._score(text) for text in texts]

    def _score(self, text: Sequence[int]) -> float:
        follows = self._first
        if len(text) > 1:
            rest, _ = self._read(self._begun, np.asarray([text[:-1]], np.int64))
            follows = np.concatenate([self._first, rest[0]])
        return float(sum(follows[place, token] for place, token in enumerate(text)))

    def _read(self, cache: Cache, tokens: npt.NDArray[np.int64]) -> tuple[LogProbs, Cache]:
        feeds = {"input_ids": tokens, "use_cache_branch": np.array([True]), **cache.own, **cache.cross}
        logits, present = self._run(self._own, feeds)
        return log_softmax(logits), Cache(present, cache.cross)

    def _run(self, past: list[str], feeds: dict[str, npt.NDArray[np.generic]]) -> tuple[Tensor, dict[str, Tensor]]:
        names = ["logits", *(name.replace("past_key_values", "present") for name in past)]
        logits, *present = self._session.run(names, {**self._audio, **feeds})
        return logits, dict(zip(past, present, strict=True))


def log_softmax(logits: Tensor) -> Tensor:
    highest = logits.max(axis=-1, keepdims=True)
    total: Tensor = np.log(np.exp(logits - highest).sum(axis=-1, keepdims=True))
    return np.asarray(logits - highest - total)

"""Moonshine's decoder as it was exported, for models that `edge.stt.moonshine_graph` does not know how to write anew.

The exported graph holds two: the first call also computes what the audio is to each layer ("cross" keys and values);
later calls take that back, with the keys and values of the tokens so far. Half of a step goes into working out shapes.
In all shapes: h hypotheses, k tokens, t hidden states, V words of the vocabulary.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from edge.errors import ModelError
from edge.runtime.onnx import open_session
from edge.stt.beam import LogProbs
from edge.stt.tokens import BEGIN

Tensor = npt.NDArray[np.float32]


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


class MergedDecoder:
    """The exported decoder in a file."""

    def __init__(self, file: Path) -> None:
        """Raises `ModelError` `model-missing` or `model-invalid`."""
        self._session = open_session(file, f"the decoder {file}")
        given = {i.name: i.shape for i in self._session.get_inputs()}
        own = [name for name in given if name.startswith("past_key_values.") and ".decoder." in name]
        expected = {"input_ids", "encoder_hidden_states", "encoder_attention_mask", "use_cache_branch", *own}
        if not own or not expected <= set(given):
            raise ModelError("model-invalid", f"{file} is no Moonshine decoder", "run `edge-voice models verify`")
        self._empty = {
            name: np.zeros((1, shape[1], 0, shape[3]), np.float32)
            for name, shape in given.items()
            if name.startswith("past_key_values.")
        }
        self._own = {name.replace("past_key_values", "present"): name for name in own}
        cross = [name for name in given if ".encoder." in name]
        self._cross = {name.replace("past_key_values", "present"): name for name in cross}

    def utterance(self, hidden: Tensor, samples: int) -> "MergedUtterance":
        """Ready to decode audio of so many samples, whose hidden states are float32 [1, t, width]."""
        mask = np.ones((1, samples), np.int64)
        return MergedUtterance(self, {"encoder_hidden_states": hidden, "encoder_attention_mask": mask})

    def begin(self, audio: dict[str, npt.NDArray[np.generic]]) -> tuple[Tensor, Cache]:
        """Read the audio and the mark of the beginning; logits [1, V] of what follows it, and the cache."""
        feeds = {"input_ids": np.array([[BEGIN]]), "use_cache_branch": np.array([False]), **self._empty}
        present = self._run([*self._own, *self._cross], {**audio, **feeds})
        cache = Cache(
            {past: present[name] for name, past in self._own.items()},
            {past: present[name] for name, past in self._cross.items()},
        )
        return present["logits"][0], cache

    def extend(
        self, audio: dict[str, npt.NDArray[np.generic]], cache: Cache, tokens: npt.NDArray[np.int64]
    ) -> tuple[Tensor, Cache]:
        """Read k more tokens of each hypothesis, [h, k]; logits [h, k, V] of what follows each, and the cache."""
        feeds = {"input_ids": tokens, "use_cache_branch": np.array([True]), **cache.own, **cache.cross}
        present = self._run(list(self._own), {**audio, **feeds})
        return present["logits"], Cache({p: present[n] for n, p in self._own.items()}, cache.cross)

    def _run(self, wanted: list[str], feeds: dict[str, npt.NDArray[np.generic]]) -> dict[str, Tensor]:
        names = ["logits", *wanted]
        return dict(zip(names, self._session.run(names, feeds), strict=True))


class MergedUtterance:
    """See `edge.stt.moonshine_model.Utterance`."""

    def __init__(self, decoder: MergedDecoder, audio: dict[str, npt.NDArray[np.generic]]) -> None:
        self._decoder = decoder
        self._audio = audio
        logits, self._begun = decoder.begin(audio)
        self._first = log_softmax(logits)
        self._cache = self._begun

    def begin(self) -> LogProbs:
        """See `Decoder.begin`."""
        self._cache = self._begun
        return self._first

    def extend(self, rows: Sequence[int], tokens: Sequence[int]) -> LogProbs:
        """See `Decoder.extend`."""
        added = np.asarray(tokens, np.int64)[:, None]
        logits, self._cache = self._decoder.extend(self._audio, self._cache.take(rows), added)
        return log_softmax(logits[:, -1])

    def scores(self, texts: Sequence[Sequence[int]]) -> list[float]:
        """See `Utterance.scores`."""
        longest = max(map(len, texts))
        padded = np.zeros((len(texts), longest), np.int64)
        for row, tokens in enumerate(texts):
            padded[row, : len(tokens)] = tokens
        totals = self._first[0, padded[:, 0]].astype(np.float64)
        if longest > 1:
            rest, _ = self._decoder.extend(self._audio, self._begun.take([0] * len(texts)), padded[:, :-1])
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

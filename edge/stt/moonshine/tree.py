"""All hypotheses of a search as one tree of tokens, read by the decoder of `edge.store.converters.moonshine`.

The keys and values of each token are stored once and never move; a mask says which of them a new token may attend to:
its own ancestors (tree attention, Miao et al. 2023, https://arxiv.org/abs/2305.09781). So nothing is copied when
hypotheses are reordered, equal beginnings are read once, whether two beams grew them or two scored texts share them,
and each attention is one product of matrices instead of one per hypothesis.

In all shapes: n new tokens, p tokens before them, t hidden states of the audio, V words of the vocabulary.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from edge.errors import ModelError
from edge.runtime.onnx.resident import ResidentLost
from edge.runtime.onnx.session import Session, open_session
from edge.stt.moonshine.beam import LogProbs
from edge.stt.moonshine.tokens import BEGIN

Tensor = npt.NDArray[np.float32]
Caches = dict[str, Any]
"""Keys and values by name: `Tensor`, or `Resident` in the memory of the device."""

Mask = npt.NDArray[np.bool_]

DECODER_THREADS = 2
"""From the end of a command of 4 s to its match 98 instead of 111 ms, for 12 % more processor time."""

_HIDDEN = np.float32(-1e9)
_MAX_TOKENS = 15
"""Read in one call: their log-probabilities fit into memory that is kept, see `edge.runtime.memory`."""


class TreeDecoder:
    """The decoder in a folder: `decoder_audio.onnx` once for each utterance, `decoder_step.onnx` for each step."""

    def __init__(self, folder: Path, *, resident: bool | None = None) -> None:
        """`resident`: keys and values stay in the memory of the device; None: if it has a memory of its own.

        Raises `ModelError` `model-missing` or `model-invalid`.
        """
        name = f"the decoder in {folder}"
        self._step = open_session(folder / "decoder_step.onnx", name, stage="stt", threads=DECODER_THREADS)
        self._audio = open_session(folder / "decoder_audio.onnx", name, stage="stt", threads=DECODER_THREADS)
        self._audio_names = [output.name for output in self._audio.get_outputs()]
        past = {i.name: i.shape for i in self._step.get_inputs() if i.name.startswith("past_")}
        self._names = ["log_probs", *(name.removeprefix("past_") for name in past)]
        try:
            self.resident = self._step.has_own_memory if resident is None else resident
            self.empty: Caches = {
                name: np.zeros((1, heads, 0, width), np.float32) for name, (_, heads, _, width) in past.items()
            }
            # Two states, as short audio has: OpenVINO 2025.4 goes on computing for one after a first call with one.
            probe = np.zeros((1, 2, self._audio.get_inputs()[0].shape[2]), np.float32)
            try:
                self.utterance(probe)
            except ResidentLost:  # a device that fails at once: the next call runs on the next one
                self.utterance(probe)
        except Exception as error:  # the runtime's exceptions have no base class of their own
            message = f"{name} has unexpected inputs or outputs"
            raise ModelError("model-invalid", message, "run `edge-voice models pull`") from error

    def utterance(self, hidden: Tensor) -> "TreeUtterance":
        """Ready to decode audio whose hidden states are float32 [1, t, width]."""
        audio = self._run(self._audio, self._audio_names, {"hidden": hidden}, stay=self._audio_names)
        return TreeUtterance(self, dict(zip(self._audio_names, audio, strict=True)))

    def read(
        self,
        audio: Caches,
        past: Caches,
        tokens: Sequence[int],
        depths: Sequence[int],
        sees: Mask,
    ) -> tuple[LogProbs, Caches]:
        """What may follow each of n new tokens, [n, V], and the keys and values of all tokens, as the next `past`.

        `depths` are their places in their hypotheses; `sees` [n, p + n]: which tokens each attends to, itself included.
        """
        mask = np.where(sees, np.float32(0), _HIDDEN)[None, None]
        feeds = {"tokens": np.asarray([tokens], np.int64), "positions": np.asarray([depths], np.int64), "mask": mask}
        log_probs, *present = self._run(self._step, self._names, {**feeds, **past, **audio}, stay=self._names[1:])
        return log_probs[0], dict(zip(self.empty, present, strict=True))

    def _run(self, session: Session, names: Sequence[str], feeds: Caches, *, stay: Sequence[str]) -> list[Any]:
        return session.run_resident(names, feeds, stay=stay) if self.resident else session.run(names, feeds)


@dataclass(slots=True)
class _Tips:
    """The tokens that were read last, at one depth. `sees` bool [tips, p]; hypothesis i ends in tip `of_row[i]`."""

    past: Caches
    sees: Mask
    of_row: list[int]
    depth: int


class TreeUtterance:
    """See `edge.stt.moonshine.networks.Utterance`."""

    def __init__(self, decoder: TreeDecoder, audio: Caches) -> None:
        self._decoder = decoder
        self._audio = audio
        sees = np.ones((1, 1), np.bool_)
        self._first, past = decoder.read(audio, decoder.empty, [BEGIN], [0], sees)
        self._begun = self._tips = _Tips(past, sees, [0], 0)

    def begin(self) -> LogProbs:
        """See `Decoder.begin`."""
        self._tips = self._begun
        return self._first

    def extend(self, rows: Sequence[int], tokens: Sequence[int]) -> LogProbs:
        """See `Decoder.extend`."""
        before = self._tips
        grown = [(before.of_row[row], token) for row, token in zip(rows, tokens, strict=True)]
        new = {pair: place for place, pair in enumerate(dict.fromkeys(grown))}
        past, seen = before.past, before.sees[[tip for tip, _ in new]]
        if not self._decoder.resident:  # on the device, the mask hides what a copy would leave out
            past, seen = _pruned(past, seen)
        sees = np.concatenate([seen, np.eye(len(new), dtype=np.bool_)], axis=1)
        depth = before.depth + 1
        added = [token for _, token in new]
        log_probs, past = self._decoder.read(self._audio, past, added, [depth] * len(new), sees)
        self._tips = _Tips(past, sees, [new[pair] for pair in grown], depth)
        return log_probs if len(new) == len(grown) else log_probs[self._tips.of_row]

    def scores(self, texts: Sequence[Sequence[int]]) -> list[float]:
        """See `Utterance.scores`."""
        tree: dict[tuple[int, ...], int] = {(): 0}
        for text in texts:
            for length in range(1, len(text)):
                tree.setdefault(tuple(text[:length]), len(tree))
        nodes = list(tree)
        sees = np.eye(len(nodes), dtype=np.bool_)
        for place, node in enumerate(nodes[1:], 1):
            sees[place] |= sees[tree[node[:-1]]]
        follows: list[LogProbs] = [self._first[0]]
        past = self._begun.past
        for start in range(1, len(nodes), _MAX_TOKENS):
            part = nodes[start : start + _MAX_TOKENS]
            end = start + len(part)
            added, depths = [node[-1] for node in part], [len(node) for node in part]
            log_probs, past = self._decoder.read(self._audio, past, added, depths, sees[start:end, :end])
            follows += list(log_probs)
        return [
            sum(float(follows[tree[tuple(text[:place])]][token]) for place, token in enumerate(text)) for text in texts
        ]


def _pruned(past: Caches, sees: Mask) -> tuple[Caches, Mask]:
    """Without the tokens of pruned hypotheses, once they are the majority."""
    alive: Mask = np.asarray(sees.any(axis=0))
    if 2 * np.count_nonzero(alive) >= len(alive):
        return past, sees
    return {name: np.ascontiguousarray(tensor[:, :, alive]) for name, tensor in past.items()}, sees[:, alive]

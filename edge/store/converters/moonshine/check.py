"""Compares a converted Moonshine decoder with the published one: both read the same tokens over the same audio.

The published graph contains two: the first call also computes the keys and values of the audio; later calls take those
back, with the keys and values of the tokens so far.
"""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from edge.runtime.onnx.session import open_session

Floats = npt.NDArray[np.float32]

STATES = 20
"""Hidden states of the made-up audio: those of 0.5 s."""

TOKENS = (1, 4827, 376, 319, 2)
"""From the mark of the beginning to that of the end; between them any will do."""


def mean_difference(published: Path, converted: Path) -> float:
    """Between the log-probabilities, over all tokens and places. Raises `ModelError`, and `ValueError` for failures."""
    try:
        return _mean_difference(published, converted)
    except Exception as error:
        if not type(error).__module__.startswith("onnxruntime"):  # its exceptions have no base class of their own
            raise
        raise ValueError(str(error).splitlines()[0]) from error


def _mean_difference(published: Path, converted: Path) -> float:
    session = open_session(converted / "decoder_audio.onnx", "the converted decoder", stage="stt")
    width = session.get_inputs()[0].shape[2]
    hidden = np.random.default_rng(0).standard_normal((1, STATES, width)).astype(np.float32)
    audio = _run(session, {"hidden": hidden})
    return float(np.abs(_by_published(published, hidden) - _by_converted(converted, audio)).mean())


def _by_published(model: Path, hidden: Floats) -> Floats:
    """float32 [TOKENS, V]."""
    session = open_session(model, "the published decoder", stage="stt")
    given = {i.name: i.shape for i in session.get_inputs()}
    past = {
        name: np.zeros((1, shape[1], 0, shape[3]), np.float32)
        for name, shape in given.items()
        if name.startswith("past_key_values.")
    }
    samples = np.ones((1, 320 + 384 * hidden.shape[1]), np.int64)
    audio = {"encoder_hidden_states": hidden, "encoder_attention_mask": samples}
    rows = []
    for place, token in enumerate(TOKENS):
        cached = place > 0
        feeds = {"input_ids": np.array([[token]]), "use_cache_branch": np.array([cached])}
        found = _run(session, {**audio, **feeds, **past})
        for name in past:
            if not cached or ".decoder." in name:  # the audio's come from the first call only
                past[name] = found[name.replace("past_key_values", "present")]
        logits = found["logits"][0, 0].astype(np.float64)
        highest = logits.max()
        rows.append(logits - highest - np.log(np.exp(logits - highest).sum()))
    return np.asarray(rows, np.float32)


def _by_converted(folder: Path, audio: dict[str, Floats]) -> Floats:
    """The same."""
    session = open_session(folder / "decoder_step.onnx", "the converted decoder", stage="stt")
    past = {
        i.name: np.zeros((1, i.shape[1], 0, i.shape[3]), np.float32)
        for i in session.get_inputs()
        if i.name.startswith("past_")
    }
    rows = []
    for place, token in enumerate(TOKENS):
        mask = np.zeros((1, 1, 1, place + 1), np.float32)
        feeds = {"tokens": np.array([[token]]), "positions": np.array([[place]]), "mask": mask}
        found = _run(session, {**feeds, **past, **audio})
        past = {name: found[name.removeprefix("past_")] for name in past}
        rows.append(found["log_probs"][0, 0])
    return np.asarray(rows, np.float32)


def _run(session: Any, feeds: dict[str, npt.NDArray[Any]]) -> dict[str, Floats]:
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, feeds), strict=True))

"""The largest numbers that the matrices are multiplied by, from recordings."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from onnx import ModelProto

from edge.quantize.listening import Feeds, Heard, encoder_feeds, open_with_outputs, step_feeds
from edge.quantize.qdq import products
from edge.runtime.onnx.session import Session

Floats = npt.NDArray[np.float32]

CLIPPED: Final = 1e-5
"""The share of numbers, the largest, that are clipped: that leaves finer steps for all others."""

_KEPT: Final = 4096


class Largest:
    """The largest of numbers that come in parts, without the share that is clipped."""

    def __init__(self) -> None:
        self._count = 0
        self._top = np.zeros(0, np.float32)

    def add(self, values: Floats) -> None:
        """Count these, too: their absolute values."""
        self._count += values.size
        top = np.concatenate([self._top, np.abs(values).ravel()])
        self._top = np.partition(top, -_KEPT)[-_KEPT:] if len(top) > _KEPT else top

    def value(self) -> float:
        """0 for no numbers."""
        if not len(self._top):
            return 0.0
        return float(np.sort(self._top)[-1 - min(int(self._count * CLIPPED), len(self._top) - 1)])


def largest_numbers(
    models: Mapping[str, ModelProto], heard: Sequence[Heard], scratch: Path
) -> Mapping[str, Mapping[str, float]]:
    """For each float network, the largest number of the `data` of each product while it hears the recordings."""
    return {name: _largest(name, model, heard, scratch) for name, model in models.items()}


def _largest(name: str, model: ModelProto, heard: Sequence[Heard], scratch: Path) -> Mapping[str, float]:
    given = {i.name for i in model.graph.input}
    found = {product.data: Largest() for product in products(model)}
    inside = sorted(found.keys() - given)
    session = open_with_outputs(model, inside, scratch)
    for one in heard:
        feeds = {key: values for key, values in _feeds(name, session, one).items() if key in given}
        values = dict(zip(inside, session.run(inside, feeds), strict=True)) if inside else {}
        for tensor, largest in found.items():
            largest.add(np.asarray(values[tensor] if tensor in values else feeds[tensor], np.float32))
    return {tensor: largest.value() for tensor, largest in found.items()}


def _feeds(name: str, session: Session, one: Heard) -> Feeds:
    match name:
        case "encoder":
            return encoder_feeds(one.samples)
        case "decoder_audio":
            return {"hidden": one.hidden}
        case _:
            return step_feeds(session, one.audio, one.tokens)

"""Tensors that stay in the memory of the device that has computed them, so that no step copies them there and back."""

from dataclasses import dataclass
from typing import Any

import numpy.typing as npt

from edge.runtime.onnx.reasons import reason_of


class ResidentLost(Exception):  # noqa: N818 - what was computed has to be computed anew; the model still works
    """The device is gone, and what was in its memory, too."""


@dataclass(frozen=True, slots=True)
class Resident:
    """An output that has stayed where it was computed. `memory` is that of the runtime: "cpu", "cuda"."""

    value: Any
    memory: str

    def fetch(self) -> npt.NDArray[Any]:
        """A copy in the memory of the processor. Raises `ResidentLost`."""
        try:
            return self.value.numpy()  # type: ignore[no-any-return] # the runtime has no types
        except Exception as error:
            raise ResidentLost(reason_of(error)) from error

"""ONNX Runtime sessions for small models on a small board. Imported only by engines, when they are opened.

Other modules take the runtime from here (`from edge.runtime.onnx import ort`), so that none loads it with its
collection of usage data switched on.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from edge.errors import ModelError

__all__ = ["MAX_MODEL_BYTES", "check_file", "open_session", "ort", "write_ort"]

# Not enough alone: the runtime still writes its device id and looks up its collector. `edge.NO_TELEMETRY` stops both.
ort.disable_telemetry_events()

MAX_MODEL_BYTES = 64 * 1024 * 1024
"""The wake words, features and voice activity models are all under 2 MB: a bigger file is not one of them."""


def open_session(
    model: Path | bytes, name: str, *, threads: int = 1, weights: Mapping[str, npt.NDArray[np.generic]] | None = None
) -> ort.InferenceSession:
    """A session, sequential, that neither spins while it waits nor keeps an arena of memory.

    More than one thread only where that was measured to pay. `name` stands in messages. `weights` are the external
    tensors of the model; the session refers to their memory for as long as it lives.
    Raises `ModelError` `model-missing` or `model-invalid`.
    """
    if isinstance(model, Path):
        check_file(model)
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4  # a model that cannot be loaded raises; its warnings are no business of the owner
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    source = str(model) if isinstance(model, Path) else model
    try:
        if weights:
            values = [ort.OrtValue.ortvalue_from_numpy(tensor) for tensor in weights.values()]
            options.add_external_initializers(list(weights), values)
        return ort.InferenceSession(source, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime's exceptions have no base class of their own
        raise _unusable(name, error) from error


def write_ort(model: Path, target: Path) -> None:
    """Write an `.onnx` model as `.ort`, with the operators that the runtime fuses it to on every processor.

    Raises `ModelError` `model-missing` or `model-invalid`.
    """
    check_file(model)
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    options.log_severity_level = 4
    options.add_session_config_entry("session.save_model_format", "ORT")
    try:
        ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime's exceptions have no base class of their own
        raise _unusable(str(model), error) from error


def check_file(path: Path) -> None:
    """Raises `ModelError` `model-missing` or `model-invalid` for what cannot be one of our models at all."""
    try:
        size = path.stat().st_size
        readable = path.is_file()
    except OSError as error:
        raise ModelError("model-missing", f"{path}: {error.strerror}", "check the path in the settings") from error
    if not readable or not 0 < size <= MAX_MODEL_BYTES:
        message = f"{path} is not a model: a file of 1 to {MAX_MODEL_BYTES} bytes is expected"
        raise ModelError("model-invalid", message, "fetch or export it again")


def _unusable(name: str, error: Exception) -> ModelError:
    message = f"{name} is not a usable ONNX model: {_first_line(error)}"
    return ModelError("model-invalid", message, "fetch or export it again")


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]

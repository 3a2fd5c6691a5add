"""ONNX Runtime sessions for small models on a small board. Imported only by engines, when they are opened."""

from pathlib import Path

import onnxruntime as ort

from edge.errors import ModelError

MAX_MODEL_BYTES = 64 * 1024 * 1024
"""The wake words, features and voice activity models are all under 2 MB: a bigger file is not one of them."""


def open_session(model: Path | bytes, name: str, *, threads: int = 1) -> ort.InferenceSession:
    """A session, sequential, that neither spins while it waits nor keeps an arena of memory.

    More than one thread only where that was measured to pay. `name` stands in messages.
    Raises `ModelError` `model-missing` or `model-invalid`.
    """
    if isinstance(model, Path):
        _check_file(model)
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
        return ort.InferenceSession(source, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime's exceptions have no base class of their own
        raise ModelError(
            "model-invalid", f"{name} is not a usable ONNX model: {_first_line(error)}", "fetch or export it again"
        ) from error


def _check_file(path: Path) -> None:
    try:
        size = path.stat().st_size
        readable = path.is_file()
    except OSError as error:
        raise ModelError("model-missing", f"{path}: {error.strerror}", "check the path in the settings") from error
    if not readable or not 0 < size <= MAX_MODEL_BYTES:
        message = f"{path} is not a model: a file of 1 to {MAX_MODEL_BYTES} bytes is expected"
        raise ModelError("model-invalid", message, "fetch or export it again")


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]

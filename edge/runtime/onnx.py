"""ONNX Runtime sessions for small models on a small board. Imported only by engines, when they are opened.

Other modules take the runtime from here (`from edge.runtime.onnx import ort`), so that none loads it with its
collection of usage data switched on.
"""

from pathlib import Path

import onnxruntime as ort

from edge.errors import ModelError

__all__ = ["MAX_MODEL_BYTES", "check_file", "open_session", "ort", "save_as_onnx"]

# Not enough alone: the runtime still writes its device id and looks up its collector. `edge.NO_TELEMETRY` stops both.
ort.disable_telemetry_events()

MAX_MODEL_BYTES = 64 * 1024 * 1024
"""Larger than any of our models: the encoder of the recogniser has 13 MB, wake words and voice activity under 2 MB."""


def open_session(model: Path, name: str, *, threads: int = 1) -> ort.InferenceSession:
    """Open a model: sequential, without spinning while it waits and without an arena of memory.

    More than one thread only where that was measured to pay. `name` appears in messages.
    Raises `ModelError` `model-missing` or `model-invalid`.
    """
    check_file(model)
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4  # a model that cannot be loaded raises; its warnings do not concern the user
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime's exceptions have no base class of their own
        raise _unusable(name, error) from error


def save_as_onnx(model: Path, target: Path) -> None:
    """Write a model in ORT format in ONNX format, its graph unchanged.

    Raises `ModelError` `model-missing` or `model-invalid`.
    """
    check_file(model)
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.optimized_model_filepath = str(target)
    options.log_severity_level = 4
    options.add_session_config_entry("session.save_model_format", "ONNX")
    try:
        ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime's exceptions have no base class of their own
        raise _unusable(str(model), error) from error


def check_file(path: Path) -> None:
    """Raises `ModelError` `model-missing` or `model-invalid` for a file that cannot be one of our models."""
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

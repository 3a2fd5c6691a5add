"""Model files: what can be one, and the conversion from the runtime's own format."""

from pathlib import Path

from edge.errors import ModelError
from edge.runtime.onnx.reasons import reason_of
from edge.runtime.onnx.runtime import ort

MAX_MODEL_BYTES = 64 * 1024 * 1024
"""Larger than any of our models: the encoder of the recogniser has 13 MB, wake words and voice activity under 2 MB."""


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
        raise unusable(str(model), error) from error


def check_file(path: Path, *, max_bytes: int = MAX_MODEL_BYTES) -> None:
    """Raises `ModelError` `model-missing` or `model-invalid` for a file that cannot be one of our models."""
    try:
        size = path.stat().st_size
        readable = path.is_file()
    except OSError as error:
        raise ModelError("model-missing", f"{path}: {error.strerror}", "check the path in the settings") from error
    if not readable or not 0 < size <= max_bytes:
        message = f"{path} is not a model: a file of 1 to {max_bytes} bytes is expected"
        raise ModelError("model-invalid", message, "fetch or export it again")


def unusable(name: str, error: Exception) -> ModelError:
    """The error of a model that the runtime cannot load."""
    message = f"{name} is not a usable ONNX model: {reason_of(error)}"
    return ModelError("model-invalid", message, "fetch or export it again")

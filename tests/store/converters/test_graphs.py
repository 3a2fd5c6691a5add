from pathlib import Path

import pytest

from edge.errors import ModelError
from edge.store.converters.graphs import read_model


@pytest.mark.parametrize("suffix", [".onnx", ".ort"])
@pytest.mark.parametrize("content", [b"not a model", b"\x08", b"\xff" * 2000])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"model{suffix}"
    path.write_bytes(content)
    with pytest.raises((ModelError, ValueError)) as caught:
        read_model(path)
    assert not isinstance(caught.value, ModelError) or caught.value.code == "model-invalid"


@pytest.mark.parametrize("suffix", [".onnx", ".ort"])
def test_a_missing_file_is_one_clear_error(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(ModelError) as caught:
        read_model(tmp_path / f"model{suffix}")
    assert caught.value.code == "model-missing"

"""Models in ONNX Runtime's format, written by the runtime itself."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.errors import ModelError
from edge.runtime.onnx import write_ort
from edge.runtime.ort_format import read_ort
from tests.wake.word_models import write_word_model


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("ort")
    write_ort(write_word_model(folder / "word.onnx", scores=2), folder / "word.ort")
    return (folder / "word.ort").read_bytes()


def test_operators_and_tensors_are_read(model: bytes) -> None:
    graph = read_ort(model)
    assert [node.op for node in graph.nodes] == ["ReduceMean", "Sigmoid", "Expand", "Reshape"]
    assert graph.nodes[2].inputs == ("sigmoid", "answer")
    assert graph.nodes[-1].outputs == ("score",)
    assert np.array_equal(graph.tensors["answer"], np.array([1, 1, 2]))
    assert graph.tensors["answer"].dtype == np.int64


@given(st.binary(max_size=300))
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="ORT format"):
        read_ort(data)


@given(st.data())
def test_a_damaged_model_is_refused_or_read_but_nothing_else(model: bytes, data: st.DataObject) -> None:
    damaged = bytearray(model)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(model) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(8, len(model)))
    try:
        read_ort(bytes(damaged[:cut]))
    except ValueError as error:
        assert str(error)  # noqa: PT017 - both outcomes are right, nothing else is


def test_a_file_that_is_no_model_is_one_clear_error(tmp_path: Path) -> None:
    other = tmp_path / "other.onnx"
    other.write_text("not a model")
    with pytest.raises(ModelError) as caught:
        write_ort(other, tmp_path / "other.ort")
    assert caught.value.code == "model-invalid"

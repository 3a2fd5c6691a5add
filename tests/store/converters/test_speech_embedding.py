"""The converter of the wake words' features; tests/wake/test_embedding.py compares what it gives with the original."""

from pathlib import Path

import pytest
from onnx import ModelProto, helper

from edge.store import ModelStore
from edge.store.converters.graphs import read_model
from edge.store.converters.speech_embedding import convert, step_model


@pytest.fixture(scope="module")
def published(store: ModelStore) -> Path:
    return store.locate("openwakeword-features").parent


def test_the_same_model_gives_the_same_bytes(published: Path, tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        convert(published, tmp_path / name)
    for name in ("embedding_step.onnx", "melspectrogram.onnx"):
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


def test_another_network_is_refused(published: Path) -> None:
    with pytest.raises(ValueError, match="unexpected layers"):
        step_model(ModelProto())
    with pytest.raises(ValueError, match="unexpected layers"):
        step_model(read_model(published / "melspectrogram.onnx"))


def test_a_layer_that_looks_ahead_in_time_is_refused(published: Path) -> None:
    """Such a network cannot continue where it stopped."""
    model = read_model(published / "embedding_model.onnx")
    convolution = next(node for node in model.graph.node if node.op_type == "Conv")
    convolution.attribute.append(helper.make_attribute("pads", [1, 0, 1, 0]))
    with pytest.raises(ValueError, match="unexpected layers"):
        step_model(model)

"""The streaming embedding against the model it was made of."""

from pathlib import Path

import numpy as np
import pytest

from edge.errors import ModelError
from edge.runtime.onnx.session import open_session
from edge.store import ModelStore
from edge.wake.embedding import Floats, StreamingEmbedding


@pytest.fixture(scope="module")
def features(store: ModelStore) -> Path:
    return store.locate("openwakeword-features")


@pytest.fixture(scope="module")
def step(features: Path) -> Path:
    return features / "embedding_step.onnx"


def whole_windows(model: Path, mel: Floats) -> list[Floats]:
    session = open_session(model, "the original", stage="wake")
    windows = [mel[None, start : start + 76, :, None] for start in range(0, len(mel) - 75, 8)]
    return [session.run(None, {"input_1": window})[0].reshape(96) for window in windows]


def test_steps_give_the_embeddings_of_the_whole_windows(features: Path, step: Path) -> None:
    mel = np.random.default_rng(1).normal(0, 3, (68 + 8 * 40, 32)).astype(np.float32)
    mel[:68] = 1.0
    stream = StreamingEmbedding(step).stream(1.0)
    steps = [stream.step(mel[start : start + 8]) for start in range(68, len(mel), 8)]
    expected = whole_windows(features.parent / "embedding_model.onnx", mel)
    assert len(steps) == len(expected) == 40
    np.testing.assert_allclose(steps, expected, atol=1e-4)


def test_streams_of_one_model_do_not_disturb_each_other(step: Path) -> None:
    model = StreamingEmbedding(step)
    mel = np.random.default_rng(2).normal(0, 3, (8, 32)).astype(np.float32)
    one = model.stream(-8.0)
    first = one.step(mel)
    for _ in range(5):
        one.step(mel)
    np.testing.assert_array_equal(model.stream(-8.0).step(mel), first)
    assert not np.array_equal(one.step(mel), first)


@pytest.mark.parametrize("damage", ["nothing", "text", "cut", "published"])
def test_another_model_is_refused_with_one_error(features: Path, step: Path, tmp_path: Path, damage: str) -> None:
    contents = {
        "nothing": b"",
        "text": b"not a model",
        "cut": step.read_bytes()[:100_000],
        "published": (features.parent / "embedding_model.onnx").read_bytes(),
    }
    model = tmp_path / "embedding_step.onnx"
    model.write_bytes(contents[damage])
    with pytest.raises(ModelError) as caught:
        StreamingEmbedding(model)
    assert caught.value.code == "model-invalid"

"""The streaming embedding against the model it was made of."""

import numpy as np
import pytest

from edge.errors import ModelError
from edge.runtime.onnx import open_session
from edge.store import ModelStore
from edge.wake.embedding import Floats, StreamingEmbedding


@pytest.fixture(scope="module")
def model(store: ModelStore) -> bytes:
    return (store.locate("openwakeword-features") / "embedding_model.onnx").read_bytes()


def whole_windows(model: bytes, mel: Floats) -> list[Floats]:
    session = open_session(model, "the original")
    windows = [mel[None, start : start + 76, :, None] for start in range(0, len(mel) - 75, 8)]
    return [session.run(None, {"input_1": window})[0].reshape(96) for window in windows]


def test_steps_give_the_embeddings_of_the_whole_windows(model: bytes) -> None:
    mel = np.random.default_rng(1).normal(0, 3, (68 + 8 * 40, 32)).astype(np.float32)
    mel[:68] = 1.0
    stream = StreamingEmbedding(model)
    stream.restart(1.0)
    steps = [stream.step(mel[start : start + 8]) for start in range(68, len(mel), 8)]
    expected = whole_windows(model, mel)
    assert len(steps) == len(expected) == 40
    np.testing.assert_allclose(steps, expected, atol=1e-4)


def test_a_restart_forgets_what_was_heard(model: bytes) -> None:
    stream = StreamingEmbedding(model)
    mel = np.random.default_rng(2).normal(0, 3, (8, 32)).astype(np.float32)
    stream.restart(-8.0)
    first = stream.step(mel)
    for _ in range(5):
        stream.step(mel)
    stream.restart(-8.0)
    np.testing.assert_array_equal(stream.step(mel), first)


@pytest.mark.parametrize("damage", [b"", b"not a model", b"\x3a\x00"])
def test_another_model_is_refused_with_one_error(damage: bytes) -> None:
    with pytest.raises(ModelError) as caught:
        StreamingEmbedding(damage)
    assert caught.value.code == "model-invalid"


def test_a_cut_model_is_refused_with_one_error(model: bytes) -> None:
    with pytest.raises(ModelError) as caught:
        StreamingEmbedding(model[: len(model) // 2])
    assert caught.value.code == "model-invalid"

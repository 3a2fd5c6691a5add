"""The converted decoder against the decoder as it was exported."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from edge.errors import ModelError
from edge.runtime.onnx.session import open_session
from edge.store import ModelStore
from edge.stt.moonshine.beam import Decoder
from edge.stt.moonshine.networks import Utterance
from edge.stt.moonshine.tokens import END
from edge.stt.moonshine.tree import TreeDecoder, TreeUtterance
from tests.stt.conftest import Say
from tests.stt.moonshine.exported import ExportedUtterance

ROUNDING = 1e-4
INT8_ROUNDING = 0.7
"""The int8 networks scale their activations by the largest in a call: when the last bit of a float moves that scale
over an edge, every number is rounded anew."""


@pytest.fixture(scope="module")
def folder(store: ModelStore) -> Path:
    return store.locate("moonshine-tiny-en")


@pytest.fixture(scope="module")
def hidden(folder: Path, say: Say) -> npt.NDArray[np.float32]:
    samples = say("set a timer for ten minutes")
    encoder = open_session(folder / "encoder.onnx", "the encoder", stage="stt")
    states = encoder.run(None, {"input_values": samples[None], "attention_mask": np.ones((1, len(samples)), np.int64)})
    return np.asarray(states[0])


@pytest.fixture(scope="module")
def tree(folder: Path, hidden: npt.NDArray[np.float32]) -> TreeUtterance:
    return TreeDecoder(folder).utterance(hidden)


@pytest.fixture(scope="module")
def exported(folder: Path, hidden: npt.NDArray[np.float32]) -> Utterance:
    return ExportedUtterance(folder.parent / "decoder_model_merged.ort", hidden)


def greedy(decoder: Decoder) -> tuple[list[int], float]:
    """The likeliest token at each step, and the log-probability of all."""
    log_probs = decoder.begin()
    tokens: list[int] = []
    total = 0.0
    while not tokens or tokens[-1] != END:
        tokens.append(int(log_probs[0].argmax()))
        total += float(log_probs[0, tokens[-1]])
        log_probs = decoder.extend([0], [tokens[-1]])
    return tokens, total


def test_the_first_token_is_as_likely_as_in_the_exported_graph(tree: Utterance, exported: Utterance) -> None:
    assert np.abs(tree.begin() - exported.begin()).max() < ROUNDING


def test_the_likeliest_text_is_the_same(tree: Utterance, exported: Utterance) -> None:
    tokens, total = greedy(tree)
    expected, as_likely = greedy(exported)
    assert tokens == expected
    assert total == pytest.approx(as_likely, abs=INT8_ROUNDING)


def test_hypotheses_that_branch_and_end_are_followed_as_in_the_exported_graph(
    tree: Utterance, exported: Utterance
) -> None:
    rng = np.random.default_rng(0)
    differences = [np.abs(tree.begin() - exported.begin()).max()]
    count = 1
    for _ in range(25):
        wanted = int(rng.integers(1, 9))
        rows, tokens = rng.integers(0, count, wanted).tolist(), rng.integers(3, 3000, wanted).tolist()
        ours, theirs = tree.extend(rows, tokens), exported.extend(rows, tokens)
        assert ours.shape == theirs.shape == (wanted, theirs.shape[1])
        differences.append(np.abs(ours - theirs).max())
        count = wanted
    assert np.median(differences) < ROUNDING or max(differences) < INT8_ROUNDING
    assert max(differences) < 3 * INT8_ROUNDING


def test_equal_hypotheses_get_the_same_answer(tree: Utterance) -> None:
    tree.begin()
    tree.extend([0, 0, 0], [50, 60, 50])
    log_probs = tree.extend([0, 1, 2, 2], [70, 70, 70, 80])
    assert np.array_equal(log_probs[0], log_probs[2])
    assert not np.array_equal(log_probs[0], log_probs[1])
    assert not np.array_equal(log_probs[2], log_probs[3])


def test_a_distribution_sums_to_one(tree: Utterance, exported: Utterance) -> None:
    for decoder in (tree, exported):
        decoder.begin()
        assert np.exp(decoder.extend([0, 0], [5, 6])).sum(axis=1) == pytest.approx([1, 1], abs=1e-3)


def test_scoring_texts_at_once_equals_scoring_them_token_by_token(tree: Utterance, exported: Utterance) -> None:
    tokens, total = greedy(tree)
    texts = [tokens, tokens[:3], [*tokens[:3], 60], tokens[:1]]
    scored = tree.scores(texts)
    assert scored[0] == pytest.approx(total, abs=INT8_ROUNDING)
    assert scored[0] < scored[1] < scored[3] < 0
    assert scored[2] < scored[1]
    assert scored == pytest.approx(exported.scores(texts), abs=3 * INT8_ROUNDING)


def test_many_long_texts_are_scored_in_parts(tree: Utterance) -> None:
    rng = np.random.default_rng(1)
    texts = [rng.integers(3, 3000, 40).tolist() for _ in range(4)]
    together = tree.scores(texts)
    alone = [tree.scores([text])[0] for text in texts]
    assert together == pytest.approx(alone, rel=0.02)


@pytest.mark.parametrize("swapped", ["decoder_step.onnx", "decoder_audio.onnx"])
def test_another_network_in_place_of_the_decoder_is_refused(folder: Path, tmp_path: Path, swapped: str) -> None:
    for name in ("decoder_step.onnx", "decoder_audio.onnx", "weights.bin"):
        (tmp_path / name).write_bytes((folder / ("encoder.onnx" if name == swapped else name)).read_bytes())
    with pytest.raises(ModelError) as caught:
        TreeDecoder(tmp_path)
    assert caught.value.code == "model-invalid"

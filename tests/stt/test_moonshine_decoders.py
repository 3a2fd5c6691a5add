"""The decoder in our own graph against the decoder as it was exported."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
import pytest
from structlog.testing import capture_logs

from edge.runtime.onnx import open_session
from edge.runtime.onnx_wire import Node, encode, messages, parse
from edge.runtime.ort_format import OrtNode, read_ort
from edge.store import ModelStore
from edge.stt.beam import Decoder
from edge.stt.moonshine_graph import decoder_graphs
from edge.stt.moonshine_merged import MergedDecoder
from edge.stt.moonshine_model import MoonshineModel, Utterance
from edge.stt.moonshine_tree import TreeDecoder, TreeUtterance
from edge.stt.tokens import END
from tests.stt.conftest import Say

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
    encoder = open_session(folder / "encoder_model.ort", "the encoder")
    states = encoder.run(None, {"input_values": samples[None], "attention_mask": np.ones((1, len(samples)), np.int64)})
    return np.asarray(states[0])


@pytest.fixture(scope="module")
def tree(folder: Path, hidden: npt.NDArray[np.float32]) -> TreeUtterance:
    return TreeDecoder(folder / "decoder_model_merged.ort").utterance(hidden)


@pytest.fixture(scope="module")
def exported(folder: Path, hidden: npt.NDArray[np.float32]) -> Utterance:
    samples = 320 + 384 * hidden.shape[1]
    return MergedDecoder(folder / "decoder_model_merged.ort").utterance(hidden, samples)


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


def _as_onnx(model: Path, target: Path) -> None:
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.optimized_model_filepath = str(target)
    options.add_session_config_entry("session.save_model_format", "ONNX")
    ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    target.write_bytes(_with_names(target.read_bytes()))


def _with_names(model: bytes) -> bytes:
    """The branches of an `If` have no names in ORT format, and must have one in ONNX."""
    graph, node, attribute, branch, name = 7, 1, 5, 6, 2

    def inside(message: bytes, path: tuple[int, ...]) -> bytes:
        if not path:
            return encode([*parse(message), (name, "branch")])
        fields = parse(message)
        return encode((n, inside(v, path[1:]) if n == path[0] and isinstance(v, bytes) else v) for n, v in fields)

    top = parse(model)
    (whole,) = messages(top, graph)
    nodes = [
        (n, inside(v, (attribute, branch)) if n == node and isinstance(v, bytes) and Node.read(v).op == "If" else v)
        for n, v in parse(whole)
    ]
    return encode((n, encode(nodes) if n == graph else v) for n, v in top)


def test_a_folder_of_onnx_files_is_the_same_model(folder: Path, tmp_path: Path, tree: Utterance, say: Say) -> None:
    for name in ("encoder_model", "decoder_model_merged"):
        _as_onnx(folder / f"{name}.ort", tmp_path / f"{name}.onnx")
    with capture_logs() as logs:
        utterance = MoonshineModel(tmp_path).utterance(say("set a timer for ten minutes"))
    assert logs == []
    assert isinstance(utterance, TreeUtterance)
    assert greedy(utterance)[0] == greedy(tree)[0]


def test_a_decoder_of_another_kind_is_used_as_it_came_and_said_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, exported: Utterance, say: Say
) -> None:
    monkeypatch.setattr("edge.stt.moonshine_graph._QUANTISED", {})
    with capture_logs() as logs:
        utterance = MoonshineModel(folder).utterance(say("set a timer for ten minutes"))
    assert [(log["event"], log["log_level"]) for log in logs] == [("slow-decoder", "warning")]
    assert greedy(utterance)[0] == greedy(exported)[0]


@pytest.mark.parametrize(
    "other",
    [
        lambda node: node.outputs != ("/model/decoder/norm/LayerNormalization_output_0",),
        lambda node: not any(output.endswith("/mlp/fc2/Add_output_0") for output in node.outputs),
        lambda node: node.outputs != ("/model/decoder/layers.3/self_attn/k_proj/MatMul_output_0",),
    ],
)
def test_a_network_without_one_of_its_parts_is_not_taken_for_a_decoder(
    folder: Path, other: Callable[[OrtNode], bool]
) -> None:
    source = read_ort((folder / "decoder_model_merged.ort").read_bytes())
    source.nodes[:] = [node for node in source.nodes if other(node)]
    with pytest.raises((ValueError, KeyError)):
        decoder_graphs(source)

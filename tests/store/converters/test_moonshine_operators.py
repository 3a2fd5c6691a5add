"""Each building block in standard operators against ONNX Runtime's own operator, and the networks made of them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import ModelProto

from edge.runtime.onnx.session import Session, open_session
from edge.store import ModelStore
from edge.store.converters.graphs import MICROSOFT, read_model, save_model
from edge.store.converters.moonshine import standard_graphs
from edge.store.converters.moonshine.check import TOKENS
from edge.store.converters.moonshine.decoder import audio_graph, step_graph
from edge.store.converters.moonshine.encoder import encoder_graph
from edge.store.converters.moonshine.operators import OnnxRuntimeOperators, Operators, StandardOperators, dequantised
from edge.store.converters.moonshine.weights import HEADS, DecoderWeights, EncoderWeights, Linear

WIDTH, PAIRS = 96, 4  # heads of 12 numbers, of which 8 are rotated
Floats = npt.NDArray[np.float32]
Build = Callable[[Operators], None]
seeds = st.integers(0, 2**32 - 1)


def session_of(model: ModelProto, folder: Path) -> Session:
    path = folder / "model.onnx"
    with (folder / "weights.bin").open("wb") as weights:
        save_model(model, path, weights)
    return open_session(path, "the graph", stage="stt")


def run(kind: type[Operators], build: Build, feeds: Mapping[str, npt.NDArray[Any]], folder: Path) -> list[Floats]:
    graph = kind(WIDTH)
    build(graph)
    model = graph.model("block")
    onnx.checker.check_model(model)
    return session_of(model, folder).run(None, feeds)


def both(build: Build, feeds: Mapping[str, npt.NDArray[Any]], folder: Path) -> tuple[list[Floats], list[Floats]]:
    return run(OnnxRuntimeOperators, build, feeds, folder), run(StandardOperators, build, feeds, folder)


def end(graph: Operators, result: str, shape: tuple[int | str, ...]) -> None:
    graph.multi("Identity", [result], ["result"])
    graph.floats_out("result", shape)


def floats(rng: np.random.Generator, *shape: int) -> Floats:
    return rng.standard_normal(shape).astype(np.float32)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("graphs")


@given(seed=seeds, n=st.integers(1, 9))
def test_rotary_embedding(folder: Path, seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    frequencies = rng.random(PAIRS).astype(np.float32)

    def build(graph: Operators) -> None:
        graph.floats_in("data", (1, "n", WIDTH))
        graph.integers_in("positions", (1, "n"))
        graph.angles(frequencies)
        end(graph, graph.rotary("data"), (1, "n", WIDTH))

    feeds: dict[str, npt.NDArray[Any]] = {
        "data": floats(rng, 1, n, WIDTH),
        "positions": rng.integers(0, 20, (1, n)),
    }
    (own,), (standard,) = both(build, feeds, folder)
    np.testing.assert_allclose(standard, own, atol=1e-6)


@given(seed=seeds, n=st.integers(1, 6), p=st.integers(0, 6))
def test_attention_with_a_mask_and_a_past(folder: Path, seed: int, n: int, p: int) -> None:
    rng = np.random.default_rng(seed)
    by_head = (1, HEADS, "p", WIDTH // HEADS)
    names = ("query", "key", "value")

    def build(graph: Operators) -> None:
        for name in names:
            graph.floats_in(name, (1, "n", WIDTH))
        graph.floats_in("mask", (1, 1, "n", "all"))
        for name in ("past_key", "past_value"):
            graph.floats_in(name, by_head)
        mixed = graph.self_attention(*names, mask="mask", past=["past_key", "past_value"], joined=["keys", "values"])
        end(graph, mixed, (1, "n", WIDTH))
        for name in ("keys", "values"):
            graph.floats_out(name, (1, HEADS, "all", WIDTH // HEADS))

    mask = np.where(rng.random((1, 1, n, p + n)) < 0.5, np.float32(0), np.float32(-1e9))
    mask[..., range(n), range(p, p + n)] = 0
    past = {name: floats(rng, 1, HEADS, p, WIDTH // HEADS) for name in ("past_key", "past_value")}
    now = {name: floats(rng, 1, n, WIDTH) for name in names}
    feeds: dict[str, npt.NDArray[Any]] = {**now, "mask": mask, **past}
    own, standard = both(build, feeds, folder)
    for expected, found in zip(own, standard, strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-5)


@given(seed=seeds, n=st.integers(1, 6), t=st.integers(1, 30))
def test_attention_to_audio(folder: Path, seed: int, n: int, t: int) -> None:
    rng = np.random.default_rng(seed)

    def build(graph: Operators) -> None:
        graph.floats_in("query", (1, "n", WIDTH))
        for name in ("keys", "values"):
            graph.floats_in(name, (1, HEADS, "t", WIDTH // HEADS))
        end(graph, graph.cross_attention("query", "keys", "values"), (1, "n", WIDTH))

    audio = {name: floats(rng, 1, HEADS, t, WIDTH // HEADS) for name in ("keys", "values")}
    (own,), (standard,) = both(build, {"query": floats(rng, 1, n, WIDTH), **audio}, folder)
    np.testing.assert_allclose(standard, own, atol=1e-5)


@given(seed=seeds)
def test_silu(folder: Path, seed: int) -> None:
    def build(graph: Operators) -> None:
        graph.floats_in("data", (1, "n", WIDTH))
        end(graph, graph.silu("data"), (1, "n", WIDTH))

    (own,), (standard,) = both(build, {"data": 8 * floats(np.random.default_rng(seed), 1, 5, WIDTH)}, folder)
    np.testing.assert_allclose(standard, own, atol=1e-5)


@given(seed=seeds)
def test_gelu(folder: Path, seed: int) -> None:
    def own(graph: Operators) -> None:
        graph.floats_in("data", (1, "n", WIDTH))
        end(graph, graph.node("Gelu", ["data"], domain=MICROSOFT), (1, "n", WIDTH))

    def standard(graph: Operators) -> None:
        graph.floats_in("data", (1, "n", WIDTH))
        end(graph, graph.gelu("data"), (1, "n", WIDTH))

    feeds = {"data": 8 * floats(np.random.default_rng(seed), 1, 5, WIDTH)}
    expected, found = (run(StandardOperators, build, feeds, folder)[0] for build in (own, standard))
    np.testing.assert_allclose(found, expected, atol=1e-5)


@given(seed=seeds, per_column=st.booleans(), with_bias=st.booleans())
def test_matrices_differ_by_the_rounding_of_their_input(
    folder: Path, seed: int, per_column: bool, with_bias: bool
) -> None:
    """The int8 operator rounds its input to 255 steps: the float product may differ by half a step in each term."""
    rng = np.random.default_rng(seed)
    columns = 24
    matrix = rng.integers(0, 256, (WIDTH, columns), np.uint8)
    sizes = columns if per_column else 1
    scale = (rng.random(sizes) / 50 + 1e-3).astype(np.float32)
    zero = rng.integers(100, 150, sizes, np.uint8)
    bias = floats(rng, columns) if with_bias else None
    by = Linear(matrix, scale, zero, bias)

    def build(graph: Operators) -> None:
        graph.floats_in("data", (1, "n", WIDTH))
        end(graph, graph.linear("data", by), (1, "n", columns))

    data = floats(rng, 1, 3, WIDTH)
    (own,), (standard,) = both(build, {"data": data}, folder)
    step = (max(data.max(), 0) - min(data.min(), 0)) / 255
    bound = step / 2 * np.abs(dequantised(matrix, scale, zero)).sum(axis=0)
    assert (np.abs(own - standard) <= 1.01 * bound + 1e-4).all()
    exact = data @ dequantised(matrix, scale, zero) + (0 if bias is None else bias)
    np.testing.assert_allclose(standard, exact, atol=1e-4)


@given(seed=seeds, n=st.integers(2, 40))
def test_norm_of_all_is_a_group_norm_with_one_group(folder: Path, seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    channels = 6
    scale, offset = floats(rng, channels, 1), floats(rng, channels, 1)

    def build(graph: Operators) -> None:
        graph.floats_in("data", (1, channels, "n"))
        end(graph, graph.norm_of_all("data", scale, offset), (1, channels, "n"))

    data = 3 * floats(rng, 1, channels, n)
    found = run(StandardOperators, build, {"data": data}, folder)[0]
    expected = (data - data.mean()) / np.sqrt(data.var() + 1e-5) * scale + offset
    np.testing.assert_allclose(found, expected, atol=1e-4)


class RoundingOperators(StandardOperators):
    """Standard operators that round what goes into a matrix as ONNX Runtime's int8 operators do."""

    def linear(self, data: str, by: Linear) -> str:
        rounded = [f"rounded.{len(self.nodes)}.{i}" for i in range(3)]
        self.multi("DynamicQuantizeLinear", [data], rounded)
        return super().linear(self.node("DequantizeLinear", rounded), by)


@pytest.fixture(scope="module")
def published(store: ModelStore) -> Path:
    return store.locate("moonshine-tiny-en").parent


def test_standard_graphs_name_no_operator_outside_the_standard(published: Path) -> None:
    for model in standard_graphs(published).values():
        onnx.checker.check_model(model, full_check=True)
        assert [(opset.domain, opset.version) for opset in model.opset_import] == [("", 18)]
        assert {node.domain for node in model.graph.node} == {""}
        assert not any(tensor.data_type in {2, 3} for tensor in model.graph.initializer)  # 8 bits


def with_output(model: ModelProto, name: str) -> ModelProto:
    seen = ModelProto()
    seen.CopyFrom(model)
    seen.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    return seen


def difference(one: Floats, two: Floats) -> float:
    """As a share of the numbers."""
    assert one.shape == two.shape
    return float(np.abs(one - two).mean() / np.abs(one).mean())


def test_the_encoder_in_standard_operators_is_the_published_one(published: Path, folder: Path) -> None:
    """To the last bits of a float after a layer and a half.

    Behind that, the int8 network rounds a number anew wherever such a bit moves it over an edge: it differs as much
    from itself when the samples are a millionth louder.
    """
    exported = read_model(published / "encoder_model.ort")
    weights = EncoderWeights(exported)
    rebuilt = encoder_graph(RoundingOperators(weights.width), weights)
    place = [node.input[0] for node in rebuilt.graph.node if node.op_type == "LayerNormalization"][3]
    samples = floats(np.random.default_rng(0), 1, 24_000) / 10
    feeds = {"input_values": samples, "attention_mask": np.ones(samples.shape, np.int64)}
    published_one = session_of(with_output(exported, "/layers.1/Add_output_0"), folder)
    last, early = published_one.run(None, feeds)
    louder, _ = published_one.run(None, {**feeds, "input_values": samples * np.float32(1 + 1e-6)})
    found_last, found_early = session_of(with_output(rebuilt, place), folder).run(None, {"input_values": samples})
    assert difference(early, found_early) < 1e-4
    assert difference(last, found_last) < 1.5 * difference(last, louder)


def test_the_decoder_in_standard_operators_is_the_converted_one(published: Path, folder: Path) -> None:
    weights = DecoderWeights(read_model(published / "decoder_model_merged.ort"))
    hidden = floats(np.random.default_rng(0), 1, 20, weights.width)
    rows = []
    for kind in (OnnxRuntimeOperators, RoundingOperators):
        audio = session_of(audio_graph(kind(weights.width), weights), folder)
        names = [output.name for output in audio.get_outputs()]
        heard = dict(zip(names, audio.run(names, {"hidden": hidden}), strict=True))
        step = session_of(step_graph(kind(weights.width), weights), folder)
        n = len(TOKENS)
        past = {
            i.name: np.zeros((1, HEADS, 0, weights.width // HEADS), np.float32)
            for i in step.get_inputs()
            if i.name.startswith("past_")
        }
        mask = np.where(np.tri(n, dtype=np.bool_), np.float32(0), np.float32(-1e9))[None, None]
        feeds = {"tokens": np.array([TOKENS]), "positions": np.arange(n)[None], "mask": mask}
        rows.append(step.run(["log_probs"], {**feeds, **past, **heard})[0])
    assert np.abs(rows[0] - rows[1]).mean() < 0.1

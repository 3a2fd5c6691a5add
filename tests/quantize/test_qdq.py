"""Int8 products against the float ones, run by ONNX Runtime."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import ModelProto, numpy_helper

from edge.quantize.listening import open_model
from edge.quantize.qdq import products, quantised
from edge.store.converters.graphs import GraphBuilder

Floats = npt.NDArray[np.float32]
WIDTH, OUTPUTS, ROWS = 32, 12, 2048
seeds = st.integers(0, 2**32 - 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


def product(matrix: Floats) -> ModelProto:
    graph = GraphBuilder()
    graph.floats_in("data", (1, "n", matrix.shape[0]))
    graph.multi("MatMul", ["data", graph.constant("matrix", matrix)], ["result"])
    graph.floats_out("result", (1, "n", matrix.shape[1]))
    return graph.model("product")


def two_products(one: Floats, two: Floats) -> ModelProto:
    graph = GraphBuilder()
    graph.floats_in("data", (1, "n", WIDTH))
    for name, matrix in (("first", one), ("second", two)):
        graph.multi("MatMul", ["data", graph.constant(f"{name}.matrix", matrix)], [name])
        graph.floats_out(name, (1, "n", OUTPUTS))
    return graph.model("two")


@given(seed=seeds, loud=st.floats(0.01, 100))
def test_a_product_differs_by_half_a_step_of_each_factor_at_most(folder: Path, seed: int, loud: float) -> None:
    rng = np.random.default_rng(seed)
    matrix = (rng.standard_normal((WIDTH, OUTPUTS)) * rng.random(OUTPUTS) * 3).astype(np.float32)
    data = (rng.standard_normal((1, 5, WIDTH)) * loud).astype(np.float32)
    model = quantised(product(matrix), {"data": float(np.abs(data).max())})
    onnx.checker.check_model(model, full_check=True)
    found = open_model(model, folder).run(None, {"data": data})[0]
    step, steps = np.abs(data).max() / 127, np.abs(matrix).max(axis=0) / 127
    bound = (np.abs(matrix).sum(axis=0) * step + (np.abs(data) + step / 2).sum(axis=-1)[..., None] * steps) / 2
    assert (np.abs(found - data @ matrix) <= 1.01 * bound).all()


def test_numbers_beyond_the_largest_are_clipped(folder: Path) -> None:
    model = quantised(product(np.eye(3, dtype=np.float32)), {"data": 1.0})
    found = open_model(model, folder).run(None, {"data": np.array([[[0.5, 4, -4]]], np.float32)})[0]
    np.testing.assert_allclose(found[0, 0], [0.5, 1, -1], atol=0.01)


def test_products_of_the_same_numbers_share_their_rounding() -> None:
    rng = np.random.default_rng(0)
    one, two = (rng.standard_normal((WIDTH, OUTPUTS)).astype(np.float32) for _ in range(2))
    model = quantised(two_products(one, two), {"data": 3.0})
    assert [node.op_type for node in model.graph.node].count("QuantizeLinear") == 1


def test_what_is_kept_stays_as_it_was(folder: Path) -> None:
    rng = np.random.default_rng(0)
    one, two = (rng.standard_normal((WIDTH, OUTPUTS)).astype(np.float32) for _ in range(2))
    data = rng.standard_normal((1, 2, WIDTH)).astype(np.float32)
    original = two_products(one, two)
    assert [it.name for it in products(original)] == ["first", "second"]
    model = quantised(original, {"data": 4.0}, keep=["second"])
    first, second = open_model(model, folder).run(["first", "second"], {"data": data})
    np.testing.assert_allclose(second, data @ two, atol=1e-5)
    assert np.abs(first - data @ one).max() > 1e-3


def test_zero_is_zero_and_scales_are_positive_as_tensorrt_asks_for_it() -> None:
    matrix = np.zeros((WIDTH, OUTPUTS), np.float32)
    matrix[:, 1] = 5
    tensors = {it.name: numpy_helper.to_array(it) for it in quantised(product(matrix), {"data": 0.0}).graph.initializer}
    assert not tensors["matrix/zero"].any()
    assert not tensors["data/zero"].any()
    assert tensors["matrix/scale"].shape == (OUTPUTS,)
    assert (tensors["matrix/scale"] > 0).all()
    assert tensors["data/scale"] > 0


@given(seed=seeds)
def test_rows_of_an_embedding_are_taken_in_int8(folder: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    table = rng.standard_normal((ROWS, WIDTH)).astype(np.float32)
    graph = GraphBuilder()
    graph.integers_in("tokens", (1, "n"))
    graph.multi("Gather", [graph.constant("table", table), "tokens"], ["rows"])
    graph.floats_out("rows", (1, "n", WIDTH))
    model = quantised(graph.model("embedding"), {})
    assert len(model.SerializeToString()) < 1.1 * table.size
    tokens = rng.integers(0, ROWS, (1, 4))
    found = open_model(model, folder).run(None, {"tokens": tokens})[0]
    assert np.abs(found - table[tokens]).max() <= 1.01 * np.abs(table).max() / 127 / 2


def test_a_product_that_was_not_calibrated_is_an_error() -> None:
    with pytest.raises(KeyError):
        quantised(product(np.eye(3, dtype=np.float32)), {})

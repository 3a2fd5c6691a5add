"""The converter of the recogniser, on the real model."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import ModelProto, NodeProto, numpy_helper

from edge.store import ModelStore
from edge.store.converters.graphs import graphs_of, read_model
from edge.store.converters.moonshine import convert, decoder_graphs
from edge.store.converters.moonshine.check import mean_difference


@pytest.fixture(scope="module")
def published(store: ModelStore) -> Path:
    return store.locate("moonshine-tiny-en").parent


@pytest.fixture(scope="module")
def exported(published: Path) -> ModelProto:
    return read_model(published / "decoder_model_merged.ort")


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_model_gives_the_same_bytes(published: Path, tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        convert(published, tmp_path / name)
    first = files_in(tmp_path / "first")
    assert first == files_in(tmp_path / "second")
    assert set(first) == {"encoder.onnx", "decoder_audio.onnx", "decoder_step.onnx", "tokenizer.bin", "weights.bin"}


def test_large_tensors_lie_page_by_page_in_a_file_of_their_own(store: ModelStore) -> None:
    folder = store.locate("moonshine-tiny-en")
    model = onnx.load(folder / "decoder_step.onnx", load_external_data=False)
    outside = [tensor for tensor in model.graph.initializer if tensor.external_data]
    places = [{entry.key: entry.value for entry in tensor.external_data} for tensor in outside]
    assert {place["location"] for place in places} == {"weights.bin"}
    assert all(int(place["offset"]) % 4096 == 0 for place in places)
    assert (folder / "decoder_step.onnx").stat().st_size < 200_000


def test_the_converted_decoder_gives_the_log_probabilities_of_the_published_one(store: ModelStore) -> None:
    folder = store.locate("moonshine-tiny-en")
    assert mean_difference(folder.parent / "decoder_model_merged.ort", folder) < 0.1


@pytest.mark.parametrize("part", ["layers.3/self_attn/k_proj", "layers.0/mlp/fc2", "layers.5/encoder_attn/q_proj"])
def test_a_decoder_with_a_wrong_matrix_is_refused(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    """As if the converter had taken a matrix for another one."""

    def disturbed(model: ModelProto) -> tuple[ModelProto, ModelProto]:
        place = next(
            node
            for graph in graphs_of(model.graph)
            for node in graph.node
            if any(part in output and "quant" not in output.lower() for output in node.output)
            and node.op_type in {"DynamicQuantizeMatMul", "MatMulIntegerToFloat"}
        )
        for graph in graphs_of(model.graph):
            for tensor in graph.initializer:
                if tensor.name in place.input and len(tensor.dims) == 2:
                    values = numpy_helper.to_array(tensor)
                    tensor.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(values[::-1]), tensor.name))
        return decoder_graphs(model)

    monkeypatch.setattr("edge.store.converters.moonshine.decoder_graphs", disturbed)
    with pytest.raises(ValueError, match="differs from the published one"):
        convert(published, tmp_path)


def without(exported: ModelProto, unwanted: Callable[[NodeProto], bool]) -> ModelProto:
    changed = ModelProto()
    changed.CopyFrom(exported)
    for graph in graphs_of(changed.graph):
        kept = [node for node in graph.node if not unwanted(node)]
        del graph.node[:]
        graph.node.extend(kept)
    return changed


@pytest.mark.parametrize(
    "unwanted",
    [
        lambda node: node.output[0] == "/model/decoder/norm/LayerNormalization_output_0",
        lambda node: node.output[0].endswith("/mlp/fc2/Add_output_0"),
        lambda node: node.output[0] == "/model/decoder/layers.3/self_attn/k_proj/MatMul_output_0",
        lambda node: node.output[0] == "logits",
    ],
)
def test_a_network_without_one_of_its_parts_is_refused(
    exported: ModelProto, unwanted: Callable[[NodeProto], bool]
) -> None:
    with pytest.raises((ValueError, KeyError)):
        decoder_graphs(without(exported, unwanted))


def test_a_decoder_that_is_not_quantised_is_refused(exported: ModelProto) -> None:
    changed = ModelProto()
    changed.CopyFrom(exported)
    for graph in graphs_of(changed.graph):
        for node in graph.node:
            if node.op_type == "DynamicQuantizeMatMul":
                node.op_type = "MatMul"
    with pytest.raises(ValueError, match="not quantised"):
        decoder_graphs(changed)

"""Int8 matrices in standard operators: QuantizeLinear and DequantizeLinear around each product ("QDQ"). Pure.

An engine that has int8 kernels runs `DequantizeLinear, DequantizeLinear, MatMul` as one. As TensorRT asks for it, zero
is always 0: matrices have a scale for each output, the numbers that are multiplied by them one for the whole tensor
(Jacob et al. 2018, https://arxiv.org/abs/1712.05877; Wu et al. 2020, https://arxiv.org/abs/2004.09602).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from edge.store.converters.graphs import Array

_LARGEST: Final = 127
_MATRIX_RANK: Final = 2
_MIN_ROWS: Final = 1024
"""Of a table from which rows are taken: an embedding, and no table of shapes."""


@dataclass(frozen=True, slots=True)
class Product:
    """A product with a constant matrix. `name` is that of its result, `data` what is multiplied by the matrix."""

    name: str
    data: str
    matrix: str
    size: int
    """Numbers in the matrix."""


def products(model: ModelProto) -> Sequence[Product]:
    """What can be quantised, in the order of the graph."""
    sizes = {tensor.name: int(np.prod(tensor.dims)) for tensor in _matrices(model).values()}
    return [
        Product(node.output[0], node.input[0], node.input[1], sizes[node.input[1]])
        for node in model.graph.node
        if node.op_type == "MatMul" and node.input[1] in sizes
    ]


def quantised(model: ModelProto, largest: Mapping[str, float], *, keep: Collection[str] = ()) -> ModelProto:
    """The model with int8 matrices and tables of embeddings.

    `largest` is the largest absolute value of the `data` of each product: greater ones are clipped. The products in
    `keep` stay in float. Raises `KeyError` for a product without a largest value.
    """
    rewriting = _Rewriting(_matrices(model))
    chosen = {product.name: product for product in products(model) if product.name not in keep}
    for node in model.graph.node:
        if node.output[0] in chosen:
            rewriting.product(node, largest[chosen[node.output[0]].data])
        elif rewriting.is_embedding(node):
            rewriting.embedding(node)
        else:
            rewriting.nodes.append(node)
    used = {name for node in rewriting.nodes for name in node.input}
    kept = [tensor for tensor in model.graph.initializer if tensor.name in used]
    graph = helper.make_graph(
        rewriting.nodes, model.graph.name, model.graph.input, model.graph.output, [*kept, *rewriting.tensors]
    )
    return helper.make_model(graph, ir_version=model.ir_version, opset_imports=model.opset_import)


class _Rewriting:
    def __init__(self, matrices: Mapping[str, TensorProto]) -> None:
        self.nodes: list[NodeProto] = []
        self.tensors: list[TensorProto] = []
        self._matrices = matrices
        self._rounded: dict[str, str] = {}

    def product(self, node: NodeProto, largest: float) -> None:
        data, name = node.input
        matrix = numpy_helper.to_array(self._matrices[name])
        scale = _scale(np.abs(matrix).max(axis=0))
        inputs = [self._constant(f"{name}/int8", _steps(matrix, scale)), *self._scales(name, scale)]
        self._add("DequantizeLinear", inputs, f"{name}/float", axis=1)
        self._add("MatMul", [self._round(data, largest), f"{name}/float"], node.output[0])

    def is_embedding(self, node: NodeProto) -> bool:
        table = self._matrices.get(node.input[0]) if node.op_type == "Gather" else None
        return table is not None and table.dims[0] >= _MIN_ROWS

    def embedding(self, node: NodeProto) -> None:
        """Rows are taken in int8: to make a whole table float again for each token would take longer than a step."""
        name = node.input[0]
        table = numpy_helper.to_array(self._matrices[name])
        scale = _scale(np.abs(table).max())
        rows = self._add(
            "Gather", [self._constant(f"{name}/int8", _steps(table, scale)), node.input[1]], f"{name}/rows"
        )
        self._add("DequantizeLinear", [rows, *self._scales(name, scale)], node.output[0])

    def _round(self, data: str, largest: float) -> str:
        """Products of the same numbers share their rounding."""
        if data not in self._rounded:
            scales = self._scales(data, _scale(largest))
            steps = self._add("QuantizeLinear", [data, *scales], f"{data}/int8")
            self._rounded[data] = self._add("DequantizeLinear", [steps, *scales], f"{data}/rounded")
        return self._rounded[data]

    def _scales(self, name: str, scale: Array) -> list[str]:
        return [
            self._constant(f"{name}/scale", scale),
            self._constant(f"{name}/zero", np.zeros(scale.shape, np.int8)),
        ]

    def _constant(self, name: str, values: Array) -> str:
        self.tensors.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _add(self, op: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(op, inputs, [output], **attributes))
        return output


def _matrices(model: ModelProto) -> Mapping[str, TensorProto]:
    return {
        tensor.name: tensor
        for tensor in model.graph.initializer
        if tensor.data_type == TensorProto.FLOAT and len(tensor.dims) == _MATRIX_RANK
    }


def _scale(largest: npt.ArrayLike) -> Array:
    """Of a step; 1 where all numbers are 0."""
    values = np.asarray(largest, np.float32)
    return np.asarray(np.where(values > 0, values / _LARGEST, 1), np.float32)


def _steps(values: Array, scale: Array) -> Array:
    ratio = np.asarray(values, np.float32) / np.asarray(scale, np.float32)
    return np.clip(np.round(ratio), -_LARGEST, _LARGEST).astype(np.int8)

"""The tensors of the exported networks by purpose, found by the names that PyTorch gave their operators."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from onnx import ModelProto, NodeProto, numpy_helper

from edge.store.converters.graphs import Array, graphs_of

HEADS = 8
"""Of every Moonshine model."""

_MATRIX_RANK = 2
_QUANTISED = {"DynamicQuantizeMatMul": (1, 2, 3, 4), "MatMulIntegerToFloat": (1, 3, 5, 6)}
"""The positions of the matrix, its scale, its zero point and the bias among the inputs."""


@dataclass(frozen=True, slots=True)
class Linear:
    """A quantised matrix [inputs, outputs]; scale and zero point are one number or one for each output."""

    matrix: Array
    scale: Array
    zero: Array
    bias: Array | None


class _Weights:
    def __init__(self, exported: ModelProto, root: str) -> None:
        """`root` begins the name of every operator. Raises `ValueError` for a network without layers."""
        graphs = list(graphs_of(exported.graph))
        self._tensors = {tensor.name: tensor for graph in graphs for tensor in graph.initializer}
        self._by_output: dict[str, NodeProto] = {
            output: node for graph in graphs for node in graph.node for output in node.output
        }
        self._root = root
        self.layers = sum(name.endswith("/mlp/fc2/Add_output_0") for name in self._by_output)
        if not self.layers:
            raise ValueError("unexpected layers")

    def frequencies(self) -> Array:
        """float32 [half of the rotated part of a head]: radians per position."""
        return self.tensor("rotary_emb/Expand_output_0", 0).reshape(-1)

    def norm(self, place: str) -> Array:
        return self.tensor(f"{place}/LayerNormalization_output_0", 1)

    def linears(self, places: Sequence[str]) -> Linear:
        """The matrices at these places as one, side by side: one multiplication instead of several."""
        first, *others = [self._linear(place) for place in places]
        if not others:
            return first
        every = [first, *others]
        if any(one.bias is not None or one.matrix.dtype != first.matrix.dtype for one in every):
            raise ValueError("unexpected matrices")
        scales = [np.broadcast_to(one.scale.reshape(-1), one.matrix.shape[1]) for one in every]
        zeros = [np.broadcast_to(one.zero.reshape(-1), one.matrix.shape[1]) for one in every]
        matrix = np.concatenate([one.matrix for one in every], axis=1)
        return Linear(matrix, np.concatenate(scales), np.concatenate(zeros), None)

    def tensor(self, place: str, position: int) -> Array:
        """The constant among the inputs of the operator with this output."""
        return self._array(self._node(place).input[position])

    def _linear(self, place: str) -> Linear:
        node = self._by_output[place] if place == "logits" else self._node(place)
        if node.op_type not in _QUANTISED:
            raise ValueError(f"{place} is not quantised")
        names = [node.input[i] if i < len(node.input) else "" for i in _QUANTISED[node.op_type]]
        matrix, scale, zero, bias = (self._array(name) if name in self._tensors else None for name in names)
        if matrix is None or scale is None or matrix.ndim != _MATRIX_RANK:
            raise ValueError(f"{place} has no matrix")
        return Linear(matrix, scale, np.zeros((), matrix.dtype) if zero is None else zero, bias)

    def _array(self, name: str) -> Array:
        return numpy_helper.to_array(self._tensors[name])

    def _node(self, place: str) -> NodeProto:
        return self._by_output[f"{self._root}{place}"]


class DecoderWeights(_Weights):
    """Those of the decoder. Raises `ValueError` or `KeyError` for an unexpected network, as its methods do."""

    def __init__(self, exported: ModelProto) -> None:
        super().__init__(exported, "/model/decoder/")
        self.width = int(self.embedding()[0].shape[1])
        if self.width % HEADS:
            raise ValueError("unexpected layers")

    def embedding(self) -> tuple[Array, Array, Array]:
        """uint8 or int8 [V, width] with its scale and zero point."""
        rows, scale, zero = self._node("embed_tokens/Gather_output_0").input
        table = self._array(self._by_output[rows].input[0])
        if table.ndim != _MATRIX_RANK:
            raise ValueError("unexpected embedding")
        return table, self._array(scale), self._array(zero)


class EncoderWeights(_Weights):
    """Those of the encoder. Raises `ValueError` or `KeyError` for an unexpected network, as its methods do."""

    def __init__(self, exported: ModelProto) -> None:
        super().__init__(exported, "/")
        self.width = len(self.norm("layers.0/input_layernorm"))
        if self.width % HEADS:
            raise ValueError("unexpected layers")

    def last_norm(self) -> Array:
        """The scale of the norm behind the last layer, which the exporter merged with the addition before it."""
        node = self._by_output["last_hidden_state"]
        return self._array(node.input[2 if node.op_type == "SkipLayerNormalization" else 1])

"""Reads the graph of a model file in ONNX Runtime's own format without loading it into the runtime.

A file is a FlatBuffer (https://flatbuffers.dev/internals/) after `ort.fbs` of ONNX Runtime, whose tables only ever grow
at the end. Tensors are views of the file's bytes: nothing is copied. The runtime itself reads such files, but gives no
access to the weights in them.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.generic]

_IDENTIFIER = b"ORTM"
_TYPES: dict[int, np.dtype[Any]] = {
    1: np.dtype("<f4"),
    2: np.dtype("u1"),
    3: np.dtype("i1"),
    6: np.dtype("<i4"),
    7: np.dtype("<i8"),
}
"""TensorProto.DataType; of other types are a few constants that nobody asks for."""

# Where a field stands in its table, counted from 0.
_SESSION_MODEL, _MODEL_GRAPH = 1, 7
_GRAPH_INITIALIZERS, _GRAPH_NODES = 0, 2
_TENSOR_NAME, _TENSOR_DIMS, _TENSOR_TYPE, _TENSOR_DATA = 0, 2, 3, 4
_NODE_OP, _NODE_INPUTS, _NODE_OUTPUTS, _NODE_ATTRIBUTES = 5, 8, 9, 10
_ATTRIBUTE_GRAPH = 7


@dataclass(frozen=True, slots=True)
class OrtNode:
    """One operator."""

    op: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(slots=True)
class OrtGraph:
    """Everything in a file, the branches of its `If` operators included: nodes in order, and tensors by name."""

    nodes: list[OrtNode] = field(default_factory=list)
    tensors: dict[str, Array] = field(default_factory=dict)


def read_ort(data: bytes | memoryview) -> OrtGraph:
    """The graph in the bytes of a file, which must outlive the tensors. Raises `ValueError` when it is none."""
    found = OrtGraph()
    try:
        if bytes(data[4:8]) != _IDENTIFIER:
            raise ValueError("not a model in ORT format")
        root = _Table(data, _offset(data, 0))
        _read_graph(root.table(_SESSION_MODEL).table(_MODEL_GRAPH), found, depth=0)
    except (struct.error, IndexError, KeyError, UnicodeDecodeError) as error:
        raise ValueError("a damaged model in ORT format") from error
    return found


def _read_graph(graph: "_Table", found: OrtGraph, *, depth: int) -> None:
    for tensor in graph.tables(_GRAPH_INITIALIZERS):
        kind = _TYPES.get(tensor.number(_TENSOR_TYPE))
        if kind is not None:
            shape = tensor.vector(_TENSOR_DIMS, np.dtype("<i8")).tolist()
            values = tensor.vector(_TENSOR_DATA, np.dtype("u1")).view(kind)
            found.tensors[tensor.text(_TENSOR_NAME)] = values.reshape(shape)
    for node in graph.tables(_GRAPH_NODES):
        inputs, outputs = tuple(node.texts(_NODE_INPUTS)), tuple(node.texts(_NODE_OUTPUTS))
        found.nodes.append(OrtNode(node.text(_NODE_OP), inputs, outputs))
        for attribute in node.tables(_NODE_ATTRIBUTES):
            if not attribute.has(_ATTRIBUTE_GRAPH):
                continue
            if depth:
                raise ValueError("branches within branches")
            _read_graph(attribute.table(_ATTRIBUTE_GRAPH), found, depth=depth + 1)


class _Table:
    """A table of a FlatBuffer: at its start stands how far back its list of field places is."""

    def __init__(self, data: bytes | memoryview, at: int) -> None:
        self._data = data
        self._at = at
        (back,) = struct.unpack_from("<i", data, at)
        size = _short(data, at - back)
        self._places: tuple[int, ...] = struct.unpack_from(f"<{size // 2 - 2}H", data, at - back + 4)

    def has(self, number: int) -> bool:
        return number < len(self._places) and self._places[number] > 0

    def number(self, number: int) -> int:
        if not self.has(number):
            return 0
        (value,) = struct.unpack_from("<i", self._data, self._at + self._places[number])
        return int(value)

    def table(self, number: int) -> "_Table":
        return _Table(self._data, self._target(number))

    def tables(self, number: int) -> Iterator["_Table"]:
        for at in self._items(number):
            yield _Table(self._data, at + _offset(self._data, at))

    def text(self, number: int) -> str:
        return _text(self._data, self._target(number)) if self.has(number) else ""

    def texts(self, number: int) -> Iterator[str]:
        for at in self._items(number):
            yield _text(self._data, at + _offset(self._data, at))

    def vector(self, number: int, kind: np.dtype[np.generic]) -> Array:
        if not self.has(number):
            return np.zeros(0, kind)
        at = self._target(number)
        return np.frombuffer(self._data, kind, _offset(self._data, at), at + 4)

    def _target(self, number: int) -> int:
        at = self._at + self._places[number]
        return at + _offset(self._data, at)

    def _items(self, number: int) -> range:
        if not self.has(number):
            return range(0)
        at = self._target(number)
        return range(at + 4, at + 4 + 4 * _offset(self._data, at), 4)


def _offset(data: bytes | memoryview, at: int) -> int:
    (value,) = struct.unpack_from("<I", data, at)
    return int(value)


def _short(data: bytes | memoryview, at: int) -> int:
    (value,) = struct.unpack_from("<H", data, at)
    return int(value)


def _text(data: bytes | memoryview, at: int) -> str:
    return bytes(data[at + 4 : at + 4 + _offset(data, at)]).decode()

"""What converters share: reading ONNX models, writing graphs, and putting large tensors into a file of their own.

Tensors in a separate file are mapped by ONNX Runtime when it opens the model: those that it packs for the processor
are dropped from memory again, the others stay clean pages of the file. With the tensors inside the model the same
decoder takes 13 MB more.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
import onnx
from onnx import AttributeProto, GraphProto, ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper

from edge.runtime.onnx.files import check_file, save_as_onnx

Array = npt.NDArray[np.generic]

MICROSOFT = "com.microsoft"
"""The domain of ONNX Runtime's own operators, which it has on every processor."""

_IR_VERSION, _OPSET = 8, 18
_ALIGNMENT = 4096  # of a page: no two tensors share one
_MIN_EXTERNAL_BYTES = 16 * 1024


def read_model(path: Path) -> ModelProto:
    """A model in ONNX or in ORT format. Raises `ModelError`, and `ValueError` for a file that is neither."""
    if path.suffix != ".ort":
        check_file(path)
        try:
            return onnx.load_model(path)
        except Exception as error:  # protobuf's exceptions differ between its implementations
            raise ValueError(f"{path.name} is not an ONNX model") from error
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "model.onnx")
        save_as_onnx(path, target)
        return onnx.load_model(target)


def graphs_of(graph: GraphProto) -> Iterator[GraphProto]:
    """The graph and the branches of its `If` operators."""
    yield graph
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.type == AttributeProto.GRAPH:
                yield from graphs_of(attribute.g)


class GraphBuilder:
    """A graph that is being written. Methods that add an operator return the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.inputs: list[ValueInfoProto] = []
        self.outputs: list[ValueInfoProto] = []
        self._tensors: list[TensorProto] = []

    def model(self, name: str) -> ModelProto:
        """The finished model. It imports the domains of its operators alone."""
        graph = helper.make_graph(self.nodes, name, self.inputs, self.outputs, self._tensors)
        opsets = [helper.make_opsetid("", _OPSET)]
        if any(node.domain == MICROSOFT for node in self.nodes):
            opsets.append(helper.make_opsetid(MICROSOFT, 1))
        return helper.make_model(graph, ir_version=_IR_VERSION, opset_imports=opsets)

    def node(self, op: str, inputs: Sequence[str], *, domain: str = "", **attributes: Any) -> str:
        """Add an operator with one output."""
        (output,) = self.multi(op, inputs, [f"{op}.{len(self.nodes)}"], domain=domain, **attributes)
        return output

    def multi(
        self, op: str, inputs: Sequence[str], outputs: Sequence[str], *, domain: str = "", **attributes: Any
    ) -> list[str]:
        """Add an operator whose outputs have these names."""
        self.nodes.append(helper.make_node(op, inputs, outputs, domain=domain, **attributes))
        return list(outputs)

    def constant(self, name: str, values: Array) -> str:
        """Add a tensor."""
        self._tensors.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def floats_in(self, name: str, shape: Sequence[int | str]) -> None:
        """Declare a float32 input; a name instead of a size stands for any."""
        self.inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def integers_in(self, name: str, shape: Sequence[int | str]) -> None:
        """Declare an int64 input."""
        self.inputs.append(helper.make_tensor_value_info(name, TensorProto.INT64, shape))

    def floats_out(self, name: str, shape: Sequence[int | str]) -> None:
        """Declare a float32 output."""
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))


def save_model(model: ModelProto, target: Path, weights: BinaryIO) -> None:
    """Write a model whose large tensors go to the end of `weights`, a file in the folder of `target`.

    The same model gives the same bytes.
    """
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor).tobytes()
        if len(values) < _MIN_EXTERNAL_BYTES:
            continue
        weights.write(b"\0" * (-weights.tell() % _ALIGNMENT))
        place = {"location": Path(weights.name).name, "offset": str(weights.tell()), "length": str(len(values))}
        weights.write(values)
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in place.items():
            tensor.external_data.add(key=key, value=value)
    target.write_bytes(model.SerializeToString(deterministic=True))


def save_models(models: Mapping[str, ModelProto], folder: Path) -> None:
    """Write `NAME.onnx` for each of the models, which stay as they are, and `weights.bin` for all of them."""
    with (folder / "weights.bin").open("wb") as weights:
        for name, model in models.items():
            written = ModelProto()
            written.CopyFrom(model)
            save_model(written, folder / f"{name}.onnx", weights)

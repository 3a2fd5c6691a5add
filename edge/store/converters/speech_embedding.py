"""Google's speech embedding (Lin et al. 2020, arXiv:2002.01322) as a step that continues where it stopped.

The published model maps 76 mel frames to 96 numbers, and openWakeWord runs it every 8 frames: nine tenths of each
result were computed for the last one. Its convolutions do not pad in time and its poolings divide time by exactly 8,
so each layer needs only the last two rows of its input to continue. The converted model joins these two rows in front
of each convolution over time and returns the last two again. The numbers stay the same, bit by bit where the runtime
picks the same kernels, in a quarter of the time.

Written are `melspectrogram.onnx`, unchanged, and `embedding_step.onnx`: `mel` [1, 1, 8, 32] and `state0`, ... -> the
embedding [1, 96, 1, 1] and `next_state0`, ...
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from onnx import AttributeProto, ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper

from edge.store.converters.graphs import read_model

EMBEDDING_SIZE = 96
HOP_FRAMES = 8
MEL_BANDS = 32

_KEPT_ROWS = 2  # a kernel of three rows needs the two before


def convert(source: Path, target: Path) -> None:
    """See `edge.store.converters.Converter`."""
    model = step_model(read_model(source / "embedding_model.onnx"))
    (target / "embedding_step.onnx").write_bytes(model.SerializeToString(deterministic=True))
    shutil.copyfile(source / "melspectrogram.onnx", target / "melspectrogram.onnx")


def step_model(published: ModelProto) -> ModelProto:
    """The step. Raises `ValueError`, `IndexError` or `KeyError` for an unexpected network."""
    graph = published.graph
    tensors = {tensor.name: tensor for tensor in graph.initializer}
    source = list(graph.node)
    if [node.op_type for node in source[:2]] != ["Pad", "Reshape"] or source[-1].op_type != "Reshape":
        raise ValueError("unexpected layers")
    head, body, tail = source[1].output[0], source[2:-1], source[-1]

    nodes: list[NodeProto] = []
    shapes: list[tuple[int, ...]] = []
    bands = MEL_BANDS
    for layer in body:
        node = NodeProto()
        node.CopyFrom(layer)
        attributes = {attribute.name: attribute for attribute in node.attribute}
        if _pads_in_time(attributes):
            raise ValueError("unexpected layers")
        if node.input[0] == head:  # the Pad in front put a zero at each side of the bands: the kernel can do that
            node.input[0] = "mel"
            node.attribute.append(helper.make_attribute("pads", [0, 1, 0, 1]))
        if node.op_type == "Conv" and attributes["kernel_shape"].ints[0] == _KEPT_ROWS + 1:
            channels = tensors[node.input[1]].dims[1]
            state = f"state{len(shapes)}"
            shapes.append((1, channels, _KEPT_ROWS, bands))
            joined = f"{state}_joined"
            nodes.append(helper.make_node("Concat", [state, node.input[0]], [joined], axis=2))
            nodes.append(helper.make_node("Slice", [joined, "slice_from", "slice_to", "slice_axis"], [f"next_{state}"]))
            node.input[0] = joined
        elif node.op_type == "MaxPool":
            bands //= attributes["strides"].ints[1]
        nodes.append(node)

    used = {name for node in nodes for name in node.input}
    limits = {"slice_from": -_KEPT_ROWS, "slice_to": np.iinfo(np.int64).max, "slice_axis": 2}
    numbers = [numpy_helper.from_array(np.array([value], np.int64), name) for name, value in limits.items()]
    rebuilt = helper.make_graph(
        nodes,
        "embedding_step",
        [_floats("mel", (1, 1, HOP_FRAMES, MEL_BANDS)), *(_floats(f"state{i}", s) for i, s in enumerate(shapes))],
        [
            _floats(tail.input[0], (1, EMBEDDING_SIZE, 1, 1)),
            *(_floats(f"next_state{i}", s) for i, s in enumerate(shapes)),
        ],
        [*(tensor for name, tensor in tensors.items() if name in used), *numbers],
    )
    return helper.make_model(rebuilt, ir_version=published.ir_version, opset_imports=published.opset_import)


def _pads_in_time(attributes: Mapping[str, AttributeProto]) -> bool:
    return "pads" in attributes and any(attributes["pads"].ints[::2])


def _floats(name: str, shape: tuple[int, ...]) -> ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

"""Word models with a known answer."""

from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper


def write_word_model(path: Path, *, window: int = 16, features: int = 96, scores: int = 1) -> Path:
    """A model whose scores are all the sigmoid of the mean of its input, shape [1, window, features]."""
    nodes = [
        helper.make_node("ReduceMean", ["x"], ["mean"]),
        helper.make_node("Sigmoid", ["mean"], ["sigmoid"]),
        helper.make_node("Expand", ["sigmoid", "answer"], ["expanded"]),
        helper.make_node("Reshape", ["expanded", "shape"], ["score"]),
    ]
    shapes = {"answer": [1, 1, scores], "shape": [1, scores]}
    graph = helper.make_graph(
        nodes,
        "word",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, window, features])],
        [helper.make_tensor_value_info("score", TensorProto.FLOAT, [1, scores])],
        [numpy_helper.from_array(np.array(shape, np.int64), name) for name, shape in shapes.items()],
    )
    model = helper.make_model(graph, ir_version=7, opset_imports=[helper.make_opsetid("", 13)])
    path.write_bytes(model.SerializeToString())
    return path

"""Word models with a known answer, written without the `onnx` package."""

from pathlib import Path

from edge.runtime.onnx_wire import Node, encode, float_value_info, int64_tensor


def write_word_model(path: Path, *, window: int = 16, features: int = 96, scores: int = 1) -> Path:
    """A model whose scores are all the sigmoid of the mean of its input, shape [1, window, features]."""
    nodes = [
        Node("ReduceMean", ["x"], ["mean"]),
        Node("Sigmoid", ["mean"], ["sigmoid"]),
        Node("Expand", ["sigmoid", "answer"], ["expanded"]),
        Node("Reshape", ["expanded", "shape"], ["score"]),
    ]
    graph = encode(
        [
            *((1, node.write()) for node in nodes),
            (2, "word"),
            (5, int64_tensor("answer", [1, 1, scores])),
            (5, int64_tensor("shape", [1, scores])),
            (11, float_value_info("x", [1, window, features])),
            (12, float_value_info("score", [1, scores])),
        ]
    )
    opset = encode([(1, ""), (2, 13)])
    path.write_bytes(encode([(1, 7), (7, graph), (8, opset)]))
    return path

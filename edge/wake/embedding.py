"""Google's speech embedding (Lin et al. 2020, arXiv:2002.01322) computed step by step.

The model maps 76 mel frames to 96 numbers, and openWakeWord asks it every 8 frames: nine tenths of each answer were
computed for the one before. Its convolutions do not pad in time and its poolings divide time by exactly 8, so each
layer needs only the last two rows of its input to go on where it stopped. `streaming_graph` rewrites the model that
way: the two rows are joined in front of each convolution over time, and the last two are handed out again. The numbers
stay the same, bit by bit where the runtime picks the same kernels, in a quarter of the time.
"""

from itertools import count

import numpy as np
import numpy.typing as npt

from edge.errors import ModelError
from edge.runtime.onnx import open_session
from edge.runtime.onnx_wire import (
    Node,
    encode,
    float_value_info,
    int64_tensor,
    int_attribute,
    integers,
    messages,
    parse,
)

Floats = npt.NDArray[np.float32]

EMBEDDING_SIZE = 96
HOP_FRAMES = 8
MEL_BANDS = 32

_HOPS_TO_FILL = 9  # then the next hop's answer covers only frames that were given: 9 * 8 + 8 >= 76
_KEPT_ROWS = 2  # a kernel of three rows needs the two before
_INITIALIZER, _INPUT, _OUTPUT, _GRAPH = 5, 11, 12, 7


class StreamingEmbedding:
    """The embedding of the last 76 mel frames, every 8 frames."""

    def __init__(self, model: bytes) -> None:
        try:
            graph, shapes = streaming_graph(model)
        except (ValueError, IndexError, KeyError) as error:
            message = "the embedding model of openWakeWord has not the layers that are expected"
            raise ModelError("model-invalid", message, "run `edge-voice models verify`") from error
        self._session = open_session(graph, "the embedding model of openWakeWord")
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._names = [f"state{i}" for i in range(len(shapes))]
        self._empty: list[Floats] = [np.zeros(shape, np.float32) for shape in shapes]
        self._filled: dict[float, list[Floats]] = {}
        self._state = self._empty

    def restart(self, fill: float) -> None:
        """Go on as after endless mel frames of this one value."""
        if fill not in self._filled:
            self._state = self._empty
            for _ in range(_HOPS_TO_FILL):
                self.step(np.full((HOP_FRAMES, MEL_BANDS), fill, np.float32))
            self._filled[fill] = self._state
        self._state = self._filled[fill]

    def step(self, mel: Floats) -> Floats:
        """The embedding, shape (96,), after 8 further mel frames, shape (8, 32)."""
        feeds = dict(zip(self._names, self._state, strict=True))
        feeds["mel"] = mel.reshape(1, 1, HOP_FRAMES, MEL_BANDS)
        embedding, *self._state = self._session.run(self._outputs, feeds)
        return np.asarray(embedding, np.float32).reshape(EMBEDDING_SIZE)


def streaming_graph(model: bytes) -> tuple[bytes, list[tuple[int, ...]]]:
    """The embedding model as a step: input `mel` [1, 1, 8, 32] and states, output the embedding and the next states.

    Returns the model and the shapes of its states in order. Raises `ValueError`, `IndexError` or `KeyError` when the
    model is not built as expected.
    """
    top = parse(model)
    graph = parse(messages(top, _GRAPH)[0])
    tensors = {messages(parse(raw), 8)[0].decode(): raw for raw in messages(graph, _INITIALIZER)}
    source = [Node.read(raw) for raw in messages(graph, 1)]
    if [node.op for node in source[:2]] != ["Pad", "Reshape"] or source[-1].op != "Reshape":
        raise ValueError("unexpected layers")
    head, body, tail = source[1].outputs[0], source[2:-1], source[-1]

    nodes: list[Node] = []
    shapes: list[tuple[int, ...]] = []
    numbers = count()
    bands = MEL_BANDS
    for node in body:
        if node.inputs[0] == head:  # the Pad in front put a zero at each side of the bands: let the kernel do it
            node.inputs[0] = "mel"
            node.attributes["pads"] = [0, 1, 0, 1]
        if node.op == "Conv" and node.attributes["kernel_shape"][0] == _KEPT_ROWS + 1:
            channels = integers(parse(tensors[node.inputs[1]]), 1)[1]
            shapes.append((1, channels, _KEPT_ROWS, bands))
            state = f"state{next(numbers)}"
            joined = f"{state}_joined"
            nodes.append(Node("Concat", [state, node.inputs[0]], [joined], rest=[int_attribute("axis", 2)]))
            nodes.append(Node("Slice", [joined, "slice_from", "slice_to", "slice_axis"], [f"next_{state}"]))
            node.inputs[0] = joined
        elif node.op == "MaxPool":
            bands //= node.attributes["strides"][1]
        nodes.append(node)

    used = {name for node in nodes for name in node.inputs}
    inputs: list[tuple[str, tuple[int, ...]]] = [("mel", (1, 1, HOP_FRAMES, MEL_BANDS))]
    inputs += [(f"state{i}", shape) for i, shape in enumerate(shapes)]
    outputs: list[tuple[str, tuple[int, ...]]] = [(tail.inputs[0], (1, EMBEDDING_SIZE, 1, 1))]
    outputs += [(f"next_state{i}", shape) for i, shape in enumerate(shapes)]
    rebuilt = encode(
        [
            *((1, node.write()) for node in nodes),
            (2, "streaming_embedding"),
            *((_INITIALIZER, raw) for name, raw in tensors.items() if name in used),
            (_INITIALIZER, int64_tensor("slice_from", [-_KEPT_ROWS])),
            (_INITIALIZER, int64_tensor("slice_to", [np.iinfo(np.int64).max])),
            (_INITIALIZER, int64_tensor("slice_axis", [2])),
            *((_INPUT, float_value_info(name, shape)) for name, shape in inputs),
            *((_OUTPUT, float_value_info(name, shape)) for name, shape in outputs),
        ]
    )
    return encode((number, rebuilt if number == _GRAPH else value) for number, value in top), shapes

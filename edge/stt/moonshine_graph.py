"""Moonshine's decoder written anew: the weights of the model that was fetched, in a graph of our own.

The exported decoder spends half of a step on other things than arithmetic: some 1,000 operators work out shapes, and
every step pads the keys and values of the audio again. The graph here is the same network (pre-norm transformer; rotary
embedding, Su et al. 2021, https://arxiv.org/abs/2104.09864; SwiGLU, Shazeer 2020, https://arxiv.org/abs/2002.05202)
in 20 operators a layer with the same quantised matrices: the log-probabilities agree to the last bits of a float.

Two graphs, in shapes n new tokens, p tokens before them, t hidden states of the audio, V words, d width of a head:

* `audio`: `hidden` [1, t, width] -> what the audio is to each layer, `audio_key.i`, `audio_value.i` [1, heads, t, d].
* `step`: `tokens` and `positions` int64 [1, n], `mask` float32 [1, 1, n, p + n] (0: attends, very negative: does not),
  `past_key.i`, `past_value.i` [1, heads, p, d] and what the audio is -> `log_probs` [1, n, V], `key.i`, `value.i`
  [1, heads, p + n, d].
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from edge.runtime.onnx_wire import (
    Node,
    encode,
    float_attribute,
    float_value_info,
    int64_value_info,
    int_attribute,
    tensor,
)
from edge.runtime.ort_format import Array, OrtGraph, OrtNode

HEADS = 8
"""Of every Moonshine model."""

LONGEST_TOKENS = 512
"""Positions in the tables of the rotary embedding: far beyond what may be said in one piece of audio."""

_EPSILON = 1e-5  # of every layer norm
_IR_VERSION, _OPSET = 8, 18
_MICROSOFT = "com.microsoft"  # the runtime's own operators, on every processor
_NODE, _NAME, _INITIALIZER, _INPUT, _OUTPUT, _GRAPH, _OPSETS = 1, 2, 5, 11, 12, 7, 8
_QUANTISED = {"DynamicQuantizeMatMul": (1, 2, 3, 4), "MatMulIntegerToFloat": (1, 3, 5, 6)}
"""Where the matrix, its scale, its zero point and the bias stand among the inputs."""


@dataclass(frozen=True, slots=True)
class DecoderGraphs:
    """The two graphs as ONNX models, with their external tensors."""

    step: bytes
    step_weights: dict[str, Array]
    audio: bytes
    audio_weights: dict[str, Array]
    layers: int
    head_width: int


@dataclass(frozen=True, slots=True)
class _Linear:
    """A quantised matrix [inputs, outputs]; scale and zero point are one number or one for each output."""

    matrix: Array
    scale: Array
    zero: Array
    bias: Array | None


def decoder_graphs(source: OrtGraph) -> DecoderGraphs:
    """From the exported decoder. Raises `ValueError` or `KeyError` when it is not the network that is expected."""
    weights = _Weights(source)
    layers = weights.layers()
    width, head_width = weights.width(), weights.width() // HEADS
    if not layers or width % HEADS:
        raise ValueError("unexpected layers")
    step, audio = _step_graph(weights, layers, width), _audio_graph(weights, layers, width)
    return DecoderGraphs(step.model(), step.external, audio.model(), audio.external, layers, head_width)


def _audio_graph(weights: "_Weights", layers: int, width: int) -> "_Writer":
    graph = _Writer()
    places = [f"layers.{i}/encoder_attn/{kind}_proj/MatMul_output_0" for i in range(layers) for kind in "kv"]
    names = [f"audio_{kind}.{i}" for i in range(layers) for kind in ("key", "value")]
    by_head = graph.constant("by_head", np.array([0, 0, len(names) * HEADS, width // HEADS], np.int64))
    heads = graph.node("Reshape", [graph.linear("hidden", weights.linears(places)), by_head])
    graph.nodes.append(Node("Transpose", [heads], ["heads"], {"perm": [0, 2, 1, 3]}))
    sizes = graph.constant("sizes", np.full(len(names), HEADS, np.int64))
    graph.nodes.append(Node("Split", ["heads", sizes], names, rest=[int_attribute("axis", 1)]))
    graph.inputs.append(float_value_info("hidden", (1, "t", width)))
    graph.outputs += [float_value_info(name, (1, HEADS, "t", width // HEADS)) for name in names]
    return graph


def _step_graph(weights: "_Weights", layers: int, width: int) -> "_Writer":
    graph = _Writer()
    embedding, scale, zero = weights.embedding()
    graph.external["embedding"] = embedding
    picked = graph.node("Gather", ["embedding", "tokens"])
    numbers = [picked, graph.constant("embedding.scale", scale), graph.constant("embedding.zero", zero)]
    stream = graph.node("DequantizeLinear", numbers)
    frequencies = weights.frequencies()
    angles = np.arange(LONGEST_TOKENS, dtype=np.float32)[:, None] * frequencies.astype(np.float32)
    graph.constant("cosine", np.cos(angles))
    graph.constant("sine", np.sin(angles))
    graph.constant("thirds", np.full(3, width, np.int64))
    for i in range(layers):
        at = f"layers.{i}"
        normed = graph.norm(stream, weights.norm(f"{at}/input_layernorm"))
        joined = graph.linear(
            normed, weights.linears([f"{at}/self_attn/{kind}_proj/MatMul_output_0" for kind in "qkv"])
        )
        query, key, value = graph.split(joined, "thirds", 3)
        query, key = (graph.rotary(side, 2 * len(frequencies)) for side in (query, key))
        mixed = graph.attention(
            [query, key, value, "", "", "mask", f"past_key.{i}", f"past_value.{i}"], [f"key.{i}", f"value.{i}"]
        )
        mixed = graph.linear(mixed, weights.linears([f"{at}/self_attn/o_proj/MatMul_output_0"]))
        stream = graph.node("Add", [stream, mixed])
        normed = graph.norm(stream, weights.norm(f"{at}/post_attention_layernorm"))
        query = graph.linear(normed, weights.linears([f"{at}/encoder_attn/q_proj/MatMul_output_0"]))
        heard = graph.attention([query, f"audio_key.{i}", f"audio_value.{i}"], [])
        heard = graph.linear(heard, weights.linears([f"{at}/encoder_attn/o_proj/MatMul_output_0"]))
        stream = graph.node("Add", [stream, heard])
        normed = graph.norm(stream, weights.norm(f"{at}/final_layernorm"))
        wide = weights.linears([f"{at}/mlp/fc1/Add_output_0"])
        halves = graph.constant(f"{at}.halves", np.full(2, wide.matrix.shape[1] // 2, np.int64))
        content, gate = graph.split(graph.linear(normed, wide), halves, 2)
        gate = graph.node("QuickGelu", [gate], float_attribute("alpha", 1.0), domain=_MICROSOFT)  # x times its sigmoid
        narrow = graph.linear(graph.node("Mul", [gate, content]), weights.linears([f"{at}/mlp/fc2/Add_output_0"]))
        stream = graph.node("Add", [stream, narrow])
    logits = graph.linear(graph.norm(stream, weights.norm("norm")), weights.linears(["logits"]))
    graph.nodes.append(Node("LogSoftmax", [logits], ["log_probs"]))
    graph.inputs += [int64_value_info(name, (1, "n")) for name in ("tokens", "positions")]
    graph.inputs.append(float_value_info("mask", (1, 1, "n", "all")))
    for i in range(layers):
        for kind in ("key", "value"):
            graph.inputs.append(float_value_info(f"past_{kind}.{i}", (1, HEADS, "p", width // HEADS)))
            graph.inputs.append(float_value_info(f"audio_{kind}.{i}", (1, HEADS, "t", width // HEADS)))
            graph.outputs.append(float_value_info(f"{kind}.{i}", (1, HEADS, "all", width // HEADS)))
    graph.outputs.append(float_value_info("log_probs", (1, "n", len(embedding))))
    return graph


class _Weights:
    """The tensors of the exported decoder by what they are for, found by the names that PyTorch gave its operators."""

    def __init__(self, source: OrtGraph) -> None:
        self._tensors = source.tensors
        self._by_output = {output: node for node in source.nodes for output in node.outputs}

    def layers(self) -> int:
        return sum(name.endswith("/mlp/fc2/Add_output_0") for name in self._by_output)

    def width(self) -> int:
        return int(self.embedding()[0].shape[1])

    def embedding(self) -> tuple[Array, Array, Array]:
        """uint8 or int8 [V, width] with its scale and zero point."""
        rows, scale, zero = self._node("embed_tokens/Gather_output_0").inputs
        table = self._tensors[self._by_output[rows].inputs[0]]
        if table.ndim != 2:  # noqa: PLR2004 - a matrix
            raise ValueError("unexpected embedding")
        return table, self._tensors[scale], self._tensors[zero]

    def frequencies(self) -> Array:
        """float32 [half of what is rotated of a head]: radians a position."""
        return self._tensors[self._node("rotary_emb/Expand_output_0").inputs[0]].reshape(-1)

    def norm(self, place: str) -> Array:
        return self._tensors[self._node(f"{place}/LayerNormalization_output_0").inputs[1]]

    def linears(self, places: Sequence[str]) -> _Linear:
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
        return _Linear(matrix, np.concatenate(scales), np.concatenate(zeros), None)

    def _linear(self, place: str) -> _Linear:
        node = self._by_output[place] if place == "logits" else self._node(place)
        if node.op not in _QUANTISED:
            raise ValueError(f"{place} is not quantised")
        inputs = dict(enumerate(node.inputs))
        matrix, scale, zero, bias = (self._tensors.get(inputs.get(i, "")) for i in _QUANTISED[node.op])
        if matrix is None or scale is None or matrix.ndim != 2:  # noqa: PLR2004 - a matrix
            raise ValueError(f"{place} has no matrix")
        return _Linear(matrix, scale, np.zeros((), matrix.dtype) if zero is None else zero, bias)

    def _node(self, place: str) -> OrtNode:
        return self._by_output[f"/model/decoder/{place}"]


@dataclass(slots=True)
class _Writer:
    """A graph that is being written. Methods that add an operator return the name of its output."""

    nodes: list[Node] = field(default_factory=list)
    constants: list[bytes] = field(default_factory=list)
    external: dict[str, Array] = field(default_factory=dict)
    inputs: list[bytes] = field(default_factory=list)
    outputs: list[bytes] = field(default_factory=list)

    def model(self) -> bytes:
        """A ModelProto without the external tensors' values."""
        graph: list[tuple[int, bytes | str]] = [
            *((_NODE, node.write()) for node in self.nodes),
            (_NAME, "moonshine_decoder"),
            *((_INITIALIZER, constant) for constant in self.constants),
            *((_INITIALIZER, tensor(name, values, external=True)) for name, values in self.external.items()),
            *((_INPUT, info) for info in self.inputs),
            *((_OUTPUT, info) for info in self.outputs),
        ]
        opsets = [encode([(1, ""), (2, _OPSET)]), encode([(1, _MICROSOFT), (2, 1)])]
        return encode([(1, _IR_VERSION), (_GRAPH, encode(graph)), *((_OPSETS, opset) for opset in opsets)])

    def node(self, op: str, inputs: list[str], *attributes: bytes, domain: str = "") -> str:
        output = f"{op}.{len(self.nodes)}"
        self.nodes.append(Node(op, inputs, [output], rest=list(attributes), domain=domain))
        return output

    def constant(self, name: str, values: Array) -> str:
        self.constants.append(tensor(name, values))
        return name

    def linear(self, data: str, by: _Linear) -> str:
        name = f"matrix.{len(self.nodes)}"
        self.external[name] = by.matrix
        inputs = [data, name, self.constant(f"{name}.scale", by.scale), self.constant(f"{name}.zero", by.zero)]
        if by.bias is not None:
            inputs.append(self.constant(f"{name}.bias", by.bias))
        return self.node("DynamicQuantizeMatMul", inputs, domain=_MICROSOFT)

    def norm(self, data: str, weight: Array) -> str:
        name = self.constant(f"norm.{len(self.nodes)}", weight)
        return self.node("LayerNormalization", [data, name], float_attribute("epsilon", _EPSILON))

    def split(self, data: str, sizes: str, parts: int) -> list[str]:
        outputs = [f"Split.{len(self.nodes)}.{part}" for part in range(parts)]
        self.nodes.append(Node("Split", [data, sizes], outputs, rest=[int_attribute("axis", 2)]))
        return outputs

    def rotary(self, data: str, rotated: int) -> str:
        """The first `rotated` of each head, in pairs of neighbours, as Moonshine does it."""
        numbers = {"interleaved": 1, "num_heads": HEADS, "rotary_embedding_dim": rotated}
        attributes = [int_attribute(name, number) for name, number in numbers.items()]
        return self.node("RotaryEmbedding", [data, "positions", "cosine", "sine"], *attributes, domain=_MICROSOFT)

    def attention(self, inputs: list[str], joined: list[str]) -> str:
        """`joined` are the keys and values with those of before in front."""
        output = f"Attention.{len(self.nodes)}"
        attributes = [int_attribute("num_heads", HEADS)]
        self.nodes.append(Node("MultiHeadAttention", inputs, [output, *joined], rest=attributes, domain=_MICROSOFT))
        return output

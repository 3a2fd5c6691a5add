"""Moonshine as its authors publish it (int8, ORT format) to the graphs that `edge.stt.moonshine` runs.

The exported decoder spends half of a step on work other than arithmetic: some 1,000 operators compute shapes, and each
step pads the keys and values of the audio again. The graph here is the same network (pre-norm transformer; rotary
embedding, Su et al. 2021, https://arxiv.org/abs/2104.09864; SwiGLU, Shazeer 2020, https://arxiv.org/abs/2002.05202) in
20 operators per layer with the same quantised matrices: its log-probabilities agree to the last bits of a float.

Written are `encoder.onnx` and `tokenizer.bin`, unchanged, `decoder_audio.onnx`, `decoder_step.onnx`, and `weights.bin`
with the large tensors of all three. In shapes: n new tokens, p tokens before them, t hidden states of the audio, V
words, d width of a head.

* `decoder_audio`: `hidden` [1, t, width] -> the keys and values of the audio for each layer, `audio_key.i`,
  `audio_value.i` [1, heads, t, d].
* `decoder_step`: `tokens` and `positions` int64 [1, n], `mask` float32 [1, 1, n, p + n] (0: attends, very negative:
  does not), `past_key.i`, `past_value.i` [1, heads, p, d] and those of the audio -> `log_probs` [1, n, V], `key.i`,
  `value.i` [1, heads, p + n, d].
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from onnx import ModelProto, NodeProto, numpy_helper

from edge.store.converters.graphs import MICROSOFT, Array, GraphBuilder, graphs_of, read_model, save_model
from edge.store.converters.moonshine_check import mean_difference

HEADS = 8
"""Of every Moonshine model."""

MAX_TOKENS = 512
"""Positions in the tables of the rotary embedding: far more than a piece of audio has tokens."""

_EPSILON = 1e-5  # of every layer norm
_MAX_DIFFERENCE = 0.3
"""The int8 networks scale the numbers of a call by the largest of them: when the last bit of a float moves that scale,
all numbers are rounded anew. That gives up to 0.1; another network gives several units."""
_MATRIX_RANK = 2
_QUANTISED = {"DynamicQuantizeMatMul": (1, 2, 3, 4), "MatMulIntegerToFloat": (1, 3, 5, 6)}
"""The positions of the matrix, its scale, its zero point and the bias among the inputs."""


def convert(source: Path, target: Path) -> None:
    """See `edge.store.converters.Converter`."""
    exported = source / "decoder_model_merged.ort"
    audio, step = decoder_graphs(read_model(exported))
    with (target / "weights.bin").open("wb") as weights:
        save_model(read_model(source / "encoder_model.ort"), target / "encoder.onnx", weights)
        save_model(audio, target / "decoder_audio.onnx", weights)
        save_model(step, target / "decoder_step.onnx", weights)
    shutil.copyfile(source / "tokenizer.bin", target / "tokenizer.bin")
    difference = mean_difference(exported, target)
    if difference > _MAX_DIFFERENCE:
        raise ValueError(
            f"the converted decoder differs from the published one by {difference:.2f} per log-probability"
        )


def decoder_graphs(exported: ModelProto) -> tuple[ModelProto, ModelProto]:
    """`decoder_audio` and `decoder_step`. Raises `ValueError` or `KeyError` for an unexpected network."""
    weights = _Weights(exported)
    layers, width = weights.layers(), weights.width()
    if not layers or width % HEADS:
        raise ValueError("unexpected layers")
    return _audio_graph(weights, layers, width), _step_graph(weights, layers, width)


def _audio_graph(weights: "_Weights", layers: int, width: int) -> ModelProto:
    graph = _DecoderBuilder()
    places = [f"layers.{i}/encoder_attn/{kind}_proj/MatMul_output_0" for i in range(layers) for kind in "kv"]
    names = [f"audio_{kind}.{i}" for i in range(layers) for kind in ("key", "value")]
    by_head = graph.constant("by_head", np.array([0, 0, len(names) * HEADS, width // HEADS], np.int64))
    heads = graph.node("Reshape", [graph.linear("hidden", weights.linears(places)), by_head])
    graph.multi("Transpose", [heads], ["heads"], perm=[0, 2, 1, 3])
    sizes = graph.constant("sizes", np.full(len(names), HEADS, np.int64))
    graph.multi("Split", ["heads", sizes], names, axis=1)
    graph.floats_in("hidden", (1, "t", width))
    for name in names:
        graph.floats_out(name, (1, HEADS, "t", width // HEADS))
    return graph.model("decoder_audio")


def _step_graph(weights: "_Weights", layers: int, width: int) -> ModelProto:
    graph = _DecoderBuilder()
    embedding, scale, zero = weights.embedding()
    picked = graph.node("Gather", [graph.constant("embedding", embedding), "tokens"])
    numbers = [picked, graph.constant("embedding.scale", scale), graph.constant("embedding.zero", zero)]
    stream = graph.node("DequantizeLinear", numbers)
    frequencies = weights.frequencies()
    angles = np.arange(MAX_TOKENS, dtype=np.float32)[:, None] * frequencies.astype(np.float32)
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
        gate = graph.node("QuickGelu", [gate], domain=MICROSOFT, alpha=1.0)  # x times its sigmoid
        narrow = graph.linear(graph.node("Mul", [gate, content]), weights.linears([f"{at}/mlp/fc2/Add_output_0"]))
        stream = graph.node("Add", [stream, narrow])
    logits = graph.linear(graph.norm(stream, weights.norm("norm")), weights.linears(["logits"]))
    graph.multi("LogSoftmax", [logits], ["log_probs"])
    for name in ("tokens", "positions"):
        graph.integers_in(name, (1, "n"))
    graph.floats_in("mask", (1, 1, "n", "all"))
    for i in range(layers):
        for kind in ("key", "value"):
            graph.floats_in(f"past_{kind}.{i}", (1, HEADS, "p", width // HEADS))
            graph.floats_in(f"audio_{kind}.{i}", (1, HEADS, "t", width // HEADS))
            graph.floats_out(f"{kind}.{i}", (1, HEADS, "all", width // HEADS))
    graph.floats_out("log_probs", (1, "n", len(embedding)))
    return graph.model("decoder_step")


@dataclass(frozen=True, slots=True)
class _Linear:
    """A quantised matrix [inputs, outputs]; scale and zero point are one number or one for each output."""

    matrix: Array
    scale: Array
    zero: Array
    bias: Array | None


class _Weights:
    """The tensors of the exported decoder by purpose, found by the names that PyTorch gave its operators."""

    def __init__(self, exported: ModelProto) -> None:
        graphs = list(graphs_of(exported.graph))
        self._tensors = {tensor.name: tensor for graph in graphs for tensor in graph.initializer}
        self._by_output: dict[str, NodeProto] = {
            output: node for graph in graphs for node in graph.node for output in node.output
        }

    def layers(self) -> int:
        return sum(name.endswith("/mlp/fc2/Add_output_0") for name in self._by_output)

    def width(self) -> int:
        return int(self.embedding()[0].shape[1])

    def embedding(self) -> tuple[Array, Array, Array]:
        """uint8 or int8 [V, width] with its scale and zero point."""
        rows, scale, zero = self._node("embed_tokens/Gather_output_0").input
        table = self._array(self._by_output[rows].input[0])
        if table.ndim != _MATRIX_RANK:
            raise ValueError("unexpected embedding")
        return table, self._array(scale), self._array(zero)

    def frequencies(self) -> Array:
        """float32 [half of the rotated part of a head]: radians per position."""
        return self._array(self._node("rotary_emb/Expand_output_0").input[0]).reshape(-1)

    def norm(self, place: str) -> Array:
        return self._array(self._node(f"{place}/LayerNormalization_output_0").input[1])

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
        if node.op_type not in _QUANTISED:
            raise ValueError(f"{place} is not quantised")
        names = [node.input[i] if i < len(node.input) else "" for i in _QUANTISED[node.op_type]]
        matrix, scale, zero, bias = (self._array(name) if name in self._tensors else None for name in names)
        if matrix is None or scale is None or matrix.ndim != _MATRIX_RANK:
            raise ValueError(f"{place} has no matrix")
        return _Linear(matrix, scale, np.zeros((), matrix.dtype) if zero is None else zero, bias)

    def _array(self, name: str) -> Array:
        return numpy_helper.to_array(self._tensors[name])

    def _node(self, place: str) -> NodeProto:
        return self._by_output[f"/model/decoder/{place}"]


class _DecoderBuilder(GraphBuilder):
    """With the building blocks of a transformer."""

    def linear(self, data: str, by: _Linear) -> str:
        name = self.constant(f"matrix.{len(self.nodes)}", by.matrix)
        inputs = [data, name, self.constant(f"{name}.scale", by.scale), self.constant(f"{name}.zero", by.zero)]
        if by.bias is not None:
            inputs.append(self.constant(f"{name}.bias", by.bias))
        return self.node("DynamicQuantizeMatMul", inputs, domain=MICROSOFT)

    def norm(self, data: str, weight: Array) -> str:
        name = self.constant(f"norm.{len(self.nodes)}", weight)
        return self.node("LayerNormalization", [data, name], epsilon=_EPSILON)

    def split(self, data: str, sizes: str, parts: int) -> list[str]:
        return self.multi("Split", [data, sizes], [f"Split.{len(self.nodes)}.{i}" for i in range(parts)], axis=2)

    def rotary(self, data: str, rotated: int) -> str:
        """Rotate the first `rotated` of each head, in pairs of neighbours, as Moonshine does it."""
        inputs = [data, "positions", "cosine", "sine"]
        return self.node(
            "RotaryEmbedding", inputs, domain=MICROSOFT, interleaved=1, num_heads=HEADS, rotary_embedding_dim=rotated
        )

    def attention(self, inputs: Sequence[str], joined: Sequence[str]) -> str:
        """`joined` name the outputs for the keys and values with those of before in front."""
        output = f"Attention.{len(self.nodes)}"
        self.multi("MultiHeadAttention", inputs, [output, *joined], domain=MICROSOFT, num_heads=HEADS)
        return output

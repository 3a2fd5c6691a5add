"""The encoder as a network: convolutions over samples, then transformer layers that see all of the audio."""

import numpy as np
from onnx import ModelProto

from edge.store.converters.moonshine.operators import Operators
from edge.store.converters.moonshine.weights import EncoderWeights

_STRIDES = (64, 3, 2)


def encoder_graph(graph: Operators, weights: EncoderWeights) -> ModelProto:
    """`encoder`, without the mask of the published one: all samples are audio."""
    width = weights.width
    graph.floats_in("input_values", (1, "samples"))
    stream = _states(graph, weights)
    length = graph.node("Squeeze", [graph.node("Shape", [stream], start=1, end=2)])
    first, step = (graph.constant(name, np.array(value, np.int64)) for name, value in (("first", 0), ("step", 1)))
    places = graph.node("Range", [first, length, step])
    graph.multi("Unsqueeze", [places, graph.constant("batch", np.zeros(1, np.int64))], ["positions"])
    graph.angles(weights.frequencies())
    graph.constant("thirds", np.full(3, width, np.int64))
    for i in range(weights.layers):
        at = f"layers.{i}"
        normed = graph.norm(stream, weights.norm(f"{at}/input_layernorm"))
        joined = graph.linear(
            normed, weights.linears([f"{at}/self_attn/{kind}_proj/MatMul_output_0" for kind in "qkv"])
        )
        query, key, value = graph.split(joined, "thirds", 3)
        query, key = (graph.rotary(side) for side in (query, key))
        mixed = graph.self_attention(query, key, value)
        mixed = graph.linear(mixed, weights.linears([f"{at}/self_attn/o_proj/MatMul_output_0"]))
        stream = graph.node("Add", [stream, mixed])
        normed = graph.norm(stream, weights.norm(f"{at}/post_attention_layernorm"))
        wide = graph.gelu(graph.linear(normed, weights.linears([f"{at}/mlp/fc1/Add_output_0"])))
        narrow = graph.linear(wide, weights.linears([f"{at}/mlp/fc2/Add_output_0"]))
        stream = graph.node("Add", [stream, narrow])
    graph.norm(stream, weights.last_norm(), output="last_hidden_state")
    graph.floats_out("last_hidden_state", (1, "t", width))
    return graph.model("encoder")


def _states(graph: Operators, weights: EncoderWeights) -> str:
    """[1, t, width]: three convolutions, the first one normed over all of its output."""
    samples = graph.node("Unsqueeze", ["input_values", graph.constant("channel", np.ones(1, np.int64))])
    first, second, third = _STRIDES
    heard = graph.convolution(samples, weights.tensor("Tanh_output_0", 1), None, stride=first)
    heard = graph.node("Tanh", [heard])
    scale, offset = weights.tensor("groupnorm/Mul_output_0", 1), weights.tensor("groupnorm/Add_output_0", 1)
    heard = graph.norm_of_all(heard, scale, offset)
    for name, stride in (("conv2", second), ("conv3", third)):
        kernel, bias = (weights.tensor(f"{name}/Conv_output_0", at) for at in (1, 2))
        heard = graph.gelu(graph.convolution(heard, kernel, bias, stride=stride))
    return graph.node("Transpose", [heard], perm=[0, 2, 1])

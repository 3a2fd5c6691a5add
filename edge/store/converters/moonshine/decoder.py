"""The decoder as a network: what reads the audio once, and the step that reads tokens."""

import numpy as np
from onnx import ModelProto

from edge.store.converters.moonshine.operators import Operators
from edge.store.converters.moonshine.weights import HEADS, DecoderWeights


def audio_graph(graph: Operators, weights: DecoderWeights) -> ModelProto:
    """`decoder_audio`."""
    places = [f"layers.{i}/encoder_attn/{kind}_proj/MatMul_output_0" for i in range(weights.layers) for kind in "kv"]
    names = [f"audio_{kind}.{i}" for i in range(weights.layers) for kind in ("key", "value")]
    width = weights.width // HEADS
    by_head = graph.constant("by_head", np.array([0, 0, len(names) * HEADS, width], np.int64))
    heads = graph.node("Reshape", [graph.linear("hidden", weights.linears(places)), by_head])
    graph.multi("Transpose", [heads], ["heads"], perm=[0, 2, 1, 3])
    sizes = graph.constant("sizes", np.full(len(names), HEADS, np.int64))
    graph.multi("Split", ["heads", sizes], names, axis=1)
    graph.floats_in("hidden", (1, "t", weights.width))
    for name in names:
        graph.floats_out(name, (1, HEADS, "t", width))
    return graph.model("decoder_audio")


def step_graph(graph: Operators, weights: DecoderWeights) -> ModelProto:
    """`decoder_step`."""
    width = weights.width
    embedding = weights.embedding()
    stream = graph.embedding("tokens", *embedding)
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
        past, new = [f"past_key.{i}", f"past_value.{i}"], [f"key.{i}", f"value.{i}"]
        mixed = graph.self_attention(query, key, value, mask="mask", past=past, joined=new)
        mixed = graph.linear(mixed, weights.linears([f"{at}/self_attn/o_proj/MatMul_output_0"]))
        stream = graph.node("Add", [stream, mixed])
        normed = graph.norm(stream, weights.norm(f"{at}/post_attention_layernorm"))
        query = graph.linear(normed, weights.linears([f"{at}/encoder_attn/q_proj/MatMul_output_0"]))
        heard = graph.cross_attention(query, f"audio_key.{i}", f"audio_value.{i}")
        heard = graph.linear(heard, weights.linears([f"{at}/encoder_attn/o_proj/MatMul_output_0"]))
        stream = graph.node("Add", [stream, heard])
        normed = graph.norm(stream, weights.norm(f"{at}/final_layernorm"))
        wide = weights.linears([f"{at}/mlp/fc1/Add_output_0"])
        halves = graph.constant(f"{at}.halves", np.full(2, wide.matrix.shape[1] // 2, np.int64))
        content, gate = graph.split(graph.linear(normed, wide), halves, 2)
        gated = graph.node("Mul", [graph.silu(gate), content])
        narrow = graph.linear(gated, weights.linears([f"{at}/mlp/fc2/Add_output_0"]))
        stream = graph.node("Add", [stream, narrow])
    logits = graph.linear(graph.norm(stream, weights.norm("norm")), weights.linears(["logits"]))
    graph.multi("LogSoftmax", [logits], ["log_probs"])
    for name in ("tokens", "positions"):
        graph.integers_in(name, (1, "n"))
    graph.floats_in("mask", (1, 1, "n", "all"))
    for i in range(weights.layers):
        for kind in ("key", "value"):
            graph.floats_in(f"past_{kind}.{i}", (1, HEADS, "p", width // HEADS))
            graph.floats_in(f"audio_{kind}.{i}", (1, HEADS, "t", width // HEADS))
            graph.floats_out(f"{kind}.{i}", (1, HEADS, "all", width // HEADS))
    graph.floats_out("log_probs", (1, "n", len(embedding[0])))
    return graph.model("decoder_step")

"""Moonshine as its authors publish it (int8, ORT format) to the graphs that `edge.stt.moonshine` runs.

    published files -> weights -> decoder, encoder (the networks, written with operators) -> graphs -> check

The exported decoder spends half of a step on work other than arithmetic: some 1,000 operators compute shapes, and each
step pads the keys and values of the audio again. The graph here is the same network (pre-norm transformer; rotary
embedding, Su et al. 2021, https://arxiv.org/abs/2104.09864; SwiGLU, Shazeer 2020, https://arxiv.org/abs/2002.05202) in
20 operators per layer with the same quantised matrices: its log-probabilities agree to the last bits of a float.

`convert` writes `encoder.onnx` and `tokenizer.bin`, unchanged, `decoder_audio.onnx`, `decoder_step.onnx`, and
`weights.bin` with the large tensors of all three. `standard_graphs` are the same networks in standard operators. In
shapes: n new tokens, p tokens before them, t hidden states of the audio, V words, d width of a head.

* `encoder`: `input_values` [1, samples] of 16 kHz -> `last_hidden_state` [1, t, width]. The published one has an
  `attention_mask` int64 [1, samples], too.
* `decoder_audio`: `hidden` [1, t, width] -> the keys and values of the audio for each layer, `audio_key.i`,
  `audio_value.i` [1, heads, t, d].
* `decoder_step`: `tokens` and `positions` int64 [1, n], `mask` float32 [1, 1, n, p + n] (0: attends, very negative:
  does not), `past_key.i`, `past_value.i` [1, heads, p, d] and those of the audio -> `log_probs` [1, n, V], `key.i`,
  `value.i` [1, heads, p + n, d].
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

from onnx import ModelProto

from edge.store.converters.graphs import read_model, save_model
from edge.store.converters.moonshine.check import mean_difference
from edge.store.converters.moonshine.decoder import audio_graph, step_graph
from edge.store.converters.moonshine.encoder import encoder_graph
from edge.store.converters.moonshine.operators import OnnxRuntimeOperators, StandardOperators
from edge.store.converters.moonshine.weights import DecoderWeights, EncoderWeights

_MAX_DIFFERENCE = 0.3
"""The int8 networks scale the numbers of a call by the largest of them: when the last bit of a float moves that scale,
all numbers are rounded anew. That gives up to 0.1; another network gives several units."""


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
    weights = DecoderWeights(exported)
    audio = audio_graph(OnnxRuntimeOperators(weights.width), weights)
    return audio, step_graph(OnnxRuntimeOperators(weights.width), weights)


def standard_graphs(source: Path) -> Mapping[str, ModelProto]:
    """The three networks by name, with float32 matrices, in operators of the ONNX standard alone (opset 18).

    `source` holds the published files. Raises `ModelError`, and `ValueError` or `KeyError` for an unexpected network.
    """
    decoder = DecoderWeights(read_model(source / "decoder_model_merged.ort"))
    encoder = EncoderWeights(read_model(source / "encoder_model.ort"))
    return {
        "encoder": encoder_graph(StandardOperators(encoder.width), encoder),
        "decoder_audio": audio_graph(StandardOperators(decoder.width), decoder),
        "decoder_step": step_graph(StandardOperators(decoder.width), decoder),
    }

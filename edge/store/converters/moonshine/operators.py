"""The building blocks of Moonshine, in the operators of ONNX Runtime and in those of the ONNX standard.

ONNX Runtime's own operators are faster on a processor; TensorRT, OpenVINO and the compilers for NPUs know the standard
alone. What each of its own operators computes is defined in
https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from onnx import TensorProto

from edge.store.converters.graphs import MICROSOFT, Array, GraphBuilder
from edge.store.converters.moonshine.weights import HEADS, Linear

Floats = npt.NDArray[np.float32]

MAX_PLACES = 512
"""In the tables of the rotary embedding: far more than a piece of audio has tokens."""

_EPSILON = 1e-5  # of every norm


class Operators(GraphBuilder, ABC):
    """A graph of such blocks. All of them take and give the names of tensors; n are the places of a sequence."""

    def __init__(self, width: int) -> None:
        """`width` of all heads together."""
        super().__init__()
        self._width = width

    @abstractmethod
    def embedding(self, tokens: str, table: Array, scale: Array, zero: Array) -> str:
        """The rows of a quantised table for int64 [1, n]."""

    @abstractmethod
    def linear(self, data: str, by: Linear) -> str:
        """[..., inputs] times the matrix, plus the bias."""

    @abstractmethod
    def angles(self, frequencies: Array) -> None:
        """For `rotary`: the radians per place of each pair of neighbours."""

    @abstractmethod
    def rotary(self, data: str) -> str:
        """Rotate the first numbers of each head in [1, n, width], in pairs of neighbours, as Moonshine does it.

        The tensor `positions`, int64 [1, n], says the place of each.
        """

    @abstractmethod
    def self_attention(
        self,
        query: str,
        key: str,
        value: str,
        *,
        mask: str = "",
        past: Sequence[str] = (),
        joined: Sequence[str] = (),
    ) -> str:
        """[1, n, width] that attend to each other, where `mask` is 0, and to the keys and values of before.

        `joined` name the outputs for the keys and values [1, heads, p + n, d] with those of before, `past`, in front.
        """

    @abstractmethod
    def cross_attention(self, query: str, key: str, value: str) -> str:
        """[1, n, width] that attend to keys and values [1, heads, t, d]."""

    @abstractmethod
    def silu(self, data: str) -> str:
        """Each number times its sigmoid."""

    def gelu(self, data: str) -> str:
        """Each number times the share of a normal distribution that is below it."""
        below = self.node("Erf", [self.node("Div", [data, self._number(np.sqrt(2.0))])])
        doubled = self.node("Mul", [data, self.node("Add", [below, self._number(1.0)])])
        return self.node("Mul", [doubled, self._number(0.5)])

    def norm(self, data: str, weight: Array, *, output: str | None = None) -> str:
        """Layer norm with a scale and no offset."""
        inputs = [data, self.constant(f"norm.{len(self.nodes)}", weight)]
        if output is None:
            return self.node("LayerNormalization", inputs, epsilon=_EPSILON)
        return self.multi("LayerNormalization", inputs, [output], epsilon=_EPSILON)[0]

    def norm_of_all(self, data: str, scale: Array, offset: Array) -> str:
        """Norm over all channels and places of [1, channels, n]; a scale and an offset [channels, 1] for each channel.

        That is a group norm with one group (Wu and He 2018, https://arxiv.org/abs/1803.08494). Its mean is that of
        the means of channels, which keeps it on tensors of this shape.
        """
        axes = self.constant(f"all.{len(self.nodes)}", np.array([1, 2], np.int64))
        centred = self.node("Sub", [data, self.node("ReduceMean", [data, axes])])
        variance = self.node("ReduceMean", [self.node("Mul", [centred, centred]), axes])
        deviation = self.node("Sqrt", [self.node("Add", [variance, self._number(_EPSILON)])])
        normed = self.node("Div", [centred, deviation])
        names = [self.constant(f"{kind}.{len(self.nodes)}", it) for kind, it in (("scale", scale), ("offset", offset))]
        return self.node("Add", [self.node("Mul", [normed, names[0]]), names[1]])

    def convolution(self, data: str, kernel: Array, bias: Array | None, *, stride: int) -> str:
        """Without padding. `kernel` [out, in, length], `data` [1, in, n]."""
        name = self.constant(f"kernel.{len(self.nodes)}", kernel)
        inputs = [data, name, *([] if bias is None else [self.constant(f"{name}.bias", bias)])]
        return self.node("Conv", inputs, kernel_shape=[kernel.shape[2]], strides=[stride])

    def split(self, data: str, sizes: str, parts: int) -> list[str]:
        """The last axis of [1, n, width], cut into parts of these sizes."""
        return self.multi("Split", [data, sizes], [f"Split.{len(self.nodes)}.{i}" for i in range(parts)], axis=2)

    def _number(self, value: float) -> str:
        return self.constant(f"number.{len(self.nodes)}", np.array(value, np.float32))


class OnnxRuntimeOperators(Operators):
    """Int8 matrices and whole attentions, in operators that only ONNX Runtime has."""

    _rotated = 0

    def embedding(self, tokens: str, table: Array, scale: Array, zero: Array) -> str:
        """See `Operators.embedding`."""
        picked = self.node("Gather", [self.constant("embedding", table), tokens])
        numbers = [picked, self.constant("embedding.scale", scale), self.constant("embedding.zero", zero)]
        return self.node("DequantizeLinear", numbers)

    def linear(self, data: str, by: Linear) -> str:
        """See `Operators.linear`."""
        name = self.constant(f"matrix.{len(self.nodes)}", by.matrix)
        inputs = [data, name, self.constant(f"{name}.scale", by.scale), self.constant(f"{name}.zero", by.zero)]
        if by.bias is not None:
            inputs.append(self.constant(f"{name}.bias", by.bias))
        return self.node("DynamicQuantizeMatMul", inputs, domain=MICROSOFT)

    def angles(self, frequencies: Array) -> None:
        """See `Operators.angles`. Tables: there are at most `MAX_PLACES`."""
        angles = np.arange(MAX_PLACES, dtype=np.float32)[:, None] * frequencies.astype(np.float32)
        self._rotated = 2 * len(frequencies)
        self.constant("cosine", np.cos(angles))
        self.constant("sine", np.sin(angles))

    def rotary(self, data: str) -> str:
        """See `Operators.rotary`."""
        inputs = [data, "positions", "cosine", "sine"]
        return self.node(
            "RotaryEmbedding",
            inputs,
            domain=MICROSOFT,
            interleaved=1,
            num_heads=HEADS,
            rotary_embedding_dim=self._rotated,
        )

    def self_attention(
        self,
        query: str,
        key: str,
        value: str,
        *,
        mask: str = "",
        past: Sequence[str] = (),
        joined: Sequence[str] = (),
    ) -> str:
        """See `Operators.self_attention`."""
        return self._attention([query, key, value, "", "", mask, *past], joined)

    def cross_attention(self, query: str, key: str, value: str) -> str:
        """See `Operators.cross_attention`."""
        return self._attention([query, key, value], [])

    def silu(self, data: str) -> str:
        """See `Operators.silu`."""
        return self.node("QuickGelu", [data], domain=MICROSOFT, alpha=1.0)

    def _attention(self, inputs: Sequence[str], joined: Sequence[str]) -> str:
        output = f"Attention.{len(self.nodes)}"
        self.multi("MultiHeadAttention", inputs, [output, *joined], domain=MICROSOFT, num_heads=HEADS)
        return output


class StandardOperators(Operators):
    """Float matrices and attentions from their parts, in operators of the ONNX standard."""

    def embedding(self, tokens: str, table: Array, scale: Array, zero: Array) -> str:
        """See `Operators.embedding`."""
        return self.node("Gather", [self.constant("embedding", dequantised(table, scale, zero)), tokens])

    def linear(self, data: str, by: Linear) -> str:
        """See `Operators.linear`."""
        name = self.constant(f"matrix.{len(self.nodes)}", dequantised(by.matrix, by.scale, by.zero))
        product = self.node("MatMul", [data, name])
        return product if by.bias is None else self.node("Add", [product, self.constant(f"{name}.bias", by.bias)])

    def angles(self, frequencies: Array) -> None:
        """See `Operators.angles`. A pair (a, b) becomes (a cos - b sin, b cos + a sin).

        So each number times a cosine, plus its neighbour times a sine of the negative angle for the first of a pair.
        With a frequency of 0 for the rest of a head, that keeps its value.
        """
        rotated = 2 * len(frequencies)
        columns = np.zeros((HEADS, self._width // HEADS), np.float32)
        columns[:, :rotated] = np.repeat(frequencies, 2)
        columns[:, :rotated:2] *= -1
        places = self.node("Cast", ["positions"], to=TensorProto.FLOAT)
        places = self.node("Unsqueeze", [places, self.constant("last", np.array([2], np.int64))])
        angles = self.node("Mul", [places, self.constant("frequencies", columns.reshape(-1))])
        self.multi("Cos", [angles], ["cosine"])
        self.multi("Sin", [angles], ["sine"])
        neighbours = np.arange(self._width, dtype=np.int64).reshape(HEADS, -1)
        neighbours[:, :rotated:2] += 1
        neighbours[:, 1:rotated:2] -= 1
        self.constant("neighbours", neighbours.reshape(-1))

    def rotary(self, data: str) -> str:
        """See `Operators.rotary`."""
        across = self.node("Gather", [data, "neighbours"], axis=2)
        return self.node("Add", [self.node("Mul", [data, "cosine"]), self.node("Mul", [across, "sine"])])

    def self_attention(
        self,
        query: str,
        key: str,
        value: str,
        *,
        mask: str = "",
        past: Sequence[str] = (),
        joined: Sequence[str] = (),
    ) -> str:
        """See `Operators.self_attention`."""
        keys, values = self._by_head(key), self._by_head(value)
        if past:
            self.multi("Concat", [past[0], keys], [joined[0]], axis=2)
            self.multi("Concat", [past[1], values], [joined[1]], axis=2)
            keys, values = joined
        return self._attention(query, keys, values, mask)

    def cross_attention(self, query: str, key: str, value: str) -> str:
        """See `Operators.cross_attention`."""
        return self._attention(query, key, value, "")

    def silu(self, data: str) -> str:
        """See `Operators.silu`."""
        return self.node("Mul", [data, self.node("Sigmoid", [data])])

    def _by_head(self, data: str) -> str:
        """[1, n, width] as [1, heads, n, d]."""
        shape = self.constant(f"by_head.{len(self.nodes)}", np.array([0, 0, HEADS, self._width // HEADS], np.int64))
        return self.node("Transpose", [self.node("Reshape", [data, shape])], perm=[0, 2, 1, 3])

    def _attention(self, query: str, keys: str, values: str, mask: str) -> str:
        """Scaled dot products (Vaswani et al. 2017, https://arxiv.org/abs/1706.03762)."""
        scaled = self.node("Mul", [self._by_head(query), self._number((self._width // HEADS) ** -0.5)])
        products = self.node("MatMul", [scaled, self.node("Transpose", [keys], perm=[0, 1, 3, 2])])
        if mask:
            products = self.node("Add", [products, mask])
        mixed = self.node("MatMul", [self.node("Softmax", [products], axis=-1), values])
        shape = self.constant(f"joined.{len(self.nodes)}", np.array([0, 0, self._width], np.int64))
        return self.node("Reshape", [self.node("Transpose", [mixed], perm=[0, 2, 1, 3]), shape])


def dequantised(values: Array, scale: Array, zero: Array) -> Floats:
    """(values - zero) * scale, one scale or one for each column."""
    steps = values.astype(np.float32) - zero.astype(np.float32)
    return np.asarray(steps * scale.astype(np.float32), np.float32)

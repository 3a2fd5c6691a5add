"""Just enough of the protobuf wire format to edit or write an ONNX graph without the `onnx` package.

Wire format: https://protobuf.dev/programming-guides/encoding/; field numbers: `onnx.proto` of ONNX IR version 7.
The `onnx` package would do the same for 20 MB on disk and in memory.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_FLOAT, _INT64 = 1, 7  # TensorProto.DataType
_KINDS = {"<f4": _FLOAT, "|u1": 2, "|i1": 3, "<i8": _INT64}
_EXTERNAL = 1  # TensorProto.DataLocation
_ATTRIBUTE_FLOAT, _ATTRIBUTE_INT, _ATTRIBUTE_INTS = 1, 2, 7  # AttributeProto.AttributeType

Value = int | bytes


def parse(message: bytes) -> list[tuple[int, Value]]:
    """The fields of a message in order, as (number, value). Raises `ValueError` when it is none."""
    fields: list[tuple[int, Value]] = []
    at = 0
    while at < len(message):
        key, at = _read_varint(message, at)
        number, wire = key >> 3, key & 7
        if wire == _VARINT:
            value: Value
            value, at = _read_varint(message, at)
        else:
            size = 8 if wire == _FIXED64 else 4 if wire == _FIXED32 else -1
            if wire == _BYTES:
                size, at = _read_varint(message, at)
            if size < 0 or at + size > len(message):
                raise ValueError("not a protobuf message")
            value, at = message[at : at + size], at + size
        fields.append((number, value))
    return fields


def encode(fields: Iterable[tuple[int, int | float | bytes | str]]) -> bytes:
    """A message of integers (as varints), float32, and texts, bytes or messages (length-delimited)."""
    parts = []
    for number, value in fields:
        if isinstance(value, int):
            parts += [_varint(number << 3 | _VARINT), _varint(value)]
        elif isinstance(value, float):
            parts += [_varint(number << 3 | _FIXED32), struct.pack("<f", value)]
        else:
            data = value.encode() if isinstance(value, str) else value
            parts += [_varint(number << 3 | _BYTES), _varint(len(data)), data]
    return b"".join(parts)


def integers(fields: Iterable[tuple[int, Value]], number: int) -> list[int]:
    """A repeated integer field, packed or not."""
    found: list[int] = []
    for key, value in fields:
        if key != number:
            continue
        if isinstance(value, int):
            found.append(value)
            continue
        at = 0
        while at < len(value):
            item, at = _read_varint(value, at)
            found.append(item)
    return found


def messages(fields: Iterable[tuple[int, Value]], number: int) -> list[bytes]:
    """A repeated field of texts, bytes or messages."""
    return [value for key, value in fields if key == number and isinstance(value, bytes)]


@dataclass
class Node:
    """One operator of a graph; `attributes` are integer lists, other attributes are kept as they were in `rest`."""

    op: str
    inputs: list[str]
    outputs: list[str]
    attributes: dict[str, list[int]] = field(default_factory=dict)
    rest: list[bytes] = field(default_factory=list)
    domain: str = ""

    @classmethod
    def read(cls, message: bytes) -> "Node":
        """From a NodeProto."""
        fields = parse(message)
        node = cls(
            messages(fields, 4)[0].decode(),
            [name.decode() for name in messages(fields, 1)],
            [name.decode() for name in messages(fields, 2)],
            domain="".join(name.decode() for name in messages(fields, 7)),
        )
        for attribute in messages(fields, 5):
            parts = parse(attribute)
            values = integers(parts, 8)
            if values:
                node.attributes[messages(parts, 1)[0].decode()] = values
            else:
                node.rest.append(attribute)
        return node

    def write(self) -> bytes:
        """To a NodeProto."""
        attributes = [
            encode([(1, name), *((8, value) for value in values), (20, _ATTRIBUTE_INTS)])
            for name, values in self.attributes.items()
        ]
        return encode(
            [
                *((1, name) for name in self.inputs),
                *((2, name) for name in self.outputs),
                (4, self.op),
                *((5, attribute) for attribute in [*attributes, *self.rest]),
                *([(7, self.domain)] if self.domain else []),
            ]
        )


def int_attribute(name: str, value: int) -> bytes:
    """An AttributeProto that holds one integer."""
    return encode([(1, name), (3, value), (20, _ATTRIBUTE_INT)])


def float_attribute(name: str, value: float) -> bytes:
    """An AttributeProto that holds one float32."""
    return encode([(1, name), (2, value), (20, _ATTRIBUTE_FLOAT)])


def float_value_info(name: str, shape: Sequence[int | str]) -> bytes:
    """A ValueInfoProto: a float32 input or output of a graph; a name instead of a size stands for any."""
    return _value_info(name, shape, _FLOAT)


def int64_value_info(name: str, shape: Sequence[int | str]) -> bytes:
    """The same for int64."""
    return _value_info(name, shape, _INT64)


def tensor(name: str, values: npt.NDArray[np.generic], *, external: bool = False) -> bytes:
    """A TensorProto of float32, int64, int8 or uint8; `external`: without the values, which the session is given."""
    data: list[tuple[int, bytes | int]] = [(9, values.tobytes())]
    if external:
        data = [(13, encode([(1, "location"), (2, name)])), (14, _EXTERNAL)]
    return encode([*((1, size) for size in values.shape), (2, _KINDS[values.dtype.str]), (8, name), *data])


def int64_tensor(name: str, values: Sequence[int]) -> bytes:
    """A TensorProto of rank 1."""
    data = b"".join(value.to_bytes(8, "little", signed=True) for value in values)
    return encode([(1, len(values)), (2, _INT64), (8, name), (9, data)])


def _value_info(name: str, shape: Sequence[int | str], kind: int) -> bytes:
    dims = encode((1, encode([(1, size) if isinstance(size, int) else (2, size)])) for size in shape)
    return encode([(1, name), (2, encode([(1, encode([(1, kind), (2, dims)]))]))])


def _read_varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= len(message) or shift > 63:  # noqa: PLR2004 - a varint holds at most 64 bits
            raise ValueError("not a protobuf message")
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:  # noqa: PLR2004 - the continuation bit
            return value, at
        shift += 7


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:  # noqa: PLR2004 - seven bits a byte
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)

"""Just enough of the protobuf wire format to edit an ONNX graph without the `onnx` package.

Wire format: https://protobuf.dev/programming-guides/encoding/; field numbers: `onnx.proto` of ONNX IR version 7.
The `onnx` package would do the same for 20 MB on disk and in memory.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_FLOAT = 1  # TensorProto.FLOAT
_INT64 = 7  # TensorProto.INT64
_ATTRIBUTE_INT, _ATTRIBUTE_INTS = 2, 7  # AttributeProto.AttributeType

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


def encode(fields: Iterable[tuple[int, int | bytes | str]]) -> bytes:
    """A message of integers (as varints) and of texts, bytes or messages (length-delimited)."""
    parts = []
    for number, value in fields:
        if isinstance(value, int):
            parts += [_varint(number << 3 | _VARINT), _varint(value)]
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
    """One operator of a graph; `attributes` are integer lists, everything else is kept as it was in `rest`."""

    op: str
    inputs: list[str]
    outputs: list[str]
    attributes: dict[str, list[int]] = field(default_factory=dict)
    rest: list[bytes] = field(default_factory=list)

    @classmethod
    def read(cls, message: bytes) -> "Node":
        """From a NodeProto."""
        fields = parse(message)
        node = cls(
            messages(fields, 4)[0].decode(),
            [name.decode() for name in messages(fields, 1)],
            [name.decode() for name in messages(fields, 2)],
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
            ]
        )


def int_attribute(name: str, value: int) -> bytes:
    """An AttributeProto that holds one integer."""
    return encode([(1, name), (3, value), (20, _ATTRIBUTE_INT)])


def float_value_info(name: str, shape: Sequence[int]) -> bytes:
    """A ValueInfoProto: a float32 input or output of a graph."""
    dims = encode((1, encode([(1, size)])) for size in shape)
    return encode([(1, name), (2, encode([(1, encode([(1, _FLOAT), (2, dims)]))]))])


def int64_tensor(name: str, values: Sequence[int]) -> bytes:
    """A TensorProto of rank 1."""
    data = b"".join(value.to_bytes(8, "little", signed=True) for value in values)
    return encode([(1, len(values)), (2, _INT64), (8, name), (9, data)])


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

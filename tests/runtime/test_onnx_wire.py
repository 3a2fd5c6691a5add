import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.runtime.onnx_wire import Node, encode, integers, messages, parse

FIELDS = st.lists(st.tuples(st.integers(1, 2**20), st.one_of(st.integers(0, 2**64 - 1), st.binary(max_size=50))))


@given(FIELDS)
def test_what_is_written_is_read_again(fields: list[tuple[int, int | bytes]]) -> None:
    assert parse(encode(fields)) == fields


@given(st.binary(max_size=200))
def test_any_bytes_are_fields_or_refused(data: bytes) -> None:
    try:
        parse(data)
    except ValueError as error:
        assert str(error) == "not a protobuf message"  # noqa: PT017 - both outcomes are right, nothing else is


@pytest.mark.parametrize("data", [b"\x0a", b"\x0a\x05abc", b"\x09abc", b"\x0b", b"\xff" * 11])
def test_cut_and_unknown_fields_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a protobuf message"):
        parse(data)


def test_repeated_integers_are_read_packed_and_unpacked() -> None:
    assert integers(parse(encode([(8, 300), (8, 1), (7, 9)])), 8) == [300, 1]
    assert integers(parse(encode([(8, b"\xac\x02\x01")])), 8) == [300, 1]


def test_a_node_keeps_the_attributes_it_does_not_know() -> None:
    alpha = encode([(1, "alpha"), (20, 1)])
    node = Node.read(Node("Conv", ["x", "w"], ["y"], {"pads": [0, 1, 0, 1]}, [alpha]).write())
    assert node == Node("Conv", ["x", "w"], ["y"], {"pads": [0, 1, 0, 1]}, [alpha])
    assert messages(parse(node.write()), 4) == [b"Conv"]

"""Nodes in flat arrays are those that were packed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.grammar.network import Call, Node
from edge.grammar.packed import PackedNodes

NUMBERS = st.lists(st.integers(0, 100_000), max_size=4).map(tuple)
NODES = st.lists(
    st.builds(
        Node,
        st.dictionaries(st.characters(codec="utf-8"), NUMBERS, max_size=5),
        st.lists(st.builds(Call, st.integers(0, 9), st.text(max_size=3), st.integers(0, 9)), max_size=2).map(tuple),
        NUMBERS,
    ),
    max_size=20,
)


@given(NODES)
def test_nodes_come_out_as_they_went_in(nodes: list[Node]) -> None:
    packed = PackedNodes(nodes)
    assert len(packed) == len(nodes)
    assert list(packed) == nodes
    assert [packed[number] for number in range(len(nodes))] == nodes
    assert [packed[-number] for number in range(1, len(nodes) + 1)] == nodes[::-1]
    assert packed[1:] == nodes[1:]
    assert packed == nodes
    assert packed != [*nodes, Node({})]
    with pytest.raises(IndexError):
        packed[len(nodes)]

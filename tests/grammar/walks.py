"""Random sentences of a network, as it spells them: every branch as likely as its neighbours, however rare it is."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from edge.grammar.network import DEAD, Network, Node

Choose = Callable[[int], int]
"""A number from 0 up to, not including, the argument."""

_FREE_TEXT = ("pizza", "soft boiled egg", "oat milk", "dinner is ready", "yesterday", "something slow")
_FAR = 10**9


class _Way(NamedTuple):
    """A character, or else the list to read, and the node behind."""

    character: str
    values: int
    target: int


class Walks:
    """Walks of one network; sentences end soon after `longest` characters."""

    def __init__(
        self, network: Network, free_text: Mapping[str, Sequence[str]] | None = None, longest: int = 120
    ) -> None:
        """`free_text`: what to say in the free texts of some lists, by the list's name."""
        self._network = network
        self._free_text = free_text or {}
        self._longest = longest
        self._left = self._distances()

    def walk(self, choose: Choose, start: int | None = None) -> str:
        """A sentence, with single spaces."""
        return " ".join(self._walk(self._network.bare if start is None else start, choose, self._longest).split())

    def _walk(self, node: int, choose: Choose, longest: int) -> str:
        said = ""
        while True:
            here = self._network.nodes[node]
            ways = self._ways(here)
            if here.ends and (not ways or len(said) > longest or not choose(2)):
                return said
            if len(said) > longest:
                ways = [min(ways, key=lambda way: self._left[way.target])]
            way = ways[choose(len(ways))]
            said += way.character or self._value(way.values, choose, longest // 2)
            node = way.target

    def _ways(self, here: Node) -> list[_Way]:
        kept = set(here.arcs.get("'", ()))
        dropped = {
            (character, target)
            for node in kept
            for character, targets in self._network.nodes[node].arcs.items()
            for target in targets
        }  # an apostrophe may be left out in speech; typed, it may not
        ways = [
            _Way(character, -1, target)
            for character, targets in here.arcs.items()
            for target in targets
            if (character, target) not in dropped
        ]
        return ways + [_Way("", call.values, call.target) for call in here.calls]

    def _value(self, values: int, choose: Choose, longest: int) -> str:
        called = self._network.lists[values]
        if called.kind == "free":
            texts = self._free_text.get(called.name, _FREE_TEXT)
            return texts[choose(len(texts))]
        return self._walk(called.start, choose, longest)

    def _distances(self) -> list[int]:
        """The least number of characters from each node to an end."""
        left = [_FAR]
        for node in self._network.nodes[1:]:
            ways = [1 + left[target] for targets in node.arcs.values() for target in targets]
            ways += [1 + left[call.target] for call in node.calls]
            left.append(0 if node.ends else min(ways, default=_FAR))
        left[DEAD] = _FAR
        return left


def with_points(canonical: str) -> str:
    """As a recogniser writes it: in canonical text "a.m." has lost its points, and "20.5" has, too."""
    text = re.sub(r"\b([ap]) m\b", r"\1.m.", canonical)
    text = re.sub(r"\b(\d+) (\d)(?![\w'])", r"\1.\2", text)
    text = re.sub(r"\b(\d{1,2}) (\d{3})(?!\d)", r"\1,\2", text)
    return re.sub(r"(hundred|thousand)(?=k(?:elvin)?\b)", r"\1 ", text)

"""The words of a grammar, for recognisers that take a list of words. Pure.

Words are spelled letter by letter in a network, across the bounds of lists ("{name}'s"); they are found by following
every way from every place where a word may begin. A list is followed once, however many sentences call it.
"""

from collections.abc import Iterable
from typing import NamedTuple

from edge.grammar.network import DEAD, SPACE, Call, Network

UNKNOWN = "[unk]"
"""Stands for every word that is not in the list, as Vosk writes it."""

MOST_WORDS = 20_000


def words_of(network: Network, most: int = MOST_WORDS) -> tuple[str, ...]:
    """The canonical words of all sentences, sorted; `UNKNOWN` is the first where free text may stand.

    Words with a digit are left out: a recogniser with a vocabulary spells numbers. Of a grammar with more than `most`
    words some are left out; that many are found in about a second.
    """
    reader = _Words(network, most)
    found = reader.read(network.start).all
    return ((UNKNOWN,) if reader.free else ()) + tuple(sorted(found))


class _Spelled(NamedTuple):
    """Words of a part of the network: all, and those with which a text through it begins and ends."""

    all: set[str]
    first: set[str]
    last: set[str]


class _Way(NamedTuple):
    """`begun` is the word so far; `first` says that no word was complete before it."""

    node: int
    begun: str
    first: bool


class _Words:
    def __init__(self, network: Network, most: int) -> None:
        self._network = network
        self._left = most
        self._lists: dict[int, _Spelled] = {}
        self.free = False

    def read(self, start: int) -> _Spelled:
        """The words of every text from `start` to an end."""
        found = _Spelled(set(), set(), set())
        waiting = [_Way(start, "", first=True)]
        known = set(waiting)
        while waiting and self._left > 0:
            way = waiting.pop()
            node = self._network.nodes[way.node]
            if node.ends:
                self._take(found, way, last=True)
            longer = [
                _Way(target, way.begun + character, way.first)
                for character, targets in node.arcs.items()
                if character != SPACE and not character.isdigit()
                for target in targets
            ]
            if SPACE in node.arcs:
                self._take(found, way)
                longer += [_Way(target, "", way.first and not way.begun) for target in node.arcs[SPACE]]
            for call in node.calls:
                longer += self._called(found, way, call)
            fresh = set(longer) - known
            known |= fresh
            waiting += fresh
        return found

    def _called(self, found: _Spelled, way: _Way, call: Call) -> Iterable[_Way]:
        """The ways behind a list, its words taken."""
        start = self._network.lists[call.values].start
        if start == DEAD:
            self.free = True
            self._take(found, way)
            return [_Way(call.target, "", first=False)]
        if call.values not in self._lists:
            self._lists[call.values] = self.read(start)
        inside = self._lists[call.values]
        found.all.update(inside.all)
        for word in inside.first if way.begun else ():
            self._take(found, way._replace(begun=way.begun + word))
        if way.first:
            found.first.update(way.begun + word for word in inside.first)
        behind = self._network.nodes[call.target]
        if behind.ends:
            found.last.update(inside.last)
        if set(behind.arcs) <= {SPACE} and not behind.calls:
            return [_Way(call.target, "", first=False)]
        return [_Way(call.target, begun, first=False) for begun in inside.last]

    def _take(self, found: _Spelled, way: _Way, *, last: bool = False) -> None:
        if not way.begun:
            return
        if way.begun not in found.all:
            found.all.add(way.begun)
            self._left -= 1
        if way.first:
            found.first.add(way.begun)
        if last:
            found.last.add(way.begun)

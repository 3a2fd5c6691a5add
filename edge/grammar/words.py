"""Lists the words of a grammar and the pairs that may follow each other, for recognisers that take phrases. Pure.

A network spells words letter by letter, also across list boundaries ("{name}'s"). The words are found by following all
paths from every node where a word may begin. Each list is read once, however many sentences call it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from edge.grammar.network import DEAD, SPACE, Call, Network

MAX_WORDS = 20_000
MAX_PAIRS = 60_000


class Words(NamedTuple):
    """Canonical words, sorted. `free` is True if some sentence contains free text.

    `pairs` are words that may follow each other. Some pairs are missing where a word extends past a multi-word value.
    """

    words: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    free: bool


def words_of(network: Network, max_words: int = MAX_WORDS, max_pairs: int = MAX_PAIRS) -> Words:
    """The words of all sentences.

    Words with digits are skipped, because a recogniser with a vocabulary spells out numbers. Words and pairs above the
    limits are dropped. The grammar of a furnished home takes a second.
    """
    reader = _Reader(network, max_words)
    words = {word for word in reader.read(network.start).words if isinstance(word, str)}
    for inside in reader.lists.values():
        words.update(word for word in inside.words if isinstance(word, str))
    pairs: set[tuple[str, str]] = set()
    for pair in reader.pairs():
        if len(pairs) == max_pairs:
            break
        pairs.add(pair)
    return Words(tuple(sorted(words)[:max_words]), tuple(sorted(pairs)), reader.free)


_Item = str | int
"""A word, or the number of a list, which stands for any of its values."""


class _Step(NamedTuple):
    """`item` leads to `target`, where the next word may begin; None if the text may end after it."""

    item: _Item
    target: int | None


@dataclass(slots=True)
class _Region:
    """Everything that follows a start. `last` holds the items that end its texts."""

    first: set[_Item] = field(default_factory=set)
    last: set[_Item] = field(default_factory=set)
    words: set[_Item] = field(default_factory=set)


class _Reader:
    def __init__(self, network: Network, max_words: int) -> None:
        self._network = network
        self._left = max_words
        self.lists: dict[int, _Region] = {}
        self.free = False
        self._before: dict[int, set[_Item]] = {}
        self._behind: dict[int, set[_Item]] = {}

    def read(self, start: int) -> _Region:
        """Follow all paths from `start` to the ends."""
        found = _Region()
        waiting, known = [start], {start}
        while waiting:
            place = waiting.pop()
            steps = set(self._steps(place))
            items = {step.item for step in steps}
            found.words |= items
            if place == start:
                found.first |= items
            self._behind.setdefault(place, set()).update(items)
            for item, target in steps:
                if target is None:
                    found.last.add(item)
                    continue
                if self._ends(target):
                    found.last.add(item)
                self._before.setdefault(target, set()).add(item)
                if target not in known and self._left > 0:
                    known.add(target)
                    waiting.append(target)
        self._left -= len(found.words)
        return found

    def pairs(self) -> Iterable[tuple[str, str]]:
        """Pairs of adjacent words, with lists replaced by their values; pairs may repeat."""
        for place, before in self._before.items():
            edges = product(before, self._behind.get(place, ()))
            for left, right in edges:
                yield from product(self._texts(left, "last"), self._texts(right, "first"))

    def _texts(self, item: _Item, side: str) -> Iterable[str]:
        if isinstance(item, str):
            return (item,)
        region = self.lists.get(item, _Region())
        items = region.last if side == "last" else region.first
        return [text for inside in items for text in self._texts(inside, side)]

    def _steps(self, place: int) -> Iterable[_Step]:
        """The words that begin at `place`, and the lists called there."""
        waiting = [(place, "")]
        known = set(waiting)
        while waiting:
            number, begun = waiting.pop()
            node = self._network.nodes[number]
            if node.ends and begun:
                yield _Step(begun, None)
            longer: list[tuple[int, str]] = []
            for character, targets in node.arcs.items():
                if character != SPACE:
                    longer += [(target, begun + character) for target in targets if not character.isdigit()]
                elif begun:
                    yield from (_Step(begun, target) for target in targets)
                else:
                    longer += [(target, "") for target in targets]
            for call in node.calls:
                if begun:
                    longer += [(call.target, begun + text) for text in self._said(call, "first")]
                else:
                    yield from self._called(call)
                    if set(self._network.nodes[call.target].arcs) - {SPACE}:  # "{name}'s"
                        longer += [(call.target, text) for text in self._said(call, "last")]
            waiting += [way for way in longer if way not in known]
            known.update(longer)

    def _called(self, call: Call) -> Iterable[_Step]:
        self._open(call)
        behind = self._network.nodes[call.target]
        yield from (_Step(call.values, target) for target in behind.arcs.get(SPACE, ()))
        if behind.ends:
            yield _Step(call.values, None)

    def _said(self, call: Call, side: str) -> Iterable[str]:
        self._open(call)
        return self._texts(call.values, side)

    def _ends(self, place: int) -> bool:
        """Whether the text may end after the space before `place`."""
        node = self._network.nodes[place]
        return bool(node.ends) or any(self._ends(target) for target in node.arcs.get(SPACE, ()))

    def _open(self, call: Call) -> None:
        start = self._network.lists[call.values].start
        if start == DEAD:
            self.free = True
        elif call.values not in self.lists:
            self.lists[call.values] = _Region()
            self.lists[call.values] = self.read(start)

"""The network of a grammar: characters on arcs, lists of values called by name, sentences at the ends.

Nodes are built from right to left and are shared: two templates that go on in the same way have the same node from
there on (as in the construction of minimal acyclic automata by Daciuk et al. 2000, but not deterministic: `Automaton`
makes that, lazily). Lists are networks of their own which a sentence calls and returns from (a recursive transition
network, Woods 1970), so that a thousand names are stored once however many sentences mention a name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from edge.events import SlotValue

Arcs = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Call:
    """Read a value of the list `values` into `slot`, then go on at node `target`. An empty slot keeps nothing."""

    values: int
    slot: str
    target: int


@dataclass(frozen=True, slots=True)
class Node:
    """`arcs` by character; `ends` are sentences that are complete here, or values, in the network of a list."""

    arcs: Arcs = field(default_factory=dict)
    calls: tuple[Call, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a list. `context` are facts that come with it, such as the domain of a thing with that name."""

    out: SlotValue
    context: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ValueList:
    """`start` is the node where its values begin; None for free text."""

    name: str
    start: int | None


@dataclass(frozen=True, slots=True)
class Sentences:
    """What a block of templates means: an intent, slots that go without saying, conditions. `layer` 0 is preferred."""

    intent: str
    layer: int
    slots: Mapping[str, SlotValue] = field(default_factory=dict)
    requires: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    response: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """A compiled grammar. Node 0 leads nowhere."""

    nodes: Sequence[Node]
    start: int
    lists: Sequence[ValueList]
    values: Sequence[Value]
    sentences: Sequence[Sentences]


DEAD = 0
"""The node from which nothing can be completed."""


class Builder:
    """Makes nodes, each once: a node is known by what can follow it."""

    def __init__(self) -> None:
        self.nodes: list[Node] = [Node()]
        self._known: dict[object, int] = {}

    def node(self, arcs: Arcs, calls: Iterable[Call] = (), ends: Iterable[int] = ()) -> int:
        """The node with exactly these ways on."""
        made = Node(arcs, tuple(calls), tuple(ends))
        key = (frozenset(arcs.items()), made.calls, made.ends)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = len(self.nodes)
            self.nodes.append(made)
        return known

    def end(self, number: int) -> int:
        """Where sentence or value `number` is complete."""
        return self.node({}, (), (number,))

    def text(self, characters: str, target: int) -> int:
        """The node from which `characters` lead to `target`."""
        if target == DEAD:
            return DEAD
        for character in reversed(characters):
            target = self.node({character: (target,)})
        return target

    def call(self, values: int, slot: str, target: int) -> int:
        """The node that reads a value and goes on at `target`."""
        return DEAD if target == DEAD else self.node({}, (Call(values, slot, target),))

    def union(self, nodes: Iterable[int]) -> int:
        """The node that can go on as any of `nodes`."""
        distinct = sorted(set(nodes) - {DEAD})
        if len(distinct) <= 1:
            return distinct[0] if distinct else DEAD
        arcs: dict[str, set[int]] = {}
        calls: set[Call] = set()
        ends: set[int] = set()
        for node in (self.nodes[number] for number in distinct):
            for character, targets in node.arcs.items():
                arcs.setdefault(character, set()).update(targets)
            calls.update(node.calls)
            ends.update(node.ends)
        merged = {character: tuple(sorted(targets)) for character, targets in arcs.items()}
        return self.node(merged, sorted(calls, key=lambda c: (c.values, c.slot, c.target)), sorted(ends))

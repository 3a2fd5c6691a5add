"""The network of a grammar: characters on arcs, calls of value lists, sentences at the ends.

Nodes are built from right to left and shared: templates with the same continuation share its node (as in the minimal
acyclic automata of Daciuk et al. 2000, but not deterministic; `Automaton` determinises lazily). Lists are separate
networks that a sentence calls and returns from (a recursive transition network, Woods 1970), so a thousand names are
stored once, however many sentences contain a name.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from edge.events import SlotValue

SPACE = " "

Arcs = Mapping[str, tuple[int, ...]]


class Call(NamedTuple):
    """Reads a value of the list `values` into `slot`, then continues at node `target`.

    If `slot` is empty, the value is dropped. For a "read" list, `slot` is the prefix of its slot names.
    """

    values: int
    slot: str
    target: int


class Node(NamedTuple):
    """`arcs` by character; `ends` are the sentences (or values, in a list) that are complete here."""

    arcs: Arcs
    calls: tuple[Call, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a list. `context` holds its facts, such as the domain of an entity with that name.

    If `out` is None, the text is the value.
    """

    out: SlotValue | None
    context: Mapping[str, str] = field(default_factory=dict)


Kind = Literal["values", "free", "number", "read", "command"]


@dataclass(frozen=True, slots=True)
class ValueList:
    """A list that calls read. `start` is its first node, `DEAD` for free text.

    * values: the `ends` of its nodes are numbers of values
    * free: any words
    * number: the text is a number; the `out` of its one value is a factor
    * read: the function called `reader` finds several slots in the text (a duration)
    * command: the `ends` of its nodes are sentences: a command within a command
    """

    name: str
    kind: Kind
    start: int
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Sentences:
    """The meaning of a template block: an intent, implied slots and conditions. Lower `layer` numbers are preferred.

    `requires` and `excludes` map facts to the values that count; an empty tuple stands for any value. `copies` are
    facts that become slots, {fact: slot}.
    """

    intent: str
    layer: int
    slots: Mapping[str, SlotValue] = field(default_factory=dict)
    requires: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excludes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)
    response: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """A compiled grammar. Node 0 is a dead end. Arcs lead to nodes, and calls to lists, with lower numbers.

    `start` also accepts phrases around a command ("could you ... please"), `bare` only the command.
    """

    nodes: Sequence[Node]
    start: int
    bare: int
    lists: Sequence[ValueList]
    values: Sequence[Value]
    sentences: Sequence[Sentences]


DEAD = 0
"""The node from which no end can be reached."""


class Builder:
    """Creates nodes. Nodes with the same continuations are shared."""

    def __init__(self) -> None:
        self.nodes: list[Node] = [Node({})]
        self._known: dict[object, int] = {((), (), ()): DEAD}
        self._chained: dict[tuple[str, int], int] = {}

    def node(self, arcs: Arcs, calls: tuple[Call, ...] = (), ends: tuple[int, ...] = ()) -> int:
        """The node with exactly these continuations."""
        key = (tuple(sorted(arcs.items())), calls, ends)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = len(self.nodes)
            self.nodes.append(Node(arcs, calls, ends))
        return known

    def end(self, number: int) -> int:
        """The node where sentence or value `number` is complete."""
        return self.node({}, (), (number,))

    def text(self, characters: str, target: int) -> int:
        """The node from which `characters` lead to `target`."""
        if target == DEAD:
            return DEAD
        for character in reversed(characters):
            key = (character, target)
            before = self._chained.get(key)
            if before is None:
                before = self._chained[key] = self.node({character: (target,)})
            target = before
        return target

    def call(self, values: int, slot: str, target: int) -> int:
        """The node that reads a value and continues at `target`."""
        return DEAD if target == DEAD else self.node({}, (Call(values, slot, target),))

    def union(self, nodes: Iterable[int]) -> int:
        """The node with the continuations of all `nodes`."""
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
        return self.node(merged, tuple(sorted(calls)), tuple(sorted(ends)))

    def without_calls(self, node: int, lists: AbstractSet[int]) -> int:
        """`node` without the continuations that begin with one of `lists`."""
        here = self.nodes[node]
        arcs = dict(here.arcs)
        if SPACE in arcs:
            arcs[SPACE] = tuple(sorted({self.without_calls(target, lists) for target in arcs[SPACE]} - {DEAD}))
        kept = tuple(call for call in here.calls if call.values not in lists)
        left = {character: targets for character, targets in arcs.items() if targets}
        return self.node(left, kept, here.ends)

    def tree(self, texts: Iterable[tuple[str, int]]) -> int:
        """The node from which each text leads to its node, as a prefix tree. For long lists of texts."""
        root: _Tree = _Tree({}, [])
        for text, target in texts:
            branch = root
            for character in text:
                branch = branch.longer.setdefault(character, _Tree({}, []))
            branch.targets.append(target)
        return self._grown(root)

    def _grown(self, tree: "_Tree") -> int:
        arcs = {character: (self._grown(longer),) for character, longer in tree.longer.items()}
        if not tree.targets:
            return self.node(arcs)
        return self.union([*tree.targets, self.node(arcs)] if arcs else tree.targets)


class _Tree(NamedTuple):
    longer: "dict[str, _Tree]"
    targets: list[int]

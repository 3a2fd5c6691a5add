"""A network walked deterministically: a state is the set of places where a prefix can be, made when it is first met.

The subset construction (Rabin and Scott 1959), lazily; a place inside a list is a pair of states, one in the list and
one where it returns to. Any number of spaces counts as one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from edge.grammar.network import DEAD, Network

SPACE = " "


@dataclass(slots=True, eq=False)
class State:
    """`calls`: (state in the list, state after it); `free`: states after a free text, by whether it has begun."""

    nodes: tuple[int, ...]
    calls: tuple[tuple[int, int], ...]
    free: tuple[tuple[int, bool], ...]
    spaced: bool
    steps: dict[str, int] = field(default_factory=dict)
    complete: bool | None = None
    following: frozenset[str] | None = None


class Automaton:
    """States are numbers. `NOWHERE` is the state of every text that is no beginning of a sentence."""

    NOWHERE = 0

    def __init__(self, network: Network) -> None:
        self._network = network
        self._numbers: dict[object, int] = {}
        self._states: list[State] = []
        self._lists: dict[int, int] = {}
        self._ending: dict[int, bool] = {}
        self._state((), (), (), spaced=False)
        self.start = self._beginning(network.start)

    def __len__(self) -> int:
        """How many states have been made so far."""
        return len(self._states)

    def step(self, state: int, character: str) -> int:
        """The state after one more character."""
        here = self._states[state]
        after = here.steps.get(character)
        if after is None:
            after = here.steps[character] = self._step(state, character)
        return after

    def walk(self, text: str, state: int | None = None) -> int:
        """The state after `text`."""
        at = self.start if state is None else state
        for character in text:
            at = self.step(at, character)
        return at

    def complete(self, state: int) -> bool:
        """Whether a sentence ends here."""
        here = self._states[state]
        if here.complete is None:
            here.complete = any(self._ends(node) for node in here.nodes) or any(
                begun and self.complete(after) for after, begun in here.free
            )
        return here.complete

    def free(self, state: int) -> bool:
        """Whether any word may follow."""
        return bool(self._states[state].free)

    def following(self, state: int) -> frozenset[str]:
        """The characters that may follow, besides those of free text and spaces that change nothing."""
        here = self._states[state]
        if here.following is None:
            found: set[str] = set()
            for node in here.nodes:
                found.update(self._network.nodes[node].arcs)
            for inner, _ in here.calls:
                found |= self.following(inner)
            here.following = frozenset(found)
        return here.following

    def _beginning(self, node: int) -> int:
        """The state at `node`, where spaces before the first word do not count."""
        return self._state(self._behind_spaces((node,)) | {node}, (), (), spaced=True)

    def _step(self, state: int, character: str) -> int:
        here = self._states[state]
        if character == SPACE:
            return state if here.spaced else self._space(here)
        nodes = self._targets(here.nodes, character)
        calls = [(self.step(inner, character), after) for inner, after in here.calls]
        return self._state(nodes, calls, [(after, True) for after, _ in here.free], spaced=False)

    def _space(self, here: State) -> int:
        nodes = self._behind_spaces(here.nodes)
        nodes.update(node for node in here.nodes if self._network.nodes[node].ends)  # "soy milk." is complete, too
        calls = {(self.step(inner, SPACE), after) for inner, after in here.calls}
        free = set(here.free)
        for after, begun in here.free:
            if begun:
                behind = self._states[self.step(after, SPACE)]
                nodes.update(behind.nodes)
                calls.update(behind.calls)
                free.update(behind.free)
        return self._state(nodes, calls, free, spaced=True)

    def _targets(self, nodes: Iterable[int], character: str) -> set[int]:
        found: set[int] = set()
        for node in nodes:
            found.update(self._network.nodes[node].arcs.get(character, ()))
        return found

    def _behind_spaces(self, nodes: Iterable[int]) -> set[int]:
        found: set[int] = set()
        edge = self._targets(nodes, SPACE)
        while edge:
            found |= edge
            edge = self._targets(edge, SPACE) - found
        return found

    def _state(
        self, nodes: Iterable[int], calls: Iterable[tuple[int, int]], free: Iterable[tuple[int, bool]], *, spaced: bool
    ) -> int:
        at = {node for node in nodes if node != DEAD}
        inside = {pair for pair in calls if pair[0] != self.NOWHERE}
        open_texts = set(free)
        self._enter(at, inside, open_texts)
        self._leave(at, inside, open_texts, spaced=spaced)
        key = (
            tuple(sorted(at)),
            tuple(sorted(inside)),
            tuple(sorted(open_texts)),
            spaced and bool(at or inside or free),
        )
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._states)
            self._states.append(State(*key))
        return number

    def _enter(self, nodes: Iterable[int], inside: set[tuple[int, int]], open_texts: set[tuple[int, bool]]) -> None:
        """Begin the lists that are called at `nodes`; calls of one list become one, whose returns are one state."""
        returns: dict[int, set[int]] = {}
        for node in nodes:
            for call in self._network.nodes[node].calls:
                returns.setdefault(call.values, set()).add(call.target)
        for values, targets in returns.items():
            after = self._state(targets, (), (), spaced=False)
            start = self._network.lists[values].start
            if start is None:
                open_texts.add((after, False))
                continue
            if values not in self._lists:
                self._lists[values] = self._beginning(start)
            inside.add((self._lists[values], after))

    def _leave(
        self, at: set[int], inside: set[tuple[int, int]], open_texts: set[tuple[int, bool]], *, spaced: bool
    ) -> None:
        """Return from the lists whose value may be complete. A space behind one is the space before what follows."""
        waiting = list(inside)
        while waiting:
            inner, after = waiting.pop()
            if not any(self._ends(node) for node in self._states[inner].nodes):
                continue
            behind = self._states[self.step(after, SPACE) if spaced else after]
            at.update(behind.nodes)
            open_texts.update(behind.free)
            waiting += [pair for pair in behind.calls if pair not in inside]
            inside.update(behind.calls)

    def _ends(self, node: int) -> bool:
        known = self._ending.get(node)
        if known is None:
            here = self._network.nodes[node]
            known = bool(here.ends) or any(self._ends(target) for target in here.arcs.get(SPACE, ()))
            self._ending[node] = known
        return known

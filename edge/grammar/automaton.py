"""Makes a network deterministic: a state is the set of nodes that a prefix can reach, created on demand.

This is a lazy subset construction (Rabin and Scott 1959). Inside a list, a state is a pair: the state in the list and
the state it returns to. Repeated spaces count as one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from edge.grammar.network import DEAD, SPACE, Network

MAX_STATES = 30_000
"""About 30 MB. Free text keeps adding states; above this limit, a new walk starts with an empty cache."""

Pair = tuple[int, int]
_Key = tuple[tuple[int, ...], tuple[Pair, ...], tuple[tuple[int, bool], ...], bool, bool]


@dataclass(slots=True, eq=False)
class State:
    """`calls` holds (state in the list, state after it); `free` the states after free text, by whether it has begun.

    `ended` is True if a space follows a complete text ("soy milk.").
    """

    nodes: tuple[int, ...]
    calls: tuple[Pair, ...]
    free: tuple[tuple[int, bool], ...]
    spaced: bool
    ended: bool
    steps: dict[str, int] = field(default_factory=dict)
    complete: bool | None = None
    closed: bool | None = None
    following: frozenset[str] | None = None
    plain: int | None = None


_NOWHERE = State((), (), (), spaced=False, ended=False)


class Automaton:
    """States are numbers. `NOWHERE` is the state of every text that is not a prefix of a sentence."""

    NOWHERE = 0

    def __init__(self, network: Network, max_states: int = MAX_STATES) -> None:
        self._network = network
        self._max_states = max_states
        self._ending: dict[int, bool] = {}
        self._next = 1
        self.generation = 0
        self._forget()

    def __len__(self) -> int:
        """The number of states in the cache."""
        return len(self._states)

    @property
    def start(self) -> int:
        """The state before the first character.

        If the cache is too large, it is cleared first: earlier states then act as `NOWHERE`, and `generation` changes.
        """
        if len(self._states) > self._max_states:
            self._forget()
        return self._start

    def step(self, state: int, character: str) -> int:
        """The state after one more character."""
        here = self._states.get(state, _NOWHERE)
        after = here.steps.get(character)
        if after is None:
            after = here.steps[character] = self._step(state, here, character)
        return after

    def walk(self, text: str, state: int | None = None) -> int:
        """The state after `text`."""
        at = self.start if state is None else state
        for character in text:
            at = self.step(at, character)
        return at

    def complete(self, state: int) -> bool:
        """Whether a sentence (or a value, in a list) ends here."""
        here = self._states.get(state, _NOWHERE)
        if here.complete is None:
            here.complete = (
                self.closed(state)
                or any(begun and self.complete(after) for after, begun in here.free)
                or any(self.complete(inner) and self.complete(after) for inner, after in here.calls)
            )
        return here.complete

    def closed(self, state: int) -> bool:
        """Whether a sentence ends here, and not inside free text."""
        here = self._states.get(state, _NOWHERE)
        if here.closed is None:
            here.closed = here.ended or any(self._ends(node) for node in here.nodes)
        return here.closed

    def free(self, state: int) -> bool:
        """Whether any word may follow."""
        return bool(self._states.get(state, _NOWHERE).free)

    def spaced(self, state: int) -> bool:
        """Whether another space leaves the state unchanged."""
        return self._states.get(state, _NOWHERE).spaced

    def calls(self, state: int) -> tuple[Pair, ...]:
        """The lists being read, as (state in the list, state after it)."""
        return self._states.get(state, _NOWHERE).calls

    def plain(self, state: int) -> int:
        """The state without the lists and free texts being read."""
        here = self._states.get(state, _NOWHERE)
        if here.plain is None:
            here.plain = (
                state if not here.calls and not here.free else self._kept((here.nodes, (), (), here.spaced, False))
            )
        return here.plain

    def following(self, state: int) -> frozenset[str]:
        """The characters that may follow, except those of free text and redundant spaces."""
        here = self._states.get(state, _NOWHERE)
        if here.following is None:
            found: set[str] = set()
            for node in here.nodes:
                found.update(self._network.nodes[node].arcs)
            for inner, _ in here.calls:
                found |= self.following(inner)
            here.following = frozenset(found)
        return here.following

    def _forget(self) -> None:
        self.generation += 1
        self._states: dict[int, State] = {self.NOWHERE: State((), (), (), spaced=False, ended=False)}
        self._numbers: dict[_Key, int] = {((), (), (), False, False): self.NOWHERE}
        self._lists: dict[tuple[int, bool], int] = {}
        self._start = self._beginning(self._network.start)

    def _beginning(self, node: int) -> int:
        """The state at `node`, ignoring spaces before the first word."""
        return self._state(self._behind_spaces((node,)) | {node}, (), (), spaced=True)

    def _step(self, state: int, here: State, character: str) -> int:
        if character == SPACE:
            return state if here.spaced else self._space(here)
        nodes = self._targets(here.nodes, character)
        calls = {
            (reached, after) for inner, after in here.calls if (reached := self.step(inner, character)) != self.NOWHERE
        }
        return self._state(nodes, calls, {(after, True) for after, _ in here.free}, spaced=False)

    def _space(self, here: State) -> int:
        nodes = self._behind_spaces(here.nodes)
        ended = any(self._network.nodes[node].ends for node in here.nodes)
        calls = {
            (reached, after) for inner, after in here.calls if (reached := self.step(inner, SPACE)) != self.NOWHERE
        }
        free = set(here.free)
        for after, begun in here.free:
            if begun:
                behind = self._states[self.step(after, SPACE)]
                nodes.update(behind.nodes)
                calls.update(behind.calls)
                free.update(behind.free)
                ended = ended or behind.ended
        return self._state(nodes, calls, free, spaced=True, ended=ended)

    def _targets(self, nodes: Iterable[int], character: str) -> set[int]:
        found: set[int] = set()
        for node in nodes:
            targets = self._network.nodes[node].arcs.get(character)
            if targets:
                found.update(targets)
        return found

    def _behind_spaces(self, nodes: Iterable[int]) -> set[int]:
        found: set[int] = set()
        edge = self._targets(nodes, SPACE)
        while edge:
            found |= edge
            edge = self._targets(edge, SPACE) - found
        return found

    def _state(
        self,
        nodes: Iterable[int],
        calls: Iterable[Pair],
        free: Iterable[tuple[int, bool]],
        *,
        spaced: bool,
        ended: bool = False,
    ) -> int:
        at = set(nodes)
        inside = set(calls)
        open_texts = set(free)
        at.discard(DEAD)
        self._enter(at, inside, open_texts, spaced=spaced)
        if self._leave(at, inside, open_texts, spaced=spaced):
            ended = True
        if not at and not inside and not open_texts and not ended:
            return self.NOWHERE
        return self._kept((tuple(sorted(at)), tuple(sorted(inside)), tuple(sorted(open_texts)), spaced, ended))

    def _kept(self, key: _Key) -> int:
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = self._next
            self._next += 1
            self._states[number] = State(*key)
        return number

    def _enter(
        self, nodes: Iterable[int], inside: set[Pair], open_texts: set[tuple[int, bool]], *, spaced: bool
    ) -> None:
        """Enter the lists called at `nodes`. Calls of the same list are merged and share one return state."""
        returns: dict[int, set[int]] = {}
        for node in nodes:
            for call in self._network.nodes[node].calls:
                returns.setdefault(call.values, set()).add(call.target)
        for values, targets in returns.items():
            after = self._state(targets, (), (), spaced=False)
            called = self._network.lists[values]
            if called.kind == "free":
                open_texts.add((after, False))
                continue
            key = (values, spaced)
            if key not in self._lists:
                begin = self._beginning(called.start) if spaced else self._state((called.start,), (), (), spaced=False)
                self._lists[key] = begin
            inside.add((self._lists[key], after))

    def _leave(self, at: set[int], inside: set[Pair], open_texts: set[tuple[int, bool]], *, spaced: bool) -> bool:
        """Return from the lists whose value may be complete. A space after a value also precedes the next word.

        Returns True if, with that space, the text is complete.
        """
        ended = False
        waiting = list(inside)
        while waiting:
            inner, after = waiting.pop()
            if not self.closed(inner):
                continue
            behind = self._states[self.step(after, SPACE) if spaced else after]
            ended = ended or behind.ended
            at.update(behind.nodes)
            open_texts.update(behind.free)
            waiting += [pair for pair in behind.calls if pair not in inside]
            inside.update(behind.calls)
        return ended

    def _ends(self, node: int) -> bool:
        known = self._ending.get(node)
        if known is None:
            here = self._network.nodes[node]
            known = bool(here.ends) or any(self._ends(target) for target in here.arcs.get(SPACE, ()))
            self._ending[node] = known
        return known

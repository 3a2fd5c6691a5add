"""Which tokens of a recogniser may come next: its vocabulary, as a tree of characters, walked along the automaton.

The tokens that a list allows are found once and kept, whichever sentence reads the list, so that a thousand names cost
little more than twenty.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from edge.grammar.automaton import Automaton
from edge.grammar.network import SPACE
from edge.grammar.surface import Surface

Numbers = npt.NDArray[np.int32]

_SAYABLE = re.compile(r" ?[^\W_]*(?:['\u2019][^\W_]*)?|[ ]?[-.,!?:;%&]")
_MAX_KEPT = 4_000_000
"""Token numbers, of 4 bytes, that are kept for places met before."""
_MAX_AFTER = 50_000


@dataclass(frozen=True, slots=True, eq=False)
class Allowed:
    """`tokens` int32 [k] that may follow and the states int32 [k] that they lead to; -1: ask `Speller.after`."""

    tokens: Numbers
    states: Numbers


@dataclass(slots=True, eq=False)
class _Branch:
    longer: dict[str, "_Branch"] = field(default_factory=dict)
    tokens: list[int] = field(default_factory=list)
    below: Numbers | None = None
    below_at_space: Numbers | None = None


_Exits = dict[str, list[tuple[_Branch, bool]]]
"""Where a value is complete inside a token: the branches one character on, and whether a space was behind the value."""


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    tokens: Numbers
    exits: _Exits


class Speller:
    """The tokens of one vocabulary on one automaton. Answers are kept: the same place is met again and again."""

    def __init__(self, automaton: Automaton, vocabulary: Sequence[str], surface: Surface) -> None:
        """`vocabulary`: what each token adds to a text, a word's beginning with a space; '' for marks."""
        self._automaton = automaton
        self._spelled = [_canonical(text, surface) for text in vocabulary]
        self._root = _Branch()
        for token, text in enumerate(self._spelled):
            if text:
                branch = self._root
                for character in text:
                    branch = branch.longer.setdefault(character, _Branch())
                branch.tokens.append(token)
        self._unknown = np.full(len(vocabulary), -1, np.int32)
        self._forget()

    @property
    def start(self) -> int:
        """The state before the first token. See `Automaton.start`: begin one sentence after the other."""
        start = self._automaton.start
        if self._generation != self._automaton.generation:
            self._forget()
        return start

    def complete(self, state: int) -> bool:
        """Whether a sentence ends in `state`."""
        return self._automaton.complete(state)

    def free(self, state: int) -> bool:
        """Whether any word may follow `state`."""
        return self._automaton.free(state)

    def longer(self, text: str, token: int) -> str:
        """The canonical `text` with what `token` adds; spaces count once."""
        added = self._spelled[token]
        return text + (added.lstrip() if not text or text.endswith(SPACE) else added)

    def allowed(self, state: int) -> Allowed:
        """What may follow in `state`, in the order of the tokens' numbers."""
        known = self._known.get(state)
        if known is None:
            tokens = self._find(self._root, state).tokens
            if self._kept > _MAX_KEPT:
                self._forget()
            self._kept += len(tokens)
            known = self._known[state] = Allowed(tokens, self._unknown[: len(tokens)])
        return known

    def after(self, state: int, token: int) -> int:
        """The state after `token`."""
        key = (state, token)
        known = self._after.get(key)
        if known is None:
            if len(self._after) > _MAX_AFTER:
                self._after.clear()
            known = self._after[key] = self._automaton.walk(self._spelled[token], state)
        return known

    def _forget(self) -> None:
        self._generation = self._automaton.generation
        self._known: dict[int, Allowed] = {}
        self._found: dict[tuple[_Branch, int], _Found] = {}
        self._after: dict[tuple[int, int], int] = {}
        self._kept = 0

    def _find(self, branch: _Branch, state: int) -> _Found:
        """The tokens below `branch` that may be gone on with in `state`, where those of the lists are put together."""
        found: list[Numbers] = []
        exits: _Exits = {}
        if self._automaton.free(state):
            return _Found(self._below(branch, at_space=self._automaton.spaced(state)), exits)
        self._go_on(branch, self._automaton.plain(state), found, exits)
        for inner, after in self._automaton.calls(state):
            inside = self._inside(branch, inner)
            found.append(inside.tokens)
            for character in inside.exits.keys() & (self._automaton.following(after) | {SPACE}):
                for longer, spaced in inside.exits[character]:
                    behind = self._automaton.step(after, SPACE) if spaced else after
                    self._reach(longer, behind, character, found, exits)
        return _Found(self._union(found), exits)

    def _union(self, found: Sequence[Numbers]) -> Numbers:
        """All of them, each once, in order: through a mark for each token, which is quicker than sorting."""
        marks = np.zeros(len(self._spelled), np.bool_)
        for tokens in found:
            marks[tokens] = True
        return np.flatnonzero(marks).astype(np.int32)

    def _inside(self, branch: _Branch, inner: int) -> _Found:
        key = (branch, inner)
        known = self._found.get(key)
        if known is None:
            known = self._found[key] = self._find(branch, inner)
            self._kept += len(known.tokens)
        return known

    def _go_on(self, branch: _Branch, state: int, found: list[Numbers], exits: _Exits) -> None:
        for character in branch.longer.keys() & (self._automaton.following(state) | {SPACE}):
            self._reach(branch.longer[character], state, character, found, exits)

    def _reach(self, longer: _Branch, state: int, character: str, found: list[Numbers], exits: _Exits) -> None:
        """`longer` is reached by `character` from `state`."""
        after = self._automaton.step(state, character)
        if after == Automaton.NOWHERE:
            return
        if longer.tokens and after != state:  # a sign where a space was before adds nothing
            found.append(np.array(longer.tokens, np.int32))
        if not longer.longer:
            return
        if self._automaton.closed(after):
            spaced = self._automaton.spaced(after)
            for further, branch in longer.longer.items():
                exits.setdefault(further, []).append((branch, spaced))
        if self._automaton.calls(after) or self._automaton.free(after):
            more = self._find(longer, after)
            found.append(more.tokens)
            for further, branches in more.exits.items():
                exits.setdefault(further, []).extend(branches)
        else:
            self._go_on(longer, after, found, exits)

    def _below(self, branch: _Branch, *, at_space: bool) -> Numbers:
        """All tokens below `branch`; where a space was before, without those that are only one."""
        if branch.below is None:
            tokens: list[int] = []
            waiting = list(branch.longer.items())
            while waiting:
                _, here = waiting.pop()
                tokens += here.tokens
                waiting += here.longer.items()
            branch.below = np.unique(np.array(tokens, np.int32))
        if at_space and SPACE in branch.longer:
            if branch.below_at_space is None:
                branch.below_at_space = np.setdiff1d(branch.below, np.array(branch.longer[SPACE].tokens, np.int32))
            return branch.below_at_space
        return branch.below


def _canonical(text: str, surface: Surface) -> str:
    if not text or not _SAYABLE.fullmatch(text) or "\ufffd" in text:
        return ""
    spelled = surface.canonical(text)
    if not spelled.strip():
        return SPACE
    return (SPACE if text.startswith(" ") else "") + spelled.strip() + SPACE * spelled.endswith(SPACE)

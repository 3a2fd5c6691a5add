"""Finds the tokens of a recogniser that may come next, by walking a prefix tree of its vocabulary and the automaton.

The tree is built lazily: a branch is a range of the sorted vocabulary until its children are needed, which saves 9 MB
with 32,768 tokens. The tokens that a list allows are found once and cached for all sentences that read the list, so a
thousand names cost little more than twenty.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from edge.grammar.automaton import Automaton
from edge.grammar.network import SPACE
from edge.grammar.surface import Surface

Numbers = npt.NDArray[np.int32]

_SAYABLE = re.compile(r" ?[^\W_]*(?:['\u2019][^\W_]*)?|[ ]?[-.,!?:;%&]")
_MAX_KEPT = 4_000_000
"""Token numbers (4 bytes each) cached for known states."""
_MAX_AFTER = 50_000


@dataclass(frozen=True, slots=True, eq=False)
class AllowedTokens:
    """The `tokens` int32 [k] that may follow, and the states int32 [k] they lead to; -1: call `after`."""

    tokens: Numbers
    states: Numbers


@dataclass(slots=True, eq=False)
class _Branch:
    """The spellings that share their first `depth` characters: a range of the sorted vocabulary."""

    vocabulary: "_Vocabulary"
    first: int
    last: int
    depth: int
    _longer: dict[str, "_Branch"] | None = None
    _below: Numbers | None = None
    _below_without_space: Numbers | None = None

    @property
    def tokens(self) -> Numbers:
        """The tokens spelled with exactly these characters. They come first in the range."""
        end = self.first
        while end < self.last and len(self.vocabulary.spelled[end]) == self.depth:
            end += 1
        return self.vocabulary.tokens[self.first : end]

    @property
    def longer(self) -> dict[str, "_Branch"]:
        """The branches that are one character longer."""
        if self._longer is None:
            found: dict[str, list[int]] = {}
            for place in range(self.first + len(self.tokens), self.last):
                found.setdefault(self.vocabulary.spelled[place][self.depth], []).append(place)
            self._longer = {
                character: _Branch(self.vocabulary, places[0], places[-1] + 1, self.depth + 1)
                for character, places in found.items()
            }
        return self._longer

    def below(self, *, at_space: bool) -> Numbers:
        """All tokens with longer spellings, in order; if `at_space`, without those that only add a space."""
        if self._below is None:
            start = self.first + len(self.tokens)
            self._below = np.sort(self.vocabulary.tokens[start : self.last])
        if not at_space or SPACE not in self.longer:
            return self._below
        if self._below_without_space is None:
            self._below_without_space = np.setdiff1d(self._below, self.longer[SPACE].tokens)
        return self._below_without_space


@dataclass(frozen=True, slots=True, eq=False)
class _Vocabulary:
    """Sorted spellings, and the token of each as int32."""

    spelled: list[str]
    tokens: Numbers


_Exits = dict[str, list[tuple[_Branch, bool]]]
"""Where a value ends inside a token: the branches one character longer, and whether a space followed the value."""


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    tokens: Numbers
    exits: _Exits


class TokenConstraint:
    """The tokens of one vocabulary on one automaton. Results are cached, because the same states recur."""

    def __init__(self, automaton: Automaton, vocabulary: Sequence[str], surface: Surface) -> None:
        """`vocabulary` holds the text of each token, with a space before the start of a word; '' for control tokens."""
        self._automaton = automaton
        self._spelled = [_canonical(text, surface) for text in vocabulary]
        order = sorted((token for token, text in enumerate(self._spelled) if text), key=self._spelled.__getitem__)
        texts = _Vocabulary([self._spelled[token] for token in order], np.array(order, np.int32))
        self._root = _Branch(texts, 0, len(order), 0)
        self._unknown = np.full(len(vocabulary), -1, np.int32)
        self._forget()

    @property
    def start(self) -> int:
        """The state before the first token. It may invalidate earlier states, see `Automaton.start`."""
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
        """The canonical `text` extended by `token`; repeated spaces are merged."""
        added = self._spelled[token]
        return text + (added.lstrip() if not text or text.endswith(SPACE) else added)

    def allowed_tokens(self, state: int) -> AllowedTokens:
        """The tokens that may follow in `state`, sorted by number."""
        known = self._known.get(state)
        if known is None:
            tokens = self._find(self._root, state).tokens
            if self._kept > _MAX_KEPT:
                self._forget()
            self._kept += len(tokens)
            known = self._known[state] = AllowedTokens(tokens, self._unknown[: len(tokens)])
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
        self._known: dict[int, AllowedTokens] = {}
        self._found: dict[tuple[_Branch, int], _Found] = {}
        self._after: dict[tuple[int, int], int] = {}
        self._kept = 0

    def _find(self, branch: _Branch, state: int) -> _Found:
        """The tokens below `branch` that may follow in `state`, including those of all lists."""
        found: list[Numbers] = []
        exits: _Exits = {}
        if self._automaton.free(state):
            return _Found(branch.below(at_space=self._automaton.spaced(state)), exits)
        self._continue(branch, self._automaton.plain(state), found, exits)
        for inner, after in self._automaton.calls(state):
            inside = self._inside(branch, inner)
            found.append(inside.tokens)
            for character in inside.exits.keys() & (self._automaton.following(after) | {SPACE}):
                for longer, spaced in inside.exits[character]:
                    behind = self._automaton.step(after, SPACE) if spaced else after
                    self._reach(longer, behind, character, found, exits)
        return _Found(self._union(found), exits)

    def _union(self, found: Sequence[Numbers]) -> Numbers:
        """The sorted union. Marking each token is faster than sorting."""
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

    def _continue(self, branch: _Branch, state: int, found: list[Numbers], exits: _Exits) -> None:
        for character in branch.longer.keys() & (self._automaton.following(state) | {SPACE}):
            self._reach(branch.longer[character], state, character, found, exits)

    def _reach(self, longer: _Branch, state: int, character: str, found: list[Numbers], exits: _Exits) -> None:
        """Continue with `longer`, which `character` leads to from `state`."""
        after = self._automaton.step(state, character)
        if after == Automaton.NOWHERE:
            return
        tokens = longer.tokens
        if len(tokens) and after != state:  # punctuation after a space adds nothing
            found.append(tokens)
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
            self._continue(longer, after, found, exits)


def _canonical(text: str, surface: Surface) -> str:
    if not text or not _SAYABLE.fullmatch(text) or "\ufffd" in text:
        return ""
    spelled = surface.canonical(text)
    if not spelled.strip():
        return SPACE
    return (SPACE if text.startswith(" ") else "") + spelled.strip() + SPACE * spelled.endswith(SPACE)

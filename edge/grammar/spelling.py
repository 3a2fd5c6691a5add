"""Which tokens of a recogniser may come next: its vocabulary, as a tree of characters, walked along the automaton."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from edge.grammar.automaton import SPACE, Automaton
from edge.grammar.surface import canonical

Numbers = npt.NDArray[np.int32]

_SAYABLE = re.compile(r" ?[^\W_]*(?:['\u2019][^\W_]*)?|[ ]?[-.,!?:;%&]")


@dataclass(frozen=True, slots=True, eq=False)
class Allowed:
    """`tokens` int32 [k] that may follow and the states int32 [k] that they lead to; -1: ask `Speller.after`."""

    tokens: Numbers
    states: Numbers


@dataclass(slots=True)
class _Branch:
    longer: dict[str, "_Branch"] = field(default_factory=dict)
    tokens: list[int] = field(default_factory=list)


class Speller:
    """The tokens of one vocabulary on one automaton. Answers are kept: the same place is met again and again."""

    def __init__(self, automaton: Automaton, vocabulary: Sequence[str]) -> None:
        """`vocabulary`: what each token adds to a text, a word's beginning with a space; '' for marks."""
        self._automaton = automaton
        self._spelled = [_canonical(text) for text in vocabulary]
        self._root = _Branch()
        for token, text in enumerate(self._spelled):
            if text:
                branch = self._root
                for character in text:
                    branch = branch.longer.setdefault(character, _Branch())
                branch.tokens.append(token)
        words = [token for token, text in enumerate(self._spelled) if text.strip()]
        signs = [token for token, text in enumerate(self._spelled) if text == SPACE]
        self._any = np.array(words + signs, np.int32)
        self._known: dict[int, Allowed] = {}
        self._after: dict[tuple[int, int], int] = {}

    @property
    def start(self) -> int:
        """The state before the first token."""
        return self._automaton.start

    def complete(self, state: int) -> bool:
        """Whether a sentence ends in `state`."""
        return self._automaton.complete(state)

    def longer(self, text: str, token: int) -> str:
        """The canonical `text` with what `token` adds; spaces count once."""
        added = self._spelled[token]
        return text + (added.lstrip() if not text or text.endswith(SPACE) else added)

    def allowed(self, state: int) -> Allowed:
        """What may follow in `state`."""
        known = self._known.get(state)
        if known is None:
            known = self._known[state] = self._find(state)
        return known

    def after(self, state: int, token: int) -> int:
        """The state after `token`."""
        key = (state, token)
        known = self._after.get(key)
        if known is None:
            known = self._after[key] = self._automaton.walk(self._spelled[token], state)
        return known

    def _find(self, state: int) -> Allowed:
        if self._automaton.free(state):
            return Allowed(self._any, np.full(len(self._any), -1, np.int32))
        tokens: list[int] = []
        states: list[int] = []
        waiting = [(self._root, state)]
        while waiting:
            branch, at = waiting.pop()
            for character, longer in branch.longer.items():
                after = self._automaton.step(at, character) if self._may(at, character) else Automaton.NOWHERE
                if after == Automaton.NOWHERE or (after == state and character == SPACE and not longer.longer):
                    continue
                if not (longer.tokens and character == SPACE and after == state):
                    tokens += longer.tokens
                    states += [after] * len(longer.tokens)
                waiting.append((longer, after))
        return Allowed(np.array(tokens, np.int32), np.array(states, np.int32))

    def _may(self, state: int, character: str) -> bool:
        return character == SPACE or character in self._automaton.following(state)


def _canonical(text: str) -> str:
    if not text or not _SAYABLE.fullmatch(text) or "\ufffd" in text:
        return ""
    spelled = canonical(text)
    return (
        SPACE
        if not spelled.strip()
        else (" " if text.startswith(" ") else "") + spelled.strip() + " " * spelled.endswith(" ")
    )

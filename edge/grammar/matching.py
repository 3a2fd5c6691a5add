"""The intent and slots of a sentence, read off the path that spells it through the network.

Several paths may spell one sentence. The order of preference is hassil's (`recognize_best` with `name` as its slot):
the longest name of a thing, the fewest free texts, the most literal text, the shortest free texts; before all that,
the earlier source.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from edge.events import Intent, SlotValue
from edge.grammar.automaton import SPACE
from edge.grammar.network import DEAD, Network, Sentences

_NAME = "name"


class _Frame(NamedTuple):
    """A list that is being read since place `begin`."""

    values: int
    slot: str
    begin: int
    target: int
    below: "_Frame | None"


class _Place(NamedTuple):
    """A node, or None inside a free text."""

    node: int | None
    frame: _Frame | None


class _Cost(NamedTuple):
    name: int = 0
    free: int = 0
    literal: int = 0
    free_length: int = 0


@dataclass(frozen=True, slots=True)
class _Filled:
    slot: str
    value: SlotValue
    context: Mapping[str, str]
    before: "_Filled | None"


_Reached = dict[_Place, tuple[_Cost, _Filled | None]]


def match(network: Network, text: str, context: Mapping[str, str] | None = None) -> Intent | None:
    """What the canonical `text` means, None when it is no sentence. `context` as the network was compiled with."""
    words = " ".join(text.split())
    reached: _Reached = {}
    _Reader(network, words, reached, 0, spaced=True).put(_Place(network.start, None), _Cost(), None)
    for at, character in enumerate(words):
        before, reached = reached, {}
        reader = _Reader(network, words, reached, at + 1, spaced=character == SPACE)
        for place, (cost, filled) in before.items():
            reader.read(place, character, cost, filled)
        if not reached:
            return None
    return _best(network, reached, dict(context or {}))


class _Reader:
    """Everything that can be reached at one place of the text; `reached` keeps the best way to each."""

    def __init__(self, network: Network, text: str, reached: _Reached, at: int, *, spaced: bool) -> None:
        self._network = network
        self._text = text
        self._reached = reached
        self._at = at
        self._spaced = spaced or at == len(text)
        self._word_ends = at > 0 and text[at - 1] != SPACE and (at == len(text) or text[at] == SPACE)

    def read(self, place: _Place, character: str, cost: _Cost, filled: _Filled | None) -> None:
        """Take one character from `place`."""
        if place.node is None:
            self.put(place, cost, filled)
            return
        if place.frame is None and character != SPACE:
            cost = cost._replace(literal=cost.literal - 1)
        for target in self._network.nodes[place.node].arcs.get(character, ()):
            self.put(_Place(target, place.frame), cost, filled)

    def put(self, place: _Place, cost: _Cost, filled: _Filled | None) -> None:
        """`place` is reached, and with it all that needs no further character."""
        known = self._reached.get(place)
        if known is not None and known[0] <= cost:
            return
        self._reached[place] = (cost, filled)
        if place.node is None:
            if self._word_ends and place.frame is not None and self._at > place.frame.begin:
                self._return(place.frame, None, cost, filled)
            return
        node = self._network.nodes[place.node]
        for call in node.calls:
            start = self._network.lists[call.values].start
            frame = _Frame(call.values, call.slot, self._at, call.target, place.frame)
            self.put(_Place(start, frame), cost, filled)
        if self._spaced:
            for target in node.arcs.get(SPACE, ()):
                self.put(_Place(target, place.frame), cost, filled)
        if place.frame is not None:
            for value in node.ends:
                self._return(place.frame, value, cost, filled)

    def _return(self, frame: _Frame, value: int | None, cost: _Cost, filled: _Filled | None) -> None:
        said = self._text[frame.begin : self._at].strip()
        if value is None:
            cost = cost._replace(free=cost.free + 1, free_length=cost.free_length + len(said))
            found = _Filled(frame.slot, said, {}, filled)
        else:
            if frame.slot == _NAME:
                cost = cost._replace(name=cost.name - len(said))
            known = self._network.values[value]
            found = _Filled(frame.slot, known.out, known.context, filled)
        self.put(_Place(frame.target, frame.below), cost, found if frame.slot else filled)


def _best(network: Network, reached: _Reached, context: dict[str, str]) -> Intent | None:
    ends = [
        (network.sentences[number], cost, filled)
        for place, (cost, filled) in reached.items()
        if place.frame is None and place.node not in {None, DEAD}
        for number in network.nodes[place.node or DEAD].ends
    ]
    for sentences, _, filled in sorted(ends, key=lambda end: (end[0].layer, end[1], end[0].intent)):
        values = list(_in_order(filled))
        facts = context | {key: fact for value in values for key, fact in value.context.items()}
        if _holds(sentences, facts):
            return Intent(sentences.intent, dict(sentences.slots) | {value.slot: value.value for value in values})
    return None


def _in_order(filled: _Filled | None) -> Iterable[_Filled]:
    found: list[_Filled] = []
    while filled is not None:
        found.append(filled)
        filled = filled.before
    return reversed(found)


def _holds(sentences: Sentences, facts: Mapping[str, str]) -> bool:
    return all(key in facts and (not wanted or facts[key] in wanted) for key, wanted in sentences.requires.items())

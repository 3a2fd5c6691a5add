"""What a sentence means, read off the path that spells it through the network.

Several paths may spell one sentence. The order of preference is hassil's (`recognize_best` with `name` as its slot):
the longest name of a thing, the fewest free texts, the most literal text, the shortest free texts; before all that,
the earlier source.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from edge.events import SlotValue
from edge.grammar.network import SPACE, Network, Sentences
from edge.grammar.numbers import number_value

Reader = Callable[[str], Mapping[str, SlotValue] | None]
"""The slots of a canonical text; None when it is no value after all."""

_NAME = "name"


@dataclass(frozen=True, slots=True)
class Entity:
    """A slot that was said. `is_wildcard`: in free words; then, and in a command in a command, `value` is canonical."""

    name: str
    value: SlotValue
    is_wildcard: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a sentence: `entities` in the order in which they were said, then what goes without."""

    sentences: Sentences
    entities: tuple[Entity, ...]


class _Frame(NamedTuple):
    """A list that is being read since place `begin`; of a command in a command, `outside` is what was before it."""

    values: int
    slot: str
    begin: int
    target: int
    below: "_Frame | None"
    outside: "tuple[_Cost, _Filled | None] | None"


class _Place(NamedTuple):
    node: int
    frame: _Frame | None


class _Cost(NamedTuple):
    name: int = 0
    free: int = 0
    literal: int = 0
    free_length: int = 0


class _Filled(NamedTuple):
    """What the list `values` was read as; `end` is the number that ended it, None for free text."""

    values: int
    slot: str
    said: str
    end: int | None
    before: "_Filled | None"


_Reached = dict[_Place, tuple[_Cost, _Filled | None]]


def readings(
    network: Network, text: str, context: Mapping[str, str] | None = None, readers: Mapping[str, Reader] | None = None
) -> Iterator[Reading]:
    """The best reading of the canonical `text`, a bare command, for each source that has one, in their order.

    `context` is what the network was compiled with, `readers` are the functions that its "read" lists name.
    """
    words = " ".join(text.split())
    reached: _Reached = {}
    _Step(network, words, reached, 0, spaced=True).put(_Place(network.bare, None), _Cost(), None)
    for at, character in enumerate(words):
        before, reached = reached, {}
        step = _Step(network, words, reached, at + 1, spaced=character == SPACE)
        for place, (cost, filled) in before.items():
            step.read(place, character, cost, filled)
    ends = [
        (network.sentences[number].layer, cost, network.sentences[number].intent, number, filled)
        for place, (cost, filled) in reached.items()
        if place.frame is None
        for number in network.nodes[place.node].ends
    ]
    done: set[int] = set()
    for layer, _, _, number, filled in sorted(ends, key=lambda end: end[:4]):
        if layer in done:
            continue
        entities = _entities(network, network.sentences[number], filled, dict(context or {}), readers or {})
        if entities is not None:
            done.add(layer)
            yield Reading(network.sentences[number], entities)


class _Step:
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
        kind = self._kind(place.frame)
        if kind == "free":
            self.put(place, cost, filled)
            return
        targets = self._network.nodes[place.node].arcs.get(character)
        if targets is None:
            return
        if character != SPACE and kind in {"sentence", "read"}:
            cost = cost._replace(literal=cost.literal - 1)
        for target in targets:
            self.put(_Place(target, place.frame), cost, filled)

    def put(self, place: _Place, cost: _Cost, filled: _Filled | None) -> None:
        """`place` is reached, and with it all that needs no further character."""
        known = self._reached.get(place)
        if known is not None and known[0] <= cost:
            return
        self._reached[place] = (cost, filled)
        frame = place.frame
        if frame is not None and self._kind(frame) == "free":
            if self._word_ends and self._at > frame.begin:
                self._return(frame, None, cost, filled)
            return
        node = self._network.nodes[place.node]
        for call in node.calls:
            called = self._network.lists[call.values]
            outside = (cost, filled) if called.kind == "command" else None
            inner = _Frame(call.values, call.slot, self._at, call.target, frame, outside)
            self.put(_Place(called.start, inner), cost, filled)
        if self._spaced:
            for target in node.arcs.get(SPACE, ()):
                self.put(_Place(target, frame), cost, filled)
        if frame is not None:
            for end in node.ends:
                self._return(frame, end, cost, filled)

    def _kind(self, frame: _Frame | None) -> str:
        return "sentence" if frame is None else self._network.lists[frame.values].kind

    def _return(self, frame: _Frame, end: int | None, cost: _Cost, filled: _Filled | None) -> None:
        said = self._text[frame.begin : self._at].strip()
        kind = self._kind(frame)
        if frame.outside is not None:
            cost, filled = frame.outside
        if kind in {"free", "command"}:
            cost = cost._replace(free=cost.free + 1, free_length=cost.free_length + len(said))
        elif frame.slot == _NAME:
            cost = cost._replace(name=cost.name - len(said))
        if frame.slot or kind == "read":
            filled = _Filled(frame.values, frame.slot, said, end, filled)
        self.put(_Place(frame.target, frame.below), cost, filled)


def _entities(
    network: Network,
    sentences: Sentences,
    filled: _Filled | None,
    facts: dict[str, str],
    readers: Mapping[str, Reader],
) -> tuple[Entity, ...] | None:
    """What the slots are, None where the facts forbid it or a reader does."""
    found: list[Entity] = []
    read: dict[tuple[str, str], list[str]] = {}
    for values, slot, said, end, _ in _in_order(filled):
        called = network.lists[values]
        match called.kind:
            case "read":
                read.setdefault((called.reader, slot), []).append(said)
            case "number":
                found.append(Entity(slot, _number(said, network.values[end or 0].out)))
            case "values":
                value = network.values[end or 0]
                facts |= value.context
                found.append(Entity(slot, said if value.out is None else value.out))
            case _:
                found.append(Entity(slot, said, is_wildcard=True))
    for (reader, prefix), pieces in read.items():
        slots = readers[reader](" ".join(pieces))
        if slots is None:
            return None
        found += [Entity(prefix + name, value) for name, value in slots.items()]
    if not _holds(sentences, facts):
        return None
    said_slots = {entity.name for entity in found}
    unsaid = dict(sentences.slots) | {slot: facts[fact] for fact, slot in sentences.copies.items()}
    return (*found, *(Entity(slot, value) for slot, value in unsaid.items() if slot not in said_slots))


def _number(said: str, factor: SlotValue | None) -> SlotValue:
    value = (number_value(said, fractions=True) or 0) * float(factor or 0)
    return int(value) if value.is_integer() else value


def _in_order(filled: _Filled | None) -> Iterator[_Filled]:
    found: list[_Filled] = []
    while filled is not None:
        found.append(filled)
        filled = filled.before
    return reversed(found)


def _holds(sentences: Sentences, facts: Mapping[str, str]) -> bool:
    return all(
        key in facts and (not wanted or facts[key] in wanted) for key, wanted in sentences.requires.items()
    ) and not any(facts.get(key) in wanted for key, wanted in sentences.excludes.items())

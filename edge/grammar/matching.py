"""Finds the meaning of a sentence from the path through the network that spells it.

Several paths may spell one sentence. An earlier source is preferred; within a source, the order of preference is that
of hassil (`recognize_best` with `name` as its slot): the longest entity name, the fewest free texts, the most literal
text, the shortest free texts.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from edge.events import SlotValue
from edge.grammar.network import SPACE, Call, Network, Sentences
from edge.grammar.surface import Surface

Reader = Callable[[str], Mapping[str, SlotValue] | None]
"""Returns the slots of a canonical text, or None if it is not a valid value."""

_NAME = "name"


@dataclass(frozen=True, slots=True)
class SlotMatch:
    """A slot with its value. For free text and for a command within a command, `value` is the canonical text."""

    name: str
    value: SlotValue
    is_free_text: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a sentence. `slots` are the spoken slots in order, then the implied ones."""

    sentences: Sentences
    slots: tuple[SlotMatch, ...]


class _Cost(NamedTuple):
    name: int = 0
    free: int = 0
    literal: int = 0
    free_length: int = 0

    def plus(self, name: int, free: int, literal: int, free_length: int) -> "_Cost":
        return _Cost(self.name + name, self.free + free, self.literal + literal, self.free_length + free_length)


class _Filled(NamedTuple):
    """A value of the list `values`; `end` is the number of the end reached, None for free text."""

    values: int
    slot: str
    said: str
    end: int | None
    before: "_Filled | None"


_Way = tuple[_Cost, _Filled | None]


@dataclass(slots=True, eq=False)
class _Frame:
    """A list being read from position `begin`, once for all callers: (slot, node to return to, their frame).

    Costs inside count from the beginning of the list; the callers' costs are added on return.
    """

    values: int
    kind: str
    begin: int
    callers: "dict[tuple[str, int, _Frame | None], _Way]" = field(default_factory=dict)


_Place = tuple[int, _Frame | None]
_Reached = dict[_Place, _Way]
_NOTHING = _Cost()


def readings(
    network: Network,
    text: str,
    surface: Surface,
    context: Mapping[str, str] | None = None,
    readers: Mapping[str, Reader] | None = None,
) -> Iterator[Reading]:
    """The best reading of the canonical `text`, a bare command, for each source that has one, in order.

    `surface` and `context` must be those of the compilation; `readers` are the functions that lists refer to.
    """
    words = " ".join(text.split())
    reached: _Reached = {}
    _Step(network, words, reached, 0, spaced=True).put(network.bare, None, (_NOTHING, None))
    for at, character in enumerate(words):
        before, reached = reached, {}
        step = _Step(network, words, reached, at + 1, spaced=character == SPACE)
        for (node, frame), way in before.items():
            step.read(node, frame, character, way)
    ends = [
        (network.sentences[number].layer, cost, network.sentences[number].intent, number, filled)
        for (node, frame), (cost, filled) in reached.items()
        if frame is None
        for number in network.nodes[node].ends
    ]
    done: set[int] = set()
    for layer, _, _, number, filled in sorted(ends, key=lambda end: end[:4]):
        if layer in done:
            continue
        facts = dict(context or {})
        matched = _slot_matches(network, surface, network.sentences[number], filled, facts, readers or {})
        if matched is not None:
            done.add(layer)
            yield Reading(network.sentences[number], matched)


class _Step:
    """Everything reachable at one position of the text; `reached` keeps the best path to each node."""

    def __init__(self, network: Network, text: str, reached: _Reached, at: int, *, spaced: bool) -> None:
        self._network = network
        self._text = text
        self._reached = reached
        self._at = at
        self._frames: dict[int, _Frame] = {}
        self._spaced = spaced or at == len(text)
        self._word_ends = at > 0 and text[at - 1] != SPACE and (at == len(text) or text[at] == SPACE)

    def read(self, node: int, frame: _Frame | None, character: str, way: _Way) -> None:
        """Take one character."""
        if frame is not None and frame.kind == "free":
            self.put(node, frame, way)
            return
        targets = self._network.nodes[node].arcs.get(character)
        if targets is None:
            return
        if character != SPACE and (frame is None or frame.kind == "read"):
            way = (way[0].plus(0, 0, -1, 0), way[1])
        for target in targets:
            self.put(target, frame, way)

    def put(self, node: int, frame: _Frame | None, way: _Way) -> None:
        """Reach a node, and all nodes that follow without another character."""
        place = (node, frame)
        known = self._reached.get(place)
        if known is not None and known[0] <= way[0]:
            return
        self._reached[place] = way
        if frame is not None and frame.kind == "free":
            if self._word_ends and self._at > frame.begin:
                self._return(frame, None, way)
            return
        here = self._network.nodes[node]
        for call in here.calls:
            self._call(call, frame, way)
        if self._spaced:
            for target in here.arcs.get(SPACE, ()):
                self.put(target, frame, way)
        if frame is not None and self._at > frame.begin:
            for end in here.ends:
                self._return(frame, end, way)

    def _call(self, call: Call, below: _Frame | None, way: _Way) -> None:
        frame = self._frames.get(call.values)
        called = self._network.lists[call.values]
        if frame is None:
            frame = self._frames[call.values] = _Frame(call.values, called.kind, self._at)
        caller = (call.slot, call.target, below)
        known = frame.callers.get(caller)
        if known is None or way[0] < known[0]:
            frame.callers[caller] = way
        self.put(called.start, frame, (_NOTHING, None))

    def _return(self, frame: _Frame, end: int | None, inside: _Way) -> None:
        said = self._text[frame.begin : self._at].strip()
        cost, nested = inside
        if frame.kind in {"free", "command"}:  # an inner command is parsed when it is carried out
            cost, nested = _Cost(0, 1, 0, len(said)), None
        for (slot, target, below), (before, filled) in frame.callers.items():
            after = before.plus(*cost)
            if slot == _NAME and cost.free == 0:
                after = after.plus(-len(said), 0, 0, 0)
            for it in _in_order(nested):
                filled = it._replace(before=filled)  # noqa: PLW2901 - appends one chain to the other
            if slot or frame.kind == "read":
                filled = _Filled(frame.values, slot, said, end, filled)  # noqa: PLW2901
            self.put(target, below, (after, filled))


def _slot_matches(
    network: Network,
    surface: Surface,
    sentences: Sentences,
    filled: _Filled | None,
    facts: dict[str, str],
    readers: Mapping[str, Reader],
) -> tuple[SlotMatch, ...] | None:
    """The slots; None if the facts or a reader reject them."""
    found: list[SlotMatch] = []
    read: dict[tuple[str, str], list[str]] = {}
    for values, slot, said, end, _ in _in_order(filled):
        called = network.lists[values]
        match called.kind:
            case "read":
                read.setdefault((called.reader, slot), []).append(said)
            case "number":
                found.append(SlotMatch(slot, _number(surface.number_value(said), network.values[end or 0].out)))
            case "values":
                value = network.values[end or 0]
                facts |= value.context
                found.append(SlotMatch(slot, said if value.out is None else value.out))
            case _:
                found.append(SlotMatch(slot, said, is_free_text=True))
    for (reader, prefix), pieces in read.items():
        slots = readers[reader](" ".join(pieces))
        if slots is None:
            return None
        found += [SlotMatch(prefix + name, value) for name, value in slots.items()]
    if not _holds(sentences, facts):
        return None
    said_slots = {slot.name for slot in found}
    unsaid = dict(sentences.slots) | {slot: facts[fact] for fact, slot in sentences.copies.items()}
    return (*found, *(SlotMatch(slot, value) for slot, value in unsaid.items() if slot not in said_slots))


def _number(said: float | None, factor: SlotValue | None) -> SlotValue:
    value = (said or 0.0) * float(factor or 0)
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

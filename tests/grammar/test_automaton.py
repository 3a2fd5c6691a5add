"""The lazy automaton is the naive one: every place where a prefix can be, followed by hand."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from edge.grammar import Grammar
from edge.grammar.automaton import Automaton
from edge.grammar.network import DEAD, SPACE, Builder, Call, Network, Node, Sentences, Value, ValueList
from tests.fakes.language import ENGLISH

_LETTERS = "ab "


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Small networks over two letters and spaces, with a list, a list that calls it, and free text."""
    builder = Builder()
    lists = [ValueList("free", "free", 0)]
    for number in range(draw(st.integers(0, 2))):
        start = _drawn(draw, builder, len(lists), ends=[0, 1], longest=6)
        if start != DEAD and not _is_empty(builder.nodes, lists, start):
            lists.append(ValueList(f"list{number}", "values", start))
    start = _drawn(draw, builder, len(lists), ends=[0], longest=10)
    return Network(builder.nodes, start, start, lists, [Value("x"), Value("y")], [Sentences("I", 0)])


def _drawn(draw: st.DrawFn, builder: Builder, lists: int, ends: list[int], longest: int) -> int:
    made = [builder.end(draw(st.sampled_from(ends)))]
    for _ in range(draw(st.integers(1, longest))):
        ways = draw(st.dictionaries(st.sampled_from(_LETTERS), st.lists(st.sampled_from(made), min_size=1, max_size=2)))
        called = draw(st.lists(st.tuples(st.integers(0, lists - 1), st.sampled_from(made)), max_size=1))
        calls = tuple(Call(values, "slot", target) for values, target in called)
        end = tuple(draw(st.lists(st.sampled_from(ends), max_size=1)))
        arcs = {character: tuple(sorted(set(targets))) for character, targets in ways.items()}
        made.append(builder.node(arcs, calls, end))
    return made[-1]


def _is_empty(nodes: list[Node], lists: list[ValueList], start: int) -> bool:
    """Whether a list would have a value without a character: such lists are not made of templates."""
    naive = _Naive(Network(nodes, start, start, lists, [], []))
    return naive.accepts("")


class _Naive:
    """Whole texts only: whether there is a path, by trying all. Any number of spaces is one, at the ends none."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def accepts(self, text: str) -> bool:
        words = " ".join(text.split())
        return len(words) in self._ends(self._network.start, words, 0, can_space=True)

    def _ends(self, node: int, text: str, at: int, *, can_space: bool) -> set[int]:
        """The places in `text` where what begins at `node` and `at` may be complete.

        `can_space`: whether a space of the network needs none in the text, since there is one, or a bound of the text.
        """
        here = self._network.nodes[node]
        found = {at} if here.ends else set()
        for character, targets in here.arcs.items():
            for target in targets:
                if character == SPACE and can_space:
                    found |= self._ends(target, text, at, can_space=True)
                if at < len(text) and text[at] == character:
                    bound = character == SPACE or at + 1 == len(text)
                    found |= self._ends(target, text, at + 1, can_space=bound)
        for values, _, target in here.calls:
            called = self._network.lists[values]
            if called.kind == "free":
                ends = {end for end in range(at + 1, len(text) + 1) if text[at:end].strip() and _is_bound(text, end)}
            else:
                ends = {end for end in self._ends(called.start, text, at, can_space=can_space) if end > at}
            for end in ends:
                bound = end == len(text) or text[end - 1] == SPACE
                found |= self._ends(target, text, end, can_space=bound)
        return found


def _is_bound(text: str, at: int) -> bool:
    return text[at - 1] != SPACE and (at == len(text) or text[at] == SPACE)


@given(network=networks(), texts=st.lists(st.text(_LETTERS, max_size=7), min_size=1, max_size=12))
@settings(max_examples=250)
def test_the_automaton_accepts_what_the_naive_one_accepts(network: Network, texts: list[str]) -> None:
    automaton, naive = Automaton(network), _Naive(network)
    for text in texts:
        assert automaton.complete(automaton.walk(text)) == naive.accepts(text), text


@given(network=networks(), text=st.text(_LETTERS, max_size=7))
@settings(max_examples=250)
def test_what_is_accepted_is_matched(network: Network, text: str) -> None:
    grammar = Grammar(network, ENGLISH.surface)
    assert grammar.automaton.complete(grammar.automaton.walk(text)) == (grammar.match(text) is not None)


def small() -> Network:
    """ "a [b]" and "b" with any words behind it."""
    builder = Builder()
    end = builder.end(0)
    first = builder.text("a", builder.union((end, builder.text(" b", end))))
    second = builder.text("b ", builder.call(0, "said", end))
    start = builder.union((first, second))
    return Network(builder.nodes, start, start, [ValueList("free", "free", 0)], [], [Sentences("I", 0)])


def test_a_space_behind_a_sentence_ends_it() -> None:
    automaton = Automaton(small())
    assert automaton.complete(automaton.walk("a "))
    assert automaton.complete(automaton.walk(" a  b "))
    assert not automaton.complete(automaton.walk("a  "[:0]))
    assert automaton.walk("a bb") == automaton.walk("ab") == Automaton.NOWHERE


def test_free_text_is_complete_but_not_closed() -> None:
    automaton = Automaton(small())
    state = automaton.walk("b anything at all")
    assert automaton.complete(state)
    assert automaton.free(state)
    assert not automaton.closed(state)
    assert not automaton.complete(automaton.walk("b "))


def test_too_many_states_are_forgotten_between_two_walks() -> None:
    automaton = Automaton(small(), max_states=5)
    chance = random.Random(1)
    before, generation = automaton.start, automaton.generation
    for _ in range(50):
        automaton.walk("b " + "".join(chance.choice("abc ") for _ in range(30)))
        assert len(automaton) < 40
    assert automaton.generation > generation
    assert automaton.step(before, "a") == Automaton.NOWHERE
    assert not automaton.complete(before)
    assert automaton.complete(automaton.walk("a b"))

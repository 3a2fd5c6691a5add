import functools
import random
import re
from itertools import pairwise
from typing import NamedTuple

from hassil import Intents
from hypothesis import given
from hypothesis import strategies as st

from edge.grammar.network import Builder, Call, Network, ValueList
from edge.grammar.templates import Source, compile_network
from edge.grammar.words import words_of
from edge.nlu.spoken_grammar import open_grammar
from tests.fakes.home import A_HOME, home_settings
from tests.fakes.language import ENGLISH
from tests.grammar.walks import Walks

_LISTS = {
    "room": {"values": ["attic", "living room"]},
    "item": {"wildcard": True},
    "minutes": {"range": {"from": 1, "to": 59}},
}


def network(*sentences: str) -> Network:
    intents = {"language": "en", "intents": {"Test": {"data": [{"sentences": list(sentences)}]}}, "lists": _LISTS}
    return compile_network([Source(Intents.from_dict(intents))], ENGLISH.surface)


def test_words_of_every_choice_are_found_once() -> None:
    assert words_of(network("[please] (open|close) the door", "open it")).words == (
        "close",
        "door",
        "it",
        "open",
        "please",
        "the",
    )


def test_words_of_lists_are_among_them() -> None:
    assert words_of(network("light the {room} now")).words == ("attic", "light", "living", "now", "room", "the")


def test_free_text_is_told() -> None:
    assert words_of(network("buy {item} today")) == (("buy", "today"), (), True)
    assert not words_of(network("buy milk today")).free


def test_pairs_are_what_may_stand_side_by_side() -> None:
    assert words_of(network("[please] light the {room} (now|later)")).pairs == (
        ("attic", "later"),
        ("attic", "now"),
        ("light", "the"),
        ("living", "room"),
        ("please", "light"),
        ("room", "later"),
        ("room", "now"),
        ("the", "attic"),
        ("the", "living"),
    )


def test_a_word_may_run_over_the_bounds_of_a_list() -> None:
    found = words_of(network("dim the {room}['s] lights", "un{room}"))
    assert {"attic's", "attics", "room's", "rooms", "unattic", "unliving", "attic", "living", "room"} <= set(
        found.words
    )
    assert not {"s", "'s", "un", "living's", "unroom"} & set(found.words)
    assert ("room's", "lights") in found.pairs


def test_numbers_are_spelled() -> None:
    found = words_of(network("{minutes} minutes"))
    assert {("twenty", "nine"), ("nine", "minutes"), ("eleven", "minutes")} < set(found.pairs)
    assert not any(character.isdigit() for word in found.words for character in word)


def test_lists_in_lists_are_read() -> None:
    builder = Builder()
    inner = builder.text("one two", builder.end(0))
    outer = builder.text("x ", builder.call(0, "", builder.text(" y", builder.end(0))))
    start = builder.node({}, (Call(1, "", builder.text("s", builder.end(0))),))
    lists = [ValueList("inner", "values", inner), ValueList("outer", "values", outer)]
    assert words_of(Network(builder.nodes, start, start, lists, [], [])) == (
        ("one", "two", "x", "y", "ys"),
        (("one", "two"), ("two", "y"), ("x", "one")),
        False,
    )


def test_no_more_words_than_asked_for() -> None:
    builder = Builder()
    end = builder.end(0)
    texts = [f"{a}{b}{c}" for a in "abcdefghij" for b in "abcdefghij" for c in "abcdefghij"]
    start = builder.tree((text, end) for text in texts)
    found = words_of(Network(builder.nodes, start, start, [], [], []), max_words=100)
    assert len(found.words) == 100


def test_no_more_pairs_than_asked_for() -> None:
    found = words_of(network("set {minutes} minutes in the {room}"), max_pairs=10)
    assert len(found.pairs) == 10


_WORD = st.text("abcxyz", min_size=1, max_size=6)


@given(st.lists(st.lists(_WORD, min_size=1, max_size=4), min_size=1, max_size=6))
def test_every_word_of_every_sentence_is_found_and_no_other(sentences: list[list[str]]) -> None:
    found = words_of(network(*(" ".join(words) for words in sentences)))
    assert set(found.words) == {word for words in sentences for word in words}
    assert set(found.pairs) == {pair for words in sentences for pair in pairwise(words)}
    assert not found.free


@given(st.integers(0, 2**32 - 1))
def test_every_sentence_of_a_home_is_made_of_its_words(seed: int) -> None:
    chance = random.Random(seed)
    walks, found = at_home()
    said = walks.walk(chance.randrange).split()
    assert {word for word in said if is_spelled(word)} <= found.words
    assert {pair for pair in pairwise(said) if all(map(is_spelled, pair))} <= found.pairs


class Found(NamedTuple):
    words: set[str]
    pairs: set[tuple[str, str]]


@functools.cache
def at_home() -> tuple[Walks, Found]:
    network = open_grammar(home_settings(*A_HOME)).network
    found = words_of(network)
    free = {values.name: (FREE,) for values in network.lists if values.kind == "free"}
    return Walks(network, free), Found(set(found.words), set(found.pairs))


FREE = "***"
GLUED = re.compile("(?:hundred|thousand)k(?:elvin)?$")


def is_spelled(word: str) -> bool:
    """Not free, not in digits, and not "thousandk": a word that runs over the end of a longer value has no pair."""
    return word != FREE and not GLUED.search(word) and not any(character.isdigit() for character in word)

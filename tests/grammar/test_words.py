from hassil import Intents
from hypothesis import given
from hypothesis import strategies as st

from edge.grammar import Grammar
from edge.grammar.network import Builder, Call, Network, ValueList
from edge.grammar.templates import Source, compile_network
from edge.grammar.words import UNKNOWN, words_of

_LISTS = {
    "room": {"values": ["attic", "living room"]},
    "item": {"wildcard": True},
    "minutes": {"range": {"from": 1, "to": 59}},
}


def network(*sentences: str) -> Network:
    intents = {"language": "en", "intents": {"Test": {"data": [{"sentences": list(sentences)}]}}, "lists": _LISTS}
    return compile_network([Source(Intents.from_dict(intents))])


def test_words_of_every_choice_are_found_once() -> None:
    assert words_of(network("[please] (open|close) the door", "open it")) == (
        "close",
        "door",
        "it",
        "open",
        "please",
        "the",
    )


def test_words_of_lists_are_among_them() -> None:
    assert words_of(network("light the {room} now")) == ("attic", "light", "living", "now", "room", "the")


def test_free_text_is_the_unknown_word() -> None:
    assert words_of(network("buy {item} today")) == (UNKNOWN, "buy", "today")


def test_a_word_may_run_over_the_bounds_of_a_list() -> None:
    found = words_of(network("dim the {room}['s] lights", "un{room}"))
    assert {"attic's", "attics", "room's", "unattic", "unliving", "attic", "living", "room"} <= set(found)
    assert "living's" not in found
    assert "unroom" not in found


def test_numbers_are_spelled() -> None:
    found = words_of(network("{minutes} minutes"))
    assert {"twenty", "nine", "eleven", "fifty"} < set(found)
    assert not any(character.isdigit() for word in found for character in word)


def test_lists_in_lists_are_read() -> None:
    builder = Builder()
    inner = builder.text("one two", builder.end(0))
    outer = builder.text("x ", builder.call(0, "", builder.text(" y", builder.end(0))))
    start = builder.node({}, (Call(1, "", builder.text("s", builder.end(0))),))
    lists = [ValueList("inner", "values", inner), ValueList("outer", "values", outer)]
    assert words_of(Network(builder.nodes, start, start, lists, [], [])) == ("one", "two", "x", "y", "ys")


def test_no_more_words_than_asked_for() -> None:
    builder = Builder()
    end = builder.end(0)
    texts = [f"{a}{b}{c}" for a in "abcdefghij" for b in "abcdefghij" for c in "abcdefghij"]
    start = builder.tree((text, end) for text in texts)
    assert len(words_of(Network(builder.nodes, start, start, [], [], []), most=100)) == 100


_WORD = st.text("abcxyz", min_size=1, max_size=6)


@given(st.lists(st.lists(_WORD, min_size=1, max_size=4), min_size=1, max_size=6))
def test_every_word_of_every_sentence_is_found_and_no_other(sentences: list[list[str]]) -> None:
    grammar = Grammar(network(*(" ".join(words) for words in sentences)))
    assert words_of(grammar.network) == tuple(sorted({word for words in sentences for word in words}))

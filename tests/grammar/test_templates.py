"""Templates mean what they mean to hassil: random ones, and each part of the format by itself."""

import itertools
import random
import re
from typing import Any

import pytest
from hassil import Intents, TextSlotList, recognize_all
from hassil.parse_expression import parse_sentence
from hassil.sample import sample_sentence
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from edge.events import Intent
from edge.grammar import Grammar
from edge.grammar.templates import Source, compile_network
from edge.nlu.en.normalise import normalise
from edge.nlu.en.numbers import number_value
from edge.nlu.en.surface import canonical
from tests.fakes.language import ENGLISH
from tests.grammar.walks import Walks

_WORDS = ("turn", "on", "off", "the", "red", "lamp", "lamps", "2", "2 lights", "all of it", "what's")
_LISTS: dict[str, dict[str, Any]] = {
    "name": {
        "values": [
            {"in": "red lamp", "out": "Red", "context": {"domain": "light"}},
            {"in": "lamp", "out": "Lamp", "context": {"domain": "light"}},
            {"in": "[big] fan", "out": "Fan", "context": {"domain": "fan"}},
            {"in": "red", "out": "Radio", "context": {"domain": "radio"}},
        ]
    },
    "area": {"values": ["hall", "red hall", "the attic"]},
    "level": {"range": {"from": 0, "to": 30, "step": 5}},
    "item": {"wildcard": True},
}
_RULES = {"the": "[the|my]", "in": "(in|of) <the> {area}"}


def _templates() -> st.SearchStrategy[str]:
    words = st.sampled_from([*_WORDS, "{name}", "{area}", "{level}", "<the>", "<in>"])

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        several = st.lists(inner, min_size=1, max_size=3)
        return st.one_of(
            several.map(" ".join),
            several.map(lambda parts: f"[{'|'.join(parts)}]"),
            several.map(lambda parts: f"({'|'.join(parts)})"),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({';'.join(parts)})"),
            st.tuples(st.sampled_from(["lamp", "light", "wak"]), st.sampled_from(["[s]", "(e|ing)"])).map("".join),
        )

    return st.recursive(words, larger, max_leaves=8)


def _sentences() -> st.SearchStrategy[str]:
    """Free text stands behind a word, and at most one of it."""
    plain = _templates()
    return st.one_of(
        plain,
        st.tuples(st.sampled_from(["add", "say the"]), plain).map(lambda parts: f"{parts[0]} {{item}} to {parts[1]}"),
        plain.map(lambda part: f"say {part} {{item}}"),
    )


def of(sentences: list[list[str]], **blocks: Any) -> Any:
    """hassil `Intents`: one intent for each list of templates."""
    return Intents.from_dict(
        {
            "language": "en",
            "intents": {
                f"I{number}": {"data": [{"sentences": texts, **blocks}]} for number, texts in enumerate(sentences)
            },
            "lists": {name: _digits(values) for name, values in _LISTS.items()},
            "expansion_rules": _RULES,
        }
    )


def _digits(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "range": {**values["range"], "words": False}} if "range" in values else values


def grammar_of(intents: Any, **context: str) -> Grammar:
    return Grammar(compile_network([Source(intents)], ENGLISH.surface, context), ENGLISH.surface, context)


def readings_of(text: str, intents: Any, **context: str) -> list[Intent]:
    """All that hassil finds in a typed text."""
    return [
        Intent(result.intent.name, {entity.name: _plain(entity.value) for entity in result.entities_list})
        for result in recognize_all(text, intents, intent_context=context, language="en")
    ]


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def side_by_side(text: str) -> bool:
    """Whether two numbers are: "twenty five" may be 20 and 5."""
    are_numbers = [number_value(word) is not None for word in text.split()]
    return any(left and right for left, right in itertools.pairwise(are_numbers))


@given(sentences=st.lists(st.lists(_sentences(), min_size=1, max_size=2), min_size=1, max_size=3), seed=st.integers(0))
@settings(max_examples=300)
def test_what_a_random_grammar_spells_is_what_hassil_reads(sentences: list[list[str]], seed: int) -> None:
    intents = of(sentences)
    grammar = grammar_of(intents)
    assume(grammar.network.bare)
    chance = random.Random(seed)
    walks = Walks(grammar.network, {"item": ("soy milk", "a cake", "red paint")}, longest=60)
    for _ in range(4):
        text = walks.walk(chance.randrange)
        spoken = grammar.match(text)
        assert grammar.automaton.complete(grammar.automaton.walk(text)) == (spoken is not None)
        if spoken is not None and "item" in spoken.slots:  # free text is as it was said
            spoken = Intent(spoken.name, {**spoken.slots, "item": normalise(str(spoken.slots["item"]))})
        if text and not side_by_side(text):
            assert spoken in readings_of(normalise(text), intents)


@given(sentences=st.lists(st.lists(_sentences(), min_size=1, max_size=2), min_size=1, max_size=3))
@settings(max_examples=200)
def test_what_hassil_samples_can_be_said(sentences: list[list[str]]) -> None:
    intents = of(sentences)
    grammar = grammar_of(intents)
    for name, intent in intents.intents.items():
        for sentence in intent.data[0].sentences:
            texts = sample_sentence(sentence, intents.slot_lists, intents.expansion_rules, language="en")
            for sampled in itertools.islice(texts, 40):
                text = sampled.replace("{item}", "soy milk")
                found = grammar.match(text)
                readings = readings_of(text, intents)
                if name in {reading.name for reading in readings}:
                    assert found in readings
                    assert grammar.automaton.complete(grammar.automaton.walk(canonical(text)))


@given(sentences=st.lists(_sentences(), min_size=1, max_size=2), words=st.lists(st.sampled_from(_WORDS), max_size=5))
@settings(max_examples=200)
def test_other_words_are_refused_as_hassil_refuses_them(sentences: list[str], words: list[str]) -> None:
    intents = of([sentences])
    text = normalise(" ".join(words))
    if text and not re.search(r"\blamp s\b", text):
        assert (grammar_of(intents).match(text) is not None) == bool(readings_of(text, intents))


def _both(text: str, intents: Any, **context: str) -> Intent | None:
    """What the grammar finds, which is what hassil finds."""
    found = grammar_of(intents, **context).match(text)
    readings = readings_of(normalise(text), intents, **context)
    assert found in readings or (found is None and not readings)
    return found


def test_a_block_may_need_a_fact_that_a_name_brings() -> None:
    intents = of([["dim [the] {name}"]], requires_context={"domain": ["light"]})
    assert _both("dim the red lamp", intents) == Intent("I0", {"name": "Red"})
    assert _both("dim the fan", intents) is None
    assert _both("dim the red", intents) is None


def test_a_block_may_refuse_a_fact_that_a_name_brings() -> None:
    intents = of([["dim [the] {name}"]], excludes_context={"domain": ["light", "radio"]})
    assert _both("dim the big fan", intents) == Intent("I0", {"name": "Fan"})
    assert _both("dim the lamp", intents) is None


@pytest.mark.parametrize(
    ("requires", "context", "slots"),
    [
        ({"area": {"slot": True}}, {"area": "hall"}, {"area": "hall"}),
        ({"area": {"slot": "room"}}, {"area": "hall"}, {"room": "hall"}),
        ({"area": {"value": ["hall", "attic"], "slot": True}}, {"area": "hall"}, {"area": "hall"}),
        ({"area": "hall"}, {"area": "hall"}, {}),
        ({"area": None}, {"area": "hall"}, {}),
        ({"area": "attic"}, {"area": "hall"}, None),
        ({"area": {"slot": True}}, {}, None),
    ],
)
def test_a_fact_may_be_needed_and_become_a_slot(
    requires: dict[str, Any], context: dict[str, str], slots: dict[str, Any] | None
) -> None:
    found = _both("turn on", of([["turn on"]], requires_context=requires), **context)
    assert found == (None if slots is None else Intent("I0", slots))


def test_a_fact_may_forbid_a_block() -> None:
    intents = of([["turn on"]], excludes_context={"mode": ["night"]})
    assert _both("turn on", intents, mode="day") == Intent("I0", {})
    assert _both("turn on", intents, mode="night") is None


def test_slots_that_go_without_saying_do_not_replace_those_that_are_said() -> None:
    intents = of([["dim {name}", "dim everything"]], slots={"name": "all", "by": 2.0})
    assert _both("dim lamp", intents) == Intent("I0", {"name": "Lamp", "by": 2})
    assert _both("dim everything", intents) == Intent("I0", {"name": "all", "by": 2})


def test_a_block_may_have_lists_and_rules_of_its_own() -> None:
    intents = of(
        [["paint <the> {area} {color}"]],
        lists={"color": {"values": [{"in": "blue", "out": 7}, {"in": "[dark] green"}]}, "area": {"values": ["shed"]}},
        expansion_rules={"the": "(our|your)"},
    )
    assert _both("paint our shed blue", intents) == Intent("I0", {"area": "shed", "color": 7})
    assert _both("paint your shed dark green", intents) == Intent("I0", {"area": "shed", "color": "dark green"})
    assert _both("paint the hall blue", intents) is None


def test_ranges_have_steps_factors_and_fractions() -> None:
    intents = Intents.from_dict(
        {
            "language": "en",
            "intents": {
                "I0": {"data": [{"sentences": ["by {small}", "to {warm} degrees", "at {large}", "in {3..9:n}"]}]}
            },
            "lists": {
                "small": {"range": {"from": 2, "to": 20, "step": 3, "multiplier": -2, "words": False}},
                "warm": {"range": {"from": 5, "to": 30, "fractions": "tenths", "words": False}},
                "large": {"range": {"from": 0, "to": 100_000, "words": False}},
            },
        }
    )
    for text, slots in (
        ("by eight", {"small": -16}),
        ("to 20.5 degrees", {"warm": 20.5}),
        ("to 20 degrees", {"warm": 20}),
        ("at 99999", {"large": 99999}),
        ("at twelve thousand three hundred and forty five", {"large": 12345}),
        ("in 4", {"n": 4}),
    ):
        assert _both(text, intents) == Intent("I0", slots)
    for text in ("by nine", "to 31 degrees", "to 4.9 degrees", "at 100001", "in 2", "in 10", "at"):
        assert _both(text, intents) is None
    assert grammar_of(intents).match("by -2") is None  # typed, the sign is lost
    assert len(compile_network([Source(intents)], ENGLISH.surface).nodes) < 15_000


def test_a_capture_is_no_slot() -> None:
    assert _both("dim lamp in the hall", of([["dim {name:@what} in the {area:room}"]])) == Intent(
        "I0", {"room": "hall"}
    )


def test_words_may_be_skipped() -> None:
    intents = of([["turn [the] {name} on"]])
    intents.skip_words = ["please", "would you"]
    for text in ("turn the lamp on", "please turn lamp on", "turn please the lamp on please", "would you turn lamp on"):
        assert _both(text, intents) == Intent("I0", {"name": "Lamp"})
    grammar = grammar_of(intents)
    assert grammar.automaton.complete(grammar.automaton.walk("please turn the would you lamp on please would you"))
    assert grammar.match("turn the plea lamp on") is None


def test_a_list_without_values_makes_its_sentences_impossible() -> None:
    intents = of([["dim {name}", "dim {nothing}", "dim [{nothing}] all"]])
    intents.slot_lists["nothing"] = TextSlotList(name="nothing", values=[])
    grammar = grammar_of(intents)
    assert grammar.match("dim all") == Intent("I0", {})
    assert grammar.match("dim lamp") == Intent("I0", {"name": "Lamp"})
    only = of([["dim {nothing}"]])
    only.slot_lists["nothing"] = TextSlotList(name="nothing", values=[])
    assert grammar_of(only).progress("dim") == "no-command"


def test_a_template_may_be_broken_into_lines() -> None:
    assert _both("turn on the lamp", of([["turn\n   on  [the]\n{name}"]])) == Intent("I0", {"name": "Lamp"})


def test_what_begins_with_free_text_is_left_out() -> None:
    grammar = grammar_of(of([["{item} please", "[now] {item}", "add {item}"]]))
    assert grammar.match("soy milk please") is None
    assert grammar.match("now soy milk") == Intent("I0", {"item": "soy milk"})
    assert grammar.match("add soy milk") == Intent("I0", {"item": "soy milk"})


def test_mistakes_in_templates_are_errors() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        grammar_of(of([["dim {nowhere}"]]))
    with pytest.raises(KeyError):
        grammar_of(of([["dim <nowhere>"]]))
    circle = of([["dim <the>"]])
    circle.expansion_rules["the"] = parse_sentence("very <the>")
    with pytest.raises(ValueError, match="contains itself"):
        grammar_of(circle)


def test_earlier_sources_are_preferred() -> None:
    first, second = of([["dim {name}"]]), of([["dim red lamp"]])
    surface = ENGLISH.surface
    grammar = Grammar(compile_network([Source(second), Source(first)], surface), surface)
    assert grammar.match("dim red lamp") == Intent("I0", {})
    grammar = Grammar(compile_network([Source(first), Source(second)], surface), surface)
    assert grammar.match("dim red lamp") == Intent("I0", {"name": "Red"})


def test_the_longest_name_is_preferred_then_the_least_free_text() -> None:
    assert _both("dim red lamp", of([["dim {name} lamp"], ["dim {name}"]])) == Intent("I1", {"name": "Red"})
    assert _both("add red lamp", of([["add {item}"], ["add {name}"]])) == Intent("I1", {"name": "Red"})
    assert _both("say a to b to lamp", of([["say {item} to {name}"]])) == Intent(
        "I0", {"item": "a to b", "name": "Lamp"}
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("what's on", ["what's on", "whats on", "What\u2019s on?"]),
        ("switch the A/C on", ["switch the A/C on", "switch the a c on"]),
        ("caf\u00e9 au lait", ["cafe au lait", "Caf\u00e9 au lait."]),
        ("anna's lamp 2", ["Anna's lamp two", "annas lamp 2"]),
    ],
)
def test_recognisers_may_spell_as_they_like(text: str, said: list[str]) -> None:
    grammar = grammar_of(of([[text]]))
    assert [grammar.match(spelling) for spelling in said] == [Intent("I0", {})] * len(said)


def test_a_value_is_a_whole_word() -> None:
    grammar = grammar_of(of([["dim {name}[s] now", "dim {name}"]]))
    assert grammar.match("dim lamps now") == Intent("I0", {"name": "Lamp"})
    for text in ("dimlamp", "dim lampnow", "dim lampx", "dim la mp", "dim  lamp s now"):
        assert grammar.match(text) is None
    assert grammar.match("  dim   lamp  ") == Intent("I0", {"name": "Lamp"})

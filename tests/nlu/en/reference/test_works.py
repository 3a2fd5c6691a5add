"""What is said of the entries of an encyclopedia and of the senses of a dictionary."""

from collections.abc import Sequence

import pytest

from edge.nlu.en.reference.meanings import meaning
from edge.nlu.reference import Entry, Sense
from tests.fakes.language import ENGLISH

ENTRIES = {
    "ada lovelace": [
        Entry("Ada Lovelace", "English mathematician (1815\u20131852)", "Ada Lovelace was a mathematician.")
    ],
    "plato": [
        Entry("Plato", "Greek philosopher (c. 428\u2013348 BC)", "Plato was a philosopher (of Athens). He wrote.")
    ],
    "jane doe": [
        Entry("Jane Doe", "Politician (born 1960)", "Jane Doe is a politician who is president of Ruritania.")
    ],
    "montevideo": [
        Entry("Montevideo", "Capital of Uruguay", "Montevideo is the capital of Uruguay. It has 1 million.")
    ],
    "ruritania": [Entry("Ruritania", "Country in Europe", "Ruritania is the most populous country as of 2020.")],
    "dynamite": [Entry("Guncotton", "Explosive", "Guncotton burns. It was discovered by Christian Schönbein in 1845.")],
    "middlemarch in short": [Entry("Middlemarch in Short", "1871 novel by George Eliot", "A novel.")],
    "mercury": [Entry("Mercury (planet)", "Planet", "A planet."), Entry("Mercury (element)", "Metal", "A metal.")],
    "war": [Entry("War", "Armed conflict (1914\u20131918)", "War is an armed conflict.")],
}
SENSES = {
    "sextant": [Sense("noun", 0, "an instrument for measuring angles", (), ())],
    "procrastinate": [Sense("verb", 0, "postpone doing what one should be doing", ("stall",), ())],
    "arid": [Sense("adjective", 2, "lacking sufficient water or rainfall", ("waterless", "dry"), ())],
    "catalyst": [Sense("noun", 1, "(chemistry) a substance that initiates a reaction", (), ())],
    "bank": [
        Sense("noun", 25, "sloping land (beside water)", (), ()),
        Sense("noun", 20, "a financial institution", ("bankers",), ()),
    ],
    "victory": [Sense("noun", 4, "a successful ending", ("triumph",), ("defeat",))],
    "settle": [Sense("verb", 9, "settle into a position", (), ()), Sense("verb", 1, "become resolved", (), ())],
    "phone": [Sense("noun", 3, "a device that is now common", (), ())],
}


class Works:
    """See `ReferenceWorks`."""

    def entries(self, name: str) -> Sequence[Entry]:
        return ENTRIES.get(name, ())

    def senses(self, word: str) -> Sequence[Sense]:
        return SENSES.get(word, ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("who was Ada Lovelace", "Ada Lovelace was a mathematician."),
        ("tell me about Ada Lovelace", "Ada Lovelace was a mathematician."),
        ("when was Ada Lovelace born", "Ada Lovelace was born in 1815."),
        ("what year did Ada Lovelace die", "Ada Lovelace died in 1852."),
        ("what was Ada Lovelace known for", "Ada Lovelace was a mathematician."),
        ("when did Ada Lovelace live", "Ada Lovelace lived from 1815 to 1852."),
        ("who was Plato", "Plato was a philosopher."),
        ("when was Plato born", "Plato was born in about 428 BC."),
        ("when did Plato die", "Plato died in 348 BC."),
        ("when was Jane Doe born", "Jane Doe was born in 1960."),
        ("where is Montevideo", "Montevideo is the capital of Uruguay."),
        ("who discovered dynamite", "Guncotton was discovered by Christian Schönbein in 1845."),
        ("who wrote Middlemarch in Short", "Middlemarch in Short is an 1871 novel by George Eliot."),
        ("what is war", "War is an armed conflict."),
        ("what does a sextant do", "A sextant is an instrument for measuring angles."),
        ("what is a sextant", "A sextant is an instrument for measuring angles."),
        ("what does procrastinate mean", "To procrastinate means to postpone doing what one should be doing."),
        ("what does it mean to procrastinate", "To procrastinate means to postpone doing what one should be doing."),
        ("define arid", "Arid means lacking sufficient water or rainfall."),
        ("what is a catalyst", "In chemistry, a catalyst is a substance that initiates a reaction."),
        ("what does bank mean", "Bank is sloping land. It can also mean a financial institution."),
        ("what's another word for victory", "Another word for victory is triumph."),
        ("give me a synonym for arid", "Other words for arid are waterless and dry."),
        ("what's the opposite of victory", "The opposite of victory is defeat."),
        ("what does settle mean", "To settle means to become resolved."),
    ],
)
def test_a_work_answers(text: str, said: str) -> None:
    assert ENGLISH.looked_up(text, Works()) == said


@pytest.mark.parametrize(
    "text",
    [
        "who is Jane Doe",  # holds an office
        "what is Ruritania",  # most populous, as of
        "what is a phone",  # "now"
        "what is Mercury",  # two of them
        "where is Ada Lovelace",
        "when was war born",
        "who painted Middlemarch in Short",
        "what's the opposite of bank",
        "what is a war machine",
        "what's the sextant worth",
    ],
)
def test_what_changes_or_is_ambiguous_is_not_said(text: str) -> None:
    assert ENGLISH.looked_up(text, Works()) is None


def test_a_table_answers_before_a_work() -> None:
    assert ENGLISH.looked_up("what's the capital of Uruguay", Works()) == "The capital of Uruguay is Montevideo."


def test_a_bracket_that_limits_what_is_meant_is_spoken() -> None:
    sense = Sense("noun", 3, "a strap around a horse (usually of leather); a belt", (), ())
    assert meaning("a girth", "girth", [sense]) == "A girth is a strap around a horse, usually of leather."

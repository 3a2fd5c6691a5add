"""Questions that go on from a fact that was looked up."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.nlu.reference import Entry, Sense
from tests.fakes.language import ENGLISH

LIVED = {
    "william shakespeare": Entry("William Shakespeare", "English playwright (1564\u20131616)", ""),
    "beethoven": Entry("Ludwig van Beethoven", "German composer (1770\u20131827)", ""),
}


class Works:
    """See `ReferenceWorks`."""

    def entries(self, name: str) -> Sequence[Entry]:
        return [LIVED[name]] if name in LIVED else []

    def senses(self, word: str) -> Sequence[Sense]:  # noqa: ARG002 - a protocol
        return []


def told(*texts: str) -> str | None:
    """What is told last, when each text goes on from the one before it."""
    question, reply = texts[0], ENGLISH.looked_up(texts[0], Works())
    assert reply is not None
    for text in texts[1:]:
        meant = {it: ENGLISH.looked_up(it, Works()) for it in ENGLISH.facts_meant(text, question, reply)}
        question, reply = next(((it, fact) for it, fact in meant.items() if fact is not None), (question, ""))
    return reply or None


@pytest.mark.parametrize(
    ("before", "text", "answer"),
    [
        ("what's the capital of Portugal", "and of Spain?", "The capital of Spain is Madrid."),
        ("what's the capital of Portugal", "what about Italy", "The capital of Italy is Rome."),
        ("um, tell me the capital city of the UK please", "and France", "The capital of France is Paris."),
        ("what's the capital of Portugal", "and its currency", "The currency of Portugal is the euro."),
        ("what's the capital of Portugal", "what language do they speak there", "The main language of Portugal is"),
        ("how long is the Nile", "and the Amazon", "The Amazon is about 6,400 kilometres"),
        ("how many legs does an ant have", "and a spider", "A spider has eight legs."),
        ("what is the largest ocean", "and the smallest", "The Arctic Ocean is the smallest ocean."),
        ("what is a baby horse called", "and a cow", "A baby cow is called a calf."),
        ("who wrote Hamlet", "when did he die", "William Shakespeare died in 1616."),
        ("who was the first man on the moon", "when was he born", "Neil Armstrong was born in 1930."),
        ("where is the Eiffel Tower", "how tall is it", "The Eiffel Tower is about 330 metres"),
        ("which country is Lima the capital of", "what is its currency", "The currency of Peru is the Peruvian sol."),
        ("when did Beethoven die", "and when was he born", "Ludwig van Beethoven was born in 1770."),
        ("who invented the telephone", "when was that", "The first patent for the telephone was"),
        ("how long is the Nile", "where is Paris", None),
        ("how long is the Nile", "and my commute", None),
        ("how long is the Nile", "turn it off", None),
        ("how long is the Nile", "what about the kitchen", None),
        ("who painted Guernica", "is he home", None),
    ],
)
def test_a_question_goes_on_from_the_fact_before_it(before: str, text: str, answer: str | None) -> None:
    found = told(before, text)
    assert found is None if answer is None else (found or "").startswith(answer)


def test_a_question_goes_on_from_one_that_went_on() -> None:
    said = ("who wrote Hamlet", "when did he die", "and when was he born")
    assert told(*said) == "William Shakespeare was born in 1564."
    assert told("what's the capital of Portugal", "and of Spain", "and Italy") == "The capital of Italy is Rome."


@given(st.text(max_size=250))
def test_any_text_may_follow(text: str) -> None:
    question = "what is the capital of Portugal"
    reply = ENGLISH.looked_up(question) or ""
    for said in (text, f"and {text}", f"how tall is it {text}"):
        assert len(list(ENGLISH.facts_meant(said, question, reply))) <= 8

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.llm.whole_sentences import WholeSentences


def run(*pieces: str, most: int | None = None, cut: bool = False) -> list[str]:
    sentences = WholeSentences(most)
    out = [sentences.feed(piece) for piece in pieces]
    return [text for text in [*out, sentences.finish(cut=cut)] if text]


def test_a_sentence_comes_when_the_next_one_begins_or_nothing_follows() -> None:
    assert run("It is 3", ".5 degrees", ". Cold", "!") == ["It is 3.5 degrees. ", "Cold!"]


@pytest.mark.parametrize(
    ("answer", "first"),
    [
        ("In autumn, the days get shorter.", "In autumn, "),
        ("The sky is blue because air scatters blue light.", "The sky is blue because air scatters blue light."),
        ("A volcano is a natural phenomenon where magma rises.", "A volcano is a natural phenomenon "),
        ("Dogs wag their tails when they are happy.", "Dogs wag their tails "),
        ("The capital of France is Paris.", "The capital of France "),
        ("The desert is home to a variety of animals that cannot live elsewhere.", None),
        ("Yes, it is.", "Yes, it is."),
        ("Well, then, as you like.", "Well, then, "),
    ],
)
def test_the_voice_begins_with_the_first_phrase(answer: str, first: str | None) -> None:
    pieces = run(*re.findall(r"\s*\S+", answer))
    assert "".join(pieces) == answer
    if first is not None:
        assert pieces[0] == first
    assert not re.search(r"\b(a|the|of|to|that|is)\s$", pieces[0])


def test_a_later_clause_waits() -> None:
    assert run("Yes. ", "In autumn the days get shorter and colder, and ", "leaves fall", cut=True) == ["Yes. "]


def test_a_cut_answer_without_a_whole_sentence_is_better_than_nothing() -> None:
    assert run("The sky is", " blue because", cut=True) == ["The sky is blue because"]


def test_a_cut_answer_that_happens_to_end_with_its_sentence_is_whole() -> None:
    assert run("One. ", "Two.", cut=True) == ["One. ", "Two."]


def test_a_repeated_sentence_ends_the_answer() -> None:
    assert run("I am here. ", "I can sing. ", "I'm here. ", "I am here! ", "More. ") == [
        "I am here. ",
        "I can sing. ",
        "I'm here. ",
    ]


def test_a_repeated_sentence_is_found_when_its_first_clause_was_let_through() -> None:
    first = "In autumn the days get shorter and colder, and leaves fall. "
    assert "".join(run(first[:45], first[45:], first, "More.")) == first


def test_only_so_many_sentences() -> None:
    assert run("A1. B2. C3. D4.", most=2) == ["A1. B2. "]


def test_quotes_belong_to_their_sentence() -> None:
    assert run('He said "no." ', "Then left.") == ['He said "no." ', "Then left."]


def test_an_endless_sentence_is_let_through_in_parts() -> None:
    assert len(run("word " * 1000)) > 0
    assert run("x" * 5000)[0]


@given(st.lists(st.text(max_size=30), max_size=30), st.booleans())
def test_nothing_is_invented_and_nothing_whole_is_lost(pieces: list[str], cut: bool) -> None:
    out = "".join(run(*pieces, cut=cut))
    whole = "".join(pieces).lstrip()
    assert whole.startswith(out)
    if not cut and not re.search(r"[.!?\u2026\n]", whole):
        assert out == whole


@settings(max_examples=1000)
@given(st.text(alphabet="ab.,! \n", max_size=200), st.integers(1, 20))
def test_how_it_is_cut_into_pieces_does_not_matter_much(text: str, size: int) -> None:
    pieces = [text[i : i + size] for i in range(0, len(text), size)]
    assert "".join(run(*pieces)).split() == "".join(run(*text)).split()

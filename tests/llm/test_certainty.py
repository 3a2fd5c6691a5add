from collections.abc import AsyncGenerator, Sequence
from math import exp, isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.events import ReplySentence
from edge.llm import Token
from edge.llm.certainty import Certainty
from tests.fakes.language import ENGLISH

NOT_SURE = ENGLISH.chat.not_sure


def certainty(question: str, *tokens: tuple[str, float], certain_from: float = 0.5) -> Certainty:
    follows = Certainty(ENGLISH.chat, question, certain_from)
    follows.feed(Token(text, log(probability)) for text, probability in tokens)
    return follows


async def kept(follows: Certainty, *texts: str) -> Sequence[str]:
    async def pieces() -> AsyncGenerator[ReplySentence, None]:
        for text in texts:
            yield ReplySentence(text, goes_on=True)

    return [piece.text async for piece in follows.only_certain(pieces())]


def test_it_is_the_probability_of_the_least_certain_word_of_the_answer() -> None:
    follows = certainty("Who was it?", ("Jane", 0.9), (" and", 0.1), (" Emma", 0.7))
    assert follows.of("Jane and Emma") == pytest.approx(0.7)


def test_how_a_word_is_spelled_does_not_count() -> None:
    follows = certainty("Who was it?", ("Jane", 0.9), (" Aus", 0.8), ("ten", 0.5), (" it was.", 0.1))
    assert follows.of("Jane Austen it was.") == pytest.approx(0.8)


def test_words_of_the_question_and_function_words_do_not_count() -> None:
    assert certainty("How tall is the tower?", ("The tower is", 0.01)).of("The tower is") is None


def test_another_way_to_begin_the_sentence_does_not_count_against_the_answer() -> None:
    follows = Certainty(ENGLISH.chat, "Who wrote Oliver Twist?", 0.5)
    other_ways = (("The", log(0.3)), ("Oliver", log(0.2)), ("\u201c", log(0.1)))
    follows.feed([Token("Charles", log(0.3), (*other_ways, ("Thackeray", log(0.1)))), Token(" Dickens", 0.0)])
    assert follows.of("Charles Dickens") == pytest.approx(0.3 / 0.4)


@given(st.floats(0, 1), st.lists(st.tuples(st.sampled_from(("The", "", " it", "Rome")), st.floats(0, 1)), max_size=8))
def test_a_certainty_is_a_probability_and_never_below_that_of_the_word(
    probability: float, others: list[tuple[str, float]]
) -> None:
    follows = Certainty(ENGLISH.chat, "Where?", 0.5)
    told = tuple((text, log(max(other, 1e-30))) for text, other in others)
    follows.feed([Token("Oslo", log(max(probability, 1e-30)), told)])
    certainty = follows.of("Oslo")
    assert certainty is not None
    assert probability - 1e-9 <= certainty <= 1 + 1e-9


def test_each_piece_is_weighed_by_its_own_tokens() -> None:
    follows = certainty(
        "Where is it?", ("In", 0.2), (" Rome", 0.9), (",", 0.1), (" near", 0.8), (" Ost", 0.7), ("ia.", 1)
    )
    assert follows.of("In Rome,") == pytest.approx(0.9)
    assert follows.of("near Ostia.") == pytest.approx(0.7)


def test_a_word_without_tokens_is_not_certain() -> None:
    assert certainty("Why?").of("Because of rain.") == 0.0


async def test_an_answer_ends_before_the_piece_of_which_the_model_is_not_certain() -> None:
    tokens = (("Mount Everest,", 0.9), (" in", 1), (" Peru.", 0.1))
    follows = certainty("What is the highest mountain?", *tokens)
    assert await kept(follows, "Mount Everest,", "in Peru.") == ["Mount Everest,"]
    assert follows.doubted


async def test_in_the_middle_of_a_clause_that_answers_it_says_that_the_rest_is_not_certain() -> None:
    tokens = (("It is blue because light is scattered", 0.9), (" by", 1), (" dust.", 0.1))
    follows = certainty("Why is the sky blue?", *tokens)
    begun = "It is blue because light is scattered"
    assert await kept(follows, begun, "by dust.") == [begun, ENGLISH.chat.not_sure_of_the_rest]


async def test_without_an_answer_it_says_so() -> None:
    follows = certainty("What is the capital of Peru?", ("The capital of Peru is", 0.9), (" Quito.", 0.1))
    assert await kept(follows, "The capital of Peru", "is Quito.") == ["The capital of Peru", NOT_SURE]


@pytest.mark.parametrize(
    "text", ["I don't know.", "I\u2019m not sure.", "I'm sorry, but I cannot say.", "Wait, Quito."]
)
async def test_what_takes_itself_back_is_no_answer(text: str) -> None:
    follows = certainty("What is the capital of Peru?", (text, 1.0))
    assert await kept(follows, text) == [NOT_SURE]
    assert follows.doubted


async def test_what_is_certain_is_spoken_whole() -> None:
    follows = certainty("What is the capital of Peru?", ("Lima", 0.9), (", I am certain.", 0.9))
    assert await kept(follows, "Lima,", "I am certain.") == ["Lima,", "I am certain."]
    assert not follows.doubted


@given(st.lists(st.tuples(st.text("ab \n'.-é", min_size=1, max_size=4), st.floats(-20, 0)), max_size=12), st.data())
def test_however_an_answer_is_cut_no_probability_of_another_piece_is_used(
    tokens: list[tuple[str, float]], data: st.DataObject
) -> None:
    """The least certain piece is as certain as the whole, if no word is cut."""
    text = "".join(token for token, _ in tokens)
    words = text.split()
    cut = data.draw(st.integers(0, len(words)))
    whole, cut_up = (Certainty(ENGLISH.chat, "?", 0.5) for _ in range(2))
    for follows in (whole, cut_up):
        follows.feed(Token(*token) for token in tokens)
    found = [it for it in (cut_up.of(" ".join(words[:cut])), cut_up.of(" ".join(words[cut:]))) if it is not None]
    expected = whole.of(text)
    assert (expected is None) == (not found)
    if expected is not None:
        assert isclose(min(found), expected)
        assert expected >= exp(sum(probability for _, probability in tokens)) * (1 - 1e-9)

from hypothesis import given
from hypothesis import strategies as st

from edge.nlu.intent_slots import as_written
from tests.fakes.language import ENGLISH


def test_free_text_comes_out_as_it_was_written() -> None:
    assert as_written("the office", "Alexa, play The Office.", ENGLISH) == "The Office"
    assert as_written("20 eggs", "add Twenty eggs to the list", ENGLISH) == "Twenty eggs"
    assert as_written("205 eggs", "add two hundred and five eggs", ENGLISH) == "205 eggs"
    assert as_written("milk", "", ENGLISH) == "milk"


_VOCABULARY = """
    two hundred and half an hour 'a the. Office, % 5 o'clock twenty-five ½ "x" p.m. is
"""
_WORDS = st.sampled_from(_VOCABULARY.split())


@given(st.lists(_WORDS, max_size=5), st.lists(_WORDS, max_size=9))
def test_what_comes_out_sounds_the_same(wanted: list[str], written: list[str]) -> None:
    text = ENGLISH.normalise(" ".join(wanted))
    assert ENGLISH.normalise(as_written(text, " ".join(written), ENGLISH)) == text

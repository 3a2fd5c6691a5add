import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.nlu.en.free_text import as_written, is_plausible
from edge.nlu.en.normalise import normalise


@pytest.mark.parametrize(
    ("slot", "text", "sane"),
    [
        ("name", "soft boiled egg", True),
        ("name", "how do i set a pasta", False),
        ("name", "very long name of a timer", False),
        ("state", "home", True),
        ("state", "garden shed", True),
        ("state", "the president", False),
        ("search_query", "the office", True),
        ("search_query", "a game with me", False),
        ("search_query", "it", False),
        ("item", "milk", True),
        ("message", "", False),
    ],
)
def test_free_text_must_be_able_to_be_what_is_asked_for(slot: str, text: str, sane: bool) -> None:
    assert is_plausible(slot, text, {"garden shed"}) is sane


def test_free_text_comes_out_as_it_was_written() -> None:
    assert as_written("the office", "Alexa, play The Office.") == "The Office"
    assert as_written("20 eggs", "add Twenty eggs to the list") == "Twenty eggs"
    assert as_written("205 eggs", "add two hundred and five eggs") == "205 eggs"
    assert as_written("milk", "") == "milk"


_VOCABULARY = """
    two hundred and half an hour 'a the. Office, % 5 o'clock twenty-five ½ "x" p.m. is
"""
_WORDS = st.sampled_from(_VOCABULARY.split())


@given(st.lists(_WORDS, max_size=5), st.lists(_WORDS, max_size=9))
def test_what_comes_out_sounds_the_same(wanted: list[str], written: list[str]) -> None:
    text = normalise(" ".join(wanted))
    assert normalise(as_written(text, " ".join(written))) == text

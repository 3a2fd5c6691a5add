import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from edge.nlu.en.clock import duration_label, spoken_duration
from edge.nlu.en.normalise import normalise
from tests.nlu.conftest import Recognize


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Turn on the kitchen light.", "turn on the kitchen light"),
        ("Twenty-five, please!", "25 please"),
        ("two hundred and five", "205"),
        ("one hundred percent", "100 percent"),
        ("50%", "50 percent"),
        ("Forty per cent,", "40 percent"),
        ("1,000", "1000"),
        ("three point five", "3.5"),
        ("three point one four one five", "3.1415"),
        ("zero point zero five", "0.05"),
        ("two hundred thousand", "200000"),
        ("nine hundred ninety nine thousand nine hundred and one", "999901"),
        ("one million two hundred thousand and five", "1200005"),
        ("a billion", "1000000000"),
        ("two hundred three hundred", "200 300"),
        ("two thousand three thousand", "2000 3000"),
        ("twenty one point five", "21.5"),
        ("seven thirty", "7 30"),
        ("seven oh five", "7 05"),
        ("7:30 a.m.", "7:30 am"),
        ("7pm", "7 pm"),
        ("21.5°C", "21.5 degrees"),
        ("What’s up?", "what's up"),  # noqa: RUF001 - a typographic apostrophe
        ("an hour and a quarter", "1 hour 15 minutes"),
        ("half an hour", "30 minutes"),
        ("1½ hours", "1 hour 30 minutes"),
        ("three quarters of an hour", "45 minutes"),
        ("two and a half minutes", "2 minutes 30 seconds"),
        ("an hour, 20 minutes and 10 seconds", "1 hour 20 minutes 10 seconds"),
        ("ninety minutes", "90 minutes"),
        ("a couple of minutes", "2 minutes"),
        ("a second timer", "a second timer"),
        ("a hundred and twenty", "120"),
        ("two thousand five hundred and six", "2506"),
        ("Küche", "küche"),
        ("☂ 🔥", ""),
    ],
)
def test_a_recogniser_s_spelling_becomes_the_grammar_s(written: str, spoken: str) -> None:
    assert normalise(written) == spoken


_VOCABULARY = """
    a an and half quarter quarters hour hours minute minutes second seconds three two one twenty five hundred thousand
    point oh o 1/2 3/4 1.5 7:30 10 05 of couple timer am pm p.m. a.m. percent % , . - for the alarm at noon ½
"""
_WORDS = st.sampled_from(_VOCABULARY.split())


@given(st.lists(_WORDS, max_size=12).map(" ".join))
@example("hundred hundred")
@example("1 point 5 point 5")
@example("three point a hour")
@example("three point half an hour")
@example("three oh a hour")
@example("one 1/2 hours and half an hour")
def test_number_and_duration_words_are_normalised_once_and_for_all(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(max_size=60))
def test_any_text_is_normalised_once_and_for_all(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert once == " ".join(once.split())


@given(seconds=st.integers(1, 7 * 24 * 3600))
def test_a_spoken_duration_is_understood_as_the_same_duration(seconds: int, nowhere: Recognize) -> None:
    for sentence in (f"Set a timer for {spoken_duration(seconds)}.", f"set a {duration_label(seconds)} timer"):
        intent = nowhere(sentence)
        assert intent is not None
        slots = {name: int(value) for name, value in intent.slots.items()}
        assert slots.get("hours", 0) * 3600 + slots.get("minutes", 0) * 60 + slots.get("seconds", 0) == seconds


@given(st.integers(0, 999_999))
def test_digits_stay_digits(number: int) -> None:
    assert normalise(str(number)) == str(number)

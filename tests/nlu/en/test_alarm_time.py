import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.nlu.en.alarm_time import normalise_alarm_time
from edge.nlu.en.normalise import normalise


@pytest.mark.parametrize(
    ("said", "canonical"),
    [
        ("set an alarm for seven thirty", "set an alarm at 7:30"),
        ("set an alarm for ten to seven", "set an alarm at 6:50"),
        ("set an alarm for five past one", "set an alarm at 1:05"),
        ("set an alarm for quarter to one", "set an alarm at 12:45"),
        ("wake me up at noon tomorrow", "wake me up at 12:00 pm tomorrow"),
        ("wake me at 12 midnight", "wake me at 24:00"),
        ("alarm for two at night", "alarm at 2:00 am"),
        ("alarm for ten at night", "alarm at 10:00 pm"),
        ("alarm for twelve in the afternoon", "alarm at 12:00 pm"),
        ("set an alarm for monday to friday at seven", "set an alarm at 7:00 weekdays"),
        ("wake me every weekend at nine", "wake me at 9:00 weekends"),
        ("wake me the day after tomorrow at six", "wake me at 6:00 day after tomorrow"),
        ("wake me on tuesdays at six", "wake me at 6:00 every tuesday"),
        ("alarm at fifteen hundred", "alarm at 15:00"),
        ("wake me in 20 minutes", "wake me in 20 minutes"),
        ("set two alarms", "set 2 alarms"),
        ("turn on the light at seven", "turn on the light at 7"),
    ],
)
def test_the_moment_moves_to_the_end_in_one_spelling(said: str, canonical: str) -> None:
    assert normalise_alarm_time(normalise(said)) == canonical


_VOCABULARY = """
    set an alarm wake me up at for on 7 30 7:30 730 half past quarter to noon midnight am pm morning tonight in the
    every monday tuesdays tomorrow weekdays day after o'clock 12 24 0 minutes 2400
"""
_WORDS = st.sampled_from(_VOCABULARY.split())


@given(st.lists(_WORDS, max_size=10).map(" ".join))
def test_any_words_are_taken_without_failing(words: str) -> None:
    assert isinstance(normalise_alarm_time(f"alarm {words}"), str)


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(["", " am", " pm"]), st.sampled_from(["", " tomorrow"]))
def test_a_canonical_moment_stays_what_it_is(hour: int, minute: int, meridiem: str, day: str) -> None:
    text = f"set an alarm at {hour}:{minute:02}{meridiem}{day}"
    assert normalise_alarm_time(text) == text

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.nlu.en.strip_phrases import strip_filler, strip_wake_word

WORDS = ("alexa", "hey_jarvis", "okay_nabu")


@pytest.mark.parametrize(
    ("heard", "rest"),
    [
        ("Alexa, turn on the light.", "turn on the light."),
        ("Alexa turn on the light", "turn on the light"),
        ("alexa: stop", "stop"),
        ("Alexa - stop", "stop"),
        ("Alexis, turn on the light.", "turn on the light."),
        ("A lexa turn on the light", "turn on the light"),
        ("A Lexus, turn on the light", "turn on the light"),
        ("lexa, what time is it?", "what time is it?"),
        ("Elexa what time is it", "what time is it"),
        ("Hey Alexa, stop.", "stop."),
        ("Hey Jarvis, what's up?", "what's up?"),
        ("Hey Jervis, stop", "stop"),
        ("Jarvis, stop", "stop"),
        ("Okay, Nabu, stop", "stop"),
        ("Um, what is it?", "what is it?"),
        ("Alexa, um, what is it?", "what is it?"),
        ("Alexa.", ""),
        ("Alexis.", ""),
        ("Alexa at what time do shops close?", "at what time do shops close?"),
    ],
)
def test_the_wake_word_goes_even_when_it_was_misheard(heard: str, rest: str) -> None:
    assert strip_wake_word(heard, WORDS) == rest


@pytest.mark.parametrize(
    "text",
    [
        "Alex Ferguson was a coach.",
        "Alexander the Great was who?",
        "Alaska is how big?",
        "Election results",
        "What is the capital of France?",
        "Tell me about Alexa.",
        "",
    ],
)
def test_words_that_only_begin_alike_stay(text: str) -> None:
    assert strip_wake_word(text, WORDS) == text


def test_a_speaker_without_wake_words_strips_none() -> None:
    assert strip_wake_word("Alexa, stop", ()) == "Alexa, stop"


@given(st.text(max_size=80))
def test_any_text_survives_and_nothing_is_invented(text: str) -> None:
    assert strip_wake_word(text, WORDS) in text


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("could you please turn on the light", "turn on the light"),
        ("okay can you turn on the light for me please", "turn on the light"),
        ("i would like you to stop", "stop"),
        ("please", "please"),
        ("thank you", "thank you"),
        ("what can you do", "what can you do"),
        ("okay stop", "stop"),
        ("what is the fan set to right now", "what is the fan set to"),
        ("how many days from now", "how many days from now"),
        ("move it to right now", "move it to right now"),
    ],
)
def test_politeness_is_no_part_of_a_command(said: str, rest: str) -> None:
    assert strip_filler(said) == rest

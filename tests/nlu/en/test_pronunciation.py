import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.nlu.en.pronunciation import likeness, sounds

_SOUNDS = st.text("aeiouAEIOUbdfghklmnprstvwyzCSTJNZ", max_size=12)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("akara", "Aqara"),
        ("jenkin", "Genkan"),
        ("wormhole", "Wyrmhole"),
        ("stuberal", "Stüberl"),
        ("rakes up", "Röyksopp"),
        ("z big news", "Zbigniew"),
        ("2 ya", "Tuya"),
        ("phillips", "Philips"),
        ("mirrors", "Meross"),
    ],
)
def test_what_a_recogniser_writes_for_a_name_sounds_like_it(written: str, name: str) -> None:
    assert likeness(sounds(written), sounds(name)) > 0.66


@pytest.mark.parametrize(
    ("one", "other"),
    [("kitchen", "bedroom"), ("charm", "Charlie"), ("dining", "living"), ("lamp", "light")],
)
def test_other_words_do_not(one: str, other: str) -> None:
    assert likeness(sounds(one), sounds(other)) < 0.66


def test_signs_and_accents_and_letters_of_other_scripts_have_no_sound() -> None:
    assert sounds("Trådfri!") == sounds("tradfri")
    assert sounds("안녕 🔥") == ""
    assert likeness("", "") == 0.0
    assert likeness("", "kat") == 0.0


@given(_SOUNDS, _SOUNDS)
def test_likeness_is_the_same_both_ways_and_between_nothing_and_all(one: str, other: str) -> None:
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == (1.0 if one else 0.0)


@given(st.text(max_size=40))
def test_any_text_has_some_sound_or_none(text: str) -> None:
    assert sounds(text).isascii()
    assert sounds(text).isalpha() or not sounds(text)

"""The spoken code: its digits in every way of saying them, and texts that are none."""

import itertools

import pytest

from tests.fakes.language import ENGLISH

WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]

CODES = {
    "1234": "1234",
    "1, 2, 3, 4.": "1234",
    "1-2-3-4": "1234",
    "12:34": "1234",
    "1,234": "1234",
    "One. Two. Three. Four.": "1234",
    "twelve thirty four": "1234",
    "twelve thirty-four": "1234",
    "one thousand two hundred thirty four": "1234",
    "one two double three": "1233",
    "triple seven one": "7771",
    "double oh seven five": "0075",
    "oh one two three": "0123",
    "zero zero seven nine": "0079",
    "0079": "0079",
    "won two three for": "1234",
    "the code is one two three four": "1234",
    "My PIN is 4711.": "4711",
    "yes, four seven one one": "4711",
    "okay, it's 4711 please": "4711",
    "code 12345678": "12345678",
    "four seven eleven": "4711",
}

NO_CODES = [
    "",
    "yes",
    "no",
    "one two three",
    "123",
    "123456789",
    "one two three four five six seven eight nine",
    "to for to for",
    "double",
    "one two three double",
    "double twelve three",
    "what is 1234",
    "set a timer for 1234 seconds",
    "one two three four apples",
    "unlock the front door",
    "the code",
    "code is",
    "१२३४",
    "1.5e4",
    "minus 1234",
]


@pytest.mark.parametrize(("said", "digits"), CODES.items())
def test_the_digits_of_a_code(said: str, digits: str) -> None:
    assert ENGLISH.spoken_code(said) == digits
    assert ENGLISH.tells_code(said)


@pytest.mark.parametrize("said", NO_CODES)
def test_what_is_no_code(said: str) -> None:
    assert ENGLISH.spoken_code(said) == ""


@pytest.mark.parametrize("length", [4, 6, 8])
def test_any_digits_one_by_one(length: int) -> None:
    for first in itertools.product(range(10), repeat=2):
        digits = [(*first, 9, 0, 5, 3, 8, 1)[at] for at in range(length)]
        code = "".join(map(str, digits))
        assert ENGLISH.spoken_code(" ".join(WORDS[it] for it in digits)) == code
        assert ENGLISH.spoken_code(" ".join(code)) == code
        assert ENGLISH.spoken_code(code) == code


@pytest.mark.parametrize(
    ("said", "tells"),
    [
        ("unlock the front door 4711", True),
        ("unlock the door code four seven one one", True),
        ("disarm the alarm, 1 2 3 4", True),
        ("my password is 9 9 9 9 okay", True),
        ("open the garage one two three four", True),
        ("what happened in 1969", False),
        ("set a timer for 1234 seconds", False),
        ("open the blinds to 50 percent", False),
        ("unlock the front door", False),
        ("turn on zone 24", False),
    ],
)
def test_a_code_within_a_command_is_noticed(said: str, tells: bool) -> None:
    assert ENGLISH.tells_code(said) is tells

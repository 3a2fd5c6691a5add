"""Questions about words, numerals, constants and chance. The table was written before it was tried."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.exact import ExactAnswerer
from edge.exact.words import from_roman, to_base, to_roman
from tests.exact.asking import BERLIN, NOW, StoppedClock, ask, says, table
from tests.fakes.language import ENGLISH

WORDS = table("""
how do you spell necessary -> N E C E S S A R Y
spell mississippi -> M I S S I S S I P P I
can you spell the word rhythm please -> R H Y T H M
how is onomatopoeia spelled -> O N O M A T O P O E I A
how many r's are in strawberry -> 3 R's
how many times does the letter s appear in mississippi -> 4 S's
how many e's in cheese -> 3 E's
what is the correct spelling of gauge -> G A U G E
I forgot how to spell diarrhea -> D I A R R H E A
how many letters are in banana -> 6 letters
how many letters does elephant have -> 8 letters
how many vowels are in education -> 5 vowels
how many consonants in rhythm -> 6 consonants
how many words are in the quick brown fox jumps -> 5 words
spell hello backwards -> olleh: & O L L E H
what's stressed backwards -> desserts:
reverse the word lamp -> pmal:
is racecar a palindrome -> Yes
is table a palindrome -> No
is listen an anagram of silent -> Yes
are night and thing anagrams -> Yes
what's the first letter of umbrella -> U
what is the last letter of piano -> O
what's the third letter of cat -> T
what letter does zebra start with -> Z
what's the 5th letter of the alphabet -> E
what is the last letter of the alphabet -> Z
what number is m in the alphabet -> 13th
what letter comes after k -> L
which letter comes before z -> Y
how many letters are in the alphabet -> 26
say the alphabet -> A B C & X Y Z
what's 1999 in roman numerals -> M C M X C I X
what is nineteen ninety nine in roman numerals -> M C M X C I X
roman numeral for 14 -> X I V
what is MCMXCIX in numbers -> 1999
convert XIV to a number -> 14
what's the roman numeral XL -> 40
what's 10 in binary -> 1 0 1 0
convert 255 to hex -> F F
what's binary 1010 in decimal -> 10
what is hex ff -> 255
1101 binary to decimal -> 13
what's 64 in octal -> 1 0 0
how do you write 1234 in words -> one thousand two hundred thirty four
what's 305 in words -> three hundred five
count to ten -> 1 2 3 & 10
count from 5 to 10 -> 5 6 7 8 9 10
count down from 5 -> 5 4 3 2 1
count to 20 by twos -> 2 4 6 & 20
count to a million -> That would take long
what is pi -> 3.14159
pi to 10 decimal places -> 3.1415926535
what are the first 5 digits of pi -> 3.14159
what's the speed of light -> 299792458 meters per second
how fast is light in miles per hour -> 670616629.38
what is the speed of light in kilometers per hour -> 1079252848.8
what's the boiling point of water -> 100 degrees Celsius
at what temperature does water boil in fahrenheit -> 212 degrees Fahrenheit
what's the boiling point of water at sea level -> 100 degrees Celsius
what's the freezing point of water in fahrenheit -> 32
what's absolute zero -> minus 273.15
what's absolute zero in fahrenheit -> minus 459.67
what's the golden ratio -> about 1.618
how many degrees are in a circle -> 360
how many sides does a hexagon have -> 6
how many cards are in a deck -> 52
""")

CHANCE = [
    ("flip a coin", r"Heads\.|Tails\."),
    ("heads or tails", r"Heads\.|Tails\."),
    ("toss 3 coins", r".+: [0-3] times heads\."),
    ("flip a coin three times", r".+: [0-3] times heads\."),
    ("roll a die twice", r"[1-6] and [1-6], \d+ in total\."),
    ("roll a die", r"[1-6]\."),
    ("roll the dice", r"[1-6]\."),
    ("throw a die for me", r"[1-6]\."),
    ("roll two dice", r"[1-6] and [1-6], \d+ in total\."),
    ("roll a d20", r"1?\d\.|20\."),
    ("roll a twenty sided die", r"1?\d\.|20\."),
    ("roll 2 d6", r"[1-6] and [1-6], \d+ in total\."),
    ("pick a number between one and ten", r"[1-9]\.|10\."),
    ("give me a random number from 1 to 6", r"[1-6]\."),
    ("choose a random number", r"\d+\."),
    ("give me a random number up to a hundred", r"\d+\."),
    ("pick a random letter", r"[A-Z]\."),
    ("draw a card", r"The \w+ of (?:clubs|diamonds|hearts|spades)\."),
    ("choose between pizza and pasta", r"Pizza\.|Pasta\."),
    ("pick one of anna, ben and carl", r"Anna\.|Ben\.|Carl\."),
    ("pick someone to start, anna or ben", r"Anna\.|Ben\."),
    ("decide for me, tea or coffee", r"Tea\.|Coffee\."),
    ("flip a coin, I call heads", r"Heads\.|Tails\."),
    ("I want you to roll an eight sided die and tell me what it says", r"[1-8]\."),
    ("give the dice a roll", r"[1-6]\."),
    ("rock paper scissors", r"Rock\.|Paper\.|Scissors\."),
    ("yes or no", r"Yes\.|No\."),
]

NO_WORDS = """
what's the word on the street
how many people are in the band
pick up the phone
choose a song and play it
roll down the blinds
flip the switch
turn around
what's the speed of sound at altitude
count me in
spell check my email
who has the most letters
reverse the car
pick a song
what does roi mean
say hello
what are the odds of rolling a six with a die
why do people flip a coin
spelling bee
help me decide between a small car and a bicycle with room for two children
""".strip().splitlines()


@pytest.mark.parametrize(("question", "answer"), WORDS)
def test_words_and_numerals_are_answered_in_every_wording(question: str, answer: str) -> None:
    assert says(ask(question), answer)


@pytest.mark.parametrize(("text", "pattern"), CHANCE)
def test_chance_gives_one_of_what_is_possible(text: str, pattern: str) -> None:
    for _ in range(20):
        assert re.fullmatch(pattern, ask(text))


@pytest.mark.parametrize(
    ("text", "sides"), [("flip a coin", 2), ("roll a die", 6), ("pick a number between one and ten", 10)]
)
def test_everything_that_is_possible_comes(text: str, sides: int) -> None:
    assert len({ask(text) for _ in range(300)}) == sides


@pytest.mark.parametrize("text", NO_WORDS)
def test_what_only_speaks_of_words_is_no_such_question(text: str) -> None:
    assert ask(text) == ""


@given(st.integers(1, 3999))
def test_roman_numerals_can_be_read_back(number: int) -> None:
    assert from_roman(to_roman(number)) == number
    assert f"{number:,}" in ask(f"what is {to_roman(number)} in numbers")


@given(st.integers(-(10**9), 10**9), st.sampled_from([2, 8, 16]))
def test_digits_of_another_base_can_be_read_back(number: int, base: int) -> None:
    assert int(to_base(number, base), base) == number


def test_what_is_rehearsed_is_what_happens_then() -> None:
    toss = ENGLISH.exact_question("roll a d20", None)
    assert toss is not None
    answerer = ExactAnswerer(ENGLISH.exact_replies, StoppedClock(NOW), BERLIN)
    for _ in range(20):
        assert answerer.rehearse(toss) == answerer.rehearse(toss) == answerer.answer(toss)

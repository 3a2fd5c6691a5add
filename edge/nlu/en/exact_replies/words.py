"""Replies about words and numerals. See `edge.nlu.exact_word_replies`."""

from collections.abc import Sequence
from typing import Final

from edge.nlu.en.clock import ordinal
from edge.nlu.en.number_words import cardinal
from edge.nlu.en.syllables import syllables

alphabet: Final = "abcdefghijklmnopqrstuvwxyz"
vowels: Final = "aeiou"
_BASES: Final = {2: "binary", 8: "octal", 16: "hexadecimal"}


def spelled(word: str) -> str:
    """See `WordReplies.spelled`."""
    return f"{word.capitalize()} is spelled {_letters(word)}."


def reversed_word(word: str, backwards: str) -> str:
    """See `WordReplies.reversed_word`."""
    return f"{word.capitalize()} backwards is {backwards}: {_letters(backwards)}."


def letter_count(word: str, count: int) -> str:
    """See `WordReplies.letter_count`."""
    return f"{word.capitalize()} has {count} letter{_s(count)}."


def vowel_count(word: str, count: int, *, vowels: bool) -> str:
    """See `WordReplies.vowel_count`."""
    return f"{word.capitalize()} has {count} {'vowel' if vowels else 'consonant'}{_s(count)}."


def syllable_count(word: str) -> str:
    """See `WordReplies.syllable_count`."""
    counts = [syllables(it) for it in word.split()]
    if any(it is None for it in counts):
        return f"I don't know how {word} is pronounced."
    count = sum(it or 0 for it in counts)
    return f"I say {word} in {count} syllable{_s(count)}."


def word_count(count: int) -> str:
    """See `WordReplies.word_count`."""
    return f"That's {count} word{_s(count)}."


def count_of_letter(word: str, letter: str, count: int) -> str:
    """See `WordReplies.count_of_letter`."""
    return f"{word.capitalize()} has {count} {letter.upper()}{'' if count == 1 else chr(39) + 's'}."


def palindrome(word: str, *, holds: bool) -> str:
    """See `WordReplies.palindrome`."""
    return f"{'Yes' if holds else 'No'}, {word} is {'a' if holds else 'no'} palindrome."


def anagram(word: str, other: str, *, holds: bool) -> str:
    """See `WordReplies.anagram`."""
    return f"{'Yes' if holds else 'No'}, {word} and {other} have {'the same' if holds else 'different'} letters."


def nth_letter(word: str, nth: int, letter: str) -> str:
    """See `WordReplies.nth_letter`."""
    place = "last" if nth == -1 else ordinal(nth)
    return f"The {place} letter of {word} is {letter.upper()}."


def whole_alphabet() -> str:
    """See `WordReplies.whole_alphabet`."""
    return f"{_letters(alphabet)}."


def alphabet_size(count: int) -> str:
    """See `WordReplies.alphabet_size`."""
    return f"The English alphabet has {count} letters."


def letter_at(nth: int, letter: str) -> str:
    """See `WordReplies.letter_at`."""
    return f"The {'last' if nth == -1 else ordinal(nth)} letter of the alphabet is {letter.upper()}."


def position_of(letter: str, nth: int) -> str:
    """See `WordReplies.position_of`."""
    return f"{letter.upper()} is the {ordinal(nth)} letter of the alphabet."


def neighbour(letter: str, side: str, other: str | None) -> str:
    """See `WordReplies.neighbour`."""
    return (
        f"No letter comes {side} {letter.upper()}."
        if other is None
        else f"{other.upper()} comes {side} {letter.upper()}."
    )


def roman(number: int, roman: str) -> str:
    """See `WordReplies.roman`."""
    return f"{number:,} is {_letters(roman)} in Roman numerals."


def no_roman() -> str:
    """See `WordReplies.no_roman`."""
    return "Roman numerals go from 1 to 3,999."


def from_roman(roman: str, number: int) -> str:
    """See `WordReplies.from_roman`."""
    return f"{_letters(roman)} is {number:,}."


def in_base(number: int, digits: str, base: int) -> str:
    """See `WordReplies.in_base`."""
    return f"{number:,} in {_BASES[base]} is {_letters(digits)}."


def from_base(digits: str, number: int, base: int) -> str:
    """See `WordReplies.from_base`."""
    return f"{_BASES[base].capitalize()} {_letters(digits)} is {number:,}."


def not_in_base(base: int) -> str:
    """See `WordReplies.not_in_base`."""
    return f"That is no {_BASES[base]} number."


def in_words(number: int) -> str:
    """See `WordReplies.in_words`."""
    return f"{number:,} is {'minus ' if number < 0 else ''}{cardinal(abs(number))}."


def counted(numbers: Sequence[int]) -> str:
    """See `WordReplies.counted`."""
    return f"{', '.join(map(str, numbers))}."


def too_much_to_count(most: int) -> str:
    """See `WordReplies.too_much_to_count`."""
    return f"That would take long. I count up to {most} numbers."


def _letters(word: str) -> str:
    return " ".join(it.upper() for it in word if not it.isspace()) if len(word) > 1 else word.upper()


def _s(count: int) -> str:
    return "" if count == 1 else "s"

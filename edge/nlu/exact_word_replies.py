"""The replies to questions about words and numerals, and to games of chance, in one language. Pure."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from edge.nlu.exact_date_replies import Amount


class WordReplies(Protocol):
    """Letters are in lower case."""

    @property
    def alphabet(self) -> str:
        """The letters in their order."""
        ...

    @property
    def vowels(self) -> str:
        """The letters that count as vowels."""
        ...

    def spelled(self, word: str) -> str:
        """A word letter by letter."""
        ...

    def reversed_word(self, word: str, backwards: str) -> str:
        """A word backwards."""
        ...

    def letter_count(self, word: str, count: int) -> str:
        """The number of letters."""
        ...

    def vowel_count(self, word: str, count: int, *, vowels: bool) -> str:
        """The number of vowels, or of consonants."""
        ...

    def syllable_count(self, word: str) -> str:
        """How many syllables one or more words have as they are spoken."""
        ...

    def word_count(self, count: int) -> str:
        """The number of words."""
        ...

    def count_of_letter(self, word: str, letter: str, count: int) -> str:
        """How often a letter is in a word."""
        ...

    def palindrome(self, word: str, *, holds: bool) -> str:
        """Whether a word is a palindrome."""
        ...

    def anagram(self, word: str, other: str, *, holds: bool) -> str:
        """Whether two words have the same letters."""
        ...

    def nth_letter(self, word: str, nth: int, letter: str) -> str:
        """The nth letter of a word; -1 is the last one."""
        ...

    def whole_alphabet(self) -> str:
        """All letters."""
        ...

    def alphabet_size(self, count: int) -> str:
        """The number of letters there are."""
        ...

    def letter_at(self, nth: int, letter: str) -> str:
        """The nth letter of the alphabet."""
        ...

    def position_of(self, letter: str, nth: int) -> str:
        """The place of a letter in the alphabet."""
        ...

    def neighbour(self, letter: str, side: str, other: str | None) -> str:
        """The letter "after" or "before" another one, None if there is none."""
        ...

    def roman(self, number: int, roman: str) -> str:
        """A number in Roman numerals."""
        ...

    def no_roman(self) -> str:
        """The number has no Roman numerals."""
        ...

    def from_roman(self, roman: str, number: int) -> str:
        """The value of Roman numerals."""
        ...

    def in_base(self, number: int, digits: str, base: int) -> str:
        """A number in base 2, 8 or 16."""
        ...

    def from_base(self, digits: str, number: int, base: int) -> str:
        """The value of digits in another base."""
        ...

    def not_in_base(self, base: int) -> str:
        """The digits are not those of the base."""
        ...

    def in_words(self, number: int) -> str:
        """A number in words."""
        ...

    def counted(self, numbers: Sequence[int]) -> str:
        """Numbers, one after another."""
        ...

    def too_much_to_count(self, most: int) -> str:
        """So many numbers are too many."""
        ...

    def coins(self, heads: Sequence[bool]) -> str:
        """How coins fell."""
        ...

    def dice(self, eyes: Sequence[int]) -> str:
        """How dice fell."""
        ...

    def chosen(self, item: str) -> str:
        """What was chosen."""
        ...

    def card(self, suit: int, rank: int) -> str:
        """A playing card: suits from clubs to spades, ranks from the ace to the king."""
        ...

    def too_many(self, most: int) -> str:
        """More dice or coins than this are too many."""
        ...

    def pi(self, digits: str) -> str:
        """The first digits of pi."""
        ...

    def sides(self, shape: str, count: int) -> str:
        """The sides of a shape."""
        ...

    def constant(self, name: str, value: Fraction) -> str:
        """A number that is the same everywhere."""
        ...

    def constant_amount(self, name: str, amount: Amount) -> str:
        """A constant with its unit."""
        ...

    def named_constant(self, name: str) -> str:
        """A constant that is said in words of its own."""
        ...

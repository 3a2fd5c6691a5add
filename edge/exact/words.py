"""Answers questions about letters and ways to write numbers."""

from typing import Final

from edge.events import Intent
from edge.nlu.exact_replies import ExactReplies

_MAX_ROMAN: Final = 3999
_MAX_COUNTED: Final = 60
_MAX_DIGITS: Final = 15
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def answer_word(intent: Intent, replies: ExactReplies) -> str:  # noqa: C901, PLR0911 - one return a question
    """EdgeWord: what `ask` asks of the letters of `word`."""
    word = str(intent.slots["word"])
    letters = [it for it in word if it.isalpha()]
    match intent.slots["ask"]:
        case "spell":
            return replies.spelled(word)
        case "reverse":
            return replies.reversed_word(word, word[::-1])
        case "letters":
            return replies.letter_count(word, len(letters))
        case "vowels":
            return replies.vowel_count(word, sum(it in replies.vowels for it in letters), vowels=True)
        case "consonants":
            return replies.vowel_count(word, sum(it not in replies.vowels for it in letters), vowels=False)
        case "syllables":
            return replies.syllable_count(word)
        case "words":
            return replies.word_count(len(word.split()))
        case "count":
            letter = str(intent.slots["letter"])
            return replies.count_of_letter(word, letter, letters.count(letter))
        case "palindrome":
            return replies.palindrome(word, holds=letters == letters[::-1])
        case "anagram":
            other = str(intent.slots["other"])
            return replies.anagram(word, other, holds=sorted(letters) == sorted(it for it in other if it.isalpha()))
        case _:
            nth = int(intent.slots["nth"])
            if abs(nth) > len(letters):
                return replies.letter_count(word, len(letters))
            return replies.nth_letter(word, nth, letters[nth - 1 if nth > 0 else nth])


def answer_alphabet(intent: Intent, replies: ExactReplies) -> str:
    """EdgeAlphabet: the place of `letter`, the letter at a place, or the whole of it."""
    alphabet = replies.alphabet
    ask = str(intent.slots["ask"])
    if ask in {"all", "size"}:
        return replies.whole_alphabet() if ask == "all" else replies.alphabet_size(len(alphabet))
    if ask == "nth":
        nth = int(intent.slots["nth"])
        if not 0 < abs(nth) <= len(alphabet):
            return replies.alphabet_size(len(alphabet))
        return replies.letter_at(nth, alphabet[nth - 1 if nth > 0 else nth])
    letter = str(intent.slots["letter"])
    at = alphabet.index(letter)
    if ask == "position":
        return replies.position_of(letter, at + 1)
    other = at + (1 if ask == "after" else -1)
    return replies.neighbour(letter, ask, alphabet[other] if 0 <= other < len(alphabet) else None)


def answer_numeral(intent: Intent, replies: ExactReplies) -> str:
    """EdgeNumeral: a number in Roman numerals, in another base, or in words, and back."""
    slots = intent.slots
    match slots["ask"]:
        case "roman":
            number = int(str(slots["number"]))
            return replies.roman(number, to_roman(number)) if 0 < number <= _MAX_ROMAN else replies.no_roman()
        case "from-roman":
            roman = str(slots["roman"]).upper()
            return replies.from_roman(roman, from_roman(roman))
        case "to-base":
            number, base = int(str(slots["number"])), int(slots["base"])
            return replies.in_base(number, to_base(number, base), base)
        case "from-base":
            digits, base = str(slots["digits"]), int(slots["base"])
            try:
                return replies.from_base(digits, int(digits, base), base)
            except ValueError:
                return replies.not_in_base(base)
        case _:
            number = int(str(slots["number"]))
            return replies.no_answer("too-large") if len(str(number)) > _MAX_DIGITS else replies.in_words(number)


def answer_count(intent: Intent, replies: ExactReplies) -> str:
    """EdgeCount: the numbers from `begin` to `end`."""
    begin, end, step = (int(intent.slots[it]) for it in ("begin", "end", "step"))
    if step < 1 or abs(end - begin) // step >= _MAX_COUNTED:
        return replies.too_much_to_count(_MAX_COUNTED)
    return replies.counted(range(begin, end + 1, step) if end >= begin else range(begin, end - 1, -step))


def to_roman(number: int) -> str:
    """A number from 1 to 3999 in Roman numerals."""
    found = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        found.append(letters * count)
    return "".join(found)


def from_roman(roman: str) -> int:
    """The value of valid Roman numerals."""
    values = [next(value for value, letter in _ROMAN if letter == it) for it in roman]
    return sum(-it if it < following else it for it, following in zip(values, [*values[1:], 0], strict=True))


def to_base(number: int, base: int) -> str:
    """A number with the digits of another base."""
    digits = {2: f"{abs(number):b}", 8: f"{abs(number):o}", 16: f"{abs(number):X}"}[base]
    return f"-{digits}" if number < 0 else digits

"""Replies to games of chance and about constants. See `edge.nlu.exact_word_replies`."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from edge.nlu.en.clock import spoken_list
from edge.nlu.en.exact.figures import figure
from edge.nlu.en.exact.unit_words import NAMES
from edge.nlu.exact_date_replies import Amount

_SUITS: Final = ("clubs", "diamonds", "hearts", "spades")
_RANKS: Final = ("ace", *map(str, range(2, 11)), "jack", "queen", "king")
_CONSTANTS: Final = {
    "golden-ratio": "The golden ratio is about {}.",
    "euler": "Euler's number is about {}.",
    "circle": "A full circle has {} degrees.",
    "triangle": "The angles of a triangle add up to {} degrees.",
    "right-angle": "A right angle has {} degrees.",
    "deck": "A deck has {} cards, without the jokers.",
    "speed-of-light": "Light in a vacuum travels at {}.",
    "boiling-point": "At sea level, water boils at {}.",
    "freezing-point": "Water freezes at {}.",
    "absolute-zero": "Absolute zero is {}.",
    "avogadro": "Avogadro's number is 6.02214076 times 10 to the power of 23 per mole.",
    "gravity": "Standard gravity is 9.80665 meters per second squared.",
}


def coins(heads: Sequence[bool]) -> str:
    """See `WordReplies.coins`."""
    if len(heads) == 1:
        return "Heads." if heads[0] else "Tails."
    count = sum(heads)
    return f"{spoken_list(['heads' if it else 'tails' for it in heads]).capitalize()}: {count} times heads."


def dice(eyes: Sequence[int]) -> str:
    """See `WordReplies.dice`."""
    if len(eyes) == 1:
        return f"{eyes[0]}."
    return f"{spoken_list([str(it) for it in eyes])}, {sum(eyes)} in total."


def chosen(item: str) -> str:
    """See `WordReplies.chosen`."""
    return f"{item[0].upper()}{item[1:]}."


def card(suit: int, rank: int) -> str:
    """See `WordReplies.card`."""
    return f"The {_RANKS[rank]} of {_SUITS[suit]}."


def too_many(most: int) -> str:
    """See `WordReplies.too_many`."""
    return f"I can do that with up to {most} at once."


def pi(digits: str) -> str:
    """See `WordReplies.pi`."""
    return f"Pi begins with {digits}."


def sides(shape: str, count: int) -> str:
    """See `WordReplies.sides`."""
    article = "An" if shape[0] in "aeiou" else "A"
    return f"{article} {shape} has {count} {'faces' if shape == 'cube' else 'sides'}."


def constant(name: str, value: Fraction) -> str:
    """See `WordReplies.constant`."""
    return _CONSTANTS[name].format(figure(value)[0])


def constant_amount(name: str, amount: Amount) -> str:
    """See `WordReplies.constant_amount`."""
    text, rounded = figure(amount.value)
    one, more = NAMES[amount.unit]
    return _CONSTANTS[name].format(f"{'about ' if rounded else ''}{text} {one if amount.value == 1 else more}")


def named_constant(name: str) -> str:
    """See `WordReplies.named_constant`."""
    return _CONSTANTS[name]

"""Chooses at random, and knows constants. The same seed gives the same answer, so that a reply can be prepared."""

import random
from fractions import Fraction
from typing import Final

from edge.events import Intent
from edge.exact.functions import PI
from edge.exact.units import convert
from edge.nlu.exact_replies import Amount, ExactReplies

_MAX_DICE: Final = 20
_MAX_SIDES: Final = 1000
_MAX_NUMBER: Final = 10**12
_SUITS = 4
_RANKS = 13


def answer_chance(intent: Intent, replies: ExactReplies, seed: int) -> str:  # noqa: PLR0911 - one return a game
    """EdgeChance: a coin, dice, a number, a letter, a card, or one of `items`."""
    chosen = random.Random(seed)  # noqa: S311 - a game, and no secret
    slots = intent.slots
    match slots["what"]:
        case "coin":
            count = int(slots["count"])
            if not 0 < count <= _MAX_DICE:
                return replies.too_many(_MAX_DICE)
            return replies.coins([chosen.random() < 0.5 for _ in range(count)])  # noqa: PLR2004 - one of two sides
        case "dice":
            count, sides = int(slots["count"]), int(slots["sides"])
            if not (0 < count <= _MAX_DICE and 1 < sides <= _MAX_SIDES):
                return replies.too_many(_MAX_DICE)
            return replies.dice([chosen.randint(1, sides) for _ in range(count)])
        case "number":
            low, high = sorted((int(slots["low"]), int(slots["high"])))
            if high > _MAX_NUMBER:
                return replies.no_answer("too-large")
            return replies.chosen(f"{chosen.randint(low, high):,}")
        case "letter":
            return replies.chosen(chosen.choice(replies.alphabet).upper())
        case "card":
            return replies.card(chosen.randrange(_SUITS), chosen.randrange(_RANKS))
        case _:
            return replies.chosen(chosen.choice(str(slots["items"]).split(";")))


_AMOUNTS: Final = {
    "speed-of-light": (Fraction(299_792_458), "meter-per-second"),
    "boiling-point": (Fraction(100), "celsius"),
    "freezing-point": (Fraction(0), "celsius"),
    "absolute-zero": (Fraction("-273.15"), "celsius"),
}
"""The speed of light and absolute zero are definitions of the SI; the points of water are those at one atmosphere."""

_NUMBERS: Final = {
    "golden-ratio": Fraction("1.618033988749895"),
    "euler": Fraction("2.718281828459045"),
    "circle": Fraction(360),
    "triangle": Fraction(180),
    "right-angle": Fraction(90),
    "deck": Fraction(52),
}


def answer_constant(intent: Intent, replies: ExactReplies) -> str:
    """EdgeConstant: the value of a constant, in `unit` where one was named."""
    name = str(intent.slots["name"])
    if name == "pi":
        return replies.pi(truncated(PI, int(intent.slots.get("decimals", 5))))
    if name == "sides":
        return replies.sides(str(intent.slots["shape"]), int(intent.slots["count"]))
    if name in _NUMBERS:
        return replies.constant(name, _NUMBERS[name])
    if name not in _AMOUNTS:
        return replies.named_constant(name)
    value, unit = _AMOUNTS[name]
    wanted = str(intent.slots.get("unit", unit))
    found = convert([(value, unit)], wanted, None)
    return replies.constant_amount(name, Amount(found[0].value, wanted) if found else Amount(value, unit))


def truncated(value: Fraction, decimals: int) -> str:
    """The first digits of a positive number, not rounded."""
    digits = str(int(value * 10**decimals))
    return f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits

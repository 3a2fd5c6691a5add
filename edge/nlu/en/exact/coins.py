"""Counting notes and coins: "I have five twenties and three tens, how much is that". Pure."""

import re
from fractions import Fraction
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.frames import Frame, calculate, frame, price
from edge.nlu.en.exact.parts import in_brackets

_WORTH: Final = {
    "fives": Fraction(5), "fivers": Fraction(5), "5s": Fraction(5), "tens": Fraction(10), "tenners": Fraction(10),
    "10s": Fraction(10), "twenties": Fraction(20), "20s": Fraction(20), "fifties": Fraction(50), "50s": Fraction(50),
    "hundreds": Fraction(100), "dimes": Fraction(1, 10), "nickels": Fraction(1, 20), "pennies": Fraction(1, 100),
}  # fmt: skip
"""Quarters are missing: "three quarters" is a fraction."""
_SOME = (
    rf"(?:\d+|an?) (?:{'|'.join(it for word in _WORTH for it in (word, word.removesuffix('s')))})(?: (?:notes|bills))?"
)
_LIST = rf"(?P<list>{_SOME}(?:(?: ,| and| , and| plus)? {_SOME})*)"


def _counted(match: re.Match[str]) -> Intent:
    found = re.findall(r"(\d+|an?) (\w+)", match["list"])
    pairs = [
        (1 if count in {"a", "an"} else int(count), _WORTH.get(word) or _WORTH[f"{word}s"]) for count, word in found
    ]
    notation = " + ".join(f"{count} * {worth}" for count, worth in pairs)
    said = " plus ".join(f"{count} times {_figure(worth)}" for count, worth in pairs)
    return calculate(notation, said, form="price")


def _figure(worth: Fraction) -> str:
    return str(worth) if worth.denominator == 1 else f"{float(worth):.2f}"


def _coins_in(match: re.Match[str]) -> Intent | None:
    """How many coins of a kind make an amount."""
    amount, worth = price(match["amount"]), _COINS_OF[match["coin"]]
    if amount.money not in {"", "$"}:
        return None
    return calculate(f"{in_brackets(amount)} / ({worth})", f"the number of {match['coin']} in {amount.said}")


_COINS_OF: Final = {
    "quarters": Fraction(1, 4), "dimes": Fraction(1, 10), "nickels": Fraction(1, 20), "pennies": Fraction(1, 100),
}  # fmt: skip

COINS: Final[tuple[Frame, ...]] = (
    frame(
        rf"how many (?P<coin>{'|'.join(_COINS_OF)}) (?:are |is |make |go )?(?:there )?(?:in|into|make|for) (?:an? )?"
        r"(?P<amount>\d.* (?:dollars?|bucks?))",
        _coins_in,
    ),
    frame(
        rf"(?:(?:if )?(?:i|we|you)(?:'ve| have|'ve got| have got| got)+ )?{_LIST},? (?:so )?(?:how much|what) .+",
        _counted,
    ),
    frame(
        rf"(?:how much|what) (?:is|are|do|does|makes?)(?: i have with)? {_LIST}(?: make| worth| altogether)?", _counted
    ),
)

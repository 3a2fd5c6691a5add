"""Replies about whole numbers, and comparisons. See `edge.nlu.exact_replies`."""

from collections.abc import Sequence
from fractions import Fraction

from edge.nlu.en.clock import spoken_list
from edge.nlu.en.entity_replies import capital
from edge.nlu.en.exact.figures import figure
from edge.nlu.exact_replies import Relation


def is_prime(number: int, factors: Sequence[int]) -> str:
    """See `ExactReplies.is_prime`."""
    if len(factors) == 1:
        return f"Yes, {number:,} is a prime number."
    if not factors:
        return f"No, {number} is not a prime number."
    return f"No, {number:,} is {_product(factors)}."


def prime_factors(number: int, factors: Sequence[int]) -> str:
    """See `ExactReplies.prime_factors`."""
    if len(factors) == 1:
        return f"{number:,} is a prime number."
    return f"{number:,} is {_product(factors)}." if factors else f"{number} has no prime factors."


def factors(number: int, factors: Sequence[int]) -> str:
    """See `ExactReplies.factors`."""
    if not factors:
        return "Every number divides zero."
    return f"The factors of {number:,} are {spoken_list([f'{it:,}' for it in factors])}."


def next_prime(number: int, prime: int) -> str:
    """See `ExactReplies.next_prime`."""
    return f"The next prime number after {number:,} is {prime:,}."


def divisible(number: int, by: int, left: int) -> str:
    """See `ExactReplies.divisible`."""
    if not left:
        return f"Yes, {number:,} divided by {by:,} is {number // by:,}."
    return f"No, {number:,} divided by {by:,} is {number // by:,}, and {left:,} is left."


def parity(number: int, *, even: bool, asked: str) -> str:
    """See `ExactReplies.parity`."""
    begins = ("Yes, " if (asked == "even") == even else "No, ") if asked else ""
    return f"{begins}{number:,} is {'even' if even else 'odd'}."


def perfect_power(number: int, degree: int, root: int | None) -> str:
    """See `ExactReplies.perfect_power`."""
    kind = "square" if degree == 2 else "cube"  # noqa: PLR2004
    if root is None:
        return f"No, {number:,} is not the {kind} of a whole number."
    return f"Yes, {number:,} is {root:,} {kind}d."


def goes_into(number: Fraction, other: Fraction) -> str:
    """See `ExactReplies.goes_into`."""
    count, left = divmod(number, other)
    times = "once" if count == 1 else "twice" if count == 2 else f"{count:,} times"  # noqa: PLR2004
    rest = f", and {figure(left)[0]} is left" if left else ""
    return f"{figure(other)[0]} goes into {figure(number)[0]} {times}{rest}."


def zeros(number: int, zeros: int) -> str:
    """See `ExactReplies.zeros`."""
    return f"{number:,} has {zeros} zero{'' if zeros == 1 else 's'} at its end."


def digits(number: int, digits: int) -> str:
    """See `ExactReplies.digits`."""
    return f"{number:,} has {digits} digit{'' if digits == 1 else 's'}."


def extreme(said: str, *, largest: bool) -> str:
    """See `ExactReplies.extreme`."""
    return f"{capital(said)} is {'larger' if largest else 'smaller'}."


def all_equal(said: Sequence[str]) -> str:
    """See `ExactReplies.all_equal`."""
    return f"{capital(spoken_list(said))} are equal."


def compared(left: str, right: str, relation: Relation, *, holds: bool) -> str:
    """See `ExactReplies.compared`."""
    said = {"more": "more than", "less": "less than", "equal": "equal to"}[relation]
    return f"{'Yes' if holds else 'No'}, {left} is {said} {right}."


def solution(value: Fraction) -> str:
    """See `ExactReplies.solution`."""
    text, rounded = figure(value)
    return f"It's {'about ' if rounded else ''}{text}."


def _product(factors: Sequence[int]) -> str:
    return " \u00d7 ".join(f"{it:,}" for it in factors)

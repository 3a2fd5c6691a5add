"""Answers questions about whole numbers, comparisons and equations with one unknown."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from edge.events import Intent
from edge.exact.expression import NotationError, evaluate, number_of, read
from edge.exact.functions import NoResultError
from edge.nlu.exact_replies import ExactReplies, Relation

_MAX_FACTORED = 10**12
"""Trial division up to its root takes a fraction of a second."""


def answer_number_fact(intent: Intent, replies: ExactReplies) -> str:  # noqa: PLR0911 - one return a fact
    """EdgeNumberFact: the `fact` of `number`, and of `other` where it takes two."""
    slots = intent.slots
    fact = str(slots["fact"])
    try:
        value, other = number_of(str(slots["number"])), number_of(str(slots.get("other", "1")))
    except NotationError:
        return replies.no_answer("division-by-zero")
    if not other:
        return replies.no_answer("division-by-zero")
    if fact == "goes-into":
        return replies.goes_into(value, other)
    if value.denominator != 1 or other.denominator != 1:
        return replies.no_answer("not-whole")
    number = int(value)
    if fact in _FACTORED:
        return _FACTORED[fact](number, replies) if number <= _MAX_FACTORED else replies.no_answer("too-large")
    match fact:
        case "divisible":
            return replies.divisible(number, int(other), number % int(other))
        case "parity":
            return replies.parity(number, even=number % 2 == 0, asked=str(slots.get("asked", "")))
        case "power":
            return _power(number, int(slots.get("degree", 2)), replies)
        case "zeros":
            digits = str(number)
            return replies.zeros(number, len(digits) - len(digits.rstrip("0")))
        case _:
            return replies.digits(number, len(str(number)))


def _power(number: int, degree: int, replies: ExactReplies) -> str:
    found = evaluate(read(f"root({number}, {degree})"))
    return replies.perfect_power(number, degree, int(found.value) if found.exact else None)


_FACTORED: Final[Mapping[str, Callable[[int, ExactReplies], str]]] = {
    "prime": lambda number, replies: replies.is_prime(number, prime_factors(number)),
    "prime-factors": lambda number, replies: replies.prime_factors(number, prime_factors(number)),
    "factors": lambda number, replies: replies.factors(number, factors(number)),
    "next-prime": lambda number, replies: replies.next_prime(number, next_prime(number)),
}
"""The facts for which a number is factored."""


def answer_comparison(intent: Intent, replies: ExactReplies) -> str:
    """EdgeCompare: which of `expressions` is "max" or "min", or whether the first is "more", "less" or "equal"."""
    said = str(intent.slots["said"]).split(";")
    try:
        values = [evaluate(read(it)).value for it in str(intent.slots["expressions"]).split(";")]
    except NotationError:
        return replies.no_answer("not-understood")
    except NoResultError as none:
        return replies.no_answer(none.reason)
    asked = str(intent.slots["asked"])
    if asked in {"max", "min"}:
        best = max(values) if asked == "max" else min(values)
        if values.count(best) > 1:
            return replies.all_equal(said)
        return replies.extreme(said[values.index(best)], largest=asked == "max")
    left, right = values
    holds = {"more": left > right, "less": left < right, "equal": left == right}[asked]
    relation: Relation = "more" if left > right else "less" if left < right else "equal"
    return replies.compared(said[0], said[1], relation, holds=holds)


def answer_equation(intent: Intent, replies: ExactReplies) -> str:
    """EdgeSolve: the x for which `left` and `right` are equal, where they are linear in it."""
    left, right = str(intent.slots["left"]), str(intent.slots["right"])

    def difference(x: int) -> Fraction:
        values = [
            evaluate(read(it.replace("max", "MAX").replace("x", f"({x})").replace("MAX", "max")))
            for it in (left, right)
        ]
        if not all(it.exact for it in values):
            raise NoResultError("not-understood")
        return values[0].value - values[1].value

    try:
        at = [difference(x) for x in (1, 2, 3)]
        slope = at[1] - at[0]
        if at[2] - at[1] != slope or not slope:
            return replies.no_answer("not-understood")
        return replies.solution(1 - at[0] / slope)
    except NotationError:
        return replies.no_answer("not-understood")
    except NoResultError as none:
        return replies.no_answer(none.reason)


def prime_factors(number: int) -> list[int]:
    """The prime factors of a number in order, each as often as it divides it; none below 2."""
    found, divisor = [], 2
    while divisor * divisor <= number:
        while number % divisor == 0:
            found.append(divisor)
            number //= divisor
        divisor += 1 if divisor == 2 else 2  # noqa: PLR2004 - then the odd ones
    return [*found, number] if number > 1 else found


def factors(number: int) -> list[int]:
    """All numbers that divide a number, in order."""
    found = {1} if number else set[int]()
    for prime in prime_factors(number):
        found |= {it * prime for it in found}
    return sorted(found)


def next_prime(number: int) -> int:
    """The smallest prime above a number."""
    number += 1
    while len(prime_factors(number)) != 1:
        number += 1
    return number

"""The English replies to exact questions. See `edge.nlu.exact_replies`."""

from edge.nlu.en.exact_replies.numbers import (
    all_equal,
    compared,
    digits,
    divisible,
    extreme,
    factors,
    goes_into,
    is_prime,
    next_prime,
    parity,
    perfect_power,
    prime_factors,
    solution,
    zeros,
)
from edge.nlu.en.exact_replies.sums import calculated, no_answer, why_not
from edge.nlu.en.exact_replies.units import (
    about_months,
    converted,
    different_measures,
    gas_mark,
    nearest_gas_mark,
    no_gas_mark,
)

__all__ = [
    "about_months",
    "all_equal",
    "calculated",
    "compared",
    "converted",
    "different_measures",
    "digits",
    "divisible",
    "extreme",
    "factors",
    "gas_mark",
    "goes_into",
    "is_prime",
    "nearest_gas_mark",
    "next_prime",
    "no_answer",
    "no_gas_mark",
    "parity",
    "perfect_power",
    "prime_factors",
    "solution",
    "why_not",
    "zeros",
]

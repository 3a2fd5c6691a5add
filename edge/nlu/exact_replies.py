"""The replies to exact questions in one language. Pure: the values come from `edge.exact`."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, Protocol

NoAnswer = Literal["division-by-zero", "too-large", "not-real", "not-whole", "not-understood"]
"""Why a question has no answer."""


Relation = Literal["more", "less", "equal"]


class ExactReplies(Protocol):
    """Short, complete sentences. A number that was rounded is said to be about so much."""

    def sum(
        self,
        said: str,
        value: Fraction,
        *,
        exact: bool,
        money: str = "",
        form: str = "",
        unit: str = "",
        each: bool = False,
    ) -> str:
        """The value of `said`, the sum in words.

        `money` is the sign of a currency; `form` is "fraction", "percent", "decimal" or, for money without a currency,
        "price"; `each`: for everyone.
        """
        ...

    def no_answer(self, why: NoAnswer) -> str:
        """There is no answer."""
        ...

    def why_not(self, why: str) -> str:
        """What looks exact and is not: "rate-missing" for a tax whose rate was not said."""
        ...

    # Whole numbers

    def is_prime(self, number: int, factors: Sequence[int]) -> str:
        """Whether a number is prime, from its prime factors."""
        ...

    def prime_factors(self, number: int, factors: Sequence[int]) -> str:
        """The prime factors of a number."""
        ...

    def factors(self, number: int, factors: Sequence[int]) -> str:
        """All factors of a number."""
        ...

    def next_prime(self, number: int, prime: int) -> str:
        """The prime after a number."""
        ...

    def divisible(self, number: int, by: int, left: int) -> str:
        """Whether a number can be divided, and what is left."""
        ...

    def parity(self, number: int, *, even: bool, asked: str) -> str:
        """Whether a number is even; `asked`: "even", "odd", or empty for either."""
        ...

    def perfect_power(self, number: int, degree: int, root: int | None) -> str:
        """Whether a number is a square or a cube."""
        ...

    def goes_into(self, number: Fraction, other: Fraction) -> str:
        """How many times `other` goes into `number`."""
        ...

    def zeros(self, number: int, zeros: int) -> str:
        """The zeros at the end of a number."""
        ...

    def digits(self, number: int, digits: int) -> str:
        """The number of digits."""
        ...

    # Comparisons

    def extreme(self, said: str, *, largest: bool) -> str:
        """The largest or the smallest of what was named."""
        ...

    def all_equal(self, said: Sequence[str]) -> str:
        """None of them is the largest."""
        ...

    def compared(self, left: str, right: str, relation: Relation, *, holds: bool) -> str:
        """Whether what was asked `holds`, and how the left one relates to the right one."""
        ...

    def solution(self, value: Fraction) -> str:
        """The number that was asked for."""
        ...

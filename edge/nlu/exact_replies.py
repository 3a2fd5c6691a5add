"""The replies to exact questions in one language. Pure: the values come from `edge.exact`."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, Protocol

from edge.nlu.exact_clock_replies import ClockReplies
from edge.nlu.exact_date_replies import Amount, DateReplies
from edge.nlu.exact_holiday_replies import HolidayReplies
from edge.nlu.exact_word_replies import WordReplies

NoAnswer = Literal["division-by-zero", "too-large", "not-real", "not-whole", "not-understood"]
"""Why a question has no answer."""


WhyNot = Literal[
    "rate-missing", "currency", "volume-weight", "moon-calendar", "school-holidays", "days-off", "place-unknown"
]
"""Why a question that looks exact is none: a tax without its rate, daily rates, a weight by volume, unknown facts."""

Relation = Literal["more", "less", "equal"]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two quantities: the first, the second, the first in the unit of the second, and how much more it is."""

    left: Sequence[Amount]
    right: Sequence[Amount]
    same: Amount
    difference: Fraction
    relation: Relation


Conversion = tuple[Sequence[Amount], Amount, tuple[Amount, Amount] | None]
"""A quantity, the same in another unit, and that in two units ("5 feet", "11 inches")."""


class ExactReplies(DateReplies, HolidayReplies, ClockReplies, WordReplies, Protocol):
    """Short, complete sentences. A number that was rounded is said to be about so much."""

    def calculated(
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

    def why_not(self, why: WhyNot) -> str:
        """What looks exact and is not: a `WhyNot`."""
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

    def amounts_compared(self, found: Sequence[Compared], asked: Relation) -> str:
        """Whether the first quantity is more, less or equal; several results where a unit has several sizes."""
        ...

    def extreme_amount(self, found: Sequence[Compared], word: str) -> str:
        """The first quantity is the one that was asked for; `word` is how it compares, as it was said ("heavier")."""
        ...

    def amounts_differ(self, found: Sequence[Compared]) -> str:
        """By how much two quantities differ."""
        ...

    def fits(self, found: Sequence[tuple[Compared, Fraction]]) -> str:
        """How many times the second quantity is in the first one."""
        ...

    def solution(self, value: Fraction) -> str:
        """The number that was asked for."""
        ...

    # Units

    def converted(self, results: Sequence[Conversion]) -> str:
        """A quantity in another unit; several results where its units have several sizes."""
        ...

    def different_measures(self, source: str, measures: str, target: str, target_measures: str) -> str:
        """The units measure different things."""
        ...

    def about_months(self, source: Amount, target: Amount) -> str:
        """A conversion between months and days, by the mean length of a month."""
        ...

    def gas_mark(self, mark: Fraction, celsius: int, fahrenheit: int) -> str:
        """The temperature of a gas mark."""
        ...

    def nearest_gas_mark(self, temperature: Amount, mark: Fraction) -> str:
        """The gas mark nearest to a temperature."""
        ...

    def no_gas_mark(self) -> str:
        """There is no such gas mark."""
        ...


__all__ = ["Amount", "Compared", "Conversion", "ExactReplies", "NoAnswer", "Relation", "WhyNot"]

"""The notation, its bounds, and that what is said has the value of what was meant."""

import operator
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.exact.expression import NotationError, evaluate, read
from edge.exact.functions import NoResultError
from edge.nlu.en.exact.sums import read_sum
from edge.nlu.en.exact.tokens import canonical
from edge.nlu.en.number_words import cardinal
from tests.exact.asking import ask

WHOLE = st.integers(0, 9999)
SIGNS = {"plus": operator.add, "minus": operator.sub, "times": operator.mul, "divided by": operator.truediv}


def value(notation: str) -> Fraction:
    return evaluate(read(notation)).value


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("2 + 3 * 4", 14),
        ("2 ^ 3 ^ 2", 512),
        ("-2 ^ 2", -4),
        ("(-2) ^ 2", 4),
        ("80 - 15%", 68),
        ("15% + 10%", Fraction(1, 4)),
        ("80 * 15%", 12),
        ("2_1/2 + 1/4", Fraction(11, 4)),
        ("4 ^ (1/2)", 2),
        ("8 ^ (2/3)", 4),
        ("2 ^ -1", Fraction(1, 2)),
        ("5! / 3!", 20),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(3.14159, 1/100)", Fraction("3.14")),
        ("root(-27, 3)", -3),
        ("log(1000)", 3),
        ("log(1/8, 2)", -3),
        ("median(4, 1, 3, 2)", Fraction(5, 2)),
    ],
)
def test_the_notation_is_evaluated_exactly(notation: str, expected: Fraction | int) -> None:
    result = evaluate(read(notation))
    assert (result.value, result.exact) == (expected, True)


@pytest.mark.parametrize("notation", ["sqrt(2)", "pi", "2 ^ (1/3)", "ln(2)", "sin(10)", "2 ^ 0.333333"])
def test_a_value_that_is_no_fraction_is_not_exact(notation: str) -> None:
    assert not evaluate(read(notation)).exact


@pytest.mark.parametrize(
    ("notation", "reason"),
    [
        ("1 / 0", "division-by-zero"),
        ("0 ^ -1", "division-by-zero"),
        ("mod(5, 0)", "division-by-zero"),
        ("9 ^ 9 ^ 9", "too-large"),
        ("9 ^ 9 ^ 9 ^ 9", "too-large"),
        ("(1/3) ^ 99999", "too-large"),
        ("99999999!", "too-large"),
        ("2 ^ 10000000.5", "too-large"),
        ("sqrt(-1)", "not-real"),
        ("(-8) ^ 0.5", "not-real"),
        ("log(0)", "not-real"),
        ("2.5!", "not-real"),
        ("gcd(1/2, 3)", "not-whole"),
    ],
)
def test_what_has_no_value_or_is_too_large_is_refused(notation: str, reason: str) -> None:
    with pytest.raises(NoResultError) as refused:
        evaluate(read(notation))
    assert refused.value.reason == reason


@pytest.mark.parametrize("text", ["", "2 +", "(2", "2)", "2 2", "foo(2)", "sqrt(1, 2)", "1/0", "import os", "2 ** 3"])
def test_what_is_not_in_the_notation_is_refused(text: str) -> None:
    with pytest.raises(NotationError):
        read(text)


@given(st.text(alphabet="0123456789+-*/^!%(). abcdefgilmnopqrstx,_", max_size=40))
def test_no_text_takes_long_or_crashes(text: str) -> None:
    with suppress(NotationError, NoResultError):
        evaluate(read(text))


Tree = tuple[str, str, Fraction]
"""The words of an expression, its strongest open sign ("", "*", "+") and its value."""

SPOKEN_NUMBERS = st.one_of(
    WHOLE.map(lambda it: (cardinal(it), "", Fraction(it))),
    WHOLE.map(lambda it: (str(it), "", Fraction(it))),
    st.tuples(WHOLE, st.integers(0, 99)).map(lambda it: (f"{it[0]}.{it[1]:02}", "", Fraction(f"{it[0]}.{it[1]:02}"))),
    st.tuples(st.integers(0, 20), st.sampled_from([("half", 2), ("quarter", 4), ("third", 3)])).map(
        lambda it: (f"{cardinal(it[0])} and a {it[1][0]}", "", it[0] + Fraction(1, it[1][1]))
    ),
    st.tuples(st.integers(1, 9), WHOLE).map(
        lambda it: (f"{it[0]}0 percent of {it[1]}", "*", Fraction(it[0] * it[1], 10))
    ),
    st.integers(1, 99).map(lambda it: (f"half of {it}", "*", Fraction(it, 2))),
    st.integers(1, 30).map(lambda it: (f"the square root of {it * it}", "", Fraction(it))),
    st.integers(1, 30).map(lambda it: (f"{it} squared", "", Fraction(it * it))),
)


@st.composite
def sums(draw: st.DrawFn) -> tuple[str, Fraction]:
    """Terms of factors, as people say them: the words and the value by the usual precedence."""
    total, said = Fraction(0), []
    for index in range(draw(st.integers(1, 3))):
        words, _, product = draw(SPOKEN_NUMBERS)
        for _ in range(draw(st.integers(0, 1))):
            sign = draw(st.sampled_from(["times", "divided by"]))
            more, _, factor = draw(SPOKEN_NUMBERS.filter(lambda it: it[2] != 0))
            product, words = SIGNS[sign](product, factor), f"{words} {sign} {more}"
        sign = draw(st.sampled_from(["plus", "minus"])) if index else "plus"
        total = SIGNS[sign](total, product)
        said.append(f"{sign} {words}" if index else words)
    return " ".join(said), total


@given(sums())
def test_a_spoken_sum_has_the_value_of_its_parts(spoken: tuple[str, Fraction]) -> None:
    words, expected = spoken
    assert value(read_sum(canonical(words)).notation) == expected


@given(st.text(max_size=120))
def test_any_text_is_read_without_an_error(text: str) -> None:
    ask(text)


WORDS = [
    "what",
    "is",
    "5",
    "2",
    "75",
    "half",
    "of",
    "percent",
    "off",
    "the",
    "plus",
    "and",
    "minus",
    "times",
    "split",
    "by",
    "each",
    "dollars",
    "20",
    "x",
    "(",
    ")",
    "root",
    "square",
    "1/2",
    "average",
    ",",
    "if",
]


@given(st.lists(st.sampled_from(WORDS)))
def test_any_words_of_sums_are_read_without_an_error(words: list[str]) -> None:
    ask(" ".join(words))

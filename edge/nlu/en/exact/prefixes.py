"""The words that stand before numbers: "the square root of", "half of", "multiply ... by". Pure."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from edge.nlu.en.exact.parts import NoSumError, Part, SumReader, applied, in_brackets, joined, number
from edge.nlu.en.exact.tokens import NUMBER

Read = Callable[[SumReader, str], Part]
"""Reads what follows a prefix, which is the second argument."""


def _function(name: str, said: str) -> Read:
    def read(reader: SumReader, _taken: str) -> Part:
        reader.take("of")
        inner = reader.factor()
        reader.take("degrees")
        return applied(name, f"{said} {inner.said}", inner)

    return read


def _multiple(factor: str, said: str) -> Read:
    def read(reader: SumReader, _taken: str) -> Part:
        reader.take("of", "the", "a")
        inner = reader.factor()
        return Part(f"{factor} * {in_brackets(inner)}", f"{said} {inner.said}", inner.money)

    return read


def _half(reader: SumReader, taken: str) -> Part:
    if not reader.rest or reader.rest[0] in {"and", "plus", "minus", "times", "divided", ")", ","}:
        return number("1/2")  # "40 divided by half"
    return _multiple("1/2", "half of")(reader, taken)


def _power(exponent: str, said: str) -> Read:
    def read(reader: SumReader, _taken: str) -> Part:
        inner = reader.factor()
        return Part(f"{in_brackets(inner)}^{exponent}", f"{inner.said} {said}")

    return read


def _of_list(sign: str, said: str, *, function: str = "") -> Read:
    def read(reader: SumReader, _taken: str) -> Part:
        parts = reader.listed()
        if len(parts) == 1 and sign == "+" and reader.rest[:1] == ["plus"]:
            return parts[0]  # "the sum of 3 plus 5": the words behind it say the rest
        if len(parts) < 2:  # noqa: PLR2004 - of one number there is none
            raise NoSumError
        words = f"{', '.join(it.said for it in parts[:-1])} and {parts[-1].said}"
        if function:
            return applied(function, f"the {said} of {words}", *parts)
        money = next((it.money for it in parts if it.money), "")
        return Part(f" {sign} ".join(map(in_brackets, parts)), f"the {said} of {words}", money)

    return read


def _difference(reader: SumReader, _taken: str) -> Part:
    left, right = _two(reader, "and", "from", "to")
    found = joined("minus", "-", left, right)
    return applied("abs", f"the difference between {left.said} and {right.said}", found)


def _two(reader: SumReader, *joints: str) -> tuple[Part, Part]:
    left = reader.term()
    if not reader.take(*joints):
        raise NoSumError
    return left, reader.term()


def _imperative(sign: str, said: str, *joints: str, turned: bool = False) -> Read:
    def read(reader: SumReader, _taken: str) -> Part:
        left, right = _two(reader, *joints)
        if turned:
            left, right = right, left
        return joined(said, sign, left, right)

    return read


def _adding(reader: SumReader, _taken: str) -> Part:
    reader.take("up", "together")
    joined_by_words = {"and", "to", "plus", ",", "with"} & set(reader.rest)
    parts = [reader.term()] if joined_by_words and not _is_row(reader.rest) else reader.listed()
    while reader.rest[:2] != ["and", "then"] and reader.take("and", "to", ",", "plus", "on to", "onto", "with"):
        parts.append(reader.term())
    if len(parts) == 1:
        raise NoSumError
    if len(parts) == 2 and parts[0].percent:  # noqa: PLR2004 - "add 20 percent to 50"
        parts.reverse()
    reader.take("together", "up")
    money = next((it.money for it in parts if it.money), "")
    return Part(" + ".join(map(in_brackets, parts)), " plus ".join(it.said for it in parts), money)


def _is_row(words: Sequence[str]) -> bool:
    """Whether numbers stand behind one another and are not all prices in two parts: "23 41 and 16", "2 75 and 3 50"."""
    rows = re.findall(rf"{NUMBER}(?: {NUMBER})*(?!\S)", " ".join(words))
    sizes = {len(it.split()) for it in rows}
    return max(sizes, default=0) > 1 and sizes != {2}


def _subtracting(reader: SumReader, _taken: str) -> Part:
    left = reader.term()
    if not reader.rest:
        return left  # "take 15 percent off 200"
    reader.take("away", "off")
    reader.take("from", "off")
    return joined("minus", "-", reader.term(), left)


def _cutting(reader: SumReader, _taken: str) -> Part:
    part = reader.factor()
    if not reader.take("in half", "in 2", "into 2"):
        raise NoSumError
    return Part(f"{in_brackets(part)} / 2", f"half of {part.said}", part.money)


def _remainder(reader: SumReader, _taken: str) -> Part:
    reader.take("you divide", "we divide", "i divide", "dividing")
    left = reader.factor()
    reader.take("is")
    if not reader.take("divided by", "over", "and", "by"):
        raise NoSumError
    right = reader.factor()
    return applied("mod", f"the remainder of {left.said} divided by {right.said}", left, right)


def _logarithm(reader: SumReader, taken: str) -> Part:
    base = number("2" if taken == "binary logarithm" else "10")
    if reader.take("base", "to base", "to the base"):
        base = reader.factor()
        reader.take("of")
    reader.take("of")
    inner = reader.factor()
    if reader.take("to base", "to the base", "base"):
        base = reader.factor()
    return applied("log", f"the logarithm of {inner.said} to base {base.said}", inner, base)


def _factorial(reader: SumReader, _taken: str) -> Part:
    inner = reader.factor()
    return Part(f"{in_brackets(inner)}!", f"{inner.said} factorial")


def _constant(name: str) -> Read:
    return lambda _reader, _taken: Part(name, name, simple=True)


PREFIXES: Final[Sequence[tuple[Sequence[str], Read]]] = (
    (("square root of", "square root", "root of"), _function("sqrt", "the square root of")),
    (("cube root of", "cubic root of", "cube root"), _function("cbrt", "the cube root of")),
    (("square of", "square"), _power("2", "squared")),
    (("cube of", "cube"), _power("3", "cubed")),
    (("factorial of",), _factorial),
    (("absolute value of",), _function("abs", "the absolute value of")),
    (("natural log of", "natural logarithm of"), _function("ln", "the natural logarithm of")),
    (("logarithm", "log", "binary logarithm"), _logarithm),
    (("sine", "sin"), _function("sin", "the sine of")),
    (("cosine", "cos"), _function("cos", "the cosine of")),
    (("tangent", "tan"), _function("tan", "the tangent of")),
    (("half of", "half"), _half),
    (("quarter of",), _multiple("1/4", "a quarter of")),
    (("double", "twice"), _multiple("2", "twice")),
    (("triple", "thrice", "treble"), _multiple("3", "three times")),
    (("quadruple",), _multiple("4", "four times")),
    (("halve",), _multiple("1/2", "half of")),
    (("sum of", "total of"), _of_list("+", "sum")),
    (("product of",), _of_list("*", "product")),
    (("average of", "average", "mean of", "mean"), _of_list("", "average", function="mean")),
    (("median of", "median"), _of_list("", "median", function="median")),
    (
        ("greatest common divisor of", "greatest common factor of", "highest common factor of", "gcd of", "hcf of",
         "gcf of", "largest common factor of", "largest common divisor of"),
        _of_list("", "greatest common divisor", function="gcd"),
    ),
    (
        ("least common multiple of", "lowest common multiple of", "lcm of", "smallest common multiple of",
         "least common denominator of", "lowest common denominator of"),
        _of_list("", "least common multiple", function="lcm"),
    ),
    (("difference between", "difference of", "difference from"), _difference),
    (("quotient of",), _imperative("/", "divided by", "and", "over")),
    (("remainder of", "remainder when", "remainder if", "remainder"), _remainder),
    (("multiply", "multiplying"), _imperative("*", "times", "by", "and", "with", "times")),
    (("divide", "dividing"), _imperative("/", "divided by", "by")),
    (("add", "adding"), _adding),
    (("subtract", "subtracting", "take away", "take", "deduct", "knock off", "knock"), _subtracting),
    (("cut", "chop"), _cutting),
    (("increase", "raise"), _imperative("+", "plus", "by")),
    (("decrease", "reduce", "lower", "discount"), _imperative("-", "minus", "by")),
    (("pi",), _constant("pi")),
)  # fmt: skip
"""Words before a number, and how what follows is read."""

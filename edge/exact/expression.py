"""Arithmetic in a notation without words, evaluated exactly where that is possible. Pure.

The notation has numbers ("12", "2.75", "3/8", "2_1/2" for two and a half), the signs + - * / ^ ! %, brackets and
functions ("sqrt(2)", "mod(17, 5)"). A percentage that is added or taken away is one of what stands before it:
"80 - 15%" is 68.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from edge.exact.functions import FUNCTIONS, Result, bounded

_MAX_CHARS = 600

_TOKEN = re.compile(r"\s*(?:(\d+_\d+/\d+|\d+/\d+|\d+(?:\.\d+)?)|([a-z]+|[-+*/^!%(),]))")
_PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 4}
_UNARY = 3


class NotationError(ValueError):
    """The text is not in the notation."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number, as it was written."""

    written: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Operation:
    """A sign or a function and what it is applied to. The name of a negative number's sign is "neg"."""

    name: str
    args: tuple["Expression", ...]


Expression = Number | Operation


def read(text: str) -> Expression:
    """The expression of a text. Raises `NotationError`."""
    if len(text) > _MAX_CHARS:
        raise NotationError(text)
    tokens = list(_tokens(text))
    expression, at = _read(tokens, 0, 0)
    if at != len(tokens):
        raise NotationError(text)
    return expression


def evaluate(expression: Expression) -> Result:
    """The value of an expression. Raises `NoResultError` of `edge.exact.functions`; the work is bounded."""
    if isinstance(expression, Number):
        return Result(expression.value)
    name, args = expression.name, expression.args
    if name in {"+", "-"} and _is_percentage(args[1]) and not _is_percentage(args[0]):
        base, part = evaluate(args[0]), evaluate(args[1])
        factor = 1 + part.value if name == "+" else 1 - part.value
        return Result(bounded(base.value * factor), base.exact and part.exact)
    values = [evaluate(it) for it in args]
    exact = all(it.exact for it in values)
    result = FUNCTIONS[name](*(it.value for it in values))
    return Result(bounded(result.value), exact and result.exact)


def number_of(written: str) -> Fraction:
    """The value of a number in the notation. Raises `NotationError` for a denominator of zero."""
    whole, _, part = written.rpartition("_")
    try:
        return (int(whole) if whole else 0) + Fraction(part)
    except (ValueError, ZeroDivisionError) as error:
        raise NotationError(written) from error


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotationError(text)
        yield ("number", match[1]) if match[1] else ("sign", match[2])
        at = match.end()


def _read(tokens: list[tuple[str, str]], at: int, least: int) -> tuple[Expression, int]:
    left, at = _operand(tokens, at)
    while at < len(tokens):
        sign = tokens[at][1]
        if sign in {"!", "%"}:
            left, at = Operation(sign, (left,)), at + 1
            continue
        strength = _PRECEDENCE.get(sign, 0)
        if not strength or strength <= least:
            break
        right, at = _read(tokens, at + 1, strength - 1 if sign == "^" else strength)
        left = Operation(sign, (left, right))
    return left, at


def _operand(tokens: list[tuple[str, str]], at: int) -> tuple[Expression, int]:
    if at >= len(tokens):
        raise NotationError
    kind, text = tokens[at]
    if kind == "number":
        return Number(text, number_of(text)), at + 1
    if text == "-":
        inner, at = _read(tokens, at + 1, _UNARY)
        return Operation("neg", (inner,)), at
    if text == "(":
        inner, at = _read(tokens, at + 1, 0)
        return inner, _after(tokens, at, ")")
    if text in _CONSTANTS:
        return Operation(text, ()), at + 1
    if text in _ARITY:
        return _function(text, tokens, _after(tokens, at + 1, "("))
    raise NotationError(text)


def _function(name: str, tokens: list[tuple[str, str]], at: int) -> tuple[Expression, int]:
    args: list[Expression] = []
    while True:
        arg, at = _read(tokens, at, 0)
        args.append(arg)
        if tokens[at : at + 1] != [("sign", ",")]:
            break
        at += 1
    least, most = _ARITY[name]
    if not least <= len(args) <= most:
        raise NotationError(name)
    return Operation(name, tuple(args)), _after(tokens, at, ")")


def _after(tokens: list[tuple[str, str]], at: int, sign: str) -> int:
    if tokens[at : at + 1] != [("sign", sign)]:
        raise NotationError(sign)
    return at + 1


def _is_percentage(expression: Expression) -> bool:
    return isinstance(expression, Operation) and expression.name == "%"


_CONSTANTS = frozenset({"pi", "e"})
_MANY = 30
_ARITY: Final = {
    **dict.fromkeys(("sqrt", "cbrt", "ln", "sin", "cos", "tan", "abs"), (1, 1)),
    **dict.fromkeys(("root", "mod"), (2, 2)),
    **dict.fromkeys(("mean", "median", "max", "min"), (1, _MANY)),
    **dict.fromkeys(("gcd", "lcm"), (2, _MANY)),
    **dict.fromkeys(("round", "log"), (1, 2)),
}

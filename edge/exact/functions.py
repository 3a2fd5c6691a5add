"""The functions of `edge.exact.expression`, with bounds for the size of what they make. Pure."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final

from edge.nlu.exact_replies import NoAnswer

MAX_BITS: Final = 8000
"""Larger numbers, of about 2400 digits, are refused."""
_DIGITS = 40
"""The precision of results that no fraction can express."""
_MAX_FACTORIAL = 500
_MAX_ROOT = 100


class NoResultError(ValueError):
    """The expression has no value."""

    def __init__(self, reason: NoAnswer) -> None:
        super().__init__(reason)
        self.reason: NoAnswer = reason


@dataclass(frozen=True, slots=True)
class Result:
    """A value; `exact` is false if the true one is no fraction, and this is close to it."""

    value: Fraction
    exact: bool = True


def bounded(value: Fraction) -> Fraction:
    """The value. Raises `NoResultError` if it is too large."""
    if _bits(value) > MAX_BITS:
        raise NoResultError("too-large")
    return value


def _divide(left: Fraction, right: Fraction) -> Result:
    if not right:
        raise NoResultError("division-by-zero")
    return Result(left / right)


def _power(base: Fraction, exponent: Fraction) -> Result:
    if not base:
        if exponent < 0:
            raise NoResultError("division-by-zero")
        return Result(Fraction(0 if exponent else 1))
    if exponent.denominator == 1:
        return _whole_power(base, int(exponent))
    if base < 0:
        raise NoResultError("not-real")
    if exponent.denominator <= _MAX_ROOT:
        root = _root(base, Fraction(exponent.denominator))
        if root.exact:
            return _whole_power(root.value, exponent.numerator)
    if abs(exponent) * _bits(base) > MAX_BITS:
        raise NoResultError("too-large")
    with localcontext() as context:
        context.prec = _DIGITS
        return Result(Fraction(_decimal(base) ** _decimal(exponent)), exact=False)


def _whole_power(base: Fraction, exponent: int) -> Result:
    if abs(base) == 1:
        return Result(base if exponent % 2 else Fraction(1))
    if _bits(base) * abs(exponent) > 2 * MAX_BITS:
        raise NoResultError("too-large")
    return Result(base**exponent)


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _root(value: Fraction, degree: Fraction) -> Result:
    """The real root; exact where it is a fraction."""
    if degree.denominator != 1 or not 1 <= degree <= _MAX_ROOT:
        raise NoResultError("not-real" if degree < 1 else "too-large")
    count = int(degree)
    if value < 0:
        if count % 2 == 0:
            raise NoResultError("not-real")
        root = _root(-value, degree)
        return Result(-root.value, root.exact)
    above, below = _whole_root(value.numerator, count), _whole_root(value.denominator, count)
    if above is not None and below is not None:
        return Result(Fraction(above, below))
    with localcontext() as context:
        context.prec = _DIGITS
        return Result(Fraction(_decimal(value) ** (1 / Decimal(count))), exact=False)


def _whole_root(value: int, degree: int) -> int | None:
    low, high = 0, 1 << (value.bit_length() // degree + 1)
    while low < high:
        middle = (low + high) // 2
        if middle**degree < value:
            low = middle + 1
        else:
            high = middle
    return low if low**degree == value else None


def _factorial(value: Fraction) -> Result:
    if value.denominator != 1 or value < 0:
        raise NoResultError("not-real")
    if value > _MAX_FACTORIAL:
        raise NoResultError("too-large")
    return Result(Fraction(math.factorial(int(value))))


def _whole(*values: Fraction) -> list[int]:
    if any(it.denominator != 1 for it in values):
        raise NoResultError("not-whole")
    return [int(it) for it in values]


def _remainder(left: Fraction, right: Fraction) -> Result:
    if not right:
        raise NoResultError("division-by-zero")
    return Result(left % right)


def _rounded(value: Fraction, unit: Fraction = Fraction(1)) -> Result:
    """To the nearest multiple of `unit`, halves away from zero."""
    if unit <= 0:
        raise NoResultError("division-by-zero")
    half = Fraction(1, 2)
    steps = math.floor(abs(value) / unit + half)
    return Result(steps * unit if value >= 0 else -steps * unit)


def _log(value: Fraction, base: Fraction | None = None) -> Result:
    if value <= 0 or (base is not None and (base <= 0 or base == 1)):
        raise NoResultError("not-real")
    with localcontext() as context:
        context.prec = _DIGITS
        result = _decimal(value).ln()
        if base is not None:
            result /= _decimal(base).ln()
            whole = Fraction(round(result))
            if abs(whole) < MAX_BITS and _power(base, whole).value == value:
                return Result(whole)
    return Result(Fraction(0), exact=True) if value == 1 else Result(Fraction(result), exact=False)


def _of_degrees(function: Callable[[float], float]) -> Callable[[Fraction], Result]:
    """A function of an angle; the values that are simple fractions are exact (Niven's theorem)."""

    def apply(value: Fraction) -> Result:
        found = function(math.radians(float(value % 360)))
        if abs(found) > 1e15:  # noqa: PLR2004 - the tangent of a right angle
            raise NoResultError("not-real")
        halves = Fraction(round(found * 2), 2)
        close = abs(float(halves) - found) < 1e-12  # noqa: PLR2004 - the error of the function
        return Result(halves) if close else Result(Fraction(found), exact=False)

    return apply


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


PI: Final = Fraction("3.14159265358979323846264338327950288419716939937510582097494459")
"""To 62 decimals."""
_E: Final = Fraction("2.718281828459045235360287471352662497757247093700")

_Apply = Callable[..., Result]
FUNCTIONS: Final[Mapping[str, _Apply]] = {
    "+": lambda a, b: Result(a + b),
    "-": lambda a, b: Result(a - b),
    "*": lambda a, b: Result(a * b),
    "/": _divide,
    "^": _power,
    "!": _factorial,
    "%": lambda a: Result(a / 100),
    "neg": lambda a: Result(-a),
    "sqrt": lambda a: _root(a, Fraction(2)),
    "cbrt": lambda a: _root(a, Fraction(3)),
    "root": _root,
    "mod": _remainder,
    "mean": lambda *them: Result(sum(them, Fraction(0)) / len(them)),
    "median": lambda *them: Result((sorted(them)[(len(them) - 1) // 2] + sorted(them)[len(them) // 2]) / 2),
    "max": lambda *them: Result(max(them)),
    "min": lambda *them: Result(min(them)),
    "gcd": lambda *them: Result(Fraction(math.gcd(*_whole(*them)))),
    "lcm": lambda *them: Result(Fraction(math.lcm(*_whole(*them)))),
    "round": _rounded,
    "log": lambda a, base=Fraction(10): _log(a, base),
    "ln": _log,
    "sin": _of_degrees(math.sin),
    "cos": _of_degrees(math.cos),
    "tan": _of_degrees(math.tan),
    "abs": lambda a: Result(abs(a)),
    "pi": lambda: Result(PI, exact=False),
    "e": lambda: Result(_E, exact=False),
}

"""Writes values as they are best said: rounded where the digits do not end soon. Pure."""

import math
from fractions import Fraction
from typing import Final

_MANY_DIGITS: Final = 21
"""Whole numbers up to this length are said in full."""
_DECIMALS: Final = 6
"""A decimal fraction of up to this length is not rounded."""
_MAX_DENOMINATOR: Final = 1000


def figure(value: Fraction, *, decimals: int = _DECIMALS, places: int | None = None) -> tuple[str, bool]:
    """The digits of a number, "1,234.5", and whether they are rounded.

    One of up to `decimals` decimals is not rounded; `places` are those of a rounded one, by default by its size.
    """
    if abs(value) >= 10**_MANY_DIGITS:
        return _scientific(value), True
    if (length := _ends_after(value)) is not None and length <= decimals:
        return _grouped(value, length), False
    size = math.floor(math.log10(abs(value))) if value else 0
    if size < -_DECIMALS:
        return _scientific(value), True
    if places is None:
        places = 3 - size if size < 0 else 3 - min(size, 1)
    return _grouped(value, places).rstrip("0").rstrip("."), True


def money_figure(value: Fraction, sign: str) -> tuple[str, bool]:
    """An amount of money, "$12.50", and whether it is rounded to cents."""
    cents = _nearest(value * 100)
    if abs(cents) >= 10**_MANY_DIGITS:
        return f"{sign}{_scientific(value)}", True
    whole, rest = divmod(abs(cents), 100)
    text = f"{sign}{whole:,}" + (f".{rest:02}" if rest else "")
    return ("minus " if cents < 0 else "") + text, value * 100 != cents


def fraction(value: Fraction) -> str:
    """A common fraction, "5/6" or "1 1/4"; empty for a whole number and for one with a large denominator."""
    if value.denominator == 1 or value.denominator > _MAX_DENOMINATOR or abs(value) >= _MAX_DENOMINATOR:
        return ""
    whole, rest = divmod(abs(value), 1)
    return ("minus " if value < 0 else "") + (f"{whole} " if whole else "") + f"{rest.numerator}/{rest.denominator}"


def _ends_after(value: Fraction) -> int | None:
    """The number of decimals of a decimal fraction; None if it never ends."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def _grouped(value: Fraction, decimals: int) -> str:
    steps = _nearest(abs(value) * 10**decimals)
    whole, rest = divmod(steps, 10**decimals)
    text = f"{whole:,}" + (f".{rest:0{decimals}}" if decimals else "")
    return f"minus {text}" if value < 0 and steps else text


def _nearest(value: Fraction) -> int:
    """Halves go away from zero."""
    nearest = math.floor(abs(value) + Fraction(1, 2))
    return nearest if value >= 0 else -nearest


def _scientific(value: Fraction) -> str:
    """A number as a power of ten: "1.27 times 10 to the power of 30"."""
    size = len(str(abs(value.numerator))) - len(str(value.denominator))
    scaled = abs(value) / Fraction(10) ** size
    while scaled >= 10:  # noqa: PLR2004 - one digit before the point
        scaled, size = scaled / 10, size + 1
    while scaled < 1:
        scaled, size = scaled * 10, size - 1
    digits = _grouped(scaled, 3).rstrip("0").rstrip(".")
    power = f"minus {-size}" if size < 0 else str(size)
    return f"{'minus ' if value < 0 else ''}{digits} times 10 to the power of {power}"

"""Values of templates: what they print, their attributes, their operators, and the budget for all of it."""

import math
import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

STEPS: Final = 20_000
"""What one rendering may spend: a step costs 1, a text 1 for 16 characters, a list or an object 1 for each part."""

_MAX_INTEGER: Final = 2**63
_MAX_EXPONENT: Final = 64


class RenderError(Exception):
    """A step of a template that cannot be done."""


class Budget:
    """The steps that are left to one rendering."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = STEPS

    def spend(self, steps: int) -> None:
        """Take `steps` away. Raises `RenderError` if there are not so many."""
        self.left -= steps
        if self.left < 0:
            raise RenderError("it takes too many steps")

    def text(self, value: str) -> str:
        """The text, paid for."""
        self.spend(1 + len(value) // 16)
        return value

    def parts(self, value: Any) -> None:
        """Pay for all parts of a value, as often as they appear in it."""
        waiting, count = [value], 0
        while waiting:
            part = waiting.pop()
            count += 1
            if count > self.left:
                self.spend(count)
            if isinstance(part, dict):
                waiting += part.values()
            elif isinstance(part, list | tuple):
                waiting += part
        self.spend(count)


class Undefined:
    """What a name or a key is that does not exist: prints nothing, is false, has no attributes."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Undefined)

    __hash__ = None  # type: ignore[assignment]  # no key of an object


class Namespace(dict[str, Any]):
    """An object whose keys a template may set."""


def as_text(value: Any, budget: Budget) -> str:
    """The value as a template prints it: True, None, 21.0, ['a', 1]."""
    if isinstance(value, str):
        return budget.text(value)
    if isinstance(value, Undefined):
        return ""
    if isinstance(value, dict | list | tuple):
        budget.parts(value)
    return budget.text(str(value))


def items_of(value: Any, budget: Budget) -> list[Any]:
    """The items of a list, the keys of an object, the characters of a text; none of what is undefined."""
    if isinstance(value, Undefined):
        return []
    if not isinstance(value, list | tuple | dict | str):
        raise RenderError("this has no items")
    budget.spend(1 + len(value))
    return list(value)


_TIMES: Final = frozenset({"year", "month", "day", "hour", "minute", "second"})


def attribute(value: Any, key: Any) -> Any:
    """`value.key` and `value[key]`: never an attribute of a Python object but a few numbers of a time."""
    if isinstance(value, Undefined):
        raise RenderError(f"'{value.name}' is undefined")
    if isinstance(value, dict):
        return value[key] if key in value else Undefined(str(key)[:40])
    if isinstance(value, list | tuple | str) and isinstance(key, int):
        return value[key] if -len(value) <= key < len(value) else Undefined(str(key)[:40])
    if isinstance(value, datetime) and key in _TIMES:
        return getattr(value, key)
    return Undefined(str(key)[:40])


def part(value: Any, bounds: Sequence[Any], budget: Budget) -> Any:
    """`value[start:stop:step]`; the bounds may be None."""
    if not isinstance(value, list | tuple | str):
        raise RenderError("this has no parts")
    budget.spend(1 + len(value) // 16)
    return value[slice(*bounds)]


Operator = Callable[[Any, Any, Budget], Any]


def _numbers(one: Any, other: Any) -> bool:
    return isinstance(one, int | float) and isinstance(other, int | float)


def _bounded(value: Any) -> Any:
    if isinstance(value, int) and abs(value) >= _MAX_INTEGER:
        raise RenderError("a number is too large")
    return value


def _arithmetic(of: Callable[[Any, Any], Any]) -> Operator:
    def apply(one: Any, other: Any, _: Budget) -> Any:
        if not _numbers(one, other):
            raise RenderError("this is no number")
        return _bounded(of(_bounded(one), _bounded(other)))

    return apply


def _plus(one: Any, other: Any, budget: Budget) -> Any:
    if isinstance(one, str) and isinstance(other, str):
        return budget.text(one + other)
    if isinstance(one, list) and isinstance(other, list):
        budget.spend(len(one) + len(other))
        return one + other
    return _arithmetic(operator.add)(one, other, budget)


def _power(one: Any, other: Any) -> Any:
    if abs(other) > _MAX_EXPONENT:
        raise RenderError("a number is too large")
    return one**other


def _modulo(one: Any, other: Any, budget: Budget) -> Any:
    if isinstance(one, str):
        return formatted(one, tuple(other) if isinstance(other, tuple) else (other,), budget)
    return _arithmetic(operator.mod)(one, other, budget)


_PLACE: Final = re.compile(r"%(?:%|[-+ #0]*(\d{0,2})(?:\.(\d{0,2}))?[diouxXeEfFgGs])")


def formatted(pattern: str, values: Sequence[Any], budget: Budget) -> str:
    """`pattern % values`, with widths of two digits at most."""
    if "%" in _PLACE.sub("", pattern):
        raise RenderError("this format is not supported")
    budget.parts(list(values))
    return budget.text(pattern % tuple(values))


def _joined(one: Any, other: Any, budget: Budget) -> str:
    return budget.text(as_text(one, budget) + as_text(other, budget))


def _compared(of: Callable[[Any, Any], bool]) -> Operator:
    def apply(one: Any, other: Any, budget: Budget) -> bool:
        budget.parts([one, other])
        return bool(of(one, other))

    return apply


def _contains(one: Any, other: Any, budget: Budget) -> bool:
    budget.parts([one, other])
    if isinstance(other, Undefined):
        return False
    if isinstance(other, str) and not isinstance(one, str):
        raise RenderError("only a text is in a text")
    return one in other


ADDITIONS: Final[Mapping[str, Operator]] = {"+": _plus, "-": _arithmetic(operator.sub)}
JOINS: Final[Mapping[str, Operator]] = {"~": _joined}
PRODUCTS: Final[Mapping[str, Operator]] = {
    "*": _arithmetic(operator.mul),
    "/": _arithmetic(operator.truediv),
    "//": _arithmetic(operator.floordiv),
    "%": _modulo,
}
POWERS: Final[Mapping[str, Operator]] = {"**": _arithmetic(_power)}
COMPARISONS: Final[Mapping[str, Operator]] = {
    "==": _compared(operator.eq),
    "!=": _compared(operator.ne),
    "<": _compared(operator.lt),
    ">": _compared(operator.gt),
    "<=": _compared(operator.le),
    ">=": _compared(operator.ge),
    "in": _contains,
    "not in": lambda one, other, budget: not _contains(one, other, budget),
}


def negative(value: Any) -> Any:
    """`-value`."""
    if not isinstance(value, int | float):
        raise RenderError("this is no number")
    return -value


def whole(value: float) -> int:
    """A number without its fraction. Raises `RenderError` for infinity."""
    if not math.isfinite(value):
        raise RenderError("this is no number")
    return int(value)


def texts_of(values: Iterable[Any], budget: Budget) -> list[str]:
    """Each value as it is printed."""
    return [as_text(value, budget) for value in values]

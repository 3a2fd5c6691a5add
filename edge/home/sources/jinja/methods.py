"""Tests and methods of templates. Each takes the budget first."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from edge.home.sources.jinja.functions import Function, join, of_text, replaced, strftime
from edge.home.sources.jinja.values import COMPARISONS, Budget, RenderError, Undefined, items_of

_FORMAT: Final = re.compile(r"\{\d?(:[ +0<>^-]?\d{0,2}(?:\.\d{1,2})?[bdeEfFgGoxXs%]?)?\}")


def _compares(sign: str) -> Function:
    return lambda budget, value, other: COMPARISONS[sign](value, other, budget)


def _is(*kinds: type) -> Function:
    return lambda _, value: isinstance(value, kinds)


TESTS: Final[Mapping[str, Function]] = {
    "boolean": _is(bool),
    "defined": lambda _, value: not isinstance(value, Undefined),
    "divisibleby": lambda _, value, by: value % by == 0,
    "eq": _compares("=="),
    "equalto": _compares("=="),
    "even": lambda _, value: value % 2 == 0,
    "false": lambda _, value: value is False,
    "float": _is(float),
    "ge": _compares(">="),
    "gt": _compares(">"),
    "in": _compares("in"),
    "integer": lambda _, value: isinstance(value, int) and not isinstance(value, bool),
    "iterable": _is(str, list, tuple, dict),
    "le": _compares("<="),
    "lt": _compares("<"),
    "mapping": _is(dict),
    "ne": _compares("!="),
    "none": lambda _, value: value is None,
    "number": _is(int, float),
    "odd": lambda _, value: value % 2 == 1,
    "sequence": _is(str, list, tuple, dict),
    "string": _is(str),
    "true": lambda _, value: value is True,
    "undefined": _is(Undefined),
}


def _braces(budget: Budget, pattern: str, *values: Any) -> str:
    if re.search(r"[{}]", _FORMAT.sub("", pattern)) or any(not isinstance(it, str | int | float) for it in values):
        raise RenderError("this format is not supported")
    budget.spend(len(values))
    return budget.text(pattern.format(*values))


def _split(budget: Budget, value: str, between: str | None = None, most: int = -1) -> list[str]:
    budget.spend(len(value))
    return value.split(between, most)


METHODS: Final[Sequence[tuple[type, Mapping[str, Function]]]] = (
    (
        str,
        {
            "capitalize": of_text(str.capitalize),
            "count": lambda _, value, part: value.count(part),
            "endswith": lambda _, value, end: value.endswith(end),
            "find": lambda _, value, part: value.find(part),
            "format": _braces,
            "isdigit": lambda _, value: value.isdigit(),
            "isnumeric": lambda _, value: value.isnumeric(),
            "join": lambda budget, value, members: join(budget, members, value),
            "lower": of_text(str.lower),
            "lstrip": of_text(str.lstrip),
            "removeprefix": of_text(str.removeprefix),
            "removesuffix": of_text(str.removesuffix),
            "replace": replaced,
            "rstrip": of_text(str.rstrip),
            "split": _split,
            "startswith": lambda _, value, start: value.startswith(start),
            "strip": of_text(str.strip),
            "title": of_text(str.title),
            "upper": of_text(str.upper),
        },
    ),
    (
        dict,
        {
            "get": lambda _, value, key, default=None: value.get(key, default),
            "items": lambda budget, value: [(key, value[key]) for key in items_of(value, budget)],
            "keys": lambda budget, value: items_of(value, budget),
            "values": lambda budget, value: [value[key] for key in items_of(value, budget)],
        },
    ),
    (
        datetime,
        {
            "isoformat": lambda _, value: value.isoformat(),
            "strftime": strftime,
            "timestamp": lambda _, value: value.timestamp(),
        },
    ),
)

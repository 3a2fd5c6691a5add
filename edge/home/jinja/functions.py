"""Filters, tests, functions and methods of templates: Jinja's and Home Assistant's, as far as publishers use them.

Each takes the budget first. Regular expressions are not supported: a stranger's may run for minutes.
"""

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from edge.home.jinja.json_values import parse_json
from edge.home.jinja.values import (
    COMPARISONS,
    Budget,
    Namespace,
    RenderError,
    Undefined,
    as_text,
    attribute,
    formatted,
    items_of,
    texts_of,
    whole,
)

Function = Callable[..., Any]

_MISSING: Final = object()
_MAX_PRECISION: Final = 12
_EXPRESSION: Final = re.compile(r"[\\^$.|?*+()\[\]{}]")
_FORMAT: Final = re.compile(r"\{\d?(:[ +0<>^-]?\d{0,2}(?:\.\d{1,2})?[bdeEfFgGoxXs%]?)?\}")
_TIME_FORMAT: Final = re.compile(r"(?:[^%]|%-?[A-Za-z%]){0,64}")


def _or_default(default: Any) -> Any:
    if default is _MISSING:
        raise RenderError("this is no number")
    return default


def _int(_: Budget, value: Any, default: Any = _MISSING, base: int = 10) -> Any:
    try:
        if isinstance(value, str):
            return int(value, base) if base != 10 or value.strip().isdecimal() else whole(float(value))  # noqa: PLR2004
        return whole(value) if isinstance(value, int | float) else _or_default(default)
    except (ValueError, RenderError):
        return _or_default(default)


def _float(_: Budget, value: Any, default: Any = _MISSING) -> Any:
    try:
        return float(value) if isinstance(value, int | float | str) else _or_default(default)
    except (ValueError, OverflowError):
        return _or_default(default)


def _round(budget: Budget, value: Any, precision: int = 0, method: str = "common", default: Any = _MISSING) -> Any:
    number = _float(budget, value, None)
    if number is None or not math.isfinite(number):
        return _or_default(default)
    if abs(precision) > _MAX_PRECISION:
        raise RenderError("this is no precision")
    scale = 10.0**precision
    match method:
        case "ceil":
            number = math.ceil(number * scale) / scale
        case "floor":
            number = math.floor(number * scale) / scale
        case "half":
            number = round(number * 2) / 2
        case _:
            number = round(number, precision)
    return int(number) if precision == 0 and method != "half" else number


def _default(_: Budget, value: Any, default: Any = "", boolean: Any = False) -> Any:
    return default if isinstance(value, Undefined) or (boolean and not value) else value


def _is_defined(_: Budget, value: Any) -> Any:
    if isinstance(value, Undefined):
        raise RenderError(f"'{value.name}' is undefined")
    return value


def _iif(_: Budget, value: Any, yes: Any = True, no: Any = False, nothing: Any = _MISSING) -> Any:
    if value is None and nothing is not _MISSING:
        return nothing
    return yes if value else no


def _of_text(method: Callable[..., str]) -> Function:
    return lambda budget, value, *given: budget.text(
        method(as_text(value, budget), *(item for item in given if isinstance(item, str)))
    )


def _truncate(
    budget: Budget, value: Any, length: int = 255, killwords: Any = False, end: str = "...", leeway: int = 5
) -> str:
    text = as_text(value, budget)
    if len(text) <= length + leeway:
        return text
    kept = text[: max(0, length - len(end))]
    return (kept if killwords else kept.rpartition(" ")[0] or kept) + end


def _replace(budget: Budget, value: Any, old: str, new: Any) -> str:
    text, by = as_text(value, budget), as_text(new, budget)
    if not old:
        raise RenderError("an empty text is not replaced")
    budget.spend(text.count(old) * (1 + len(by) // 16))
    return budget.text(text.replace(old, by))


def _regex_replace(budget: Budget, value: Any, find: str = "", replace: str = "") -> str:
    if _EXPRESSION.search(find):
        raise RenderError("regular expressions are not supported")
    return _replace(budget, value, find, replace)


def _join(budget: Budget, values: Any, between: str = "", attribute_name: str | None = None) -> str:
    members = items_of(values, budget)
    if attribute_name is not None:
        members = [attribute(member, attribute_name) for member in members]
    budget.spend(len(members) * (1 + len(between) // 16))
    return budget.text(between.join(texts_of(members, budget)))


def _format(budget: Budget, pattern: str, *values: Any) -> str:
    return formatted(pattern, values, budget)


def _braces(budget: Budget, pattern: str, *values: Any) -> str:
    if re.search(r"[{}]", _FORMAT.sub("", pattern)) or any(not isinstance(it, str | int | float) for it in values):
        raise RenderError("this format is not supported")
    budget.spend(len(values))
    return budget.text(pattern.format(*values))


def _to_json(budget: Budget, value: Any, *_: Any, **__: Any) -> str:
    budget.parts(value)
    return budget.text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _tojson(budget: Budget, value: Any, *_: Any, **__: Any) -> str:
    budget.parts(value)
    return budget.text(json.dumps(value, ensure_ascii=False, sort_keys=True))


def _from_json(budget: Budget, value: Any, default: Any = _MISSING) -> Any:
    parsed = parse_json(budget.text(str(value)))
    if parsed is None and str(value).strip() != "null":
        return _or_default(default)
    return parsed


def _sorted(budget: Budget, value: Any, reverse: Any = False) -> list[Any]:
    members = items_of(value, budget)
    budget.parts(members)
    return sorted(members, reverse=bool(reverse))


def _unique(budget: Budget, value: Any) -> list[Any]:
    members = items_of(value, budget)
    budget.spend(len(members) ** 2)
    return [member for at, member in enumerate(members) if member not in members[:at]]


def _map(budget: Budget, value: Any, name: str = "", *given: Any, **named: Any) -> list[Any]:
    members = items_of(value, budget)
    if "attribute" in named:
        return [attribute(member, named["attribute"]) for member in members]
    if name not in FILTERS or name == "map":
        raise RenderError(f"the filter '{name[:40]}' is unknown")
    return [FILTERS[name](budget, member, *given, **named) for member in members]


def _end(at: int) -> Function:
    def run(budget: Budget, value: Any) -> Any:
        members = items_of(value, budget)
        return members[at] if members else Undefined("the first or last item")

    return run


def _extreme(of: Callable[[Sequence[Any]], Any]) -> Function:
    def run(budget: Budget, value: Any, *more: Any) -> Any:
        members = [value, *more] if more else items_of(value, budget)
        budget.parts(members)
        return of(members)

    return run


def _bits(of: Callable[[int, int], int]) -> Function:
    return lambda budget, one, other: of(_int(budget, one), _int(budget, other))


def _length(_: Budget, value: Any) -> int:
    if not isinstance(value, str | list | tuple | dict):
        raise RenderError("this has no length")
    return len(value)


def _timestamp(_: Budget, value: Any, default: Any = _MISSING) -> Any:
    try:
        return (value if isinstance(value, datetime) else datetime.fromisoformat(value)).timestamp()
    except (TypeError, ValueError, OverflowError):
        return _or_default(default)


def _strftime(budget: Budget, value: datetime, pattern: str) -> str:
    if _TIME_FORMAT.fullmatch(pattern) is None:
        raise RenderError("this format is not supported")
    return budget.text(value.strftime(pattern))


def _timestamp_custom(
    budget: Budget, value: Any, pattern: str = "%Y-%m-%d %H:%M:%S", local: Any = True, default: Any = _MISSING
) -> Any:
    number = _float(budget, value, None)
    try:
        moment = datetime.fromtimestamp(number, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return _or_default(default)
    return _strftime(budget, moment.astimezone() if local else moment, pattern)


def _range(budget: Budget, *bounds: int) -> list[int]:
    numbers = range(*bounds)
    budget.spend(len(numbers))
    return list(numbers)


def _split(budget: Budget, value: str, between: str | None = None, most: int = -1) -> list[str]:
    budget.spend(len(value))
    return value.split(between, most)


def _bool(_: Budget, value: Any, default: Any = _MISSING) -> Any:
    if isinstance(value, bool | int | float):
        return bool(value)
    known = {"1": True, "true": True, "yes": True, "on": True, "enable": True}
    known |= {"0": False, "false": False, "no": False, "off": False, "disable": False}
    text = str(value).lower() if isinstance(value, str) else ""
    return known[text] if text in known else _or_default(default)


FILTERS: Final[dict[str, Function]] = {
    "abs": lambda _, value: abs(value),
    "as_timestamp": _timestamp,
    "bitwise_and": _bits(lambda one, other: one & other),
    "bitwise_or": _bits(lambda one, other: one | other),
    "bitwise_xor": _bits(lambda one, other: one ^ other),
    "bool": _bool,
    "capitalize": _of_text(str.capitalize),
    "count": _length,
    "d": _default,
    "default": _default,
    "first": _end(0),
    "float": _float,
    "format": _format,
    "from_json": _from_json,
    "iif": _iif,
    "int": _int,
    "is_defined": _is_defined,
    "is_number": lambda budget, value: math.isfinite(_float(budget, value, math.nan)),
    "items": lambda budget, value: [(key, value[key]) for key in items_of(value, budget)],
    "join": _join,
    "last": _end(-1),
    "length": _length,
    "list": lambda budget, value: items_of(value, budget),
    "lower": _of_text(str.lower),
    "map": _map,
    "max": _extreme(max),
    "min": _extreme(min),
    "multiply": lambda budget, value, by: _float(budget, value) * _float(budget, by),
    "regex_replace": _regex_replace,
    "replace": _replace,
    "reverse": lambda budget, value: value[::-1] if isinstance(value, str) else items_of(value, budget)[::-1],
    "round": _round,
    "sort": _sorted,
    "string": lambda budget, value: as_text(value, budget),
    "strip": _of_text(str.strip),
    "sum": lambda budget, value: sum(items_of(value, budget)),
    "timestamp_custom": _timestamp_custom,
    "title": _of_text(str.title),
    "to_json": _to_json,
    "tojson": _tojson,
    "trim": _of_text(str.strip),
    "truncate": _truncate,
    "unique": _unique,
    "upper": _of_text(str.upper),
}


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

FUNCTIONS: Final[Mapping[str, Function]] = {
    "as_timestamp": _timestamp,
    "bool": _bool,
    "dict": lambda _, **named: named,
    "float": _float,
    "iif": _iif,
    "int": _int,
    "is_number": FILTERS["is_number"],
    "max": _extreme(max),
    "min": _extreme(min),
    "namespace": lambda _, **named: Namespace(named),
    "now": lambda _: datetime.now().astimezone(),
    "range": _range,
    "timestamp_custom": _timestamp_custom,
    "utcnow": lambda _: datetime.now(UTC),
}

METHODS: Final[Sequence[tuple[type, Mapping[str, Function]]]] = (
    (
        str,
        {
            "capitalize": _of_text(str.capitalize),
            "count": lambda _, value, part: value.count(part),
            "endswith": lambda _, value, end: value.endswith(end),
            "find": lambda _, value, part: value.find(part),
            "format": _braces,
            "isdigit": lambda _, value: value.isdigit(),
            "isnumeric": lambda _, value: value.isnumeric(),
            "join": lambda budget, value, members: _join(budget, members, value),
            "lower": _of_text(str.lower),
            "lstrip": _of_text(str.lstrip),
            "removeprefix": _of_text(str.removeprefix),
            "removesuffix": _of_text(str.removesuffix),
            "replace": _replace,
            "rstrip": _of_text(str.rstrip),
            "split": _split,
            "startswith": lambda _, value, start: value.startswith(start),
            "strip": _of_text(str.strip),
            "title": _of_text(str.title),
            "upper": _of_text(str.upper),
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
            "strftime": _strftime,
            "timestamp": lambda _, value: value.timestamp(),
        },
    ),
)

"""Filters and functions of templates: Jinja's and Home Assistant's, as far as publishers use them.

Each takes the budget first. Regular expressions are not supported: a stranger's may run for minutes.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from edge.home.sources.jinja.json_values import parse_json
from edge.home.sources.jinja.values import (
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


def of_text(method: Callable[..., str]) -> Function:
    """A function of a text and of texts."""
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


def replaced(budget: Budget, value: Any, old: str, new: Any) -> str:
    """The text with each `old` replaced."""
    text, by = as_text(value, budget), as_text(new, budget)
    if not old:
        raise RenderError("an empty text is not replaced")
    budget.spend(text.count(old) * (1 + len(by) // 16))
    return budget.text(text.replace(old, by))


def _regex_replace(budget: Budget, value: Any, find: str = "", replace: str = "") -> str:
    if _EXPRESSION.search(find):
        raise RenderError("regular expressions are not supported")
    return replaced(budget, value, find, replace)


def join(budget: Budget, values: Any, between: str = "", attribute_name: str | None = None) -> str:
    """The items as one text."""
    members = items_of(values, budget)
    if attribute_name is not None:
        members = [attribute(member, attribute_name) for member in members]
    budget.spend(len(members) * (1 + len(between) // 16))
    return budget.text(between.join(texts_of(members, budget)))


def _format(budget: Budget, pattern: str, *values: Any) -> str:
    return formatted(pattern, values, budget)


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
    return sorted(members, key=_folded, reverse=bool(reverse))


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


def _folded(value: Any) -> Any:
    """Jinja compares texts without their case."""
    return value.lower() if isinstance(value, str) else value


def _extreme(of: Callable[..., Any]) -> Function:
    def run(budget: Budget, value: Any, *more: Any) -> Any:
        members = [value, *more] if more else items_of(value, budget)
        budget.parts(members)
        return of(members, key=_folded) if members else Undefined("the least or greatest item")

    return run


def _bits(of: Callable[[int, int], int]) -> Function:
    return lambda budget, one, other: of(_int(budget, one), _int(budget, other))


def _length(_: Budget, value: Any) -> int:
    if isinstance(value, Undefined):
        return 0
    if not isinstance(value, str | list | tuple | dict):
        raise RenderError("this has no length")
    return len(value)


def _timestamp(_: Budget, value: Any, default: Any = _MISSING) -> Any:
    try:
        return (value if isinstance(value, datetime) else datetime.fromisoformat(value)).timestamp()
    except (TypeError, ValueError, OverflowError):
        return _or_default(default)


def strftime(budget: Budget, value: datetime, pattern: str) -> str:
    """The time in a format of at most 64 characters and codes, without widths."""
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
    return strftime(budget, moment.astimezone() if local else moment, pattern)


def _range(budget: Budget, *bounds: int) -> list[int]:
    numbers = range(*bounds)
    budget.spend(len(numbers))
    return list(numbers)


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
    "capitalize": of_text(str.capitalize),
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
    "join": join,
    "last": _end(-1),
    "length": _length,
    "list": lambda budget, value: items_of(value, budget),
    "lower": of_text(str.lower),
    "map": _map,
    "max": _extreme(max),
    "min": _extreme(min),
    "multiply": lambda budget, value, by: _float(budget, value) * _float(budget, by),
    "regex_replace": _regex_replace,
    "replace": replaced,
    "reverse": lambda budget, value: value[::-1] if isinstance(value, str) else items_of(value, budget)[::-1],
    "round": _round,
    "sort": _sorted,
    "string": lambda budget, value: as_text(value, budget),
    "strip": of_text(str.strip),
    "sum": lambda budget, value: sum(items_of(value, budget)),
    "timestamp_custom": _timestamp_custom,
    "title": of_text(str.title),
    "to_json": _to_json,
    "tojson": _tojson,
    "trim": of_text(str.strip),
    "truncate": _truncate,
    "unique": _unique,
    "upper": of_text(str.upper),
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

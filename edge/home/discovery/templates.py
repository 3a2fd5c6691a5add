"""Templates of strangers: the Jinja expressions in discovery payloads, with limits on time and memory.

`minijinja` has no access to Python, and `fuel` bounds its steps. It parses operators recursively, so a template with
thousands of them in a row would end the process: those are refused before they are parsed.
"""

import functools
import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

import minijinja

from edge.errors import HomeError

MAX_TEMPLATE_CHARS: Final = 4096
MAX_PAYLOAD_CHARS: Final = 65_536
MAX_RESULT_CHARS: Final = 4096

_MAX_LEVELS: Final = 32
_FUEL: Final = 20_000
_ROW: Final = re.compile(r"(?:(?:[-+~*/%|.]|\b(?:not|and|or|in|is|if|else)\b|[=<>!]=|<|>)\s*(?:[\w'\"]{0,12}\s*)){65}")
"""65 operators in a row, with short operands between them. minijinja 3.1.0 overflows the stack beyond about 4,000."""

_MOST = 4096
"""Different templates that are kept: a home of 1,000 entities has about 100."""

_known: dict[str, "Template"] = {}

_MISSING: Final = object()


class TemplateError(HomeError):
    """A template that cannot be used, or that failed."""


class Template:
    """One compiled template. Make it with `compile_template`."""

    def __init__(self, source: str, environment: "minijinja.Environment") -> None:
        self._source = source
        self._environment = environment

    def render(self, **variables: Any) -> str:
        """The rendered text.

        Raises:
            TemplateError: "template-failed": an error, an undefined parent, too many steps, or a long result.
        """
        try:
            text = self._environment.render_template(self._source, **variables)
        except Exception as error:  # noqa: BLE001 - minijinja passes on what filters raise
            raise _failed(str(error).partition("\n")[0]) from None
        if len(text) > MAX_RESULT_CHARS:
            raise _failed(f"the result has more than {MAX_RESULT_CHARS} characters")
        return str(text)

    def of_payload(self, payload: str) -> str:
        """The value that a state template reads from a payload: `value` is the text, `value_json` its JSON.

        Raises:
            TemplateError: see `render`; also a payload that is too long.
        """
        if len(payload) > MAX_PAYLOAD_CHARS:
            raise _failed(f"the payload has more than {MAX_PAYLOAD_CHARS} characters")
        variables: dict[str, Any] = {"value": payload}
        parsed = parse_json(payload)
        if parsed is not _MISSING:
            variables["value_json"] = parsed
        return self.render(**variables)


def parse_json(payload: str) -> Any:
    """The JSON of a payload, an object that is no JSON value if it is none or deeper than 32 levels. Never raises."""
    if payload.count("[") + payload.count("{") > _MAX_LEVELS and _levels(payload) > _MAX_LEVELS:
        return _MISSING
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        return _MISSING


def _levels(payload: str) -> int:
    """The deepest level of brackets; those inside of texts count too."""
    level = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", payload):
        level += 1 if bracket in "[{" else -1
        deepest = max(deepest, level)
    return deepest


def json_object(payload: str) -> Mapping[str, Any] | None:
    """The JSON object of a payload, None if it is none."""
    parsed = parse_json(payload) if len(payload) <= MAX_PAYLOAD_CHARS else None
    return parsed if isinstance(parsed, dict) else None


def compile_template(source: str) -> Template:
    """The template, compiled; equal sources share one.

    Raises:
        TemplateError: "template-refused": it is too long, too deep, or no template.
    """
    if len(source) > MAX_TEMPLATE_CHARS:
        raise _refused(f"a template has more than {MAX_TEMPLATE_CHARS} characters")
    if _ROW.search(source):
        raise _refused("a template has more than 64 operators in a row")
    return _compiled(source)


def _compiled(source: str) -> Template:
    if source not in _known:
        if len(_known) >= _MOST:
            raise _refused(f"the home has more than {_MOST} different templates")
        try:
            _environment().add_template(source, source)
        except minijinja.TemplateError as error:
            raise _refused(str(error).partition("\n")[0]) from None
        _known[source] = Template(source, _environment())
    return _known[source]


@functools.cache
def _environment() -> "minijinja.Environment":
    return minijinja.Environment(
        fuel=_FUEL, pycompat=True, undefined_behavior="lenient", filters=_FILTERS, globals=_FUNCTIONS
    )


def _failed(message: str) -> TemplateError:
    return TemplateError("template-failed", f"a template of the home failed: {message}", "see the device's settings")


def _refused(message: str) -> TemplateError:
    return TemplateError("template-refused", message, "see the device's settings")


# Filters and functions of Home Assistant, as far as publishers of discovery use them.


def _int(value: Any, default: Any = _MISSING, base: int = 10) -> Any:
    try:
        return int(str(value), base) if base != 10 else int(float(value))  # noqa: PLR2004 - decimal
    except (TypeError, ValueError, OverflowError):
        return _otherwise(default, value)


def _float(value: Any, default: Any = _MISSING) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError):
        return _otherwise(default, value)


def _otherwise(default: Any, value: Any) -> Any:
    if default is _MISSING:
        message = f"not a number: {str(value)[:40]}"
        raise ValueError(message)
    return default


def _round(value: Any, precision: int = 0, method: str = "common") -> Any:
    number = float(value)
    if method in {"ceil", "floor"}:
        scaled = number * 10**precision
        whole = int(scaled // 1) + (method == "ceil" and scaled % 1 != 0)
        number = whole / 10**precision
    rounded = round(number, precision)
    return rounded if precision > 0 else int(rounded)


def _is_defined(value: Any) -> Any:
    if value is None:
        message = "undefined"
        raise ValueError(message)
    return value


def _iif(value: Any, if_true: Any = True, if_false: Any = False) -> Any:
    return if_true if value else if_false


def _from_json(value: Any) -> Any:
    return json.loads(value)


def _to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _truncate(text: Any, length: int = 255, killwords: Any = False, end: str = "...", _leeway: int = 0) -> str:
    string = str(text)
    if len(string) <= length:
        return string
    kept = string[: max(0, length - len(end))]
    return (kept if killwords else kept.rpartition(" ")[0] or kept) + end


def _regex_replace(text: Any, find: str = "", replace: str = "") -> str:
    """Literal patterns only: a stranger's expression may run for minutes."""
    if re.search(r"[\\^$.|?*+()\[\]{}]", find):
        message = "regular expressions are not supported"
        raise ValueError(message)
    return str(text).replace(find, replace)


def _timestamp(value: Any) -> float:
    return datetime.fromisoformat(str(value)).timestamp()


_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "int": _int,
    "float": _float,
    "round": _round,
    "is_defined": _is_defined,
    "iif": _iif,
    "from_json": _from_json,
    "to_json": _to_json,
    "truncate": _truncate,
    "regex_replace": _regex_replace,
    "multiply": lambda value, factor: float(value) * factor,
    "bitwise_and": lambda one, other: int(one) & int(other),
    "bitwise_or": lambda one, other: int(one) | int(other),
    "as_timestamp": _timestamp,
}

_FUNCTIONS: Final[dict[str, Any]] = {
    "int": _int,
    "float": _float,
    "iif": _iif,
    "now": lambda: datetime.now().astimezone(),
    "as_timestamp": _timestamp,
}

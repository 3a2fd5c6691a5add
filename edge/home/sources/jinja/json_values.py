"""JSON of strangers."""

import json
import re
from typing import Any, Final

_MAX_LEVELS: Final = 32
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
"""The escape of half a character: two of them make one."""


def parse_json(text: str) -> Any:
    """The JSON value of a text, None if it is none or deeper than 32 levels.

    Numbers are finite, texts have no half characters.
    """
    if text.count("[") + text.count("{") > _MAX_LEVELS and _levels(text) > _MAX_LEVELS:
        return None
    try:
        value = json.loads(text, parse_constant=_not_finite, parse_float=_finite)
        if _HALF.search(text):
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return value


def _not_finite(text: str) -> float:
    raise ValueError(text)


def _finite(text: str) -> float:
    value = float(text)
    return value if abs(value) <= 1e300 else _not_finite(text)  # noqa: PLR2004 - infinity


def _levels(text: str) -> int:
    """The deepest level of brackets; those inside of texts count too."""
    level = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        level += 1 if bracket in "[{" else -1
        deepest = max(deepest, level)
    return deepest

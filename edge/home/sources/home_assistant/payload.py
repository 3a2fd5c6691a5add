"""Typed access to what Home Assistant sends: every value is a stranger's, and may have any type and size."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from edge.errors import HomeError

MAX_MESSAGE_BYTES: Final = 16_777_216
"""Longest message. The entity registry of a home with 5000 entities takes 5 MB."""

MAX_TEXT: Final = 256
"""Longest name, state or option in characters; longer ones are cut."""

MAX_ITEMS: Final = 10_000
"""Most items of a list or keys of an object that are looked at."""

Object = Mapping[str, Any]


def parse(text: str | bytes) -> Object:
    """One message. Raises `HomeError` "home-assistant-garbled" if it is no JSON object."""
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise garbled("a message is no JSON") from error
    if not isinstance(parsed, dict):
        raise garbled("a message is no object")
    return parsed


def garbled(message: str) -> HomeError:
    """The error for an answer that cannot be used."""
    return HomeError("home-assistant-garbled", message, "is the address in [home.home_assistant] Home Assistant's?")


def object_of(value: Any) -> Object:
    """The value if it is an object, otherwise an empty one."""
    return cast("Object", value) if isinstance(value, dict) and len(value) <= MAX_ITEMS else {}


def objects_of(value: Any) -> Sequence[Object]:
    """The objects of a list; without those that are none."""
    return [it for it in value[:MAX_ITEMS] if isinstance(it, dict)] if isinstance(value, list) else []


def text_of(value: Any) -> str:
    """A text or a number as a text of one line, empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    try:
        return " ".join(str(value)[:MAX_TEXT].split())
    except ValueError:  # an integer with thousands of digits
        return ""


def texts_of(value: Any) -> tuple[str, ...]:
    """The texts of a list; without those that are none."""
    found = (text_of(it) for it in value[:MAX_TEXT]) if isinstance(value, list) else ()
    return tuple(dict.fromkeys(it for it in found if it))


def number_of(value: Any) -> float | None:
    """A finite number, also one that is written as a text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None

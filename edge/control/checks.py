"""Checks that apply to commands from every source. Pure."""

import unicodedata
from contextlib import suppress
from datetime import datetime, time

from edge.errors import ControlError
from edge.schedule.timers import MAX_SECONDS

MAX_SAY_CHARS = 500
"""About half a minute of speech."""

MAX_ASK_CHARS = 2000

MAX_LABEL_CHARS = 64

DAYS = 7

HINT = "see docs/mqtt.md"


def percent(value: int) -> int:
    """Check a volume. Raises `ControlError` "command-invalid"."""
    if not 0 <= value <= 100:  # noqa: PLR2004 - percent
        raise invalid("volume", "a whole number from 0 to 100")
    return value


def text(name: str, value: str, max_chars: int) -> str:
    """Check and strip a text. Raises `ControlError` "command-invalid", which never contains the text."""
    value = value.strip()
    if not 1 <= len(value) <= max_chars:
        raise invalid(name, f"a text of 1 to {max_chars} characters")
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t" for c in value):
        raise invalid(name, "a text without control characters")
    return value


def label(name: str, value: str) -> str:
    """Check and strip a name or an id, which may be empty. Raises `ControlError` "command-invalid"."""
    return text(name, value, MAX_LABEL_CHARS) if value.strip() else ""


def moment(value: str) -> datetime | time:
    """A local time of day ("07:30") or a date and time ("2026-11-28T07:30"), without a zone.

    Raises `ControlError` "command-invalid".
    """
    for read in (time.fromisoformat, datetime.fromisoformat):
        with suppress(ValueError):
            found: datetime | time = read(value)
            if found.tzinfo is None and ":" in value:
                return found
    raise invalid("alarm-set", "at: a local time like 07:30 or 2026-11-28T07:30")


def seconds(value: int) -> int:
    """Check the length of a timer. Raises `ControlError` "command-invalid"."""
    if not 1 <= value <= MAX_SECONDS:
        raise invalid("timer-set", f"seconds: a whole number from 1 to {MAX_SECONDS}")
    return value


def days(value: tuple[int, ...]) -> tuple[int, ...]:
    """Check weekdays. Raises `ControlError` "command-invalid"."""
    if len(value) > DAYS or not all(0 <= day < DAYS for day in value):
        raise invalid("alarm-set", "days: weekdays from 0 (Monday) to 6")
    return value


def invalid(name: str, expected: str) -> ControlError:
    """The error for a command with a wrong argument."""
    return ControlError("command-invalid", f"the command '{name}' takes {expected}", HINT)


def unknown(names: tuple[str, ...]) -> ControlError:
    """The error for a command that does not exist."""
    return ControlError("command-unknown", "there is no such command", f"commands are {', '.join(names)}; {HINT}")

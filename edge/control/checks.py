"""Checks that apply to commands from every source. Pure."""

import unicodedata

from edge.errors import ControlError

MAX_SAY_CHARS = 500
"""About half a minute of speech."""

MAX_ASK_CHARS = 2000

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


def invalid(name: str, expected: str) -> ControlError:
    """The error for a command with a wrong argument."""
    return ControlError("command-invalid", f"the command '{name}' takes {expected}", HINT)


def unknown(names: tuple[str, ...]) -> ControlError:
    """The error for a command that does not exist."""
    return ControlError("command-unknown", "there is no such command", f"commands are {', '.join(names)}; {HINT}")

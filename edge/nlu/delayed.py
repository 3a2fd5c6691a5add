"""Commands that are carried out later, as text: what a schedule keeps, and what the slot `command` holds. Pure."""

import json
from collections.abc import Mapping
from typing import Final

from edge.events import Intent, SlotValue

MAX_CHARS: Final = 4000
_MAX_COMMANDS: Final = 12


def packed(intent: Intent) -> str:
    """A command, and its `then`, as JSON: [[name, slots], ...]."""
    return json.dumps([[it.name, dict(it.slots)] for it in (intent, *intent.then)], sort_keys=True)


def unpacked(text: str) -> Intent | None:
    """The command of `packed`; None for a text that is none: it may come from a file."""
    try:
        parts = json.loads(text) if len(text) <= MAX_CHARS else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(parts, list) or not 0 < len(parts) <= _MAX_COMMANDS:
        return None
    found = [_command(part) for part in parts]
    commands = [it for it in found if it is not None]
    if len(commands) < len(found):
        return None
    return Intent(commands[0].name, commands[0].slots, tuple(commands[1:]))


def _command(part: object) -> Intent | None:
    match part:
        case [str() as name, dict() as slots] if _are_slots(slots):
            return Intent(name, slots)
        case _:
            return None


def _are_slots(slots: Mapping[object, object]) -> bool:
    return all(isinstance(name, str) and isinstance(value, SlotValue) for name, value in slots.items())

"""The other speakers of the home, over the broker: which are there, which one answers, and announcements to them.

Speakers with the same broker and the same `[device] home` belong together. Their shared topics are below
`edge-voice-home/<home>/`. Without a broker, or without another speaker, nothing here waits for anything.
"""

from collections.abc import Mapping
from contextlib import suppress
from json import loads
from typing import Any

MAX_BYTES = 4096
"""A longer message between speakers is not read."""


def shared(home: str, *levels: str) -> str:
    """A topic that the speakers of a home share."""
    return "/".join(("edge-voice-home", home, *levels))


def fields_of(payload: bytes) -> Mapping[str, Any]:
    """The JSON object of a message from another speaker; empty if it is anything else."""
    if len(payload) <= MAX_BYTES:
        with suppress(ValueError, RecursionError):
            found = loads(payload)
            if isinstance(found, dict):
                return found
    return {}

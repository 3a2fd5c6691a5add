"""Text to speech, streamed sentence by sentence."""

from collections.abc import Iterator
from typing import Protocol

from edge.events import Speech


class Tts(Protocol):
    """A loaded voice. Calls block: run them on the engine's worker."""

    name: str
    rate_hz: int

    def synthesise(self, text: str) -> Iterator[Speech]:
        """Speech for one sentence of plain text, in one or more chunks; nothing for a text without words."""
        ...

"""Language understanding: from a text, or from a sentence heard in the audio, to an intent."""

from dataclasses import dataclass
from typing import Protocol

from edge.events import Intent


@dataclass(frozen=True, slots=True)
class IntentMatch:
    """A command in a text. `reason` is for `Decision`: "intent", or "sounds-like" if a name was spelled by ear."""

    intent: Intent
    reason: str = "intent"
    confidence: float = 1.0


class IntentRecognizer(Protocol):
    """Finds the command in a text. Blocks for some milliseconds: run it on a worker."""

    def recognize(self, text: str) -> IntentMatch | None:
        """The command that the text spells, or None."""
        ...

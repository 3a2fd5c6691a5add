"""Who answers: the home's own grammar first, then the model on the board, then, where allowed, the cloud."""

from typing import Protocol

from edge.events import Decision, Intent


class IntentRecognizer(Protocol):
    """Finds the command in a text. Blocks for some milliseconds: run it on a worker."""

    def recognize(self, text: str) -> Intent | None:
        """The intent that the text spells, or None."""
        ...


class Router(Protocol):
    """Decides who answers."""

    def decide(self, text: str) -> Decision:
        """Never fails: what is no command is a question for a model."""
        ...

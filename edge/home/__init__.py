"""The model of the home, its actions, timers and alarms."""

from typing import Protocol

from edge.events import Intent, ReplySentence


class Publisher(Protocol):
    """Sends a command to the home. `edge.telemetry` gives the real one."""

    async def publish(self, topic: str, payload: str) -> None:
        """Return when the broker has it; raise `HomeError` when it cannot be had within 2 s."""
        ...


class SpeakerControl(Protocol):
    """What a command may do to the speaker itself."""

    volume: int
    """Percent."""

    last_reply: str
    """What was said last, for "repeat that"; empty when nothing was."""


class Home(Protocol):
    """Carries out intents."""

    async def act(self, intent: Intent) -> ReplySentence | None:
        """Do it and say so. None: done, and nothing is to be said ("stop", "never mind").

        Failures are honest sentences, never exceptions.
        """
        ...

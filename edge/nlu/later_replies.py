"""The replies about delayed commands. Pure."""

from collections.abc import Sequence
from typing import Protocol


class LaterReplies(Protocol):
    """The sentences of one language; `said` is the normalised command."""

    def later_set(self, said: str, when: str) -> str:
        """A command will be carried out: `when` is a `reminder_in`, a `reminder_at` or an `after_timer`."""
        ...

    def after_timer(self, label: str) -> str:
        """The moment at which a timer ends."""
        ...

    def later_cancelled(self, said: str) -> str:
        """A delayed command was cancelled."""
        ...

    def later_listed(self, listed: Sequence[tuple[str, str]], *, ask: bool = False) -> str:
        """The delayed commands: (said, when). `ask`: which one is to be cancelled?"""
        ...

    def later_failed(self, said: str, reason: str) -> str:
        """A delayed command was tried, and did not work."""
        ...

    def later_missed(self, said: str, late_s: float) -> str:
        """The moment of a delayed command passed while the speaker was off: nothing was done."""
        ...

"""Prepares a reply at each pause, before the end of the turn is confirmed; at most one at a time.

While the user speaks, it only tells what was said so far.
"""

import asyncio
from collections.abc import Callable

from edge.events import Intent, Transcript
from edge.turn.reply import Reply


class Speculation:
    """A `TurnListener` that starts a reply at a pause, drops it when speech resumes, and returns it at the end."""

    def __init__(
        self,
        reply: Callable[[Transcript, bool], Reply | None],
        on_discard: Callable[[Reply], None] = lambda _: None,
        on_text: Callable[[Transcript], None] = lambda _: None,
    ) -> None:
        """`reply(said, early)` starts a reply; it returns None if there is nothing to reply to.

        `on_text` gets what was said so far while the user speaks.
        """
        self.begun = self.discarded = 0
        """The numbers of replies that were started early, and of those that were dropped."""
        self._reply = reply
        self._on_discard = on_discard
        self._on_text = on_text
        self._current: Reply | None = None
        self._ending: set[asyncio.Task[None]] = set()

    @property
    def intent(self) -> Intent | None:
        """The command that the router found in the last text; None if it found none or has not finished.

        A text that was not understood or only guessed ("set a timer for") is none: the user may go on.
        """
        decision = self._current.log.decision if self._current is not None else None
        return None if decision is None or decision.reason in {"not-understood", "suggested"} else decision.intent

    def goes_on(self, said: Transcript) -> None:
        """See `TurnListener.goes_on`."""
        self._on_text(said)

    def eager_end(self, said: Transcript) -> None:
        """See `TurnListener.eager_end`."""
        if self._current is not None and _same(self._current.said, said):
            return
        self._drop()
        self._current = self._reply(said, True)
        if self._current is not None:
            self.begun += 1

    def turn_resumed(self) -> None:
        """See `TurnListener.turn_resumed`. Current work is cancelled at its next step."""
        self._drop()

    def take(self, said: Transcript) -> Reply | None:
        """The reply to the final text: the prepared one if it was prepared for the same text, otherwise a new one."""
        current = self._current
        if current is not None and _same(current.said, said):
            self._current = None
            return current
        self._drop()
        return self._reply(said, False)

    async def aclose(self) -> None:
        """Drop a reply that was not taken, and return when all dropped replies have ended."""
        self._drop()
        while self._ending:
            await asyncio.wait(self._ending)

    def _drop(self) -> None:
        current, self._current = self._current, None
        if current is None:
            return
        task = asyncio.create_task(self._discard(current), name="discard")
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def _discard(self, reply: Reply) -> None:
        await reply.aclose()
        self.discarded += 1
        self._on_discard(reply)


def _same(one: Transcript, other: Transcript) -> bool:
    return one.text == other.text and one.match == other.match

"""The reply to what may be all that the user says, made while nobody knows yet; at most one at a time."""

import asyncio
from collections.abc import Callable

from edge.events import Intent, Transcript
from edge.turn.reply import Reply


class Speculation:
    """Begun at a pause, dropped when the user goes on, taken when that pause was the end."""

    def __init__(
        self, reply: Callable[[Transcript, bool], Reply | None], on_discard: Callable[[Reply], None] = lambda _: None
    ) -> None:
        """`reply` begins one, early or not; None: there is nothing to reply to."""
        self.begun = self.discarded = 0
        self.discarded_cpu_ms = 0.0
        """What was prepared, how much of it for nobody, and what that took, recognising included."""
        self._reply = reply
        self._on_discard = on_discard
        self._current: Reply | None = None
        self._hearing_s = 0.0
        self._ending: set[asyncio.Task[None]] = set()

    @property
    def intent(self) -> Intent | None:
        """The command that is being prepared; None where it is none, or that is not known yet."""
        decision = self._current.log.decision if self._current is not None else None
        return None if decision is None else decision.intent

    def perhaps(self, said: Transcript, cpu_s: float) -> None:
        """This may be all; recognising it took `cpu_s` of processor time. Returns at once."""
        if self._current is not None and _same(self._current.said, said):
            self._hearing_s += cpu_s
            return
        self._drop()
        self._hearing_s = cpu_s
        self._current = self._reply(said, True)
        if self._current is not None:
            self.begun += 1

    def goes_on(self, cpu_s: float = 0.0) -> None:
        """It was not all, and recognising it took `cpu_s` for nothing. What was under way ends at its next step."""
        self.discarded_cpu_ms += cpu_s * 1000
        self._drop()

    def take(self, said: Transcript) -> Reply | None:
        """The reply to what was said in the end: the one that was prepared, if that was the text, else a new one."""
        current = self._current
        if current is not None and _same(current.said, said):
            self._current = None
            return current
        self._drop()
        return self._reply(said, False)

    async def aclose(self) -> None:
        """Drop what nobody took, and return when all of it has ended."""
        self._drop()
        while self._ending:
            await asyncio.wait(self._ending)

    def _drop(self) -> None:
        current, self._current = self._current, None
        spent, self._hearing_s = self._hearing_s, 0.0
        if current is None:
            return
        task = asyncio.create_task(self._discard(current, spent), name="discard")
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def _discard(self, reply: Reply, hearing_s: float) -> None:
        await reply.discard()
        self.discarded += 1
        self.discarded_cpu_ms += (reply.cost.cpu_s + hearing_s) * 1000
        self._on_discard(reply)


def _same(one: Transcript, other: Transcript) -> bool:
    return one.text == other.text and one.match == other.match

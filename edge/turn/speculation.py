"""The reply to what may be all that the user says, made while nobody knows yet; at most one at a time."""

import asyncio
from collections.abc import Callable

from edge.events import Transcript
from edge.turn.reply import Reply


class Speculation:
    """Begun at a pause, dropped when the user goes on, taken when that pause was the end."""

    def __init__(
        self,
        reply: Callable[[Transcript, bool], Reply | None],
        count: Callable[[str, float], None],
        discarded: Callable[[Reply], None] = lambda _: None,
    ) -> None:
        """`reply` begins one, early or not; None: there is nothing to reply to. `count` takes metrics."""
        self._reply = reply
        self._count = count
        self._discarded = discarded
        self._current: Reply | None = None
        self._hearing_s = 0.0
        self._ending: set[asyncio.Task[None]] = set()

    def perhaps(self, said: Transcript, cpu_s: float) -> None:
        """This may be all; recognising it took `cpu_s` of processor time. Returns at once."""
        self._hearing_s += cpu_s
        if self._current is not None and _same(self._current.said, said):
            return
        self._drop()
        self._current = self._reply(said, True)
        if self._current is not None:
            self._count("speculations", 1)

    def goes_on(self) -> None:
        """It was not all. Returns at once; what was under way ends at its next step."""
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
        self._count("speculations_discarded", 1)
        self._count("speculations_discarded_cpu_ms", round((reply.cost.cpu_s + hearing_s) * 1000, 1))
        self._discarded(reply)


def _same(one: Transcript, other: Transcript) -> bool:
    return one.text == other.text and one.match == other.match

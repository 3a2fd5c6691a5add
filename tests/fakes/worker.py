"""Workers whose calls take their time, or never end, on virtual time."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from edge.runtime.clock import Clock
from edge.runtime.worker import InlineWorker

P = ParamSpec("P")
R = TypeVar("R")


class SlowWorker(InlineWorker):
    """A `Worker`: every call takes `seconds`, one after another; one whose caller has left is finished all the same."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._busy_until = 0.0

    async def run(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """See `Worker.run`."""
        now = self._clock.monotonic()
        self._busy_until = max(now, self._busy_until) + self._seconds
        if self._seconds:
            await self._clock.sleep(self._busy_until - now)
        return await super().run(call, *args, **kwargs)

    async def aclose(self) -> None:
        """See `Worker.aclose`."""
        await asyncio.sleep(0)


class HangingWorker(InlineWorker):
    """A `Worker` whose calls work until `hang` is set; the next one never returns."""

    def __init__(self, clock: Clock) -> None:
        self.hang = False
        self._clock = clock
        self._since: float | None = None
        self._abandoned: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def busy_s(self) -> float:  # type: ignore[override]  # a plain zero in the worker that is never busy
        """See `Worker.busy_s`."""
        return 0.0 if self._since is None else self._clock.monotonic() - self._since

    async def run(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """See `Worker.run`."""
        if self.hang:
            self._since = self._since or self._clock.monotonic()
            await asyncio.shield(self._abandoned)
        return await super().run(call, *args, **kwargs)

    def abandon(self, error: Exception) -> None:
        """See `Worker.abandon`."""
        if not self._abandoned.done():
            self._abandoned.set_exception(error)

"""A worker whose calls take their time, on virtual time."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from edge.runtime.clock import Clock
from edge.runtime.worker import InlineWorker

P = ParamSpec("P")
R = TypeVar("R")


class SlowWorker:
    """A `Worker`: every call takes `seconds`, one after another; one whose caller has left is finished all the same."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._inline = InlineWorker()
        self._busy_until = 0.0

    async def run(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        now = self._clock.monotonic()
        self._busy_until = max(now, self._busy_until) + self._seconds
        if self._seconds:
            await self._clock.sleep(self._busy_until - now)
        return await self._inline.run(call, *args, **kwargs)

    async def aclose(self) -> None:
        await asyncio.sleep(0)

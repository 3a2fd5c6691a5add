"""Engines on virtual time: their calls take as long as they really took."""

import asyncio
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from edge.runtime.clock import Clock
from edge.runtime.worker import InlineWorker

P = ParamSpec("P")
R = TypeVar("R")


class MeasuredWorker(InlineWorker):
    """A `Worker` whose calls run one after another and take, on its virtual clock, the time they really took.

    Engines that run in parallel in the product run one after another here, and do not slow each other down.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._free = asyncio.Lock()

    async def run(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """See `Worker.run`."""
        async with self._free:
            began = time.perf_counter()
            result = call(*args, **kwargs)
            await self._clock.sleep(time.perf_counter() - began)
            return result

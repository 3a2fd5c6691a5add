"""The newest of several values, for a consumer that is slower than they come."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, NoReturn, TypeVar

T = TypeVar("T")


class Latest(Generic[T]):
    """Keeps the newest value until it is used. On the event loop only."""

    def __init__(self) -> None:
        self._values: list[T] = []
        self._fresh = asyncio.Event()

    def put(self, value: T) -> None:
        """Replace the value that waits."""
        self._values = [value]
        self._fresh.set()

    async def use(self, consume: Callable[[T], Awaitable[None]]) -> None:
        """Pass on the value that waits, if there is one."""
        self._fresh.clear()
        if self._values:
            await consume(self._values.pop())

    async def follow(self, consume: Callable[[T], Awaitable[None]]) -> NoReturn:
        """Pass on every value, for ever. While a call runs, a new value cancels it and comes next."""
        running: asyncio.Task[None] | None = None
        try:
            while True:
                await self._fresh.wait()
                self._fresh.clear()
                if running is not None:
                    running.cancel()
                    await asyncio.wait({running})
                running = asyncio.ensure_future(self.use(consume))
        finally:
            if running is not None:
                running.cancel()
                await asyncio.wait({running})

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
        self._used = asyncio.Event()

    def put(self, value: T) -> None:
        """Replace the value that waits."""
        self._values = [value]
        self._fresh.set()

    async def used(self) -> None:
        """Return when a value has been used, or has failed."""
        await self._used.wait()

    async def follow(self, consume: Callable[[T], Awaitable[None]]) -> NoReturn:
        """Pass on every value, for ever. While a call runs, a new value cancels it and comes next.

        Raises what `consume` raises; the value then waits for the next `follow`, unless a newer one has come.
        """
        while True:
            await self._fresh.wait()
            self._fresh.clear()
            value = self._values.pop()
            running = asyncio.ensure_future(consume(value))
            newer = asyncio.ensure_future(self._fresh.wait())
            try:
                await asyncio.wait({running, newer}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                newer.cancel()
                if not running.done():
                    running.cancel()
                await asyncio.wait({running, newer})
                failed = running.cancelled() or running.exception() is not None
                if failed and not self._values:
                    self.put(value)
            if not running.cancelled():
                self._used.set()
                running.result()

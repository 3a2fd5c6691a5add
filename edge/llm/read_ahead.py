"""Reads the pieces of a reply as they come, while the voice still speaks the ones before."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from edge.events import ReplySentence


class ReadAhead:
    """Reads in a task of its own: speaking does not hold it up, and a wait for it can end while it goes on.

    What is read is kept in memory: the length of a reply is limited where it is requested.
    """

    def __init__(self, pieces: AsyncGenerator[ReplySentence, None]) -> None:
        """Call it on the loop. Ends with `aclose`."""
        self._read: asyncio.Queue[ReplySentence | None] = asyncio.Queue()
        self._reading = asyncio.create_task(self._read_all(pieces), name="read the reply")

    async def next(self, within_s: float) -> ReplySentence | None:
        """The next piece; None at the end. Raises `TimeoutError` if none comes within `within_s` seconds."""
        async with asyncio.timeout(within_s):
            piece = await self._read.get()
        if piece is None:
            await self._reading  # raises what the reading raised
        return piece

    async def aclose(self) -> None:
        """Stop reading, and with it the model; return when it has stopped."""
        self._reading.cancel()
        await asyncio.wait({self._reading})
        if not self._reading.cancelled():
            self._reading.exception()  # retrieved: `next` raised it, or its caller no longer waits

    async def _read_all(self, pieces: AsyncGenerator[ReplySentence, None]) -> None:
        try:
            async with aclosing(pieces):
                async for piece in pieces:
                    self._read.put_nowait(piece)
        finally:
            self._read.put_nowait(None)

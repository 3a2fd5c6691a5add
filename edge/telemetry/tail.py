"""Records as they happen, for programs that watch: `edge-voice telemetry tail`."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Self

from edge.telemetry.messages import Kind

MAX_WAITING = 100
"""Records that wait for one reader. Beyond that it misses the oldest."""


class Tail:
    """Every record from now on, as an async iterator of kind and payload (JSON), until it is closed."""

    def __init__(self, on_close: Callable[["Tail"], None]) -> None:
        self._on_close = on_close
        self._waiting: deque[tuple[Kind, bytes]] = deque(maxlen=MAX_WAITING)
        self._arrived = asyncio.Event()

    def put(self, kind: Kind, payload: bytes) -> None:
        """Queue a record. Returns at once."""
        self._waiting.append((kind, payload))
        self._arrived.set()

    def close(self) -> None:
        """Receive nothing more."""
        self._on_close(self)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> tuple[Kind, bytes]:
        while not self._waiting:
            self._arrived.clear()
            await self._arrived.wait()
        return self._waiting.popleft()


class Tails:
    """All readers."""

    def __init__(self) -> None:
        self._open: set[Tail] = set()

    def __len__(self) -> int:
        return len(self._open)

    def open(self) -> Tail:
        """A new reader."""
        tail = Tail(self._open.discard)
        self._open.add(tail)
        return tail

    def put(self, kind: Kind, payload: bytes) -> None:
        """Queue a record for every reader."""
        for tail in self._open:
            tail.put(kind, payload)

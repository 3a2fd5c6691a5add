"""Records that wait for the broker: in the spool on the disk, and in memory until they are there or if the disk fails.

If it fails, at most `MAX_IN_MEMORY` records stay in memory and are sent from there, and the disk is tried again after
`DISK_AGAIN_S`. What lies on it then goes out, later than what was reported meanwhile.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol, TypeVar

import structlog

from edge.runtime.clock import Clock
from edge.runtime.worker import Worker
from edge.telemetry.metrics import CounterName
from edge.telemetry.spool import Record, Spool, Stored

MAX_IN_MEMORY = 200
"""At most 3.2 MB."""

DISK_S = 10.0
"""A disk that takes longer than this has failed."""

DISK_AGAIN_S = 60.0

_MAX_HUNG = 3
"""After so many hanging calls, each of which left a thread behind, the disk is not tried again."""

_BATCH = 50
_CLOSE_S = 1.0

log = structlog.get_logger("telemetry")

T = TypeVar("T")


class Count(Protocol):
    """Adds to a counter of the metrics."""

    def __call__(self, metric: CounterName, value: float = 1.0) -> None:
        """See `Metrics.count`."""
        ...


class _DiskError(Exception):
    """The disk failed; records are in memory now."""


class Backlog:
    """A bounded first-in, first-out queue. All calls on one event loop; nothing waits for the disk on it.

    `take` and then `settle` or `give_back`, one record at a time.
    """

    def __init__(
        self,
        open_spool: Callable[[], Spool],
        open_worker: Callable[[], Worker],
        *,
        clock: Clock,
        count: Count,
        on_trouble: Callable[[str, str], None],
    ) -> None:
        """`open_spool` runs on the worker. `on_trouble` gets the code and the message of a failure, once."""
        self._open_spool = open_spool
        self._open_worker = open_worker
        self._clock = clock
        self._count = count
        self._on_trouble = on_trouble
        self._fresh: deque[Record] = deque()
        self._arrived = asyncio.Event()
        self._written = asyncio.Event()
        """Nothing is in memory that the disk would take."""
        self._changed = asyncio.Event()
        self._empty = asyncio.Event()
        self._opened = asyncio.Event()
        self._worker: Worker | None = None
        self._spool: Spool | None = None
        self._lost_spool: Spool | None = None
        self._identity: int | None = None
        self._settled: list[int] = []
        """Not yet removed from the disk."""
        self._disk_again_at = float("-inf")
        self._hung = 0
        self._in_trouble = self._dropping = False
        self._task: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> int:
        """How many records wait, as far as the disk can be read."""
        return len(self._fresh) + (self._spool.records if self._spool else 0)

    def start(self) -> None:
        """Begin to write, in the background."""
        self._task = asyncio.create_task(self._store(), name="telemetry-spool")

    def add(self, record: Record) -> None:
        """Append a record. Returns at once. If there are too many, the oldest are dropped and counted."""
        self._fresh.append(record)
        self._trim()
        self._note_arrival()

    async def some(self) -> None:
        """Return when there is a record."""
        await self._opened.wait()
        while not (self._spool.records if self._spool is not None else self._fresh):
            self._dropping = False
            self._changed.clear()
            self._empty.set()
            await self._changed.wait()

    async def take(self) -> Stored | Record | None:
        """The oldest record. On the disk it stays until it is settled. None: there is none, or the disk failed."""
        if self._spool is None:
            return self._fresh.popleft() if self._fresh else None
        with suppress(_DiskError):
            return await self._on_disk(lambda spool: spool.oldest())
        return None

    async def settle(self, taken: Stored | Record) -> None:
        """This record has been dealt with: remove it. If the disk fails, it is removed when the disk works again."""
        if isinstance(taken, Stored):
            self._settled.append(taken.number)
            with suppress(_DiskError):
                await self._remove_settled()

    def give_back(self, taken: Stored | Record) -> None:
        """This record still waits."""
        if isinstance(taken, Record):
            self._fresh.appendleft(taken)
            self._note_arrival()

    async def written(self) -> None:
        """Return when everything is on the disk, as far as it works."""
        await self._written.wait()

    async def empty(self) -> None:
        """Return when nothing waits."""
        await self._empty.wait()

    async def aclose(self) -> None:
        """Close the file."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
        if self._worker is None:
            return
        for spool in filter(None, (self._spool, self._lost_spool)):
            with suppress(OSError, sqlite3.Error):
                async with asyncio.timeout(_CLOSE_S):
                    await self._worker.run(spool.close)
        await self._worker.aclose()

    def _note_arrival(self) -> None:
        self._written.clear()
        self._arrived.set()
        self._note_change()

    def _note_change(self) -> None:
        self._empty.clear()
        self._changed.set()

    def _trim(self) -> None:
        while len(self._fresh) > MAX_IN_MEMORY:
            self._fresh.popleft()
            self._note_dropped(1)

    def _note_dropped(self, records: int) -> None:
        self._count("telemetry_dropped", records)
        if not self._dropping:
            self._dropping = True
            hint = "the broker was away for too long, see [telemetry] spool_mb"
            log.warning("records-dropped", hint=hint)

    async def _store(self) -> None:
        while True:
            with suppress(_DiskError):
                await self._move_to_disk()
            self._opened.set()
            self._written.set()
            self._note_change()
            await self._arrived.wait()

    async def _move_to_disk(self) -> None:
        self._arrived.clear()
        if self._spool is None:
            await self._open()
        while batch := [self._fresh.popleft() for _ in range(min(_BATCH, len(self._fresh)))]:
            try:
                await self._put(batch)
            except BaseException:
                self._fresh.extendleft(reversed(batch))
                self._trim()
                raise
            self._note_change()

    async def _put(self, batch: Sequence[Record]) -> None:
        if dropped := await self._on_disk(lambda spool: spool.put(batch)):
            self._note_dropped(dropped)

    async def _remove_settled(self) -> None:
        numbers = list(self._settled)
        await self._on_disk(lambda spool: spool.remove(numbers))
        del self._settled[: len(numbers)]

    async def _open(self) -> None:
        """Open the spool, or raise `_DiskError`."""
        if self._clock.monotonic() < self._disk_again_at:
            raise _DiskError
        lost, self._lost_spool = self._lost_spool, None
        try:
            self._worker = self._worker or self._open_worker()
            async with asyncio.timeout(DISK_S):
                if lost is not None:
                    with suppress(sqlite3.Error):
                        await self._worker.run(lost.close)
                spool = await self._worker.run(self._open_spool)
        except Exception as error:  # whatever it is, it costs the disk only
            self._lose(error)
            raise _DiskError from error
        if spool.identity != self._identity:
            self._identity = spool.identity
            self._settled.clear()
        self._spool = spool
        if spool.set_aside:
            self._warn("telemetry-spool-damaged", "the file of waiting records was damaged, a new one was begun")
        await self._remove_settled()
        if self._in_trouble:
            self._in_trouble = False
            log.info("telemetry-on-disk")

    async def _on_disk(self, call: Callable[[Spool], T]) -> T:
        """Call it on the worker. Raises `_DiskError`, and the spool is lost."""
        spool, worker = self._spool, self._worker
        if spool is None or worker is None:
            raise _DiskError
        try:
            async with asyncio.timeout(DISK_S):
                return await worker.run(call, spool)
        except Exception as error:
            if self._spool is spool:
                self._spool, self._lost_spool = None, spool
                self._lose(error)
            raise _DiskError from error

    def _lose(self, error: Exception) -> None:
        """The disk failed: go on in memory."""
        match error:
            case TimeoutError():
                reason = "the disk does not answer"
            case OSError() | sqlite3.Error():
                reason = str(error)
            case _:  # a bug, whose text could quote a user
                reason = type(error).__name__
                log.error("telemetry-failed", exc_info=error)
        if isinstance(error, TimeoutError) and self._worker is not None:
            self._worker.abandon(sqlite3.OperationalError(reason))
            self._worker = self._lost_spool = None
            self._hung += 1
        pause_s = DISK_AGAIN_S if self._hung < _MAX_HUNG else float("inf")
        self._disk_again_at = self._clock.monotonic() + pause_s
        if not self._in_trouble:
            self._in_trouble = True
            self._warn("telemetry-in-memory", f"records cannot be written to the disk: {reason}")
        self._note_change()

    def _warn(self, code: str, message: str) -> None:
        log.warning(code, reason=message, hint="see docs/telemetry.md")
        self._on_trouble(code, message)

"""Reports refused commands: each with an event, and a flood of them with one event for all the rest."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from edge.errors import EdgeError
from edge.runtime.clock import Clock
from edge.telemetry import Telemetry

MAX_EVENTS = 5
WINDOW_S = 10.0
"""In so many seconds, so many refusals have an event of their own. At the end, one event per code counts the others."""

log = structlog.get_logger("control")


class Refusals:
    """Counts and reports errors of commands."""

    def __init__(self, telemetry: Telemetry, clock: Clock) -> None:
        self._telemetry = telemetry
        self._clock = clock
        self._reported = 0
        self._more: Counter[str] = Counter()
        self._window: asyncio.Task[None] | None = None

    @contextmanager
    def reported(self) -> Iterator[None]:
        """Report an `EdgeError` of the block instead of raising it."""
        try:
            yield
        except EdgeError as error:
            self._telemetry.count("commands_refused")
            self._report(error)

    async def aclose(self) -> None:
        """Report what was only counted so far."""
        if self._window is not None:
            self._window.cancel()
            await asyncio.wait({self._window})
        self._summarise()

    def _report(self, error: EdgeError) -> None:
        if self._window is None or self._window.done():
            self._reported = 0
            self._window = asyncio.create_task(self._end_of_window(), name="refused commands")
        if self._reported >= MAX_EVENTS:
            self._more[error.code] += 1
            return
        self._reported += 1
        log.warning("command-refused", code=error.code, reason=error.message)
        self._telemetry.event("error", {"code": error.code, "message": error.message, "more": 0})

    async def _end_of_window(self) -> None:
        await self._clock.sleep(WINDOW_S)
        self._summarise()

    def _summarise(self) -> None:
        for code, more in self._more.items():
            log.warning("commands-refused", code=code, more=more)
            self._telemetry.event("error", {"code": code, "message": "more commands were refused", "more": more})
        self._more.clear()

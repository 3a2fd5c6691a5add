"""Opens the parts of a speaker side by side. One that cannot be opened is logged and costs its feature only."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import structlog

from edge.errors import EdgeError
from edge.runtime.hosted import DEADLINE_S, Hosted, coded

log = structlog.get_logger("assembly")

T = TypeVar("T")


class Opener:
    """Opens engines side by side, and remembers which are missing and why."""

    def __init__(self) -> None:
        self.missing: dict[str, str] = {}
        self.hosted: list[Hosted[Any]] = []
        self.closing: list[Callable[[], Awaitable[None]]] = []
        """How to end what was opened, in any order."""

    async def host(self, part: str, opener: Callable[[], T], *, deadline_s: float = DEADLINE_S) -> Hosted[T] | None:
        """The engine on a thread of its own; None when it cannot be opened."""
        began = time.monotonic()
        try:
            hosted = await Hosted.open(part, opener, deadline_s=deadline_s)
        except EdgeError as error:
            self.lost(part, error)
            return None
        log.info("part-open", part=part, ms=round((time.monotonic() - began) * 1000))
        self.hosted.append(hosted)
        self.closing.append(hosted.aclose)
        return hosted

    def try_now(self, part: str, opener: Callable[[], T]) -> T | None:
        """The part, opened on this thread; None when it cannot be."""
        try:
            return opener()
        except Exception as error:  # noqa: BLE001 - whatever it is, it costs this part only
            self.lost(part, coded(part, error))
            return None

    def lost(self, part: str, error: EdgeError) -> None:
        """This part is missing."""
        log.error("part-missing", part=part, code=error.code, message=error.message, hint=error.hint)
        self.missing[part] = error.code

    async def aclose(self) -> None:
        """End everything, side by side: it takes as long as the slowest."""
        await asyncio.gather(*(close() for close in self.closing))

"""Clocks, injected wherever time matters, so that tests can run a minute in a millisecond."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Two clocks: one that only moves forward, and the wall clock, which may be stepped at any time."""

    def monotonic(self) -> float:
        """Seconds since some fixed point of this boot; counts while the machine sleeps; never steps back."""
        ...

    def now(self) -> datetime:
        """The wall clock, with the local time zone."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return after `seconds` of monotonic time."""
        ...


class SystemClock:
    """The machine's clocks. CLOCK_BOOTTIME, so that a timer survives a suspended board."""

    def monotonic(self) -> float:
        """See `Clock.monotonic`."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

    def now(self) -> datetime:
        """See `Clock.now`. In UTC where the local zone is none, such as TZ=UTC+25."""
        try:
            return datetime.now().astimezone()
        except ValueError:
            return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """See `Clock.sleep`."""
        await asyncio.sleep(seconds)

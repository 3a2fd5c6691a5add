"""Real time for sound without a device: recordings, files, and missing outputs."""

from collections.abc import Callable

from edge.runtime.clock import Clock

QUEUED_S = 0.2
"""A writer waits while more than this is queued (`AudioSink.write`)."""

_STEP_S = 0.05
"""Waiting happens in steps, so that a flush in between is noticed."""


class Timeline:
    """The common time axis of a run. It begins with the first frame that is read or the first sound that is written."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began_at: float | None = None

    def begin(self) -> None:
        """Start the time, unless it has started."""
        if self._began_at is None:
            self._began_at = self._clock.monotonic()

    def elapsed_s(self) -> float:
        """Seconds since the beginning, 0 before it."""
        return 0.0 if self._began_at is None else self._clock.monotonic() - self._began_at

    async def wait_until(self, second: float) -> None:
        """Return when that much time has elapsed; a late caller still yields to other tasks once."""
        await self._clock.sleep(max(0.0, second - self.elapsed_s()))


class PlayQueue:
    """The amount of sound that is queued if it is played at the speed of the clock.

    `underruns` counts how often the queue ran empty before the sound was complete: a gap in the speech.
    """

    def __init__(self, clock: Clock) -> None:
        self.underruns = 0
        self._clock = clock
        self._ends_at = clock.monotonic()
        self._complete = True
        self._kept_s = 0.0

    def add(self, seconds: float) -> None:
        """Queue that many seconds of sound."""
        now = self._clock.monotonic()
        if now > self._ends_at and not self._complete:
            self.underruns += 1
        self._ends_at = max(self._ends_at, now) + seconds
        self._kept_s += seconds
        self._complete = False

    def waiting_s(self) -> float:
        """Seconds until the queue is empty."""
        return max(0.0, self._ends_at - self._clock.monotonic())

    @property
    def heard_s(self) -> float:
        """Seconds that have been played, of everything that was added and not cleared."""
        return self._kept_s - self.waiting_s()

    def complete(self) -> None:
        """Declare the queued sound complete: running empty is not an underrun."""
        self._complete = True

    def clear(self) -> float:
        """Discard what has not been played yet; returns `heard_s`."""
        self._kept_s = self.heard_s
        self._ends_at = self._clock.monotonic()
        self._complete = True
        return self._kept_s


async def wait_below(seconds: float, waiting_s: Callable[[], float], clock: Clock) -> None:
    """Return when `waiting_s()` is at most `seconds`."""
    while (excess := waiting_s() - seconds) > 1e-6:  # noqa: PLR2004 - a microsecond, for rounding errors
        await clock.sleep(min(excess, _STEP_S))

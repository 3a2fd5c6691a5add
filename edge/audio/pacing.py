"""Real time for sound that no device paces: recordings, files, and speakers that are not there."""

from collections.abc import Callable

from edge.runtime.clock import Clock

QUEUED_S = 0.2
"""A writer waits while more than this waits to be heard (`AudioSink.write`)."""

_STEP_S = 0.05
"""Waiting is done in steps, so that a flush in between is noticed."""


class Timeline:
    """The common zero of a run: begins once, with the first frame that is taken or the first sound that is written."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began_at: float | None = None

    def begin(self) -> None:
        """Time runs from now on, if it does not yet."""
        if self._began_at is None:
            self._began_at = self._clock.monotonic()

    def elapsed_s(self) -> float:
        """Seconds since the beginning, 0 before it."""
        return 0.0 if self._began_at is None else self._clock.monotonic() - self._began_at

    async def wait_until(self, second: float) -> None:
        """Return when that much has elapsed; a late caller still lets others run once."""
        await self._clock.sleep(max(0.0, second - self.elapsed_s()))


class PlayQueue:
    """How much sound waits to be heard when it is heard at the speed of the clock.

    `underruns` counts how often it ran out before it was complete: a gap in what is said.
    """

    def __init__(self, clock: Clock) -> None:
        self.underruns = 0
        self._clock = clock
        self._ends_at = clock.monotonic()
        self._complete = True
        self._kept_s = 0.0

    def add(self, seconds: float) -> None:
        """Queue that much behind what is queued."""
        now = self._clock.monotonic()
        if now > self._ends_at and not self._complete:
            self.underruns += 1
        self._ends_at = max(self._ends_at, now) + seconds
        self._kept_s += seconds
        self._complete = False

    def waiting_s(self) -> float:
        """Seconds until all of it was heard."""
        return max(0.0, self._ends_at - self._clock.monotonic())

    @property
    def heard_s(self) -> float:
        """Seconds that were heard so far, of everything that was added and not cleared."""
        return self._kept_s - self.waiting_s()

    def complete(self) -> None:
        """Nothing belongs to what is queued any more."""
        self._complete = True

    def clear(self) -> float:
        """Forget what was not heard yet; returns `heard_s`."""
        self._kept_s = self.heard_s
        self._ends_at = self._clock.monotonic()
        self._complete = True
        return self._kept_s


async def wait_below(seconds: float, waiting_s: Callable[[], float], clock: Clock) -> None:
    """Return when `waiting_s()` is at most `seconds`."""
    while (excess := waiting_s() - seconds) > 1e-6:  # noqa: PLR2004 - a microsecond: what floats leave over
        await clock.sleep(min(excess, _STEP_S))

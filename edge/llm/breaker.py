"""Leaves an endpoint alone that fails again and again. Pure, on an injected clock.

Closed: every call is let through. After `FAILURES` in a row it opens: no call is, for a pause. Then it is half open:
one call is let through as a probe. If the probe succeeds, it closes; if it fails, the next pause is twice as long.
This is the circuit breaker of Michael T. Nygard, Release It! (2007).
"""

from edge.runtime.clock import Clock

FAILURES = 3
PAUSE_S = 30.0
LONGEST_PAUSE_S = 600.0


class Breaker:
    """One for each endpoint. A call that `begin` let through ends with `succeeded`, `failed` or `given_up`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures = 0
        self._pause_s = PAUSE_S
        self._open_until: float | None = None
        self._probing = False

    @property
    def lets_through(self) -> bool:
        """Whether a call would be let through now. Cheap; may be read on any thread."""
        if self._open_until is None:
            return True
        return not self._probing and self._clock.monotonic() >= self._open_until

    def begin(self) -> bool:
        """Let a call through, or not."""
        if not self.lets_through:
            return False
        self._probing = self._open_until is not None
        return True

    def succeeded(self) -> None:
        """The endpoint answered."""
        self._failures, self._pause_s = 0, PAUSE_S
        self._open_until, self._probing = None, False

    def failed(self, wait_s: float | None = None) -> None:
        """The endpoint failed; `wait_s` is how long it asked to be left alone, in seconds."""
        self._failures += 1
        probed, self._probing = self._probing, False
        if wait_s is not None:
            self._open_until = self._clock.monotonic() + min(wait_s, LONGEST_PAUSE_S)
        elif probed or self._failures >= FAILURES:
            self._open_until = self._clock.monotonic() + self._pause_s
            self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S)

    def given_up(self) -> None:
        """The call was ended on our side: that tells nothing of the endpoint."""
        self._probing = False

"""Timers: a pure model. They count elapsed time, whatever the wall clock does."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from edge.runtime.clock import Clock

MAX_SECONDS = 7 * 24 * 3600
MAX_TIMERS = 50
_ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class Timer:
    """One timer.

    `seconds` is what it was set to. A running one has a `deadline` in monotonic seconds of this boot; one that was
    carried over a reboot also a `wall_deadline` (seconds since the epoch), and ends at whichever comes first: only the
    wall clock knows how long the device was off. A paused one has only `left`. `message` is what a reminder says; a
    timer has none.
    """

    id: int
    name: str
    seconds: int
    deadline: float | None = None
    wall_deadline: float | None = None
    left: float | None = None
    message: str | None = None

    @property
    def paused(self) -> bool:
        """Whether the timer is paused."""
        return self.left is not None


class Timers:
    """The timers that have not rung, soonest first, paused ones last."""

    def __init__(self, clock: Clock, timers: Sequence[Timer] = ()) -> None:
        self._clock = clock
        self._timers = {timer.id: timer for timer in timers}
        self._last_id = max(self._timers, default=0)

    def __len__(self) -> int:
        return len(self._timers)

    def all(self) -> list[Timer]:
        """Every timer, soonest first, paused ones last."""
        return sorted(self._timers.values(), key=lambda timer: (timer.paused, self.left_s(timer), timer.id))

    def start(self, seconds: int, name: str = "", message: str | None = None) -> Timer:
        """Start a timer that ends `seconds` from now."""
        self._last_id += 1
        timer = Timer(self._last_id, name, seconds, deadline=self._clock.monotonic() + seconds, message=message)
        self._timers[timer.id] = timer
        return timer

    def find(self, *, name: str = "", seconds: int = 0) -> list[Timer]:
        """The timers named `name` (or something similar), or set to `seconds`; all timers if neither is given.

        No reminders.
        """
        timers = [timer for timer in self.all() if timer.message is None]
        if seconds:
            return [timer for timer in timers if timer.seconds == seconds]
        if not name:
            return timers
        wanted = name.casefold()
        exact = [timer for timer in timers if timer.name.casefold() == wanted]
        if exact:
            return exact
        near = difflib.get_close_matches(wanted, [timer.name.casefold() for timer in timers if timer.name], 1, _ALIKE)
        return [timer for timer in timers if near and timer.name.casefold() == near[0]]

    def left_s(self, timer: Timer) -> float:
        """Seconds until it ends; negative if it has ended."""
        if timer.left is not None:
            return timer.left
        if timer.deadline is None:
            return 0.0
        left = timer.deadline - self._clock.monotonic()
        if timer.wall_deadline is not None:
            left = min(left, timer.wall_deadline - self._clock.now().timestamp())
        return left

    def remove(self, timer: Timer) -> None:
        """Remove a timer."""
        self._timers.pop(timer.id, None)

    def add(self, timer: Timer, seconds: float) -> Timer:
        """Let it end `seconds` later (earlier if negative), but not before now."""
        return self._set_left(timer, max(0.0, self.left_s(timer) + seconds))

    def change(self, timer: Timer, seconds: int) -> Timer:
        """Let it end `seconds` from now, as if it had been set to that now; a paused one stays paused."""
        return self._set_left(replace(timer, seconds=seconds), seconds)

    def restart(self, timer: Timer) -> Timer:
        """Let it run again from its full length."""
        return self._set_left(replace(timer, left=None), timer.seconds)

    def pause(self, timer: Timer) -> Timer:
        """Pause a timer."""
        paused = replace(timer, deadline=None, wall_deadline=None, left=max(0.0, self.left_s(timer)))
        self._timers[timer.id] = paused
        return paused

    def resume(self, timer: Timer) -> Timer:
        """Resume a paused timer."""
        return self._set_left(replace(timer, left=None), self.left_s(timer))

    def soonest(self) -> Timer | None:
        """The running timer that ends first."""
        return next((timer for timer in self.all() if not timer.paused), None)

    def _set_left(self, timer: Timer, left: float) -> Timer:
        if timer.left is not None:
            changed = replace(timer, left=left)
        else:
            changed = replace(timer, deadline=self._clock.monotonic() + left, wall_deadline=None)
        self._timers[timer.id] = changed
        return changed

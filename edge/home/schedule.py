"""Waits for timers and alarms on the device's own clocks, and saves them over restarts."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from edge.home import PendingAlarm, PendingTimer, Ring
from edge.home.alarms import Alarm, Alarms
from edge.home.schedule_store import Kept, ScheduleStore
from edge.home.timers import Timer, Timers
from edge.nlu.replies import Replies
from edge.runtime.clock import Clock

_log = structlog.get_logger("home")

_RECHECK_S = 10.0
"""The wall clock may be set at any time, without notice."""

_STEP_S = 2.0
"""If the two clocks diverge by more than this, the wall clock was set."""

_TIMER_MISSED_S = 60.0
_ALARM_MISSED_S = 600.0
"""A timer or alarm found later than this, at the start or after a step, is announced and does not ring."""

_JUST_RUNG_S = 120.0


class TimerSchedule:
    """A `Schedule`. `timers` and `alarms` may be changed at any time; call `changed` afterwards."""

    def __init__(self, clock: Clock, store: ScheduleStore | None, replies: Replies, kept: Kept | None = None) -> None:
        """`store` None: nothing is saved, and `kept` holds the timers and alarms."""
        self._clock = clock
        self._store = store
        self._replies = replies
        kept = kept or (store.read(clock) if store is not None else Kept())
        self.timers = Timers(clock, kept.timers)
        self.alarms = Alarms(clock, kept.alarms)
        self._wake = asyncio.Event()
        self._writing = asyncio.Lock()
        self._ringing: Timer | Alarm | None = None
        self._rung_at: float | None = None
        self._offset_s = self._clock_offset()
        self._missed: set[Timer | Alarm] = set()

    @property
    def just_rung(self) -> bool:
        """Whether a timer or alarm is ringing, or rang less than two minutes ago."""
        return self._ringing is not None or (
            self._rung_at is not None and self._clock.monotonic() - self._rung_at < _JUST_RUNG_S
        )

    async def changed(self) -> None:
        """Save the timers and alarms, and compute the next moment to wait for."""
        self._wake.set()
        await self._save()

    def pending(self) -> tuple[tuple[PendingTimer, ...], tuple[PendingAlarm, ...]]:
        """See `Schedule.pending`."""
        timers = (
            PendingTimer(self._label(timer), timer.seconds, max(0.0, self.timers.left_s(timer)), timer.paused)
            for timer in self.timers.all()
        )
        return tuple(timers), tuple(PendingAlarm(alarm.at, alarm.days) for alarm in self.alarms.all())

    def double(self) -> "TimerSchedule":
        """A copy with the same timers and alarms that saves nothing, for rehearsals."""
        double = TimerSchedule(self._clock, None, self._replies, Kept(self.timers.all(), self.alarms.all()))
        double._ringing, double._rung_at = self._ringing, self._rung_at
        return double

    async def run(self, ring: Callable[[Ring], Awaitable[None]]) -> None:
        """See `Schedule.run`."""
        self._notice_missed()
        while True:
            self._wake.clear()
            if self._stepped():
                self._notice_missed()
                await self._save()
            timer = self.timers.soonest()
            alarm = self.alarms.soonest()
            timer_left = self.timers.left_s(timer) if timer else _RECHECK_S
            alarm_left = self.alarms.left_s(alarm) if alarm else _RECHECK_S
            if timer and timer_left <= 0 and (alarm is None or timer_left <= alarm_left):
                self.timers.remove(timer)
                await self._ring(timer, self._timer_ring(timer, -timer_left), ring)
            elif alarm and alarm_left <= 0:
                self.alarms.rung(alarm)
                await self._ring(alarm, self._alarm_ring(alarm, -alarm_left), ring)
            else:
                await self._wait(min(timer_left, alarm_left, _RECHECK_S))

    async def _ring(self, due: Timer | Alarm, what: Ring, ring: Callable[[Ring], Awaitable[None]]) -> None:
        """Ring, and remove the timer or alarm from disk only afterwards, so that a power cut does not lose it."""
        self._ringing = due
        self._rung_at = self._clock.monotonic()
        _log.info("ring", kind=what.kind, missed=what.missed)
        try:
            await ring(what)
        except Exception:  # noqa: BLE001 - a failing output must not end all later alarms
            _log.exception("ring-failed", kind=what.kind)
        self._ringing = None
        self._rung_at = self._clock.monotonic()
        await self._save()

    async def _wait(self, seconds: float) -> None:
        sleep = asyncio.ensure_future(self._clock.sleep(seconds))
        woken = asyncio.ensure_future(self._wake.wait())
        try:
            await asyncio.wait((sleep, woken), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleep.cancel()
            woken.cancel()
            await asyncio.gather(sleep, woken, return_exceptions=True)

    def _stepped(self) -> bool:
        """Whether the wall clock was set since the last call; the wall deadlines on disk are wrong then."""
        step_s = self._clock_offset() - self._offset_s
        self._offset_s += step_s
        if abs(step_s) <= _STEP_S:
            return False
        _log.info("clock-stepped", seconds=round(step_s))
        return True

    def _notice_missed(self) -> None:
        """Find the timers and alarms that are long over, at the start and after a step of the clock.

        One that only waits for another to finish ringing, or for the end of an hour that daylight saving skips, is not
        missed, however late it is.
        """
        timers = {timer for timer in self.timers.all() if self.timers.left_s(timer) < -_TIMER_MISSED_S}
        alarms = {alarm for alarm in self.alarms.all() if self.alarms.left_s(alarm) < -_ALARM_MISSED_S}
        self._missed = timers | alarms

    def _clock_offset(self) -> float:
        return self._clock.now().timestamp() - self._clock.monotonic()

    async def _save(self) -> None:
        if self._store is None:
            return
        timers = self.timers.all()
        alarms = {alarm.id: alarm for alarm in self.alarms.all()}
        if isinstance(self._ringing, Timer):
            timers.append(self._ringing)
        elif self._ringing is not None:
            alarms[self._ringing.id] = self._ringing
        content = self._store.encode(
            [(timer, self.timers.left_s(timer)) for timer in timers], [*alarms.values()], self._clock
        )
        async with self._writing:
            await asyncio.to_thread(self._store.write, content)

    def _timer_ring(self, timer: Timer, late_s: float) -> Ring:
        if timer in self._missed:
            return Ring("timer", timer.name, self._replies.timer_missed(self._label(timer), late_s), missed=True)
        return Ring("timer", timer.name, self._replies.timer_done(self._label(timer)))

    def _alarm_ring(self, alarm: Alarm, late_s: float) -> Ring:
        if alarm in self._missed:
            return Ring("alarm", "", self._replies.alarm_missed(alarm.at, late_s), missed=True)
        return Ring("alarm", "", self._replies.alarm_rings(alarm.at))

    def _label(self, timer: Timer) -> str:
        return self._replies.timer_label(timer.name, timer.seconds)

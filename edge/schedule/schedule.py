"""Waits for timers, alarms and delayed commands on the device's own clocks, and saves them over restarts."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, time
from typing import Literal

import structlog

from edge.errors import HomeError
from edge.nlu.replies import Replies
from edge.runtime.clock import Clock
from edge.schedule import PendingAlarm, PendingTimer, Ring
from edge.schedule.alarms import MAX_ALARMS, Alarm, Alarms
from edge.schedule.delayed import MISSED_S, DelayedCommands, KeptDelayed, command_of, said_of
from edge.schedule.store import Kept, ScheduleStore
from edge.schedule.timers import MAX_SECONDS, MAX_TIMERS, Timer, Timers
from edge.schedule.when import next_moment

_log = structlog.get_logger("home")

_RECHECK_S = 10.0
"""The wall clock may be set at any time, without notice."""

_STEP_S = 2.0
"""If the two clocks diverge by more than this, the wall clock was set."""

_TIMER_MISSED_S = 60.0
_ALARM_MISSED_S = 600.0
"""A timer or alarm found later than this, at the start or after a step, is announced and does not ring."""

_JUST_RUNG_S = 120.0
_ANSWERS_S = 15.0
"""For so long after a ring "cancel the timer" is its end: the wake word ended the ring, and the command follows."""

Perform = Callable[[str, str], Awaitable[str]]
"""Carries out a delayed command (packed, and as it was said); returns what did not work, empty if all did."""


async def _nothing(_command: str, _said: str) -> str:
    return ""


class TimerSchedule:
    """A `Schedule`. `timers`, `alarms` and `delayed` may be changed at any time; call `changed` afterwards."""

    def __init__(
        self,
        clock: Clock,
        store: ScheduleStore | None,
        replies: Replies,
        kept: Kept | None = None,
        *,
        rings: bool = True,
    ) -> None:
        """`store` None: nothing is saved, `kept` holds the timers and alarms. `rings` false: `run` is not called."""
        self._clock = clock
        self._store = store
        self._replies = replies
        self._rings = rings
        kept = kept or (store.read(clock) if store is not None else Kept())
        self.timers = Timers(clock, kept.timers)
        self.alarms = Alarms(clock, kept.alarms)
        self.delayed = DelayedCommands(clock, kept.delayed)
        self.perform: Perform = _nothing  # carries delayed commands out
        self._wake = asyncio.Event()
        self._wake_delayed = asyncio.Event()
        self._writing = asyncio.Lock()
        self._ringing: Timer | Alarm | None = None
        self._rung_at: float | None = None
        self._last_rung: Timer | Alarm | None = None
        self._offset_s = self._clock_offset()
        self._missed: set[Timer | Alarm] = set()
        self._watchers: list[Callable[[], None]] = []

    @property
    def just_rung(self) -> bool:
        """Whether a timer or alarm is ringing, or rang less than two minutes ago."""
        return self._rang_within(_JUST_RUNG_S)

    @property
    def answers_ring(self) -> bool:
        """Whether a command that names no timer or alarm is for the one that rings, or has just been stopped."""
        return self._rang_within(_ANSWERS_S)

    @property
    def last_rung(self) -> Timer | Alarm | None:
        """What is ringing, or rang less than two minutes ago."""
        return self._last_rung if self.just_rung else None

    def _rang_within(self, seconds: float) -> bool:
        return self._ringing is not None or (
            self._rung_at is not None and self._clock.monotonic() - self._rung_at < seconds
        )

    async def changed(self) -> bool:
        """Save the timers and alarms, and compute the next moment to wait for; whether they could be saved."""
        self.delayed.prune([*self.timers.all(), *([self._ringing] if isinstance(self._ringing, Timer) else [])])
        self._wake.set()
        self._tell()
        self._wake_delayed.set()
        return await self._save()

    async def keep(self, reply: str, *, removed: bool = False) -> str:
        """`changed`, and the reply to the change; it says so if the change will not survive a restart.

        `removed`: timers or alarms were removed, and may come back. If this process does not ring, the reply says that
        the speaker must, and what could not be saved is refused.
        """
        saved = await self.changed()
        if saved and (self._rings or removed):
            return reply
        fixed = self._replies.fixed
        if not saved and not self._rings:
            return fixed("schedule-not-running")
        if saved:
            return f"{reply} {fixed('speaker-must-run')}"
        return f"{reply} {fixed('not-saved-removed' if removed else 'not-saved')}"

    def pending(self) -> tuple[tuple[PendingTimer, ...], tuple[PendingAlarm, ...]]:
        """See `Schedule.pending`."""
        timers = (
            PendingTimer(timer.id, self._label(timer), timer.seconds, max(0.0, self.timers.left_s(timer)), timer.paused)
            for timer in self.timers.all()
        )
        alarms = (PendingAlarm(alarm.id, alarm.at, alarm.days, self._alarm_label(alarm)) for alarm in self.alarms.all())
        return tuple(timers), tuple(alarms)

    def watch(self, changed: Callable[[], None]) -> None:
        """See `Schedule.watch`."""
        self._watchers.append(changed)

    async def set_timer(self, seconds: int, name: str = "") -> None:
        """See `Schedule.set_timer`."""
        if not 1 <= seconds <= MAX_SECONDS:
            raise HomeError("timer-invalid", f"a timer runs for 1 to {MAX_SECONDS} seconds")
        if len(self.timers) >= MAX_TIMERS:
            raise HomeError("timers-full", f"{MAX_TIMERS} timers are set", "cancel one")
        self.timers.start(seconds, name)
        await self._changed_or_refuse()

    async def set_alarm(self, at: datetime | time, days: frozenset[int] = frozenset(), name: str = "") -> None:
        """See `Schedule.set_alarm`."""
        now = self.alarms.local_now()
        if isinstance(at, datetime):
            if days:
                raise HomeError("alarm-invalid", "an alarm has a date or days, not both")
            moment = at
        else:
            moment = next_moment(at, days or frozenset(range(7)), now)
        if moment <= now:
            raise HomeError("alarm-past", "the moment of the alarm has passed", "set it for a later one")
        if len(self.alarms) >= MAX_ALARMS:
            raise HomeError("alarms-full", f"{MAX_ALARMS} alarms are set", "cancel one")
        self.alarms.add(moment, days, name)
        await self._changed_or_refuse()

    async def cancel_timer(self, number: int | None) -> None:
        """See `Schedule.cancel_timer`."""
        chosen = [timer for timer in self.timers.all() if number in {None, timer.id}]
        if number is not None and not chosen:
            raise HomeError("timer-unknown", "there is no timer with this id", "the topic `timers` lists them")
        for timer in chosen:
            self.timers.remove(timer)
        await self._changed_or_refuse()

    async def cancel_alarm(self, number: int | None) -> None:
        """See `Schedule.cancel_alarm`."""
        chosen = [alarm for alarm in self.alarms.all() if number in {None, alarm.id}]
        if number is not None and not chosen:
            raise HomeError("alarm-unknown", "there is no alarm with this id", "the topic `timers` lists them")
        for alarm in chosen:
            self.alarms.remove(alarm)
        await self._changed_or_refuse()

    async def _changed_or_refuse(self) -> None:
        if not await self.changed():
            raise HomeError("schedule-not-saved", "it was changed, but a restart will undo it", "is the disk full?")

    def _tell(self) -> None:
        for changed in self._watchers:
            changed()

    def double(self) -> "TimerSchedule":
        """A copy with the same timers and alarms that saves nothing, for rehearsals."""
        delayed = KeptDelayed(self.delayed.timers.all(), self.delayed.alarms.all(), list(self.delayed.after))
        kept = Kept(self.timers.all(), self.alarms.all(), delayed)
        double = TimerSchedule(self._clock, None, self._replies, kept, rings=self._rings)
        double._ringing, double._rung_at, double._last_rung = self._ringing, self._rung_at, self._last_rung
        return double

    async def run(self, ring: Callable[[Ring], Awaitable[None]]) -> None:
        """See `Schedule.run`."""
        async with asyncio.TaskGroup() as group:  # a command does not wait until an alarm is switched off
            group.create_task(self._run_rings(ring))
            group.create_task(self._run_delayed(ring, group))

    async def _run_rings(self, ring: Callable[[Ring], Awaitable[None]]) -> None:
        self._notice_missed()
        while True:
            self._wake.clear()
            if self._stepped():
                self._notice_missed()
                self._tell()
                await self._save()
            timer = self.timers.soonest()
            alarm = self.alarms.soonest()
            timer_left = self.timers.left_s(timer) if timer else _RECHECK_S
            alarm_left = self.alarms.left_s(alarm) if alarm else _RECHECK_S
            if timer and timer_left <= 0 and (alarm is None or timer_left <= alarm_left):
                self.timers.remove(timer)
                self._tell()
                what = await self._with_commands(timer, self._timer_ring(timer, -timer_left), -timer_left)
                await self._ring(timer, what, ring)
            elif alarm and alarm_left <= 0:
                self.alarms.rung(alarm)
                self._tell()
                await self._ring(alarm, self._alarm_ring(alarm, -alarm_left), ring)
            else:
                await self._wait(min(timer_left, alarm_left, _RECHECK_S), self._wake)

    async def _run_delayed(self, ring: Callable[[Ring], Awaitable[None]], group: asyncio.TaskGroup) -> None:
        while True:
            self._wake_delayed.clear()
            due = self.delayed.next()
            if due is None or due[1] > 0:
                await self._wait(min(_RECHECK_S, due[1] if due else _RECHECK_S), self._wake_delayed)
                continue
            waiting, left_s = due
            late_s = -left_s
            self.delayed.passed(waiting)
            text = await self._performed(command_of(waiting), said_of(waiting), late_s)
            await self._save()  # only now, so that a power cut does not lose it
            if text:
                group.create_task(self._announce(text, ring))

    async def _performed(self, command: str, said: str, late_s: float) -> str:
        """What is to be announced: empty if the command worked."""
        _log.info("delayed-command", late_s=round(late_s))
        if late_s > MISSED_S:
            return self._replies.later_missed(said, late_s)
        try:
            return await self.perform(command, said)
        except Exception:  # noqa: BLE001 - a bug in one command must not end all later ones
            _log.exception("delayed-command-crashed")
            return self._replies.later_failed(said, self._replies.fixed("failed"))

    async def _announce(self, text: str, ring: Callable[[Ring], Awaitable[None]]) -> None:
        try:
            await ring(Ring("alarm", "", text, missed=True))
        except Exception:  # noqa: BLE001 - a failing output must not end the schedule
            _log.exception("ring-failed", kind="delayed-command")

    async def _ring(self, due: Timer | Alarm, what: Ring, ring: Callable[[Ring], Awaitable[None]]) -> None:
        """Ring, and remove the timer or alarm from disk only afterwards, so that a power cut does not lose it."""
        self._ringing = self._last_rung = due
        self._rung_at = self._clock.monotonic()
        _log.info("ring", kind=what.kind, missed=what.missed)
        try:
            await ring(what)
        except Exception:  # noqa: BLE001 - a failing output must not end all later alarms
            _log.exception("ring-failed", kind=what.kind)
        self._ringing = None
        self._rung_at = self._clock.monotonic()
        await self._save()

    async def _with_commands(self, timer: Timer, what: Ring, late_s: float) -> Ring:
        """Carry out what waited for the timer; what did not work is said with the ring."""
        texts = [await self._performed(it.command, it.said, late_s) for it in self.delayed.take_after(timer)]
        return replace(what, text=" ".join([what.text, *filter(None, texts)]))

    async def _wait(self, seconds: float, wake: asyncio.Event) -> None:
        sleep = asyncio.ensure_future(self._clock.sleep(seconds))
        woken = asyncio.ensure_future(wake.wait())
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

        One that waits for another to finish ringing, or for the end of an hour that daylight saving skips, is not.
        """
        timers = {timer for timer in self.timers.all() if self.timers.left_s(timer) < -_TIMER_MISSED_S}
        alarms = {alarm for alarm in self.alarms.all() if self.alarms.left_s(alarm) < -_ALARM_MISSED_S}
        self._missed = timers | alarms

    def _clock_offset(self) -> float:
        return self._clock.now().timestamp() - self._clock.monotonic()

    async def _save(self) -> bool:
        if self._store is None:
            return True
        timers = self.timers.all()
        alarms = {alarm.id: alarm for alarm in self.alarms.all()}
        if isinstance(self._ringing, Timer):
            timers.append(self._ringing)
        elif self._ringing is not None:
            alarms[self._ringing.id] = self._ringing
        content = self._store.encode(
            [(timer, self.timers.left_s(timer)) for timer in timers], [*alarms.values()], self._clock, self.delayed
        )
        async with self._writing:
            return await asyncio.to_thread(self._store.write, content)

    def _timer_ring(self, timer: Timer, late_s: float) -> Ring:
        missed = timer in self._missed
        if timer.message is not None:
            return self._reminder_ring("timer", timer.message, late_s, missed=missed)
        if missed:
            return Ring("timer", timer.name, self._replies.timer_missed(self._label(timer), late_s), missed=True)
        return Ring("timer", timer.name, self._replies.timer_done(self._label(timer)))

    def _alarm_ring(self, alarm: Alarm, late_s: float) -> Ring:
        missed = alarm in self._missed
        if alarm.message is not None:
            return self._reminder_ring("alarm", alarm.message, late_s, missed=missed)
        if missed:
            text = self._replies.alarm_missed(alarm.name, alarm.at, late_s)
            return Ring("alarm", alarm.name, text, missed=True)
        return Ring("alarm", alarm.name, self._replies.alarm_rings(alarm.name, alarm.at))

    def _reminder_ring(self, kind: Literal["timer", "alarm"], message: str, late_s: float, *, missed: bool) -> Ring:
        if missed:
            return Ring(kind, "", self._replies.reminder_missed(message, late_s), missed=True)
        return Ring(kind, "", self._replies.reminder_rings(message), once=True)

    def _label(self, timer: Timer) -> str:
        if timer.message is not None:
            return self._replies.reminder_label(timer.message)
        return self._replies.timer_label(timer.name, timer.seconds)

    def _alarm_label(self, alarm: Alarm) -> str:
        if alarm.message is not None:
            return self._replies.reminder_label(alarm.message)
        return self._replies.alarm_called(alarm.name)

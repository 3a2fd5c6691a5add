"""Commands about reminders: a timer or an alarm with a text that is said once."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from edge.events import CONFIRMED, Intent, PendingQuestion, SlotValue
from edge.home import Asks
from edge.home.alarm_actions import when_of
from edge.home.alarms import MAX_ALARMS, Alarm
from edge.home.schedule import TimerSchedule
from edge.home.timer_actions import LISTED, chosen, refused_length, seconds_of
from edge.home.timers import MAX_TIMERS, Timer
from edge.home.when import is_real
from edge.nlu.replies import AskedAbout, Replies


class ReminderActions:
    """Each handler takes the slots of its intent and returns the reply.

    `message` is what to remind of ("call mum", "about the cake"); the moment is a duration (`hours`, `minutes`,
    `seconds`) or that of an alarm (`edge.home.alarm_actions.AlarmActions`).
    """

    def __init__(self, schedule: TimerSchedule, replies: Replies) -> None:
        self._schedule = schedule
        self._replies = replies
        self._timers = schedule.timers
        self._alarms = schedule.alarms

    async def set(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeSetReminder."""
        message, when = _message(slots), when_of(slots)
        if {"hours", "minutes", "seconds"} & slots.keys():
            return await self._set_in(message, seconds_of(slots))
        if when is None:
            return Asks(self._replies.fixed("ask-reminder-time"), PendingQuestion(Intent("EdgeSetReminder", slots)))
        if len(self._alarms) >= MAX_ALARMS:
            return self._replies.fixed("alarms-too-many")
        alarms = self._alarms.set(when, message=message)
        if not alarms:
            return self._replies.fixed("alarm-past" if is_real(when.day) else "no-such-day")
        return await self._schedule.keep(self._replies.reminder_set(message, [self._when(it) for it in alarms]))

    async def _set_in(self, message: str, seconds: int) -> str:
        if refusal := refused_length(seconds, self._replies):
            return refusal
        if len(self._timers) >= MAX_TIMERS:
            return self._replies.fixed("timers-too-many")
        self._timers.start(seconds, message=message)
        return await self._schedule.keep(self._replies.reminder_set(message, [self._replies.reminder_in(seconds)]))

    async def status(self, _slots: Mapping[str, SlotValue]) -> str | None:
        """EdgeReminderStatus."""
        found = self._all()
        return self._listed(found) if found else self._replies.fixed("reminders-none")

    async def cancel(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeCancelReminder: the one that has the words of `message`, the one that `which` means, or the only one."""
        everything = self._all()
        if not everything:
            return self._replies.fixed("reminders-none")
        found = self.about(_message(slots))
        if "kind" in slots:
            found = [it for it in everything if (_kind(it), it.id) == (slots["kind"], slots.get("id"))]
        found = list(chosen(found, slots.get("which")))
        if len(found) != 1:
            several = found or everything
            question = PendingQuestion(Intent("EdgeCancelReminder", slots), self._choices(several))
            return Asks(self._listed(several, ask="one"), question)
        self._remove(found[0])
        return await self._schedule.keep(self._replies.reminder_cancelled(found[0].message or ""), removed=True)

    async def cancel_all(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeCancelAllReminders. Asks before it cancels several."""
        found = self._all()
        if not found:
            return self._replies.fixed("reminders-none")
        if len(found) > 1 and CONFIRMED not in slots:
            meant = Intent("EdgeCancelAllReminders", {CONFIRMED: 1})
            question = PendingQuestion(meant, self._choices(found), confirmation=True)
            return Asks(self._listed(found, ask="all"), question)
        for reminder in found:
            self._remove(reminder)
        return await self._schedule.keep(self._replies.fixed("reminders-all-cancelled"), removed=True)

    def about(self, message: str) -> list[Timer | Alarm]:
        """The reminders that have all words of `message`, next first."""
        wanted = set(message.casefold().split())
        return [it for it in self._all() if wanted <= set((it.message or "").casefold().split())]

    def _all(self) -> list[Timer | Alarm]:
        """Every reminder, next first."""
        now = self._alarms.local_now()
        timers = [(now + timedelta(seconds=self._timers.left_s(it)), it) for it in self._timers.all()]
        alarms = [(it.at, it) for it in self._alarms.all()]
        both: list[tuple[datetime, Timer | Alarm]] = [*timers, *alarms]
        return [it for _, it in sorted(both, key=lambda pair: pair[0]) if it.message is not None]

    def _remove(self, reminder: Timer | Alarm) -> None:
        if isinstance(reminder, Timer):
            self._timers.remove(reminder)
        else:
            self._alarms.remove(reminder)

    def _choices(self, found: Sequence[Timer | Alarm]) -> tuple[tuple[str, Intent], ...]:
        return tuple(
            (f"{it.message} {self._when(it)}", Intent("EdgeCancelReminder", {"kind": _kind(it), "id": it.id}))
            for it in found
        )

    def _listed(self, found: Sequence[Timer | Alarm], *, ask: AskedAbout | None = None) -> str:
        listed = [(it.message or "", self._when(it)) for it in found[:LISTED]]
        return self._replies.reminders_listed(len(found), listed, ask=ask)

    def _when(self, reminder: Timer | Alarm) -> str:
        if isinstance(reminder, Timer):
            return self._replies.reminder_in(self._timers.left_s(reminder))
        time = self._replies.alarm_time(reminder.at, reminder.days, self._alarms.local_now())
        return self._replies.reminder_at(time)


def _kind(reminder: Timer | Alarm) -> str:
    """Timers and alarms are numbered apart."""
    return "timer" if isinstance(reminder, Timer) else "alarm"


def _message(slots: Mapping[str, SlotValue]) -> str:
    return str(slots.get("message", "")).strip()

"""Commands about reminders: a timer or an alarm with a text that is said once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from edge.events import CONFIRMED, Intent, PendingQuestion, SlotValue
from edge.home import Asks
from edge.home.speaker.alarms import when_of
from edge.home.speaker.timers import LISTED, chosen, refused_length, seconds_of
from edge.nlu.replies import AskedAbout, Replies
from edge.schedule.alarms import MAX_ALARMS, Alarm
from edge.schedule.schedule import TimerSchedule
from edge.schedule.timers import MAX_TIMERS, Timer
from edge.schedule.when import is_real

_LENGTH = frozenset({"hours", "minutes", "seconds"})


class ReminderActions:
    """Each handler takes the slots of its intent and returns the reply.

    `message` is what to remind of ("call mum", "about the cake"); the moment is a duration (`hours`, `minutes`,
    `seconds`) or that of an alarm (`edge.home.speaker.alarms.AlarmActions`).
    """

    def __init__(self, schedule: TimerSchedule, replies: Replies) -> None:
        self._schedule = schedule
        self._replies = replies
        self._timers = schedule.timers
        self._alarms = schedule.alarms

    async def set(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeSetReminder."""
        if not _says_when(slots):
            day = str(slots.get("day", ""))
            if not is_real(day):
                return self._replies.fixed("no-such-day")
            asked = self._replies.fixed("ask-time" if day else "ask-reminder-time")
            return Asks(asked, PendingQuestion(Intent("EdgeSetReminder", slots)))
        message = _message(slots)
        found = self._set(message, slots)
        if isinstance(found, str):
            return found
        return await self._schedule.keep(self._replies.reminder_set(message, [self._when(it) for it in found]))

    async def change(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeChangeReminder: the one of `message` (or `kind` and `id`), or the only one, gets another moment."""
        found = self._one("EdgeChangeReminder", slots)
        if isinstance(found, str | Asks):
            return found
        if not _says_when(slots) and "day" not in slots:
            return Asks(self._replies.fixed("ask-reminder-time"), PendingQuestion(Intent("EdgeChangeReminder", slots)))
        moved = self._moved(found, slots)
        if isinstance(moved, str):
            return moved
        return await self._schedule.keep(
            self._replies.reminder_set(found.message or "", [self._when(it) for it in moved])
        )

    def _moved(self, reminder: Timer | Alarm, slots: Mapping[str, SlotValue]) -> Sequence[Timer | Alarm] | str:
        """The reminder at the moment of the slots, or why it stays."""
        day = str(slots.get("day", ""))
        if isinstance(reminder, Alarm) and not _LENGTH & slots.keys():
            alarm = self._alarms.change(reminder, when_of(slots), day)
            return [alarm] if alarm else self._replies.fixed("alarm-past" if is_real(day) else "no-such-day")
        if not _says_when(slots):
            return self._replies.fixed("ask-reminder-time")
        found = self._set(reminder.message or "", slots)
        if not isinstance(found, str):
            self._remove(reminder)
        return found

    def _set(self, message: str, slots: Mapping[str, SlotValue]) -> Sequence[Timer | Alarm] | str:
        """The reminders of these slots, which are set, or why none is."""
        when = when_of(slots)
        if when is None:
            seconds = seconds_of(slots)
            if refusal := refused_length(seconds, self._replies):
                return refusal
            if len(self._timers) >= MAX_TIMERS:
                return self._replies.fixed("timers-too-many")
            return [self._timers.start(seconds, message=message)]
        if len(self._alarms) >= MAX_ALARMS:
            return self._replies.fixed("alarms-too-many")
        alarms = self._alarms.set(replace(when, awake=True), message=message)
        return alarms or self._replies.fixed("alarm-past" if is_real(when.day) else "no-such-day")

    async def status(self, _slots: Mapping[str, SlotValue]) -> str | None:
        """EdgeReminderStatus."""
        found = self._all()
        return self._listed(found) if found else self._replies.fixed("reminders-none")

    async def cancel(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeCancelReminder: the one that has the words of `message`, the one that `which` means, or the only one."""
        found = self._one("EdgeCancelReminder", slots)
        if isinstance(found, str | Asks):
            return found
        self._remove(found)
        return await self._schedule.keep(self._replies.reminder_cancelled(found.message or ""), removed=True)

    async def cancel_all(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeCancelAllReminders. Asks before it cancels several."""
        found = self._all()
        if not found:
            return self._replies.fixed("reminders-none")
        if len(found) > 1 and CONFIRMED not in slots:
            meant = Intent("EdgeCancelAllReminders", {CONFIRMED: 1})
            question = PendingQuestion(meant, self._choices("EdgeCancelReminder", {}, found), confirmation=True)
            return Asks(self._listed(found, ask="all"), question)
        for reminder in found:
            self._remove(reminder)
        return await self._schedule.keep(self._replies.fixed("reminders-all-cancelled"), removed=True)

    def _one(self, intent: str, slots: Mapping[str, SlotValue]) -> Timer | Alarm | Asks | str:
        """The reminder that is meant, or a reply that asks for it, or says that there is none."""
        everything = self._all()
        if not everything:
            return self._replies.fixed("reminders-none")
        found: Sequence[Timer | Alarm] = chosen(self.about(_message(slots)), slots.get("which"))
        if "kind" in slots:
            found = [it for it in everything if (_kind(it), it.id) == (slots["kind"], slots.get("id"))]
        if len(found) == 1:
            return found[0]
        several = found or everything
        question = PendingQuestion(Intent(intent, slots), self._choices(intent, slots, several))
        return Asks(self._listed(several, ask="one"), question)

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

    def _choices(
        self, intent: str, slots: Mapping[str, SlotValue], found: Sequence[Timer | Alarm]
    ) -> tuple[tuple[str, Intent], ...]:
        return tuple(
            (f"{it.message} {self._when(it)}", Intent(intent, {**slots, "kind": _kind(it), "id": it.id}))
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


def _says_when(slots: Mapping[str, SlotValue]) -> bool:
    return when_of(slots) is not None or bool(_LENGTH & slots.keys())


def _message(slots: Mapping[str, SlotValue]) -> str:
    return str(slots.get("message", "")).strip()

"""Commands about alarms."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Literal

from edge.events import Intent, PendingQuestion, SlotValue
from edge.home import Asks
from edge.home.alarms import MAX_ALARMS, Alarm
from edge.home.schedule import TimerSchedule
from edge.home.timer_actions import chosen, refused_length, seconds_of
from edge.home.timers import MAX_TIMERS, Timer
from edge.home.when import When, repeats
from edge.nlu.replies import Replies

_LISTED = 6
"""More than so many are counted."""

SNOOZE_S = 9 * 60


class AlarmActions:
    """Each handler takes the slots of its intent and returns the reply, None for no reply.

    Slots: `id`, or `hour`, `minute`, `meridiem` (am, pm), `day` (see `edge.home.when.When`) and `wake`; those of a
    second time begin with `also_`, those of the alarm that is meant, where it gets a new time, with `from_`. `name`
    and `which` ("next", "newest", "last", or a number), select an alarm.
    """

    def __init__(self, schedule: TimerSchedule, replies: Replies) -> None:
        self._replies = replies
        self._schedule = schedule
        self._alarms = schedule.alarms

    async def set(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeSetAlarm."""
        when = when_of(slots)
        if when is None:
            return Asks(self._replies.fixed("ask-time"), PendingQuestion(Intent("EdgeSetAlarm", slots)))
        also = when_of({**slots, **_without(slots, "also_")}) if "also_hour" in slots else None
        if len(self._alarms) >= MAX_ALARMS:
            return self._replies.fixed("alarms-too-many")
        name = _name(slots)
        alarms = [alarm for it in (when, also) if it is not None for alarm in self._alarms.set(it, name)]
        if not alarms:
            return self._replies.fixed("alarm-past")
        return await self._schedule.keep(self._replies.alarm_set(name, [self._spoken(alarm) for alarm in alarms]))

    async def change(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeChangeAlarm: to a time, to a day, or by a duration; `direction`: later, earlier."""
        old = {**_without(slots, "from_"), **{slot: slots[slot] for slot in ("id", "name", "which") if slot in slots}}
        found = self._find(old)
        if not found:
            return self._none()
        if len(found) > 1:
            return self._which("EdgeChangeAlarm", slots, found)
        when, day, seconds = when_of(slots), str(slots.get("day", "")), seconds_of(slots)
        if when is None and not day and not seconds:
            return Asks(self._replies.fixed("ask-new-time"), PendingQuestion(Intent("EdgeChangeAlarm", slots)))
        if seconds:
            alarm = self._alarms.shift(found[0], -seconds if slots.get("direction") == "earlier" else seconds)
        else:
            alarm = self._alarms.change(found[0], when, day)
        if alarm is None:
            return self._replies.fixed("alarm-past")
        return await self._schedule.keep(self._replies.alarm_changed(alarm.name, self._spoken(alarm)))

    async def cancel(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeCancelAlarm: of a repeating alarm, "the next" and one that is meant by a date leave out that day.

        Without a reply while an alarm rings or shortly after.
        """
        found = self._find(slots)
        if self._schedule.just_rung and not {"hour", "id", "which", "name", "day"} & slots.keys():
            return None
        if not found:
            return self._none()
        if len(found) > 1:
            return self._which("EdgeCancelAlarm", slots, found)
        alarm, rule = found[0], self._spoken(found[0])
        day = str(slots.get("day", ""))
        if alarm.days and (slots.get("which") == "next" or (day and not repeats(day))):
            reply = self._replies.alarm_skipped(self._skipped(alarm, day), rule)
            return await self._schedule.keep(reply, removed=True)
        self._alarms.remove(alarm)
        return await self._schedule.keep(self._replies.alarm_cancelled(alarm.name, rule), removed=True)

    async def cancel_all(self, slots: Mapping[str, SlotValue]) -> str | None:
        """EdgeCancelAllAlarms; with a `day`, only those of that day."""
        day = str(slots.get("day", ""))
        found = self._alarms.find(day=day)
        if not found:
            return None if self._schedule.just_rung else self._none()
        whens: list[str] = []
        for alarm in found:
            if alarm.days and day and not repeats(day):
                whens.append(self._skipped(alarm, day))
            else:
                whens.append(self._spoken(alarm))
                self._alarms.remove(alarm)
        reply = self._replies.alarms_cancelled(whens) if day else self._replies.fixed("alarms-all-cancelled")
        return await self._schedule.keep(reply, removed=True)

    async def status(self, slots: Mapping[str, SlotValue]) -> str | None:
        """EdgeAlarmStatus."""
        found = self._find(slots)
        if not found:
            return self._none()
        if len(found) > 1:
            return self._listed(found, ask=False)
        return self._replies.alarm_status(found[0].name, self._spoken(found[0]))

    async def snooze(self, slots: Mapping[str, SlotValue]) -> str | None:
        """EdgeSnooze: what rings, or rang in the last two minutes, rings again after a duration, or nine minutes."""
        rung = self._schedule.last_rung
        if rung is None:
            return self._replies.fixed("alarm-nothing-rang")
        seconds = seconds_of(slots) or SNOOZE_S
        timers = self._schedule.timers
        if refusal := refused_length(seconds, self._replies):
            return refusal
        if isinstance(rung, Timer):
            if len(timers) >= MAX_TIMERS:
                return self._replies.fixed("timers-too-many")
            timers.start(seconds, rung.name, rung.message)
        elif len(self._alarms) >= MAX_ALARMS:
            return self._replies.fixed("alarms-too-many")
        else:
            at = (self._alarms.local_now() + timedelta(seconds=seconds)).replace(microsecond=0)
            self._alarms.add(at, name=rung.name, message=rung.message)
        return await self._schedule.keep(self._replies.snoozed(seconds))

    def _find(self, slots: Mapping[str, SlotValue]) -> Sequence[Alarm]:
        if "id" in slots:
            return [alarm for alarm in self._alarms.find() if alarm.id == slots["id"]]
        found = self._alarms.find(when=when_of(slots), day=str(slots.get("day", "")), name=_name(slots))
        return chosen(found, slots.get("which"))

    def _skipped(self, alarm: Alarm, day: str) -> str:
        """Leave out one day of a repeating alarm; the moment at which it will not ring."""
        on = self._alarms.skip(alarm, day)
        return self._replies.alarm_time(on, frozenset(), self._alarms.local_now())

    def _which(self, intent: str, slots: Mapping[str, SlotValue], found: Sequence[Alarm]) -> Asks:
        choices = tuple((self._label(alarm), Intent(intent, {**slots, "id": alarm.id})) for alarm in found)
        return Asks(self._listed(found, ask=True), PendingQuestion(Intent(intent, slots), choices))

    def _listed(self, found: Sequence[Alarm], *, ask: bool) -> str:
        return self._replies.alarms_listed(len(found), [self._label(alarm) for alarm in found[:_LISTED]], ask=ask)

    def _label(self, alarm: Alarm) -> str:
        return self._replies.alarm_label(alarm.name, self._spoken(alarm))

    def _spoken(self, alarm: Alarm) -> str:
        return self._replies.alarm_time(alarm.at, alarm.days, self._alarms.local_now())

    def _none(self) -> str:
        return self._replies.fixed("alarm-unknown" if self._alarms.find() else "alarms-none")


def when_of(slots: Mapping[str, SlotValue]) -> When | None:
    """The moment in the slots; None without a time."""
    hour, minute = slots.get("hour"), slots.get("minute", 0)
    if not isinstance(hour, int) or not isinstance(minute, int) or not (0 <= hour <= 24 and 0 <= minute < 60):  # noqa: PLR2004 - a clock
        return None
    said = slots.get("meridiem")
    meridiem: Literal["am", "pm"] | None = "am" if said == "am" else "pm" if said == "pm" else None
    return When(hour, minute, meridiem, str(slots.get("day", "")), wake=bool(slots.get("wake")))


def _without(slots: Mapping[str, SlotValue], prefix: str) -> dict[str, SlotValue]:
    """The slots of that prefix, without it; a second time has its own half of the day."""
    found = {slot.removeprefix(prefix): value for slot, value in slots.items() if slot.startswith(prefix)}
    return {"meridiem": "", **found}


def _name(slots: Mapping[str, SlotValue]) -> str:
    return str(slots.get("name", "")).strip()

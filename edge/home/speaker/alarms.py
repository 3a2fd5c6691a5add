"""Commands about alarms."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Literal

from edge.events import CONFIRMED, Intent, PendingQuestion, SlotValue
from edge.home import Asks
from edge.home.speaker.timers import LISTED, chosen, refused_length, seconds_of
from edge.nlu.replies import AskedAbout, Replies
from edge.schedule.alarms import MAX_ALARMS, Alarm
from edge.schedule.schedule import TimerSchedule
from edge.schedule.timers import MAX_TIMERS, Timer
from edge.schedule.when import When, is_real, moments, repeats

SNOOZE_S = 9 * 60


class AlarmActions:
    """Each handler takes the slots of its intent and returns the reply, None for no reply.

    Slots: `id`, or `hour`, `minute`, `meridiem` (am, pm), `day` (see `edge.schedule.when.When`) and `wake`; those of a
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
        if when is None and not is_real(str(slots.get("day", ""))):
            return self._replies.fixed("no-such-day")
        if when is None:
            return Asks(self._replies.fixed("ask-time"), PendingQuestion(Intent("EdgeSetAlarm", slots)))
        also = when_of({**slots, **_without(slots, "also_")}) if "also_hour" in slots else None
        if len(self._alarms) >= MAX_ALARMS:
            return self._replies.fixed("alarms-too-many")
        name = _name(slots)
        alarms = [alarm for it in (when, also) if it is not None for alarm in self._alarms.set(it, name)]
        if not alarms:
            return self._replies.fixed("alarm-past" if is_real(when.day) else "no-such-day")
        return await self._schedule.keep(self._replies.alarm_set(name, [self._spoken(alarm) for alarm in alarms]))

    async def change(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeChangeAlarm: to a time, to a day, or by a duration; `direction`: later, earlier."""
        old = {**_without(slots, "from_"), **{slot: slots[slot] for slot in ("id", "name", "which") if slot in slots}}
        found = self._find(old)
        if len(found) != 1:
            return self._which("EdgeChangeAlarm", slots, found) if found else self._none()
        if (refusal := self._unchangeable(found[0], slots)) is not None:
            return refusal
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

    def _unchangeable(self, alarm: Alarm, slots: Mapping[str, SlotValue]) -> str | None:
        """Why the alarm cannot be changed so: to two times, or on one of its days."""
        one_day = str(slots.get("from_day", ""))
        if one_day and not repeats(one_day) and len(alarm.days) > 1:
            return self._replies.fixed("alarm-all-days")
        return self._replies.fixed("alarm-one-time") if "also_hour" in slots else None

    async def cancel(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeCancelAlarm: of a repeating alarm, "the next" and one that is meant by a date leave out that day.

        Without a reply while an alarm rings or shortly after.
        """
        if "also_hour" in slots:
            return await self._cancel_both(slots)
        found = self._find(slots)
        if self._schedule.answers_ring and not {"hour", "id", "which", "name", "day"} & slots.keys():
            return None
        if not found:
            return None if self._schedule.just_rung and not self._alarms.find() else self._none()
        if len(found) > 1:
            return self._which("EdgeCancelAlarm", slots, found)
        alarm, rule = found[0], self._spoken(found[0])
        day = str(slots.get("day", ""))
        if alarm.days and (slots.get("which") == "next" or (day and not repeats(day))):
            reply = self._replies.alarm_skipped(self._skipped(alarm, day), rule)
            return await self._schedule.keep(reply, removed=True)
        self._alarms.remove(alarm)
        return await self._schedule.keep(self._replies.alarm_cancelled(alarm.name, rule), removed=True)

    async def _cancel_both(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """Cancel the alarms at the two times that were named; none unless there are both."""
        times = (slots, {**slots, **_without(slots, "also_")})
        both = [self._find(_without_also(each)) for each in times]
        if not all(both):
            return self._none()
        whens = dict.fromkeys(alarm for found in both for alarm in found)
        if len(whens) > len(both):
            return self._which("EdgeCancelAlarm", {}, list(whens))
        reply = self._replies.alarms_cancelled([self._take_out(alarm, str(slots.get("day", ""))) for alarm in whens])
        return await self._schedule.keep(reply, removed=True)

    def _take_out(self, alarm: Alarm, day: str) -> str:
        """Remove an alarm, or leave out the `day` of one that repeats; what does not ring any more."""
        if alarm.days and day and not repeats(day):
            return self._skipped(alarm, day)
        self._alarms.remove(alarm)
        return self._spoken(alarm)

    async def cancel_all(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeCancelAllAlarms; with a `day`, only those of that day. Without, it asks before it cancels several."""
        day = str(slots.get("day", ""))
        found = self._alarms.find(day=day)
        if not found:
            return None if self._schedule.just_rung else self._none()
        if len(found) > 1 and not day and CONFIRMED not in slots:
            meant = Intent("EdgeCancelAllAlarms", {**slots, CONFIRMED: 1})
            return Asks(
                self._listed(found, ask="all"),
                PendingQuestion(meant, self._choices("EdgeCancelAlarm", {}, found), confirmation=True),
            )
        whens = [self._take_out(alarm, day) for alarm in found]
        reply = self._replies.alarms_cancelled(whens) if day else self._replies.fixed("alarms-all-cancelled")
        return await self._schedule.keep(reply, removed=True)

    async def status(self, slots: Mapping[str, SlotValue]) -> str | None:
        """EdgeAlarmStatus."""
        found = self._find(_without_also(slots))
        if "also_hour" in slots:
            found = list(dict.fromkeys([*found, *self._find(_without_also({**slots, **_without(slots, "also_")}))]))
        if not found:
            return self._none()
        if len(found) > 1:
            return self._listed(found)
        return self._replies.alarm_status(found[0].name, self._spoken(found[0]))

    async def snooze(self, slots: Mapping[str, SlotValue]) -> str | None:
        """EdgeSnooze: what rings, or rang in the last two minutes, rings again after a duration, or nine minutes.

        With a time it rings again then, as an alarm.
        """
        rung = self._schedule.last_rung
        if rung is None:
            return self._replies.fixed("alarm-nothing-rang")
        if len(self._schedule.timers) >= MAX_TIMERS or len(self._alarms) >= MAX_ALARMS:
            return self._replies.fixed("alarms-too-many")
        if (when := when_of(slots)) is not None:
            return await self._snooze_until(when, rung, slots)
        seconds = seconds_of(slots) or SNOOZE_S
        if refusal := refused_length(seconds, self._replies):
            return refusal
        if isinstance(rung, Timer):
            self._schedule.timers.start(seconds, rung.name, rung.message)
        else:
            at = (self._alarms.local_now() + timedelta(seconds=seconds)).replace(microsecond=0)
            self._alarms.add(at, name=rung.name, message=rung.message)
        return await self._schedule.keep(self._replies.snoozed(seconds))

    async def _snooze_until(self, when: When, rung: Timer | Alarm, slots: Mapping[str, SlotValue]) -> str:
        coming = moments(when, self._alarms.local_now())
        if "also_hour" in slots or len(coming) > 1:
            return self._replies.fixed("alarm-one-time")
        if not coming:
            return self._replies.fixed("alarm-past" if is_real(when.day) else "no-such-day")
        alarm = self._alarms.add(coming[0], name=rung.name, message=rung.message)
        return await self._schedule.keep(self._replies.snoozed_until(self._spoken(alarm)))

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
        return Asks(
            self._listed(found, ask="one"), PendingQuestion(Intent(intent, slots), self._choices(intent, slots, found))
        )

    def _choices(
        self, intent: str, slots: Mapping[str, SlotValue], found: Sequence[Alarm]
    ) -> tuple[tuple[str, Intent], ...]:
        return tuple((self._label(alarm), Intent(intent, {**slots, "id": alarm.id})) for alarm in found)

    def _listed(self, found: Sequence[Alarm], *, ask: AskedAbout | None = None) -> str:
        return self._replies.alarms_listed(len(found), [self._label(alarm) for alarm in found[:LISTED]], ask=ask)

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


def _without_also(slots: Mapping[str, SlotValue]) -> dict[str, SlotValue]:
    return {slot: value for slot, value in slots.items() if not slot.startswith("also_")}


def _without(slots: Mapping[str, SlotValue], prefix: str) -> dict[str, SlotValue]:
    """The slots of that prefix, without it; a second time has its own half of the day."""
    found = {slot.removeprefix(prefix): value for slot, value in slots.items() if slot.startswith(prefix)}
    return {"meridiem": "", **found}


def _name(slots: Mapping[str, SlotValue]) -> str:
    return str(slots.get("name", "")).strip()

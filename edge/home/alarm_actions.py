"""Alarms, as people ask for them."""

from collections.abc import Mapping, Sequence
from typing import Literal

from edge.events import SlotValue
from edge.home import replies
from edge.home.alarms import EVERY_DAY, MAX_ALARMS, WEEKDAYS, WEEKENDS, Alarm, When
from edge.home.clock_replies import spoken_day, spoken_list, spoken_time
from edge.home.schedule import TimerSchedule

_LISTED = 4
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class AlarmActions:
    """Handlers; each takes the slots of its intent and returns what to say, None for nothing.

    Slots: `hour`, `minute`, `meridiem` (am, pm), `day` (see `edge.home.alarms.When`) and `wake`.
    """

    def __init__(self, schedule: TimerSchedule) -> None:
        self._schedule = schedule
        self._alarms = schedule.alarms

    async def set(self, slots: Mapping[str, SlotValue]) -> str | None:
        """EdgeSetAlarm."""
        when = _when(slots)
        if when is None:
            return replies.WHAT_TIME
        if len(self._alarms) >= MAX_ALARMS:
            return replies.TOO_MANY_ALARMS
        alarm = self._alarms.set(when)
        if alarm is None:
            return replies.ALREADY_PAST
        await self._schedule.changed()
        return f"Alarm set for {self._spoken(alarm)}."

    async def cancel(self, slots: Mapping[str, SlotValue]) -> str | None:
        """EdgeCancelAlarm. While one rings, or right after: silently done."""
        found = self._find(slots)
        if self._schedule.just_rung and "hour" not in slots:
            return None
        if not found:
            return "You have no such alarm." if len(self._alarms) else replies.NO_ALARMS
        if len(found) > 1:
            return f"{self._several(found)} Which one?"
        self._alarms.remove(found[0])
        await self._schedule.changed()
        return f"Alarm for {self._spoken(found[0])} cancelled."

    async def cancel_all(self, _slots: Mapping[str, SlotValue]) -> str | None:
        """EdgeCancelAllAlarms."""
        if not self._alarms.clear():
            return None if self._schedule.just_rung else replies.NO_ALARMS
        await self._schedule.changed()
        return replies.ALL_ALARMS_CANCELLED

    async def status(self, slots: Mapping[str, SlotValue]) -> str | None:
        """EdgeAlarmStatus."""
        found = self._find(slots)
        if not found:
            return "You have no such alarm." if len(self._alarms) else replies.NO_ALARMS
        return f"Your alarm is set for {self._spoken(found[0])}." if len(found) == 1 else self._several(found)

    def _find(self, slots: Mapping[str, SlotValue]) -> Sequence[Alarm]:
        return self._alarms.find(when=_when(slots), day=str(slots.get("day", "")))

    def _several(self, found: Sequence[Alarm]) -> str:
        return f"You have {len(found)} alarms: {spoken_list([self._spoken(alarm) for alarm in found[:_LISTED]])}."

    def _spoken(self, alarm: Alarm) -> str:
        if alarm.days == EVERY_DAY:
            day = "every day"
        elif alarm.days == WEEKDAYS:
            day = "on weekdays"
        elif alarm.days == WEEKENDS:
            day = "on weekends"
        elif alarm.days:
            day = f"every {spoken_list([_DAY_NAMES[number] for number in sorted(alarm.days)])}"
        else:
            day = spoken_day(alarm.at.date(), self._alarms.local_now().date())
        return f"{spoken_time(alarm.at)} {day}"


def _when(slots: Mapping[str, SlotValue]) -> When | None:
    hour, minute = slots.get("hour"), slots.get("minute", 0)
    if not isinstance(hour, int) or not isinstance(minute, int) or not (0 <= hour <= 24 and 0 <= minute < 60):  # noqa: PLR2004 - a clock
        return None
    said = slots.get("meridiem")
    meridiem: Literal["am", "pm"] | None = "am" if said == "am" else "pm" if said == "pm" else None
    return When(hour, minute, meridiem, str(slots.get("day", "")), wake=bool(slots.get("wake")))

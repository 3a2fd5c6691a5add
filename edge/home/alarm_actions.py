"""Commands about alarms."""

from collections.abc import Mapping, Sequence
from typing import Literal

from edge.events import Intent, PendingQuestion, SlotValue
from edge.home import Asks
from edge.home.alarms import MAX_ALARMS, Alarm, When
from edge.home.schedule import TimerSchedule
from edge.nlu.replies import Replies

_LISTED = 4


class AlarmActions:
    """Each handler takes the slots of its intent and returns the reply, None for no reply.

    Slots: `id`, or `hour`, `minute`, `meridiem` (am, pm), `day` (see `edge.home.alarms.When`) and `wake`.
    """

    def __init__(self, schedule: TimerSchedule, replies: Replies) -> None:
        self._replies = replies
        self._schedule = schedule
        self._alarms = schedule.alarms

    async def set(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeSetAlarm."""
        when = _when(slots)
        if when is None:
            return Asks(self._replies.fixed("ask-time"), PendingQuestion(Intent("EdgeSetAlarm", slots)))
        if len(self._alarms) >= MAX_ALARMS:
            return self._replies.fixed("alarms-too-many")
        alarm = self._alarms.set(when)
        if alarm is None:
            return self._replies.fixed("alarm-past")
        await self._schedule.changed()
        return self._replies.alarm_set(self._spoken(alarm))

    async def cancel(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeCancelAlarm. Without a reply while an alarm rings or shortly after."""
        found = self._find(slots)
        if self._schedule.just_rung and not {"hour", "id"} & slots.keys():
            return None
        if not found:
            return self._none()
        if len(found) > 1:
            intent = "EdgeCancelAlarm"
            choices = tuple((self._spoken(alarm), Intent(intent, {"id": alarm.id})) for alarm in found)
            return Asks(self._listed(found, ask=True), PendingQuestion(Intent(intent, slots), choices))
        self._alarms.remove(found[0])
        await self._schedule.changed()
        return self._replies.alarm_cancelled(self._spoken(found[0]))

    async def cancel_all(self, _slots: Mapping[str, SlotValue]) -> str | None:
        """EdgeCancelAllAlarms."""
        if not self._alarms.clear():
            return None if self._schedule.just_rung else self._replies.fixed("alarms-none")
        await self._schedule.changed()
        return self._replies.fixed("alarms-all-cancelled")

    async def status(self, slots: Mapping[str, SlotValue]) -> str | None:
        """EdgeAlarmStatus."""
        found = self._find(slots)
        if not found:
            return self._none()
        if len(found) > 1:
            return self._listed(found, ask=False)
        return self._replies.alarm_status(self._spoken(found[0]))

    def _find(self, slots: Mapping[str, SlotValue]) -> Sequence[Alarm]:
        if "id" in slots:
            return [alarm for alarm in self._alarms.all() if alarm.id == slots["id"]]
        return self._alarms.find(when=_when(slots), day=str(slots.get("day", "")))

    def _listed(self, found: Sequence[Alarm], *, ask: bool) -> str:
        return self._replies.alarms_listed(len(found), [self._spoken(alarm) for alarm in found[:_LISTED]], ask=ask)

    def _spoken(self, alarm: Alarm) -> str:
        return self._replies.alarm_time(alarm.at, alarm.days, self._alarms.local_now().date())

    def _none(self) -> str:
        return self._replies.fixed("alarm-unknown" if len(self._alarms) else "alarms-none")


def _when(slots: Mapping[str, SlotValue]) -> When | None:
    hour, minute = slots.get("hour"), slots.get("minute", 0)
    if not isinstance(hour, int) or not isinstance(minute, int) or not (0 <= hour <= 24 and 0 <= minute < 60):  # noqa: PLR2004 - a clock
        return None
    said = slots.get("meridiem")
    meridiem: Literal["am", "pm"] | None = "am" if said == "am" else "pm" if said == "pm" else None
    return When(hour, minute, meridiem, str(slots.get("day", "")), wake=bool(slots.get("wake")))

"""Commands about timers."""

from collections.abc import Mapping, Sequence

from edge.events import HERE, Intent, PendingQuestion, SlotValue
from edge.home import Asks
from edge.home.schedule import TimerSchedule
from edge.home.timers import MAX_SECONDS, MAX_TIMERS, Timer
from edge.nlu.replies import Replies

_LISTED = 4


class TimerActions:
    """Each handler takes the slots of its intent and returns the reply, None for no reply.

    `hours`, `minutes`, `seconds` are a duration; `name`, `start_hours` and so on, or `id` select a timer. "The kitchen
    timer" (`area`) is the timer named kitchen; in the kitchen it may be any timer.
    """

    def __init__(self, schedule: TimerSchedule, area: str, replies: Replies) -> None:
        """`area` is the room that the speaker is in, or empty."""
        self._here = frozenset({HERE, area.casefold()})
        self._schedule = schedule
        self._replies = replies
        self._timers = schedule.timers

    async def start(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassStartTimer; `conversation_command` is a command for later, which is refused."""
        if "conversation_command" in slots:
            return self._replies.unsupported("later")
        if not {"hours", "minutes", "seconds"} & slots.keys():
            return Asks(self._replies.fixed("ask-duration"), PendingQuestion(Intent("HassStartTimer", slots)))
        seconds = _seconds(slots)
        if seconds < 1:
            return self._replies.fixed("timer-too-short")
        if seconds > MAX_SECONDS:
            return self._replies.fixed("timer-too-long")
        if len(self._timers) >= MAX_TIMERS:
            return self._replies.fixed("timers-too-many")
        timer = self._timers.start(seconds, _name(slots))
        await self._schedule.changed()
        return self._replies.timer_set(timer.name, seconds)

    async def cancel(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassCancelTimer. Without a reply while a timer rings or shortly after."""
        found = self._find(slots)
        if not found and self._schedule.just_rung:
            return None
        if len(found) != 1:
            return self._not_one("HassCancelTimer", slots, found)
        self._timers.remove(found[0])
        await self._schedule.changed()
        return self._replies.timer_cancelled(self._label(found[0]))

    async def cancel_all(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassCancelAllTimers; with an area, only the timers of that name."""
        found = self._find(slots)
        if found and len(found) < len(self._timers):
            for timer in found:
                self._timers.remove(timer)
            await self._schedule.changed()
            return self._replies.timer_cancelled(self._label(found[0]))
        if not found and len(self._timers):
            return self._not_one("HassCancelTimer", slots, found)
        if not self._timers.clear():
            return None if self._schedule.just_rung else self._replies.fixed("timers-none")
        await self._schedule.changed()
        return self._replies.fixed("timers-all-cancelled")

    async def increase(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassIncreaseTimer."""
        return await self._add("HassIncreaseTimer", slots, 1)

    async def decrease(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassDecreaseTimer."""
        return await self._add("HassDecreaseTimer", slots, -1)

    async def pause(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassPauseTimer."""
        found = [timer for timer in self._find(slots) if not timer.paused]
        if len(found) != 1:
            return self._not_one("HassPauseTimer", slots, found)
        timer = self._timers.pause(found[0])
        await self._schedule.changed()
        return self._replies.timer_paused(self._label(timer), self._timers.left_s(timer))

    async def resume(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassUnpauseTimer."""
        found = [timer for timer in self._find(slots) if timer.paused]
        if not found and self._find(slots):
            return self._replies.fixed("timer-runs-already")
        if len(found) != 1:
            return self._not_one("HassUnpauseTimer", slots, found)
        timer = self._timers.resume(found[0])
        await self._schedule.changed()
        return self._replies.timer_resumed(self._label(timer), self._timers.left_s(timer))

    async def status(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassTimerStatus."""
        found = self._find(slots)
        if not found:
            return self._not_one("HassTimerStatus", slots, found)
        if len(found) == 1:
            timer = found[0]
            return self._replies.timer_left(self._label(timer), self._timers.left_s(timer), paused=timer.paused)
        listed = [(self._label(timer), self._timers.left_s(timer)) for timer in found[:_LISTED]]
        return self._replies.timers_left(len(found), listed)

    async def _add(self, intent: str, slots: Mapping[str, SlotValue], sign: int) -> str | Asks | None:
        found = self._find(slots)
        if len(found) != 1:
            return self._not_one(intent, slots, found)
        if self._timers.left_s(found[0]) + sign * _seconds(slots) > MAX_SECONDS:
            return self._replies.fixed("timer-too-long")
        timer = self._timers.add(found[0], sign * _seconds(slots))
        left = self._timers.left_s(timer)
        await self._schedule.changed()
        return self._replies.timer_left(self._label(timer), left) if left > 0 else None

    def _find(self, slots: Mapping[str, SlotValue]) -> Sequence[Timer]:
        if "id" in slots:
            return [timer for timer in self._timers.all() if timer.id == slots["id"]]
        found = self._timers.find(name=_name(slots), seconds=_seconds(slots, "start_"))
        if not found and "name" not in slots and str(slots.get("area", "")).casefold() in self._here:
            return self._timers.all()
        return found

    def _not_one(self, intent: str, slots: Mapping[str, SlotValue], found: Sequence[Timer]) -> str | Asks:
        if not len(self._timers):
            return self._replies.fixed("timers-none")
        if found:
            choices = tuple((self._label(timer), Intent(intent, {**slots, "id": timer.id})) for timer in found)
            asked = self._replies.which_timer(len(found), [self._label(timer) for timer in found[:_LISTED]])
            return Asks(asked, PendingQuestion(Intent(intent, slots), choices))
        name = _name(slots)
        seconds = _seconds(slots, "start_")
        if name or seconds:
            return self._replies.no_such_timer(self._replies.timer_label(name, seconds))
        any_paused = any(timer.paused for timer in self._timers.all())
        return self._replies.fixed("timers-none" if any_paused else "timers-none-paused")

    def _label(self, timer: Timer) -> str:
        return self._replies.timer_label(timer.name, timer.seconds)


def _seconds(slots: Mapping[str, SlotValue], prefix: str = "") -> int:
    total = 0.0
    for unit, size in (("hours", 3600), ("minutes", 60), ("seconds", 1)):
        amount = slots.get(prefix + unit, 0)
        total += float(amount) * size if isinstance(amount, int | float) else 0
    return round(total)


def _name(slots: Mapping[str, SlotValue]) -> str:
    return str(slots.get("name") or slots.get("area", "")).strip()

"""Commands about timers."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from edge.events import HERE, IN_SHORT, Intent, PendingQuestion, SlotValue
from edge.home import Asks
from edge.nlu.replies import Replies
from edge.schedule.alarms import Alarm
from edge.schedule.schedule import TimerSchedule
from edge.schedule.timers import MAX_SECONDS, MAX_TIMERS, Timer

_T = TypeVar("_T", bound=Timer | Alarm)

LISTED = 6
"""More than so many are counted."""


_SELECTS = frozenset({"name", "area", "start_hours", "start_minutes", "start_seconds", "which", "id"})
"""Slots of which each says which timer is meant."""


class TimerActions:
    """Each handler takes the slots of its intent and returns the reply, None for no reply.

    `hours`, `minutes`, `seconds` are a duration; `name`, `start_hours` and so on, or `id` select a timer, and `which`
    one of several: "next", "newest", "last", or its number in the order in which they end. "The kitchen timer"
    (`area`) is the timer named kitchen; in the kitchen it may be any timer.
    """

    def __init__(self, schedule: TimerSchedule, area: str, replies: Replies) -> None:
        """`area` is the room that the speaker is in, or empty."""
        self._here = frozenset({HERE, area.casefold()})
        self._schedule = schedule
        self._replies = replies
        self._timers = schedule.timers

    async def start(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassStartTimer; `count` is a length without its unit.

        `conversation_command` is a command for later, which is refused.
        """
        if "conversation_command" in slots:
            return self._replies.unsupported("later")
        if not {"hours", "minutes", "seconds"} & slots.keys():
            asked = self._replies.fixed("ask-unit" if "count" in slots else "ask-duration")
            return Asks(asked, PendingQuestion(Intent("HassStartTimer", slots)))
        seconds = seconds_of(slots)
        if refusal := refused_length(seconds, self._replies):
            return refusal
        if len(self._timers) >= MAX_TIMERS:
            return self._replies.fixed("timers-too-many")
        timer = self._timers.start(seconds, _name(slots))
        return await self._schedule.keep(self._replies.timer_set(timer.name, seconds))

    async def change(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeChangeTimer: it ends so long from now. `or_start`: a new one is meant if there is none of that name."""
        found = self._find(slots)
        if "or_start" in slots:
            found = [timer for timer in found if timer.name.casefold() == _name(slots).casefold()]
            if len(found) != 1:
                return await self.start(slots)
        if len(found) != 1:
            return self._not_one("EdgeChangeTimer", slots, found)
        seconds = seconds_of(slots)
        if refusal := refused_length(seconds, self._replies):
            return refusal
        label = self._label(found[0])
        timer = self._timers.change(found[0], seconds)
        return await self._schedule.keep(self._replies.timer_changed(label, self._timers.left_s(timer)))

    async def restart(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeRestartTimer: it runs again from its full length; so does one that has just rung."""
        found = self._find(slots)
        rung = self._schedule.last_rung
        if not found and isinstance(rung, Timer) and rung.message is None:
            timer = self._timers.start(rung.seconds, rung.name)
            return await self._schedule.keep(self._replies.timer_set(timer.name, timer.seconds))
        if len(found) != 1:
            return self._not_one("EdgeRestartTimer", slots, found)
        label = self._label(found[0])
        timer = self._timers.restart(found[0])
        return await self._schedule.keep(self._replies.timer_restarted(label, self._timers.left_s(timer)))

    async def cancel(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassCancelTimer. Without a reply while a timer rings or shortly after."""
        found = self._find(slots)
        if (self._schedule.answers_ring and not _SELECTS & slots.keys()) or (not found and self._schedule.just_rung):
            return None
        if len(found) != 1:
            return self._not_one("HassCancelTimer", slots, found)
        label = self._label(found[0])
        self._timers.remove(found[0])
        return await self._schedule.keep(self._replies.timer_cancelled(label), removed=True)

    async def cancel_all(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassCancelAllTimers; with an area, only the timers of that name."""
        found = self._find(slots)
        everything = self._timers.find()
        if not found and everything:
            return self._not_one("HassCancelTimer", slots, found)
        if not found:
            return None if self._schedule.just_rung else self._replies.fixed("timers-none")
        label = self._replies.timer_label(found[0].name, found[0].seconds)
        for timer in found:
            self._timers.remove(timer)
        some = len(found) < len(everything)
        reply = self._replies.timer_cancelled(label) if some else self._replies.fixed("timers-all-cancelled")
        return await self._schedule.keep(reply, removed=True)

    async def increase(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassIncreaseTimer."""
        return await self._add("HassIncreaseTimer", slots, 1)

    async def decrease(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassDecreaseTimer."""
        return await self._add("HassDecreaseTimer", slots, -1)

    async def pause(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassPauseTimer."""
        found = [timer for timer in self._find(slots) if not timer.paused]
        if "all" in slots and found:
            for timer in found:
                self._timers.pause(timer)
            return await self._schedule.keep(self._replies.fixed("timers-all-paused"))
        if len(found) != 1:
            return self._not_one("HassPauseTimer", slots, found)
        label = self._label(found[0])
        timer = self._timers.pause(found[0])
        return await self._schedule.keep(self._replies.timer_paused(label, self._timers.left_s(timer)))

    async def resume(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassUnpauseTimer."""
        found = [timer for timer in self._find(slots) if timer.paused]
        if "all" in slots and found:
            for timer in found:
                self._timers.resume(timer)
            return await self._schedule.keep(self._replies.fixed("timers-all-resumed"))
        if not found and self._find(slots):
            return self._replies.fixed("timer-runs-already")
        if len(found) != 1:
            return self._not_one("HassUnpauseTimer", slots, found)
        label = self._label(found[0])
        timer = self._timers.resume(found[0])
        return await self._schedule.keep(self._replies.timer_resumed(label, self._timers.left_s(timer)))

    async def status(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassTimerStatus."""
        found = self._find(slots)
        if not found:
            return self._not_one("HassTimerStatus", slots, found)
        if len(found) == 1:
            timer = found[0]
            return self._replies.timer_left(self._label(timer), self._timers.left_s(timer), paused=timer.paused)
        listed = [(self._label(timer), self._timers.left_s(timer)) for timer in found[:LISTED]]
        return self._replies.timers_left(len(found), listed)

    async def _add(self, intent: str, slots: Mapping[str, SlotValue], sign: int) -> str | Asks | None:
        found = self._find(slots)
        if len(found) != 1:
            return self._not_one(intent, slots, found)
        change = sign * seconds_of(slots)
        if self._timers.left_s(found[0]) + change > MAX_SECONDS:
            return self._replies.fixed("timer-too-long")
        label = self._label(found[0])
        timer = self._timers.add(found[0], change)
        left = self._timers.left_s(timer)
        reply = await self._schedule.keep(self._replies.timer_left(label, left, paused=timer.paused))
        return reply if left > 0 else None

    def _find(self, slots: Mapping[str, SlotValue]) -> Sequence[Timer]:
        if "id" in slots:
            return [timer for timer in self._timers.find() if timer.id == slots["id"]]
        found = self._timers.find(name=_name(slots), seconds=seconds_of(slots, "start_"))
        if not found and "name" not in slots and str(slots.get("area", "")).casefold() in self._here:
            found = self._timers.find()
        return chosen(found, slots.get("which"))

    def _not_one(self, intent: str, slots: Mapping[str, SlotValue], found: Sequence[Timer]) -> str | Asks:
        if IN_SHORT in slots and not found:
            return self._replies.unknown_name(_name(slots))
        everything = self._timers.find()
        if not everything:
            return self._replies.fixed("timers-none")
        if found:
            choices = tuple((self._label(timer), Intent(intent, {**slots, "id": timer.id})) for timer in found)
            asked = self._replies.which_timer(len(found), [label for label, _ in choices[:LISTED]])
            return Asks(asked, PendingQuestion(Intent(intent, slots), choices))
        name = _name(slots)
        seconds = seconds_of(slots, "start_")
        if name or seconds:
            return self._replies.no_such_timer(self._replies.timer_label(name, seconds))
        if "which" in slots:
            return self._replies.timers_left(
                len(everything), [(self._label(timer), self._timers.left_s(timer)) for timer in everything[:LISTED]]
            )
        any_paused = any(timer.paused for timer in everything)
        return self._replies.fixed("timers-none" if any_paused else "timers-none-paused")

    def _label(self, timer: Timer) -> str:
        """Its name or length; where several share that, with its number in the order in which they end."""
        label = self._replies.timer_label(timer.name, timer.seconds)
        alike = [it.id for it in self._timers.find() if self._replies.timer_label(it.name, it.seconds) == label]
        return self._replies.nth(alike.index(timer.id) + 1, label) if len(alike) > 1 and timer.id in alike else label


def chosen(found: Sequence[_T], which: SlotValue | None) -> Sequence[_T]:
    """The one of those found, next first, that `which` means; all without it, none if there are not so many."""
    if which is None or not found:
        return found
    if which == "newest":
        return [max(found, key=lambda it: it.id)]
    at = {"next": 0, "last": len(found) - 1}.get(str(which))
    number = at if at is not None else which - 1 if isinstance(which, int) else -1
    return [found[number]] if 0 <= number < len(found) else []


def seconds_of(slots: Mapping[str, SlotValue], prefix: str = "") -> int:
    """The duration in the slots `hours`, `minutes` and `seconds`, with a prefix; 0 if there is none."""
    total = 0.0
    for unit, size in (("hours", 3600), ("minutes", 60), ("seconds", 1)):
        amount = slots.get(prefix + unit, 0)
        total += float(amount) * size if isinstance(amount, int | float) else 0
    return round(total)


def refused_length(seconds: int, replies: Replies) -> str | None:
    """Why no timer runs for so long, None if one does."""
    if seconds < 1:
        return replies.fixed("timer-too-short")
    return replies.fixed("timer-too-long") if seconds > MAX_SECONDS else None


def _name(slots: Mapping[str, SlotValue]) -> str:
    return str(slots.get("name") or slots.get("area", "")).strip()

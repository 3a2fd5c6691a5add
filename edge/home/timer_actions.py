"""Timers, as people ask for them."""

from collections.abc import Mapping, Sequence

from edge.events import HERE, SlotValue
from edge.home import replies
from edge.home.clock_replies import spoken_duration, spoken_list, spoken_rest
from edge.home.schedule import TimerSchedule
from edge.home.timers import MAX_SECONDS, MAX_TIMERS, Timer

_LISTED = 4


class TimerActions:
    """Handlers; each takes the slots of its intent and returns what to say, None for nothing.

    `hours`, `minutes`, `seconds` are an amount; `name`, or `start_hours` and so on, tell which timer is meant. "The
    kitchen timer" (`area`) is the one called kitchen; in the kitchen it may be any.
    """

    def __init__(self, schedule: TimerSchedule, area: str) -> None:
        """`area` is the room that the speaker is in, or empty."""
        self._here = frozenset({HERE, area.casefold()})
        self._schedule = schedule
        self._timers = schedule.timers

    async def start(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassStartTimer; `conversation_command` is what to do then."""
        if "conversation_command" in slots:
            return replies.UNSUPPORTED["later"]
        if not {"hours", "minutes", "seconds"} & slots.keys():
            return replies.HOW_LONG
        seconds = _seconds(slots)
        if refusal := _length_refusal(seconds):
            return refusal
        if len(self._timers) >= MAX_TIMERS:
            return replies.TOO_MANY_TIMERS
        timer = self._timers.start(seconds, _name(slots))
        await self._schedule.changed()
        what = f"{_capital(timer.name)} timer" if timer.name else "Timer"
        return f"{what} set for {spoken_duration(seconds)}."

    async def cancel(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassCancelTimer. While one rings, or right after: silently done."""
        found = self._find(slots)
        if not found and self._schedule.just_rung:
            return None
        if len(found) != 1:
            return self._not_one(slots, found)
        self._timers.remove(found[0])
        await self._schedule.changed()
        return f"{_capital(found[0].label)} cancelled."

    async def cancel_all(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassCancelAllTimers; in an area only those called so."""
        found = self._find(slots)
        if found and len(found) < len(self._timers):
            for timer in found:
                self._timers.remove(timer)
            await self._schedule.changed()
            return f"{_capital(found[0].label)} cancelled."
        if not found and len(self._timers):
            return self._not_one(slots, found)
        if not self._timers.clear():
            return None if self._schedule.just_rung else replies.NO_TIMERS
        await self._schedule.changed()
        return replies.ALL_TIMERS_CANCELLED

    async def increase(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassIncreaseTimer."""
        return await self._add(slots, 1)

    async def decrease(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassDecreaseTimer."""
        return await self._add(slots, -1)

    async def pause(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassPauseTimer."""
        found = [timer for timer in self._find(slots) if not timer.paused]
        if len(found) != 1:
            return self._not_one(slots, found)
        timer = self._timers.pause(found[0])
        await self._schedule.changed()
        return f"{_capital(timer.label)} paused with {spoken_rest(self._timers.left_s(timer))} left."

    async def resume(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassUnpauseTimer."""
        found = [timer for timer in self._find(slots) if timer.paused]
        if not found and self._find(slots):
            return "It is running already."
        if len(found) != 1:
            return self._not_one(slots, found)
        timer = self._timers.resume(found[0])
        await self._schedule.changed()
        return f"{_capital(timer.label)} goes on with {spoken_rest(self._timers.left_s(timer))} left."

    async def status(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassTimerStatus."""
        found = self._find(slots)
        if not found:
            return self._not_one(slots, found)
        if len(found) == 1:
            timer = found[0]
            rest = f"{spoken_rest(self._timers.left_s(timer))} left on the {timer.label}"
            return f"{_capital(rest)}, which is paused." if timer.paused else f"{_capital(rest)}."
        listed = [f"{spoken_rest(self._timers.left_s(timer))} on the {timer.label}" for timer in found[:_LISTED]]
        return f"You have {len(found)} timers: {spoken_list(listed)}."

    async def _add(self, slots: Mapping[str, SlotValue], sign: int) -> str | None:
        found = self._find(slots)
        if len(found) != 1:
            return self._not_one(slots, found)
        if self._timers.left_s(found[0]) + sign * _seconds(slots) > MAX_SECONDS:
            return replies.TIMER_TOO_LONG
        timer = self._timers.add(found[0], sign * _seconds(slots))
        left = self._timers.left_s(timer)
        await self._schedule.changed()
        return f"{_capital(spoken_rest(left))} left on the {timer.label}." if left > 0 else None

    def _find(self, slots: Mapping[str, SlotValue]) -> Sequence[Timer]:
        found = self._timers.find(name=_name(slots), seconds=_seconds(slots, "start_"))
        if not found and "name" not in slots and str(slots.get("area", "")).casefold() in self._here:
            return self._timers.all()
        return found

    def _not_one(self, slots: Mapping[str, SlotValue], found: Sequence[Timer]) -> str:
        if not len(self._timers):
            return replies.NO_TIMERS
        if found:
            labels = [timer.label for timer in found[:_LISTED]]
            return f"You have {len(found)} timers: {spoken_list(labels)}. Which one?"
        name = _name(slots)
        seconds = _seconds(slots, "start_")
        if name or seconds:
            return f"You have no {Timer(0, name, seconds).label}."
        return "No timer is paused." if not any(timer.paused for timer in self._timers.all()) else replies.NO_TIMERS


def _seconds(slots: Mapping[str, SlotValue], prefix: str = "") -> int:
    total = 0.0
    for unit, size in (("hours", 3600), ("minutes", 60), ("seconds", 1)):
        amount = slots.get(prefix + unit, 0)
        total += float(amount) * size if isinstance(amount, int | float) else 0
    return round(total)


def _name(slots: Mapping[str, SlotValue]) -> str:
    return str(slots.get("name") or slots.get("area", "")).strip()


def _length_refusal(seconds: int) -> str:
    if seconds < 1:
        return replies.TIMER_TOO_SHORT
    return replies.TIMER_TOO_LONG if seconds > MAX_SECONDS else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""Commands for later: each is planned when it is asked for, kept in the schedule, and carried out at its moment."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from edge.errors import HomeError
from edge.events import Intent, PendingQuestion, SlotValue
from edge.home import Asks
from edge.home.intents.things import Things
from edge.home.speaker.alarms import when_of
from edge.home.speaker.timers import LISTED, refused_length, seconds_of
from edge.nlu.delayed import packed, unpacked
from edge.nlu.replies import Replies
from edge.runtime.clock import Clock
from edge.schedule.alarms import Alarm
from edge.schedule.delayed import MAX_DELAYED, AfterTimer, Waiting, command_of, said_of
from edge.schedule.schedule import TimerSchedule
from edge.schedule.timers import Timer
from edge.schedule.when import is_real

_TRIES: Final = 3
_AGAIN_S: Final = 15.0
"""The broker may start after the speaker: a message that it did not take is sent again."""


class LaterActions:
    """Each handler takes the slots of its intent and returns the reply.

    `command` is the command (`edge.nlu.delayed.packed`), `said` its words. The moment is a duration (`hours`,
    `minutes`, `seconds`), that of an alarm (`edge.home.speaker.alarms.AlarmActions`), or the end of the `timer` of that
    name.
    """

    def __init__(self, schedule: TimerSchedule, things: Things, clock: Clock, replies: Replies) -> None:
        self._schedule = schedule
        self._delayed = schedule.delayed
        self._things = things
        self._clock = clock
        self._replies = replies

    async def set(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeLater. A risky command is refused: its yes must come when it is carried out."""
        command, said = unpacked(str(slots.get("command", ""))), str(slots.get("said", ""))
        if command is None or not said:
            return self._replies.fixed("not-known")
        if (refused := self._refused(command, slots)) is not None:
            return refused
        if len(self._delayed) >= MAX_DELAYED:
            return self._replies.fixed("later-too-many")
        found = self._keep(packed(command), said, slots)
        if isinstance(found, str):
            return found
        return await self._schedule.keep(self._replies.later_set(said, self._when(found[0])))

    def _refused(self, command: Intent, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        for part in (command, *command.then):
            refused = self._things.refused_later(part)
            if isinstance(refused, Asks) and not command.then:
                return _for_later(refused, slots)
            if refused is not None:
                return refused.text if isinstance(refused, Asks) else refused
        return None

    def _keep(self, command: str, said: str, slots: Mapping[str, SlotValue]) -> Sequence[Waiting] | str:
        """The command as it waits, or why it cannot."""
        if "timer" in slots:
            return self._keep_until_ring(command, said, str(slots["timer"]))
        if {"hours", "minutes", "seconds"} & slots.keys():
            seconds = seconds_of(slots)
            refusal = refused_length(seconds, self._replies)
            return refusal or [self._delayed.timers.start(seconds, said, command)]
        when = when_of(slots)
        if when is None:
            return self._replies.fixed("ask-later-time")
        alarms = self._delayed.alarms.set(when, said, command)
        return alarms or self._replies.fixed("alarm-past" if is_real(when.day) else "no-such-day")

    def _keep_until_ring(self, command: str, said: str, name: str) -> Sequence[Waiting] | str:
        timers = self._schedule.timers.find(name=name)
        if not timers:
            label = self._replies.timer_label(name, 0) if name else ""
            none = self._replies.fixed("timers-none")
            return self._replies.no_such_timer(label) if name and self._schedule.timers.find() else none
        if len(timers) > 1 and not name:
            return self._replies.which_timer(len(timers), [self._label(it) for it in timers[:LISTED]])
        waiting = AfterTimer(timers[0].id, said, command)
        self._delayed.after.append(waiting)
        return [waiting]

    async def status(self, _slots: Mapping[str, SlotValue]) -> str | None:
        """EdgeLaterStatus."""
        found = self._waiting()
        if not found:
            return self._replies.fixed("later-none")
        return self._replies.later_listed([(said_of(it), self._when(it)) for it in found[:LISTED]])

    async def cancel(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeCancelLater: the one of the `command` or the words `said`, the `newest`, or the only one.

        "Don't turn off the fan" (`command`) has no reply if nothing like that is planned.
        """
        found = self._meant(slots)
        if not found:
            return None if "command" in slots else self._replies.fixed("later-none")
        if len(found) > 1 and "command" not in slots:
            listed = [(said_of(it), self._when(it)) for it in found[:LISTED]]
            choices = tuple(
                (f"{said} {when}", Intent("EdgeCancelLater", {"said": said_of(it), "which": at}))
                for at, (it, (said, when)) in enumerate(zip(found, listed, strict=False), start=1)
            )
            pending = PendingQuestion(Intent("EdgeCancelLater", slots), choices)
            return Asks(self._replies.later_listed(listed, ask=True), pending)
        for it in found:
            self._delayed.remove(it)
        return await self._schedule.keep(self._replies.later_cancelled(said_of(found[0])), removed=True)

    def about(self, name: str) -> Waiting | None:
        """The first command that waits and in whose words the name is, normalised."""
        return next((it for it in self._waiting() if f" {name} " in f" {said_of(it)} "), None)

    def _meant(self, slots: Mapping[str, SlotValue]) -> Sequence[Waiting]:
        found = self._waiting()
        if slots.get("which") == "newest":
            return [it for it in found if said_of(it) == slots.get("said", said_of(it))][-1:]
        if isinstance(which := slots.get("which"), int):
            return [it for at, it in enumerate(found, start=1) if at == which and said_of(it) == slots.get("said")]
        if "command" in slots:
            said, command = slots.get("said"), slots["command"]
            return [it for it in found if command_of(it) == command or said_of(it) == said]
        return found

    async def cancel_all(self, _slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeCancelAllLater."""
        found = self._waiting()
        if not found:
            return self._replies.fixed("later-none")
        for it in found:
            self._delayed.remove(it)
        return await self._schedule.keep(self._replies.fixed("later-all-cancelled"), removed=True)

    async def perform(self, command: str, said: str) -> str:
        """Carry out a delayed command; what did not work as a sentence, empty if all did."""
        intent = unpacked(command)
        if intent is None:
            return self._replies.later_failed(said, self._replies.fixed("not-known"))
        texts = [await self._performed(part) for part in (intent, *intent.then)]
        failed = " ".join(dict.fromkeys(filter(None, texts)))
        return self._replies.later_failed(said, failed) if failed else ""

    async def _performed(self, part: Intent) -> str:
        for again in range(_TRIES):
            try:
                return await self._things.act_alone(part)
            except HomeError:
                if again < _TRIES - 1:
                    await self._clock.sleep(_AGAIN_S)
        return self._replies.fixed("home-unreachable")

    def _waiting(self) -> list[Waiting]:
        self._delayed.prune(self._schedule.timers.all())
        return self._delayed.all()

    def _when(self, waiting: Waiting) -> str:
        match waiting:
            case Timer():
                return self._replies.reminder_in(self._delayed.timers.left_s(waiting))
            case Alarm():
                now = self._delayed.alarms.local_now()
                return self._replies.reminder_at(self._replies.alarm_time(waiting.at, waiting.days, now))
            case AfterTimer():
                timers = [it for it in self._schedule.timers.all() if it.id == waiting.timer_id]
                return self._replies.after_timer(self._label(timers[0]) if timers else "")

    def _label(self, timer: Timer) -> str:
        return self._replies.timer_label(timer.name, timer.seconds)


def _for_later(asks: Asks, slots: Mapping[str, SlotValue]) -> Asks:
    """A question which thing is meant: the choices wait too."""
    choices = tuple(
        (label, Intent("EdgeLater", {**slots, "command": packed(choice)})) for label, choice in asks.question.choices
    )
    return replace(asks, question=PendingQuestion(Intent("EdgeLater", slots), choices))

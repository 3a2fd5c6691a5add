"""Carries out intents: the handler of each intent, and the reply if it fails."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import get_args

import structlog

from edge.errors import HomeError
from edge.events import ASK_CLOUD, IN_SHORT, LISTENING, MODEL, Intent, PendingQuestion, ReplySentence
from edge.exact import INTENTS as EXACT
from edge.exact import ExactAnswerer, is_slow
from edge.home import Asks, Intercom, Publisher, SpeakerControl
from edge.home.acting.code import Code
from edge.home.intents.later import LaterActions
from edge.home.intents.things import ANSWERS, Things
from edge.home.model import HomeModel
from edge.home.planning.planned import Slots
from edge.home.planning.risk import Gates
from edge.home.sources.configured import configured
from edge.home.speaker.alarms import AlarmActions
from edge.home.speaker.announcements import AnnouncementActions, RehearsedIntercom
from edge.home.speaker.controls import SpeakerActions
from edge.home.speaker.reminders import ReminderActions
from edge.home.speaker.timers import TimerActions
from edge.home.states import HomeStates
from edge.nlu import open_language
from edge.nlu.replies import Replies
from edge.runtime.clock import Clock
from edge.schedule.delayed import command_of, said_of
from edge.schedule.schedule import TimerSchedule
from edge.settings import Escalate, Settings

_log = structlog.get_logger("home")

Handler = Callable[[Slots], Awaitable[str | Asks | None]]
"""Carries out an intent and returns the reply, None for no reply. May raise `HomeError`."""


_SCHEDULE_INTENTS = (
    "EdgeAlarmStatus",
    "EdgeCancelAlarm",
    "EdgeCancelLater",
    "EdgeCancelAllAlarms",
    "EdgeCancelAllLater",
    "EdgeCancelAllReminders",
    "EdgeCancelReminder",
    "EdgeChangeAlarm",
    "EdgeChangeReminder",
    "EdgeChangeTimer",
    "EdgeLater",
    "EdgeLaterStatus",
    "EdgeReminderStatus",
    "EdgeRestartTimer",
    "EdgeSetAlarm",
    "EdgeSetReminder",
    "EdgeSnooze",
    "HassCancelAllTimers",
    "HassCancelTimer",
    "HassDecreaseTimer",
    "HassIncreaseTimer",
    "HassPauseTimer",
    "HassStartTimer",
    "HassTimerStatus",
    "HassUnpauseTimer",
)


class HomeActions:
    """A `Home`. `Things` takes the intents about things; `handlers` maps every other known intent to its handler."""

    def __init__(
        self,
        settings: Settings,
        publisher: Publisher | None,
        speaker: SpeakerControl,
        clock: Clock,
        schedule: TimerSchedule,
        replies: Replies,
        *,
        schedules: bool = True,
        things: Things | None = None,
        intercom: Intercom | None = None,
    ) -> None:
        """`schedules` false: timers and alarms are refused.

        `things` None: those of the settings alone.
        """
        self._settings = settings
        self._speaker = speaker
        self._clock = clock
        self._schedule = schedule
        self._replies = replies
        self._fixed = replies.all_fixed()
        self._schedules = schedules
        self._things = things or _things_of(settings, publisher, clock)
        self._intercom = intercom
        self._exact = ExactAnswerer(open_language(settings.device.language).exact_replies, clock, settings.device)
        area = settings.device.area or ""
        own = SpeakerActions(speaker, clock, area, replies)
        timers = TimerActions(schedule, area, replies)
        alarms = AlarmActions(schedule, replies)
        reminders = ReminderActions(schedule, replies)
        later = LaterActions(schedule, self._things, clock, replies)
        schedule.perform = later.perform
        self.handlers: Mapping[str, Handler] = {
            ASK_CLOUD: self._ask_cloud,
            "EdgeAlarmStatus": alarms.status,
            "EdgeCancelAlarm": alarms.cancel,
            "EdgeCancelAllAlarms": alarms.cancel_all,
            "EdgeCancelAllLater": later.cancel_all,
            "EdgeCancelLater": later.cancel,
            "EdgeLater": later.set,
            "EdgeLaterStatus": later.status,
            "EdgeCancelAllReminders": reminders.cancel_all,
            "EdgeCancelReminder": reminders.cancel,
            "EdgeChangeAlarm": alarms.change,
            "EdgeChangeReminder": reminders.change,
            "EdgeChangeTimer": timers.change,
            "EdgeReminderStatus": reminders.status,
            "EdgeRepeat": own.repeat,
            "EdgeRestartTimer": timers.restart,
            "EdgeSetAlarm": alarms.set,
            "EdgeSetReminder": reminders.set,
            "EdgeSnooze": _snooze_or(alarms.snooze, timers.increase, schedule),
            "EdgeStop": _says(None),
            "EdgeThanks": _says(replies.fixed("welcome")),
            "EdgeUnsupported": self._unsupported,
            "EdgeVolume": own.current_volume,
            "HassBroadcast": AnnouncementActions(intercom, replies).broadcast,
            "HassCancelAllTimers": timers.cancel_all,
            "HassCancelTimer": _cancel_by_name(timers, alarms, reminders, later, schedule),
            "HassDecreaseTimer": timers.decrease,
            "HassGetCurrentDate": own.date,
            "HassGetCurrentTime": own.time,
            "HassIncreaseTimer": timers.increase,
            "HassMediaPlayerMute": own.mute,
            "HassMediaPlayerUnmute": own.unmute,
            "HassNevermind": self._nevermind,
            "HassPauseTimer": timers.pause,
            "HassRespond": self._respond,
            "HassSetVolume": own.set_volume,
            "HassSetVolumeRelative": own.change_volume,
            "HassStartTimer": timers.start,
            "HassTimerStatus": timers.status,
            "HassUnpauseTimer": timers.resume,
            **{intent: _says(refusal) for intent, refusal in replies.not_yet().items()},
        }
        if not schedules:
            refused = _says(replies.fixed("schedule-not-running"))
            self.handlers = {**self.handlers, **dict.fromkeys(_SCHEDULE_INTENTS, refused)}

    @property
    def intents(self) -> frozenset[str]:
        """Every intent that is carried out, or refused in words."""
        return frozenset(self.handlers) | self._things.intents | EXACT

    async def act(self, intent: Intent) -> ReplySentence | None:
        """See `Home.act`."""
        if intent.name in ANSWERS:
            return self._sentence([await self._tried(intent, self._things.answer)])
        self._things.forget()
        meant = self._things.meant(intent)
        if isinstance(meant, Asks):
            return self._sentence([meant])
        return self._sentence([await self._tried(part, self._carry_out) for part in (meant, *meant.then)])

    async def _tried(
        self, intent: Intent, carry_out: Callable[[Intent], Awaitable[str | Asks | None]]
    ) -> str | Asks | None:
        try:
            return await carry_out(intent)
        except HomeError as error:
            _log.warning("action-failed", intent=intent.name, code=error.code, error=error.message)
            refused = error.code in {"home-assistant-request-refused", "home-assistant-garbled"}
            return self._replies.fixed("failed" if refused else "home-unreachable")
        except Exception:  # noqa: BLE001 - a bug in one action must not end the turn without a reply
            _log.exception("action-crashed", intent=intent.name)
            return self._replies.fixed("failed")

    async def rehearse(self, intent: Intent) -> ReplySentence | None:
        """See `Home.rehearse`: things are planned; for all else a double without effects acts."""
        meant = self._things.meant(intent)
        if isinstance(meant, Asks):
            return self._sentence([meant])
        speaker = _SilentSpeaker(self._speaker.volume, self._speaker.last_reply)
        double = HomeActions(
            self._settings,
            None,
            speaker,
            self._clock,
            self._schedule.double(),
            self._replies,
            schedules=self._schedules,
            things=self._things,
            intercom=None if self._intercom is None else RehearsedIntercom(self._intercom),
        )
        with suppress(Exception):  # `act` reports and logs errors
            return self._sentence(
                [
                    await double._carry_out(part)
                    if part.name in EXACT and is_slow(part)
                    else self._exact.rehearse(part)
                    if part.name in EXACT
                    else self._things.rehearse(part)
                    if self._things.takes(part)
                    else await double._carry_out(part)
                    for part in (meant, *meant.then)
                    if part.name not in ANSWERS
                ]
            )
        return None

    async def _carry_out(self, intent: Intent) -> str | Asks | None:
        if self._things.takes(intent):
            return await self._things.act(intent)
        if intent.name in EXACT:
            if is_slow(intent):
                return await asyncio.to_thread(self._exact.answer, intent)
            return self._exact.answer(intent)
        handler = self.handlers.get(intent.name)
        return await handler(intent.slots) if handler else self._replies.fixed("not-known")

    def _sentence(self, replies: Sequence[str | Asks | None]) -> ReplySentence | None:
        """The replies to the commands of a sentence, each once. Questions come last, and one can be answered."""
        asks = [reply for reply in replies if isinstance(reply, Asks)]
        said = [reply for reply in replies if isinstance(reply, str) and reply]
        text = " ".join(dict.fromkeys([*said, *(ask.text for ask in asks)]))
        question = asks[0].question if asks else None
        return ReplySentence(text, fixed=text in self._fixed, question=question) if text else None

    async def _unsupported(self, slots: Slots) -> str | None:
        return self._replies.unsupported(str(slots.get("what", ""))) or self._replies.fixed("not-known")

    async def _ask_cloud(self, slots: Slots) -> Asks:
        """The question whether the cloud may be asked; the router takes the answer."""
        return Asks(self._replies.fixed("ask-cloud"), PendingQuestion(Intent(ASK_CLOUD, slots), confirmation=True))

    async def _nevermind(self, slots: Slots) -> str | None:
        """HassNevermind; `declined`: it answers whether all are to be cancelled, and the user hears that none is."""
        return self._replies.fixed("declined") if "declined" in slots else None

    async def _respond(self, slots: Slots) -> str | None:
        """HassRespond: `response` is the reply, or names one about the speaker itself."""
        response = str(slots.get("response", "")).strip()
        sends = next((it for it in get_args(Escalate) if it == slots.get("sends")), None)
        if response == LISTENING:
            return self._replies.listening(sends)
        if response == MODEL:
            return self._replies.model(str(slots["model"]) if "model" in slots else None, sends)
        return self._replies.about_itself(response, self._clock.now()) or response or self._replies.fixed("not-known")


def _things_of(settings: Settings, publisher: Publisher | None, clock: Clock) -> Things:
    """The things of the settings."""
    language = open_language(settings.device.language)
    states = HomeStates(clock)
    code = Code(None, clock)
    things = Things(publisher, states, language, clock, settings.device.area or "", Gates.of(settings.home), code)
    things.use(things.prepare(HomeModel(configured(settings.home.entities, language))))
    return things


@dataclass
class _SilentSpeaker:
    """A `SpeakerControl` without a speaker."""

    volume: int
    last_reply: str


def _says(text: str | None) -> Handler:
    async def say(_slots: Slots) -> str | None:
        return text

    return say


def _snooze_or(snooze: Handler, increase: Handler, schedule: TimerSchedule) -> Handler:
    """Snooze; with `more` ("five more minutes"), let the timer that runs end later if nothing rings."""

    async def choose(slots: Slots) -> str | Asks | None:
        runs_on = "more" in slots and schedule.last_rung is None and schedule.timers.find()
        return await (increase if runs_on else snooze)(slots)

    return choose


def _cancel_by_name(
    timers: TimerActions,
    alarms: AlarmActions,
    reminders: ReminderActions,
    later: LaterActions,
    schedule: TimerSchedule,
) -> Handler:
    """Cancel a timer; of what was named without the word "timer" also the alarm, the reminder or the command."""

    async def choose(slots: Slots) -> str | Asks | None:
        name = str(slots.get("name", ""))
        if IN_SHORT in slots and not schedule.timers.find(name=name):
            if schedule.alarms.find(name=name):
                return await alarms.cancel({"name": name})
            if reminders.about(name):
                return await reminders.cancel({"message": name})
            if (waiting := later.about(name)) is not None:
                return await later.cancel({"command": command_of(waiting), "said": said_of(waiting)})
        return await timers.cancel(slots)

    return choose

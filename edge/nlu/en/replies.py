"""The English replies of the speaker. See `edge.nlu.replies`."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, Literal

from edge.nlu.en import about_itself as itself
from edge.nlu.en import entity_replies, later_replies, schedule_replies, unsupported_schedule
from edge.nlu.en.clock import spoken_date, spoken_time
from edge.nlu.en.entity_replies import KINDS, capital
from edge.nlu.replies import FixedReply

about_itself, listening, model = itself.about_itself, itself.listening, itself.model

_FIXED: Final[Mapping[FixedReply, str]] = {
    "alarm-all-days": "I can change a repeating alarm only on all of its days.",
    "alarms-all-cancelled": "All alarms cancelled.",
    "alarms-none": "No alarm is set.",
    "alarm-nothing-rang": "Nothing is ringing that I could snooze.",
    "alarm-one-time": "I can move an alarm to one time only.",
    "alarm-past": "That time has already passed.",
    "alarms-too-many": "I can't set any more alarms.",
    "alarm-unknown": "You don't have an alarm like that.",
    "ask-brightness": "How bright?",
    "ask-cloud": "Shall I ask the cloud?",
    "ask-duration": "For how long?",
    "ask-fan-speed": "How fast?",
    "ask-new-time": "To what time?",
    "ask-reminder-time": "When?",
    "ask-temperature": "How warm?",
    "ask-time": "For what time?",
    "ask-unit": "Seconds, minutes or hours?",
    "ask-which": "Which one? Say its name or its room.",
    "cannot-hear": "Sorry, I can't understand speech at the moment.",
    "code-locked": "The code was wrong three times. I don't take one for five minutes.",
    "code-missing": "That needs a code, and I have none. I leave it as it is.",
    "code-wrong": "That's not the code. Please say it again.",
    "declined": "Okay, I leave it as it is.",
    "failed": "Sorry, that didn't work.",
    "home-unreachable": "I can't reach your home right now.",
    "no-such-day": "There is no such day.",
    "nothing-to-repeat": "I haven't said anything yet.",
    "ask-later-time": "At what time? Say, for example, open the blinds at eight.",
    "later-all-cancelled": "All planned commands cancelled.",
    "later-none": "Nothing is planned.",
    "later-risky": "I only do that while you are here to say yes. Ask me again then.",
    "later-too-many": "I can't remember more commands for later.",
    "not-known": "I don't know how to do that yet.",
    "nothing-to-confirm": "There is nothing to confirm any more. Please say the command again.",
    "not-saved": "I can't save it, so it will not survive a restart.",
    "not-saved-removed": "I can't save that, so it may come back after a restart.",
    "one-at-a-time": "One after the other, please: say that again when this is done.",
    "own-volume-only": "I can only change my own volume.",
    "reminders-all-cancelled": "All reminders cancelled.",
    "reminders-none": "You have no reminders.",
    "say-in-full": "Please say the whole command for that.",
    "speaker-must-run": "The speaker has to be running by then.",
    "schedule-not-running": "I can't do that here: timers and alarms need the running speaker.",
    "state-unknown": "I don't know that about your home. Ask for one thing by its name.",
    "speakers-unreachable": "I can't reach the other speakers right now.",
    "timer-runs-already": "It's already running.",
    "timers-all-cancelled": "All timers cancelled.",
    "timers-all-paused": "All timers paused.",
    "timers-all-resumed": "All timers resumed.",
    "timers-none": "No timer is running.",
    "timers-none-paused": "No timer is paused.",
    "timers-too-many": "I can't set any more timers.",
    "timer-too-long": "A timer can run for at most seven days.",
    "timer-too-short": "A timer needs at least one second.",
    "volume-at-max": "That's as loud as I get.",
    "volume-at-min": "That's as quiet as I get.",
    "welcome": "You're welcome.",
}

_UNCLEAR: Final = "Sorry, I didn't understand that."
_LISTS: Final = "I have no lists. For that I need a to-do list of Home Assistant."

_UNSUPPORTED: Final = {
    "music": "I can't play music yet.",
    "lists": _LISTS,
    "calendar": "I see no calendar. For that I need one of Home Assistant. I can set a reminder.",
    "microphone": "I can't turn my microphone off by voice yet.",
    "calls": "I can't make calls or send messages.",
    "undo": "I can't take that back.",
    "nothing-to-undo": "I only answered: there is nothing to cancel.",
    "later": "I can only do that right away, not later.",
    "announcements": "Tell me what to announce, like: tell everyone dinner is ready.",
    "notes": "I can't take notes yet.",
    "camera": "I have no camera and no screen.",
    "settings": "I can't change that by voice. It is in my settings.",
    "orders": "I can't order, buy or book anything.",
    "services": "I can't do that. I only know this home, timers and alarms.",
    "robots": "I can't control robots yet.",
    "weather": "I don't know the weather. For that I need a weather entity of Home Assistant.",
    "news": "I can't look up news, prices or scores.",
    "lookup": "I can't look that up.",
    "exact": "I didn't understand what to calculate. Say it in one short sentence.",
    "itself": "I don't know that about myself.",
    "home": "I don't know that about your home.",
    "personal": "I don't know that about you.",
    "private": "I keep that to myself: it would have to go to the cloud, and it is private.",
    "bad-news": "I'm sorry to hear that.",
    "statement": "Thank you for telling me, but I don't keep such things in mind.",
    "unfit": "I don't know enough to answer that.",
    "unclear": _UNCLEAR,
    "command": _UNCLEAR,
    "fragment": _UNCLEAR,
    **unsupported_schedule.REPLIES,
}

_PLAYERS = "I can't control what is playing yet."
_LAWN_MOWERS = "I can't control lawn mowers yet."
_VACUUMS = "I can't control vacuum cleaners yet."
_ONE_ROOM = "I can only send a vacuum cleaner through the whole home, not to one room."

_NOT_YET: Final = {
    "HassClimateSetFanMode": "I can't set the heating's fan mode yet.",
    "HassGetWeather": _UNSUPPORTED["weather"],
    "HassLawnMowerDock": _LAWN_MOWERS,
    "HassLawnMowerStartMowing": _LAWN_MOWERS,
    "HassListAddItem": _LISTS,
    "HassListCompleteItem": _LISTS,
    "HassListRemoveItem": _LISTS,
    "HassMediaNext": _PLAYERS,
    "HassMediaPause": _PLAYERS,
    "HassMediaPrevious": _PLAYERS,
    "HassMediaSearchAndPlay": _UNSUPPORTED["music"],
    "HassMediaUnpause": _PLAYERS,
    "HassShoppingListAddItem": _LISTS,
    "HassShoppingListCompleteItem": _LISTS,
    "HassVacuumCleanArea": _ONE_ROOM,
    "HassVacuumReturnToBase": _VACUUMS,
    "HassVacuumStart": _VACUUMS,
}


def fixed(reply: FixedReply) -> str:
    """See `Replies.fixed`."""
    return _FIXED[reply]


def all_fixed() -> frozenset[str]:
    """See `Replies.all_fixed`."""
    texts = (_FIXED, itself.ABOUT_ITSELF, _UNSUPPORTED, _NOT_YET)
    return frozenset(text for table in texts for text in table.values()).union(
        itself.JOKES, map(entity_replies.none_configured, KINDS), map(listening, (None, *itself.SENDS))
    )


def unsupported(what: str) -> str | None:
    """See `Replies.unsupported`."""
    return _UNSUPPORTED.get(what)


def not_yet() -> Mapping[str, str]:
    """See `Replies.not_yet`."""
    return _NOT_YET


def current_time(now: datetime) -> str:
    """See `Replies.current_time`."""
    return f"It's {spoken_time(now)}."


def current_date(today: date) -> str:
    """See `Replies.current_date`."""
    return f"It's {spoken_date(today)}."


def date_of(asked: Literal["yesterday", "tomorrow"], day: date) -> str:
    """See `Replies.date_of`."""
    return f"{capital(asked)} {'is' if asked == 'tomorrow' else 'was'} {spoken_date(day)}."


def current_year(today: date) -> str:
    """See `Replies.current_year`."""
    return f"It's {today.year}."


def volume(percent: int) -> str:
    """See `Replies.volume`."""
    return f"Volume {percent} percent."


def announced(room: str, took: int, asked: int) -> str:
    """See `Replies.announced`."""
    where = f" in {_the(room)}" if room else ""
    if not took and asked == 1:
        return f"The speaker{where} did not take it."
    if took < asked:
        return f"{'None' if not took else f'Only {took}'} of the {asked} speakers{where} took it."
    if room:
        return f"Announced{where}."
    return f"Announced on {took} speaker{'' if took == 1 else 's'}."


def no_speaker(room: str) -> str:
    """See `Replies.no_speaker`."""
    return f"I found no other speaker{f' for {_the(room)}' if room else ''}."


def _the(room: str) -> str:
    return room if room.startswith(("the ", "my ", "our ")) else f"the {room}"


timer_label = schedule_replies.timer_label
timer_set = schedule_replies.timer_set
timer_changed = schedule_replies.timer_changed
timer_restarted = schedule_replies.timer_restarted
nth = schedule_replies.nth
timer_cancelled = schedule_replies.timer_cancelled
timer_paused = schedule_replies.timer_paused
timer_resumed = schedule_replies.timer_resumed
timer_left = schedule_replies.timer_left
timers_left = schedule_replies.timers_left
which_timer = schedule_replies.which_timer
no_such_timer = schedule_replies.no_such_timer
timer_done = schedule_replies.timer_done
timer_missed = schedule_replies.timer_missed
alarm_time = schedule_replies.alarm_time
alarm_called = schedule_replies.alarm_called
alarm_label = schedule_replies.alarm_label
alarm_set = schedule_replies.alarm_set
alarm_changed = schedule_replies.alarm_changed
alarm_cancelled = schedule_replies.alarm_cancelled
alarms_cancelled = schedule_replies.alarms_cancelled
alarm_skipped = schedule_replies.alarm_skipped
alarm_status = schedule_replies.alarm_status
alarms_listed = schedule_replies.alarms_listed
snoozed = schedule_replies.snoozed
snoozed_until = schedule_replies.snoozed_until
alarm_rings = schedule_replies.alarm_rings
alarm_missed = schedule_replies.alarm_missed
reminder_label = schedule_replies.reminder_label
reminder_set = schedule_replies.reminder_set
reminder_in = schedule_replies.reminder_in
reminder_at = schedule_replies.reminder_at
reminder_cancelled = schedule_replies.reminder_cancelled
reminders_listed = schedule_replies.reminders_listed
reminder_rings = schedule_replies.reminder_rings
reminder_missed = schedule_replies.reminder_missed

after_timer = later_replies.after_timer
later_cancelled = later_replies.later_cancelled
later_failed = later_replies.later_failed
later_listed = later_replies.later_listed
later_missed = later_replies.later_missed
later_set = later_replies.later_set


able = entity_replies.able
cannot_set = entity_replies.cannot_set
group = entity_replies.group
none_configured = entity_replies.none_configured
none_of_kind = entity_replies.none_of_kind
not_understood = entity_replies.not_understood
out_of_range = entity_replies.out_of_range
did_for = entity_replies.did_for
set_to = entity_replies.set_to
several = entity_replies.several
switched = entity_replies.switched
unknown_floor = entity_replies.unknown_floor
unknown_name = entity_replies.unknown_name
which = entity_replies.which

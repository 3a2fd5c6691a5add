"""The English replies of the speaker. See `edge.nlu.replies`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, Literal

from edge.nlu.en import entity_replies
from edge.nlu.en.clock import (
    WEEKDAY_NAMES,
    duration_label,
    spoken_ago,
    spoken_date,
    spoken_day,
    spoken_duration,
    spoken_list,
    spoken_rest,
    spoken_time,
)
from edge.nlu.en.entity_replies import KINDS, capital
from edge.nlu.replies import FixedReply

_FIXED: Final[Mapping[FixedReply, str]] = {
    "alarms-all-cancelled": "All alarms cancelled.",
    "alarms-none": "No alarm is set.",
    "alarm-past": "That time has already passed today.",
    "alarms-too-many": "I can't set any more alarms.",
    "alarm-unknown": "You don't have an alarm like that.",
    "ask-brightness": "How bright?",
    "ask-duration": "For how long?",
    "ask-fan-speed": "How fast?",
    "ask-temperature": "How warm?",
    "ask-time": "For what time?",
    "ask-which": "Which one? Say its name or its room.",
    "cannot-hear": "Sorry, I can't understand speech at the moment.",
    "colours-unsupported": "I can't change the colour of lights yet, only their brightness.",
    "failed": "Sorry, that didn't work.",
    "home-unreachable": "I can't reach your home right now.",
    "nothing-to-repeat": "I haven't said anything yet.",
    "not-known": "I don't know how to do that yet.",
    "own-volume-only": "I can only change my own volume.",
    "say-in-full": "Please say the whole command for that.",
    "schedule-not-running": "Timers and alarms need the running speaker.",
    "state-unknown": "I can't check that yet. I can only switch devices.",
    "timer-runs-already": "It's already running.",
    "timers-all-cancelled": "All timers cancelled.",
    "timers-none": "No timer is running.",
    "timers-none-paused": "No timer is paused.",
    "timers-too-many": "I can't set any more timers.",
    "timer-too-long": "A timer can run for at most seven days.",
    "timer-too-short": "A timer needs at least one second.",
    "volume-at-max": "That's as loud as I get.",
    "volume-at-min": "That's as quiet as I get.",
    "welcome": "You're welcome.",
}

_ABOUT_ITSELF: Final = {
    "edge:hello": "Hello.",
    "edge:help": (
        "You can ask me for the time or the date, set timers and alarms, change the volume, switch your lights,"
        " or just ask me something."
    ),
    "edge:maker": "I'm edge-voice, an open source speaker.",
    "edge:privacy": (
        "I listen for my wake word, and sound never leaves this device."
        " The text of a hard question may go to the cloud, if your settings allow it."
    ),
}

_UNSUPPORTED: Final = {
    "music": "I can't play music yet.",
    "lists": "I can't keep lists yet.",
    "reminders": "I can't do reminders yet, but I can set a timer or an alarm.",
    "microphone": "I can't turn my microphone off by voice yet.",
    "snooze": "I can't snooze yet, but I can set a timer.",
    "calls": "I can't make calls or send messages.",
    "undo": "I can't take that back.",
    "later": "I can only do that right away, not later.",
    "announcements": "I can't make announcements yet.",
    "notes": "I can't take notes yet.",
    "calendar": "I can't look into calendars.",
    "camera": "I have no camera and no screen.",
    "settings": "I can't change that by voice. It is in my settings.",
    "services": "I can't do that. I only know this home, timers and alarms.",
    "robots": "I can't control robots yet.",
    "weather": "I can't look up the weather yet.",
    "news": "I can't look up news, prices or scores.",
    "elsewhere": "I only know the time here.",
    "moment": "I don't know that. I can only tell you today's date and the time.",
    "outside": "I can't measure that.",
    "presence": "I can't tell who is home.",
}

_PLAYERS = "I can't control what is playing yet."
_LISTS = "I can't keep lists yet."
_SHOPPING_LISTS = "I can't keep shopping lists yet."
_LAWN_MOWERS = "I can't control lawn mowers yet."
_VACUUMS = "I can't control vacuum cleaners yet."

_NOT_YET: Final = {
    "HassBroadcast": "I can't make announcements yet.",
    "HassClimateSetFanMode": "I can't set the heating's fan mode yet.",
    "HassGetWeather": "I can't look up the weather yet.",
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
    "HassShoppingListAddItem": _SHOPPING_LISTS,
    "HassShoppingListCompleteItem": _SHOPPING_LISTS,
    "HassVacuumCleanArea": _VACUUMS,
    "HassVacuumReturnToBase": _VACUUMS,
    "HassVacuumStart": _VACUUMS,
}

_EVERY_DAY, _WEEKDAYS, _WEEKENDS = frozenset(range(7)), frozenset(range(5)), frozenset({5, 6})


def fixed(reply: FixedReply) -> str:
    """See `Replies.fixed`."""
    return _FIXED[reply]


def all_fixed() -> frozenset[str]:
    """See `Replies.all_fixed`."""
    texts = (_FIXED, _ABOUT_ITSELF, _UNSUPPORTED, _NOT_YET)
    return frozenset(text for table in texts for text in table.values()) | set(
        map(entity_replies.none_configured, KINDS)
    )


def about_itself(topic: str) -> str | None:
    """See `Replies.about_itself`."""
    return _ABOUT_ITSELF.get(topic)


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


def timer_label(name: str, seconds: int) -> str:
    """See `Replies.timer_label`: "pasta timer", "10 minute timer"."""
    return f"{name or duration_label(seconds)} timer"


def timer_set(name: str, seconds: int) -> str:
    """See `Replies.timer_set`."""
    what = f"{capital(name)} timer" if name else "Timer"
    return f"{what} set for {spoken_duration(seconds)}."


def timer_cancelled(label: str) -> str:
    """See `Replies.timer_cancelled`."""
    return f"{capital(label)} cancelled."


def timer_paused(label: str, left_s: float) -> str:
    """See `Replies.timer_paused`."""
    return f"{capital(label)} paused with {spoken_rest(left_s)} left."


def timer_resumed(label: str, left_s: float) -> str:
    """See `Replies.timer_resumed`."""
    return f"{capital(label)} resumed, {spoken_rest(left_s)} left."


def timer_left(label: str, left_s: float, *, paused: bool = False) -> str:
    """See `Replies.timer_left`."""
    rest = capital(f"{spoken_rest(left_s)} left on the {label}")
    return f"{rest}, which is paused." if paused else f"{rest}."


def timers_left(count: int, listed: Sequence[tuple[str, float]]) -> str:
    """See `Replies.timers_left`."""
    return f"You have {count} timers: {spoken_list([f'{spoken_rest(left)} on the {label}' for label, left in listed])}."


def which_timer(count: int, labels: Sequence[str]) -> str:
    """See `Replies.which_timer`."""
    return f"You have {count} timers: {spoken_list(labels)}. Which one?"


def no_such_timer(label: str) -> str:
    """See `Replies.no_such_timer`."""
    return f"You have no {label}."


def timer_done(label: str) -> str:
    """See `Replies.timer_done`."""
    return f"Your {label} is done."


def timer_missed(label: str, late_s: float) -> str:
    """See `Replies.timer_missed`."""
    return f"Your {label} ended {spoken_ago(late_s)}."


def alarm_time(at: datetime, days: frozenset[int], today: date) -> str:
    """See `Replies.alarm_time`."""
    if days == _EVERY_DAY:
        day = "every day"
    elif days == _WEEKDAYS:
        day = "on weekdays"
    elif days == _WEEKENDS:
        day = "on weekends"
    elif days:
        day = f"every {spoken_list([WEEKDAY_NAMES[number] for number in sorted(days)])}"
    else:
        day = spoken_day(at.date(), today)
    return f"{spoken_time(at)} {day}"


def alarm_set(when: str) -> str:
    """See `Replies.alarm_set`."""
    return f"Alarm set for {when}."


def alarm_cancelled(when: str) -> str:
    """See `Replies.alarm_cancelled`."""
    return f"Alarm for {when} cancelled."


def alarm_status(when: str) -> str:
    """See `Replies.alarm_status`."""
    return f"Your alarm is set for {when}."


def alarms_listed(count: int, listed: Sequence[str], *, ask: bool) -> str:
    """See `Replies.alarms_listed`."""
    return f"You have {count} alarms: {spoken_list(listed)}." + (" Which one?" if ask else "")


def alarm_rings(at: datetime) -> str:
    """See `Replies.alarm_rings`."""
    return f"This is your {spoken_time(at)} alarm."


def alarm_missed(at: datetime, late_s: float) -> str:
    """See `Replies.alarm_missed`."""
    return f"You had an alarm at {spoken_time(at)}, {spoken_ago(late_s)}."


able = entity_replies.able
cannot_set = entity_replies.cannot_set
group = entity_replies.group
none_configured = entity_replies.none_configured
none_of_kind = entity_replies.none_of_kind
not_understood = entity_replies.not_understood
out_of_range = entity_replies.out_of_range
partly = entity_replies.partly
set_to = entity_replies.set_to
several = entity_replies.several
switched = entity_replies.switched
unknown_floor = entity_replies.unknown_floor
unknown_name = entity_replies.unknown_name
which = entity_replies.which

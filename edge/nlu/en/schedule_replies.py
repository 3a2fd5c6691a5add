"""The English replies about timers, alarms and reminders. See `edge.nlu.replies`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from edge.nlu.en.clock import (
    WEEKDAY_NAMES,
    duration_label,
    spoken_ago,
    spoken_alarm_day,
    spoken_duration,
    spoken_list,
    spoken_rest,
    spoken_time,
)
from edge.nlu.en.clock import nth as spoken_nth
from edge.nlu.replies import AskedAbout

_EVERY_DAY, _WEEKDAYS, _WEEKENDS = frozenset(range(7)), frozenset(range(5)), frozenset({5, 6})
_ALL_BUT_ONE: Final = 6


def timer_label(name: str, seconds: int) -> str:
    """See `Replies.timer_label`: "pasta timer", "10 minute timer"."""
    return f"{name or duration_label(seconds)} timer"


def timer_set(name: str, seconds: int) -> str:
    """See `Replies.timer_set`."""
    what = f"{_capital(name)} timer" if name else "Timer"
    return f"{what} set for {spoken_duration(seconds)}."


def timer_changed(label: str, seconds: float) -> str:
    """See `Replies.timer_changed`."""
    return f"{_capital(label)} changed to {spoken_rest(seconds)}."


def timer_restarted(label: str, seconds: float) -> str:
    """See `Replies.timer_restarted`."""
    return f"{_capital(label)} restarted with {spoken_rest(seconds)}."


def nth(number: int, label: str) -> str:
    """See `Replies.nth`: "first 10 minute timer"."""
    return f"{spoken_nth(number)} {label}"


def timer_cancelled(label: str) -> str:
    """See `Replies.timer_cancelled`."""
    return f"{_capital(label)} cancelled."


def timer_paused(label: str, left_s: float) -> str:
    """See `Replies.timer_paused`."""
    return f"{_capital(label)} paused with {spoken_rest(left_s)} left."


def timer_resumed(label: str, left_s: float) -> str:
    """See `Replies.timer_resumed`."""
    return f"{_capital(label)} resumed, {spoken_rest(left_s)} left."


def timer_left(label: str, left_s: float, *, paused: bool = False) -> str:
    """See `Replies.timer_left`."""
    rest = _capital(f"{spoken_rest(left_s)} left on the {label}")
    return f"{rest}, which is paused." if paused else f"{rest}."


def timers_left(count: int, listed: Sequence[tuple[str, float]]) -> str:
    """See `Replies.timers_left`."""
    return (
        f"You have {count} timers: {_some([f'{spoken_rest(left)} on the {label}' for label, left in listed], count)}."
    )


def which_timer(count: int, labels: Sequence[str]) -> str:
    """See `Replies.which_timer`."""
    return f"You have {count} timers: {_some(labels, count)}. Which one?"


def no_such_timer(label: str) -> str:
    """See `Replies.no_such_timer`."""
    return f"You have no {label}."


def timer_done(label: str) -> str:
    """See `Replies.timer_done`."""
    return f"Your {label} is done."


def timer_missed(label: str, late_s: float) -> str:
    """See `Replies.timer_missed`."""
    return f"Your {label} ended {spoken_ago(late_s)}."


def alarm_time(at: datetime, days: frozenset[int], now: datetime) -> str:
    """See `Replies.alarm_time`."""
    midnight = at.hour == at.minute == 0
    if midnight and days:  # at the end of the day before
        days = frozenset((day - 1) % 7 for day in days)
    if days == _EVERY_DAY:
        day = "every day"
    elif days == _WEEKDAYS:
        day = "on weekdays"
    elif days == _WEEKENDS:
        day = "on weekends"
    elif len(days) == _ALL_BUT_ONE:
        day = f"every day except {WEEKDAY_NAMES[min(_EVERY_DAY - days)]}"
    elif days:
        day = f"every {spoken_list([WEEKDAY_NAMES[number] for number in sorted(days)])}"
        day = f"{day} night" if midnight else day
    else:
        day = spoken_alarm_day(at, now)
    return f"{spoken_time(at)} {day}"


def alarm_called(name: str) -> str:
    """See `Replies.alarm_called`: "gym alarm"."""
    return f"{name} alarm" if name else "alarm"


def alarm_label(name: str, when: str) -> str:
    """See `Replies.alarm_label`: "7 AM tomorrow", "gym at 7 AM tomorrow"."""
    return f"{name} at {when}" if name else when


def alarm_set(name: str, whens: Sequence[str]) -> str:
    """See `Replies.alarm_set`."""
    what = f"{_capital(name)} alarm" if name else "Alarm"
    return f"{what}{'s' if len(whens) > 1 else ''} set for {spoken_list(whens)}."


def alarm_changed(name: str, when: str) -> str:
    """See `Replies.alarm_changed`."""
    return f"{_capital(name)} alarm changed to {when}." if name else f"Alarm changed to {when}."


def alarm_cancelled(name: str, when: str) -> str:
    """See `Replies.alarm_cancelled`."""
    return f"{_capital(name)} alarm for {when} cancelled." if name else f"Alarm for {when} cancelled."


def alarms_cancelled(whens: Sequence[str]) -> str:
    """See `Replies.alarms_cancelled`."""
    return f"Alarm{'s' if len(whens) > 1 else ''} for {spoken_list(whens)} cancelled."


def alarm_skipped(when: str, rule: str) -> str:
    """See `Replies.alarm_skipped`."""
    return f"No alarm at {when}. The alarm for {rule} stays."


def alarm_status(name: str, when: str) -> str:
    """See `Replies.alarm_status`."""
    return f"Your {name} alarm is set for {when}." if name else f"Your alarm is set for {when}."


def alarms_listed(count: int, listed: Sequence[str], *, ask: AskedAbout | None = None) -> str:
    """See `Replies.alarms_listed`."""
    return f"You have {count} alarms: {_some(listed, count)}.{_asked(ask, count)}"


def snoozed(seconds: float) -> str:
    """See `Replies.snoozed`."""
    return f"Snoozed for {spoken_duration(seconds)}."


def snoozed_until(when: str) -> str:
    """See `Replies.snoozed_until`."""
    return f"Snoozed until {when}."


def alarm_rings(name: str, at: datetime) -> str:
    """See `Replies.alarm_rings`."""
    return f"This is your {name} alarm." if name else f"This is your {spoken_time(at)} alarm."


def alarm_missed(name: str, at: datetime, late_s: float) -> str:
    """See `Replies.alarm_missed`."""
    what = f"a {name} alarm" if name else "an alarm"
    return f"You had {what} at {spoken_time(at)}, {spoken_ago(late_s)}."


def reminder_label(message: str) -> str:
    """See `Replies.reminder_label`."""
    return f"reminder {_aim(message)}" if message else "reminder"


def reminder_set(message: str, whens: Sequence[str]) -> str:
    """See `Replies.reminder_set`."""
    when = spoken_list(whens)
    return f"I'll remind you {when} {_aim(message)}." if message else f"I'll remind you {when}."


def reminder_in(seconds: float) -> str:
    """See `Replies.reminder_in`."""
    return f"in {spoken_duration(seconds)}"


def reminder_at(when: str) -> str:
    """See `Replies.reminder_at`."""
    return f"at {when}"


def reminder_cancelled(message: str) -> str:
    """See `Replies.reminder_cancelled`."""
    return f"{_capital(reminder_label(message))} cancelled."


def reminders_listed(count: int, listed: Sequence[tuple[str, str]], *, ask: AskedAbout | None = None) -> str:
    """See `Replies.reminders_listed`."""
    items = [f"{when} {_aim(message)}" if message else when for message, when in listed]
    head = "You have 1 reminder" if count == 1 else f"You have {count} reminders"
    return f"{head}: {_some(items, count)}.{_asked(ask, count)}"


def reminder_rings(message: str) -> str:
    """See `Replies.reminder_rings`."""
    return f"Reminder: {message}." if message else "This is your reminder."


def reminder_missed(message: str, late_s: float) -> str:
    """See `Replies.reminder_missed`."""
    what = f"a reminder {_aim(message)}" if message else "a reminder"
    return f"You had {what} {spoken_ago(late_s)}."


def _aim(message: str) -> str:
    """Say "to call mum", "about the cake": `message` begins with a verb, or with "about" or "that"."""
    return message if message.startswith(("about ", "that ")) else f"to {message}"


def _asked(ask: AskedAbout | None, count: int) -> str:
    match ask:
        case "one":
            return " Which one?"
        case "all":
            return f" Cancel {'both' if count == 2 else 'all of them'}?"  # noqa: PLR2004 - a pair
        case None:
            return ""


def _some(items: Sequence[str], count: int) -> str:
    """A list that says how many of `count` it leaves out."""
    return spoken_list([*items, *([f"{count - len(items)} more"] if count > len(items) else [])])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""The built-in replies of the speaker in one language: about the home, timers, alarms and itself.

Replies are short, complete and truthful sentences. Times are local and naive, durations are in seconds.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal, Protocol

from edge.nlu.later_replies import LaterReplies
from edge.settings import Escalate

FixedReply = Literal[
    "alarm-all-days",
    "alarms-all-cancelled",
    "alarms-none",
    "alarm-nothing-rang",
    "alarm-one-time",
    "alarm-past",
    "alarms-too-many",
    "alarm-unknown",
    "ask-brightness",
    "ask-cloud",
    "ask-duration",
    "ask-fan-speed",
    "ask-new-time",
    "ask-reminder-time",
    "ask-temperature",
    "ask-time",
    "ask-unit",
    "ask-which",
    "cannot-hear",
    "code-locked",
    "code-missing",
    "code-wrong",
    "declined",
    "failed",
    "home-unreachable",
    "no-such-day",
    "nothing-to-repeat",
    "not-known",
    "nothing-to-confirm",
    "not-saved",
    "not-saved-removed",
    "one-at-a-time",
    "own-volume-only",
    "reminders-all-cancelled",
    "reminders-none",
    "say-in-full",
    "ask-later-time",
    "later-all-cancelled",
    "later-none",
    "later-risky",
    "later-too-many",
    "speaker-must-run",
    "schedule-not-running",
    "speakers-unreachable",
    "state-unknown",
    "timer-runs-already",
    "timers-all-cancelled",
    "timers-all-paused",
    "timers-all-resumed",
    "timers-none",
    "timers-none-paused",
    "timers-too-many",
    "timer-too-long",
    "timer-too-short",
    "volume-at-max",
    "volume-at-min",
    "welcome",
]
"""Replies without parameters."""

AskedAbout = Literal["one", "all"]
"""What a list of alarms or reminders asks: which one is meant, or whether all are to be cancelled."""

Settable = Literal["brightness", "position", "percentage", "temperature", "volume_level"]
"""Slots that carry a number to set."""


class Replies(LaterReplies, Protocol):
    """The replies of one language. Pure."""

    def fixed(self, reply: FixedReply) -> str:
        """A reply without parameters."""
        ...

    def all_fixed(self) -> frozenset[str]:
        """All constant sentences, which can be synthesised in advance."""
        ...

    def about_itself(self, topic: str, now: datetime) -> str | None:
        """The reply to a question about the speaker or to small talk: "edge:hello", "edge:abilities", "edge:joke"..."""
        ...

    def listening(self, sends: Escalate | None) -> str:
        """What is heard, and what goes to a cloud: "never" where there is none, None where that is unknown."""
        ...

    def model(self, name: str | None, sends: Escalate | None) -> str:
        """The language model in the home, None if none is open, and what goes to a cloud as in `listening`."""
        ...

    def unsupported(self, what: str) -> str | None:
        """The refusal of EdgeUnsupported with this `what`."""
        ...

    def not_yet(self) -> Mapping[str, str]:
        """The replies to intents that are not implemented, by intent."""
        ...

    # The clock and the volume

    def current_time(self, now: datetime) -> str:
        """The time of day."""
        ...

    def current_date(self, today: date) -> str:
        """The weekday and the date."""
        ...

    def date_of(self, asked: Literal["yesterday", "tomorrow"], day: date) -> str:
        """The weekday and the date of yesterday or tomorrow."""
        ...

    def current_year(self, today: date) -> str:
        """The year."""
        ...

    def volume(self, percent: int) -> str:
        """The speaker's own volume was set."""
        ...

    # Announcements on other speakers; `room` is empty for all of them

    def announced(self, room: str, took: int, asked: int) -> str:
        """`took` of the `asked` speakers say it."""
        ...

    def no_speaker(self, room: str) -> str:
        """There is no other speaker."""
        ...

    # Timers, by their labels

    def timer_label(self, name: str, seconds: int) -> str:
        """The label of a timer: from its name or, if `name` is empty, from its duration."""
        ...

    def timer_set(self, name: str, seconds: int) -> str:
        """A timer was started; `name` may be empty."""
        ...

    def timer_changed(self, label: str, seconds: float) -> str:
        """A timer was changed and ends so long from now."""
        ...

    def timer_restarted(self, label: str, seconds: float) -> str:
        """A timer runs again from its full length."""
        ...

    def nth(self, number: int, label: str) -> str:
        """One of several things of the same label, counted from 1."""
        ...

    def timer_cancelled(self, label: str) -> str:
        """A timer was cancelled."""
        ...

    def timer_paused(self, label: str, left_s: float) -> str:
        """A timer was paused."""
        ...

    def timer_resumed(self, label: str, left_s: float) -> str:
        """A timer runs again."""
        ...

    def timer_left(self, label: str, left_s: float, *, paused: bool = False) -> str:
        """The remaining time of one timer."""
        ...

    def timers_left(self, count: int, listed: Sequence[tuple[str, float]]) -> str:
        """The remaining times of several timers; `listed` are those to name, as (label, left_s)."""
        ...

    def which_timer(self, count: int, labels: Sequence[str]) -> str:
        """Ask which of several timers is meant; `labels` are those to name."""
        ...

    def no_such_timer(self, label: str) -> str:
        """There is no timer with this label."""
        ...

    def timer_done(self, label: str) -> str:
        """A timer rings."""
        ...

    def timer_missed(self, label: str, late_s: float) -> str:
        """A timer ended while the speaker was off."""
        ...

    # Alarms, by when they ring

    def alarm_time(self, at: datetime, days: frozenset[int], now: datetime) -> str:
        """When an alarm rings: next at `at`, and again on the weekdays `days` (0 is Monday)."""
        ...

    def alarm_set(self, name: str, whens: Sequence[str]) -> str:
        """An alarm was set, or one for each of several moments; `whens` are of `alarm_time`, `name` may be empty."""
        ...

    def alarm_changed(self, name: str, when: str) -> str:
        """An alarm was changed and now rings at `when`."""
        ...

    def alarm_cancelled(self, name: str, when: str) -> str:
        """An alarm was cancelled."""
        ...

    def alarms_cancelled(self, whens: Sequence[str]) -> str:
        """Several alarms were cancelled, those of repeating ones for one day."""
        ...

    def alarm_skipped(self, when: str, rule: str) -> str:
        """A repeating alarm leaves out one day: `when` is that moment, `rule` its time and days."""
        ...

    def alarm_status(self, name: str, when: str) -> str:
        """The one alarm that is set."""
        ...

    def alarm_called(self, name: str) -> str:
        """The label of an alarm without its time; `name` may be empty."""
        ...

    def alarm_label(self, name: str, when: str) -> str:
        """An alarm in a list."""
        ...

    def snoozed(self, seconds: float) -> str:
        """What rang will ring again so much later."""
        ...

    def snoozed_until(self, when: str) -> str:
        """What rang will ring again at `when`, of `alarm_time`."""
        ...

    def alarms_listed(self, count: int, listed: Sequence[str], *, ask: AskedAbout | None = None) -> str:
        """List several alarms, of which those `listed` are named."""
        ...

    def alarm_rings(self, name: str, at: datetime) -> str:
        """An alarm rings."""
        ...

    def alarm_missed(self, name: str, at: datetime, late_s: float) -> str:
        """An alarm was due while the speaker was off."""
        ...

    # Reminders, by their text, which may be empty

    def reminder_label(self, message: str) -> str:
        """What a reminder is called in a list of timers."""
        ...

    def reminder_set(self, message: str, whens: Sequence[str]) -> str:
        """A reminder was set, or one for each of several moments; `whens` are of `reminder_at` or `reminder_in`."""
        ...

    def reminder_in(self, seconds: float) -> str:
        """When a reminder is due that waits for so long."""
        ...

    def reminder_at(self, when: str) -> str:
        """When a reminder is due; `when` is of `alarm_time`."""
        ...

    def reminder_cancelled(self, message: str) -> str:
        """A reminder was cancelled."""
        ...

    def reminders_listed(self, count: int, listed: Sequence[tuple[str, str]], *, ask: AskedAbout | None = None) -> str:
        """List reminders, of which those `listed` are named: (message, when)."""
        ...

    def reminder_rings(self, message: str) -> str:
        """A reminder is due."""
        ...

    def reminder_missed(self, message: str, late_s: float) -> str:
        """A reminder was due while the speaker was off."""
        ...

    # Entities

    def switched(self, domain: str, name: str, *, on: bool) -> str:
        """An entity, or a group named by `group`, was switched on or off, opened or closed, locked or unlocked."""
        ...

    def group(self, domain: str, area: str) -> str:
        """The name of all in a domain or class of cover ("everything" for all), in `area` or, if empty, in the home."""
        ...

    def set_to(self, slot: Settable, name: str, number: float) -> str:
        """A value of an entity, or of several named by `several`, was set."""
        ...

    def several(self, domain: str, count: int) -> str:
        """The name of `count` entities of a domain."""
        ...

    def did_for(self, count: int, of: int) -> str:
        """A command worked for `count` of so many entities."""
        ...

    def cannot_set(self, slot: Settable, name: str) -> str:
        """The entity does not have this value."""
        ...

    def out_of_range(self, slot: Settable, low: float, high: float) -> str:
        """The number must be from `low` to `high`."""
        ...

    def which(self, found: Sequence[tuple[str, str]]) -> str:
        """Asks which of several entities is meant, each a name and its area, which may be empty."""
        ...

    def able(self, domain: str, name: str, *, settable: bool) -> str:
        """What can be done with an entity, said instead of what cannot; `settable`: it takes a number."""
        ...

    def not_understood(self, said: str) -> str:
        """The words, which may be empty, were taken for a command and not understood."""
        ...

    def unknown_floor(self, floor: str) -> str:
        """The entities of a floor are unknown."""
        ...

    def unknown_name(self, name: str) -> str:
        """There is no entity with this name."""
        ...

    def none_of_kind(self, domain: str, area: str) -> str:
        """There is no entity of this domain in `area` or, if `area` is empty, none that matches."""
        ...

    def none_configured(self, domain: str) -> str:
        """No entity of the domain is configured."""
        ...

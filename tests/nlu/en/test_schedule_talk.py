"""Talk about timers, alarms and reminders: names, days, texts of reminders, and what is not understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.events import SlotValue
from edge.nlu.en.alarm_days import is_day
from edge.nlu.en.alarm_time import normalise_alarm_time
from edge.nlu.en.free_text import is_plausible
from edge.nlu.en.normalise import normalise
from edge.nlu.en.reminders import split_reminder
from edge.nlu.en.timer_phrases import normalise_timer_phrases
from edge.nlu.en.unsupported_schedule import REPLIES, unsupported_schedule_command

NAMES = ("pasta", "soft boiled egg", "cup of tea", "2 eggs", "gym", "spin class")
NO_NAMES = (
    *("change the", "update the", "reset the", "change the pasta", "extend", "restart my", "snooze the"),
    *("5", "2 thirds", "5 sixths", "1:30", "fifth", "second", "first", "next", "last", "other", "the", "all"),
    *("tomorrow", "monday", "7 am", "2nd soft boiled egg", "weekly"),
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_a_name(name: str) -> None:
    assert is_plausible("name", name, frozenset())


@pytest.mark.parametrize("name", NO_NAMES)
def test_a_verb_a_number_an_ordinal_and_a_day_are_no_names(name: str) -> None:
    assert not is_plausible("name", name, frozenset())


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("on december 24th", "on 12-24"),
        ("on the twenty fourth of december", "on 12-24"),
        ("on december 24th 2027", "on 2027-12-24"),
        ("on the 3rd", "on day 3"),
        ("in three days", "on in 3 days"),
        ("in a week", "on in 7 days"),
        ("on new year's eve", "on 12-31"),
        ("on monday and wednesday", "on monday and wednesday"),
        ("on monday, wednesday and friday", "on monday and wednesday and friday"),
        ("every monday and friday", "on every monday and friday"),
        ("on mondays and fridays", "on every monday and friday"),
        ("every day except sunday", "on every day except sunday"),
        ("every day but not on sundays", "on every day except sunday"),
        ("every weekday except for wednesday", "on weekdays except wednesday"),
        ("every day except the weekend", "weekdays"),
        ("from tuesday to thursday", "on every tuesday and wednesday and thursday"),
        ("monday to friday", "weekdays"),
        ("tonight", "tonight"),
        ("tomorrow", "tomorrow"),
    ],
)
def test_a_day_has_one_spelling(said: str, day: str) -> None:
    assert normalise_alarm_time(normalise(f"set an alarm {said} at 7 am")) == f"set an alarm at 7:00 am {day}"
    assert is_day(day.removeprefix("on "))


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("in 10 minutes to check the oven", {"minutes": 10, "message": "check the oven"}),
        ("to check the oven in 10 minutes", {"minutes": 10, "message": "check the oven"}),
        ("at 6 pm to call mum", {"hour": 6, "minute": 0, "meridiem": "pm", "message": "call mum"}),
        ("to talk to bob about the car at 6", {"hour": 6, "minute": 0, "message": "talk to bob about the car"}),
        ("about the cake in 1 hour", {"hours": 1, "message": "about the cake"}),
        ("of the meeting at noon", {"hour": 12, "minute": 0, "meridiem": "pm", "message": "about the meeting"}),
        ("that we leave in 5 minutes", {"minutes": 5, "message": "that we leave"}),
        ("to take 2 pills for 10 days", {"message": "take 2 pills for 10 days"}),
        ("to buy milk", {"message": "buy milk"}),
        ("at 6 pm", {"hour": 6, "minute": 0, "meridiem": "pm"}),
        ("what the capital of france is", None),
        ("when the pasta is done", None),
    ],
)
def test_a_reminder_is_split_into_what_and_when(text: str, slots: dict[str, SlotValue] | None) -> None:
    assert split_reminder(text) == slots


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("set a timer for 5 to 10 minutes", "timer-range"),
        ("set a timer for 1:30", "timer-clock"),
        ("change the timer to 10", "timer-unit"),
        ("set a timer for tomorrow", "timer-moment"),
        ("who set the timer for 10 minutes", "timer-unclear"),
        ("what is the timer called", "timer-unclear"),
        ("set an alarm every other day", "alarm-repeat"),
        ("make my alarm louder", "alarm-unclear"),
        ("wake me before sunrise", "alarm-unclear"),
        ("what did i want to be reminded of", "reminder-unclear"),
    ],
)
def test_what_is_not_understood_is_answered_with_that(text: str, what: str) -> None:
    intent = unsupported_schedule_command(text)
    assert intent is not None
    assert intent.slots == {"what": what}
    assert what in REPLIES


@pytest.mark.parametrize(
    "text",
    [
        "who invented the alarm clock",
        "what is an egg timer",
        "why do people snooze",
        "how do i change the battery of a smoke alarm",
        "my smoke alarm is beeping",
        "how long should i set the timer for soft boiled eggs",
        "remind me who wrote dracula",
        "tell me a story about an alarm clock",
        "what is the capital of france",
        "is it bad to snooze",
    ],
)
def test_a_question_about_the_world_stays_a_question(text: str) -> None:
    assert unsupported_schedule_command(text) is None


_TALK = """
    set change my the alarm timer to at for from 7 8:30 am noon midnight december 24th 24 every other day except monday
    and sunday in 3 days tonight night half quarter past 10m 1h30m 5 10 minutes longer make remind me of that o'clock o
    clock on weekdays but not
"""
_WORDS = st.lists(st.sampled_from(_TALK.split()), max_size=14)


@given(_WORDS)
def test_any_words_are_read_without_an_error(words: list[str]) -> None:
    text = normalise(" ".join(words))
    assert isinstance(normalise_alarm_time(normalise_timer_phrases(text)), str)
    split_reminder(text)
    unsupported_schedule_command(text)

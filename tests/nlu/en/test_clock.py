from datetime import date, datetime

import pytest

from edge.nlu.en.clock import (
    duration_label,
    ordinal,
    spoken_ago,
    spoken_date,
    spoken_day,
    spoken_duration,
    spoken_list,
    spoken_rest,
    spoken_time,
)


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (0, 0, "midnight"),
        (0, 5, "12:05 AM"),
        (7, 0, "7 AM"),
        (11, 59, "11:59 AM"),
        (12, 0, "noon"),
        (12, 30, "12:30 PM"),
        (17, 20, "5:20 PM"),
        (23, 1, "11:01 PM"),
    ],
)
def test_a_time_is_said_as_people_say_it(hour: int, minute: int, said: str) -> None:
    assert spoken_time(datetime(2026, 3, 2, hour, minute)) == said  # noqa: DTZ001 - a time of day has no zone


def test_a_date_is_said_with_its_weekday() -> None:
    assert spoken_date(date(2026, 11, 23)) == "Monday, November 23rd"
    assert [ordinal(day) for day in (1, 2, 3, 4, 11, 12, 13, 21, 22, 31)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "31st",
    ]  # fmt: skip


def test_a_near_day_has_a_name_and_a_far_one_a_date() -> None:
    today = date(2026, 3, 2)
    assert [spoken_day(date(2026, 3, day), today) for day in (2, 3, 4, 8, 9)] == [
        "today", "tomorrow", "on Wednesday", "on Sunday", "on March 9th",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("seconds", "said", "label"),
    [
        (1, "1 second", "1 second"),
        (60, "1 minute", "1 minute"),
        (90, "1 minute and 30 seconds", "1 minute 30 second"),
        (600, "10 minutes", "10 minute"),
        (4500, "1 hour and 15 minutes", "1 hour 15 minute"),
        (7325, "2 hours, 2 minutes and 5 seconds", "2 hour 2 minute 5 second"),
        (0.2, "0 seconds", "0 second"),
    ],
)
def test_a_duration_is_said_in_words_or_before_a_noun(seconds: float, said: str, label: str) -> None:
    assert spoken_duration(seconds) == said
    assert duration_label(seconds) == label


def test_what_is_left_is_only_precise_towards_the_end() -> None:
    assert spoken_rest(0.1) == "1 second"
    assert spoken_rest(59.6) == "1 minute"
    assert spoken_rest(599) == "9 minutes and 59 seconds"
    assert spoken_rest(1000) == "17 minutes"


def test_lists_and_the_past() -> None:
    assert spoken_list([]) == ""
    assert spoken_list(["a"]) == "a"
    assert spoken_list(["a", "b", "c"]) == "a, b and c"
    assert [spoken_ago(seconds) for seconds in (61, 600, 4000, 3 * 3600, 30 * 3600, 60 * 3600)] == [
        "1 minute ago", "10 minutes ago", "67 minutes ago", "3 hours ago", "more than a day ago", "2 days ago",
    ]  # fmt: skip

"""Days, midnight, dates, changes and lists of alarms and reminders that users found broken elsewhere."""

from pathlib import Path

import pytest

from tests.reports.reported import typed

EVENING = "2026-11-27 18:30"
LATE = "2026-11-27 21:15"
THREE = ("set an alarm for 7 am", "set an alarm for 8 am", "set an alarm for 9 am")
AT_7, AT_8, AT_9 = "2026-11-28 07:00", "2026-11-28 08:00", "2026-11-28 09:00"


@pytest.mark.parametrize(
    ("text", "at", "due"),
    [
        ("set an alarm for 7", EVENING, "2026-11-27 19:00"),
        ("wake me at 7", EVENING, "2026-11-28 07:00"),
        ("set an alarm for 12:30 am", LATE, "2026-11-28 00:30"),
        ("set an alarm for quarter to seven", EVENING, "2026-11-27 18:45"),
        ("set an alarm for 0715", EVENING, "2026-11-28 07:15"),
        ("set an alarm for 07:15", EVENING, "2026-11-28 07:15"),
        ("set an alarm for twenty to eight in the evening", EVENING, "2026-11-27 19:40"),
        ("set an alarm for 7 am", EVENING, "2026-11-28 07:00"),
        ("set an alarm for 7 pm", EVENING, "2026-11-27 19:00"),
        ("set an alarm for 6 pm", EVENING, "2026-11-28 18:00"),
        ("set an alarm for 19:00", EVENING, "2026-11-27 19:00"),
        ("set an alarm for noon", EVENING, "2026-11-28 12:00"),
        ("i need to be up by six", EVENING, "2026-11-28 06:00"),
        ("wake me at 7 o'clock sharp", EVENING, "2026-11-28 07:00"),
        ("set an alarm for midnight tonight", LATE, "2026-11-28 00:00"),
        ("set an alarm for 12 am tonight", LATE, "2026-11-28 00:00"),
        ("set an alarm for 1 am tonight", LATE, "2026-11-28 01:00"),
        ("set an alarm tonight at 1 am", LATE, "2026-11-28 01:00"),
        ("set an alarm for half past midnight", LATE, "2026-11-28 00:30"),
        ("wake me at midnight", LATE, "2026-11-28 00:00"),
        ("set an alarm for midnight tomorrow", LATE, "2026-11-29 00:00"),
        ("set an alarm for 11 tonight", LATE, "2026-11-27 23:00"),
        ("set an alarm for 3 am tomorrow night", LATE, "2026-11-29 03:00"),
        ("set an alarm for 1 am", "2026-11-28 00:30", "2026-11-28 01:00"),
    ],
)
def test_an_alarm_is_for_the_next_such_time_and_tonight_lasts_until_dawn(
    text: str, at: str, due: str, tmp_path: Path
) -> None:
    """Reported in MycroftAI/skill-alarm#75 and #69, pebble-dev/bobby-assistant#8, DicioTeam/dicio-android#248."""
    assert typed(tmp_path, text, at=at).due == (due,)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("set an alarm for december 24th at 8", ("2026-12-24 08:00",)),
        ("set an alarm for the 24th at 8", ("2026-12-24 08:00",)),
        ("set an alarm for monday and wednesday at 7", ("2026-11-30 07:00", "2026-12-02 07:00")),
        (
            "set an alarm for monday and wednesday at 7 and friday at 8",
            ("2026-11-30 07:00", "2026-12-02 07:00", "2026-12-04 08:00"),
        ),
        ("set an alarm for 7 am and 8 am", (AT_7, AT_8)),
        ("set an alarm for 7 and 8 am", (AT_7, AT_8)),
        ("set an alarm for 7 am, 8 am and 9 am", (AT_7, AT_8, AT_9)),
        ("set alarms for 7, 8 and 9 tomorrow", (AT_7, AT_8, AT_9)),
        ("set alarms for 7, 8 and 9 tomorrow morning", (AT_7, AT_8, AT_9)),
        ("wake me at 7, 8 and 9", (AT_7, AT_8, AT_9)),
        ("wake me tomorrow at 7, 8 and 9", (AT_7, AT_8, AT_9)),
        ("wake me tomorrow at 7 and on sunday at 9", (AT_7, "2026-11-29 09:00")),
        ("set an alarm at 7 on monday and at 8 on tuesday", ("2026-11-30 07:00", "2026-12-01 08:00")),
        (
            "set alarms for 7, 7:30 and 8 on weekdays",
            ("2026-11-30 07:00 01234", "2026-11-30 07:30 01234", "2026-11-30 08:00 01234"),
        ),
        ("wake me at 6 on monday and 7 on tuesday", ("2026-11-30 06:00", "2026-12-01 07:00")),
        ("wake me at 6 and 7 on monday", ("2026-11-30 06:00", "2026-11-30 07:00")),
        (
            "wake me on monday and tuesday at 6 and 7",
            ("2026-11-30 06:00", "2026-11-30 07:00", "2026-12-01 06:00", "2026-12-01 07:00"),
        ),
        ("set an alarm for 7 am every monday, wednesday and friday", ("2026-11-30 07:00 024",)),
        ("set a timer for 10 minutes and an alarm for 7 am", ("600", "2026-11-28 07:00")),
        ("set an alarm for 7 am and a timer for 10 minutes", ("600", "2026-11-28 07:00")),
        ("wake me every day except weekends and friday at 7", ("2026-11-30 07:00 0123",)),
        ("wake me every day except monday to wednesday at 7", ("2026-11-28 07:00 3456",)),
        ("wake me every weekday except monday and friday at 7", ("2026-12-01 07:00 123",)),
        ("wake me every day but sunday at 7", ("2026-11-28 07:00 012345",)),
        ("alarm at 7 monday to thursday", ("2026-11-30 07:00 0123",)),
    ],
)
def test_dates_and_several_days_and_times_are_all_set(text: str, due: tuple[str, ...], tmp_path: Path) -> None:
    """Reported in MycroftAI/mycroft-skills#486."""
    assert typed(tmp_path, text).due == due


@pytest.mark.parametrize(
    "text",
    [
        "set an alarm every other monday at 7",
        "wake me every second monday at 7",
        "set an alarm for 7 every two weeks",
        "wake me fortnightly on mondays at 7",
        "set a biweekly alarm for monday at 7",
        "wake me once a week at 7",
        "wake me on alternate mondays at 7",
        "wake me on the first of every month at eight",
        "wake me at seven every third day",
        "wake me every monday until christmas at 7",
        "wake me every monday in december at 7",
        "wake me every monday from next week at 7",
        "wake me at 7 for the next three days",
        "wake me every day except this sunday at 7",
        "wake me every weekday except the 24th at 7",
        "wake me at 7 except on fridays",
        "set an alarm every weekday at 7 except when it's a holiday",
        "remind me every other week to water the plants at 9",
        "remind me every hour to stretch",
        "remind me twice a day to drink water",
        "remind me every year on june 3rd at 9 to call mum",
        "remind me on the last day of the month at 9 to pay rent",
        "remind me every second tuesday at 9 to take the bins out",
        "set a yearly reminder for june 3rd at 9 to call mum",
        "remind me when i get home to close the windows",
        "set an alarm for february 30th at 7",
        "set an alarm for 25:00",
        "set an alarm for 7:75",
        "set an alarm for 7 to 8",
        "wake me at 7 or 8",
        "wake me at sunrise",
        "wake me 30 minutes before sunrise",
        "set a repeating timer for 10 minutes",
        "set a timer for 10 minutes every hour",
    ],
)
def test_a_rule_that_no_alarm_has_is_refused_as_a_whole(text: str, tmp_path: Path) -> None:
    said = typed(tmp_path, text)
    assert said.turn.answerer == "home"
    assert said.reply
    assert said.due == ()


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("change my 7 am alarm to 7:30", ("2026-11-28 07:30", AT_8, AT_9)),
        ("change my 7 am alarm to 6 and my 8 am alarm to 10", ("2026-11-28 06:00", AT_9, "2026-11-28 10:00")),
        ("change my 7 am alarm to 7:30 and 8:30", (AT_7, AT_8, AT_9)),
        ("change my 7 am and 8 am alarm to 10", (AT_7, AT_8, AT_9)),
        ("change all my alarms to ten", (AT_7, AT_8, AT_9)),
        ("cancel my 7 am and 8 am alarm", (AT_9,)),
        ("cancel my 7 am and 8 am alarms", (AT_9,)),
        ("cancel my 7 and 8 am alarms", (AT_9,)),
        ("delete my 7 am and my 9 am alarm", (AT_8,)),
        ("cancel my 7 am alarm and my 9 am alarm", (AT_8,)),
        ("cancel the 7 am, 8 am and 9 am alarms", ()),
        ("cancel my 7 am and 5 am alarm", (AT_7, AT_8, AT_9)),
        ("cancel my 7 o clock alarm", (AT_8, AT_9)),
        ("cancel the next alarm", (AT_8, AT_9)),
        ("cancel the first alarm", (AT_8, AT_9)),
        ("cancel my last alarm", (AT_7, AT_8)),
        ("cancel all alarms except the 7 am one", (AT_7, AT_8, AT_9)),
        ("cancel the first two alarms", (AT_7, AT_8, AT_9)),
        ("my 10 am alarm", (AT_7, AT_8, AT_9)),
        ("don't cancel my alarms", (AT_7, AT_8, AT_9)),
    ],
)
def test_the_alarms_that_were_named_change_and_no_others(text: str, due: tuple[str, ...], tmp_path: Path) -> None:
    """Reported in MycroftAI/mycroft-skills#486."""
    said = typed(tmp_path, *THREE, text)
    assert said.turn.answerer == "home"
    assert said.due == due


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("change my weekday alarm to 7", ("2026-11-30 07:00 01234",)),
        ("change my monday alarm to 7", ("2026-11-30 06:30 01234",)),
        ("move my monday alarm to tuesday", ("2026-11-30 06:30 01234",)),
        ("cancel monday's alarm", ("2026-12-01 06:30 01234",)),
        ("skip the next alarm", ("2026-12-01 06:30 01234",)),
        ("no alarm on monday", ("2026-12-01 06:30 01234",)),
        ("turn off my weekday alarm", ()),
    ],
)
def test_a_repeating_alarm_keeps_the_days_that_were_not_named(text: str, due: tuple[str, ...], tmp_path: Path) -> None:
    said = typed(tmp_path, "wake me every weekday at 6:30", text)
    assert said.turn.answerer == "home"
    assert said.due == due


@pytest.mark.parametrize(
    ("question", "answer", "due"),
    [
        ("cancel all alarms", "yes", ()),
        ("delete all my alarms", "yes please", ()),
        ("cancel the alarms", "yes, cancel all of them", ()),
        ("clear my alarms", "go ahead", ()),
        ("turn off all alarms", "all of them", ()),
        ("cancel all alarms", "no", (AT_7, AT_8, AT_9)),
        ("cancel all alarms", "no, keep them", (AT_7, AT_8, AT_9)),
        ("cancel all alarms", "wait, no", (AT_7, AT_8, AT_9)),
        ("cancel all alarms", "never mind", (AT_7, AT_8, AT_9)),
        ("cancel all alarms", "maybe", (AT_7, AT_8, AT_9)),
        ("cancel all alarms", "yes but not the first one", (AT_7, AT_8, AT_9)),
        ("cancel all alarms", "what time is it", (AT_7, AT_8, AT_9)),
        ("cancel all alarms", "only the first one", (AT_8, AT_9)),
        ("cancel all alarms", "no, just the 8 am one", (AT_7, AT_9)),
        ("cancel all alarms", "delete the last one", (AT_7, AT_8)),
    ],
)
def test_many_alarms_are_cancelled_only_after_a_clear_yes(
    question: str, answer: str, due: tuple[str, ...], tmp_path: Path
) -> None:
    asked = "You have 3 alarms: 7 AM tomorrow, 8 AM tomorrow and 9 AM tomorrow. Cancel all of them?"
    assert typed(tmp_path, *THREE, question).reply == asked
    assert typed(tmp_path / "answered", *THREE, question, answer).due == due


@pytest.mark.parametrize(
    ("answer", "due"),
    [
        ("yes", ()),
        ("both", ()),
        ("no", ("2026-11-27 18:00: call mum", "2026-11-27 19:00: feed the cat")),
        ("only the one about the cat", ("2026-11-27 18:00: call mum",)),
        ("the first one", ("2026-11-27 19:00: feed the cat",)),
    ],
)
def test_many_reminders_are_cancelled_only_after_a_clear_yes(answer: str, due: tuple[str, ...], tmp_path: Path) -> None:
    two = ("remind me to call mum at 6 pm", "remind me to feed the cat at 7 pm")
    asked = "You have 2 reminders: at 6 PM today to call mum and at 7 PM today to feed the cat. Cancel both?"
    assert typed(tmp_path, *two, "delete all reminders").reply == asked
    assert typed(tmp_path / "answered", *two, "delete all reminders", answer).due == due


def test_a_yes_after_another_question_cancels_nothing(tmp_path: Path) -> None:
    assert typed(tmp_path, *THREE, "cancel all alarms", "what time is it", "yes").due == (AT_7, AT_8, AT_9)
    assert typed(tmp_path / "one", THREE[0], "cancel all alarms").due == ()


def test_a_list_of_alarms_says_how_many_it_leaves_out(tmp_path: Path) -> None:
    nine = [f"set an alarm for {hour}:15 am" for hour in range(1, 10)]
    said = typed(tmp_path, *nine, "what alarms do i have")
    assert said.reply.startswith("You have 9 alarms: 1:15 AM tomorrow,")
    assert said.reply.endswith("6:15 AM tomorrow and 3 more.")
    assert typed(
        tmp_path / "timers", *[f"set a timer for {n} minutes" for n in range(2, 11)], "list my timers"
    ).reply.endswith("and 3 more.")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("remind me in ten minutes to check the oven", ("600: check the oven",)),
        ("in a quarter of an hour remind me to take out the bread", ("900: take out the bread",)),
        ("tomorrow at 9 remind me to buy milk", ("2026-11-28 09:00: buy milk",)),
        ("don't let me forget the cake in 20 minutes", ("1200: about the cake",)),
        ("don't let me forget to call mum at 6 pm", ("2026-11-27 18:00: call mum",)),
        (
            "remind me to feed the cat at six and to take my pills at nine",
            ("2026-11-27 18:00: feed the cat", "2026-11-27 21:00: take my pills"),
        ),
        (
            "remind me at six to feed the cat and at nine to take my pills",
            ("2026-11-27 18:00: feed the cat", "2026-11-27 21:00: take my pills"),
        ),
        ("remind me at 8 pm to eat and wake me at 7", ("2026-11-27 20:00: eat", "2026-11-28 07:00")),
        (
            "remind me to take my pills at 8 am and 8 pm",
            ("2026-11-27 20:00: take my pills", "2026-11-28 08:00: take my pills"),
        ),
        (
            "remind me every day at 8 am and 8 pm to take my pills",
            ("2026-11-27 20:00 0123456: take my pills", "2026-11-28 08:00 0123456: take my pills"),
        ),
        ("remind me to call mum on sunday at 5", ("2026-11-29 17:00: call mum",)),
        ("remind me on sunday at 8 to call mum", ("2026-11-29 08:00: call mum",)),
        ("remind me to buy milk and eggs at six", ("2026-11-27 18:00: buy milk and eggs",)),
        ("remind me at six to call mum and dad", ("2026-11-27 18:00: call mum and dad",)),
        ("remind me to write the weekly report at 5 pm", ("2026-11-27 17:00: write the weekly report",)),
        (
            "remind me to turn off the oven and open the window in 5 minutes",
            ("300: turn off the oven and open the window",),
        ),
    ],
)
def test_a_reminder_says_its_own_text_at_its_own_time(text: str, due: tuple[str, ...], tmp_path: Path) -> None:
    assert typed(tmp_path, text).due == due

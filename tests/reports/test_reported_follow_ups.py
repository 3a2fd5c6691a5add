"""What is said next, about the timer, the alarm, the reminder or the volume of the last command."""

from pathlib import Path

import pytest

from tests.reports.reported import typed

PASTA = "set a pasta timer for 10 minutes"
TEN = "set a timer for ten minutes"
SEVEN = "set an alarm for 7 am"
MUM = "remind me to call mum at 6 pm"


@pytest.mark.parametrize(
    ("before", "text", "due"),
    [
        (PASTA, "pause it", ("pasta 600",)),
        (PASTA, "restart it", ("pasta 600",)),
        (PASTA, "shorten it by two minutes", ("pasta 480",)),
        (PASTA, "extend it by two minutes", ("pasta 720",)),
        (PASTA, "no, twelve", ("pasta 720",)),
        (PASTA, "make it a quarter of an hour", ("pasta 900",)),
        (PASTA, "one more minute", ("pasta 660",)),
        (PASTA, "cancel it", ()),
        (PASTA, "how long", ("pasta 600",)),
        (PASTA, "is it done yet", ("pasta 600",)),
        (PASTA, "and one for the sauce, five minutes", ("sauce 300", "pasta 600")),
        (TEN, "no, make it eight", ("480",)),
        (TEN, "and one for twenty minutes", ("600", "1200")),
        (SEVEN, "no, eight", ("2026-11-28 08:00",)),
        (SEVEN, "make it half past seven", ("2026-11-28 07:30",)),
        (SEVEN, "no, 7 pm", ("2026-11-28 19:00",)),
        (SEVEN, "no i meant tuesday", ("2026-12-01 07:00",)),
        (SEVEN, "actually make it half an hour later", ("2026-11-28 07:30",)),
        (SEVEN, "push it back ten minutes", ("2026-11-28 07:10",)),
        (SEVEN, "change it to sunday", ("2026-11-29 07:00",)),
        (SEVEN, "and one at 8", ("2026-11-28 07:00", "2026-11-28 08:00")),
        (SEVEN, "also at 8", ("2026-11-28 07:00", "2026-11-28 08:00")),
        (SEVEN, "undo that", ()),
        (MUM, "no, at 7", ("2026-11-27 19:00: call mum",)),
        (MUM, "make it 8", ("2026-11-27 20:00: call mum",)),
        (MUM, "change it to tomorrow", ("2026-11-28 18:00: call mum",)),
        (MUM, "change the reminder to 8 pm", ("2026-11-27 20:00: call mum",)),
        (MUM, "change the reminder to tomorrow", ("2026-11-28 18:00: call mum",)),
        (MUM, "move my reminder to 9 am tomorrow", ("2026-11-28 09:00: call mum",)),
        (MUM, "change my reminder to in ten minutes", ("600: call mum",)),
        (MUM, "change the reminder to 9 am today", ("2026-11-27 18:00: call mum",)),
        (MUM, "cancel that", ()),
    ],
)
def test_a_short_word_is_for_what_was_set_last(before: str, text: str, due: tuple[str, ...], tmp_path: Path) -> None:
    said = typed(tmp_path, before, text)
    assert said.turn.answerer == "home"
    assert said.due == due
    assert said.published == []


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("change the mum reminder to 7", ("2026-11-27 19:00: call mum",)),
        ("move the reminder to call mum to 7", ("2026-11-27 19:00: call mum",)),
        ("move the reminder about mum to tomorrow", ("2026-11-28 18:00: call mum",)),
        ("change the reminder to call mum to in ten minutes", ("600: call mum",)),
        ("postpone the mum reminder to 8", ("2026-11-27 20:00: call mum",)),
        ("move the first reminder to 9 pm", ("2026-11-27 21:00: call mum",)),
        ("delete the first reminder", ()),
        ("cancel the reminder for mum", ()),
        ("change my reminder to 8", None),
        ("change the dad reminder to 8", None),
        ("change the mum reminder to 9 am today", None),
        ("change the mum reminder to every other monday", None),
        ("don't remind me to call mum", None),
        ("cancel the dad reminder", None),
    ],
)
def test_of_two_reminders_the_one_that_was_named_is_changed_or_none(
    text: str, due: tuple[str, ...] | None, tmp_path: Path
) -> None:
    pills = "2026-11-28 08:00 0123456: take my pills"
    said = typed(tmp_path, MUM, "remind me every day at 8 am to take my pills", text)
    assert said.turn.answerer == "home"
    assert sorted(said.due) == sorted((*(("2026-11-27 18:00: call mum",) if due is None else due), pills))


@pytest.mark.parametrize(
    ("before", "text", "volume"),
    [
        ("louder", "more", 80),
        ("louder", "a bit more", 80),
        ("louder", "less", 60),
        ("quieter", "more", 40),
        ("quieter", "a bit less", 60),
        ("louder", "make it 30", 30),
        ("volume 30 percent", "no, forty", 40),
        ("turn it down by twenty percent", "more", 20),
        ("mute", "unmute yourself", 60),
    ],
)
def test_a_short_word_is_for_the_volume_that_was_set_last(before: str, text: str, volume: int, tmp_path: Path) -> None:
    said = typed(tmp_path, before, text)
    assert said.volume == volume
    assert said.published == []


@pytest.mark.parametrize("before", [PASTA, SEVEN, MUM, "louder", "what time is it"])
@pytest.mark.parametrize("text", ["make it 8", "make it 30", "set it to 25", "turn it to 19"])
def test_a_number_without_degrees_is_never_for_the_heating(before: str, text: str, tmp_path: Path) -> None:
    assert typed(tmp_path, before, text).published == []


@pytest.mark.parametrize(
    ("question", "text", "due"),
    [
        ("what timers do i have", "delete the second one", ("pasta 600",)),
        ("what timers do i have", "cancel the first one", ("rice 900",)),
        ("what timers do i have", "cancel number two", ("pasta 600",)),
        ("what timers do i have", "get rid of both", ()),
        ("list my timers", "delete the last one", ("pasta 600",)),
        ("list my timers", "delete the fifth one", ("pasta 600", "rice 900")),
    ],
)
def test_one_of_a_list_is_cancelled_by_its_place(
    question: str, text: str, due: tuple[str, ...], tmp_path: Path
) -> None:
    assert typed(tmp_path, PASTA, "set a rice timer for 15 minutes", question, text).due == due


def test_one_of_the_alarms_and_of_the_reminders_is_cancelled_by_its_place(tmp_path: Path) -> None:
    alarms = typed(tmp_path, SEVEN, "set an alarm for 8 am", "what alarms do i have", "delete the second one")
    assert alarms.due == ("2026-11-28 07:00",)
    cat = "remind me to feed the cat at 7 pm"
    reminders = typed(tmp_path / "b", MUM, cat, "what reminders do i have", "delete the first one")
    assert reminders.due == ("2026-11-27 19:00: feed the cat",)

"""Lengths, changes, names and choices of timers that users found broken elsewhere."""

from pathlib import Path

import pytest

from tests.reports.reported import typed

PASTA = "set a pasta timer for 10 minutes"
RICE = "set a rice timer for 15 minutes"
TEN = "set a timer for ten minutes"


@pytest.mark.parametrize(
    ("length", "seconds"),
    [
        ("one and a half hours", 5400),
        ("half an hour", 1800),
        ("an hour and a half", 5400),
        ("three quarters of an hour", 2700),
        ("2 and a half minutes", 150),
        ("eleven and three quarter minutes", 705),
        ("1.5 hours", 5400),
        ("two thirds of an hour", 2400),
        ("a third of an hour", 1200),
        ("a minute thirty", 90),
        ("an hour twenty", 4800),
        ("an hour and twenty", 4800),
        ("two hours thirty", 9000),
        ("10m", 600),
        ("1h 5m", 3900),
        ("1h30", None),
        ("a quarter of an hour", 900),
        ("one hour", 3600),
        ("90 seconds", 90),
        ("two hours and fifteen minutes", 8100),
        ("a half hour", 1800),
        ("half a minute", 30),
        ("one and three quarter hours", 6300),
        ("three and a half hours", 12600),
        ("one hour and a half", 5400),
        ("twenty five and a half minutes", 1530),
        ("a couple of hours", 7200),
        ("five to ten minutes", None),
        ("between five and ten minutes", None),
        ("five or ten minutes", None),
        ("1:30", None),
        ("a few minutes", None),
        ("a while", None),
        ("minus five minutes", None),
        ("zero minutes", None),
        ("two weeks", None),
        ("ten", None),
        ("five ten minutes", None),
    ],
)
def test_a_length_in_any_words_is_right_or_asked_about(length: str, seconds: int | None, tmp_path: Path) -> None:
    """Reported in OHF-Voice/intents#2249 and #2252, snipsco/snips-issues#125, LosCV29/polyvoice#109."""
    said = typed(tmp_path, f"set a timer for {length}")
    assert said.turn.answerer == "home"
    assert said.due == (() if seconds is None else (str(seconds),))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("set a timer for one hour", "3600"),
        ("90 seconds named eggs", None),
        ("set a timer for 90 seconds named eggs", "eggs 90"),
        ("set a two hour and fifteen minute timer", "8100"),
        ("set a 1 hour timer", "3600"),
        ("start a one hour timer called roast", "roast 3600"),
        ("one hour timer", "3600"),
        ("set a timer to 1 hour", "3600"),
        ("timer one hour", "3600"),
    ],
)
def test_one_hour_is_an_hour(text: str, due: str | None, tmp_path: Path) -> None:
    """Reported in kercre123/wire-pod#286 and #58."""
    assert typed(tmp_path, text).due == (() if due is None else (due,))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("set timers for 5, 10 and 15 minutes", ("300", "600", "900")),
        ("set a five and a ten minute timer", ("300", "600")),
        ("set a 5 minute, a 10 minute and a 15 minute timer", ("300", "600", "900")),
        ("set a pasta timer for 10 minutes and a sauce timer for 5 minutes", ("sauce 300", "pasta 600")),
        ("set a timer for one minute and another for two minutes", ("60", "120")),
        ("set a timer for 5 and a half minutes and one for ten minutes", ("330", "600")),
        ("set a tea timer, three minutes", ("tea 180",)),
        ("set me a timer for the eggs, seven minutes", ("eggs 420",)),
        ("set an alarm half an hour from now", ("1800",)),
        ("let me know when ten minutes are up", ("600",)),
        ("set two timers, one for five minutes and one for ten minutes", ("300", "600")),
        ("set three timers for five minutes", ()),
        ("start a stopwatch", ()),
    ],
)
def test_several_timers_and_lengths_behind_a_comma_are_set_as_they_were_said(
    text: str, due: tuple[str, ...], tmp_path: Path
) -> None:
    said = typed(tmp_path, text)
    assert said.turn.answerer == "home"
    assert said.due == due


@pytest.mark.parametrize(
    "text",
    [
        "cancel the ten minute timer",
        "delete the 10 minute timer",
        "stop my ten minute timer",
        "remove the timer for ten minutes",
        "get rid of the ten minute timer",
        "turn the 10 minute timer off",
        "clear the ten minute timer",
        "dismiss the ten minute timer",
    ],
)
def test_cancelling_a_timer_by_its_length_sets_none(text: str, tmp_path: Path) -> None:
    """Reported in home-assistant/core#117518, NickMonrad/kernel-ai-assistant#561 and #761."""
    said = typed(tmp_path, TEN, text)
    assert said.reply == "10 minute timer cancelled."
    assert said.due == ()


@pytest.mark.parametrize(
    ("before", "text", "due"),
    [
        (TEN, "change the timer to twenty minutes", "1200"),
        (TEN, "update the timer to twenty minutes", "1200"),
        (TEN, "reset the timer to twenty minutes", "1200"),
        (TEN, "set the timer to twenty minutes instead", "1200"),
        (TEN, "make the timer twenty minutes", "1200"),
        (TEN, "make it twenty minutes", "1200"),
        (TEN, "no, twenty minutes", "1200"),
        (TEN, "adjust the timer to 20 minutes", "1200"),
        (TEN, "extend the timer by ten minutes", "1200"),
        (TEN, "give the timer another ten minutes", "1200"),
        (PASTA, "change the pasta timer to twelve minutes", "pasta 720"),
        (PASTA, "set the pasta timer to twelve minutes", "pasta 720"),
        (PASTA, "change the pasta to twelve minutes", "pasta 720"),
        (PASTA, "the pasta needs two more minutes", "pasta 720"),
        (PASTA, "add two minutes to the pasta", "pasta 720"),
        (PASTA, "two more minutes for the pasta", "pasta 720"),
        (PASTA, "give the pasta another minute", "pasta 660"),
        (PASTA, "take a minute off the pasta", "pasta 540"),
        (PASTA, "make the pasta timer a minute shorter", "pasta 540"),
        (PASTA, "rename the pasta timer to noodles", "pasta 600"),
        (PASTA, "double the pasta timer", "pasta 600"),
    ],
)
def test_a_running_timer_is_changed_and_never_joined_by_another(
    before: str, text: str, due: str, tmp_path: Path
) -> None:
    """Reported in ArikShemesh/ha-simple-timer#17 and home-assistant/core#12013."""
    said = typed(tmp_path, before, text)
    assert said.turn.answerer == "home"
    assert said.due == (due,)


@pytest.mark.parametrize(
    ("texts", "due"),
    [
        (("cancel the first timer",), ("600",)),
        (("cancel the second ten minute timer",), ("600",)),
        (("cancel the last timer",), ("600",)),
        (("cancel the ten minute timer", "the second one"), ("600",)),
        (("cancel the ten minute timer", "none of them"), ("600", "600")),
        (("what timers do i have", "delete the second one"), ("600",)),
        (("what timers do i have", "cancel them"), ()),
        (("cancel both timers",), ()),
        (("cancel the third timer",), ("600", "600")),
    ],
)
def test_two_timers_of_one_length_are_told_apart(texts: tuple[str, ...], due: tuple[str, ...], tmp_path: Path) -> None:
    """Reported in OHF-Voice/intents#2532."""
    assert typed(tmp_path, TEN, TEN, *texts).due == due


@pytest.mark.parametrize(
    ("text", "reply", "due"),
    [
        ("cancel the pasta", "Pasta timer cancelled.", ("rice 900",)),
        ("cancel pasta", "Pasta timer cancelled.", ("rice 900",)),
        ("stop the rice", "Rice timer cancelled.", ("pasta 600",)),
        ("what's left on the pasta", "10 minutes left on the pasta timer.", ("pasta 600", "rice 900")),
        ("how long left on the rice", "15 minutes left on the rice timer.", ("pasta 600", "rice 900")),
        ("how much longer for the pasta", "10 minutes left on the pasta timer.", ("pasta 600", "rice 900")),
        ("how long until the rice is done", "15 minutes left on the rice timer.", ("pasta 600", "rice 900")),
        ("is the pasta ready", "10 minutes left on the pasta timer.", ("pasta 600", "rice 900")),
        ("when will the rice be ready", "15 minutes left on the rice timer.", ("pasta 600", "rice 900")),
        ("pause the pasta", "Pasta timer paused with 10 minutes left.", ("rice 900", "pasta 600")),
        ("twelve minutes for the pizza", "Pizza timer set for 12 minutes.", ("pasta 600", "pizza 720", "rice 900")),
        ("cancel the pasta and the rice", "Pasta timer cancelled. Rice timer cancelled.", ()),
        ("cancel the pasta and rice timers", "Pasta timer cancelled. Rice timer cancelled.", ()),
        ("cancel the 10 minute and 15 minute timers", "Pasta timer cancelled. Rice timer cancelled.", ()),
        ("cancel the pizza", "I don't know anything called pizza.", ("pasta 600", "rice 900")),
        ("how long left on the bread", "I don't know anything called bread.", ("pasta 600", "rice 900")),
        ("cancel everything", "Cancel what? Say, for example, cancel all timers.", ("pasta 600", "rice 900")),
        ("delete both", "All timers cancelled.", ()),
    ],
)
def test_a_timer_needs_only_its_name(text: str, reply: str, due: tuple[str, ...], tmp_path: Path) -> None:
    said = typed(tmp_path, PASTA, RICE, text)
    assert said.reply == reply
    assert said.due == due


def test_a_name_without_the_word_timer_may_be_an_alarm_s_or_a_reminder_s(tmp_path: Path) -> None:
    gym, cat = "set a gym alarm for 6 am", "remind me to feed the cat at 7 pm"
    assert typed(tmp_path, gym, cat, "cancel the gym").due == ("2026-11-27 19:00: feed the cat",)
    assert typed(tmp_path / "b", gym, cat, "cancel the cat").due == ("gym 2026-11-28 06:00",)

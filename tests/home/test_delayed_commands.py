"""Commands for later: kept, listed, cancelled, carried out at their moment, and never risky on their own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from edge.events import Intent
from edge.home.planning.risk import Risks, Tier
from edge.nlu.delayed import MAX_CHARS, packed, unpacked
from edge.runtime import virtual_time
from edge.runtime.virtual_time import VirtualClock
from tests.fakes.spoken_home import SpokenHome

FAN_OFF = "terrace/lounge_fan/set OFF"
KETTLE_OFF = "terrace/kettle/set OFF"


@asynccontextmanager
async def running(home: SpokenHome) -> AsyncIterator[None]:
    """The schedule of a home runs meanwhile."""
    task = asyncio.create_task(home.schedule.run(home.ring))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("Turn off the fan in ten minutes.", "In 10 minutes I'll turn off the fan."),
        ("in half an hour turn off the fan", "In 30 minutes I'll turn off the fan."),
        ("turn off the fan an hour and a half from now", "In 1 hour and 30 minutes I'll turn off the fan."),
        ("open the curtains at eight", "At 8 PM today I'll open the curtains."),
        ("at half past seven in the evening close my curtains", "At 7:30 PM today I'll close your curtains."),
        ("switch the heating on tomorrow at six", "At 6 AM tomorrow I'll switch the heating on."),
        ("every day at seven open the bedroom blinds", "At 7 AM every day I'll open the bedroom blinds."),
        ("set the bedroom radiator to nineteen at ten p m", "At 10 PM today I'll set the bedroom radiator to 19."),
        ("turn the lights off at midnight", "At midnight tonight I'll turn the lights off."),
        ("turn off the fan and the tv in an hour", "In 1 hour I'll turn off the fan and the tv."),
        ("in a minute turn off the fan and turn on the tv", "In 1 minute I'll turn off the fan and turn on the tv."),
        ("turn on the tv tomorrow", "At what time? Say, for example, open the blinds at eight."),
        ("when the pasta timer ends turn off the kettle", "No timer is running."),
        ("remind me in ten minutes to turn off the fan", "I'll remind you in 10 minutes to turn off the fan."),
        ("what's the humidity in the lounge at eight", "I don't know that about your home."),
        ("play jazz in ten minutes", "I can't play music yet."),
        ("don't turn off the fan", ""),
    ],
)  # fmt: skip
@virtual_time.instantly
async def test_what_is_said_to_a_command_for_later(said: str, reply: str) -> None:
    home = SpokenHome("terrace")
    assert await home.say(said) == ((), reply)


@pytest.mark.parametrize(
    "said",
    [
        "unlock the front door in ten minutes",
        "open the garage door at eight",
        "in an hour open the gate",
        "disarm the house alarm tomorrow at seven",
        "turn on the siren in five minutes",
        "turn off the fan and unlock the front door in an hour",
    ],
)
@virtual_time.instantly
async def test_a_risky_command_is_refused_when_it_is_asked_for(said: str) -> None:
    home = SpokenHome("terrace")
    assert await home.say(said) == ((), "I only do that while you are here to say yes. Ask me again then.")
    assert len(home.schedule.delayed) == 0
    assert (await home.say("yes"))[0] == ()


@virtual_time.instantly
async def test_it_is_done_at_its_moment_and_silently() -> None:
    home = SpokenHome("terrace")
    await home.say("turn off the fan in ten minutes")
    async with running(home):
        await home.clock.sleep(599)
        assert home.sent() == ()
        await home.clock.sleep(2)
    assert home.sent() == (FAN_OFF,)
    assert home.rung == []
    assert len(home.schedule.delayed) == 0


@virtual_time.instantly
async def test_one_for_a_while_is_done_now_and_taken_back() -> None:
    home = SpokenHome("terrace")
    sent, reply = await home.say("turn on the reading lamp for twenty minutes")
    assert sent == ('terrace/reading_lamp/set {"state": "ON"}',)
    assert reply == "Reading Lamp on. In 20 minutes I'll turn off the reading lamp."
    async with running(home):
        await home.clock.sleep(1201)
    assert home.sent()[1:] == ('terrace/reading_lamp/set {"state": "OFF"}',)


@virtual_time.instantly
async def test_one_that_repeats_is_done_each_day() -> None:
    home = SpokenHome("terrace")
    await home.say("every day at eleven turn off the kettle")
    async with running(home):
        await home.clock.sleep(2 * 24 * 3600 + 3700)
    assert home.sent() == (KETTLE_OFF,) * 3


@virtual_time.instantly
async def test_one_that_waits_for_a_timer_goes_where_the_timer_goes() -> None:
    home = SpokenHome("terrace")
    await home.say("set a pasta timer for ten minutes")
    assert (await home.say("when the pasta timer ends turn off the kettle"))[1] == (
        "When your pasta timer ends I'll turn off the kettle."
    )
    async with running(home):
        await home.say("add five minutes to the pasta timer")
        await home.clock.sleep(700)
        assert home.sent() == ()
        await home.clock.sleep(300)
    assert home.sent() == (KETTLE_OFF,)
    assert home.rung == ["Your pasta timer is done."]

    await home.say("set a tea timer for ten minutes")
    await home.say("turn off the fan when the tea timer is done")
    await home.say("cancel the tea timer")
    assert (await home.say("what is planned"))[1] == "Nothing is planned."


@virtual_time.instantly
async def test_they_are_listed_and_cancelled() -> None:
    home = SpokenHome("terrace")
    assert (await home.say("what's planned"))[1] == "Nothing is planned."
    await home.say("turn off the fan in ten minutes")
    await home.say("open the curtains at eight")
    assert (await home.say("what is planned"))[1] == (
        "In 10 minutes I'll turn off the fan and at 8 PM today I'll open the curtains."
    )
    assert (await home.say("cancel the delayed command"))[1].endswith("Which one shall I cancel?")
    assert (await home.say("the curtains"))[1] == "Okay, I won't open the curtains."
    assert (await home.say("don't turn off the fan"))[1] == "Okay, I won't turn off the fan."
    await home.say("turn off the tv in five minutes")
    assert (await home.say("cancel that"))[1] == "Okay, I won't turn off the tv."
    await home.say("turn off the tv in five minutes")
    await home.say("turn off the fan in five minutes")
    assert (await home.say("cancel all planned commands"))[1] == "All planned commands cancelled."
    assert len(home.schedule.delayed) == 0


@virtual_time.instantly
async def test_which_thing_is_meant_is_asked_at_once_and_done_later() -> None:
    home = SpokenHome("terrace")
    assert (await home.say("turn on the bedside lamp in five minutes"))[1].startswith("Which one")
    sent, reply = await home.say("the left one")
    assert sent == ()
    assert reply == "In 5 minutes I'll turn on the bedside lamp."
    async with running(home):
        await home.clock.sleep(301)
    assert home.sent() == ('terrace/left_bedside_lamp/set {"state": "ON"}',)


@virtual_time.instantly
async def test_what_failed_is_announced() -> None:
    home = SpokenHome("terrace")
    await home.say("turn off the fan in ten minutes")
    home.publisher.unreachable = {"terrace/lounge_fan/set"}
    async with running(home):
        await home.clock.sleep(700)
    assert home.sent() == ()
    assert home.rung == ["I was to turn off the fan, and it didn't work. I can't reach your home right now."]


@virtual_time.instantly
async def test_a_broker_that_is_away_for_a_moment_fails_nothing() -> None:
    home = SpokenHome("terrace")
    await home.say("turn off the fan in ten minutes")
    home.publisher.away = True
    async with running(home):
        await home.clock.sleep(605)
        home.publisher.away = False
        await home.clock.sleep(60)
    assert home.sent() == (FAN_OFF,)
    assert home.rung == []


@pytest.mark.parametrize(
    ("off_s", "sent", "rung"),
    [
        (300, (FAN_OFF,), []),
        (700, (FAN_OFF,), []),
        (1200, (), ["I was to turn off the fan 10 minutes ago, and was off then. I haven't done it."]),
    ],
)
@virtual_time.instantly
async def test_a_restart_keeps_it_and_one_that_was_missed_is_announced(
    tmp_path: Path, off_s: float, sent: tuple[str, ...], rung: list[str]
) -> None:
    before = SpokenHome("terrace", tmp_path)
    await before.say("turn off the fan in ten minutes")
    await before.say("set a pasta timer for two hours")
    await before.say("when the pasta timer ends turn off the kettle")
    await before.clock.sleep(off_s)
    after = SpokenHome("terrace", tmp_path, before.clock)
    async with running(after):
        await after.clock.sleep(601)
    assert (after.sent(), after.rung) == (sent, rung)
    assert (await after.say("what is planned"))[1] == "When your pasta timer ends I'll turn off the kettle."


@virtual_time.instantly
async def test_an_alarm_that_rings_holds_no_command_up() -> None:
    home = SpokenHome("terrace")
    await home.say("set a timer for one minute")
    await home.say("turn off the fan in two minutes")
    task = asyncio.create_task(home.schedule.run(lambda _: home.clock.sleep(600)))
    await home.clock.sleep(125)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert home.sent() == (FAN_OFF,)


@virtual_time.instantly
async def test_what_has_become_risky_is_not_done(monkeypatch: pytest.MonkeyPatch) -> None:
    home = SpokenHome("terrace")
    await home.say("turn off the fan in ten minutes")
    monkeypatch.setattr(Risks, "judged", lambda *_: (Tier.ASK, ""))
    async with running(home):
        await home.clock.sleep(601)
    assert home.sent() == ()
    assert len(home.rung) == 1
    assert home.rung[0].endswith("I only do that while you are here to say yes. Ask me again then.")


@virtual_time.instantly
async def test_a_moment_that_has_passed_is_refused() -> None:
    home = SpokenHome("terrace", clock=VirtualClock(datetime(2026, 11, 27, 10, 0, tzinfo=UTC)))
    assert (await home.say("turn off the fan today at eight a m"))[1] == "That time has already passed."


def test_a_command_is_the_same_after_it_was_packed() -> None:
    command = Intent("HassTurnOn", {"name": "A", "n": 2, "x": 1.5}, (Intent("HassTurnOff", {"area": "B"}),))
    assert unpacked(packed(command)) == command


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", "[1]", '[["a"]]', '[["a", []]]', '[["a", {"b": []}]]', "[[1, {}]]", "[" * 5000,
     packed(Intent("a", {"b": "c" * MAX_CHARS})), "[" + ",".join(['["a", {}]'] * 13) + "]"],
)  # fmt: skip
def test_a_text_that_is_no_command_is_none(text: str) -> None:
    assert unpacked(text) is None

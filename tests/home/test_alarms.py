"""Alarms follow the wall clock, whatever it does."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from edge.home import Ring
from edge.runtime import virtual_time
from edge.runtime.virtual_time import VirtualClock
from tests.fakes.resident import Resident, ZonedClock

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("slots", "reply"),
    [
        # It is Monday, eight in the morning.
        ({"hour": 9, "minute": 30}, "9:30 AM today"),
        ({"hour": 7, "minute": 30}, "7:30 PM today"),
        ({"hour": 7, "minute": 30, "wake": 1}, "7:30 AM tomorrow"),
        ({"hour": 7, "minute": 0, "meridiem": "am"}, "7 AM tomorrow"),
        ({"hour": 12, "minute": 0, "meridiem": "pm", "day": "tomorrow"}, "noon tomorrow"),
        ({"hour": 12, "minute": 0, "meridiem": "am"}, "midnight tomorrow"),
        ({"hour": 12, "minute": 15}, "12:15 PM today"),
        ({"hour": 19, "minute": 45}, "7:45 PM today"),
        ({"hour": 0, "minute": 10}, "12:10 AM tomorrow"),
        ({"hour": 8, "minute": 0, "day": "monday"}, "8 AM on March 9th"),
        ({"hour": 9, "minute": 0, "day": "monday"}, "9 AM today"),
        ({"hour": 3, "minute": 0, "day": "tomorrow"}, "3 PM tomorrow"),
        ({"hour": 7, "minute": 0, "day": "day after tomorrow"}, "7 AM on Wednesday"),
        ({"hour": 7, "minute": 0, "day": "weekdays"}, "7 AM on weekdays"),
        ({"hour": 10, "minute": 0, "day": "weekends"}, "10 AM on weekends"),
        ({"hour": 10, "minute": 0, "day": "every sunday"}, "10 AM every Sunday"),
        ({"hour": 6, "minute": 0, "meridiem": "pm", "day": "every day"}, "6 PM every day"),
    ],
)
def test_an_alarm_is_set_for_the_next_time_that_fits(slots: dict[str, int | str], reply: str, tmp_path: Path) -> None:
    async def scenario() -> None:
        resident = Resident(tmp_path)
        assert await resident.says("EdgeSetAlarm", **slots) == f"Alarm set for {reply}."

    virtual_time.run(scenario())


@virtual_time.instantly
async def test_an_alarm_rings_at_its_time_and_is_over(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    await resident.says("EdgeSetAlarm", hour=9, minute=30)
    await resident.clock.sleep(3 * 86_400)
    running.cancel()
    ((at, ring),) = resident.rung
    assert (at.hour, at.minute, at.second) == (9, 30, 0)
    assert ring == Ring("alarm", "", "This is your 9:30 AM alarm.")
    assert await resident.says("EdgeAlarmStatus") == "No alarm is set."


@virtual_time.instantly
async def test_a_repeating_alarm_comes_back_on_its_days(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    await resident.says("EdgeSetAlarm", hour=7, minute=0, meridiem="am", day="weekdays")
    await resident.clock.sleep(9 * 86_400)
    running.cancel()
    assert [at.day for at, _ in resident.rung] == [3, 4, 5, 6, 9, 10, 11]


@virtual_time.instantly
async def test_alarms_are_asked_for_and_cancelled(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    assert await resident.says("EdgeCancelAlarm") == "No alarm is set."
    await resident.says("EdgeSetAlarm", hour=9, minute=0)
    await resident.says("EdgeSetAlarm", hour=7, minute=0, day="tomorrow")
    both = "You have 2 alarms: 9 AM today and 7 AM tomorrow."
    assert await resident.says("EdgeAlarmStatus") == both
    assert await resident.says("EdgeCancelAlarm") == f"{both} Which one?"
    assert await resident.says("EdgeAlarmStatus", day="tomorrow") == "Your alarm is set for 7 AM tomorrow."
    assert await resident.says("EdgeAlarmStatus", day="friday") == "You don't have an alarm like that."
    assert await resident.says("EdgeCancelAlarm", hour=5, minute=0) == "You don't have an alarm like that."
    assert await resident.says("EdgeCancelAlarm", hour=9, minute=0) == "Alarm for 9 AM today cancelled."
    assert await resident.says("EdgeCancelAlarm", day="tomorrow") == "Alarm for 7 AM tomorrow cancelled."
    await resident.says("EdgeSetAlarm", hour=9, minute=0)
    assert await resident.says("EdgeCancelAllAlarms") == "All alarms cancelled."
    assert await resident.says("EdgeCancelAllAlarms") == "No alarm is set."


@virtual_time.instantly
async def test_an_alarm_needs_a_time_that_is_to_come(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    reply = await resident.says("EdgeSetAlarm")
    assert reply is not None
    assert reply.startswith("For what time?")
    assert await resident.says("EdgeSetAlarm", hour=7, minute=0, meridiem="am", day="today") == (
        "That time has already passed today."
    )
    for _ in range(50):
        await resident.says("EdgeSetAlarm", hour=9, minute=0)
    assert await resident.says("EdgeSetAlarm", hour=9, minute=0) == "I can't set any more alarms."


@virtual_time.instantly
async def test_turning_off_the_alarm_that_rings_needs_no_answer(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    await resident.says("EdgeSetAlarm", hour=8, minute=1)
    await resident.says("EdgeSetAlarm", hour=9, minute=0)
    await resident.clock.sleep(65)
    assert await resident.says("EdgeCancelAlarm") is None
    assert await resident.says("EdgeAlarmStatus") == "Your alarm is set for 9 AM today."
    running.cancel()


@virtual_time.instantly
async def test_an_alarm_follows_a_clock_that_is_set_forward(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    await resident.says("EdgeSetAlarm", hour=9, minute=0)
    await resident.clock.sleep(5)
    resident.clock.step(3600)
    await resident.clock.sleep(15)
    running.cancel()
    assert resident.heard == ["This is your 9 AM alarm."]


@virtual_time.instantly
async def test_an_alarm_that_the_clock_jumped_over_is_said_not_rung(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    await resident.says("EdgeSetAlarm", hour=9, minute=0)
    resident.clock.step(4 * 3600)
    await resident.clock.sleep(15)
    running.cancel()
    assert [ring.missed for _, ring in resident.rung] == [True]


@virtual_time.instantly
async def test_an_alarm_follows_a_clock_that_is_set_back_and_rings_once(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    await resident.says("EdgeSetAlarm", hour=9, minute=0, day="every day")
    await resident.clock.sleep(1800)
    resident.clock.step(-3600)
    await resident.clock.sleep(3600)
    assert resident.rung == []
    await resident.clock.sleep(1801)
    assert len(resident.rung) == 1
    resident.clock.step(-3600)
    await resident.clock.sleep(7200)
    running.cancel()
    assert len(resident.rung) == 1


@virtual_time.instantly
async def test_a_clock_that_had_run_ahead_does_not_silence_a_daily_alarm(tmp_path: Path) -> None:
    clock = VirtualClock(datetime(2030, 1, 1, 8, 0, tzinfo=UTC))
    resident = Resident(tmp_path, clock=clock)
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    await resident.says("EdgeSetAlarm", hour=9, minute=0, day="every day")
    clock.step(-4 * 365 * 86_400)
    await clock.sleep(86_400)
    running.cancel()
    assert len(resident.rung) == 1


@virtual_time.instantly
async def test_an_alarm_in_the_hour_that_is_skipped_rings_when_it_is_over(tmp_path: Path) -> None:
    clock = ZonedClock(datetime(2026, 3, 28, 22, 0, tzinfo=BERLIN))  # in the night 2:00 becomes 3:00
    resident = Resident(tmp_path, clock=clock)
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    await resident.says("EdgeSetAlarm", hour=2, minute=30, meridiem="am", day="every day")
    await clock.sleep(2 * 86_400)
    running.cancel()
    (first, ring), (second, _) = resident.rung
    assert (first.day, first.hour, first.minute) == (29, 3, 0)
    assert ring == Ring("alarm", "", "This is your 2:30 AM alarm.")
    assert (second.day, second.hour, second.minute) == (30, 2, 30)


@virtual_time.instantly
async def test_an_alarm_in_the_hour_that_comes_twice_rings_once(tmp_path: Path) -> None:
    clock = ZonedClock(datetime(2026, 10, 24, 22, 0, tzinfo=BERLIN))  # in the night 3:00 becomes 2:00 again
    resident = Resident(tmp_path, clock=clock)
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    await resident.says("EdgeSetAlarm", hour=2, minute=30, meridiem="am", day="every day")
    await resident.says("EdgeSetAlarm", hour=7, minute=0, meridiem="am")
    await clock.sleep(12 * 3600)
    running.cancel()
    assert [(at.hour, at.minute, at.fold) for at, _ in resident.rung] == [(2, 30, 0), (7, 0, 0)]


@virtual_time.instantly
async def test_an_alarm_in_the_morning_after_the_change_is_at_its_local_time(tmp_path: Path) -> None:
    clock = ZonedClock(datetime(2026, 3, 28, 22, 0, tzinfo=BERLIN))
    resident = Resident(tmp_path, clock=clock)
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    await resident.says("EdgeSetAlarm", hour=7, minute=0, meridiem="am")
    await resident.says("HassStartTimer", hours=9)
    await clock.sleep(12 * 3600)
    running.cancel()
    assert [(at.hour, ring.kind) for at, ring in resident.rung] == [(7, "alarm"), (8, "timer")]

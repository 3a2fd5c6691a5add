"""Alarms follow the wall clock, whatever it does."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from edge.runtime import virtual_time
from edge.runtime.virtual_time import VirtualClock
from edge.schedule import Ring
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
        ({"hour": 12, "minute": 0, "meridiem": "am"}, "midnight tonight"),
        ({"hour": 24, "minute": 0}, "midnight tonight"),
        ({"hour": 24, "minute": 0, "day": "tomorrow"}, "midnight tomorrow"),
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
    assert await resident.says("EdgeCancelAllAlarms", confirmed=1) == "All alarms cancelled."
    assert await resident.says("EdgeCancelAllAlarms") == "No alarm is set."


@virtual_time.instantly
async def test_an_alarm_needs_a_time_that_is_to_come(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    reply = await resident.says("EdgeSetAlarm")
    assert reply is not None
    assert reply.startswith("For what time?")
    assert await resident.says("EdgeSetAlarm", hour=7, minute=0, meridiem="am", day="today") == (
        "That time has already passed."
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


BERLIN_EVENING = datetime(2026, 11, 27, 21, 15, tzinfo=BERLIN)
"""A Friday."""


@pytest.mark.parametrize(
    ("slots", "at"),
    [
        ({"hour": 24, "minute": 0, "day": "tonight"}, "2026-11-28 00:00"),
        ({"hour": 24, "minute": 0, "day": "friday"}, "2026-11-28 00:00"),
        ({"hour": 24, "minute": 0, "day": "saturday"}, "2026-11-29 00:00"),
        ({"hour": 24, "minute": 0, "day": "today"}, "2026-11-28 00:00"),
        ({"hour": 24, "minute": 0, "day": "12-31"}, "2027-01-01 00:00"),
        ({"hour": 12, "minute": 0, "meridiem": "am", "day": "tomorrow"}, "2026-11-28 00:00"),
        ({"hour": 12, "minute": 30, "meridiem": "am", "day": "tonight"}, "2026-11-28 00:30"),
        ({"hour": 4, "minute": 59, "day": "tonight"}, "2026-11-28 04:59"),
        ({"hour": 10, "minute": 0, "day": "tonight"}, "2026-11-27 22:00"),
        ({"hour": 2, "minute": 0, "meridiem": "am", "day": "tomorrow night"}, "2026-11-29 02:00"),
        ({"hour": 11, "minute": 0, "meridiem": "pm", "day": "tomorrow night"}, "2026-11-28 23:00"),
        ({"hour": 8, "minute": 0, "day": "12-24"}, "2026-12-24 08:00"),
        ({"hour": 8, "minute": 0, "day": "11-27"}, "2027-11-27 08:00"),
        ({"hour": 8, "minute": 0, "day": "02-29"}, "2028-02-29 08:00"),
        ({"hour": 8, "minute": 0, "day": "2027-03-03"}, "2027-03-03 08:00"),
        ({"hour": 8, "minute": 0, "day": "day 3"}, "2026-12-03 08:00"),
        ({"hour": 8, "minute": 0, "day": "day 31"}, "2026-12-31 08:00"),
        ({"hour": 8, "minute": 0, "day": "in 10 days"}, "2026-12-07 08:00"),
    ],
)
def test_tonight_midnight_and_dates_are_the_coming_ones(slots: dict[str, int | str], at: str, tmp_path: Path) -> None:
    async def scenario() -> None:
        resident = Resident(tmp_path, clock=ZonedClock(BERLIN_EVENING))
        await resident.says("EdgeSetAlarm", **slots)
        assert [f"{alarm.at:%Y-%m-%d %H:%M}" for alarm in resident.schedule.alarms.all()] == [at]

    virtual_time.run(scenario())


@pytest.mark.parametrize(
    ("slots", "reply", "at"),
    [
        ({}, "Snoozed for 9 minutes.", "2026-03-02 09:09"),
        ({"minutes": 5}, "Snoozed for 5 minutes.", "2026-03-02 09:05"),
        ({"hour": 9, "minute": 30}, "Snoozed until 9:30 AM today.", "2026-03-02 09:30"),
        ({"hour": 9, "minute": 30, "meridiem": "pm"}, "Snoozed until 9:30 PM today.", "2026-03-02 21:30"),
        ({"hour": 9, "minute": 0}, "Snoozed until 9 PM today.", "2026-03-02 21:00"),
        ({"hour": 8, "minute": 0, "day": "tomorrow"}, "Snoozed until 8 AM tomorrow.", "2026-03-03 08:00"),
        ({"hour": 8, "minute": 0, "day": "today"}, "Snoozed until 8 PM today.", "2026-03-02 20:00"),
        ({"hour": 8, "minute": 0, "meridiem": "am", "day": "today"}, "That time has already passed.", None),
        ({"hour": 8, "minute": 0, "also_hour": 9}, "I can move an alarm to one time only.", None),
    ],
)
def test_what_rings_is_snoozed_for_some_minutes_or_until_a_time(
    slots: dict[str, int | str], reply: str, at: str | None, tmp_path: Path
) -> None:
    async def scenario() -> None:
        resident = Resident(tmp_path)
        await resident.says("EdgeSetAlarm", hour=9, minute=0, name="gym")
        said: list[str | None] = []

        async def ring(_: Ring) -> None:
            said.append(await resident.says("EdgeSnooze", **slots))

        running = asyncio.create_task(resident.schedule.run(ring))
        await resident.clock.sleep(3601)
        assert said == [reply]
        assert [f"{it.name} {it.at:%Y-%m-%d %H:%M}" for it in resident.schedule.alarms.all()] == (
            [f"gym {at}"] if at else []
        )
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    virtual_time.run(scenario())


@pytest.mark.parametrize(
    ("day", "reply"),
    [
        ("2025-01-01", "That time has already passed."),
        ("02-30", "There is no such day."),
        ("day 32", "There is no such day."),
        ("13-01", "There is no such day."),
        ("weekdays except monday and tuesday and wednesday and thursday and friday", "There is no such day."),
    ],
)
def test_a_date_that_is_over_or_does_not_exist_sets_nothing(day: str, reply: str, tmp_path: Path) -> None:
    async def scenario() -> None:
        resident = Resident(tmp_path)
        assert await resident.says("EdgeSetAlarm", hour=8, minute=0, day=day) == reply
        assert resident.schedule.alarms.all() == []

    virtual_time.run(scenario())


@virtual_time.instantly
async def test_a_skipped_day_is_left_out_once_and_the_rule_outlives_a_restart(tmp_path: Path) -> None:
    before = Resident(tmp_path)
    await before.says("EdgeSetAlarm", hour=9, minute=0, day="every day except wednesday")
    assert await before.says("EdgeCancelAlarm", day="tomorrow") == (
        "No alarm at 9 AM tomorrow. The alarm for 9 AM every day except Wednesday stays."
    )
    after = Resident(tmp_path, clock=before.clock)
    running = asyncio.create_task(after.schedule.run(after.listen))
    await after.clock.sleep(9 * 86_400)
    running.cancel()
    assert [at.day for at, _ in after.rung] == [2, 5, 6, 7, 8, 9, 10]


@virtual_time.instantly
async def test_a_skipped_day_can_be_the_next_one_several_times(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    await resident.says("EdgeSetAlarm", hour=9, minute=0, day="every day")
    await resident.says("EdgeCancelAlarm", which="next")
    await resident.says("EdgeCancelAlarm", which="next")
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    await resident.clock.sleep(3 * 86_400)
    running.cancel()
    assert [at.day for at, _ in resident.rung] == [4]


@virtual_time.instantly
async def test_an_alarm_is_changed_in_time_day_or_both_and_keeps_its_name(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    await resident.says("EdgeSetAlarm", hour=7, minute=0, meridiem="pm", name="gym")
    assert await resident.says("EdgeChangeAlarm", name="gym", hour=8, minute=0) == "Gym alarm changed to 8 PM today."
    assert await resident.says("EdgeChangeAlarm", day="friday") == "Gym alarm changed to 8 PM on Friday."
    assert await resident.says("EdgeChangeAlarm", hour=9, minute=0, meridiem="am", day="weekdays") == (
        "Gym alarm changed to 9 AM on weekdays."
    )
    assert await resident.says("EdgeChangeAlarm", minutes=30, direction="earlier") == (
        "Gym alarm changed to 8:30 AM on weekdays."
    )
    assert await resident.says("EdgeChangeAlarm", hour=1, minute=0, meridiem="am", day="today") == (
        "That time has already passed."
    )
    assert await resident.says("EdgeAlarmStatus") == "Your gym alarm is set for 8:30 AM on weekdays."


@virtual_time.instantly
async def test_what_rang_rings_again_after_a_snooze(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    await resident.says("EdgeSetAlarm", hour=8, minute=1, name="gym")
    await resident.says("HassStartTimer", minutes=30, name="pasta")
    await resident.clock.sleep(90)
    assert await resident.says("EdgeSnooze") == "Snoozed for 9 minutes."
    await resident.clock.sleep(9 * 60 + 1)
    assert resident.heard == ["This is your gym alarm."] * 2
    await resident.clock.sleep(180)
    assert await resident.says("EdgeSnooze") == "Nothing is ringing that I could snooze."
    await resident.clock.sleep(17 * 60 + 30)
    assert await resident.says("EdgeSnooze", minutes=5) == "Snoozed for 5 minutes."
    await resident.clock.sleep(301)
    running.cancel()
    assert resident.heard[2:] == ["Your pasta timer is done."] * 2


@virtual_time.instantly
async def test_a_list_says_how_many_and_names_at_most_six(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    for hour in range(9, 18):
        await resident.says("EdgeSetAlarm", hour=hour, minute=0, day="today")
    assert await resident.says("EdgeAlarmStatus") == (
        "You have 9 alarms: 9 AM today, 10 AM today, 11 AM today, noon today, 1 PM today, 2 PM today and 3 more."
    )
    assert await resident.says("EdgeCancelAlarm", which="next") == "Alarm for 9 AM today cancelled."
    assert await resident.says("EdgeCancelAlarm", which="last") == "Alarm for 5 PM today cancelled."
    assert await resident.says("EdgeCancelAlarm", which=2) == "Alarm for 11 AM today cancelled."
    assert await resident.says("EdgeCancelAlarm", which=9) == "You don't have an alarm like that."

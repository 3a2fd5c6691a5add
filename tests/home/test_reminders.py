"""Reminders say their text when they are due."""

import asyncio
from pathlib import Path

from edge.runtime import virtual_time
from edge.runtime.virtual_time import VirtualClock
from edge.schedule import Ring
from tests.fakes.resident import MONDAY, Resident


@virtual_time.instantly
async def test_a_reminder_rings_once_and_says_its_text(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    assert await resident.says("EdgeSetReminder", minutes=10, message="check the oven") == (
        "I'll remind you in 10 minutes to check the oven."
    )
    await resident.says("EdgeSetReminder", hour=9, minute=0, message="about the cake")
    await resident.clock.sleep(2 * 3600)
    running.cancel()
    assert [ring for _, ring in resident.rung] == [
        Ring("timer", "", "Reminder: check the oven.", once=True),
        Ring("alarm", "", "Reminder: about the cake.", once=True),
    ]
    assert await resident.says("EdgeReminderStatus") == "You have no reminders."


@virtual_time.instantly
async def test_reminders_are_no_timers_and_no_alarms(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    await resident.says("EdgeSetReminder", minutes=10, message="check the oven")
    await resident.says("EdgeSetReminder", hour=9, minute=0, message="call mum")
    assert await resident.says("HassTimerStatus") == "No timer is running."
    assert await resident.says("HassCancelAllTimers") == "No timer is running."
    assert await resident.says("EdgeAlarmStatus") == "No alarm is set."
    assert await resident.says("EdgeCancelAllAlarms") == "No alarm is set."
    both = "You have 2 reminders: in 10 minutes to check the oven and at 9 AM today to call mum."
    assert await resident.says("EdgeReminderStatus") == both
    assert await resident.says("EdgeCancelReminder") == f"{both} Which one?"
    assert await resident.says("EdgeCancelReminder", message="call mum") == "Reminder to call mum cancelled."
    assert await resident.says("EdgeCancelReminder") == "Reminder to check the oven cancelled."


@virtual_time.instantly
async def test_a_reminder_outlives_a_restart_and_a_missed_one_is_said_once(tmp_path: Path) -> None:
    before = Resident(tmp_path)
    await before.says("EdgeSetReminder", minutes=10, message="check the oven")
    await before.says("EdgeSetReminder", hour=6, minute=0, meridiem="pm", day="every day", message="take my pills")
    after = Resident(tmp_path, boot="boot-2", clock=VirtualClock(MONDAY.replace(hour=12)))
    running = asyncio.create_task(after.schedule.run(after.listen))
    await after.clock.sleep(7 * 3600)
    running.cancel()
    assert [(ring.text, ring.missed) for _, ring in after.rung] == [
        ("You had a reminder to check the oven 4 hours ago.", True),
        ("Reminder: take my pills.", False),
    ]
    assert await after.says("EdgeReminderStatus") == ("You have 1 reminder: at 6 PM every day to take my pills.")


@virtual_time.instantly
async def test_a_reminder_needs_a_time(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    assert await resident.says("EdgeSetReminder", message="call mum") == ("When?")
    assert await resident.says("EdgeSetReminder", seconds=0, message="x") == "A timer needs at least one second."
    assert await resident.says("EdgeSetReminder", hour=7, minute=0, meridiem="am", day="today") == (
        "That time has already passed."
    )

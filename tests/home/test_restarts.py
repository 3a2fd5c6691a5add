"""Timers and alarms outlive restarts, reboots and power cuts."""

import asyncio
import errno
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog.testing

from edge.events import Intent
from edge.home import open_home
from edge.runtime import virtual_time
from edge.runtime.virtual_time import BEGIN_S, VirtualClock
from edge.schedule import Ring
from edge.schedule.store import ScheduleStore, this_boot
from edge.settings import Settings
from tests.fakes.home import FakeSpeaker
from tests.fakes.language import ENGLISH
from tests.fakes.resident import MONDAY, Resident

NOT_SAVED = "I can't save it, so it will not survive a restart."
A_TIMER = {"id": 1, "name": "", "seconds": 1, "paused": False, "left": 1.0, "deadline": 1.0, "wall_deadline": 1.0}


def a_file(**parts: Any) -> bytes:
    return json.dumps({"version": 1, "boot_id": "x", "timers": [], "alarms": []} | parts).encode()


async def run_for(resident: Resident, seconds: float) -> None:
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    await resident.clock.sleep(seconds)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


@virtual_time.instantly
async def test_a_restart_changes_nothing_even_when_the_wall_clock_was_set(tmp_path: Path) -> None:
    before = Resident(tmp_path)
    await before.says("HassStartTimer", name="pasta", minutes=10)
    await before.says("EdgeSetAlarm", hour=9, minute=30)
    await before.clock.sleep(100)
    before.clock.step(-7200)
    after = Resident(tmp_path, clock=before.clock)
    assert await after.says("HassTimerStatus") == "8 minutes and 20 seconds left on the pasta timer."
    assert await after.says("EdgeAlarmStatus") == "Your alarm is set for 9:30 AM today."
    await run_for(after, 501)
    assert after.heard == ["Your pasta timer is done."]


@virtual_time.instantly
async def test_after_a_reboot_the_wall_clock_tells_how_long_it_was_off(tmp_path: Path) -> None:
    before = Resident(tmp_path)
    await before.says("HassStartTimer", name="roast", hours=1)
    after = Resident(tmp_path, boot="boot-2", clock=VirtualClock(MONDAY.replace(hour=8, minute=20)))
    assert await after.says("HassTimerStatus") == "40 minutes left on the roast timer."
    await run_for(after, 2401)
    assert after.heard == ["Your roast timer is done."]


@virtual_time.instantly
async def test_a_timer_that_ran_out_while_off_is_said_once(tmp_path: Path) -> None:
    before = Resident(tmp_path)
    await before.says("HassStartTimer", name="pasta", minutes=10)
    after = Resident(tmp_path, boot="boot-2", clock=VirtualClock(MONDAY.replace(minute=20)))
    await run_for(after, 100)
    assert [ring for _, ring in after.rung] == [
        Ring("timer", "pasta", "Your pasta timer ended 10 minutes ago.", missed=True)
    ]
    again = Resident(tmp_path, boot="boot-2", clock=after.clock)
    await run_for(again, 100)
    assert again.heard == []


@virtual_time.instantly
async def test_a_board_that_wakes_up_in_the_past_waits_no_longer_than_before(tmp_path: Path) -> None:
    before = Resident(tmp_path)
    await before.says("HassStartTimer", minutes=10)
    clock = VirtualClock(datetime(1970, 1, 1, tzinfo=UTC))
    after = Resident(tmp_path, boot="boot-2", clock=clock)
    assert await after.says("HassTimerStatus") == "10 minutes left on the 10 minute timer."
    running = asyncio.create_task(after.schedule.run(after.listen))
    await clock.sleep(30)
    clock.step((MONDAY.replace(minute=9) - clock.now()).total_seconds())  # the network brings the time
    assert await after.says("HassTimerStatus") == "1 minute left on the 10 minute timer."
    await clock.sleep(61)
    running.cancel()
    assert after.heard == ["Your 10 minute timer is done."]


@virtual_time.instantly
async def test_a_paused_timer_is_still_paused_after_a_reboot(tmp_path: Path) -> None:
    before = Resident(tmp_path)
    await before.says("HassStartTimer", minutes=10)
    await before.says("HassPauseTimer")
    after = Resident(tmp_path, boot="boot-2", clock=VirtualClock(MONDAY.replace(hour=20)))
    assert await after.says("HassTimerStatus") == "10 minutes left on the 10 minute timer, which is paused."


@virtual_time.instantly
async def test_a_power_cut_while_ringing_does_not_swallow_it(tmp_path: Path) -> None:
    before = Resident(tmp_path)

    async def ring_for_ever(ring: Ring) -> None:
        await before.listen(ring)
        await asyncio.Event().wait()

    running = asyncio.create_task(before.schedule.run(ring_for_ever))
    await before.says("HassStartTimer", name="pasta", minutes=1)
    await before.clock.sleep(70)
    await before.says("HassStartTimer", minutes=30)  # writes the file while the other one rings
    running.cancel()
    await before.clock.sleep(300)
    after = Resident(tmp_path, clock=before.clock)
    await run_for(after, 20)
    assert after.heard == ["Your pasta timer ended 5 minutes ago."]
    assert await after.says("HassTimerStatus") == "25 minutes left on the 30 minute timer."


@virtual_time.instantly
async def test_an_alarm_that_was_slept_through_is_said_once_and_a_daily_one_goes_on(tmp_path: Path) -> None:
    before = Resident(tmp_path)
    await before.says("EdgeSetAlarm", hour=9, minute=0, day="every day")
    after = Resident(tmp_path, boot="boot-2", clock=VirtualClock(MONDAY.replace(hour=12)))
    await run_for(after, 100)
    assert [ring for _, ring in after.rung] == [
        Ring("alarm", "", "You had an alarm at 9 AM, 3 hours ago.", missed=True)
    ]
    assert await after.says("EdgeAlarmStatus") == "Your alarm is set for 9 AM every day."


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"version": 2, "boot_id": "x", "timers": [], "alarms": []}',
        b'{"version": 1, "boot_id": "x", "timers": [{"id": 1}], "alarms": []}',
        a_file(alarms=[{"id": 1, "at": "2026-03-02T09:00:00+01:00", "days": []}]),
        a_file(alarms=[{"id": 1, "at": "2026-03-02T09:00:00", "days": [7]}]),
        a_file(timers=[A_TIMER | {"left": float("nan")}]),
        a_file(timers=[A_TIMER | {"seconds": 10**9}]),
        a_file(timers=[A_TIMER] * 200),
        b" " * 1_100_000,
    ],
)
def test_a_corrupt_file_is_put_aside_with_one_warning(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "schedule.json"
    path.write_bytes(content)

    async def scenario() -> None:
        with structlog.testing.capture_logs() as logs:
            resident = Resident(tmp_path)
            assert await resident.says("HassTimerStatus") == "No timer is running."
            await resident.says("HassStartTimer", minutes=1)
        assert [log["event"] for log in logs] == ["schedule-corrupt"]

    virtual_time.run(scenario())
    assert (tmp_path / "schedule.corrupt").read_bytes() == content
    assert len(json.loads(path.read_text(encoding="utf-8"))["timers"]) == 1


@virtual_time.instantly
async def test_a_disk_that_takes_nothing_costs_only_the_memory_of_it(tmp_path: Path) -> None:
    (tmp_path / "schedule.json").mkdir()
    with structlog.testing.capture_logs() as logs:
        resident = Resident(tmp_path)
        assert await resident.says("HassStartTimer", minutes=1) == f"Timer set for 1 minute. {NOT_SAVED}"
        await run_for(resident, 61)
    assert resident.heard == ["Your 1 minute timer is done."]
    assert {"schedule-unreadable", "schedule-not-saved"} <= {log["event"] for log in logs}
    assert not list(tmp_path.glob("*.tmp"))  # noqa: ASYNC240 - there is nothing to hold up


@virtual_time.instantly
async def test_the_opened_home_keeps_its_state_in_the_given_folder(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there" / "yet"
    home = open_home(Settings(), None, FakeSpeaker(), VirtualClock(), folder, ENGLISH.replies).actions
    assert await home.act(Intent("HassStartTimer", {"minutes": 5})) is not None
    assert (folder / "schedule.json").is_file()
    assert json.loads((folder / "schedule.json").read_text(encoding="utf-8"))["timers"][0]["deadline"] > BEGIN_S


def test_an_unknown_boot_counts_as_another_one(tmp_path: Path) -> None:
    assert this_boot()

    async def scenario() -> None:
        clock = VirtualClock(MONDAY)
        path = tmp_path / "schedule.json"
        before = Resident(tmp_path, clock=clock, boot="")
        await before.says("HassStartTimer", minutes=10)
        (timer,) = ScheduleStore(path, "").read(clock).timers
        assert timer.wall_deadline is not None

    virtual_time.run(scenario())


OF_AN_EARLIER_VERSION = {
    "version": 1,
    "boot_id": "boot-1",
    "timers": [
        {
            "id": 3,
            "name": "pasta",
            "seconds": 600,
            "paused": False,
            "left": 600.0,
            "deadline": BEGIN_S + 600.0,
            "wall_deadline": MONDAY.timestamp() + 600.0,
        },
        {"id": 4, "name": "", "seconds": 60, "paused": True, "left": 30.0, "deadline": 1.0, "wall_deadline": 1.0},
    ],
    "alarms": [
        {"id": 1, "at": "2026-03-02T09:30:00", "days": []},
        {"id": 2, "at": "2026-03-03T07:00:00", "days": [0, 1, 2, 3, 4]},
    ],
}
"""A file as version 0.1.0 wrote it before timers and alarms had messages, names and skipped days."""


@virtual_time.instantly
async def test_a_file_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    (tmp_path / "schedule.json").write_text(json.dumps(OF_AN_EARLIER_VERSION), encoding="utf-8")
    resident = Resident(tmp_path)
    assert await resident.says("HassTimerStatus") == (
        "You have 2 timers: 10 minutes on the pasta timer and 30 seconds on the 1 minute timer."
    )
    assert await resident.says("EdgeAlarmStatus") == "You have 2 alarms: 9:30 AM today and 7 AM on weekdays."


@virtual_time.instantly
async def test_a_file_without_anything_new_is_one_that_an_earlier_version_reads(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    await resident.says("HassStartTimer", minutes=10, name="pasta")
    await resident.says("EdgeSetAlarm", hour=7, minute=0, day="weekdays")
    written = json.loads(resident.file.read_text(encoding="utf-8"))
    earlier = OF_AN_EARLIER_VERSION
    assert written.keys() == earlier.keys()
    for kind in ("timers", "alarms"):
        assert [record.keys() for record in written[kind]] == [earlier[kind][0].keys()]  # type: ignore[index] # a JSON


@pytest.mark.parametrize(
    ("intent", "slots", "reply"),
    [
        ("HassStartTimer", {"minutes": 5}, f"Timer set for 5 minutes. {NOT_SAVED}"),
        ("EdgeSetAlarm", {"hour": 9, "minute": 0}, f"Alarm set for 9 AM today. {NOT_SAVED}"),
        ("EdgeSetReminder", {"minutes": 5, "message": "eat"}, f"I'll remind you in 5 minutes to eat. {NOT_SAVED}"),
        ("EdgeChangeTimer", {"minutes": 20}, f"10 minute timer changed to 20 minutes. {NOT_SAVED}"),
        (
            "HassCancelTimer",
            {},
            "10 minute timer cancelled. I can't save that, so it may come back after a restart.",
        ),
        ("HassTimerStatus", {}, "10 minutes left on the 10 minute timer."),
    ],
)
def test_what_a_full_or_read_only_disk_does_not_take_is_said(
    intent: str, slots: dict[str, int | str], reply: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async def scenario() -> None:
        resident = Resident(tmp_path)
        await resident.says("HassStartTimer", minutes=10)
        monkeypatch.setattr("edge.schedule.store.atomic_write", refuse)
        with structlog.testing.capture_logs():
            assert await resident.says(intent, **slots) == reply

    virtual_time.run(scenario())

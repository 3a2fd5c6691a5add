"""Timers as they are asked for, on virtual time."""

import asyncio
from pathlib import Path

import pytest

from edge.events import ReplySentence
from edge.runtime import virtual_time
from edge.schedule import Ring
from tests.fakes.resident import Resident


async def run_for(resident: Resident, seconds: float) -> None:
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    await resident.clock.sleep(seconds)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


@virtual_time.instantly
async def test_a_timer_rings_when_it_has_run_out(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    begin = resident.clock.now()
    assert await resident.reply("HassStartTimer", minutes=10) == ReplySentence("Timer set for 10 minutes.")
    await run_for(resident, 601)
    ((at, ring),) = resident.rung
    assert (at - begin).total_seconds() == 600
    assert ring == Ring("timer", "", "Your 10 minute timer is done.")
    assert await resident.says("HassTimerStatus") == "No timer is running."


@virtual_time.instantly
async def test_several_timers_ring_in_their_order(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    assert await resident.says("HassStartTimer", name="pasta", minutes=8) == "Pasta timer set for 8 minutes."
    await resident.says("HassStartTimer", name="egg", minutes=5)
    await resident.says("HassStartTimer", hours=1, minutes=15)
    assert await resident.says("HassTimerStatus") == (
        "You have 3 timers: 5 minutes on the egg timer, 8 minutes on the pasta timer"
        " and 1 hour and 15 minutes on the 1 hour 15 minute timer."
    )
    await resident.clock.sleep(5000)
    running.cancel()
    assert resident.heard == [
        "Your egg timer is done.",
        "Your pasta timer is done.",
        "Your 1 hour 15 minute timer is done.",
    ]


@virtual_time.instantly
async def test_a_timer_is_found_by_name_by_length_or_by_being_the_only_one(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    await resident.says("HassStartTimer", name="pasta", minutes=8)
    await resident.clock.sleep(20)
    assert await resident.says("HassTimerStatus") == "7 minutes and 40 seconds left on the pasta timer."
    assert await resident.says("HassTimerStatus", name="paster") == "7 minutes and 40 seconds left on the pasta timer."
    assert await resident.says("HassTimerStatus", name="laundry") == "You have no laundry timer."
    await resident.says("HassStartTimer", minutes=10)
    assert await resident.says("HassCancelTimer") == "You have 2 timers: pasta timer and 10 minute timer. Which one?"
    assert await resident.says("HassCancelTimer", start_minutes=10) == "10 minute timer cancelled."
    assert await resident.says("HassCancelTimer", start_minutes=3) == "You have no 3 minute timer."
    assert await resident.says("HassCancelTimer", name="Pasta") == "Pasta timer cancelled."
    assert await resident.says("HassCancelTimer") == "No timer is running."


@virtual_time.instantly
async def test_the_timer_of_a_room_is_the_one_called_so_or_any_in_the_room_itself(tmp_path: Path) -> None:
    resident = Resident(tmp_path, area="Living Room")
    await resident.says("HassStartTimer", name="kitchen", minutes=8)
    await resident.says("HassStartTimer", name="egg", minutes=5)
    assert await resident.says("HassTimerStatus", area="Kitchen") == "8 minutes left on the kitchen timer."
    assert await resident.says("HassCancelAllTimers", area="Kitchen") == "Kitchen timer cancelled."
    assert await resident.says("HassCancelTimer", area="Kitchen") == "You have no Kitchen timer."
    assert await resident.says("HassCancelAllTimers", area="Kitchen") == "You have no Kitchen timer."
    assert await resident.says("HassIncreaseTimer", area="Living Room", minutes=1) == "6 minutes left on the egg timer."
    assert await resident.says("HassCancelAllTimers", area="Living Room") == "All timers cancelled."


@virtual_time.instantly
async def test_a_cancelled_timer_does_not_ring(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    await resident.says("HassStartTimer", minutes=1)
    await resident.says("HassStartTimer", minutes=2)
    assert await resident.says("HassCancelAllTimers") == "All timers cancelled."
    await resident.clock.sleep(600)
    running.cancel()
    assert resident.heard == []
    assert await resident.says("HassCancelAllTimers") == "No timer is running."


@virtual_time.instantly
async def test_time_is_added_and_taken_away(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    await resident.says("HassStartTimer", minutes=5)
    assert await resident.says("HassIncreaseTimer", minutes=3) == "8 minutes left on the 5 minute timer."
    assert await resident.says("HassDecreaseTimer", minutes=6) == "2 minutes left on the 5 minute timer."
    assert await resident.says("HassIncreaseTimer", hours=1000) == "A timer can run for at most seven days."
    assert await resident.says("HassDecreaseTimer", minutes=6) is None
    await run_for(resident, 1)
    assert resident.heard == ["Your 5 minute timer is done."]


@virtual_time.instantly
async def test_a_paused_timer_stands_still(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    await resident.says("HassStartTimer", minutes=5)
    assert await resident.says("HassUnpauseTimer") == "It's already running."
    await resident.clock.sleep(60)
    assert await resident.says("HassPauseTimer") == "5 minute timer paused with 4 minutes left."
    await resident.clock.sleep(3600)
    assert resident.heard == []
    assert await resident.says("HassTimerStatus") == "4 minutes left on the 5 minute timer, which is paused."
    assert await resident.says("HassIncreaseTimer", minutes=1) == (
        "5 minutes left on the 5 minute timer, which is paused."
    )
    assert await resident.says("HassUnpauseTimer") == "5 minute timer resumed, 5 minutes left."
    await resident.clock.sleep(301)
    running.cancel()
    assert resident.heard == ["Your 5 minute timer is done."]


@virtual_time.instantly
async def test_impossible_lengths_are_refused(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    assert await resident.says("HassStartTimer", minutes=0) == "A timer needs at least one second."
    assert await resident.says("HassStartTimer", hours=169) == "A timer can run for at most seven days."
    reply = await resident.reply("HassStartTimer", name="pasta")
    assert reply is not None
    assert reply.fixed
    assert reply.text.startswith("For how long?")
    for _ in range(50):
        await resident.says("HassStartTimer", minutes=1)
    assert await resident.says("HassStartTimer", minutes=1) == "I can't set any more timers."


@virtual_time.instantly
async def test_stopping_the_timer_that_rings_needs_no_answer(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    stopped = asyncio.Event()

    async def ring(_ring: Ring) -> None:
        await stopped.wait()

    running = asyncio.create_task(resident.schedule.run(ring))
    await resident.says("HassStartTimer", minutes=1)
    await resident.clock.sleep(65)
    assert await resident.says("HassCancelTimer") is None
    stopped.set()
    await resident.clock.sleep(130)
    running.cancel()
    assert await resident.says("HassCancelTimer") == "No timer is running."


@virtual_time.instantly
async def test_a_second_timer_rings_when_the_first_was_heard(tmp_path: Path) -> None:
    resident = Resident(tmp_path)

    async def ring_for_five_minutes(ring: Ring) -> None:
        await resident.listen(ring)
        await resident.clock.sleep(300)

    running = asyncio.create_task(resident.schedule.run(ring_for_five_minutes))
    await resident.says("HassStartTimer", seconds=10)
    await resident.says("HassStartTimer", seconds=20)
    await resident.clock.sleep(500)
    running.cancel()
    (first, _), (second, ring) = resident.rung
    assert (second - first).total_seconds() == 300
    assert not ring.missed


@virtual_time.instantly
async def test_a_speaker_that_fails_does_not_end_later_timers(tmp_path: Path) -> None:
    resident = Resident(tmp_path)

    async def broken(ring: Ring) -> None:
        await resident.listen(ring)
        raise OSError("no speaker")

    running = asyncio.create_task(resident.schedule.run(broken))
    await resident.says("HassStartTimer", seconds=10)
    await resident.says("HassStartTimer", seconds=20)
    await resident.clock.sleep(30)
    assert len(resident.rung) == 2
    assert not running.done()
    running.cancel()


@virtual_time.instantly
async def test_a_step_of_the_wall_clock_is_nothing_to_a_timer(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    begin = resident.clock.monotonic()
    await resident.says("HassStartTimer", minutes=10)
    await resident.clock.sleep(60)
    resident.clock.step(3600)
    await resident.clock.sleep(60)
    resident.clock.step(-86_400)
    assert await resident.says("HassTimerStatus") == "8 minutes left on the 10 minute timer."
    while not resident.rung:
        await resident.clock.sleep(1)
    running.cancel()
    assert resident.clock.monotonic() - begin == 601


@virtual_time.instantly
async def test_a_timer_is_changed_and_restarted(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    running = asyncio.create_task(resident.schedule.run(resident.listen))
    await resident.says("HassStartTimer", minutes=10)
    await resident.clock.sleep(60)
    assert await resident.says("EdgeChangeTimer", minutes=20) == "10 minute timer changed to 20 minutes."
    assert await resident.says("EdgeChangeTimer", hours=1000) == "A timer can run for at most seven days."
    assert await resident.says("EdgeChangeTimer", seconds=0) == "A timer needs at least one second."
    await resident.clock.sleep(60)
    assert await resident.says("EdgeRestartTimer") == "20 minute timer restarted with 20 minutes."
    await resident.says("HassPauseTimer")
    await resident.clock.sleep(600)
    assert await resident.says("EdgeRestartTimer") == "20 minute timer restarted with 20 minutes."
    await resident.clock.sleep(1201)
    assert resident.heard == ["Your 20 minute timer is done."]
    assert await resident.says("EdgeRestartTimer") == "Timer set for 20 minutes."
    await resident.clock.sleep(1201)
    running.cancel()
    assert resident.heard == ["Your 20 minute timer is done."] * 2


@virtual_time.instantly
async def test_set_the_pasta_timer_to_changes_the_one_that_runs(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    assert await resident.says("EdgeChangeTimer", name="pasta", minutes=10, or_start=1) == (
        "Pasta timer set for 10 minutes."
    )
    assert await resident.says("EdgeChangeTimer", name="pasta", minutes=12, or_start=1) == (
        "Pasta timer changed to 12 minutes."
    )
    assert await resident.says("EdgeChangeTimer", minutes=5, or_start=1) == "Timer set for 5 minutes."
    assert len(resident.schedule.timers.all()) == 2


@virtual_time.instantly
async def test_two_timers_of_one_length_are_told_apart(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    await resident.says("HassStartTimer", minutes=10)
    await resident.clock.sleep(60)
    await resident.says("HassStartTimer", minutes=10)
    assert await resident.says("HassTimerStatus") == (
        "You have 2 timers: 9 minutes on the first 10 minute timer and 10 minutes on the second 10 minute timer."
    )
    assert await resident.says("HassCancelTimer", start_minutes=10) == (
        "You have 2 timers: first 10 minute timer and second 10 minute timer. Which one?"
    )
    assert await resident.says("HassPauseTimer", which="newest") == (
        "Second 10 minute timer paused with 10 minutes left."
    )
    assert await resident.says("HassCancelTimer", start_minutes=10, which=1) == "First 10 minute timer cancelled."
    assert await resident.says("HassTimerStatus") == "10 minutes left on the 10 minute timer, which is paused."


@pytest.mark.parametrize(("wait", "left"), [(0, 1), (10, 1), (60, 0)])
def test_while_a_timer_rings_and_just_afterwards_cancel_is_for_it_and_not_for_the_next_one(
    wait: float, left: int, tmp_path: Path
) -> None:
    async def scenario() -> None:
        resident = Resident(tmp_path)
        await resident.says("HassStartTimer", minutes=1)
        await resident.says("HassStartTimer", minutes=30)
        running = asyncio.create_task(resident.schedule.run(resident.listen))
        await resident.clock.sleep(60.5 + wait)
        said = await resident.says("HassCancelTimer")
        assert said == (None if left else "30 minute timer cancelled.")
        assert len(resident.schedule.timers) == left
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    virtual_time.run(scenario())

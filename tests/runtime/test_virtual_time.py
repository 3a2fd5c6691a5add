import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from edge.runtime import virtual_time
from edge.runtime.virtual_time import VirtualClock

if TYPE_CHECKING:
    from edge.runtime.clock import Clock


@virtual_time.instantly
async def test_an_hour_passes_at_once() -> None:
    clock: Clock = VirtualClock()
    began, wall = clock.monotonic(), time.monotonic()
    await clock.sleep(3600)
    assert clock.monotonic() - began == pytest.approx(3600)
    assert time.monotonic() - wall < 60


@virtual_time.instantly
async def test_timers_fire_in_the_order_of_their_times() -> None:
    order: list[int] = []

    async def wait(seconds: int) -> None:
        await asyncio.sleep(seconds)
        order.append(seconds)

    await asyncio.gather(*(wait(seconds) for seconds in (30, 10, 20)))
    assert order == [10, 20, 30]


@virtual_time.instantly
async def test_the_wall_clock_can_be_stepped_and_monotonic_time_does_not_notice() -> None:
    clock = VirtualClock()
    now, monotonic = clock.now(), clock.monotonic()
    clock.step(-7200)
    assert (clock.now() - now).total_seconds() == -7200
    assert clock.monotonic() == monotonic


@virtual_time.instantly
async def test_time_stands_still_while_a_thread_works() -> None:
    began = VirtualClock().monotonic()
    async with asyncio.timeout(5):
        await asyncio.to_thread(time.sleep, 0.01)
    assert VirtualClock().monotonic() == began


@virtual_time.instantly
async def test_fixtures_reach_a_decorated_test(tmp_path: object) -> None:
    await asyncio.sleep(1)
    assert tmp_path


def test_what_would_hang_for_ever_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(virtual_time, "_STUCK_S", 0.01)
    with pytest.raises(RuntimeError, match="no timer"):
        virtual_time.run(asyncio.Event().wait())


def test_leftover_tasks_are_cancelled() -> None:
    ended: list[bool] = []

    async def endless() -> None:
        try:
            await asyncio.sleep(1e9)
        finally:
            ended.append(True)

    async def scenario() -> None:
        task = asyncio.create_task(endless())
        await asyncio.sleep(1)
        assert not task.done()

    virtual_time.run(scenario())
    assert ended == [True]

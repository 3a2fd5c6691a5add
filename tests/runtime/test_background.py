"""Background tasks: a crash is never silent."""

import asyncio

import pytest

from edge.runtime.background import FIRST_PAUSE_S, MAX_PAUSE_S, BackgroundTasks, to_the_end
from edge.runtime.virtual_time import VirtualClock, instantly


class Flaky:
    """Crashes some times, then goes on."""

    def __init__(self, clock: VirtualClock, crashes: int) -> None:
        self.starts: list[float] = []
        self._clock = clock
        self._crashes = crashes

    async def run(self) -> None:
        self.starts.append(self._clock.monotonic())
        if len(self.starts) <= self._crashes:
            raise KeyError("a mistake")
        await asyncio.Event().wait()


@instantly
async def test_a_task_that_must_go_on_is_started_again_less_and_less_often(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = VirtualClock()
    background, flaky = BackgroundTasks(clock), Flaky(clock, crashes=10)
    task = background.start("schedule", flaky.run, on_crash="restart")
    await clock.sleep(1000)
    assert not task.done()
    pauses = [round(later - earlier) for earlier, later in zip(flaky.starts, flaky.starts[1:], strict=False)]
    assert pauses[0] == FIRST_PAUSE_S
    assert pauses == sorted(pauses)
    assert pauses[-1] == MAX_PAUSE_S
    printed = capsys.readouterr().out
    assert printed.count("again_in_s") >= 10
    assert "schedule" in printed
    await background.aclose()


@instantly
async def test_a_task_that_is_worth_one_try_is_logged_and_done(capsys: pytest.CaptureFixture[str]) -> None:
    clock = VirtualClock()
    background, flaky = BackgroundTasks(clock), Flaky(clock, crashes=10)
    await background.start("vocabulary", flaky.run, on_crash="once")
    assert len(flaky.starts) == 1
    assert "task-crashed" in capsys.readouterr().out


@instantly
async def test_closing_ends_all_of_them() -> None:
    clock = VirtualClock()
    background = BackgroundTasks(clock)
    for name in ("one", "two"):
        background.start(name, Flaky(clock, crashes=0).run, on_crash="restart")
    background.start("three", Flaky(clock, crashes=99).run, on_crash="restart")
    await clock.sleep(5)
    await background.aclose()
    assert len(asyncio.all_tasks()) == 1


@instantly
async def test_a_clean_up_under_way_is_finished_although_its_task_is_cancelled() -> None:
    clock = VirtualClock()
    done: list[str] = []

    async def clean() -> None:
        await clock.sleep(1)
        done.append("clean")

    async def work() -> None:
        try:
            done.append("work")
        finally:
            await to_the_end(clean())

    task = asyncio.create_task(work())
    await clock.sleep(0.5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert done == ["work", "clean"]
    await to_the_end(clean())
    assert done == ["work", "clean", "clean"]

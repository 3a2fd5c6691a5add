import asyncio
import os
import select
import signal
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from edge.errors import EngineError, ModelError
from edge.runtime.supervisor import RestartBudget, Supervisor

OBEDIENT = "import sys; print('ready', flush=True); sys.stdin.read()"
STUBBORN = "import signal, sys; signal.signal(15, 1); print('ready', flush=True); signal.pause(); signal.pause()"
SILENT = "import sys; sys.stdin.read()"
DYING = "print('ready', flush=True)"


class ImpatientClock:
    """Sleeping takes no time but moves the clock."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds
        await asyncio.sleep(0)


async def greeted(process: Process) -> int:
    assert process.stdout is not None
    line = await process.stdout.readline()
    if line.strip() == b"broken":
        raise ModelError("model-damaged", "broken")
    if line.strip() != b"ready":
        raise EOFError
    return process.pid


def supervise(code: str, clock: ImpatientClock | None = None, **options: float) -> Supervisor[int]:
    budget = RestartBudget(restarts=3, window_s=600, first_delay_s=1, max_delay_s=30, pause_s=300)
    return Supervisor(
        "llm",
        [sys.executable, "-S", "-E", "-c", code],
        ready=greeted,
        clock=clock or ImpatientClock(),
        budget=budget,
        ready_timeout_s=options.get("ready_timeout_s", 20),
    )


async def values(supervisor: Supervisor[int]) -> AsyncIterator[int]:
    """Ask again and again, as clients do."""
    while True:
        yield await supervisor.get()
        await asyncio.sleep(0)


def deaths_in(logs: Sequence[Mapping[str, Any]]) -> list[int]:
    """The counts of the deaths of ready children."""
    return [entry["deaths"] for entry in logs if entry["event"] == "child-died" and entry["was_ready"]]


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


async def test_those_who_need_the_child_at_once_share_one() -> None:
    supervisor = supervise(OBEDIENT)
    pids = await asyncio.gather(*(supervisor.get() for _ in range(5)))
    assert len(set(pids)) == 1
    assert supervisor.starts == 1
    assert supervisor.pid == pids[0]
    await supervisor.stop()
    assert is_gone(pids[0])
    assert supervisor.pid is None


async def test_a_killed_child_is_logged_and_replaced() -> None:
    supervisor = supervise(OBEDIENT)
    first = await supervisor.get()
    with capture_logs() as logs:
        os.kill(first, signal.SIGKILL)
        async for value in values(supervisor):
            if value != first:
                break
    assert deaths_in(logs) == [1]
    assert supervisor.starts == 2
    await supervisor.stop()


async def test_a_child_that_does_not_listen_to_term_is_killed() -> None:
    supervisor = supervise(STUBBORN)
    pid = await supervisor.get()
    async with asyncio.timeout(10):
        await supervisor.stop()
    assert is_gone(pid)


async def test_a_child_that_dies_again_and_again_is_given_up_and_tried_again_after_a_pause() -> None:
    clock = ImpatientClock()
    supervisor = supervise(DYING, clock)
    with capture_logs() as logs, pytest.raises(EngineError) as raised:
        async for _ in values(supervisor):
            pass
    assert raised.value.code == "child-given-up"
    assert deaths_in(logs) == [1, 2, 3, 4]
    assert supervisor.starts == 4
    assert clock.slept == [0, 1, 2]
    with pytest.raises(EngineError):
        await supervisor.get()
    assert supervisor.starts == 4
    clock.seconds += 301
    await supervisor.get()
    assert supervisor.starts == 5
    await supervisor.stop()


async def test_deaths_long_ago_do_not_count() -> None:
    clock = ImpatientClock()
    supervisor = supervise(OBEDIENT, clock)
    for _ in range(8):
        pid = await supervisor.get()
        clock.seconds += 601
        await supervisor.discard(pid)
    assert await supervisor.get()
    assert set(clock.slept) == {0.0}
    await supervisor.stop()


async def test_a_fault_that_trying_again_does_not_cure_is_raised_at_once() -> None:
    supervisor = supervise("print('broken', flush=True)")
    for _ in range(2):
        with pytest.raises(ModelError):
            await supervisor.get()
    assert supervisor.starts == 1
    await supervisor.stop()


async def test_a_child_that_never_gets_ready_is_not_waited_for_for_ever() -> None:
    supervisor = supervise(SILENT, ready_timeout_s=0.05)
    with pytest.raises(EngineError):
        await supervisor.get()
    assert supervisor.pid is None
    await supervisor.stop()


async def test_a_program_that_is_not_there_is_an_error() -> None:
    supervisor = Supervisor("llm", ["/nonexistent/program"], ready=greeted, clock=ImpatientClock())
    with pytest.raises(EngineError) as raised:
        await supervisor.get()
    assert raised.value.code == "child-not-started"
    await supervisor.stop()


async def test_a_discarded_child_is_killed_and_an_old_one_is_left_alone() -> None:
    supervisor = supervise(OBEDIENT)
    first = await supervisor.get()
    await supervisor.discard(first)
    assert is_gone(first)
    second = await supervisor.get()
    await supervisor.discard(first)
    assert await supervisor.get() == second
    await supervisor.stop()


async def test_who_waits_for_a_child_that_is_stopped_is_told() -> None:
    supervisor = supervise(SILENT)
    waiting = asyncio.create_task(supervisor.get())
    await asyncio.sleep(0)
    await supervisor.stop()
    with pytest.raises(EngineError):
        await waiting


async def test_a_stopped_child_can_be_had_again() -> None:
    supervisor = supervise(OBEDIENT)
    await supervisor.get()
    await supervisor.stop()
    assert await supervisor.get()
    await supervisor.stop()


def test_no_child_outlives_a_killed_parent(tmp_path: Path) -> None:
    program = f"""
import asyncio, sys
sys.path.insert(0, {str(Path.cwd())!r})
from edge.runtime.clock import SystemClock
from edge.runtime.supervisor import Supervisor

async def ready(process):
    await process.stdout.readline()
    return process.pid

async def main():
    child = [sys.executable, "-S", "-c", {OBEDIENT!r}]
    print(await Supervisor("llm", child, ready=ready, clock=SystemClock()).get(), flush=True)
    await asyncio.sleep(1000)

asyncio.run(main())
"""
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=tmp_path)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    watch = os.pidfd_open(child)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    ended = os.fdopen(watch, "rb")
    assert select.select([ended], [], [], 10)[0] == [ended]
    ended.close()


@given(st.integers(0, 10_000))
def test_the_wait_before_a_restart_never_falls_and_has_a_limit(deaths: int) -> None:
    budget = RestartBudget()
    assert 0 <= budget.delay_s(deaths) <= budget.delay_s(deaths + 1) <= budget.max_delay_s

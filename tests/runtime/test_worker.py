import asyncio
import subprocess
import sys
import threading

import pytest

from edge.runtime.worker import ThreadWorker


class Gate:
    """A call that has begun and does not end until it is opened."""

    def __init__(self, worker: ThreadWorker) -> None:
        self._begun = threading.Event()
        self._opened = threading.Event()
        self.call = asyncio.create_task(worker.run(self._wait))

    def _wait(self) -> bool:
        self._begun.set()
        return self._opened.wait()

    async def begun(self) -> None:
        await asyncio.to_thread(self._begun.wait)

    def open(self) -> None:
        self._opened.set()

    async def end(self) -> None:
        self.open()
        assert await self.call


async def test_calls_run_one_after_another_on_one_thread_away_from_the_loop() -> None:
    worker = ThreadWorker("engine")
    threads = await asyncio.gather(*[worker.run(threading.current_thread) for _ in range(20)])
    assert {thread.name for thread in threads} == {"engine"}
    assert threading.current_thread() not in threads
    await worker.aclose()
    assert not threads[0].is_alive()


async def test_an_error_reaches_the_caller_and_the_worker_goes_on() -> None:
    worker = ThreadWorker("engine")
    with pytest.raises(ZeroDivisionError):
        await worker.run(lambda: 1 // 0)
    assert await worker.run(int, "7") == 7
    await worker.aclose()


async def test_a_cancelled_call_that_has_not_begun_never_runs() -> None:
    worker = ThreadWorker("engine")
    gate = Gate(worker)
    ran: list[str] = []
    await gate.begun()
    second = asyncio.create_task(worker.run(ran.append, "second"))
    await asyncio.sleep(0)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    await gate.end()
    await worker.run(ran.append, "third")
    assert ran == ["third"]
    await worker.aclose()


async def test_closing_drops_what_waits_and_a_closed_worker_refuses() -> None:
    worker = ThreadWorker("engine")
    gate = Gate(worker)
    await gate.begun()
    second = asyncio.create_task(worker.run(int))
    await asyncio.sleep(0)
    closing = asyncio.create_task(worker.aclose())
    with pytest.raises(asyncio.CancelledError):
        await second
    await gate.end()
    await closing
    with pytest.raises(RuntimeError, match="closed"):
        await worker.run(int)
    await worker.aclose()


async def test_an_engine_that_hangs_does_not_keep_the_process_from_ending(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ThreadWorker, "CLOSE_S", 0.01)
    worker = ThreadWorker("engine")
    gate = Gate(worker)
    await gate.begun()
    await worker.aclose()
    assert not gate.call.done()
    await gate.end()


async def test_closing_never_waits_for_a_call_that_the_thread_has_just_taken() -> None:
    """Both take from one queue: with threads switched every microsecond a blocking get hung after some 270 closings."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(600):
            worker = ThreadWorker("engine")
            calls = [asyncio.ensure_future(worker.run(int)) for _ in range(3)]
            await asyncio.sleep(0)
            async with asyncio.timeout(10):
                await worker.aclose()
            await asyncio.wait(calls)
    finally:
        sys.setswitchinterval(before)


async def test_a_call_that_is_given_up_ends_for_its_caller_and_its_late_result_is_dropped() -> None:
    worker = ThreadWorker("engine")
    gate = Gate(worker)
    await gate.begun()
    waiting = asyncio.create_task(worker.run(int))
    await asyncio.sleep(0)
    assert worker.busy_s > 0
    worker.abandon(TimeoutError("it hangs"))
    for call in (gate.call, waiting):
        with pytest.raises(TimeoutError):
            await call
    gate.open()
    with pytest.raises(RuntimeError, match="closed"):
        await worker.run(int)


LEFT_BEHIND = """
import asyncio, time
from edge.cli import app
from edge.runtime.worker import ThreadWorker

async def leave() -> None:
    ThreadWorker.CLOSE_S = 0.05
    worker = ThreadWorker("engine")
    call = asyncio.ensure_future(worker.run(time.sleep, 60))
    await asyncio.sleep(0.05)
    await worker.aclose()

def command() -> None:
    print("done")
    asyncio.run(leave())
    raise SystemExit(3)

app.app = command
app.main()
"""


def test_a_command_ends_with_its_status_at_once_although_an_engine_hangs() -> None:
    ran = subprocess.run([sys.executable, "-c", LEFT_BEHIND], capture_output=True, text=True, check=False, timeout=30)
    assert (ran.returncode, ran.stdout) == (3, "done\n")

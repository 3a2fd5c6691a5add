"""Virtual time: whenever nothing is ready to run, the loop's clock jumps to the next timer.

A minute of dialogue takes milliseconds and always runs in the same order:

    @virtual_time.instantly
    async def test_a_reply_waits_for_the_user(tmp_path):
        clock = VirtualClock()
        await clock.sleep(3600)

or, for one coroutine inside an ordinary test, `virtual_time.run(scenario())`. Only work on the loop is virtual:
use fakes and `InlineWorker`, not sockets and processes. Work in `asyncio.to_thread` stops the clock until it is done; a
`ThreadWorker` does not.
"""

import asyncio
import functools
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from datetime import UTC, datetime, timedelta
from typing import Any, ParamSpec, TypeVar, TypeVarTuple

P = ParamSpec("P")
R = TypeVar("R")
Ts = TypeVarTuple("Ts")

BEGIN_S = 1000.0
"""The first time on the clock; not zero, so that a test notices a forgotten start value."""

_STUCK_S = 10.0


class _Selector(selectors.DefaultSelector):
    """Waits for threads only; a timeout just moves the clock."""

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGIN_S
        self.threads = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """See `selectors.BaseSelector.select`."""
        events = super().select(0)
        if events or timeout == 0:
            return events
        if self.threads or timeout is None:
            events = super().select(_STUCK_S)
            if not events:
                raise RuntimeError("all tasks wait and no timer runs: the test would hang for ever")
            return events
        self.now += timeout
        return events


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop on virtual time."""

    def __init__(self) -> None:
        self._virtual = _Selector()
        super().__init__(self._virtual)

    def time(self) -> float:
        """Seconds; advances only while all tasks wait."""
        return self._virtual.now

    def run_in_executor(self, executor: Executor | None, func: Callable[[*Ts], R], *args: *Ts) -> asyncio.Future[R]:
        """Time stops while a thread works."""
        self._virtual.threads += 1
        future = super().run_in_executor(executor, func, *args)
        future.add_done_callback(self._thread_done)
        return future

    async def shutdown_default_executor(self, *_timeout: float | None) -> None:
        """Time stops while the threads end, however long they take (Python 3.12 sets a limit)."""
        self._virtual.threads += 1
        try:
            await super().shutdown_default_executor()
        finally:
            self._virtual.threads -= 1

    def _thread_done(self, _future: asyncio.Future[Any]) -> None:
        self._virtual.threads -= 1


def run(main: Coroutine[Any, Any, R]) -> R:
    """Run a coroutine to its end under virtual time, as `asyncio.run` would."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)


def instantly(test: Callable[P, Coroutine[Any, Any, R]]) -> Callable[P, R]:
    """Decorate an `async def test_...`: it runs under virtual time and may take fixtures."""

    @functools.wraps(test)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        return run(test(*args, **kwargs))

    return wrapper


class VirtualClock:
    """`edge.runtime.clock.Clock` on the running loop's time; the wall clock can be stepped."""

    def __init__(self, now: datetime = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)) -> None:
        self._epoch = now - timedelta(seconds=BEGIN_S)

    def monotonic(self) -> float:
        """See `Clock.monotonic`."""
        return asyncio.get_running_loop().time()

    def now(self) -> datetime:
        """See `Clock.now`."""
        return self._epoch + timedelta(seconds=self.monotonic())

    async def sleep(self, seconds: float) -> None:
        """See `Clock.sleep`."""
        await asyncio.sleep(seconds)

    def step(self, seconds: float) -> None:
        """Set the wall clock forward (or back, if negative); monotonic time does not change."""
        self._epoch += timedelta(seconds=seconds)

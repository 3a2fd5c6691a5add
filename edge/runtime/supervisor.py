"""Keeps a child process alive: restarts it when it dies, within a budget, and never leaves it behind.

A child must not outlive its parent: `stop` ends it, and if the parent is killed, the standard input of the child ends,
on which the child must exit (`edge.llm.child` also requests the parent-death signal).
"""

import asyncio
import contextlib
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import structlog

from edge.errors import EdgeError, EngineError
from edge.runtime.clock import Clock

T = TypeVar("T")

_TERM_GRACE_S = 0.7


@dataclass(frozen=True, slots=True)
class RestartBudget:
    """How often a child may die.

    After `restarts` deaths within `window_s` it is not restarted for `pause_s`; the first `get` after that begins a new
    budget. The first restart is immediate; each further one waits twice as long, at most `max_delay_s`.
    """

    restarts: int = 5
    window_s: float = 600.0
    first_delay_s: float = 0.25
    max_delay_s: float = 30.0
    pause_s: float = 300.0

    def delay_s(self, deaths: int) -> float:
        """Seconds to wait before the restart that follows the `deaths`-th death of the window."""
        if deaths <= 1:
            return 0.0
        return float(min(self.max_delay_s, self.first_delay_s * 2 ** min(deaths - 2, 32)))


class Supervisor(Generic[T]):
    """Runs `command`, one child at a time.

    `ready` talks to the new child over its standard input and output and returns a value that clients need to reach it.
    The child must exit when its standard input ends. If `ready` raises an `EdgeError` (a damaged model), trying again
    would not help: the child is not restarted, and `get` raises the error.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        ready: Callable[[Process], Awaitable[T]],
        clock: Clock,
        budget: RestartBudget | None = None,
        ready_timeout_s: float = 120.0,
        environment: Mapping[str, str] | None = None,
        show_errors: bool = False,
    ) -> None:
        self._log = structlog.get_logger(name)
        self._name = name
        self._command = tuple(command)
        self._ready = ready
        self._clock = clock
        self._budget = budget or RestartBudget()
        self._ready_timeout_s = ready_timeout_s
        self._environment = environment
        self._show_errors = show_errors
        self._deaths: deque[float] = deque()
        self._process: Process | None = None
        self._task: asyncio.Task[None] | None = None
        self._value: asyncio.Future[T] | None = None
        self._over = asyncio.Event()
        self._given_up_until = 0.0
        self.starts = 0
        """How often a child was started."""

    @property
    def pid(self) -> int | None:
        """The process id of the child, None if there is none."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    async def get(self) -> T:
        """The value that `ready` returned for the current child; waits for a child that is starting.

        Raises `EngineError` "child-given-up" while the budget is spent, or the `EdgeError` of `ready`.
        """
        if self._task is None or (self._task.done() and self._clock.monotonic() >= self._given_up_until):
            self._deaths.clear()
            self._value = self._new_value()
            self._task = asyncio.create_task(self._keep(), name=f"supervise {self._name}")
        while self._value is not None:
            value = self._value
            await asyncio.wait([value])
            if value is self._value:  # not replaced by a death meanwhile
                return value.result()
        raise self._gone("was stopped")

    async def discard(self, value: T) -> None:
        """Kill the child of `value`, which is unreachable, if it still runs. Returns when its death is noticed."""
        current = self._value
        if current is None or not current.done() or current.exception() is not None or current.result() is not value:
            return
        over = self._over
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        await over.wait()

    async def stop(self) -> None:
        """End the child within a second: TERM, then KILL. `get` starts a new one."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        if self._value is not None and not self._value.done():
            self._value.set_exception(self._gone("was stopped"))
        self._value = None
        self._over.set()
        self._over = asyncio.Event()

    async def _keep(self) -> None:
        while True:
            try:
                was_ready = await self._run_once()
            except EdgeError as error:
                self._give_up(error)
                return
            now = self._clock.monotonic()
            self._deaths.append(now)
            while now - self._deaths[0] > self._budget.window_s:
                self._deaths.popleft()
            deaths = len(self._deaths)
            self._log.warning("child-died", deaths=deaths, was_ready=was_ready)
            if was_ready:
                self._value = self._new_value()
                self._over.set()
                self._over = asyncio.Event()
            if deaths > self._budget.restarts:
                self._give_up(self._gone(f"died {deaths} times in a row"))
                return
            await self._clock.sleep(self._budget.delay_s(deaths))

    async def _run_once(self) -> bool:
        """Run the child once, until it dies. True if it had been ready."""
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=None if self._show_errors else DEVNULL,
                env=self._environment,
                start_new_session=True,  # Ctrl-C at a terminal ends the parent, which then ends the child
            )
        except OSError as error:
            raise EngineError("child-not-started", f"the {self._name} process cannot be started: {error}") from error
        self._process = process
        self.starts += 1
        try:
            try:
                async with asyncio.timeout(self._ready_timeout_s):
                    value = await self._ready(process)
            except (TimeoutError, OSError, ValueError, EOFError) as error:
                self._log.warning("child-not-ready", kind=type(error).__name__)
                return False
            if self._value is not None and not self._value.done():
                self._value.set_result(value)
            await process.wait()
            return True
        finally:
            # Shielded, so that a second cancellation does not leave a child behind.
            await asyncio.shield(asyncio.create_task(_end(process)))

    def _give_up(self, error: EdgeError) -> None:
        self._given_up_until = self._clock.monotonic() + self._budget.pause_s
        self._log.error("child-given-up", code=error.code)
        if self._value is not None and not self._value.done():
            self._value.set_exception(error)

    def _gone(self, what: str) -> EngineError:
        return EngineError(
            "child-given-up", f"the {self._name} process {what}", "it is restarted later; the log says more"
        )

    def _new_value(self) -> "asyncio.Future[T]":
        value: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        value.add_done_callback(lambda done: done.cancelled() or done.exception())  # there may be no waiter
        return value


async def _end(process: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        if process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), _TERM_GRACE_S)
            except TimeoutError:
                process.kill()
    await process.wait()
    if process.stdin is not None:
        process.stdin.close()
        with contextlib.suppress(ConnectionError):
            await process.stdin.wait_closed()

"""Tasks with an owner: every crash is logged, what must go on is started again, and a clean-up is finished."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Literal

import structlog

from edge.runtime.clock import Clock

log = structlog.get_logger("background")

Work = Callable[[], Coroutine[Any, Any, None]]

FIRST_PAUSE_S = 1.0
MAX_PAUSE_S = 60.0


async def to_the_end(cleaning: Coroutine[Any, Any, None]) -> None:
    """Await a clean-up that a cancellation must not cut short; the cancellation is raised when it is done."""
    task = asyncio.ensure_future(cleaning)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise


class BackgroundTasks:
    """Tasks that run beside the turns. `start` declares what a crash of the task means.

    "restart": the task is run again, after a pause that doubles up to a minute. "once": it is not run again.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, name: str, work: Work, *, on_crash: Literal["restart", "once"]) -> asyncio.Task[None]:
        """Run `work()` in a task that never raises."""
        task = asyncio.create_task(self._run(name, work, restart=on_crash == "restart"), name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def aclose(self) -> None:
        """Cancel all tasks at once, and return when they have ended."""
        for task in self._tasks:
            task.cancel()
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _run(self, name: str, work: Work, *, restart: bool) -> None:
        pause_s = FIRST_PAUSE_S
        while True:
            try:
                await work()
            except Exception:  # a crash costs the function of this task only, and is logged
                log.exception("task-crashed", task=name, again_in_s=pause_s if restart else None)
            else:
                return
            if not restart:
                return
            await self._clock.sleep(pause_s)
            pause_s = min(2 * pause_s, MAX_PAUSE_S)

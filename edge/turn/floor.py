"""The floor decides which activity may listen to the user or speak to them.

At most one activity holds it. Comparing priorities and starting happen in one step on the event loop, without an await
in between, so two activities never run side by side. The next one starts after the task of the last one has ended.

* A conversation ends the current activity, whatever it is: the user has priority.
* An alarm waits for the current conversation or announcement, and goes before waiting announcements. An alarm rings for
  minutes, but an announcement lasts only seconds and is useless if it is cut short.
* An urgent announcement ends the current activity, too, and goes before everything that waits.
* `stop` ends the current activity and drops waiting announcements. A waiting alarm then rings, because the user has not
  heard it yet.
"""

import asyncio
from collections.abc import Callable, Coroutine
from enum import IntEnum
from typing import Any

import structlog

log = structlog.get_logger("turn")

Work = Callable[[], Coroutine[Any, Any, None]]


class Priority(IntEnum):
    """Higher priorities go first."""

    ANNOUNCEMENT = 1
    ALARM = 2
    CONVERSATION = 3
    URGENT = 4


class Activity:
    """A handle on work that waits for the floor or holds it. It can be cancelled and awaited."""

    def __init__(self, floor: "Floor", priority: Priority, name: str, work: Work, on_over: Callable[[], None]) -> None:
        self.priority = priority
        self.name = name
        self.work = work
        self.over = asyncio.Event()
        """Set when the work has ended or will never begin."""
        self._floor = floor
        self._on_over = on_over

    def end(self) -> None:
        """Mark it as over. Called by the floor."""
        self._on_over()
        self.over.set()

    async def cancel(self) -> None:
        """Cancel the work, or remove it from the queue. Return when it is over."""
        self._floor.cancel(self)
        await self.over.wait()


class Floor:
    """Gives the floor to one activity at a time. Call it from one event loop only."""

    def __init__(self) -> None:
        self._current: Activity | None = None
        self._task: asyncio.Task[None] | None = None
        self._waiting: list[Activity] = []
        self.closed = False
        """True once no more activities are started."""

    @property
    def current(self) -> Activity | None:
        """The activity that holds the floor."""
        return self._current

    def take(
        self, priority: Priority, name: str, work: Work, *, on_over: Callable[[], None] = lambda: None
    ) -> Activity:
        """Run `work()` as soon as its priority allows. Returns at once.

        `on_over` is called when it is over, even if it never began. A new conversation replaces a waiting one. A crash
        of `work` is logged and ends only this activity.
        """
        activity = Activity(self, priority, name, work, on_over)
        if self.closed:
            activity.end()
            return activity
        if priority is Priority.CONVERSATION:
            self._drop(lambda waiting: waiting.priority is Priority.CONVERSATION)
        place = sum(waiting.priority >= priority for waiting in self._waiting)
        self._waiting.insert(place, activity)
        if self._current is not None and self._interrupts(priority, self._current.priority):
            self.cancel(self._current)
        self._start_next()
        return activity

    def cancel(self, activity: Activity) -> None:
        """Cancel the activity, or remove it from the queue. Returns at once; `activity.over` is set when it is over."""
        # Only once: a second cancellation would interrupt the clean-up.
        if activity is self._current and self._task is not None and not self._task.cancelling():
            self._task.cancel()
        self._drop(lambda waiting: waiting is activity)

    async def stop(self) -> None:
        """End the current activity and drop waiting announcements. Return when it is over."""
        self._drop(lambda waiting: waiting.priority in {Priority.ANNOUNCEMENT, Priority.URGENT})
        if self._current is not None:
            await self._current.cancel()

    async def idle(self) -> None:
        """Return when no activity holds the floor and none waits."""
        while self._current is not None:
            await self._current.over.wait()

    async def aclose(self) -> None:
        """End everything, including waiting alarms, and start nothing more."""
        self.closed = True
        self._drop(lambda _: True)
        await self.stop()

    @staticmethod
    def _interrupts(priority: Priority, current: Priority) -> bool:
        return priority is Priority.CONVERSATION or (priority is Priority.URGENT and current is not Priority.URGENT)

    def _start_next(self) -> None:
        if self._current is None and self._waiting:
            self._current = self._waiting.pop(0)
            self._task = asyncio.create_task(self._current.work(), name=self._current.name)
            self._task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        activity, self._current, self._task = self._current, None, None
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("activity-crashed", activity=task.get_name(), exc_info=error)
        self._start_next()
        if activity is not None:
            activity.end()

    def _drop(self, which: Callable[[Activity], bool]) -> None:
        for activity in [waiting for waiting in self._waiting if which(waiting)]:
            self._waiting.remove(activity)
            activity.end()

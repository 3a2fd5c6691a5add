"""The floor: the one owner of who may listen to the user or speak to them.

At most one activity holds it. Compare and start is one step on the event loop, without an await between them, so two
activities can never run side by side; the next one starts when the task of the last has really ended.

* A conversation ends whatever holds the floor: the user has the first word.
* An alarm waits for a conversation or an announcement under way, and goes before waiting announcements. It rings for
  minutes, an announcement lasts seconds: half of one would tell nothing.
* `stop` ends the activity under way and drops the waiting announcements. A waiting alarm then rings: it was not heard
  yet.
"""

import asyncio
from collections.abc import Callable, Coroutine
from enum import IntEnum
from typing import Any

import structlog

log = structlog.get_logger("turn")

Work = Callable[[], Coroutine[Any, Any, None]]


class Priority(IntEnum):
    """The higher one goes first."""

    ANNOUNCEMENT = 1
    ALARM = 2
    CONVERSATION = 3


class Activity:
    """A handle on work that wants or has the floor: it can be cancelled and awaited."""

    def __init__(self, floor: "Floor", priority: Priority, name: str, work: Work, on_over: Callable[[], None]) -> None:
        self.priority = priority
        self.name = name
        self.work = work
        self.over = asyncio.Event()
        """Set when it has ended, or will never begin."""
        self._floor = floor
        self._on_over = on_over

    def end(self) -> None:
        """It is over; called by the floor."""
        self._on_over()
        self.over.set()

    async def cancel(self) -> None:
        """End it, or take it out of the queue; return when it is over."""
        self._floor.cancel(self)
        await self.over.wait()


class Floor:
    """Gives the floor to one activity at a time. All calls on one event loop."""

    def __init__(self) -> None:
        self._current: Activity | None = None
        self._task: asyncio.Task[None] | None = None
        self._waiting: list[Activity] = []
        self.closed = False
        """The floor is given to no activity any more."""

    @property
    def current(self) -> Activity | None:
        """The activity that holds the floor."""
        return self._current

    def take(
        self, priority: Priority, name: str, work: Work, *, on_over: Callable[[], None] = lambda: None
    ) -> Activity:
        """Run `work()` as the one activity as soon as its priority allows. Returns at once.

        `on_over` is called when it is over, also where it never began. A conversation that waits is replaced by a newer
        one. A crash of `work` is logged and ends that activity only.
        """
        activity = Activity(self, priority, name, work, on_over)
        if self.closed:
            activity.end()
            return activity
        if priority is Priority.CONVERSATION:
            self._drop(lambda waiting: waiting.priority is Priority.CONVERSATION)
        place = sum(waiting.priority >= priority for waiting in self._waiting)
        self._waiting.insert(place, activity)
        if priority is Priority.CONVERSATION and self._current is not None:
            self.cancel(self._current)
        self._start_next()
        return activity

    def cancel(self, activity: Activity) -> None:
        """Cancel it, or take it out of the queue. Returns at once; `activity.over` tells when it is over."""
        # Once only: a second cancellation would cut the clean-up of the first short.
        if activity is self._current and self._task is not None and not self._task.cancelling():
            self._task.cancel()
        self._drop(lambda waiting: waiting is activity)

    async def stop(self) -> None:
        """End the activity under way and drop the waiting announcements; return when it is over."""
        self._drop(lambda waiting: waiting.priority is Priority.ANNOUNCEMENT)
        if self._current is not None:
            await self._current.cancel()

    async def idle(self) -> None:
        """Return when no activity holds the floor and none waits."""
        while self._current is not None:
            await self._current.over.wait()

    async def aclose(self) -> None:
        """End everything, waiting alarms included, and begin nothing any more."""
        self.closed = True
        self._drop(lambda _: True)
        await self.stop()

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

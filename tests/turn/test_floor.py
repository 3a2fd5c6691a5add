"""Who may speak or listen: one at a time, the user first, and everything can be stopped."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from edge.runtime import virtual_time
from edge.runtime.background import to_the_end
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.turn.floor import Activity, Floor, Priority

ANNOUNCEMENT, ALARM, CONVERSATION = Priority.ANNOUNCEMENT, Priority.ALARM, Priority.CONVERSATION


class Stage:
    """Activities that note when they begin and end; ending one takes a moment."""

    def __init__(self, clock: VirtualClock) -> None:
        self.clock = clock
        self.floor = Floor()
        self.story: list[str] = []
        self.active = self.max_active = 0

    def work(
        self, name: str, seconds: float = 10.0, closing_s: float = 0.01
    ) -> Callable[[], Coroutine[Any, Any, None]]:
        async def act() -> None:
            self.active += 1
            self.max_active = max(self.max_active, self.active)
            self.story.append(f"{name} begins")
            try:
                await self.clock.sleep(seconds)
                self.story.append(f"{name} is done")
            except asyncio.CancelledError:
                self.story.append(f"{name} is cut")
                raise
            finally:
                await to_the_end(self._close(closing_s))

        return act

    async def _close(self, seconds: float) -> None:
        await self.clock.sleep(seconds)
        self.active -= 1

    def take(self, priority: Priority, name: str, seconds: float = 10.0) -> Activity:
        return self.floor.take(priority, name, self.work(name, seconds))


@instantly
async def test_a_conversation_ends_whatever_holds_the_floor_and_begins_when_that_is_over() -> None:
    stage = Stage(VirtualClock())
    ring = stage.take(ALARM, "ring")
    await stage.clock.sleep(1)
    talk = stage.take(CONVERSATION, "talk")
    await talk.over.wait()
    assert ring.over.is_set()
    assert stage.story == ["ring begins", "ring is cut", "talk begins", "talk is done"]


@instantly
async def test_an_alarm_waits_for_the_conversation_and_goes_before_waiting_announcements() -> None:
    stage = Stage(VirtualClock())
    stage.take(CONVERSATION, "talk")
    stage.take(ANNOUNCEMENT, "dinner")
    stage.take(ANNOUNCEMENT, "laundry")
    stage.take(ALARM, "ring")
    await stage.floor.idle()
    begun = [line for line in stage.story if line.endswith("begins")]
    assert begun == ["talk begins", "ring begins", "dinner begins", "laundry begins"]
    assert not any(line.endswith("cut") for line in stage.story)


@instantly
async def test_an_alarm_lets_an_announcement_finish() -> None:
    stage = Stage(VirtualClock())
    stage.take(ANNOUNCEMENT, "dinner")
    await stage.clock.sleep(1)
    stage.take(ALARM, "ring")
    await stage.floor.idle()
    assert stage.story == ["dinner begins", "dinner is done", "ring begins", "ring is done"]


@instantly
async def test_stop_ends_what_is_heard_and_drops_announcements_but_not_an_alarm_that_was_not_heard_yet() -> None:
    stage = Stage(VirtualClock())
    stage.take(CONVERSATION, "talk")
    dinner = stage.take(ANNOUNCEMENT, "dinner")
    stage.take(ALARM, "ring")
    await stage.clock.sleep(1)
    await stage.floor.stop()
    assert dinner.over.is_set()
    await stage.clock.sleep(1)
    await stage.floor.stop()
    await stage.floor.idle()
    assert stage.story == ["talk begins", "talk is cut", "ring begins", "ring is cut"]


@instantly
async def test_of_two_conversations_that_wait_the_newer_one_begins() -> None:
    stage = Stage(VirtualClock())
    stage.floor.take(CONVERSATION, "first", stage.work("first", closing_s=1))
    await stage.clock.sleep(1)
    dropped: list[bool] = []
    second = stage.floor.take(CONVERSATION, "second", stage.work("second"), on_over=lambda: dropped.append(True))
    stage.take(CONVERSATION, "third")
    assert second.over.is_set()
    assert dropped == [True]
    await stage.floor.idle()
    assert stage.story == ["first begins", "first is cut", "third begins", "third is done"]


@instantly
async def test_an_activity_that_is_cancelled_twice_cleans_up_once_and_whole() -> None:
    clock = VirtualClock()
    cleaned: list[str] = []

    async def work() -> None:
        try:
            await clock.sleep(10)
        finally:
            await clock.sleep(1)
            cleaned.append("up")

    activity = (floor := Floor()).take(CONVERSATION, "talk", work)
    await clock.sleep(1)
    first = asyncio.create_task(activity.cancel())
    await clock.sleep(0.5)
    await floor.stop()
    await first
    assert cleaned == ["up"]


@instantly
async def test_one_that_crashes_leaves_the_floor_to_the_next() -> None:
    stage = Stage(VirtualClock())

    async def crash() -> None:
        raise ValueError("a mistake")

    stage.floor.take(ALARM, "ring", crash)
    stage.take(ANNOUNCEMENT, "dinner")
    with capture_logs() as logs:
        await stage.floor.idle()
    assert stage.story == ["dinner begins", "dinner is done"]
    assert [(entry["event"], entry["activity"]) for entry in logs] == [("activity-crashed", "ring")]


@instantly
async def test_one_that_waits_can_be_taken_out_of_the_queue() -> None:
    stage = Stage(VirtualClock())
    stage.take(CONVERSATION, "talk")
    dinner = stage.take(ANNOUNCEMENT, "dinner")
    await dinner.cancel()
    await stage.floor.idle()
    assert stage.story == ["talk begins", "talk is done"]


@instantly
async def test_closing_ends_everything_waiting_alarms_too() -> None:
    stage = Stage(VirtualClock())
    stage.take(CONVERSATION, "talk")
    ring = stage.take(ALARM, "ring")
    await stage.clock.sleep(1)
    await stage.floor.aclose()
    assert ring.over.is_set()
    assert stage.floor.current is None
    assert stage.take(ANNOUNCEMENT, "too late").over.is_set()
    assert stage.story == ["talk begins", "talk is cut"]


STEPS = st.lists(st.tuples(st.sampled_from([*Priority, None]), st.sampled_from([0.0, 0.005, 0.5, 20.0])), max_size=30)


@given(STEPS)
def test_however_they_come_one_activity_at_a_time_and_every_one_comes_to_an_end(
    steps: list[tuple[Priority | None, float]],
) -> None:
    async def scenario() -> None:
        stage = Stage(VirtualClock())
        activities = []
        for priority, pause_s in steps:
            if priority is None:
                asyncio.get_running_loop().call_soon(asyncio.ensure_future, stage.floor.stop())
            else:
                activities.append(stage.take(priority, priority.name))
            await stage.clock.sleep(pause_s)
        await stage.floor.idle()
        assert all(activity.over.is_set() for activity in activities)
        assert stage.max_active <= 1
        assert stage.active == 0

    virtual_time.run(scenario())


@instantly
async def test_an_urgent_announcement_ends_what_is_heard_and_a_conversation_ends_it() -> None:
    stage = Stage(VirtualClock())
    stage.take(CONVERSATION, "talk")
    stage.take(ALARM, "ring")
    await stage.clock.sleep(1)
    stage.take(Priority.URGENT, "fire")
    await stage.clock.sleep(1)
    assert stage.story == ["talk begins", "talk is cut", "fire begins"]
    stage.take(CONVERSATION, "again")
    await stage.floor.idle()
    assert stage.story[3:] == ["fire is cut", "again begins", "again is done", "ring begins", "ring is done"]


@instantly
async def test_stop_drops_an_urgent_announcement_that_waits() -> None:
    stage = Stage(VirtualClock())
    stage.take(Priority.URGENT, "fire")
    second = stage.take(Priority.URGENT, "flood")
    await stage.clock.sleep(1)
    assert stage.story == ["fire begins"], "it does not cut another urgent one"
    await stage.floor.stop()
    await stage.floor.idle()
    assert second.over.is_set()
    assert stage.story == ["fire begins", "fire is cut"]

"""The newest of several values, for a slow consumer."""

import asyncio

import pytest
from structlog.testing import capture_logs

from edge.runtime import virtual_time
from edge.runtime.background import BackgroundTasks
from edge.runtime.latest import Latest
from edge.runtime.virtual_time import VirtualClock


class Consumer:
    """Takes a second for each value."""

    def __init__(self) -> None:
        self.began: list[int] = []
        self.ended: list[int] = []
        self.fails = 0

    async def __call__(self, value: int) -> None:
        self.began.append(value)
        await asyncio.sleep(1)
        if self.fails:
            self.fails -= 1
            raise ValueError("out of order")
        self.ended.append(value)


@virtual_time.instantly
async def test_a_newer_value_ends_the_use_of_an_older_one() -> None:
    values, consumer = Latest[int](), Consumer()
    values.put(1)
    values.put(2)
    following = asyncio.create_task(values.follow(consumer))
    await asyncio.sleep(0.5)
    values.put(3)
    values.put(4)
    await asyncio.sleep(3)
    values.put(5)
    await asyncio.sleep(3)
    following.cancel()
    await asyncio.wait({following})
    assert (consumer.began, consumer.ended) == ([2, 4, 5], [4, 5])


@virtual_time.instantly
async def test_a_failure_is_raised_and_the_value_is_used_by_the_next_follower() -> None:
    values, consumer = Latest[int](), Consumer()
    consumer.fails = 1
    values.put(1)
    with pytest.raises(ValueError, match="out of order"):
        await values.follow(consumer)
    following = asyncio.create_task(values.follow(consumer))
    await asyncio.sleep(2)
    assert consumer.ended == [1]
    following.cancel()
    await asyncio.wait({following})


@virtual_time.instantly
async def test_of_a_failure_and_a_newer_value_the_newer_value_counts() -> None:
    values, consumer = Latest[int](), Consumer()
    consumer.fails = 1
    values.put(1)
    following = asyncio.create_task(values.follow(consumer))
    await asyncio.sleep(1)
    values.put(2)
    await asyncio.wait({following}, timeout=5)
    if following.done():
        assert isinstance(following.exception(), ValueError)
        following = asyncio.create_task(values.follow(consumer))
        await asyncio.sleep(2)
    assert consumer.ended == [2]
    following.cancel()
    await asyncio.wait({following})


@virtual_time.instantly
async def test_the_end_of_the_follower_ends_the_use_of_the_value() -> None:
    values, consumer = Latest[int](), Consumer()
    values.put(1)
    following = asyncio.create_task(values.follow(consumer))
    await asyncio.sleep(0.5)
    following.cancel()
    await asyncio.wait({following})
    await asyncio.sleep(2)
    assert consumer.ended == []


@virtual_time.instantly
async def test_a_new_value_is_used_at_once_while_the_use_of_the_first_goes_on_and_on() -> None:
    values, used = Latest[int](), list[tuple[float, int]]()
    clock = VirtualClock()
    background = BackgroundTasks(clock)

    async def use(value: int) -> None:
        used.append((clock.monotonic(), value))
        await clock.sleep(300)

    values.put(1)
    began = clock.monotonic()
    background.start("values", lambda: values.follow(use), on_crash="restart")
    first = asyncio.create_task(values.used())
    await clock.sleep(5)
    values.put(2)
    await first
    assert used == [(began, 1), (began + 5, 2)]
    assert clock.monotonic() == began + 305
    await background.aclose()


@virtual_time.instantly
async def test_a_value_that_cannot_be_used_holds_up_nothing_and_is_tried_again() -> None:
    values, consumer = Latest[int](), Consumer()
    background = BackgroundTasks(VirtualClock())
    consumer.fails = 1
    values.put(1)
    with capture_logs() as logs:
        background.start("values", lambda: values.follow(consumer), on_crash="restart")
        await values.used()
        assert (consumer.began, consumer.ended) == ([1], [])
        await asyncio.sleep(5)
    assert consumer.ended == [1]
    assert [line["event"] for line in logs] == ["task-crashed"]
    await background.aclose()

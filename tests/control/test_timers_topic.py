"""The retained topic `timers`: complete, without texts, and silent while nothing changes."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import pytest

from edge.control.timers_topic import TimersTopic
from edge.errors import HomeError
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.schedule import Ring
from edge.schedule.schedule import TimerSchedule
from edge.schedule.timers import MAX_SECONDS, MAX_TIMERS
from edge.settings import DeviceSettings, Settings, TelemetrySettings
from tests.fakes.language import ENGLISH
from tests.fakes.mqtt import FakeMqtt

TOPIC = "edge-voice/kitchen/timers"


class World:
    """A schedule that runs, and what it publishes."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.mqtt = FakeMqtt()
        self.schedule = TimerSchedule(self.clock, None, ENGLISH.replies)
        self.rung: list[Ring] = []

    async def ring(self, ring: Ring) -> None:
        self.rung.append(ring)
        await self.clock.sleep(5)

    async def published(self) -> list[dict[str, Any]]:
        await self.clock.sleep(0.1)
        return [json.loads(payload) for payload in self.mqtt.on(TOPIC)]

    async def latest(self) -> dict[str, Any]:
        return (await self.published())[-1]


@asynccontextmanager
async def world(*, transcripts: bool = False) -> AsyncIterator[World]:
    it = World()
    settings = Settings(device=DeviceSettings(id="kitchen"), telemetry=TelemetrySettings(transcripts=transcripts))
    topic = TimersTopic(it.mqtt, settings, it.schedule, it.clock)
    tasks = {asyncio.create_task(topic.run()), asyncio.create_task(it.schedule.run(it.ring))}
    yield it
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


@instantly
async def test_it_follows_every_change_and_is_silent_otherwise() -> None:
    async with world() as it:
        assert await it.latest() == {"next_timer": None, "next_alarm": None, "timers": [], "alarms": []}
        await it.schedule.set_timer(600, "pasta")
        now = await it.latest()
        assert now["timers"] == [{"id": 1, "seconds": 600, "paused": False, "ends_at": now["next_timer"]}]
        ends = datetime.fromisoformat(now["next_timer"]).timestamp()
        assert ends == pytest.approx(it.clock.now().timestamp() + 600, abs=1)
        await it.clock.sleep(300)
        assert len(await it.published()) == 2, "nothing counts down"
        it.schedule.timers.pause(it.schedule.timers.all()[0])
        await it.schedule.changed()
        assert (await it.latest())["timers"][0]["left_s"] == 300
        assert (await it.latest())["next_timer"] is None
        await it.schedule.cancel_timer(1)
        assert (await it.latest())["timers"] == []


@instantly
async def test_a_timer_that_rings_is_no_longer_listed() -> None:
    async with world() as it:
        await it.schedule.set_timer(60)
        await it.clock.sleep(61)
        assert [ring.kind for ring in it.rung] == ["timer"]
        assert (await it.latest())["timers"] == []


@instantly
async def test_alarms_have_their_next_moment_and_days() -> None:
    async with world() as it:
        for at, days in (("07:30", frozenset({0, 4})), ("06:00", frozenset[int]())):
            await it.schedule.set_alarm(datetime.strptime(at, "%H:%M").time(), days, "gym")  # noqa: DTZ007 - local
        now = await it.latest()
        assert [(alarm["id"], alarm["days"]) for alarm in now["alarms"]] == [(2, []), (1, [0, 4])]
        first = datetime(2026, 3, 3, 6, 0).astimezone().isoformat()
        assert now["next_alarm"] == now["alarms"][0]["at"] == first
        assert "gym" not in json.dumps(now)
        await it.schedule.cancel_alarm(None)
        assert (await it.latest())["alarms"] == []


@instantly
async def test_labels_are_among_the_transcripts() -> None:
    async with world(transcripts=True) as it:
        await it.schedule.set_timer(600, "pasta")
        assert (await it.latest())["timers"][0]["label"] == "pasta timer"


@instantly
async def test_a_schedule_refuses_what_it_cannot_keep() -> None:
    async with world() as it:
        past = datetime(2020, 1, 1, 7, 30)  # noqa: DTZ001 - alarms have no zone
        future = datetime(2030, 1, 1, 7, 30)  # noqa: DTZ001
        for refused, code in (
            (it.schedule.set_timer(0), "timer-invalid"),
            (it.schedule.set_timer(MAX_SECONDS + 1), "timer-invalid"),
            (it.schedule.cancel_timer(7), "timer-unknown"),
            (it.schedule.cancel_alarm(7), "alarm-unknown"),
            (it.schedule.set_alarm(past), "alarm-past"),
            (it.schedule.set_alarm(future, frozenset({1})), "alarm-invalid"),
        ):
            with pytest.raises(HomeError) as caught:
                await refused
            assert caught.value.code == code
        for _ in range(MAX_TIMERS):
            await it.schedule.set_timer(60)
        with pytest.raises(HomeError, match="50 timers"):
            await it.schedule.set_timer(60)
        for _ in range(MAX_TIMERS):
            await it.schedule.set_alarm(future)
        with pytest.raises(HomeError, match="50 alarms"):
            await it.schedule.set_alarm(future)
        await it.schedule.cancel_timer(None)
        await it.schedule.cancel_alarm(None)
        assert it.schedule.pending() == ((), ())

"""What things report: values, availability, and what becomes of a report with time."""

import asyncio
from typing import Any

import pytest

from edge.home.model import Entity, Feature, HomeModel
from edge.home.states import MAX_PAYLOAD_BYTES, MAX_WILDCARDS, HomeStates
from edge.runtime import virtual_time
from edge.runtime.virtual_time import VirtualClock
from tests.home.discovery.announced import announced
from tests.home.test_tasmota import things as tasmota

VALUE, POWER = Feature.VALUE, Feature.POWER


class Reports:
    """States of some entities."""

    def __init__(self, *entities: Entity) -> None:
        self.clock = VirtualClock()
        self.states = HomeStates(self.clock)
        self.states.use(HomeModel(entities))

    async def hears(self, topic: str, payload: str | bytes, *, retained: bool = False) -> list[str]:
        content = payload.encode() if isinstance(payload, str) else payload
        sent = await self.states.feed(topic, content, retained=retained)
        return [f"{message.topic} {message.payload}".strip() for message in sent]


def motion(**more: Any) -> Entity:
    return announced("binary_sensor", {"state_topic": "m", "device_class": "motion", "unique_id": "m", **more})


def warmth(**more: Any) -> Entity:
    return announced("sensor", {"state_topic": "t", "device_class": "temperature", "unique_id": "t", **more})


@virtual_time.instantly
async def test_a_report_that_is_too_old_is_none_and_the_thing_is_not_available() -> None:
    sensor = warmth(expire_after=60)
    home = Reports(sensor)
    assert home.states.of(sensor).available is None
    await home.hears("t", "20")
    await asyncio.sleep(59)
    assert home.states.of(sensor).values == {VALUE: 20}
    await home.hears("t", "nonsense")
    await asyncio.sleep(2)
    assert (home.states.of(sensor).values, home.states.of(sensor).available) == ({}, False)
    await home.hears("t", "21")
    assert (home.states.of(sensor).values, home.states.of(sensor).available) == ({VALUE: 21}, None)


@virtual_time.instantly
async def test_only_reports_keep_a_sensor_from_expiring() -> None:
    sensor = warmth(expire_after=60, availability_topic="up")
    home = Reports(sensor)
    await home.hears("up", "online")
    await home.hears("t", "20")
    for _ in range(10):
        await asyncio.sleep(7)
        await home.hears("up", "online")
    assert (home.states.of(sensor).values, home.states.of(sensor).available) == ({}, False)


@virtual_time.instantly
async def test_a_motion_sensor_that_never_reports_off_goes_off_by_itself() -> None:
    sensor = motion(off_delay=30)
    home = Reports(sensor)
    await home.hears("m", "ON")
    began = home.clock.now()
    await asyncio.sleep(29)
    assert home.states.of(sensor).values == {VALUE: True}
    await home.hears("m", "ON")
    await asyncio.sleep(29)
    assert home.states.of(sensor).values == {VALUE: True}
    assert home.states.of(sensor).known_since == {VALUE: began}, "it may have been on before"
    await asyncio.sleep(100)
    assert home.states.of(sensor).values == {VALUE: False}
    assert home.states.of(sensor).known_since == {}
    since = home.states.of(sensor).changed[VALUE]
    assert (since - began).total_seconds() == pytest.approx(59)
    await home.hears("m", "ON")
    assert home.states.of(sensor).changed[VALUE] == home.clock.now()


@virtual_time.instantly
async def test_a_value_that_the_broker_kept_has_no_time() -> None:
    sensor = motion()
    home = Reports(sensor)
    await home.hears("m", "ON", retained=True)
    assert home.states.of(sensor).changed == {}
    await home.hears("m", "OFF", retained=True)
    assert home.states.of(sensor).changed == {VALUE: home.clock.now()}, "it has changed since"


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("all", [("a", "online", True), ("b", "offline", False), ("b", "online", True)]),
        ("any", [("a", "offline", None), ("b", "offline", False), ("b", "online", True)]),
        ("latest", [("a", "online", True), ("b", "offline", False), ("a", "online", True), ("b", "x", True)]),
    ],
)
@virtual_time.instantly
async def test_availability_on_several_topics(mode: str, expected: list[tuple[str, str, bool | None]]) -> None:
    sensor = warmth(availability=[{"topic": "a"}, {"topic": "b"}], availability_mode=mode)
    home = Reports(sensor)
    for topic, payload, available in expected:
        await home.hears(topic, payload)
        assert home.states.of(sensor).available is available


@virtual_time.instantly
async def test_an_availability_topic_that_is_not_announced_any_more_counts_no_longer() -> None:
    home = Reports(warmth(availability=[{"topic": "a"}, {"topic": "b"}], availability_mode="all"))
    await home.hears("a", "offline")
    await home.hears("b", "online")
    now = warmth(availability=[{"topic": "b"}], availability_mode="all")
    home.states.use(HomeModel((now,)))
    await home.hears("b", "online")
    assert home.states.of(now).available is True


@virtual_time.instantly
async def test_a_thing_keeps_its_state_while_the_model_changes_and_loses_it_with_its_place() -> None:
    sensor = motion(off_delay=30)
    home = Reports(sensor)
    await home.hears("m", "ON")
    home.states.use(HomeModel((warmth(), motion(off_delay=30, name="Hall"))))
    assert home.states.of(sensor).values == {VALUE: True}
    home.states.use(HomeModel())
    home.states.use(HomeModel((sensor,)))
    assert home.states.of(sensor).values == {}


@virtual_time.instantly
async def test_payloads_that_are_no_text_or_too_long_change_nothing() -> None:
    sensor = motion()
    home = Reports(sensor)
    await home.hears("m", "ON")
    for payload in (b"\xff\xfe", b"OFF" + b" " * MAX_PAYLOAD_BYTES, b"", b"null"):
        await home.hears("m", payload)
    assert home.states.of(sensor).values == {VALUE: True}


@virtual_time.instantly
async def test_wildcards_are_followed_for_some_things_only() -> None:
    wild = [
        announced("sensor", {"state_topic": f"z/+/{at % 2}/#", "unique_id": f"s{at}"})
        for at in range(MAX_WILDCARDS + 9)
    ]
    home = Reports(*wild, motion())
    assert home.states.topics == {"z/+/0/#", "z/+/1/#", "m"}
    await home.hears("z/x/0/y/z", "1")
    assert sum(bool(home.states.of(entity).values) for entity in wild) == MAX_WILDCARDS / 2
    await home.hears("z/x/0", "2")
    assert home.states.of(wild[0]).values == {VALUE: "2"}
    await home.hears("z/0/y", "3")
    assert home.states.of(wild[0]).values == {VALUE: "2"}


@virtual_time.instantly
async def test_what_does_not_keep_its_state_is_asked_for_it_when_it_comes_online_once_for_all_its_parts() -> None:
    device = tasmota({"AM2301": {"Temperature": 21.5, "Humidity": 40}, "TempUnit": "C"}, rl=[1, 1])
    home = Reports(*device)
    relay = device[0]
    asked = ["cmnd/desk/STATE", "cmnd/desk/STATUS 10"]
    assert await home.hears("tele/desk/LWT", "Online", retained=True) == asked
    assert await home.hears("tele/desk/LWT", "Online", retained=True) == asked, "there was no answer"
    await home.hears("stat/desk/RESULT", '{"Time":"x","POWER1":"ON","POWER2":"OFF"}')
    await home.hears("stat/desk/STATUS10", '{"StatusSNS":{"Time":"x","AM2301":{"Temperature":19,"Humidity":50}}}')
    assert [home.states.of(entity).values for entity in device] == [
        {POWER: True},
        {POWER: False},
        {VALUE: 19},
        {VALUE: 50},
    ]
    assert await home.hears("tele/desk/LWT", "Online", retained=True) == []
    assert await home.hears("tele/desk/LWT", "Offline") == []
    assert home.states.of(relay).available is False
    assert await home.hears("tele/desk/LWT", "Online") == asked, "it has restarted"


@virtual_time.instantly
async def test_while_the_broker_is_away_no_state_is_current() -> None:
    sensor, own = motion(), Entity("x", "light", "X", motion().source)
    home = Reports(sensor, own)
    await home.hears("m", "ON")
    home.states.connected = lambda: False
    assert home.states.of(sensor).values == {VALUE: True}
    assert not home.states.of(sensor).current
    assert home.states.of(own).current, "nothing reports its state anyway"


@virtual_time.instantly
async def test_waiting_for_a_state_ends_with_it_or_in_time() -> None:
    sensor = motion()
    home = Reports(sensor)

    def is_on() -> bool:
        return home.states.of(sensor).values.get(VALUE) is True

    began = home.clock.monotonic()
    assert not await home.states.until(sensor, is_on, 2)
    assert home.clock.monotonic() - began == pytest.approx(2)
    waiting = asyncio.create_task(home.states.until(sensor, is_on, 2))
    await asyncio.sleep(1)
    await home.hears("m", "OFF")
    await asyncio.sleep(0.5)
    await home.hears("m", "ON")
    assert await waiting
    assert home.clock.monotonic() - began == pytest.approx(3.5)
    cancelled = asyncio.create_task(home.states.until(sensor, lambda: False, 2))
    await asyncio.sleep(0)
    cancelled.cancel()
    await asyncio.wait({cancelled})
    assert home.states._waiting == {}


@virtual_time.instantly
async def test_a_message_that_many_things_read_lets_others_run_in_between() -> None:
    clock = VirtualClock()
    slow = [motion(unique_id=f"m{at}") for at in range(50)]
    states = HomeStates(clock)
    states.use(HomeModel(tuple(slow)))
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    running = asyncio.create_task(others())
    states_clock = iter(range(1000))
    clock.monotonic = lambda: next(states_clock) * 0.006  # type: ignore[method-assign]  # each reading takes 6 ms
    await states.feed("m", b"ON")
    assert turns >= 20
    running.cancel()
    await asyncio.wait({running})
    assert all(state.values == {VALUE: True} for state in states._states.values())

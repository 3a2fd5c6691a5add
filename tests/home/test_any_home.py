"""Whatever a home says, in whatever order: nothing raises, nothing grows without end, and what is known is true."""

import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edge.bench.made_home import announcements
from edge.home.model import HomeModel
from edge.home.sources.announced import FORGET_S
from edge.home.sources.discovery.abbreviations import COMPONENT
from edge.home.sources.discovery.entity import READERS
from edge.home.states import HomeStates
from edge.runtime import virtual_time
from edge.runtime.virtual_time import VirtualClock
from tests.fakes.home_broker import HomeBroker, opened
from tests.home.discovery.announced import announced
from tests.home.test_tasmota import CONFIG

BASES = ("a", "b", "c")
NAMES = ("Lamp", "Kitchen lamp", "Café", "0x00158d0001a2b3c4", "", "Bulb")


def switch(base: str, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "unique_id": base,
        "command_topic": f"{base}/set",
        "state_topic": f"{base}/state",
        "availability_topic": f"{base}/up",
        "device": {"identifiers": [base], "name": name},
    }


def tasmota(base: str, name: str) -> dict[str, Any]:
    return {**CONFIG, "mac": base.upper(), "t": base, "dn": name, "fn": [name], "rl": [1]}


def device(base: str, name: str) -> dict[str, Any]:
    parts = {
        "one": {**switch(f"{base}1", name), "platform": "switch"},
        "two": {**switch(f"{base}2", "Two"), "platform": "light"},
    }
    return {"device": {"identifiers": [base], "name": name}, "origin": {"name": "x"}, "components": parts}


TOPICS = (
    lambda base: f"homeassistant/switch/{base}/config",
    lambda base: f"homeassistant/device/{base}/config",
    lambda base: f"tasmota/discovery/{base.upper()}/config",
)
PAYLOADS = (switch, device, tasmota)

STEP = st.one_of(
    st.tuples(st.just("announce"), st.integers(0, 2), st.sampled_from(BASES), st.sampled_from(NAMES)),
    st.tuples(st.sampled_from(["remove", "vanish"]), st.integers(0, 2), st.sampled_from(BASES), st.just("")),
    st.tuples(
        st.just("state"),
        st.just(0),
        st.sampled_from([f"{base}{end}" for base in BASES for end in ("/state", "/up", "1/state", "2/up")]),
        st.sampled_from(["ON", "OFF", "online", "offline", "{", "", "null"]),
    ),
    st.tuples(st.just("tell"), st.just(0), st.sampled_from(BASES), st.sampled_from(["Online", "Offline", "{}"])),
    st.tuples(st.sampled_from(["away", "back", "wait", "restart"]), st.just(0), st.just(""), st.just("")),
)


async def carry_out(broker: HomeBroker, step: tuple[str, int, str, str]) -> None:
    match step:
        case "announce", kind, base, name:
            await broker.keep(TOPICS[kind](base), PAYLOADS[kind](base, name))
        case "remove", kind, base, _:
            await broker.keep(TOPICS[kind](base))
        case "vanish", kind, base, _:
            broker.disconnect()
            await broker.keep(TOPICS[kind](base))
            broker.connect()
        case "state", _, topic, payload:
            await broker.keep(topic, payload)
        case "tell", _, base, payload:
            await broker.keep(f"tele/{base}/LWT", payload)
        case "away", *_:
            broker.disconnect()
        case "back", *_:
            broker.connect()
        case _:
            await asyncio.sleep(1)


@given(st.lists(STEP, min_size=10, max_size=25))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_in_any_order_the_home_is_in_the_end_that_of_a_new_start(steps: list[tuple[str, int, str, str]]) -> None:
    async def scenario() -> None:
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
            broker = HomeBroker()
            await broker.keep("homeassistant/light/always/config", switch("always", "Always there"))
            sessions: list[list[tuple[str, int, str, str]]] = [[]]
            for step in steps:
                sessions.append([]) if step[0] == "restart" else sessions[-1].append(step)
            for session in sessions:
                async with opened(broker, Path(one), settle=False) as home:
                    for step in session:
                        await carry_out(broker, step)
                    broker.connect()
                    await asyncio.sleep(2 * FORGET_S)
            async with opened(broker, Path(two)) as fresh:
                assert home.ids == fresh.ids
                assert {it.name for it in home.home.watch.model.entities} == {
                    it.name for it in fresh.home.watch.model.entities
                }
                for entity in fresh.home.watch.model.entities:
                    known = home.home.states.of(entity)
                    assert fresh.home.states.of(entity).available in {known.available, None}

    virtual_time.run(scenario())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from(sorted({*COMPONENT, *COMPONENT.values()}))
CONFIGS = st.dictionaries(KEYS, JSON | st.sampled_from(["{{ value_json.x }}", "a/b", "a/+/#", "+", "{% if %}"]))


@given(
    st.lists(st.tuples(st.sampled_from(sorted([*READERS, "device", "camera"])), CONFIGS), max_size=6),
    st.lists(
        st.tuples(st.sampled_from(["a/b", "a/x/y", "x"]), st.binary(max_size=40) | JSON.map(json.dumps)), max_size=6
    ),
)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_announcement_and_no_state_raises(
    said: list[tuple[str, dict[str, Any]]], states: list[tuple[str, bytes | str]]
) -> None:
    async def scenario() -> None:
        with tempfile.TemporaryDirectory() as folder:
            broker = HomeBroker()
            async with opened(broker, Path(folder)) as home:
                for number, (component, config) in enumerate(said):
                    whole = {"state_topic": "a/b", "command_topic": "a/set", **config}
                    await broker.keep(f"homeassistant/{component}/{number}/config", whole)
                await asyncio.sleep(5)
                for topic, payload in states:
                    await broker.receive(topic, payload.encode() if isinstance(payload, str) else payload)
                for entity in home.home.watch.model.entities:
                    reply = await home.says("HassGetState", name=entity.name)
                    assert reply != "Something went wrong."
                assert len(home.ids) <= len(said)

    virtual_time.run(scenario())


HOME = tuple(
    announced(topic.split("/")[1], json.loads(payload), str(number))
    for number, (topic, payload) in enumerate(announcements().items())
    if topic.startswith("homeassistant/") and "/device/" not in topic and number % 7 == 0
)


@given(
    st.binary(max_size=200) | JSON.map(json.dumps).map(str.encode) | st.text(max_size=50).map(str.encode), st.booleans()
)
@settings(deadline=None)
def test_no_payload_of_a_state_raises(payload: bytes, retained: bool) -> None:
    async def scenario() -> None:
        states = HomeStates(VirtualClock())
        states.use(HomeModel(HOME))
        for topic in sorted(states.topics)[:30]:
            await states.feed(topic, payload, retained=retained)
            await states.feed(topic, b"ON")
        for entity in HOME:
            states.of(entity)

    virtual_time.run(scenario())

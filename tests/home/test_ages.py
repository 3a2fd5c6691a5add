"""How old a state is: nothing is told of the time before a value was heard, or while the broker was away."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from edge.events import SlotValue
from edge.home.model import Entity, Feature, HomeModel, Source
from edge.home.modelling.groups import with_groups
from edge.home.states import EntityState, HomeStates
from edge.runtime import virtual_time
from edge.runtime.virtual_time import VirtualClock
from tests.fakes.home_broker import HomeBroker, OpenedHome, opened
from tests.home.discovery.announced import announced
from tests.home.test_watch import config, light

VALUE = Feature.VALUE


async def home_with_windows(*bases: str) -> HomeBroker:
    broker = HomeBroker()
    for base in bases:
        window = {
            "name": f"{base.title()} window",
            "unique_id": base,
            "state_topic": f"{base}/state",
            "device_class": "window",
            "device": {"identifiers": [base], "suggested_area": "Kitchen"},
        }
        await broker.keep(f"homeassistant/binary_sensor/{base}/config", window)
    return broker


async def since(home: OpenedHome, name: str = "Roof window") -> str:
    slots: dict[str, SlotValue] = {"name": name, "state": "open", "ask": "since"}
    return await home.says("HassGetState", **slots)


async def outage(broker: HomeBroker, seconds: float) -> None:
    broker.disconnect()
    await asyncio.sleep(seconds)
    broker.connect()
    await asyncio.sleep(1)


@virtual_time.instantly
async def test_what_the_broker_kept_may_be_of_any_age(tmp_path: Path) -> None:
    broker = await home_with_windows("roof")
    await broker.keep("roof/state", "ON")
    async with opened(broker, tmp_path) as home:
        assert await since(home) == "Roof window is open. I don't know since when."


@virtual_time.instantly
async def test_the_first_report_may_repeat_an_old_state_and_a_change_has_its_time(tmp_path: Path) -> None:
    broker = await home_with_windows("roof")
    async with opened(broker, tmp_path) as home:
        await broker.receive("roof/state", b"ON")
        await asyncio.sleep(3600)
        assert await since(home) == "Roof window is open. It has been so since at least 8 AM."
        await broker.receive("roof/state", b"OFF")
        await asyncio.sleep(86_400)
        assert await since(home) == "Roof window is closed. It changed at 9 AM yesterday."


@virtual_time.instantly
async def test_after_an_outage_a_state_is_told_once_it_is_heard_again(tmp_path: Path) -> None:
    broker = await home_with_windows("roof")
    async with opened(broker, tmp_path) as home:
        await broker.receive("roof/state", b"ON")
        await broker.receive("roof/state", b"OFF")
        await outage(broker, 3600)
        silent = "Roof window hasn't reported its state since I lost the connection."
        assert await since(home) == silent
        assert await home.says("HassGetState", device_class="window", state="open", ask="any") == silent
        await broker.receive("roof/state", b"OFF")
        assert await since(home) == "Roof window is closed. It has been so since at least 9 AM."


@virtual_time.instantly
async def test_after_the_watch_has_failed_and_runs_again_a_state_is_told_once_it_is_heard(tmp_path: Path) -> None:
    broker = await home_with_windows("roof")
    async with opened(broker, tmp_path) as home:
        await broker.receive("roof/state", b"OFF")
        again = asyncio.create_task(home.home.watch.run(broker))
        await asyncio.sleep(1)
        assert await since(home) == "Roof window hasn't reported its state since I lost the connection."
        await broker.receive("roof/state", b"ON")
        assert await since(home) == "Roof window is open. It has been so since at least 8 AM."
        again.cancel()
        await asyncio.wait({again})


@virtual_time.instantly
async def test_what_the_broker_kept_during_an_outage_changed_nobody_knows_when(tmp_path: Path) -> None:
    broker = await home_with_windows("roof", "side")
    async with opened(broker, tmp_path) as home:
        for base in ("roof", "side"):
            await broker.keep(f"{base}/state", "ON")
            await broker.keep(f"{base}/state", "OFF")
        assert await since(home) == "Roof window is closed. It changed at 8 AM."
        broker.disconnect()
        await asyncio.sleep(60)
        await broker.keep("roof/state", "ON")
        await asyncio.sleep(60)
        broker.connect()
        await asyncio.sleep(1)
        assert await since(home) == "Roof window is open. I don't know since when."
        assert await since(home, "Side window") == "Side window is closed. I don't know since when.", (
            "it may have been open between"
        )


@virtual_time.instantly
async def test_all_and_none_are_said_only_of_what_has_reported(tmp_path: Path) -> None:
    broker = await home_with_windows("roof", "side", "hall")
    async with opened(broker, tmp_path) as home:

        async def windows(state: str, ask: str) -> str:
            return await home.says("HassGetState", device_class="window", state=state, ask=ask)

        unknown = "Hall window hasn't reported its state."
        await broker.receive("roof/state", b"OFF")
        assert (
            await windows("open", "any")
            == "Roof window is closed. Side window and Hall window haven't reported their state."
        )
        await broker.receive("side/state", b"OFF")
        assert await windows("closed", "all") == f"Roof window and Side window are closed. {unknown}"
        assert await windows("open", "any") == f"{unknown} None of the others are open."
        assert await windows("open", "how_many") == f"{unknown} None of the others are open."
        await broker.receive("side/state", b"ON")
        assert await windows("open", "any") == "Yes. Side window is open."
        assert await windows("open", "which") == f"Side window is open. {unknown}"
        assert await windows("closed", "all") == "No. Side window is open."
        await broker.receive("hall/state", b"OFF")
        assert await windows("open", "which") == "Side window is open."


@virtual_time.instantly
async def test_a_state_from_before_an_outage_confirms_no_command(tmp_path: Path) -> None:
    broker = HomeBroker()
    await broker.keep(config(), light())
    async with opened(broker, tmp_path) as home:
        await broker.receive("lamp/state", b"ON")
        await outage(broker, 60)
        assert await home.says("HassTurnOn", name="Lamp") == "I sent it, but Lamp didn't confirm."
        await broker.receive("lamp/state", b"ON")
        assert await home.says("HassTurnOn", name="Lamp") == "Lamp on."


def state_of(at: int | None, *, on: bool = True, seen: bool = True) -> EntityState:
    """A lamp that was seen to change, or first heard of, at this minute; None: nobody knows."""
    times = {} if at is None else {Feature.POWER: datetime(2026, 3, 2, 8, at)}  # noqa: DTZ001 - compared only
    return EntityState({Feature.POWER: on}, None, times if seen else {}, {} if seen else times)


def test_a_group_is_as_old_as_its_members_allow() -> None:
    lamps = [Entity(name, "light", name, Source("settings")) for name in ("a", "b")]
    group = Entity("group", "light", "Both", Source("settings"), members=("a", "b"))

    def both(one: EntityState, other: EntityState) -> tuple[int | None, int | None]:
        states = {"a": one, "b": other}
        found = with_groups(HomeModel((*lamps, group)), lambda it: states[it.id])(group)
        times = (found.changed.get(Feature.POWER), found.known_since.get(Feature.POWER))
        return tuple(None if it is None else it.minute for it in times)  # type: ignore[return-value]  # two of them

    off = {"on": False}
    assert both(state_of(1, on=False), state_of(5, on=False)) == (5, None), "the last one that went off"
    assert both(state_of(1, on=False), state_of(5, on=False, seen=False)) == (None, 5)
    assert both(state_of(1, on=False), state_of(None, **off)) == (None, None)
    assert both(state_of(1), state_of(5)) == (None, 1), "it may have been on before"
    assert both(state_of(1, on=False), state_of(5)) == (None, 5)
    assert both(state_of(None), state_of(5)) == (None, 5)


class World:
    """A window, the broker that keeps its state or does not, and a speaker that is connected or not."""

    def __init__(self, *, kept: bool) -> None:
        self.clock = VirtualClock()
        self.window = announced("binary_sensor", {"state_topic": "w", "device_class": "window", "unique_id": "w"})
        self.open, self.changed_at = False, self.clock.now()
        self.kept = kept
        self.connected = True
        self.start()

    def start(self) -> None:
        self.states = HomeStates(self.clock)
        self.states.use(HomeModel((self.window,)))
        self.states.connected = lambda: self.connected

    async def do(self, step: str) -> None:
        match step:
            case "change" | "repeat":
                if step == "change":
                    self.open, self.changed_at = not self.open, self.clock.now()
                if self.connected:
                    await self.states.feed("w", self.payload)
            case "lose":
                self.connected = False
            case "connect" | "restart":
                if step == "restart":
                    self.start()
                elif not self.connected:
                    self.states.interrupted()
                self.connected = True
                if self.kept:
                    await self.states.feed("w", self.payload, retained=True)

    @property
    def payload(self) -> bytes:
        return b"ON" if self.open else b"OFF"


@given(st.booleans(), st.lists(st.sampled_from(["change", "repeat", "lose", "connect", "restart"]), max_size=25))
def test_whatever_happens_no_claim_is_untrue(kept: bool, steps: list[str]) -> None:
    async def run() -> None:
        world = World(kept=kept)
        for step in steps:
            await asyncio.sleep(60)
            await world.do(step)
            known = world.states.of(world.window)
            if not known.current:
                continue
            assert known.heard.get(VALUE, world.open) is world.open
            if VALUE in known.heard:
                assert known.changed.get(VALUE, world.changed_at) == world.changed_at
                assert known.known_since.get(VALUE, world.changed_at) >= world.changed_at
                assert not (VALUE in known.changed and VALUE in known.known_since)
        if "restart" not in steps and "lose" not in steps and steps.count("change") > 1:
            assert world.clock.now() - known.changed[VALUE] < timedelta(minutes=len(steps)), (
                "a seen change has its time"
            )

    virtual_time.run(run())

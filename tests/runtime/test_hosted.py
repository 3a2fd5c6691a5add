"""An engine on its thread: every call ends in a result or a coded error, also where the engine crashes or hangs."""

import asyncio
import re
import threading

import pytest

from edge.errors import EdgeError, EngineError, ModelError
from edge.runtime.hosted import MAX_REPLACEMENTS, Hosted
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.runtime.worker import InlineWorker, Worker
from tests.fakes.hosted import hosted
from tests.fakes.worker import HangingWorker


class Adder:
    def __init__(self) -> None:
        self.base = 0

    def add(self, number: int) -> int:
        return self.base + number


def broken() -> int:
    raise ValueError("what the user said")


async def test_calls_run_on_a_thread_of_the_engine_s_name() -> None:
    adder = await Hosted.open("adder", Adder)
    assert await adder.call(lambda it: it.add(2)) == 2
    assert await adder.call(lambda _: threading.current_thread().name) == "adder"
    await adder.aclose()
    assert "adder" not in {thread.name for thread in threading.enumerate()}


async def test_an_engine_s_own_exception_becomes_a_coded_error_that_quotes_nothing() -> None:
    with pytest.raises(EngineError) as caught:
        await hosted(Adder()).call(lambda _: broken())
    assert caught.value.code == "engine-crashed"
    assert re.fullmatch(r"Adder failed: ValueError in test_hosted\.py, line \d+", caught.value.message)
    assert isinstance(caught.value.__cause__, ValueError)


async def test_a_coded_error_stays_as_it_is() -> None:
    def refuse() -> int:
        raise ModelError("model-missing", "there is no model")

    with pytest.raises(ModelError, match="model-missing"):
        await hosted(Adder()).call(lambda _: refuse())


async def test_an_engine_that_crashes_when_it_is_opened_is_a_coded_error_and_leaves_no_thread() -> None:
    with pytest.raises(EngineError, match="engine-crashed"):
        await Hosted.open("cracked", broken)
    assert "cracked" not in {thread.name for thread in threading.enumerate()}


def hanging(
    clock: VirtualClock, *, reopened: list[Adder] | None = None, deadline_s: float = 5.0
) -> tuple[Hosted[Adder], HangingWorker, list[HangingWorker]]:
    first = HangingWorker(clock)
    replacements: list[HangingWorker] = []

    def new_worker(_name: str) -> Worker:
        replacements.append(HangingWorker(clock))
        return replacements[-1]

    def reopen() -> Adder:
        assert reopened is not None
        reopened.append(Adder())
        return reopened[-1]

    engine = Hosted(
        "adder",
        Adder(),
        first,
        deadline_s=deadline_s,
        reopen=None if reopened is None else reopen,
        new_worker=new_worker,
    )
    return engine, first, replacements


@instantly
async def test_a_call_that_hangs_ends_at_the_deadline_for_everyone_who_waits() -> None:
    clock = VirtualClock()
    engine, worker, _ = hanging(clock)
    worker.hang = True
    began = clock.monotonic()
    calls = [asyncio.create_task(engine.call(lambda it: it.add(1))) for _ in range(3)]
    for call in calls:
        with pytest.raises(EngineError, match="engine-hung"):
            await call
    assert clock.monotonic() - began == pytest.approx(5, abs=0.1)
    assert not engine.healthy
    assert engine.failure == "engine-hung"
    with pytest.raises(EngineError, match="engine-hung"):
        await engine.call(lambda it: it.add(1))


@instantly
async def test_a_caller_that_leaves_does_not_hide_the_hang() -> None:
    clock = VirtualClock()
    engine, worker, _ = hanging(clock)
    worker.hang = True
    calling = asyncio.create_task(engine.call(lambda it: it.add(1)))
    await clock.sleep(1)
    calling.cancel()
    await clock.sleep(5)
    assert not engine.healthy


@instantly
async def test_many_quick_calls_are_no_hang() -> None:
    clock = VirtualClock()
    engine, _, _ = hanging(clock)
    for _ in range(100):
        assert await engine.call(lambda it: it.add(1)) == 1
        await clock.sleep(0.3)
    assert engine.healthy


@instantly
async def test_an_engine_that_hung_is_opened_again_and_configured_again() -> None:
    clock = VirtualClock()
    reopened: list[Adder] = []
    engine, worker, _ = hanging(clock, reopened=reopened)
    await engine.configure(lambda it: setattr(it, "base", 40))
    worker.hang = True
    with pytest.raises(EngineError, match="engine-hung"):
        await engine.call(lambda it: it.add(2))
    await clock.sleep(0.1)
    assert engine.healthy
    assert engine.failure is None
    assert await engine.call(lambda it: it.add(2)) == 42
    assert len(reopened) == 1


@instantly
async def test_an_engine_that_hangs_again_and_again_is_given_up() -> None:
    clock = VirtualClock()
    reopened: list[Adder] = []
    engine, worker, replacements = hanging(clock, reopened=reopened)
    worker.hang = True
    for _ in range(MAX_REPLACEMENTS + 1):
        with pytest.raises(EngineError, match="engine-hung"):
            await engine.call(lambda it: it.add(2))
        await clock.sleep(0.1)
        if replacements:
            replacements[-1].hang = True
    assert len(reopened) == MAX_REPLACEMENTS
    assert not engine.healthy


@instantly
async def test_an_engine_that_cannot_be_opened_again_is_lost() -> None:
    clock = VirtualClock()

    def reopen() -> Adder:
        raise ModelError("model-missing", "it was deleted")

    worker = HangingWorker(clock)
    engine = Hosted("adder", Adder(), worker, deadline_s=5, reopen=reopen, new_worker=lambda _: InlineWorker())
    worker.hang = True
    with pytest.raises(EdgeError, match="engine-hung"):
        await engine.call(lambda it: it.add(2))
    await clock.sleep(0.1)
    assert not engine.healthy


async def test_a_real_thread_that_hangs_is_left_behind() -> None:
    release = threading.Event()
    engine = Hosted("adder", Adder(), (await Hosted.open("adder", Adder))._worker, deadline_s=0.05)
    with pytest.raises(EngineError, match="engine-hung"):
        await engine.call(lambda _: release.wait(30))
    release.set()
    await engine.aclose()

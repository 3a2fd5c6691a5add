"""What starts and what stops: a part that is missing costs its feature only, and nothing is left behind."""

import asyncio
import threading
from pathlib import Path

import pytest

import edge.assembly
from edge.assembly import open_pipeline
from edge.runtime.clock import SystemClock
from edge.runtime.opener import Opener
from edge.runtime.processes import children
from edge.runtime.worker import ThreadWorker
from edge.settings import LlmSettings, ModelSettings, Settings, TtsSettings
from edge.store import ModelStore
from tests.fakes.audio import FakeSink, FakeSource


async def test_without_any_model_commands_are_still_typed_timers_still_run(tmp_path: Path) -> None:
    settings = Settings(models=ModelSettings(folder=tmp_path / "none", offline=True))
    clock = SystemClock()
    async with open_pipeline(
        settings, source=FakeSource(clock, seconds=0), sink=FakeSink(clock), clock=clock, state=tmp_path
    ) as pipeline:
        assert set(pipeline.engines.degraded) == {"wake", "vad", "stt", "llm"}
        assert set(pipeline.engines.degraded.values()) == {"model-missing"}
        record = await pipeline.ask("set a timer for ten minutes", speak=False)
        question = await pipeline.ask("why is the sea deep", speak=False)
    assert record.reply == "Timer set for 10 minutes."
    assert (question.error, question.outcome) == ("llm-missing", "failed")
    assert (tmp_path / "schedule.json").exists()


async def test_without_a_voice_a_command_is_carried_out_all_the_same(tmp_path: Path) -> None:
    settings = Settings(tts=TtsSettings(model=str(tmp_path / "none.onnx")), llm=LlmSettings(engine="none"))
    clock = SystemClock()
    sink = FakeSink(clock)
    async with open_pipeline(
        settings, source=FakeSource(clock, seconds=0), sink=sink, clock=clock, state=tmp_path, listen=False
    ) as pipeline:
        assert set(pipeline.engines.degraded) == {"tts"}
        record = await pipeline.ask("volume 30 percent", speak=False)
    assert record.outcome == "answered"
    assert sink.volume == 30


async def test_an_engine_that_crashes_when_it_is_opened_costs_its_feature_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise KeyError("a model file with another layout")

    for opener in ("open_wake", "open_vad", "open_stt", "open_tts", "open_llm", "open_router"):
        monkeypatch.setattr(edge.assembly, opener, crash)
    clock = SystemClock()
    async with open_pipeline(
        Settings(), source=FakeSource(clock, seconds=0), sink=FakeSink(clock), clock=clock, state=tmp_path
    ) as pipeline:
        degraded = pipeline.engines.degraded
        assert set(degraded) == {"wake", "vad", "stt", "tts", "llm", "route"}
        assert set(degraded.values()) == {"engine-crashed"}
        await pipeline.run()
        refused = await pipeline.ask("turn on the light", speak=False)
        asked = await pipeline.ask("why is the sea deep", speak=False)
    assert (refused.answerer, refused.reply) == ("home", "Sorry, I didn't understand that.")
    assert (asked.answerer, asked.error) == ("llm", "llm-missing")


async def test_everything_that_was_started_is_ended(store: ModelStore, tmp_path: Path) -> None:
    assert store.names()
    before = {thread.name for thread in threading.enumerate()}
    clock = SystemClock()
    source, sink = FakeSource(clock, seconds=0), FakeSink(clock)
    settings = Settings(llm=LlmSettings(model="smollm2-135m"))
    async with open_pipeline(settings, source=source, sink=sink, clock=clock, state=tmp_path) as pipeline:
        assert pipeline.engines.degraded == {}
        await pipeline.run()
        names = {thread.name for thread in threading.enumerate()}
        assert {"ears", "stt", "route", "tts"} <= names
    assert source.closed
    assert sink.closed
    for thread in threading.enumerate():
        if thread.name == "grammar":
            thread.join(30)  # a grammar under way is finished by itself
    assert children() == ()
    left = {thread.name for thread in threading.enumerate()} - before
    assert {name for name in left if not name.startswith("asyncio")} == set()
    assert len(asyncio.all_tasks()) == 1


async def test_an_alarm_that_rings_while_the_speaker_is_stopped_rings_again_after_the_next_start(
    tmp_path: Path,
) -> None:
    settings = Settings(models=ModelSettings(folder=tmp_path / "none", offline=True))
    clock = SystemClock()

    async def rings(command: str = "") -> None:
        source, sink, ringing = FakeSource(clock), FakeSink(clock), asyncio.Event()

        def on_frame() -> None:
            if pipeline.floor.current is not None and pipeline.floor.current.name == "ring":
                ringing.set()

        async with open_pipeline(
            settings, source=source, sink=sink, clock=clock, state=tmp_path, on_frame=on_frame
        ) as pipeline:
            running = asyncio.create_task(pipeline.run())
            if command:
                await pipeline.ask(command, speak=False)
            async with asyncio.timeout(10):
                await ringing.wait()
            running.cancel()
            await asyncio.wait({running})

    await rings("set a timer for one second")
    await rings()


async def test_engines_that_hang_hold_up_the_end_together_and_not_one_after_the_other() -> None:
    release, opener = threading.Event(), Opener()
    engines = [await opener.host(f"engine {n}", lambda: None) for n in range(6)]
    calls = [asyncio.create_task(it.call(lambda _: release.wait(30))) for it in engines if it is not None]
    await asyncio.sleep(0)
    began = asyncio.get_running_loop().time()
    await opener.aclose()
    took_s = asyncio.get_running_loop().time() - began
    release.set()
    await asyncio.wait(calls)
    assert len(calls) == 6
    assert took_s < 2 * ThreadWorker.CLOSE_S

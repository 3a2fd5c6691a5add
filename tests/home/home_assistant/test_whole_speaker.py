"""A whole speaker without models and without a broker, whose things are in Home Assistant."""

from pathlib import Path

import pytest

from edge.assembly import open_pipeline
from edge.runtime.clock import SystemClock
from edge.settings import ModelSettings
from tests.fakes.audio import FakeSink, FakeSource
from tests.fakes.home_assistant import a_house, served
from tests.home.home_assistant.house import settings_for


@pytest.mark.parametrize("listen", [False, True], ids=["asked beside it", "running"])
async def test_a_typed_command_reaches_home_assistant(tmp_path: Path, listen: bool) -> None:
    home = a_house()
    home.on_call = lambda service, entity, _: home.set(entity, "on") if service == "light.turn_on" else None
    async with served(home):
        settings = settings_for(home.url, tmp_path)
        settings = settings.model_copy(update={"models": ModelSettings(folder=tmp_path / "none", offline=True)})
        clock = SystemClock()
        source, sink = FakeSource(clock), FakeSink(clock)
        async with open_pipeline(
            settings, source=source, sink=sink, clock=clock, state=tmp_path, listen=listen
        ) as pipeline:
            for _ in range(100):  # a running speaker does not wait for Home Assistant
                record = await pipeline.ask("turn on the kitchen ceiling", speak=False)
                if home.calls:
                    break
    assert record.reply == "Kitchen ceiling on."
    assert home.calls == [("light.turn_on", "light.kitchen_ceiling", {})]
    assert home.faults == []

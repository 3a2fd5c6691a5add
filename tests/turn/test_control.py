from pathlib import Path

import pytest

from edge.runtime.virtual_time import VirtualClock, instantly
from edge.turn.control import SinkControl
from tests.fakes.audio import FakeSink


@instantly
async def test_the_volume_outlives_a_restart_and_stays_within_bounds(tmp_path: Path) -> None:
    sink = FakeSink(VirtualClock())
    control = SinkControl(sink, tmp_path / "state", 60)
    assert sink.volume == 60
    control.volume = 130
    assert sink.volume == control.volume == 100
    control.volume = 35
    assert SinkControl(FakeSink(VirtualClock()), tmp_path / "state", 60).volume == 35


@pytest.mark.parametrize("content", ["", "{", "-1", "101", '"loud"', "3.5", "[]"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "volume.json").write_text(content)

    @instantly
    async def volume() -> int:
        return SinkControl(FakeSink(VirtualClock()), tmp_path, 60).volume

    assert volume() == 60


@instantly
async def test_a_folder_that_cannot_be_written_costs_only_the_memory(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    control = SinkControl(FakeSink(VirtualClock()), blocked / "state", 60)
    control.volume = 20
    assert control.volume == 20

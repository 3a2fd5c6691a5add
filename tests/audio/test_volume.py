"""The volume survives a restart and never blocks the event loop."""

import os
import threading
from pathlib import Path

import pytest

from edge.audio.volume import OutputVolume
from edge.runtime.virtual_time import VirtualClock, instantly
from tests.fakes.audio import FakeSink


def output(folder: Path, changes: list[int] | None = None) -> OutputVolume:
    heard = changes if changes is not None else []
    return OutputVolume(FakeSink(VirtualClock()), folder, 60, on_change=heard.append)


@instantly
async def test_the_volume_outlives_a_restart_and_stays_within_bounds(tmp_path: Path) -> None:
    sink = FakeSink(VirtualClock())
    first = OutputVolume(sink, tmp_path / "state", 60)
    assert sink.volume == 60
    first.volume = 130
    assert sink.volume == first.volume == 100
    first.volume = 35
    await first.aclose()
    assert output(tmp_path / "state").volume == 35


@instantly
async def test_every_change_is_reported_once(tmp_path: Path) -> None:
    changes: list[int] = []
    it = output(tmp_path, changes)
    it.volume = 40
    it.volume = 40
    it.volume = 200
    await it.aclose()
    assert changes == [40, 100]


@instantly
async def test_the_disk_is_waited_for_on_another_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[threading.Thread] = []
    fsync = os.fsync

    def watched(file: int) -> None:
        threads.append(threading.current_thread())
        fsync(file)

    monkeypatch.setattr(os, "fsync", watched)
    it = output(tmp_path)
    it.volume = 40
    await it.aclose()
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


@pytest.mark.parametrize("content", ["", "{", "-1", "101", '"loud"', "3.5", "[]", "true", "\\xff"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "volume.json").write_bytes(content.encode("latin-1"))

    @instantly
    async def volume() -> int:
        return output(tmp_path).volume

    assert volume() == 60


@instantly
async def test_a_folder_that_cannot_be_written_costs_only_the_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    it = output(blocked / "state")
    it.volume = 20
    await it.aclose()
    assert it.volume == 20
    assert "volume-save-failed" in capsys.readouterr().out

"""`edge-voice bench --report` without a kind, and what is left of a page when a benchmark fails."""

import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import edge.bench.turn
import edge.bench.wake
from edge.bench.turn import bench_turn
from edge.cli import bench
from edge.cli.app import app
from edge.cli.output import writable
from edge.errors import EngineError, UsageError

NO_TURNS: dict[str, Any] = {"n": 0, "engine": "a fake", "turns": []}


@pytest.fixture(autouse=True)
def _fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    async def turns(_settings: object, **_: object) -> dict[str, Any]:
        return NO_TURNS

    monkeypatch.setattr(bench, "ON_THE_PAGE", ("turn", "wake"))
    monkeypatch.setattr(edge.bench.turn, bench_turn.__name__, turns)


def test_without_a_kind_all_kinds_of_the_page_are_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    monkeypatch.setattr(edge.bench.wake, "bench_wake", lambda _settings, **_: {"engine": "another", "n": 3})
    ran = CliRunner().invoke(app, ["bench", "--report", str(file)], catch_exceptions=False)
    assert ran.exit_code == 0
    assert ran.stdout.count("engine") == 2
    page = file.read_text()
    assert "a fake" in page
    assert "another" in page


def test_a_kind_that_fails_costs_nothing_of_those_before_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fails(_settings: object, **_: object) -> dict[str, Any]:
        raise EngineError("parts-missing", "no engine", "get one")

    file = tmp_path / "page.html"
    monkeypatch.setattr(edge.bench.wake, "bench_wake", fails)
    with pytest.raises(EngineError):
        CliRunner().invoke(app, ["bench", "--report", str(file)], catch_exceptions=False)
    assert "a fake" in file.read_text()


def test_without_the_extra_nothing_is_measured_for_a_page_and_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for module in ("pictures", "report"):
        monkeypatch.delattr(edge.bench, module, raising=False)
        monkeypatch.delitem(sys.modules, f"edge.bench.{module}", raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    file = tmp_path / "page.html"
    with pytest.raises(EngineError) as caught:
        CliRunner().invoke(app, ["bench", "--report", str(file)], catch_exceptions=False)
    assert caught.value.code == "bench-not-installed"
    assert "pip install 'edge-voice[bench]'" in caught.value.hint
    assert not file.exists()


def test_without_a_kind_and_without_a_page_there_is_help() -> None:
    ran = CliRunner().invoke(app, ["bench"])
    assert ran.exit_code == 2
    assert "Usage" in ran.output


def test_asking_whether_a_file_can_be_written_changes_nothing(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_text("kept")
    assert writable(old) == old
    assert old.read_text() == "kept"
    assert not writable(tmp_path / "new").exists()
    with pytest.raises(UsageError, match="cannot be written"):
        writable(tmp_path)

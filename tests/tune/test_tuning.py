"""A stage is measured in a process of its own, as it would run in the speaker."""

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from edge.cli.app import app
from edge.settings import Settings
from edge.store import ModelStore
from edge.tune.candidates import Candidate, default_of
from edge.tune.tuning import Measured, measure_board, try_candidate

SETTINGS = Settings()


@pytest.mark.usefixtures("store")
def test_the_default_runs_and_two_rounds_agree() -> None:
    one = try_candidate(SETTINGS, default_of("vad"))
    assert one.reason == ""
    assert one.seconds is not None
    assert one.device == "cpu"
    assert len(one.result) > 100
    assert list(try_candidate(SETTINGS, Candidate("vad", "cpu", 2)).result) == pytest.approx(list(one.result), abs=1e-4)


@pytest.mark.usefixtures("store")
def test_a_device_that_is_not_there_is_not_measured_and_says_why() -> None:
    outcome = try_candidate(SETTINGS, Candidate("vad", "qnn"))
    assert outcome.seconds is None
    assert "onnxruntime-qnn" in outcome.reason


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import os; os.abort()", "its process ended without a result"),
        ("print('no JSON')", "its process ended without a result"),
        ("import time; time.sleep(60)", "it took longer than"),
    ],
)
def test_a_provider_that_takes_its_process_down_is_a_candidate_that_failed(
    program: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interpreter = tmp_path / "python"
    interpreter.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{program}"\n', encoding="utf-8")
    interpreter.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(interpreter))
    monkeypatch.setattr("edge.tune.tuning._TIMEOUT_S", 2.0)
    outcome = try_candidate(SETTINGS, default_of("vad"))
    assert outcome.seconds is None
    assert outcome.reason.startswith(reason)


def test_what_failed_is_not_tried_again(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr("edge.tune.tuning.installed_devices", lambda: ["qnn"])
    measured = measure_board(SETTINGS, store, told.append, stages=["vad"])
    assert told == ["vad: cpu, round 1 of 2", "vad: qnn, round 1 of 2", "vad: cpu, round 2 of 2"]
    assert measured.tuned().stages == {}
    document = measured.document()["vad"]
    assert len(document["cpu"]["seconds"]) == 2
    assert document["qnn"]["seconds"] == [None]
    assert document["qnn"]["reason"]


@pytest.mark.parametrize(("load", "told"), [(0.1, False), (50.0, True)])
def test_a_busy_machine_is_told(load: float, told: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.getloadavg", lambda: (load, 0.0, 0.0))
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    monkeypatch.setattr("edge.tune.tuning.measure_board", lambda *_, **__: Measured())
    done = CliRunner().invoke(app, ["tune", "--dry-run"])
    assert ("(load 50.0 on 4 cores)" in done.stderr) is told


def test_the_command_measures_and_keeps_nothing_in_a_dry_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge.tune.tuning.measure_board", lambda *_, **__: Measured())
    done = CliRunner().invoke(app, ["tune", "--dry-run", "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {"chosen": {}, "measured": {}, "chat": {}, "kept": None}

"""What was measured on this board holds for this board and these models, and for nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest

from edge.hardware.tuned import (
    FILE,
    ChatSpeed,
    Tuned,
    _warn_once,
    chat_speeds,
    engine_folders,
    this_board,
    tuned_stages,
    write_tuned,
)
from edge.runtime.onnx.plan import Choice
from edge.settings import Stage

MODELS = {"stt": "moonshine 1", "tts": "hibari 1", "small": "small 1"}
OF_STAGES: dict[Stage, str] = {"stt": "moonshine 1", "tts": "hibari 1"}
SPEED = ChatSpeed(0.2, 30.5, 2)
TUNED = Tuned({"stt": Choice("cuda"), "tts": Choice("cpu", 2)}, {"small": SPEED}, {"stt": {}})


@pytest.fixture(autouse=True)
def _warn_again() -> None:
    _warn_once.cache_clear()


def change(folder: Path, **parts: Any) -> None:
    path = folder / FILE
    path.write_text(json.dumps(json.loads(path.read_text()) | parts), encoding="utf-8")


def test_what_is_kept_is_read(tmp_path: Path) -> None:
    path = write_tuned(tmp_path, TUNED, MODELS)
    assert tuned_stages(tmp_path, OF_STAGES) == TUNED.stages
    assert chat_speeds(tmp_path, MODELS.__getitem__) == TUNED.chat
    assert path.stat().st_mode & 0o777 == 0o644  # the service reads what root has measured


def test_without_a_measurement_there_is_none(tmp_path: Path) -> None:
    assert tuned_stages(tmp_path, OF_STAGES) == {}
    assert chat_speeds(tmp_path, str) == {}


def test_another_model_is_not_tuned(tmp_path: Path) -> None:
    write_tuned(tmp_path, TUNED, MODELS)
    assert tuned_stages(tmp_path, {"stt": "moonshine 2", "tts": "hibari 1"}) == {"tts": Choice("cpu", 2)}
    assert chat_speeds(tmp_path, lambda _: "small 2") == {}


@pytest.mark.parametrize("part", ["model", "cores", "system", "driver", "tensorrt", "runtimes"])
def test_on_another_board_nothing_holds(part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_tuned(tmp_path, TUNED, MODELS)
    change(tmp_path, board={**this_board(), part: "another"})
    assert tuned_stages(tmp_path, OF_STAGES) == {}
    assert chat_speeds(tmp_path, MODELS.__getitem__) == {}
    said = "".join(capsys.readouterr())
    assert said.count("tuned-outdated") == 1
    assert part in said


def test_another_tensorrt_of_the_system_takes_other_engines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge.hardware.tuned._LIBRARIES", tmp_path)
    folders = []
    for version in ("10.13.3", "10.16.0"):
        for old in tmp_path.glob("*/*"):
            old.unlink()
        library = tmp_path / "aarch64-linux-gnu" / f"libnvinfer.so.{version}"
        library.parent.mkdir(exist_ok=True)
        library.touch()
        this_board.cache_clear()
        folders.append(engine_folders(Path("models"), OF_STAGES)["stt"])
    this_board.cache_clear()
    assert folders[0] != folders[1]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000, '{"board": 1}'])
def test_a_damaged_file_is_no_measurement(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert tuned_stages(tmp_path, OF_STAGES) == {}
    assert "tuned-damaged" in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    "entry",
    [
        None,
        3,
        {},
        {"device": "warp drive", "threads": None, "models": "moonshine 1"},
        {"device": "cpu", "threads": 0, "models": "moonshine 1"},
        {"device": "cpu", "threads": 10_000, "models": "moonshine 1"},
        {"device": "cpu", "threads": "2", "models": "moonshine 1"},
    ],
)
def test_a_strange_entry_is_left_out(entry: object, tmp_path: Path) -> None:
    write_tuned(tmp_path, TUNED, MODELS)
    change(
        tmp_path, stages={"stt": entry, "oven": {"device": "cpu", "threads": 1, "models": "x"}}, chat={"small": entry}
    )
    assert tuned_stages(tmp_path, OF_STAGES) == {}
    assert chat_speeds(tmp_path, MODELS.__getitem__) == {}

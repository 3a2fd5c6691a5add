"""`edge-voice models quantize` on the real recogniser, with two recordings."""

import json
import shutil
from pathlib import Path

import onnx
import pytest
from typer.testing import CliRunner

from edge.audio.recordings import read_recording
from edge.bench.stt import RECORDINGS
from edge.cli.app import app
from edge.store import ModelStore
from edge.store.tuning import read_tuning
from edge.stt.moonshine.engine import MoonshineStt
from edge.stt.moonshine.tuning import Tuning

MODEL = "moonshine-tiny-en"
CLIPS = ("02-set-timer.flac", "06-light-on.flac")


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    folder = tmp_path / "clips"
    folder.mkdir()
    for name in CLIPS:
        shutil.copy(RECORDINGS.parent / name, folder)
    return folder


@pytest.mark.slow
def test_both_forms_are_standard_and_hear_what_is_said(store: ModelStore, clips: Path, tmp_path: Path) -> None:
    target = tmp_path / "made"
    asked = ["models", "quantize", MODEL, "--calibration", str(clips), "--output", str(target), "--json"]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    forms = report["forms"]
    assert forms["int8"]["distance"]["divergence"] <= forms["published"]["distance"]["divergence"]
    assert forms["int8"]["size"] <= 0.5 * forms["float"]["size"]
    for form in ("float", "int8"):
        for path in (target / form).glob("*.onnx"):
            onnx.checker.check_model(path)
            model = onnx.load(path, load_external_data=False)
            assert {opset.domain for opset in model.opset_import} == {""}
        engine = MoonshineStt(target / form, read_tuning(Tuning, store.manifest(MODEL)))
        assert "timer" in engine.decode(read_recording(RECORDINGS.parent / CLIPS[0])).text.lower()


@pytest.mark.parametrize(
    ("model", "code"), [("moonshine-tiny", "model-unknown"), ("silero-vad", "model-not-quantizable")]
)
def test_a_model_that_cannot_be_quantised_is_refused(model: str, code: str) -> None:
    result = CliRunner().invoke(app, ["models", "quantize", model])
    assert result.exit_code != 0
    assert getattr(result.exception, "code", "") == code


@pytest.mark.usefixtures("store")
def test_a_folder_with_files_is_not_written_into(clips: Path) -> None:
    result = CliRunner().invoke(app, ["models", "quantize", MODEL, "--output", str(clips)])
    assert getattr(result.exception, "code", "") == "folder-unusable"

"""Whisper for real, on the smallest model."""

import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import structlog.testing

from edge.errors import ModelError
from edge.events import SAMPLE_RATE_HZ
from edge.runtime.onnx import compute, report
from edge.settings import ComputeSettings, SttSettings
from edge.store import ModelStore
from edge.stt import Stt, open_stt
from tests.stt.conftest import Say

pytest.importorskip("faster_whisper", reason="needs the extra `whisper`")

from edge.stt.whisper import WhisperStt


@pytest.fixture(scope="module")
def whisper(store: ModelStore, optional_model: Callable[[str], Path]) -> Stt:
    optional_model("whisper-tiny")
    return open_stt(SttSettings(engine="whisper"), store)


def test_a_sentence_is_heard_and_the_final_text_repeats_the_partial_one(whisper: Stt, say: Say) -> None:
    stream = whisper.stream()
    stream.feed(say("turn on the kitchen light"))
    partial = stream.partial()
    assert partial is not None
    assert stream.partial() is None
    final = stream.finish()
    assert final.text == partial.text
    assert "kitchen light" in final.text.lower()
    assert 0.3 < final.confidence <= 1


@pytest.mark.parametrize("level", [0.0, 0.001, 0.1])
def test_silence_and_noise_are_empty(whisper: Stt, level: float) -> None:
    noise = np.random.default_rng(1).normal(0, level, 3 * SAMPLE_RATE_HZ).astype(np.float32)
    stream = whisper.stream()
    stream.feed(noise)
    heard = stream.finish()
    assert (heard.text, heard.confidence) == ("", 0.0)


def test_a_corrupt_model_is_one_clear_error(
    store: ModelStore, optional_model: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = tmp_path / "whisper"
    shutil.copytree(optional_model("whisper-tiny"), folder)
    (folder / "model.bin").write_bytes(b"\0" * 1000)
    with pytest.raises(ModelError) as caught:
        open_stt(SttSettings(engine="whisper", model=str(folder)), store)
    assert caught.value.code == "model-invalid"
    assert caught.value.hint


def test_a_model_without_its_tokeniser_is_refused_before_the_package_fetches_one(
    store: ModelStore, optional_model: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = tmp_path / "whisper"
    shutil.copytree(optional_model("whisper-tiny"), folder)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"tokenizer\.json") as caught:
        open_stt(SttSettings(engine="whisper", model=str(folder)), store)
    assert caught.value.code == "model-missing"


def test_where_no_code_may_be_generated_it_works_or_says_at_the_start_what_to_do(
    optional_model: Callable[[str], Path],
) -> None:
    """The kernel's own rule, as the unit asks for it; a process that has it cannot take it back."""
    folder = optional_model("whisper-tiny")
    code = (
        "import ctypes, sys; from pathlib import Path; "
        "from edge.errors import EngineError; from edge.runtime.sandbox import may_generate_code; "
        "assert may_generate_code(); "
        "sys.exit(3) if ctypes.CDLL(None).prctl(65, 1, 0, 0, 0) else None\n"  # PR_SET_MDWE, of Linux 6.3
        "assert not may_generate_code()\n"
        "from edge.stt.whisper import WhisperStt\n"
        "try:\n"
        f"    WhisperStt(Path({str(folder)!r}), 'en')\n"
        "except EngineError as error:\n"
        "    print(error.code, error.hint)\n"
        "else:\n"
        "    print('works')\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    if ran.returncode == 3:
        pytest.skip("this kernel has no PR_SET_MDWE (Linux 6.3)")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout in {
        "works\n",
        "stt-sandboxed install the drop-in systemd/whisper.conf, see docs/service.md (Sandbox)\n",
    }
    if platform.machine() == "x86_64":
        assert "whisper.conf" in ran.stdout


def test_without_a_gpu_whisper_runs_on_the_processor_and_says_why(
    whisper: Stt, store: ModelStore, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compute, "_environment", compute._Environment(ComputeSettings(stt="cuda")))
    monkeypatch.setattr(report, "_logged", set())
    with structlog.testing.capture_logs() as logged, report.models_opened() as opened:
        engine = open_stt(SttSettings(engine="whisper"), store)
    if [it.device for it in opened.values()] == ["cuda"]:
        pytest.skip("this machine has a GPU")
    assert report.shares(opened.values()) == {"stt": {"CTranslate2": 1.0}}
    assert [(it["event"], it["provider"]) for it in logged] == [("provider-failed", "CTranslate2 on CUDA")]
    speech = say("turn on the kitchen light")
    texts = []
    for recogniser in (whisper, engine):
        stream = recogniser.stream()
        stream.feed(speech)
        texts.append(stream.finish().text)
    assert texts[0] == texts[1] != ""


class LostGpu:
    """A model on a GPU that has gone away."""

    def transcribe(self, *_: Any, **__: Any) -> Any:
        message = "CUDA failed with error unspecified launch failure"
        raise RuntimeError(message)


def test_a_gpu_that_is_lost_in_the_middle_costs_no_text(store: ModelStore, say: Say, whisper: Stt) -> None:
    assert whisper.name == "whisper"
    engine = open_stt(SttSettings(engine="whisper"), store)
    assert isinstance(engine, WhisperStt)
    engine._model._on_gpu, engine._model._model = True, LostGpu()
    stream = engine.stream()
    stream.feed(say("turn on the kitchen light"))
    assert "kitchen light" in stream.finish().text.lower()
    (in_use,) = [it for it in report.providers_in_use() if it.instead_of and it.provider == "CTranslate2"]
    assert [(it.step, it.reason) for it in in_use.instead_of] == [
        ("run", "CUDA failed with error unspecified launch failure")
    ]

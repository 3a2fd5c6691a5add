import json
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from edge.errors import EngineError, ModelError
from edge.settings import TtsSettings
from edge.store import ModelStore
from edge.tts import Tts, open_tts
from edge.tts.voice import synthesise_whole


@pytest.fixture(scope="module")
def folder(optional_model: Callable[[str], Path]) -> Path:
    pytest.importorskip("piper", reason="needs the extra 'piper'")
    return optional_model("piper-joe")


@pytest.fixture(scope="module")
def voice(folder: Path, store: ModelStore) -> Tts:
    assert folder.is_dir()
    return open_tts(TtsSettings(engine="piper"), store)


def test_a_sentence_becomes_speech_without_silence_around_it(voice: Tts) -> None:
    speech = synthesise_whole(voice, "The timer has ten minutes left.")
    assert speech.rate_hz == voice.rate_hz == 22_050
    assert 1000 < speech.duration_ms < 3500
    assert speech.samples.dtype == np.float32
    assert 0.5 < np.abs(speech.samples).max() <= 1
    assert not (np.abs(speech.samples[: 22 * 60]) < 0.005).all()


@pytest.mark.parametrize("text", ["", "...", "\0"])
def test_a_text_without_words_is_no_speech(voice: Tts, text: str) -> None:
    assert not len(synthesise_whole(voice, text).samples)


def test_a_faster_voice_is_shorter(folder: Path, voice: Tts, store: ModelStore) -> None:
    path = str(next(folder.glob("*.onnx")))
    fast = open_tts(TtsSettings(engine="piper", model=path, speed=2.0), store)
    text = "The timer has ten minutes left."
    assert synthesise_whole(fast, text).duration_ms < 0.75 * synthesise_whole(voice, text).duration_ms


def test_a_missing_extra_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch, store: ModelStore) -> None:
    monkeypatch.setitem(sys.modules, "piper", None)
    with pytest.raises(EngineError) as caught:
        open_tts(TtsSettings(engine="piper", model="/nowhere/x.onnx"), store)
    assert caught.value.code == "engine-missing"
    assert "piper" in caught.value.hint


@pytest.mark.parametrize(
    ("config", "code"),
    [
        (None, "model-missing"),
        ("not json", "model-invalid"),
        ("[]", "model-invalid"),
        ("{}", "model-invalid"),
        (json.dumps({"x": "y" * 2_000_000}), "model-invalid"),
    ],
)
def test_a_damaged_voice_is_one_clear_error(tmp_path: Path, store: ModelStore, config: str | None, code: str) -> None:
    pytest.importorskip("piper", reason="needs the extra 'piper'")
    model = tmp_path / "x.onnx"
    model.write_bytes(b"not a model")
    if config is not None:
        (tmp_path / "x.onnx.json").write_text(config)
    with pytest.raises(ModelError) as caught:
        open_tts(TtsSettings(engine="piper", model=str(model)), store)
    assert caught.value.code == code
    assert caught.value.hint


def test_a_voice_that_would_download_a_second_model_is_refused(folder: Path, tmp_path: Path, store: ModelStore) -> None:
    model = next(folder.glob("*.onnx"))
    config = json.loads(model.with_name(f"{model.name}.json").read_text())
    (tmp_path / model.name).symlink_to(model)
    (tmp_path / f"{model.name}.json").write_text(json.dumps(config | {"phoneme_type": "pinyin"}))
    with pytest.raises(ModelError, match="Chinese") as caught:
        open_tts(TtsSettings(engine="piper", model=str(tmp_path / model.name)), store)
    assert caught.value.code == "model-invalid"


def test_a_file_of_another_kind_is_refused(store: ModelStore) -> None:
    with pytest.raises(ModelError) as caught:
        open_tts(TtsSettings(engine="piper", model="./voice.gguf"), store)
    assert caught.value.code == "model-invalid"

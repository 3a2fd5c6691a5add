"""Whisper for real, on the smallest model."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from edge.errors import ModelError
from edge.events import SAMPLE_RATE_HZ
from edge.settings import SttSettings
from edge.store import ModelStore
from edge.stt import Stt, open_stt
from tests.stt.conftest import Say

pytest.importorskip("faster_whisper", reason="needs the extra `whisper`")


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

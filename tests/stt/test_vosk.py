"""Vosk for real, on the one small model that package registries hold: Korean."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from edge.events import SAMPLE_RATE_HZ
from edge.settings import SttSettings
from edge.store import ModelStore
from edge.stt import Stt, open_stt
from tests.stt.conftest import Say

pytest.importorskip("vosk", reason="needs the extra `vosk`")


@pytest.fixture(scope="module")
def vosk(store: ModelStore, optional_model: Callable[[str], Path]) -> Stt:
    optional_model("vosk-ko")
    return open_stt(SttSettings(engine="vosk", model="vosk-ko"), store)


def test_partial_results_grow_while_audio_comes(vosk: Stt, say: Say) -> None:
    speech = say("the library will stay open until nine on weekdays")
    stream = vosk.stream()
    texts = []
    for start in range(0, len(speech), SAMPLE_RATE_HZ // 4):
        stream.feed(speech[start : start + SAMPLE_RATE_HZ // 4])
        partial = stream.partial()
        if partial is not None:
            assert not partial.final
            texts.append(partial.text)
    final = stream.finish()
    assert final.final
    assert final.text
    assert 0 < final.confidence <= 1
    assert final.audio_ms == pytest.approx(len(speech) / 16)
    assert len(texts) > 2
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("seconds", [0, 1, 5])
def test_silence_is_empty(vosk: Stt, seconds: int) -> None:
    stream = vosk.stream()
    stream.feed(np.zeros(seconds * SAMPLE_RATE_HZ, np.float32))
    heard = stream.finish()
    assert (heard.text, heard.confidence) == ("", 0.0)

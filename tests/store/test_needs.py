from pathlib import Path
from typing import Any

import pytest

from edge.settings import ModelSettings, Settings
from edge.store import choose_chat_model, is_path, open_store, required_models, word_model
from edge.store.needs import models_by_stage


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {
                "wake": {"words": {"boss": {"model": "hey_jarvis"}, "alexa": {"model": "alexa"}}},
                "llm": {"engine": "none"},
            },
            (
                "openwakeword-features",
                "openwakeword-hey-jarvis",
                "openwakeword-alexa",
                "silero-vad",
                "moonshine-tiny-en",
            ),
        ),
        (
            {"wake": {"engine": "microwakeword"}, "stt": {"engine": "whisper"}, "tts": {"engine": "piper"}},
            ("microwakeword-alexa", "silero-vad", "whisper-tiny", "smollm2-135m", "piper-joe"),
        ),
        (
            {
                "wake": {"words": {"mine": {"model": "~/words/mine.onnx"}}},
                "stt": {"engine": "vosk", "model": "/srv/vosk-de"},
                "llm": {"model": "big.gguf"},
                "tts": {"engine": "piper", "model": "./voice.onnx"},
            },
            ("openwakeword-features", "silero-vad"),
        ),
        (
            {"stt": {"engine": "vosk"}, "llm": {"engine": "server", "url": "http://llm:8080/v1", "model": "any"}},
            ("openwakeword-features", "openwakeword-alexa", "silero-vad", "vosk-small-en-us"),
        ),
    ],
)
def test_settings_need_these_models_in_the_order_of_a_turn(settings: dict[str, Any], expected: tuple[str, ...]) -> None:
    read = Settings.model_validate(settings)
    assert required_models(read, choose_chat_model(read.llm, open_store(read.models), free=0).best) == expected


def test_every_engines_default_model_is_in_the_store() -> None:
    names = open_store(ModelSettings()).names()
    for wake in ("openwakeword", "microwakeword"):
        for stt in ("moonshine", "vosk", "whisper"):
            for tts in ("hibari", "piper"):
                settings = {"wake": {"engine": wake}, "stt": {"engine": stt}, "tts": {"engine": tts}}
                assert set(required_models(Settings.model_validate(settings), "smollm2-135m")) <= set(names)


def test_a_word_may_be_written_with_or_without_its_engine() -> None:
    assert word_model("openwakeword", "Hey Jarvis") == "openwakeword-hey-jarvis"
    assert word_model("openwakeword", "openwakeword-hey-jarvis") == "openwakeword-hey-jarvis"


def test_a_path_is_no_name() -> None:
    assert [is_path(model) for model in ("alexa", "qwen2.5-0.5b", "a/b", "a.onnx", "a.gguf")] == [
        False,
        False,
        True,
        True,
        True,
    ]


def test_the_identity_of_a_stage_is_that_of_its_models(tmp_path: Path) -> None:
    store = open_store(ModelSettings())
    own = tmp_path / "boss.onnx"
    own.write_bytes(b"1")
    words = {"boss": {"model": str(own)}, "alexa": {"model": "alexa"}}
    settings = Settings.model_validate({"wake": {"words": words}})
    before = models_by_stage(settings, store)
    assert before["vad"].startswith("silero-vad ")
    assert before["tts"].startswith("hibari ")
    own.write_bytes(b"22")
    after = models_by_stage(settings, store)
    assert {stage for stage in before if before[stage] != after[stage]} == {"wake"}

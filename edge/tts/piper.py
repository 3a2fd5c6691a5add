"""Piper: voices for many languages (https://github.com/OHF-Voice/piper1-gpl). The extra `piper`, licensed GPL-3."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from edge.errors import EngineError, ModelError
from edge.events import Speech
from edge.runtime.commands import pip_install
from edge.runtime.onnx.runtime import ort
from edge.runtime.onnx.session import open_session
from edge.tts.silence import trim_silence

SEED = 1
"""The model draws its own noise; with a fixed seed, the same sequence of texts gives the same samples."""

THREADS = 2
"""Measured: 140 ms for two seconds of speech instead of 220 on one; this engine is the slow part of its turns."""

LEVEL = 0.75
"""The peak of every sentence, relative to full scale."""

MAX_CONFIG_BYTES = 1024 * 1024
MAX_VOICE_BYTES = 256 * 1024 * 1024
"""The largest voices have 120 MB."""


class PiperTts:
    """A voice: `model` is its .onnx file; the .onnx.json with its settings is in the same folder.

    Raises `EngineError` `engine-missing` without the extra, `ModelError` `model-missing` or `model-invalid`.
    """

    name = "piper"

    def __init__(self, model: Path, *, speed: float = 1.0) -> None:
        try:
            from piper import PhonemeType, PiperConfig, PiperVoice, SynthesisConfig
        except ImportError as error:
            hint = f"install it: {pip_install('edge-voice[piper]')}"
            raise EngineError("engine-missing", "the speech engine piper is not installed", hint) from error
        ort.set_seed(SEED)
        try:
            config = PiperConfig.from_dict(_read_config(model.with_name(model.name + ".json")))
            name = f"the voice {model}"
            session = open_session(model, name, stage="tts", threads=THREADS, max_bytes=MAX_VOICE_BYTES)
            self._voice = PiperVoice(config=config, session=session)
        except ModelError:
            raise
        except Exception as error:  # the runtime's exceptions have no base class, and the config is any JSON
            message = f"{model} is not a usable Piper voice: {type(error).__name__}"
            raise ModelError("model-invalid", message, "fetch it again") from error
        if config.phoneme_type == PhonemeType.PINYIN:  # the package would download a model for its first sentence
            message = f"{model} is a Chinese voice, and Piper downloads a second model for those"
            raise ModelError("model-invalid", message, "choose a voice of another language")
        self._synthesis = SynthesisConfig(length_scale=config.length_scale / speed, volume=LEVEL)
        self.rate_hz: int = config.sample_rate

    def synthesise(self, text: str) -> Iterator[Speech]:
        """See `edge.tts.Tts`."""
        try:
            for chunk in self._voice.synthesize(text.replace("\0", ""), self._synthesis):
                heard = trim_silence(chunk.audio_float_array, self.rate_hz)
                if len(heard):
                    yield Speech(heard, self.rate_hz)
        except Exception as error:
            raise EngineError("tts-failed", f"piper cannot read a sentence: {type(error).__name__}") from error


def _read_config(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_CONFIG_BYTES:
            raise ModelError("model-invalid", f"{path} is too large for a Piper voice's settings", "fetch it again")
        config = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError("model-missing", f"{path}: {error.strerror}", "it belongs beside the voice") from error
    except ValueError as error:
        raise ModelError("model-invalid", f"{path} is not JSON", "fetch it again") from error
    if not isinstance(config, dict):
        raise ModelError("model-invalid", f"{path} does not describe a Piper voice", "fetch it again")
    return config

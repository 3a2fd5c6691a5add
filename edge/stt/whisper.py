"""Whisper on CTranslate2 (https://github.com/SYSTRAN/faster-whisper): slower, many languages. An extra of the package.

It opens a folder on this machine and downloads nothing.
"""

import math
from pathlib import Path
from typing import Any

import numpy as np

from edge.errors import EngineError, ModelError
from edge.events import SAMPLE_RATE_HZ, Samples, Transcript
from edge.grammar import Grammar
from edge.runtime.commands import pip_install
from edge.runtime.onnx import compute
from edge.runtime.onnx.plan import Provider
from edge.runtime.onnx.reasons import reason_of
from edge.runtime.onnx.report import Failure, InUse, Step, log_failure, note
from edge.runtime.sandbox import may_generate_code
from edge.settings import Device
from edge.stt.loudness import is_silent, raise_quiet

try:
    from faster_whisper import WhisperModel
except ImportError as error:
    raise EngineError(
        "stt-not-installed",
        "the speech recogniser Whisper is not installed",
        f"run: {pip_install('edge-voice[whisper]')}",
    ) from error

THREADS = 2
NO_SPEECH = 0.6
"""Whisper's own threshold for a stretch without speech (Radford et al. 2022, section 4.5)."""

MIN_LOG_PROB = -1.0
"""Whisper's own threshold for a text that it does not believe itself."""

_ON_GPU = Provider("cuda", "CTranslate2 on CUDA", "ctranslate2")


class WhisperStt:
    """See `edge.stt.Stt`."""

    name = "whisper"

    def __init__(self, folder: Path, language: str) -> None:
        """Raises `ModelError` `model-missing` or `model-invalid`, or `EngineError` `stt-sandboxed`."""
        for name in ("model.bin", "tokenizer.json"):  # the package would fetch a missing tokeniser from the hub
            if not (folder / name).is_file():
                message = f"{folder} has no {name}"
                raise ModelError("model-missing", message, "give the folder of a Whisper model for CTranslate2")
        self._language = language
        self._model = _Model(folder)
        if not may_generate_code():
            self._try()

    def _try(self) -> None:
        """On some processors the runtime generates machine code, and would fail in every turn where it may not."""
        try:
            self._model.transcribe(np.zeros(SAMPLE_RATE_HZ, np.float32), language=self._language)
        except Exception as error:  # see __init__
            raise EngineError(
                "stt-sandboxed",
                "Whisper generates machine code, which the service's sandbox forbids",
                "install the drop-in systemd/whisper.conf, see docs/service.md (Sandbox)",
            ) from error

    def use(self, grammar: Grammar | None) -> None:
        """See `Stt.use`. Whisper cannot be bound to a grammar here."""

    def stream(self) -> "WhisperStream":
        """See `Stt.stream`."""
        return WhisperStream(self._model, self._language)


class _Model:
    """The model on a GPU, if the settings ask for one and CTranslate2 can use it; else on the CPU."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._failures: tuple[Failure, ...] = ()
        self._on_gpu = any(provider.device == "cuda" for provider in compute.plan("stt").providers)
        if self._on_gpu:
            try:
                self._model = WhisperModel(str(folder), device="cuda", compute_type="auto", local_files_only=True)
            except Exception as error:  # noqa: BLE001 - the runtime's exceptions have no base class of their own
                self._failed("built", error)
            else:
                self._note()
                return
        self._open_on_cpu()

    def transcribe(self, audio: Samples, **options: Any) -> list[Any]:
        """The segments of the audio. If the GPU fails, the CPU takes over."""
        if self._on_gpu:
            try:
                return list(self._model.transcribe(audio, **options)[0])
            except Exception as error:  # noqa: BLE001 - as above
                self._failed("run", error)
                self._open_on_cpu()
        return list(self._model.transcribe(audio, **options)[0])

    def _open_on_cpu(self) -> None:
        try:
            self._model = WhisperModel(
                str(self._folder), device="cpu", compute_type="int8", cpu_threads=THREADS, local_files_only=True
            )
        except Exception as error:  # as above
            message = f"{self._folder} holds no usable Whisper model"
            raise ModelError("model-invalid", message, "fetch it again, or verify it in the store") from error
        self._note()

    def _failed(self, step: Step, error: Exception) -> None:
        self._on_gpu = False
        failure = Failure(_ON_GPU, step, reason_of(error))
        self._failures += (failure,)
        log_failure("stt", failure, "CTranslate2 on the CPU")

    def _note(self) -> None:
        device: Device = "cuda" if self._on_gpu else "cpu"
        provider = _ON_GPU.name if self._on_gpu else "CTranslate2"
        note(self, InUse("stt", self._folder.name, device, provider, None, self._failures))


class WhisperStream:
    """See `edge.stt.SttStream`. Whole utterances: a partial result decodes everything so far."""

    def __init__(self, model: _Model, language: str) -> None:
        self._model = model
        self._language = language
        self._audio: list[Samples] = []
        self._latest: Transcript | None = None

    def feed(self, samples: Samples) -> None:
        """See `SttStream.feed`."""
        if len(samples):
            self._audio.append(samples)
            self._latest = None

    def partial(self) -> Transcript | None:
        """See `SttStream.partial`."""
        if self._latest is not None:
            return None
        self._latest = self._decode()
        return self._latest

    def give_up(self) -> None:
        """Nothing: the engine cannot be interrupted."""

    def finish(self) -> Transcript:
        """See `SttStream.finish`."""
        return self._latest or self._decode()

    def _decode(self) -> Transcript:
        audio = np.concatenate(self._audio or [np.zeros(0, np.float32)])
        self._audio = [audio]
        audio_ms = len(audio) * 1000 / SAMPLE_RATE_HZ
        if is_silent(audio):
            return Transcript("", 0.0, final=True, audio_ms=audio_ms)
        try:
            segments = self._model.transcribe(
                raise_quiet(audio),
                language=self._language,
                beam_size=1,
                without_timestamps=True,
                condition_on_previous_text=False,
                no_speech_threshold=NO_SPEECH,
                log_prob_threshold=MIN_LOG_PROB,
            )
            said = [s for s in segments if s.no_speech_prob < NO_SPEECH and s.avg_logprob > MIN_LOG_PROB]
        except Exception as error:  # see WhisperStt
            raise EngineError("stt-failed", f"Whisper failed: {type(error).__name__}", "try another model") from error
        text = " ".join(segment.text.strip() for segment in said).strip()
        confidence = math.exp(float(np.mean([segment.avg_logprob for segment in said]))) if text else 0.0
        return Transcript(text, min(1.0, confidence), final=True, audio_ms=audio_ms)

"""Vosk: Kaldi models for many languages, really streaming (https://alphacephei.com/vosk/). An extra of the package."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from edge.errors import EngineError, ModelError
from edge.events import SAMPLE_RATE_HZ, Samples, Transcript
from edge.grammar import Grammar

try:
    import vosk
except ImportError as error:
    raise EngineError(
        "stt-not-installed", "the speech recogniser Vosk is not installed", "run: pip install 'edge-voice[vosk]'"
    ) from error

_FULL_SCALE = 32767


class VoskStt:
    """See `edge.stt.Stt`."""

    name = "vosk"

    def __init__(self, folder: Path) -> None:
        """Raises `ModelError` `model-missing` or `model-invalid`."""
        if not folder.is_dir():
            raise ModelError("model-missing", f"{folder} is no folder", "give the folder of an unpacked Vosk model")
        vosk.SetLogLevel(-1)
        try:
            self._model = vosk.Model(model_path=str(folder))
        except Exception as error:  # the package raises nothing more precise
            raise ModelError(
                "model-invalid", f"{folder} holds no usable Vosk model", "unpack it again, or verify it in the store"
            ) from error

    def use(self, grammar: Grammar | None) -> None:
        """See `Stt.use`."""

    def stream(self) -> "VoskStream":
        """See `Stt.stream`."""
        recogniser = vosk.KaldiRecognizer(self._model, SAMPLE_RATE_HZ)
        recogniser.SetWords(True)
        return VoskStream(recogniser)


class VoskStream:
    """See `edge.stt.SttStream`. `feed` decodes as the audio comes; a long utterance comes in parts that are joined."""

    def __init__(self, recogniser: Any) -> None:
        self._recogniser = recogniser
        self._words: list[str] = []
        self._confidences: list[float] = []
        self._samples = 0
        self._told: str | None = None

    def feed(self, samples: Samples) -> None:
        """See `SttStream.feed`. Blocks for as long as decoding this much takes."""
        self._samples += len(samples)
        pcm = (np.clip(samples, -1, 1) * _FULL_SCALE).astype(np.int16)
        if self._recogniser.AcceptWaveform(pcm.tobytes()):
            self._take(self._recogniser.Result())

    def partial(self) -> Transcript | None:
        """See `SttStream.partial`. Vosk says how sure it is only of what is settled."""
        going_on = json.loads(self._recogniser.PartialResult()).get("partial", "")
        text = " ".join([*self._words, going_on]).strip()
        if text == self._told:
            return None
        self._told = text
        return self._transcript(text, final=False)

    def finish(self) -> Transcript:
        """See `SttStream.finish`."""
        self._take(self._recogniser.FinalResult())
        return self._transcript(" ".join(self._words), final=True)

    def _take(self, result: str) -> None:
        for word in json.loads(result).get("result", []):
            self._words.append(word["word"])
            self._confidences.append(float(word["conf"]))

    def _transcript(self, text: str, *, final: bool) -> Transcript:
        confidence = float(np.mean(self._confidences)) if self._confidences else 0.0
        return Transcript(text, min(1.0, confidence), final=final, audio_ms=self._samples * 1000 / SAMPLE_RATE_HZ)

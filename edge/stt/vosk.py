"""Vosk: Kaldi models for many languages, really streaming (https://alphacephei.com/vosk/). An extra of the package.

With a grammar in use a second recogniser of the same model decodes beside the free one, bound to the grammar's words
and to which of them may follow which: Vosk makes a bigram model of such phrases. That takes a twentieth of the time of
free decoding. What it hears is a command only if the grammar accepts all of it and every word is likely.
"""

import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from edge.errors import EngineError, ModelError
from edge.events import SAMPLE_RATE_HZ, Match, Progress, Samples, Transcript
from edge.grammar import Grammar
from edge.grammar.words import words_of
from edge.runtime.commands import pip_install
from edge.runtime.onnx.report import InUse, note

try:
    import vosk
except ImportError as error:
    raise EngineError(
        "stt-not-installed", "the speech recogniser Vosk is not installed", f"run: {pip_install('edge-voice[vosk]')}"
    ) from error

UNKNOWN = "[unk]"
"""The word, in models that have it, for every other one."""

MIN_PROBABILITY = 0.5

_FULL_SCALE = 32767
_DYNAMIC = ("graph/HCLr.fst", "HCLr.fst")
"""Files of the models that take a grammar; the large ones have a graph that cannot change."""


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
        note(self, InUse("stt", folder.name, "cpu", "Kaldi"))
        self._takes_grammar = any((folder / name).is_file() for name in _DYNAMIC)
        self._grammar: Grammar | None = None
        self._free = _Recognisers(self._model)
        self._bound: _Recognisers | None = None

    def use(self, grammar: Grammar | None) -> None:
        """See `Stt.use`. Words that the model does not know cannot be heard; they are left out."""
        phrases = self._phrases(grammar) if grammar is not None and self._takes_grammar else []
        self._grammar = grammar
        self._bound = _Recognisers(self._model, phrases) if phrases else None

    def stream(self) -> "VoskStream":
        """See `Stt.stream`."""
        return VoskStream(self._free, self._bound, self._grammar, knows_unknown=self._knows(UNKNOWN))

    def _phrases(self, grammar: Grammar) -> list[str]:
        found = words_of(grammar.network)
        spelled = {word: unicodedata.normalize("NFC", word) for word in found.words}
        known = {word: text for word, text in spelled.items() if self._knows(text)}
        if not known:
            return []
        pairs = [f"{known[a]} {known[b]}" for a, b in found.pairs if a in known and b in known]
        return [*known.values(), *pairs, *([UNKNOWN] if self._knows(UNKNOWN) else [])]

    def _knows(self, word: str) -> bool:
        return bool(self._model.vosk_model_find_word(word) >= 0)


class _Recognisers:
    """Recognisers of one kind. Opening one takes up to 130 ms: those that have finished are used again."""

    def __init__(self, model: Any, phrases: Iterable[str] = ()) -> None:
        self._model = model
        self._phrases = [json.dumps(list(phrases), ensure_ascii=False)] if phrases else []  # it knows no \u
        self._spare: list[Any] = []

    def take(self) -> Any:
        if self._spare:
            return self._spare.pop()
        recogniser = vosk.KaldiRecognizer(self._model, SAMPLE_RATE_HZ, *self._phrases)
        recogniser.SetWords(True)
        return recogniser

    def give_back(self, recogniser: Any) -> None:
        """Take back one whose `FinalResult` was asked for: it begins anew by itself."""
        self._spare = [recogniser]


class _Decoding:
    """One recogniser on one utterance. A long one comes in parts, which are joined."""

    def __init__(self, recognisers: _Recognisers) -> None:
        self._recognisers = recognisers
        self._recogniser = recognisers.take()
        self.words: list[str] = []
        self.confidences: list[float] = []

    def feed(self, pcm: bytes) -> None:
        if self._recogniser.AcceptWaveform(pcm):
            self._take(self._recogniser.Result())

    def so_far(self) -> str:
        going_on = json.loads(self._recogniser.PartialResult()).get("partial", "")
        return " ".join([*self.words, going_on]).strip()

    def finish(self) -> str:
        self._take(self._recogniser.FinalResult())
        self._recognisers.give_back(self._recogniser)
        return " ".join(self.words)

    def _take(self, result: str) -> None:
        for word in json.loads(result).get("result", []):
            self.words.append(word["word"])
            self.confidences.append(min(1.0, float(word["conf"])))


class VoskStream:
    """See `edge.stt.SttStream`. `feed` decodes as the audio comes."""

    def __init__(
        self, free: _Recognisers, bound: _Recognisers | None, grammar: Grammar | None, *, knows_unknown: bool
    ) -> None:
        self._free = _Decoding(free)
        self._bound = None if bound is None else _Decoding(bound)
        self._grammar = grammar
        self._knows_unknown = knows_unknown
        self._samples = 0
        self._told: str | None = None

    def feed(self, samples: Samples) -> None:
        """See `SttStream.feed`. Blocks for as long as decoding this much takes."""
        self._samples += len(samples)
        pcm = (np.clip(samples, -1, 1) * _FULL_SCALE).astype(np.int16).tobytes()
        self._free.feed(pcm)
        if self._bound is not None:
            self._bound.feed(pcm)

    def partial(self) -> Transcript | None:
        """See `SttStream.partial`. Vosk says how sure it is only of what is settled."""
        text = self._free.so_far()
        if text == self._told:
            return None
        self._told = text
        return self._transcript(text, None, self._progress(text), final=False)

    def give_up(self) -> None:
        """Nothing: a partial result is there already."""

    def finish(self) -> Transcript:
        """See `SttStream.finish`."""
        text = self._free.finish()
        match = self._match()
        if match is not None:
            return self._transcript(match.sentence, match, "complete", final=True)
        return self._transcript(text, None, "no-command", final=True)

    def _match(self) -> Match | None:
        """The command that the bound recogniser heard. A command is as sure as its least sure word."""
        if self._bound is None or self._grammar is None:
            return None
        sentence = self._bound.finish()
        if not sentence or UNKNOWN in self._bound.words:
            return None
        probability = min(self._bound.confidences)
        intent = self._grammar.match(sentence) if probability >= MIN_PROBABILITY else None
        return None if intent is None else Match(sentence, intent, probability)

    def _progress(self, text: str) -> Progress:
        """How far a command has come. Without a word for all others the bound recogniser hears one in everything."""
        if self._grammar is None or not text:
            return "no-command"
        if self._bound is not None and self._knows_unknown:
            text = self._bound.so_far()
            if UNKNOWN in text.split():
                return "no-command"
        return self._grammar.progress(text)

    def _transcript(self, text: str, match: Match | None, progress: Progress, *, final: bool) -> Transcript:
        sure = self._free.confidences
        confidence = match.probability if match else float(np.mean(sure)) if sure else 0.0
        heard_ms = self._samples * 1000 / SAMPLE_RATE_HZ
        return Transcript(text, confidence, final=final, audio_ms=heard_ms, match=match, progress=progress)

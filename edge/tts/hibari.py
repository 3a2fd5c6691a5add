"""hibari: English, a distilled Kokoro voice of 8 MB with its own phonemiser (https://pypi.org/project/hibari-tts/).

The package reads numbers, times, dates, units and currencies itself. Its pronunciation tables would take about 95 MB
as Python objects, so they are kept as text (`edge.tts.json_table`) in a phonemiser that is passed to the package.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hibari.g2p
import numpy as np
from hibari import Hibari
from hibari.g2p.lexicon import Lexicon
from hibari.g2p.oov import OOV
from hibari.g2p.tagger import Tagger
from hibari.g2p.tokenize import Tokenizer

from edge.errors import EngineError
from edge.events import Speech
from edge.runtime.onnx.session import open_session
from edge.tts.json_table import JsonTable
from edge.tts.silence import trim_silence

SEED = 1
"""The voice's breath is random; with a fixed seed, the same text gives the same samples."""

GAIN = 2.5
"""The voice peaks near 0.3; this raises it to the level of other engines and of the earcons."""

_ASSETS = Path(hibari.g2p.ASSETS)


class HibariTts:
    """The voice of the package, or the file of another voice; British voices are named `bf_...` or `bm_...`."""

    name = "hibari"
    rate_hz = 24_000

    def __init__(self, model: Path | None = None, *, speed: float = 1.0) -> None:
        self._speed = speed
        british = model is not None and model.name.startswith(("bf_", "bm_"))
        self._engine = _Engine(model or _ASSETS / "hibari.onnx", _Phonemiser(british=british))

    def synthesise(self, text: str) -> Iterator[Speech]:
        """See `edge.tts.Tts`. Raises `EngineError` `tts-failed` on a text that the package cannot read."""
        if not any(char.isalnum() for char in text):
            return  # a pause alone would be breath
        try:
            for samples in self._engine.stream(text, speed=self._speed, seed=SEED):
                heard = trim_silence(samples, self.rate_hz)
                if len(heard):
                    yield Speech(np.clip(heard * GAIN, -1, 1), self.rate_hz)
        except Exception as error:
            raise EngineError("tts-failed", f"hibari cannot read a sentence: {type(error).__name__}") from error


class _Engine(Hibari):  # type: ignore[misc] # the package has no types
    """The package's engine with a session without a memory arena: 40 MB less after a long sentence."""

    def __init__(self, model: Path, phonemiser: "_Phonemiser") -> None:
        # Does not call the parent's constructor, which would open its own session.
        self.voice = model.stem
        self.model_path = str(model)
        self.sess = open_session(model, "the hibari voice", stage="tts")
        self.vocab = json.loads((_ASSETS / "vocab.json").read_text(encoding="utf-8"))
        self._g2p = phonemiser


class _Phonemiser(hibari.g2p.G2P):  # type: ignore[misc] # the package has no types
    """The package's phonemiser on compact tables: the same phonemes, about 80 MB less."""

    def __init__(self, *, british: bool) -> None:
        # Does not call the parent's constructor, which would parse the tables into Python objects.
        accent = "gb" if british else "us"
        gold, silver = (JsonTable.sorted_words(_unzip(f"lexicon_{accent}_{kind}")) for kind in ("gold", "silver"))
        self.lexicon = Lexicon(gold, silver, british)
        self.tokenizer = Tokenizer(json.loads((_ASSETS / "tokenizer_exceptions.json").read_text(encoding="utf-8")))
        self.tagger = _tagger(_unzip("tagger"))
        self.unk = ""
        self.british = british
        self._oov: OOV | None = None

    @property
    def oov(self) -> Any:
        """The reader of words that are in no table; opened on first use."""
        if self._oov is None:
            model = _ASSETS / ("oov_gb.onnx" if self.british else "oov.onnx")
            self._oov = OOV(str(model), open_session(model, "the hibari reader of unknown words", stage="tts"))
        return self._oov


def _unzip(name: str) -> bytes:
    return gzip.decompress((_ASSETS / f"{name}.json.gz").read_bytes())


def _tagger(document: bytes) -> Tagger:
    section = b'"weights":{'
    start = document.index(section)
    model = json.loads(document[:start] + section + b"}}")
    model["weights"] = JsonTable.objects(document[start + len(section) - 1 : -1])
    return Tagger(model)

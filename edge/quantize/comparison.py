"""What the forms of a recogniser cost and how well they hear, on this machine's processor."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from edge.bench.wer import Words, count_words, normaliser
from edge.errors import EngineError
from edge.events import SAMPLE_RATE_HZ
from edge.quantize.recordings import Recording
from edge.stt.moonshine.engine import MoonshineStt
from edge.stt.moonshine.tuning import Tuning


@dataclass(frozen=True, slots=True)
class Measured:
    """One form: bytes of its files, seconds of work for a second of audio, and word errors as a share of the words.

    `wer` is None where no text is known or the package that compares words is not installed. `same`: recordings with
    the same text as in the first form.
    """

    size: int
    rtf: float
    wer: float | None
    same: int


def compare(forms: Mapping[str, Path], recordings: Sequence[Recording], tuning: Tuning) -> Mapping[str, Measured]:
    """Let each form hear each recording, one after the other, so that a busy machine slows all of them alike.

    Raises `ModelError`.
    """
    engines = {name: MoonshineStt(folder, tuning) for name, folder in forms.items()}
    spent = dict.fromkeys(forms, 0.0)
    texts: dict[str, list[str]] = {name: [] for name in forms}
    for recording in recordings:
        for name, engine in engines.items():
            stream = engine.stream()
            stream.feed(recording.samples)
            began = time.perf_counter()
            texts[name].append(stream.finish().text)
            spent[name] += time.perf_counter() - began
    seconds = sum(len(recording.samples) for recording in recordings) / SAMPLE_RATE_HZ
    first = next(iter(texts.values()))
    return {
        name: Measured(
            size=sum(file.stat().st_size for file in folder.iterdir()),
            rtf=round(spent[name] / seconds, 4),
            wer=_word_errors(recordings, texts[name]),
            same=sum(one == two for one, two in zip(first, texts[name], strict=True)),
        )
        for name, folder in forms.items()
    }


def _word_errors(recordings: Sequence[Recording], texts: Sequence[str]) -> float | None:
    try:
        normaliser()
    except EngineError:
        return None
    words = [count_words(it.text, text) for it, text in zip(recordings, texts, strict=True) if it.text is not None]
    return round(sum(words, Words()).rate, 4) if words else None

"""Text to speech: speed, time to the first sound, memory."""

import time
from collections.abc import Iterator
from pathlib import Path

from edge.bench.common import machine, percentiles
from edge.errors import UsageError
from edge.nlu import Language, open_language
from edge.nlu.segmenter import segments
from edge.runtime.processes import memory_mb
from edge.settings import Settings
from edge.store import open_store
from edge.tts import open_tts
from edge.tts.plain_text import PlainText
from edge.tts.voice import synthesise_whole

TEXTS = (
    "It's half past seven.",
    "OK, ten minutes.",
    "The kitchen light is on.",
    "Volume is at forty percent.",
    "Your timer for the pasta is done.",
    "There are three minutes and twenty seconds left on the timer.",
    "Sorry, I can't answer that, I only know commands.",
    "The capital of France is Paris. It lies on the Seine, and about two million people live there.",
    "The sky looks blue because air scatters blue light more than red light. At sunset the light's way is longer.",
    "It is 21.5°C outside, with a 30% chance of rain until 5:30 PM, so take an umbrella if you go out before dinner.",
)


def bench_tts(settings: Settings, *, texts: Path | None = None) -> dict[str, object]:
    """Speak every text once, after a first one to warm up. `texts`: a file with one utterance per line.

    `first_audio_ms` runs from a text to the samples of its first sentence; `rtf` is seconds of work for a second of
    speech; `rss_mb` is this process afterwards,
    `engine_rss_mb` the part of the engine and its runtime. Raises `UsageError` `texts-unreadable`.
    """
    language = open_language(settings.device.language)
    utterances = TEXTS if texts is None else tuple(_lines(texts))
    before_mb = memory_mb("self")["rss_mb"]
    tts = open_tts(settings.tts, open_store(settings.models))
    synthesise_whole(tts, "Ready.")
    work_s = speech_s = 0.0
    first_ms: list[float] = []
    for utterance in utterances:
        began = time.perf_counter()
        waiting = True
        for words in _sentences(utterance, language):
            speech = synthesise_whole(tts, words)
            speech_s += speech.duration_ms / 1000
            if waiting and len(speech.samples):
                first_ms.append((time.perf_counter() - began) * 1000)
                waiting = False
        work_s += time.perf_counter() - began
    return {
        "n": len(utterances),
        "engine": tts.name,
        "machine": machine(),
        "rtf": round(work_s / speech_s, 4) if speech_s else None,
        "first_audio_ms": percentiles(first_ms),
        "speech_s": round(speech_s, 1),
        "rss_mb": memory_mb("self")["rss_mb"],
        "engine_rss_mb": round(memory_mb("self")["rss_mb"] - before_mb, 1),
    }


def _sentences(text: str, language: Language) -> Iterator[str]:
    cleaner = PlainText(language.plain_text_rules)
    return filter(None, (cleaner.clean(sentence.text) for sentence in segments(text, language.sentence_rules)))


def _lines(texts: Path) -> Iterator[str]:
    try:
        lines = texts.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("texts-unreadable", f"{texts}: {error}", "name a text file, one utterance a line") from error
    found = [line for line in lines if line.strip()]
    if not found:
        raise UsageError("texts-empty", f"{texts} holds no text", "name a text file, one utterance a line")
    yield from found

"""Measures a large home: compiling its grammar, loading it, and decoding with it. See docs/speech-to-intent.md.

python scripts/measure_large_home.py       # about a minute; needs the models hibari-en and moonshine-tiny-en
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import soxr

from edge.events import SAMPLE_RATE_HZ, Samples
from edge.nlu.home_names import HomeNames
from edge.nlu.spoken_grammar import open_grammar
from edge.settings import ModelSettings, Settings, SttSettings, TtsSettings
from edge.store import open_store
from edge.stt import Stt, open_stt
from edge.tts import Tts, open_tts

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.grammar.large_home import home_of

RUNS = 5


def commands(home: HomeNames) -> list[str]:
    """Two commands for each of the first entities that can be switched."""
    entities = [it.name for it in home.entities if it.domain in {"light", "switch", "fan"}][:10]
    return [text for name in entities for text in (f"Turn on the {name}.", f"Switch the {name} off.")]


def say(voice: Tts, text: str) -> Samples:
    """Speech at 16 kHz, with 300 ms of silence on both sides."""
    speech = np.concatenate([piece.samples for piece in voice.synthesise(text)])
    sound = soxr.resample(speech, voice.rate_hz, SAMPLE_RATE_HZ)
    return np.pad(sound, SAMPLE_RATE_HZ * 3 // 10).astype(np.float32)


def recognise(stt: Stt, sound: Samples) -> tuple[float, str]:
    """Milliseconds from the last sample to the result, and the matched sentence."""
    stream = stt.stream()
    stream.feed(sound)
    began = time.perf_counter()
    heard = stream.finish()
    return (time.perf_counter() - began) * 1000, heard.match.sentence if heard.match else ""


def main() -> None:
    """Measure homes of 20 and of 1,000 entities with the same commands."""
    store = open_store(ModelSettings())
    stt, voice = open_stt(SttSettings(), store), open_tts(TtsSettings(), store)
    small, large = home_of(20), home_of(1000)
    spoken = [(text, say(voice, text)) for text in commands(small)]
    for count, home in ((20, small), (1000, large)):
        with tempfile.TemporaryDirectory() as folder:
            laps = []
            for _ in range(2):
                began = time.perf_counter()
                grammar = open_grammar(Settings(), home, Path(folder))
                laps.append(time.perf_counter() - began)
        began = time.perf_counter()
        stt.use(grammar)
        use = time.perf_counter() - began
        first = [recognise(stt, sound) for _, sound in spoken]
        again = [statistics.median(recognise(stt, sound)[0] for _ in range(RUNS)) for _, sound in spoken]
        print(
            f"{count} entities: made in {laps[0]:.2f} s, read in {laps[1]:.2f} s, taken up in {use:.2f} s; result "
            f"after {statistics.median(ms for ms, _ in first):.0f} ms the first time, "
            f"{statistics.median(again):.0f} ms (p95 {np.percentile(again, 95):.0f}) then; "
            f"{sum(bool(it) for _, it in first)} of {len(spoken)} matched"
        )


if __name__ == "__main__":
    main()

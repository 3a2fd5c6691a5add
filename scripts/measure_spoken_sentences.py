"""Measures how many of Home Assistant's English test sentences are understood if our voice speaks them.

    python scripts/measure_spoken_sentences.py "$EDGE_VOICE_DATA" [COUNT [SNR_DB NOISE.wav]]

It draws COUNT (200) sentences that the installed package contains, with a fixed seed, and speaks each at 90 to 110 % of
the usual speed, in the home of its test. It prints the errors, then one JSON line.
"""

import json
import random
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
import soxr

from edge.audio.recordings import read_recording
from edge.bench.common import machine, mix_noise
from edge.bench.intent import spoken_part
from edge.events import SAMPLE_RATE_HZ, Intent, Samples, Transcript
from edge.nlu.hassil_intents import HassilRecognizer
from edge.nlu.spoken_grammar import SpokenGrammar, open_grammar
from edge.settings import Settings
from edge.store import open_store
from edge.stt import open_stt
from edge.tts import Tts, open_tts
from edge.vad import open_vad
from tests.nlu.frozen_sentences import Outcome, outcomes
from tests.nlu.package_grammar import answer_of

SEED = 7
UNNAMED = "\0"
"""The speaker's room for tests without one: see `tests/nlu/frozen_sentences.py`."""

SETTINGS = Settings()


def speak(voice: Tts, text: str, pace: float) -> Samples:
    """`text` at 16 kHz with half a second of silence on both sides."""
    pieces = list(voice.synthesise(text))
    sound = soxr.resample(np.concatenate([p.samples for p in pieces]), pieces[0].rate_hz * pace, SAMPLE_RATE_HZ)
    return np.pad(sound, SAMPLE_RATE_HZ // 2).astype(np.float32)


def is_right(outcome: Outcome, found: Intent | None) -> bool:
    """The intent and slots of the typed sentence; the spelling of free text is ignored."""

    def plain(intent: Intent | None) -> object:
        answer = answer_of(intent)
        return answer and (
            answer[0],
            {slot: str(value).casefold() for slot, value in answer[1].items() if value != UNNAMED},
        )

    wanted = outcome.ours and Intent(*outcome.ours)
    return plain(found) == plain(wanted)


def main(data: Path, count: int, snr_db: float | None, noise: Path | None) -> None:
    """Measure and print."""
    store = open_store(SETTINGS.models)
    voice, stt, vad = open_tts(SETTINGS.tts, store), open_stt(SETTINGS.stt, store), open_vad(store)
    contained = [outcome for outcome in outcomes(data) if outcome.group == "contained"]
    random.Random(SEED).shuffle(contained)  # noqa: S311 - a repeatable draw, not a secret
    sounds = np.random.default_rng(SEED)
    background = None if noise is None else read_recording(noise)
    homes: dict[Any, tuple[SpokenGrammar, HassilRecognizer]] = {}
    right = 0
    for outcome in contained[:count]:
        names = outcome.sentence.names
        if names not in homes:
            homes[names] = open_grammar(SETTINGS, names), HassilRecognizer(SETTINGS, names)
        grammar, typed = homes[names]
        stt.use(grammar)
        samples = speak(voice, outcome.sentence.text, float(sounds.uniform(0.9, 1.1)))
        if background is not None and snr_db is not None:
            samples = mix_noise(samples, background, snr_db, sounds)
        stream = stt.stream()
        stream.feed(spoken_part(vad, samples, SETTINGS))
        heard: Transcript = stream.finish()
        found = heard.match.intent if heard.match else typed.intent(heard.text)
        if is_right(outcome, found):
            right += 1
        else:
            print(f"{outcome.sentence.text!r}: heard {heard.text!r}, {found}", file=sys.stderr)
    drawn = min(count, len(contained))
    print(json.dumps({"n": drawn, "accuracy": round(right / drawn, 4), "snr_db": snr_db, "machine": machine()}))


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 5 or len(sys.argv) == 4:  # noqa: PLR2004 - the program, the folder, and pairs
        sys.exit(__doc__)
    _, folder, *rest = sys.argv
    main(
        Path(folder),
        int(rest[0]) if rest else 200,
        float(rest[1]) if len(rest) > 1 else None,
        Path(rest[2]) if len(rest) > 1 else None,
    )

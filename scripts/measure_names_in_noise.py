"""Measures whether a home of a hundred names costs accuracy in noise: the same commands in a home of 17 of them.

    python scripts/measure_names_in_noise.py "$EDGE_VOICE_DATA/noise/kitchen/kitchen.flac"    # five minutes

Two voices speak two commands for each of 17 names, at four paces; each recording gets one piece of the noise, the same
in both homes. Prints a line for each home and level: right, nothing understood, and something else understood.
Needs the models piper-joe and moonshine-tiny-en.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soxr

from edge.bench.common import mix_noise, read_noise
from edge.bench.intent import SEED, same
from edge.events import SAMPLE_RATE_HZ, Samples, Transcript
from edge.nlu.home_names import HomeNames
from edge.nlu.spoken_grammar import open_grammar
from edge.settings import ModelSettings, Settings, SttSettings, TtsSettings
from edge.store import open_store
from edge.stt import Stt, open_stt
from edge.stt.commands import command
from edge.tts import Tts, open_tts

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.nlu.hundred_entities import HUNDRED

SNRS_DB = (24.0, 12.0, 6.0)
PACES = (0.92, 0.97, 1.03, 1.08)
COMMANDS = {
    ("light", "switch", "fan"): ("turn on the {}", "switch off the {}"),
    ("cover",): ("open the {}", "close the {}"),
    ("lock",): ("lock the {}", "unlock the {}"),
    ("scene",): ("activate {}", "start {}"),
}
SEVENTEEN = frozenset(
    [
        "Kitchen light",
        "Living room lamp",
        "Reading lamp",
        "Bedroom light",
        "Office desk lamp",
        "Bathroom light",
        "Garden lights",
        "Coffee machine",
        "Kettle",
        "Dishwasher",
        "Bedroom shutters",
        "Garage door",
        "Ceiling fan",
        "Front door",
        "Back door",
        "Movie night",
        "Good morning",
    ]
)


def sentences() -> Iterator[str]:
    """What is said, in both homes."""
    for entity in HUNDRED.entities:
        if entity.name in SEVENTEEN:
            for domains, commands in COMMANDS.items():
                if entity.domain in domains:
                    yield from (command.format(entity.name.lower()) for command in commands)


def speak(voice: Tts, text: str, pace: float) -> Samples:
    """`text` at 16 kHz with half a second of silence on both sides."""
    sound = np.concatenate([piece.samples for piece in voice.synthesise(text)])
    heard = soxr.resample(sound, voice.rate_hz * pace, SAMPLE_RATE_HZ)
    return np.pad(heard, SAMPLE_RATE_HZ // 2).astype(np.float32)


def recognised(stt: Stt, sound: Samples) -> Transcript:
    """The result for one recording."""
    stream = stt.stream()
    stream.feed(sound)
    return stream.finish()


def main(noise: Path) -> None:
    """Measure both homes at each level."""
    store = open_store(ModelSettings())
    stt = open_stt(SttSettings(), store)
    voices = [open_tts(TtsSettings(), store), open_tts(TtsSettings(engine="piper", model="piper-joe"), store)]
    spoken = [
        (text, speak(voice, text, PACES[number % len(PACES)]))
        for voice in voices
        for number, text in enumerate(sentences())
    ]
    noises = read_noise(noise)
    small = HomeNames(tuple(it for it in HUNDRED.entities if it.name in SEVENTEEN), HUNDRED.areas, here=HUNDRED.here)
    for home in (small, HUNDRED):
        grammar = open_grammar(Settings(), home)
        stt.use(grammar)
        for snr_db in SNRS_DB:
            found: Counter[str] = Counter()
            for number, (text, sound) in enumerate(spoken):
                rng = np.random.default_rng([SEED, number])
                noisy = mix_noise(sound, noises[int(rng.integers(len(noises)))], snr_db, rng)
                heard = command(recognised(stt, noisy), grammar)
                intent = None if heard is None else heard.intent
                right = same(grammar.match(text), intent)
                found["right" if right else "nothing" if intent is None else "wrong"] += 1
                if not right:
                    print(f"  {text!r}: {intent}")
            print(f"{len(home.entities)} names, {snr_db:g} dB, of {len(spoken)}: {dict(found)}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

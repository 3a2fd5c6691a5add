"""Make the recordings that ship with the project, in `edge/bench/recordings` and `edge/bench/orders`.

    python scripts/make_recordings.py --piper FOLDER_OF_PIPER_JOE

Two synthetic voices speak: hibari's `heart` at several speeds and pitches, and Piper's `joe` (the extra `piper`, the
model `piper-joe` of the store). A faint room noise lies under every recording, so that nothing is digital silence.
Every take has its own fixed seed: the same packages on the same machine give the same bytes.

A row of `manifest.jsonl`:

    audio   the file                          part    dialogue, command, wake or negative
    text    every word that is spoken         wake    it begins with the wake word
    speech  [start, end] in ms of the words after the wake word (in one breath: estimated, within about 60 ms)
    expect  transcript (the words after the wake word), intent or null, reply or null (null: not fixed)

`dialogue` rows are the demo, in order; `follow_up` rows are spoken without the wake word after the reply before them.

`orders/manifest.jsonl` has rows with `intent` and `slots`, sentences of `orders/sentences.yaml`;
`orders/negative.jsonl` has what is said at the same counter but is no sentence of that file.
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from edge.events import SAMPLE_RATE_HZ, Samples

FOLDER = Path(__file__).parents[1] / "edge" / "bench"
WAKE_WORD = "Alexa"
ONE_BREATH = -1
"""A pause that says: no pause, wake word and command are synthesised as one sentence."""

NOISE_RMS = 10 ** (-68 / 20)
PEAK = 0.45


@dataclass(frozen=True)
class Take:
    """One recording: who says what, how fast, how high."""

    name: str
    text: str
    voice: str = "heart"
    speed: float = 1.0
    pitch: float = 1.0
    pause_ms: int | None = None
    """Between wake word and words; None: no wake word."""
    lead_ms: int = 500
    tail_ms: int = 500
    expect: dict[str, Any] | None = None
    extra: dict[str, Any] = field(default_factory=dict)


NO_LIGHTS = "I don't control any lights yet. You can add them in my settings."


def dialogue(name: str, text: str, *, intent: str | None, reply: str | None = None, **how: Any) -> Take:
    """A turn of the demo: time to settle before it, and a second of silence for the endpoint after it."""
    expect = {"transcript": text, "intent": intent, "reply": reply}
    return Take(name, text, lead_ms=900, tail_ms=1000, expect=expect, **how)


DIALOGUE = (
    dialogue("01-time", "What time is it?", intent="HassGetCurrentTime", pause_ms=250),
    dialogue(
        "02-set-timer",
        "Set a timer for ten minutes.",
        intent="HassStartTimer",
        reply="Timer set for 10 minutes.",
        pause_ms=ONE_BREATH,
        speed=0.95,
        pitch=1.06,
    ),
    dialogue(
        "03-timer-left",
        "How much time is left on the timer?",
        intent="HassTimerStatus",
        voice="joe",
        speed=1.05,
        pitch=0.95,
        pause_ms=300,
    ),
    dialogue(
        "04-cancel-timer",
        "Cancel the timer.",
        intent="HassCancelTimer",
        reply="10 minute timer cancelled.",
        voice="joe",
        extra={"follow_up": True},
    ),
    dialogue(
        "05-volume",
        "Set the volume to forty percent.",
        intent="HassSetVolume",
        reply="Volume 40 percent.",
        pause_ms=ONE_BREATH,
        pitch=0.9,
    ),
    dialogue(
        "06-light-on", "Turn on the kitchen light.", intent="HassTurnOn", reply=NO_LIGHTS, pause_ms=150, pitch=0.9
    ),
    dialogue("07-never-mind", "Never mind.", intent="HassNevermind", pause_ms=400, pitch=0.9),
    dialogue("08-capital", "What is the capital of France?", intent=None, pause_ms=300, pitch=1.05),
    dialogue("09-sky", "Why is the sky blue?", intent=None, voice="joe", speed=0.95, pause_ms=150),
)

_COMMANDS = (
    ("turn-off-living-room", "Turn off the lights in the living room.", "heart", 1.0, 1.0),
    ("set-brightness", "Set the bedroom light to fifty percent.", "heart", 0.95, 0.95),
    ("pause-timer", "Pause the timer.", "heart", 1.0, 0.9),
    ("timer-pasta", "Set a timer for twelve minutes for the pasta.", "joe", 1.05, 1.0),
    ("alarm", "Wake me up at seven thirty tomorrow morning.", "heart", 1.1, 1.0),
    ("what-day", "What day is it today?", "joe", 1.0, 1.0),
    ("volume-up", "Turn the volume up.", "heart", 0.95, 1.05),
    ("stop", "Stop.", "heart", 1.0, 1.0),
    ("repeat", "Can you repeat that, please?", "joe", 0.95, 1.0),
    ("open-blinds", "Open the blinds in the office.", "heart", 1.05, 0.92),
    ("temperature", "What is the temperature in the bedroom?", "heart", 1.0, 1.08),
    ("weather", "Is it going to rain this afternoon?", "joe", 1.0, 0.95),
)
COMMANDS = tuple(Take(f"command-{n}", t, voice=v, speed=s, pitch=p) for n, t, v, s, p in _COMMANDS)

_WAKES = (("heart", 0.85, 1.0), ("heart", 1.15, 1.0), ("heart", 1.0, 0.85), ("heart", 1.0, 1.1), ("joe", 1.0, 1.0))
WAKES = tuple(
    Take(f"wake-{i}", "", voice=v, speed=s, pitch=p, pause_ms=0, lead_ms=700, tail_ms=700)
    for i, (v, s, p) in enumerate(_WAKES, 1)
)

_NEGATIVES = (
    ("recipe", "Mix the flour with the butter until it feels like sand.", "heart"),
    ("exam", "Call the exam office about the election results.", "joe"),
    ("news", "The library will stay open until nine on weekdays.", "joe"),
    ("letter", "A relaxed walk, a letter, and then a long lunch.", "heart"),
)
NEGATIVES = tuple(Take(f"negative-{n}", t, voice=v, lead_ms=400, tail_ms=300) for n, t, v in _NEGATIVES)

PARTS = {"dialogue": DIALOGUE, "command": COMMANDS, "wake": WAKES, "negative": NEGATIVES}


def order(name: str, text: str, intent: str, how: tuple[str, float, float], /, **slots: str | int) -> Take:
    """An order at the counter; `how`: voice, speed, pitch."""
    voice, speed, pitch = how
    return Take(name, text, voice, speed, pitch, lead_ms=350, tail_ms=350, extra={"intent": intent, "slots": slots})


ORDERS = (
    order(
        "two-croissants", "Give me two croissants, please.", "orderBread", ("heart", 1, 1), count=2, bread="croissant"
    ),
    order(
        "poppy-roll",
        "I'd like a large poppy seed roll with cream cheese to go.",
        "orderBread",
        ("joe", 1, 1),
        size="large",
        bread="poppy seed roll",
        spread="cream cheese",
        where="away",
    ),
    order(
        "bagels",
        "Can I have twelve small bagels with butter?",
        "orderBread",
        ("heart", 1.1, 0.9),
        count=12,
        size="small",
        bread="bagel",
        spread="butter",
    ),
    order(
        "cinnamon-buns",
        "I'll take twenty four cinnamon buns to take away.",
        "orderBread",
        ("heart", 0.95, 1.08),
        count=24,
        bread="cinnamon bun",
        where="away",
    ),
    order("sourdough", "Get me a sourdough loaf.", "orderBread", ("joe", 1.1, 0.95), bread="sourdough"),
    order(
        "rye",
        "Could I get a small rye bread with honey for here?",
        "orderBread",
        ("heart", 1.05, 1),
        size="small",
        bread="rye bread",
        spread="honey",
        where="here",
    ),
    order(
        "croissant-jam",
        "I'd like a croissant with raspberry jam.",
        "orderBread",
        ("joe", 0.95, 1.05),
        bread="croissant",
        spread="raspberry jam",
    ),
    order("price-buns", "How much are the cinnamon buns?", "askPrice", ("heart", 1, 0.88), bread="cinnamon bun"),
    order(
        "price-roll",
        "What does a large poppy seed roll cost?",
        "askPrice",
        ("joe", 1, 0.92),
        size="large",
        bread="poppy seed roll",
    ),
    order("cancel", "Cancel my order, please.", "cancelOrder", ("heart", 1, 1.05)),
)
_NO_ORDERS = (
    ("opening", "I'd like to know when you open tomorrow.", "heart"),
    ("minute", "Give me a minute to think about it.", "joe"),
    ("ticket", "How much is a ticket to the museum?", "heart"),
    ("smell", "The croissants smell wonderful today.", "joe"),
)
NO_ORDERS = tuple(Take(n, t, voice=v, lead_ms=350, tail_ms=350) for n, t, v in _NO_ORDERS)


class Voice(Protocol):
    """Speaks a text at its own rate."""

    def __call__(self, text: str, speed: float, seed: int) -> tuple[Samples, int]:
        """The samples and their rate; a speed above 1 is faster."""
        ...


class Heart:
    """hibari's voice."""

    def __init__(self) -> None:
        from hibari import Hibari  # noqa: PLC0415 - a second to load

        self._engine = Hibari()

    def __call__(self, text: str, speed: float, seed: int) -> tuple[Samples, int]:
        """See `Voice`."""
        return self._engine(text, speed=speed, seed=seed), self._engine.sample_rate


class Joe:
    """Piper's voice. Its noise is drawn inside the model, so the model is loaded anew, seeded, for every text."""

    def __init__(self, folder: Path) -> None:
        self._model = folder / "en_US-joe-medium.onnx"

    def __call__(self, text: str, speed: float, seed: int) -> tuple[Samples, int]:
        """See `Voice`."""
        import onnxruntime  # noqa: PLC0415 - a second to load
        from piper import PiperVoice, SynthesisConfig  # noqa: PLC0415 - an extra

        onnxruntime.set_seed(seed + 1)
        voice = PiperVoice.load(self._model)
        chunks = voice.synthesize(text, SynthesisConfig(length_scale=1 / speed))
        return np.concatenate([chunk.audio_float_array for chunk in chunks]), voice.config.sample_rate


def spoken(voice: Voice, text: str, take: Take, seed: int) -> Samples:
    """`text` at 16 kHz, without the silence around it. The pitch is raised by playing faster what was spoken slower."""
    samples, rate = voice(text, take.speed / take.pitch, seed)
    out = soxr.resample(samples, rate * take.pitch, SAMPLE_RATE_HZ)
    loud = np.flatnonzero(np.abs(out) > 0.01 * np.abs(out).max())
    return np.asarray(out[loud[0] : loud[-1] + 1], dtype=np.float32)


def room_noise(n: int, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Pink noise: what a quiet room sounds like."""
    spectrum = np.fft.rfft(rng.standard_normal(n))
    spectrum /= np.sqrt(np.maximum(np.fft.rfftfreq(n, 1 / SAMPLE_RATE_HZ), 40))
    noise = np.fft.irfft(spectrum, n)
    return np.asarray(noise * (NOISE_RMS / np.sqrt(np.mean(noise**2))))


def after_wake_word(text: str) -> str:
    """The wake word, and the words after it as one sentence."""
    return f"{WAKE_WORD}, {text[0].lower()}{text[1:]}" if text else f"{WAKE_WORD}."


def silence(ms: float) -> Samples:
    """Digital silence."""
    return np.zeros(round(ms * SAMPLE_RATE_HZ / 1000), dtype=np.float32)


def record(take: Take, voices: dict[str, Voice], seed: int) -> tuple[Samples, list[int] | None]:
    """The recording, and where the words after the wake word lie, in ms; None where there are none."""
    voice = voices[take.voice]
    wake = take.pause_ms is not None
    if take.pause_ms == ONE_BREATH:
        whole = spoken(voice, after_wake_word(take.text), take, seed)
        before = len(spoken(voice, f"{WAKE_WORD}.", take, seed))
    else:
        pieces = [spoken(voice, f"{WAKE_WORD},", take, seed)] if wake else []
        pieces += [silence(take.pause_ms or 0)] if take.text else []
        before = sum(map(len, pieces))
        pieces += [spoken(voice, take.text, take, seed)] if take.text else []
        whole = np.concatenate(pieces)
    lead = silence(take.lead_ms)
    sound = np.concatenate([lead, whole * (PEAK / np.abs(whole).max()), silence(take.tail_ms)])
    sound = sound + room_noise(len(sound), np.random.default_rng(seed))
    words = [len(lead) + before, len(lead) + len(whole)]
    return sound.astype(np.float32), [round(w * 1000 / SAMPLE_RATE_HZ) for w in words] if take.text else None


def recorded(takes: Iterable[Take], folder: Path, voices: dict[str, Voice]) -> Iterator[dict[str, Any]]:
    """Write the recordings into `folder`; yield the rows of a manifest."""
    for seed, take in enumerate(takes, 1):
        sound, speech = record(take, voices, seed)
        file = f"{take.name}.flac"
        soundfile.write(folder / file, sound, SAMPLE_RATE_HZ, subtype="PCM_16", compression_level=1.0)
        wake = take.pause_ms is not None
        row: dict[str, Any] = {"audio": file, "text": after_wake_word(take.text) if wake else take.text, "wake": wake}
        row |= take.extra
        if speech:
            row["speech"] = speech
        if take.expect:
            row["expect"] = take.expect
        yield row


def rows(folder: Path, voices: dict[str, Voice]) -> Iterator[dict[str, Any]]:
    """The recordings of the demo, the wake word and the commands."""
    for part, takes in PARTS.items():
        for row in recorded(takes, folder, voices):
            yield {"audio": row.pop("audio"), "part": part, **row}


def write_manifest(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """One row a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def main() -> None:
    """Write the recordings and their manifests."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--piper", type=Path, required=True, help="folder of the model piper-joe")
    parser.add_argument("--to", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    voices: dict[str, Voice] = {"heart": Heart(), "joe": Joe(arguments.piper)}
    recordings, orders = arguments.to / "recordings", arguments.to / "orders"
    for folder in (recordings, orders):
        folder.mkdir(parents=True, exist_ok=True)
    write_manifest(recordings / "manifest.jsonl", rows(recordings, voices))
    write_manifest(orders / "manifest.jsonl", recorded(ORDERS, orders, voices))
    write_manifest(orders / "negative.jsonl", recorded(NO_ORDERS, orders, voices))
    for folder in (recordings, orders):
        files = list(folder.glob("*.flac"))
        print(f"{len(files)} recordings, {sum(file.stat().st_size for file in files) / 1e6:.2f} MB, in {folder}")


if __name__ == "__main__":
    main()

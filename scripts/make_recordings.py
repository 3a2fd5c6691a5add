"""Make the recordings that ship with the project, in `recordings`, `turns` and `orders` of `edge/bench`.

    python -m scripts.make_recordings --piper FOLDER_OF_PIPER_JOE [--only turns]

The texts are in `scripts/recordings`.

Two synthetic voices speak: hibari's `heart` at several speeds and pitches, and Piper's `joe` (the extra `piper`, the
model `piper-joe` of the store). Every recording has faint room noise, so that it contains no digital silence. Every
take has its own fixed seed: the same packages give the same bytes on the same machine, and slightly different sound on
another. Make a shipped recording again only if its text changes (`--only`).

A row of `manifest.jsonl`:

    audio   the file                          part    dialogue, command, question, wake or negative
    text    every word that is spoken         wake    it begins with the wake word
    speech  [start, end] in ms of the words after the wake word (in one breath: estimated, within about 60 ms)
    expect  transcript (the words after the wake word), intent or null, reply or null (null: not fixed)

`dialogue` rows are the demo, in order; `follow_up` rows are spoken without the wake word after the reply before them.

`turns/manifest.jsonl` has commands and questions for one speaker, in order, without the wake word.

`orders/manifest.jsonl` has rows with `intent` and `slots`, sentences of `orders/sentences.yaml`;
`orders/negative.jsonl` has speech from the same situation that is not a sentence of that file.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from edge.events import SAMPLE_RATE_HZ, Samples
from scripts.recordings.dialogue import PARTS
from scripts.recordings.orders import NO_ORDERS, ORDERS
from scripts.recordings.take import ONE_BREATH, Take
from scripts.recordings.turns import TURNS
from scripts.recordings.voices import Heart, Joe, Voice

FOLDER = Path(__file__).parents[1] / "edge" / "bench"
FOLDERS = ("recordings", "turns", "orders")
WAKE_WORD = "Alexa"
NOISE_RMS = 10 ** (-68 / 20)
PEAK = 0.45


def spoken(voice: Voice, text: str, take: Take, seed: int) -> Samples:
    """`text` at 16 kHz, without silence around it. For a higher pitch, it is synthesised slower and played faster."""
    samples, rate = voice(text, take.speed / take.pitch, seed)
    out = soxr.resample(samples, rate * take.pitch, SAMPLE_RATE_HZ)
    loud = np.flatnonzero(np.abs(out) > 0.01 * np.abs(out).max())
    return np.asarray(out[loud[0] : loud[-1] + 1], dtype=np.float32)


def room_noise(n: int, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Pink noise, as in a quiet room."""
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
    """The recording, and the position of the words after the wake word, in ms; None if there are none."""
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


def rows(parts: Mapping[str, Iterable[Take]], folder: Path, voices: dict[str, Voice]) -> Iterator[dict[str, Any]]:
    """Write the recordings of several parts into `folder`; yield the rows of their manifest."""
    for part, takes in parts.items():
        for row in recorded(takes, folder, voices):
            yield {"audio": row.pop("audio"), "part": part, **row}


def write_manifest(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write one row per line."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def make(folder: Path, voices: dict[str, Voice]) -> None:
    """Write the recordings and manifests of the folder with this name."""
    folder.mkdir(parents=True, exist_ok=True)
    if folder.name == "orders":
        write_manifest(folder / "manifest.jsonl", recorded(ORDERS, folder, voices))
        write_manifest(folder / "negative.jsonl", recorded(NO_ORDERS, folder, voices))
    else:
        parts = TURNS if folder.name == "turns" else PARTS
        write_manifest(folder / "manifest.jsonl", rows(parts, folder, voices))
    files = list(folder.glob("*.flac"))
    print(f"{len(files)} recordings, {sum(file.stat().st_size for file in files) / 1e6:.2f} MB, in {folder}")


def main() -> None:
    """Write the recordings and their manifests."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--piper", type=Path, required=True, help="folder of the model piper-joe")
    parser.add_argument("--to", type=Path, default=FOLDER)
    parser.add_argument("--only", choices=FOLDERS, help="make only the recordings of this folder")
    arguments = parser.parse_args()
    voices: dict[str, Voice] = {"heart": Heart(), "joe": Joe(arguments.piper)}
    for name in [arguments.only] if arguments.only else FOLDERS:
        make(arguments.to / name, voices)


if __name__ == "__main__":
    main()

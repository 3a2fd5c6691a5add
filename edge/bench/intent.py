"""`bench intent`: how often a spoken order is understood with all its values, and how soon after its end.

The recogniser gets the same audio as in the speaker: from `LEAD_MS` before the first frame with speech to `PAUSE_MS`
after the last. The voice detector's own time is not counted, because in the speaker it works while the user speaks. The
delay is measured from the moment the end is certain, and nothing is decoded before, although the speaker decodes at the
first pause.
"""

import math
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track

from edge.audio.recordings import read_recording
from edge.bench.common import Row, machine, mix_noise, percentiles, read_manifest, read_noise
from edge.bench.endpoint import NEVER, endless
from edge.errors import UsageError
from edge.events import FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE_HZ, AudioFrame, Intent, Match, Samples, SlotValue
from edge.grammar import Grammar
from edge.nlu import open_language
from edge.nlu.sentence_files import speech_grammar
from edge.nlu.spoken_grammar import open_grammar
from edge.settings import Settings
from edge.store import open_store
from edge.stt import Stt, open_stt
from edge.stt.commands import command, described
from edge.turn.endpointer import Endpointer, SpeechStarted
from edge.turn.recognition import LEAD_MS, PAUSE_MS
from edge.vad import Vad, open_vad

SHIPPED = Path(__file__).parent / "orders"
SEED = 20_261_124


@dataclass(frozen=True, slots=True)
class Order:
    """A recording and its intent; None: speech that is not an order."""

    name: str
    audio: Path
    intent: Intent | None


@dataclass(frozen=True, slots=True)
class Heard:
    """The result for a recording. `delay_ms` is None if the detector found no speech in it.

    `dictated` is the meaning of the free text, as recognised without a grammar.
    """

    match: Match | None
    dictated: Intent | None = None
    delay_ms: float | None = None
    wall_s: float = 0.0
    audio_s: float = 0.0


@dataclass(slots=True)
class Tally:
    """The results of all recordings at one level of noise."""

    right: int = 0
    wrong: int = 0
    rejected: int = 0
    dictated: int = 0
    accepted: int = 0
    others: int = 0
    delays_ms: list[float] = field(default_factory=list)
    wall_s: float = 0.0
    audio_s: float = 0.0
    mistakes: list[dict[str, Any]] = field(default_factory=list)

    def add(self, order: Order, heard: Heard) -> None:
        """Count one recording."""
        self.wall_s += heard.wall_s
        self.audio_s += heard.audio_s
        found = None if heard.match is None else heard.match.intent
        if order.intent is None:
            self.others += 1
            self.accepted += found is not None
        else:
            as_meant = same(order.intent, found)
            self.right += as_meant
            self.rejected += found is None
            self.wrong += found is not None and not as_meant
            self.dictated += same(order.intent, heard.dictated)
            if heard.delay_ms is not None:
                self.delays_ms.append(heard.delay_ms)
        if not same(order.intent, found):
            sure = heard.match and round(heard.match.probability, 3)
            said = {"audio": order.name, "said": described(order.intent), "heard": described(found)}
            self.mistakes.append({**said, "probability": sure})

    def result(self) -> dict[str, Any]:
        """The rates and times; see `bench_intent`."""
        orders = self.right + self.wrong + self.rejected
        rates = {
            "accuracy": _rate(self.right, orders),
            "rejected": _rate(self.rejected, orders),
            "wrong": _rate(self.wrong, orders),
            "dictation_accuracy": _rate(self.dictated, orders),
        }
        if self.others:
            rates["false_accept_rate"] = _rate(self.accepted, self.others)
        rtf = round(self.wall_s / self.audio_s, 4) if self.audio_s else None
        return {**rates, "latency_ms": percentiles(self.delays_ms), "rtf": rtf}


def bench_intent(
    settings: Settings,
    *,
    manifest: Path | None = None,
    sentences: Path | None = None,
    home: bool = False,
    negative: Path | None = None,
    noise: Path | None = None,
    snrs_db: Sequence[float] = (),
    seed: int = SEED,
) -> dict[str, Any]:
    """Recognise every row `{audio, intent, slots}` with the sentences of a file or of the home.

    A row `{audio, text}` expects the meaning of its text; a text that is not a sentence is left out and counted as
    `outside`. `negative` is a manifest of rows `{audio}` without such sentences. Without sentences, the bakery orders
    of the project are used. `noise` is a recording or a manifest; each recording gets one
    random piece of it, the same at each of `snrs_db`; `seed` chooses other pieces.

    `accuracy`: intent and all slots equal. `rejected`: nothing matched; `wrong`: something else did.
    `false_accept_rate`: negatives that matched. `dictation_accuracy`: the accuracy of parsing the same
    recogniser's free text. `latency_ms` from the confirmed end of the speech to the match, `rtf` the time of
    recognition over that of the speech heard. `mistakes` lists the errors. With several levels of noise these are
    the figures of the first, and `by_snr` has those of each.

    Raises `UsageError`, `SettingsError` for the sentence file, `AudioError`, and what `edge.stt.open_stt` raises.
    """
    if (noise is None) == bool(snrs_db) or not all(map(math.isfinite, snrs_db)):
        raise UsageError("bench-noise", "noise and its level in dB belong together", "give both --noise and --snr")
    if home and sentences is not None:
        raise UsageError("bench-orders", "the home or a sentence file, not both", "leave out --home or --sentences")
    if (home or sentences is not None) != (manifest is not None or negative is not None):
        raise UsageError(
            "bench-orders",
            "recordings and what can be said in them belong together",
            "give --sentences or --home with --manifest or --negative, or none of them",
        )
    if not home and sentences is None:
        manifest, sentences = SHIPPED / "manifest.jsonl", SHIPPED / "sentences.yaml"
        negative = SHIPPED / "negative.jsonl"
    language = open_language(settings.device.language)
    grammar = open_grammar(settings) if sentences is None else speech_grammar(sentences, language)
    orders, outside = read_orders(manifest, grammar) if manifest else ([], 0)
    others = [Order(str(row.fields["audio"]), row.audio, None) for row in read_manifest(negative)] if negative else []
    noises = read_noise(noise)

    store = open_store(settings.models)
    engine = open_stt(settings.stt, store, settings.device.language)
    engine.use(grammar)
    ear = _Ear(engine, open_vad(store), grammar, settings)
    tallies: list[tuple[float | None, Tally]] = []
    console = Console(stderr=True)
    levels: Sequence[float | None] = snrs_db or [None]
    for snr_db in levels:
        tally = Tally()
        what = "recognising" if snr_db is None else f"recognising at {snr_db:g} dB"
        rows = track([*orders, *others], what, console=console, disable=not sys.stderr.isatty(), transient=True)
        for number, order in enumerate(rows):
            samples = read_recording(order.audio)
            if snr_db is not None:
                rng = np.random.default_rng([seed, number])
                samples = mix_noise(samples, noises[int(rng.integers(len(noises)))], snr_db, rng)
            tally.add(order, ear.hear(samples))
        tallies.append((snr_db, tally))
    counts = {"n_negative": len(others), "outside": outside}
    return {"n": len(orders), **{name: count for name, count in counts.items() if count}, **_result(engine, tallies)}


def _result(engine: Stt, tallies: Sequence[tuple[float | None, Tally]]) -> dict[str, Any]:
    first_db, first = tallies[0]
    result = {"engine": engine.name, "machine": machine(), **first.result()}
    if first_db is None:
        return {**result, "mistakes": first.mistakes}
    by_snr = [{"snr_db": snr_db, **tally.result()} for snr_db, tally in tallies]
    mistakes = [{"snr_db": snr_db, **mistake} for snr_db, tally in tallies for mistake in tally.mistakes]
    return {**result, "by_snr": by_snr, "mistakes": mistakes}


class _Ear:
    """Voice detector and recogniser, combined as in the speaker."""

    def __init__(self, engine: Stt, vad: Vad, grammar: Grammar, settings: Settings) -> None:
        self._engine = engine
        self._vad = vad
        self._grammar = grammar
        self._settings = settings

    def hear(self, samples: Samples) -> Heard:
        speech = spoken_part(self._vad, samples, self._settings)
        if not len(speech):
            return Heard(None)
        stream = self._engine.stream()
        began = time.perf_counter()
        stream.feed(speech)
        ended = time.perf_counter()
        transcript = stream.finish()
        done = time.perf_counter()
        if transcript.confidence < self._settings.stt.min_confidence:
            return Heard(None, None, (done - ended) * 1000, done - began, len(speech) / SAMPLE_RATE_HZ)
        free = transcript.candidates[0].text if transcript.candidates else transcript.text
        return Heard(
            command(transcript, self._grammar),
            self._grammar.match(free),
            (done - ended) * 1000,
            done - began,
            len(speech) / SAMPLE_RATE_HZ,
        )


def spoken_part(vad: Vad, samples: Samples, settings: Settings) -> Samples:
    """The audio that the recogniser would get from a recording with one utterance, in whole frames; may be empty.

    Follows `edge.turn.recognition`, but a pause does not end the utterance.
    """
    endpointer = Endpointer(endless(settings.turn), threshold=settings.vad.threshold, timeouts=NEVER)
    stream = vad.stream()
    began_ms: float | None = None
    for at in range(0, len(samples), FRAME_SAMPLES):
        event = endpointer.step(stream.feed(AudioFrame(samples[at : at + FRAME_SAMPLES], at)))
        if isinstance(event, SpeechStarted):
            began_ms = event.at_ms
    if began_ms is None:
        return samples[:0]
    first = max(0, int((began_ms - LEAD_MS) / FRAME_MS))
    silent = max(0, round(endpointer.silence_ms / FRAME_MS) - math.ceil(PAUSE_MS / FRAME_MS))
    frames = math.ceil(len(samples) / FRAME_SAMPLES)
    return samples[first * FRAME_SAMPLES : (frames - silent) * FRAME_SAMPLES]


def read_orders(manifest: Path, grammar: Grammar) -> tuple[list[Order], int]:
    """The orders of a manifest, and how many of its texts are not sentences. Raises `UsageError`."""
    rows = read_manifest(manifest)
    orders = [_order(row, grammar) for row in rows]
    known = {sentences.intent for sentences in grammar.network.sentences}
    meant = {order.intent.name for order in orders if order.intent is not None}
    if not known & meant:
        recorded, written = ", ".join(sorted(meant)[:5]) or "no intent", ", ".join(sorted(known)[:5])
        raise UsageError(
            "bench-intents",
            f"{manifest} has {recorded}, the sentences {written}",
            "give the sentences that belong to the recordings",
        )
    inside = [order for order in orders if order.intent is not None]
    return inside, len(orders) - len(inside)


def _order(row: Row, grammar: Grammar) -> Order:
    name = str(row.fields["audio"])
    intent, slots, text = row.fields.get("intent"), row.fields.get("slots", {}), row.fields.get("text")
    if isinstance(text, str) and intent is None:
        return Order(name, row.audio, grammar.match(text))
    plain = isinstance(slots, dict) and all(isinstance(value, str | int | float) for value in slots.values())
    if not isinstance(intent, str) or not plain:
        raise UsageError(
            "manifest-invalid",
            f"the row of {name} has no intent with slots",
            'write {"audio": "a.wav", "intent": "turnOn", "slots": {"room": "kitchen"}}, or its "text"',
        )
    return Order(name, row.audio, Intent(intent, slots))


def same(meant: Intent | None, found: Intent | None) -> bool:
    """Whether intent and all slots are equal. 2, 2.0 and "2" are, and so are "Soy Milk" and "soy milk"."""
    if meant is None or found is None:
        return meant is found
    return meant.name == found.name and _plain(meant.slots) == _plain(found.slots)


def _plain(slots: Mapping[str, SlotValue]) -> dict[str, str]:
    return {
        slot: " ".join(value.casefold().split()) if isinstance(value, str) else f"{value:.12g}"
        for slot, value in slots.items()
    }


def _rate(count: int, of: int) -> float | None:
    return round(count / of, 4) if of else None

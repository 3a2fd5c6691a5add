"""Fit the numbers in `[tuning]` of a Moonshine model that decide between a command and other speech.

    python scripts/fit_verdict.py "$EDGE_VOICE_DATA" [--commands 540] [--model moonshine-tiny-en]

A logistic regression gives the probability that the best sentence of the grammar was said. It is fitted to

* orders: the recordings of speech-to-intent.jsonl, clean and in kitchen noise of 12 and 6 dB, against their grammar;
* commands: Home Assistant's test sentences, spoken by our voice, each against the grammar of its home;
* other speech: the recordings of wake-negative.jsonl without the orders, against the grammar of the orders and against
  that of a home;
* near_orders.txt: sentences a word or two away from an order, spoken by our voice at three paces.

A recording counts where the recogniser compared its free text with a sentence. An order for which another sentence
scored best is left out: no threshold could repair it. Printed are the weights of the manifest beside the fitted ones,
and how well both tell commands from other speech, the fitted ones by cross-validation; then one JSON line. The two
kinds are nearly separable, so that the weights depend on the penalty and on a few recordings: compare the quality.

The thresholds that tell speech from noise are not fitted but measured: how many recordings of stt.jsonl and of
noise.jsonl have a text, and the lowest pointwise mutual information of text and audio in speech.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
import numpy.typing as npt

from edge.audio.recordings import read_recording
from edge.bench.common import mix_noise, read_manifest, read_noise
from edge.bench.intent import SEED, read_orders, same, spoken_part
from edge.events import Intent, Samples
from edge.grammar import Grammar
from edge.nlu import open_language
from edge.nlu.sentence_files import speech_grammar
from edge.nlu.spoken_grammar import open_grammar
from edge.settings import Settings
from edge.store import open_store
from edge.store.tuning import read_tuning
from edge.stt.moonshine.engine import MoonshineStt
from edge.stt.moonshine.tuning import Tuning
from edge.stt.moonshine.verdict import Features, pmi_per_token
from edge.tts import open_tts
from edge.vad import open_vad
from scripts.measure_spoken_sentences import is_right, speak
from tests.nlu.frozen_sentences import outcomes

SETTINGS = Settings()
SNRS_DB = (None, 12.0, 6.0)
PACES = (0.9, 1.0, 1.1)
FOLDS = 5
PENALTY = 1e-3
"""Ridge, on standardised features: keeps the fit finite where they separate the two kinds."""
WEIGHTS = ("bias", "gap_per_token_weight", "pmi_per_token_weight", "certain_gap_weight")

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """The best sentence for a recording, and whether it was said."""

    features: Features
    said: bool
    kind: str

    @property
    def row(self) -> tuple[float, float, float, float]:
        """The inputs of the regression in the order of `WEIGHTS`."""
        return 1.0, self.features.gap_per_token, self.features.pmi_per_token, self.features.certain_gap


class Collector:
    """Hears recordings as the speaker does and notes what the verdict is made from."""

    def __init__(self, engine: MoonshineStt) -> None:
        store = open_store(SETTINGS.models)
        self.voice = open_tts(SETTINGS.tts, store)
        self._engine = engine
        self._vad = open_vad(store)

    def hear(self, samples: Samples, kind: str, meant: Intent | None) -> Iterator[Sample]:
        """Nothing where no sentence was compared, or where another command than `meant` scored best."""
        stream = self._engine.stream()
        stream.feed(spoken_part(self._vad, samples, SETTINGS))
        free, *sentences = stream.finish().candidates or (None,)
        best = self._engine.verdict.best(sentences)
        if free is not None and best is not None and (meant is None or same(meant, best.intent)):
            yield Sample(self._engine.verdict.features(best, free), meant is not None, kind)

    def orders(self, data: Path, grammar: Grammar) -> Iterator[Sample]:
        """Clean and in noise; the same piece of noise at both levels."""
        self._engine.use(grammar)
        noises = read_noise(data / "noise" / "kitchen" / "kitchen.flac")
        for number, order in enumerate(read_orders(data / "speech-to-intent.jsonl", grammar)[0]):
            for snr_db in SNRS_DB:
                samples = read_recording(order.audio)
                if snr_db is not None:
                    samples = mix_noise(samples, noises[0], snr_db, np.random.default_rng([SEED, number]))
                yield from self.hear(samples, "orders", order.intent)

    def commands(self, data: Path, count: int) -> Iterator[Sample]:
        """Home Assistant's sentences."""
        contained = [outcome for outcome in outcomes(data) if outcome.group == "contained"]
        random.Random(SEED).shuffle(contained)  # noqa: S311 - a draw that can be repeated, no secret
        paces = np.random.default_rng(SEED)
        grammars: dict[object, Grammar] = {}
        for outcome in contained[:count]:
            names = outcome.sentence.names
            if names not in grammars:
                grammars[names] = open_grammar(SETTINGS, names)
            self._engine.use(grammars[names])
            samples = speak(self.voice, outcome.sentence.text, float(paces.uniform(PACES[0], PACES[-1])))
            meant = grammars[names].match(outcome.sentence.text)
            if meant is not None and is_right(outcome, meant):
                yield from self.hear(samples, "commands", meant)

    def others(self, data: Path, grammar: Grammar) -> Iterator[Sample]:
        """Speech that is not in the grammar."""
        self._engine.use(grammar)
        texts = {row.audio: str(row.fields["text"]) for row in read_manifest(data / "stt.jsonl")}
        for row in read_manifest(data / "wake-negative.jsonl"):
            if row.audio.parent.name != "speech-to-intent" and not grammar.match(texts.get(row.audio, "")):
                yield from self.hear(read_recording(row.audio), "other speech", None)

    def near_orders(self, grammar: Grammar) -> Iterator[Sample]:
        """Sentences that are nearly an order."""
        self._engine.use(grammar)
        for text in (Path(__file__).parent / "near_orders.txt").read_text(encoding="utf-8").splitlines():
            for pace in PACES:
                yield from self.hear(speak(self.voice, text, pace), "near orders", None)


def speech_test(engine: MoonshineStt, data: Path) -> dict[str, dict[str, float]]:
    """How often speech counts as none and noise as speech; the lowest mutual information of speech in faint noise."""
    engine.use(open_grammar(SETTINGS))  # without a grammar, nothing is compared
    found: dict[str, dict[str, float]] = {}
    for kind, manifest in (("speech", "stt.jsonl"), ("noise", "noise.jsonl")):
        texts: list[str] = []
        pmi: list[tuple[float, float]] = []
        for row in read_manifest(data / manifest):
            stream = engine.stream()
            stream.feed(read_recording(row.audio))
            heard = stream.finish()
            texts.append(heard.text)
            pmi += [(free.log_prob - free.prior, pmi_per_token(free)) for free in heard.candidates[:1]]
        found[kind] = {"n": len(texts), "with_text": sum(map(bool, texts))}
        if kind == "speech":
            totals, per_tokens = zip(*pmi, strict=True)
            found[kind] |= {"min_pmi": round(min(totals), 1), "min_pmi_per_token": round(min(per_tokens), 1)}
    return found


def collect(engine: MoonshineStt, data: Path, commands: int) -> list[Sample]:
    """All samples."""
    collector = Collector(engine)
    orders = speech_grammar(data / "coffee-sentences.yaml", open_language(SETTINGS.device.language))
    home = open_grammar(SETTINGS)
    samples: list[Sample] = []
    for part in (
        collector.orders(data, orders),
        collector.commands(data, commands),
        collector.others(data, orders),
        collector.others(data, home),
        collector.near_orders(orders),
    ):
        samples += part
        print(f"{len(samples)} samples", file=sys.stderr)
    return samples


def fit(rows: Floats, said: Floats) -> Floats:
    """Weights of a logistic regression by Newton's method (iteratively reweighted least squares)."""
    mean, scale = rows[:, 1:].mean(axis=0), rows[:, 1:].std(axis=0)
    scaled = np.column_stack([rows[:, 0], (rows[:, 1:] - mean) / scale])
    penalty = np.diag([0.0, *[PENALTY * len(rows)] * (rows.shape[1] - 1)])
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        p = probabilities(scaled, weights)
        gradient = scaled.T @ (said - p) - penalty @ weights
        step = np.linalg.solve((scaled.T * (p * (1 - p))) @ scaled + penalty, gradient)
        weights = weights + step
        if np.abs(step).max() < 1e-9:  # noqa: PLR2004 - converged
            break
    slopes = weights[1:] / scale
    return np.array([weights[0] - slopes @ mean, *slopes])


def probabilities(rows: Floats, weights: Floats) -> Floats:
    """That each sentence was said."""
    found: Floats = 1 / (1 + np.exp(-np.clip(rows @ weights, -50, 50)))
    return found


def cross_validated(rows: Floats, said: Floats) -> Floats:
    """Each sample's probability by weights that were fitted without its fold."""
    fold = np.random.default_rng(0).permutation(len(rows)) % FOLDS
    found = np.zeros(len(rows))
    for number in range(FOLDS):
        held = fold == number
        found[held] = probabilities(rows[held], fit(rows[~held], said[~held]))
    return found


def quality(p: Floats, said: Floats, needed: float) -> dict[str, float]:
    """Mean log loss; commands below and other speech above the needed probability; area under the ROC curve."""
    loss = -np.mean(np.log(np.clip(np.where(said > 0, p, 1 - p), 1e-12, 1)))
    commands, others = p[said > 0], p[said == 0]
    wins = (commands[:, None] > others[None]).mean() + (commands[:, None] == others[None]).mean() / 2
    return {
        "log_loss": round(float(loss), 4),
        "rejected_commands": round(float(np.mean(commands < needed)), 4),
        "accepted_others": round(float(np.mean(others >= needed)), 4),
        "auc": round(float(wins), 4),
    }


def main() -> None:
    """Collect, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--commands", type=int, default=540, help="how many of Home Assistant's sentences")
    parser.add_argument("--model", default="moonshine-tiny-en", help="a model of the store")
    options = parser.parse_args()
    store = open_store(SETTINGS.models)
    tuning = read_tuning(Tuning, store.manifest(options.model))
    engine = MoonshineStt(store.locate(options.model), tuning)
    samples = collect(engine, options.data, options.commands)
    rows, said = np.array([sample.row for sample in samples]), np.array([float(sample.said) for sample in samples])
    shipped, fitted = np.array([getattr(tuning, name) for name in WEIGHTS]), fit(rows, said)
    for name, old, new in zip(WEIGHTS, shipped, fitted, strict=True):
        print(f"{name:24} manifest {old:6.2f}   fitted {new:6.2f}")
    kinds = {kind: sum(sample.kind == kind for sample in samples) for kind in dict.fromkeys(s.kind for s in samples)}
    needed = tuning.min_probability
    print(
        json.dumps(
            {
                "n": kinds,
                "fitted": dict(zip(WEIGHTS, fitted.round(3).tolist(), strict=True)),
                "quality_of_manifest": quality(probabilities(rows, shipped), said, needed),
                "quality_of_fitted": quality(cross_validated(rows, said), said, needed),
                **speech_test(engine, options.data),
            }
        )
    )


if __name__ == "__main__":
    main()

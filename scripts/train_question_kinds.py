"""Trains the classifier of questions: `python scripts/train_question_kinds.py DATA`.

DATA is the folder of clinc150.jsonl (Larson et al. 2019, CC BY 3.0) and hwu64.jsonl (Liu et al. 2019, CC BY 4.0), one
object {text, intent} a line, clinc150 with {split}. With them it learns from the templates in `question_kinds/`, one
file for each kind: "(this|that)" is a choice, "[this]" may be missing, "{slot}" is one of the words in `words.txt`.
`word-classes.txt` has words that mean something alike; `make_word_classes.py` made it.

`test` of clinc150, a fifth of hwu64 and a tenth of the templates are not learned from. The last two calibrate the
probabilities; all three are reported. Needs SciPy, which is among the packages of the tests, and three minutes.
"""

import argparse
import json
import random
import re
import tomllib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_matrix

from edge.nlu.kind_classifier import BUCKETS, Classes, KindClassifier, Vocabulary, buckets, words
from edge.nlu.kinds import KINDS, Kind
from edge.route.policy import Need, need_of

HERE: Final = Path(__file__).with_name("question_kinds")
WEIGHTS: Final = Path(__file__).parents[1] / "edge" / "nlu" / "en" / "question_kinds.npz"

_CLASS_ENDS: Final = ("-", "=")
COMMON: Final = frozenset((HERE / "common-words.txt").read_text(encoding="utf-8").split())

_FROM_A_TEMPLATE: Final = 24
"""Most sentences of one template."""
_ROUNDS: Final = 12
_BATCH: Final = 1024
_RATE: Final = 0.3
_RUNS: Final = 3
"""How many times the weights are found, each time with other n-grams dropped: their mean is steadier than each."""
_DROPPED: Final = 0.5
"""The share of n-grams that a sentence is learned without, others each time, so that none alone tells a kind."""
_BY_FORM: Final[frozenset[Need]] = frozenset({"open", "fresh", "ours"})
"""What a kind needs that the form of a question tells."""
_MASKED: Final = 0.5
"""The share of content words that are unknown in the second copy of each sentence."""
_LETTERS: Final = "bcdfghjklmnprstvwz"
_SHARE: Final = {"clinc150": 0.5, "hwu64": 0.5, "out-of-scope": 2.0, "templates": 1.0}
"""The weight of a sentence by its source."""
_EXPECTED: Final[Mapping[Need, float]] = {"action": 0.4, "open": 1.8, "unclear": 0.7}
"""How much likelier than in the sets a text is: most commands are understood before anybody asks for their kind."""
_HOW: Final = re.compile(
    r"(?:(?:please|can you|could you|i (?:need|want) to know|tell me|show me|explain|do you know) )*"
    r"(?:how (?:do|can|could|would|should|might) (?:i|you|we)|how to|what do i (?:need to )?do to"
    r"|what(?:'s| is) the (?:best|easiest|quickest|right) way to)\b"
)
"""Asks how a service is used, and for no service."""
_BEFORE: Final = (
    "",
    "",
    "",
    "",
    "um ",
    "hey ",
    "okay ",
    "so ",
    "please ",
    "tell me ",
    "can you tell me ",
    "i want to know ",
)
"""What people put before a question."""


def _classes(text: str) -> Iterator[tuple[str, Classes]]:
    """The words of `word-classes.txt` with the numbers of their line, their block and their larger block."""
    fine = middle = coarse = 0
    for line in text.splitlines():
        middle += line == "-"
        coarse += line == "="
        if line not in _CLASS_ENDS:
            yield from ((word, (fine, middle, coarse)) for word in line.split())
            fine += 1


VOCABULARY: Final = Vocabulary(COMMON, dict(_classes((HERE / "word-classes.txt").read_text(encoding="utf-8"))))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its kind; `learned` is false for what only tests."""

    text: str
    kind: Kind
    source: str
    learned: bool


def from_templates(seed: int = 7) -> Iterator[Sentence]:
    """The sentences of our templates."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    slots = dict(_slots((HERE / "words.txt").read_text(encoding="utf-8")))
    for kind in KINDS:
        for line in (HERE / f"{kind}.txt").read_text(encoding="utf-8").splitlines():
            learned = zlib.crc32(line.encode()) % 10 != 0
            made = dict.fromkeys(_expanded(line, slots, chance) for _ in range(2 * _FROM_A_TEMPLATE))
            for text in list(made)[:_FROM_A_TEMPLATE]:
                before = chance.choice(_BEFORE) if kind not in {"fragment", "emergency"} else ""
                yield Sentence(f"{before}{text}", kind, "templates", learned)


def _slots(text: str) -> Iterator[tuple[str, list[str]]]:
    for line in text.splitlines():
        name, _, words = line.partition("=")
        yield name.strip(), [word.strip() for word in words.split("|")]


def _expanded(line: str, slots: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    """One sentence of a template, from the inside out."""
    while True:
        inner = re.search(r"\(([^()\[\]{}]*)\)|\[([^()\[\]{}]*)\]|\{(\w+)\}", line)
        if inner is None:
            return " ".join(line.split())
        choice, maybe, slot = inner.groups()
        if choice is not None:
            said = chance.choice(choice.split("|"))
        elif maybe is not None:
            said = chance.choice(["", chance.choice(maybe.split("|"))])
        else:
            said = chance.choice(slots[slot])
        line = line[: inner.start()] + said + line[inner.end() :]


def from_public_sets(folder: Path) -> Iterator[Sentence]:
    """The sentences of clinc150 and hwu64 whose intents are of one kind, and those out of scope with our labels."""
    sources = tomllib.loads((HERE / "sources.toml").read_text(encoding="utf-8"))
    kinds = {name: {intent: kind for kind, all_ in table.items() for intent in all_} for name, table in sources.items()}
    clinc, hwu = _rows(folder / "clinc150.jsonl"), _rows(folder / "hwu64.jsonl")
    for row in clinc:
        if (kind := kinds["clinc150"].get(row["intent"])) is not None:
            asks_how = kind == "services" and _HOW.match(row["text"])
            yield Sentence(
                row["text"], "how-to" if asks_how else _known(kind), "clinc150", learned=row["split"] != "test"
            )
    for row in hwu:
        if (kind := kinds["hwu64"].get(row["intent"])) is not None:
            yield Sentence(row["text"], kind, "hwu64", zlib.crc32(row["text"].encode()) % 5 != 0)
    labels = (HERE / "clinc-out-of-scope").read_text(encoding="utf-8").split()
    others = [row["text"] for row in clinc if row["split"] in {"oos_train", "oos_val"}]
    for text, kind in zip(others, labels, strict=True):
        yield Sentence(text, _known(kind), "out-of-scope", zlib.crc32(text.encode()) % 5 != 0)


def _known(name: str) -> Kind:
    return next(kind for kind in KINDS if kind == name)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def masked(sentences: Sequence[Sentence], seed: int = 11) -> Iterator[Sentence]:
    """The sentences with some of their content replaced by unknown words.

    So the form of a question tells its kind where the content does not: "who was Xyzzy" is about the world.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    for it in (some for some in sentences if need_of(some.kind) in _BY_FORM):
        said = [
            word if word in COMMON or chance.random() > _MASKED else "".join(chance.choices(_LETTERS, k=6))
            for word in words(it.text)
        ]
        yield replace(it, text=" ".join(said))


def matrix(sentences: Sequence[Sentence]) -> csr_matrix:
    """The n-grams of each sentence, one row a sentence, as `KindClassifier.probabilities` weighs them."""
    rows = [buckets(it.text, VOCABULARY) for it in sentences]
    begins = np.cumsum([0, *map(len, rows)])
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(max(1, len(row))), np.float32) for row in rows])
    return csr_matrix((values, np.concatenate(rows), begins), shape=(len(rows), BUCKETS))


def fit(sentences: Sequence[Sentence]) -> tuple[np.ndarray, np.ndarray]:
    """Weights and bias of the regression; each kind counts by the root of its share.

    Found with AdaGrad (Duchi, Hazan and Singer 2011), which gives the weights of rare n-grams larger steps.
    """
    sentences = [*sentences, *masked(sentences)]
    x, kind = matrix(sentences), np.array([KINDS.index(it.kind) for it in sentences])
    source = np.array([_SHARE[it.source] for it in sentences])
    count = np.bincount(kind, source, minlength=len(KINDS))
    expected = np.array([_EXPECTED.get(need_of(it), 1.0) for it in KINDS])
    share = source * (expected * np.sqrt(count.mean() / np.maximum(count, 1)))[kind]
    share = (share / share.mean()).astype(np.float32)
    runs = [_one_run(x, kind, share, seed) for seed in range(_RUNS)]
    weights, bias = (np.mean(it, axis=0) for it in zip(*runs, strict=True))
    return weights, bias


def _one_run(x: csr_matrix, kind: np.ndarray, share: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    weights, bias = np.zeros((BUCKETS, len(KINDS)), np.float32), np.zeros(len(KINDS), np.float32)
    squares = [np.full_like(it, 1e-8) for it in (weights, bias)]
    order = np.random.default_rng(seed)
    for _ in range(_ROUNDS):
        shuffled = order.permutation(len(kind))
        for some in np.split(shuffled, range(_BATCH, len(kind), _BATCH)):
            batch = x[some]
            batch.data *= (order.random(len(batch.data)) >= _DROPPED) / np.float32(1 - _DROPPED)
            score = batch @ weights + bias
            grown = np.exp(score - score.max(axis=1, keepdims=True))
            error = grown / grown.sum(axis=1, keepdims=True)
            error[np.arange(len(some)), kind[some]] -= 1
            error *= share[some, None] / len(some)
            slopes = (batch.T @ error, error.sum(axis=0))
            for values, slope, square in zip((weights, bias), slopes, squares, strict=True):
                np.add(square, slope**2, out=square)
                np.subtract(values, _RATE * slope / np.sqrt(square), out=values)
    return weights, bias


def compact(weights: np.ndarray, bias: np.ndarray, temperature: float = 1.0) -> KindClassifier:
    """The classifier with one byte a weight. `temperature` flattens its probabilities (Guo et al. 2017)."""
    scale = np.abs(weights).max(axis=0) / 127
    small = np.round(weights / scale).astype(np.int8)
    return KindClassifier(
        KINDS, VOCABULARY, small, (scale / temperature).astype(np.float32), (bias / temperature).astype(np.float32)
    )


def calibrated(weights: np.ndarray, bias: np.ndarray, held: Sequence[Sentence]) -> float:
    """The temperature under which the kinds of held-out sentences are the likeliest."""
    kind = np.array([KINDS.index(it.kind) for it in held])
    share = np.array([_SHARE[it.source] for it in held])
    raw = compact(weights, bias)
    log = np.log(np.array([raw.probabilities(it.text) for it in held]) + 1e-9)

    def surprise(temperature: float) -> float:
        score = log / temperature
        score -= np.log(np.exp(score).sum(axis=1, keepdims=True))
        return float(-(share * score[np.arange(len(kind)), kind]).sum())

    return float(min(np.arange(0.5, 3.05, 0.05), key=surprise))


def accuracy(classifier: KindClassifier, sentences: Sequence[Sentence]) -> float:
    """The share of sentences whose likeliest kind is theirs."""
    right = [KINDS[int(classifier.probabilities(it.text).argmax())] == it.kind for it in sentences]
    return sum(right) / len(right)


def main() -> None:
    """Train, report and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    sentences = [*from_templates(), *from_public_sets(given.data)]
    learned, held = ([it for it in sentences if it.learned is wanted] for wanted in (True, False))
    weights, bias = fit(learned)
    temperature = calibrated(weights, bias, [it for it in held if it.source != "clinc150"])
    classifier = compact(weights, bias, temperature)
    print(f"{len(learned)} sentences learned, temperature {temperature:.2f}")
    for source in _SHARE:
        some = [it for it in held if it.source == source]
        print(f"{source}: {accuracy(classifier, some):.3f} of {len(some)} held-out sentences")
    classifier.save(given.output)


if __name__ == "__main__":
    main()

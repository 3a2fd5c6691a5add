"""Trains the classifier of questions: `python -m scripts.train_question_kinds DATA`.

DATA is the folder of clinc150.jsonl (Larson et al. 2019, CC BY 3.0) and hwu64.jsonl (Liu et al. 2019, CC BY 4.0), one
object {text, intent} a line, clinc150 with {split}. With them it learns from the templates in `question_kinds/`, one
file for each kind: "(this|that)" is a choice, "[this]" may be missing, "{slot}" is one of the words in `words.txt`;
and from the sentences in `question_kinds/written.txt`, below the name of their kind. The file
`question_kinds/clinc-out-of-scope` has our labels of the rows of clinc150 that are out of scope, in their order; "-" is
not learned from.

`test` of clinc150, a fifth of hwu64 and a tenth of the templates are not learned from. The last two calibrate the
probabilities; all three are reported. Needs SciPy, which is among the packages of the tests, and three minutes.
"""

import argparse
import random
import re
import tomllib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from edge.nlu.kind_classifier import KindClassifier, words
from edge.nlu.kinds import KINDS, Kind
from edge.route.policy import Need, need_of
from scripts.learning import COMMON, Weights, compact, fitted, matrix, rows
from scripts.templates import expanded, slots_in

HERE: Final = Path(__file__).with_name("question_kinds")
WEIGHTS: Final = Path(__file__).parents[1] / "edge" / "nlu" / "en" / "question_kinds.npz"

_FROM_A_TEMPLATE: Final = 24
"""Most sentences of one template."""
_BY_FORM: Final[frozenset[Need]] = frozenset({"open", "fresh", "ours"})
"""What a kind needs that the form of a question tells."""
_MASKED: Final = 0.5
"""The share of content words that are unknown in the second copy of each sentence."""
_LETTERS: Final = "bcdfghjklmnprstvwz"
_SHARE: Final = {"clinc150": 0.5, "hwu64": 0.5, "out-of-scope": 8.0, "templates": 1.0, "written": 8.0}
"""The weight of a sentence by its source: what people wrote without a template says most about others' words."""
_EXPECTED: Final[Mapping[Need, float]] = {"action": 0.4, "open": 1.8, "unclear": 0.7}
"""How much likelier than in the sets a text is: most commands are understood before anybody asks for their kind."""
_OUT_OF_SCOPE: Final = (frozenset({"oos_train", "oos_val"}), frozenset({"oos_test"}))
"""The splits of clinc150 whose rows `clinc-out-of-scope` labels, in the order of its labels."""
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


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its kind; `learned` is false for what only tests."""

    text: str
    kind: Kind
    source: str
    learned: bool


def from_templates() -> Iterator[Sentence]:
    """The sentences of our templates; those of one template do not depend on the others."""
    slots = slots_in(HERE / "words.txt")
    for kind in KINDS:
        for line in (HERE / f"{kind}.txt").read_text(encoding="utf-8").splitlines():
            seed = zlib.crc32(line.encode())
            chance = random.Random(seed)  # noqa: S311 - no secret
            made = dict.fromkeys(expanded(line, slots, chance) for _ in range(2 * _FROM_A_TEMPLATE))
            for text in list(made)[:_FROM_A_TEMPLATE]:
                before = chance.choice(_BEFORE) if kind not in {"fragment", "emergency"} else ""
                yield Sentence(f"{before}{text}", kind, "templates", seed % 10 != 0)


def from_public_sets(folder: Path) -> Iterator[Sentence]:
    """The sentences of clinc150 and hwu64 whose intents are of one kind, and those out of scope with our labels."""
    sources = tomllib.loads((HERE / "sources.toml").read_text(encoding="utf-8"))
    kinds = {name: {intent: kind for kind, all_ in table.items() for intent in all_} for name, table in sources.items()}
    clinc, hwu = rows(folder / "clinc150.jsonl"), rows(folder / "hwu64.jsonl")
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
    others = [row for split in _OUT_OF_SCOPE for row in clinc if row["split"] in split]
    for row, kind in zip(others, labels, strict=True):
        if kind != "-":
            learned = row["split"] == "oos_test" or zlib.crc32(row["text"].encode()) % 5 != 0
            yield Sentence(row["text"], _known(kind), "out-of-scope", learned)


def written() -> Iterator[Sentence]:
    """The sentences that were written one by one."""
    kind = ""
    for line in (HERE / "written.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            kind = line.removeprefix("# ")
        else:
            yield Sentence(line, _known(kind), "written", learned=True)


def _known(name: str) -> Kind:
    return next(kind for kind in KINDS if kind == name)


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


def fit(sentences: Sequence[Sentence]) -> Weights:
    """Weights and bias of the regression; each kind counts by the root of its share."""
    sentences = [*sentences, *masked(sentences)]
    kind = np.array([KINDS.index(it.kind) for it in sentences])
    source = np.array([_SHARE[it.source] for it in sentences])
    count = np.bincount(kind, source, minlength=len(KINDS))
    expected = np.array([_EXPECTED.get(need_of(it), 1.0) for it in KINDS])
    share = source * (expected * np.sqrt(count.mean() / np.maximum(count, 1)))[kind]
    return fitted(matrix([it.text for it in sentences]), kind, share, len(KINDS))


def calibrated(weights: Weights, held: Sequence[Sentence]) -> float:
    """The temperature under which the kinds of held-out sentences are the likeliest."""
    kind = np.array([KINDS.index(it.kind) for it in held])
    share = np.array([_SHARE[it.source] for it in held])
    raw = compact(KINDS, weights)
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
    sentences = [*from_templates(), *from_public_sets(given.data), *written()]
    learned, held = ([it for it in sentences if it.learned is wanted] for wanted in (True, False))
    weights = fit(learned)
    temperature = calibrated(weights, [it for it in held if it.source != "clinc150"])
    classifier = compact(KINDS, weights, temperature)
    print(f"{len(learned)} sentences learned, temperature {temperature:.2f}")
    for source in sorted({it.source for it in held}):
        some = [it for it in held if it.source == source]
        print(f"{source}: {accuracy(classifier, some):.3f} of {len(some)} held-out sentences")
    classifier.save(given.output)


if __name__ == "__main__":
    main()

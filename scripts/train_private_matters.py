"""Trains the classifier of private matters: `python -m scripts.train_private_matters DATA`.

DATA is the folder of clinc150.jsonl and hwu64.jsonl, see `train_question_kinds.py`. Private sentences, and sentences
that only look like them, come from the templates in `private_matters/`, one file for each class; further ordinary ones
come from the templates in `question_kinds/` and from the requests of the two sets. What the rules keep back is none of
the ordinary examples.

`test` of clinc150, a fifth of hwu64 and a tenth of the templates are not learned from, and are reported. Takes a
minute.
"""

import argparse
import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from edge.nlu.en.privacy import private_by_rule
from edge.nlu.en.privacy.learned import ORDINARY, class_of
from edge.nlu.privacy import PrivacyClass
from scripts.learning import compact, fitted, matrix, rows
from scripts.templates import expanded, slots_in
from scripts.train_question_kinds import HERE as QUESTIONS
from scripts.train_question_kinds import from_templates

HERE: Final = Path(__file__).with_name("private_matters")
WEIGHTS: Final = Path(__file__).parents[1] / "edge" / "nlu" / "en" / "private_matters.npz"
CLASSES: Final = (ORDINARY, *(str(it) for it in PrivacyClass if it != PrivacyClass.OWN_WORDS))

_FROM_A_TEMPLATE: Final = 80
"""Most sentences of one template."""
_REQUEST: Final = 0.6
"""The weight of a sentence that is not from `private_matters`."""
_PERSONAL: Final = frozenset(
    {"personal", "home", "secret", "despair", "emergency", "itself", "abilities", "identity", "listening"}
)
"""Kinds of questions that may be private."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its class; `learned` is false for what only tests."""

    text: str
    kind: str
    learned: bool
    share: float = 1.0


def from_our_templates() -> Iterator[Sentence]:
    """The sentences of `private_matters`."""
    slots = slots_in(QUESTIONS / "words.txt") | slots_in(HERE / "words.txt")
    for kind in CLASSES:
        for line in (HERE / f"{kind}.txt").read_text(encoding="utf-8").splitlines():
            seed = zlib.crc32(line.encode())
            chance = random.Random(seed)  # noqa: S311 - no secret
            made = dict.fromkeys(expanded(line, slots, chance) for _ in range(2 * _FROM_A_TEMPLATE))
            yield from (Sentence(text, kind, seed % 10 != 0) for text in list(made)[:_FROM_A_TEMPLATE])


def ordinary(folder: Path) -> Iterator[Sentence]:
    """Questions and requests of any other matter."""
    private = frozenset((HERE / "private-intents").read_text(encoding="utf-8").split())
    for it in from_templates():
        if it.kind not in _PERSONAL and not private_by_rule(it.text):
            yield Sentence(it.text, ORDINARY, it.learned, _REQUEST)
    for name in ("clinc150", "hwu64"):
        for row in rows(folder / f"{name}.jsonl"):
            if row["intent"] not in private and not private_by_rule(row["text"]):
                learned = row["split"] != "test" if "split" in row else zlib.crc32(row["text"].encode()) % 5 != 0
                yield Sentence(row["text"], ORDINARY, learned, _REQUEST)


def main() -> None:
    """Train, report and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    sentences = [*from_our_templates(), *ordinary(given.data)]
    learned = [it for it in sentences if it.learned]
    kind = np.array([CLASSES.index(it.kind) for it in learned])
    share = np.array([it.share for it in learned])
    count = np.bincount(kind, share)
    share *= np.sqrt(count.mean() / count)[kind]
    classifier = compact(CLASSES, fitted(matrix([it.text for it in learned]), kind, share, len(CLASSES)))
    print(f"{len(learned)} sentences learned")
    for name in CLASSES:
        some = [it for it in sentences if not it.learned and it.kind == name]
        found = [class_of(it.text, classifier) is not None for it in some]
        print(f"{name}: {sum(found)} of {len(some)} held-out sentences are kept back")
    classifier.save(given.output)


if __name__ == "__main__":
    main()

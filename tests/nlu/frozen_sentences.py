"""Home Assistant's own test sentences, sorted by what the installed package and this speaker make of them.

The sentences (https://github.com/OHF-Voice/intents, `tests/en`, CC BY 4.0) are no part of this project: they are read
from `$EDGE_VOICE_DATA/nlu/home-assistant-intents-tests/en`, and only their hashes are kept, which
`scripts/freeze_sentences.py` writes.

Compared as Home Assistant's test runner does it (`tests/test_language_sentences.py`, `tests/test_slot_combinations.py`
there): every file has a home, given to hassil as slot lists, and a test an `intent_context` with the area of the
speaker. The intent must be the same, and the slots; a list of values means any of them. Two parts are left out: the
spoken response, which is ours, and the context that a match leaves behind, which nothing here uses.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml
from hassil import is_template, parse_sentence, sample_expression

from edge.nlu.hassil_intents import HassilRecognizer
from edge.nlu.home_names import HomeNames, NamedArea, NamedEntity
from edge.settings import Settings
from tests.nlu.package_grammar import Answer, answer_of, fits, lists_of, package_says, why_ours_differs

FROZEN = Path(__file__).with_name("frozen_sentences.json")
_FOLDER = Path("nlu", "home-assistant-intents-tests", "en")
_SOME_AREA = "\0"
"""The room of the speaker in a file that has none: filled into a slot, it is left out of the comparison."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One test: what is said, where, and what it must give. `hash` stands for it in the project."""

    file: str
    text: str
    names: HomeNames
    wanted: Answer

    @property
    def hash(self) -> str:
        """12 hexadecimal digits of the SHA-256 of the file's name and the sentence."""
        return hashlib.sha256(f"{self.file}\n{' '.join(self.text.split())}".encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a sentence: its group, and the answers of the package and of this speaker."""

    sentence: Sentence
    group: str
    theirs: Answer | None
    ours: Answer | None

    @property
    def is_right(self) -> bool:
        """Whether this speaker understands it as the package does, means not to, or may do as it likes."""
        if self.theirs is None or self.group.startswith("ours: "):
            return True
        return self.ours is not None and self.ours[0] == self.theirs[0] and fits(self.ours[1], self.theirs[1])


def outcomes(data: Path) -> Iterator[Outcome]:
    """Every sentence of the folder, in the order of its files."""
    recognizers: dict[HomeNames, HassilRecognizer] = {}
    for sentence in _sentences(data / _FOLDER):
        names = sentence.names
        if names not in recognizers:
            recognizers[names] = HassilRecognizer(Settings(), names)
        theirs = _without_some_area(package_says(sentence.text, lists_of(names), names.here))
        ours = _without_some_area(answer_of(recognizers[names].intent(sentence.text)))
        yield Outcome(sentence, _group(sentence, theirs, ours), theirs, ours)


def freeze(found: list[Outcome]) -> dict[str, Any]:
    """What is kept of them."""
    groups: dict[str, list[str]] = {}
    for outcome in found:
        groups.setdefault(outcome.group, []).append(outcome.sentence.hash)
    return {
        "package": version("home-assistant-intents"),
        "counts": {group: len(groups[group]) for group in sorted(groups)},
        "hashes": {group: sorted(groups[group]) for group in sorted(groups)},
    }


def write(data: Path) -> None:
    """Freeze the sentences of the folder as they are understood now."""
    FROZEN.write_text(json.dumps(freeze(list(outcomes(data))), indent=1) + "\n", encoding="utf-8")


def _group(sentence: Sentence, theirs: Answer | None, ours: Answer | None) -> str:
    intent, wanted = sentence.wanted
    if theirs is None:
        return "gone: the package holds no such sentence"
    if theirs[0] != intent:
        return "changed: the package gives another intent"
    if not _fits_test(sentence, theirs[1]):
        return f"changed: the package gives other slots: {_difference(theirs[1], wanted)}"
    if not (ours is not None and ours[0] == theirs[0] and fits(ours[1], theirs[1])) and (
        reason := why_ours_differs(sentence.text, theirs, ours, sentence.names)
    ):
        return f"ours: {reason}"
    return "contained"


def _fits_test(sentence: Sentence, slots: Mapping[str, Any]) -> bool:
    wanted = sentence.wanted[1]
    if "/" in sentence.file and "domain" not in wanted:  # the newer form does not repeat a kind that a sentence implies
        slots = {slot: value for slot, value in slots.items() if slot != "domain"}
    return fits(slots, wanted)


def _difference(slots: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    lost = [f"no {slot}" for slot in sorted(wanted.keys() - slots.keys())]
    new = [f"a {slot}" for slot in sorted(slots.keys() - wanted.keys())]
    other = [
        f"another {slot}"
        for slot in sorted(slots.keys() & wanted.keys())
        if not fits({slot: slots[slot]}, {slot: wanted[slot]})
    ]
    return ", ".join(lost + new + other)


def _without_some_area(answer: Answer | None) -> Answer | None:
    return answer and (answer[0], {slot: value for slot, value in answer[1].items() if value != _SOME_AREA})


def _sentences(folder: Path) -> Iterator[Sentence]:
    fixtures = _read(folder / "_fixtures.yaml")
    for path in sorted(folder.rglob("*.yaml")):
        file = path.relative_to(folder).as_posix()
        content = _read(path)
        for test in content.get("tests", ()):
            if path.parent == folder:
                expected = test["intent"]
                names = _fixed_home(fixtures, (expected.get("context") or {}).get("area", ""))
                wanted = (expected["name"], expected.get("slots") or {})
            else:
                names = _own_home(content)
                wanted = (path.parent.name, test.get("slots") or {})
            yield from (Sentence(file, text, names, wanted) for text in test["sentences"])


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _fixed_home(fixtures: Mapping[str, Any], here: str) -> HomeNames:
    """The home of the files in the older form: kinds are part of ids, names may be templates."""
    areas = {area["id"]: area["name"] for area in fixtures["areas"]}
    return HomeNames(
        entities=tuple(
            NamedEntity(name, entity["id"].partition(".")[0], area=areas.get(entity.get("area"), ""))
            for entity in fixtures["entities"]
            for name in _spellings(entity["name"])
        ),
        areas=tuple(NamedArea(area) for area in areas.values()),
        floors=tuple(NamedArea(floor["name"]) for floor in fixtures["floors"]),
        here=here,
    )


def _own_home(content: Mapping[str, Any]) -> HomeNames:
    """The home of a file in the newer form; the speaker is in some room."""
    return HomeNames(
        entities=tuple(NamedEntity(entity["name"], entity["domain"]) for entity in content.get("entities", ())),
        areas=tuple(NamedArea(area["name"]) for area in content.get("areas", ())),
        floors=tuple(NamedArea(floor["name"]) for floor in content.get("floors", ())),
        here=_SOME_AREA,
    )


def _spellings(name: str) -> list[str]:
    if not is_template(name):
        return [name.strip()]
    return [text.strip() for text in sample_expression(parse_sentence(name).expression)]

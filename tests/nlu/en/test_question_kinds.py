"""How well the kinds of questions are told apart, on sentences that nobody trained on.

`kinds/clinc-out-of-scope-test` labels rows of the split `oos_test` of clinc150 (Larson et al. 2019, CC BY 3.0); "-" is
not labelled, or learned from. No miss of the others was ever looked at; the last 200 were read and labelled before the
sentences in `scripts/question_kinds/written.txt` were written. The figures of the first 400 chose how likely an open
question must be. The other files in `kinds/` are wordings of ours. All were written before
the first prediction was looked at. With EDGE_VOICE_DATA unset, the public sentences are missing, their tests skipped.
"""

import json
import os
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path

import pytest

from edge.nlu.en.grave import grave_kind
from edge.nlu.en.questions import question
from edge.nlu.kinds import FIXED, OPEN, Kind

HERE = Path(__file__).with_name("kinds")
DATA = os.environ.get("EDGE_VOICE_DATA") or None

ROWS = {"first": slice(0, 800), "last": slice(800, 1000)}
LEAST_OPEN = {"first": 0.72, "last": 0.75}
MOST_FRESH = {"first": 0.10, "last": 0.07}
MOST_OURS = {"first": 0.08, "last": 0.05}
LEAST_OPEN_OF_OURS = 0.94
LEAST_FIXED = 0.95
LEAST_HARD = 0.8
LEAST_ANYBODY = 0.9
MOST_SPEAKER = 0.05
MOST_CHANGING = 0.05
LEAST_STAYING = 0.95
MOST_GRAVE = 0.01
MOST_LOOKALIKES = 0.02
"""What holds today, with a margin: see docs/answers.md for the figures."""


@cache
def out_of_scope() -> list[tuple[str, str]]:
    """The sentences and their labels."""
    if DATA is None:
        pytest.skip("EDGE_VOICE_DATA names no folder with nlu/clinc150.jsonl")
    labels = (HERE / "clinc-out-of-scope-test").read_text(encoding="utf-8").split()
    rows = map(json.loads, (Path(DATA) / "nlu" / "clinc150.jsonl").read_text(encoding="utf-8").splitlines())
    texts = [row["text"] for row in rows if row["split"] == "oos_test"]
    return list(zip(texts, labels, strict=True))


def share_open(rows: str, *labels: str) -> float:
    """The share of the sentences with these labels that a model in the home may be asked."""
    asked = [question(text).kind in OPEN for text, label in out_of_scope()[ROWS[rows]] if label in labels]
    return sum(asked) / len(asked)


@pytest.mark.parametrize("rows", ROWS)
def test_most_questions_about_the_world_may_be_answered(rows: str) -> None:
    assert share_open(rows, "world", "how-to", "creative") >= LEAST_OPEN[rows]


@pytest.mark.parametrize("rows", ROWS)
def test_few_questions_whose_answer_changes_are_taken_for_others(rows: str) -> None:
    assert share_open(rows, "fresh") <= MOST_FRESH[rows]


@pytest.mark.parametrize("rows", ROWS)
def test_questions_about_the_users_own_life_are_kept_from_models(rows: str) -> None:
    assert share_open(rows, "personal", "home") <= MOST_OURS[rows]


def headed(name: str) -> Iterator[tuple[str, str]]:
    """The lines of a file, each with the heading above it ("# open")."""
    heading = ""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            heading = line.removeprefix("# ")
        else:
            yield line, heading


def test_of_our_own_wordings_only_open_ones_reach_a_model() -> None:
    asked: dict[str, list[bool]] = {}
    for text, need in headed("wordings.txt"):
        asked.setdefault(need, []).append(question(text).kind in OPEN)
    shares = {need: sum(all_) / len(all_) for need, all_ in asked.items()}
    assert shares.pop("open") >= LEAST_OPEN_OF_OURS
    assert shares == {"fresh": 0, "ours": 0, "action": 0}


def test_most_puzzles_and_plans_need_more_than_a_small_model() -> None:
    kinds: dict[str, list[Kind]] = {}
    for text, need in headed("hard.txt"):
        kinds.setdefault(need, []).append(question(text).kind)
    assert share_of(kinds["hard"], {"reasoning"}) >= LEAST_HARD
    assert share_of(kinds["easy"], OPEN - {"reasoning"}) == 1
    assert share_of(kinds["no question of the kind"], OPEN) == 0


def test_you_may_be_anybody_or_the_speaker() -> None:
    kinds: dict[str, list[Kind]] = {}
    for text, whom in headed("anybody.txt"):
        kinds.setdefault(whom, []).append(question(text).kind)
    assert share_of(kinds["anybody"], OPEN) >= LEAST_ANYBODY
    assert share_of(kinds["speaker"], OPEN) <= MOST_SPEAKER


def test_what_changes_unnoticed_reaches_no_model_and_what_stays_does() -> None:
    kinds: dict[str, list[Kind]] = {}
    for text, heading in headed("changing.txt"):
        kinds.setdefault(heading, []).append(question(text).kind)
    assert share_of(kinds["changes"], OPEN) <= MOST_CHANGING
    assert share_of(kinds["stays"], OPEN) >= LEAST_STAYING


def share_of(found: list[Kind], wanted: AbstractSet[Kind]) -> float:
    """The share of the kinds that are wanted."""
    return sum(kind in wanted for kind in found) / len(found)


def test_what_has_its_own_reply_gets_it() -> None:
    found = [question(text).kind == kind for text, kind in headed("fixed.txt")]
    assert len(found) > 140
    assert sum(found) / len(found) >= LEAST_FIXED


def test_hardly_any_emergency_or_secret_is_asked_of_a_model() -> None:
    grave = [text for text, kind in headed("fixed.txt") if kind in {"emergency", "despair", "secret"}]
    asked = [text for text in grave if question(text).kind in OPEN]
    assert len(asked) / len(grave) <= MOST_GRAVE


def test_what_only_looks_like_it_does_not() -> None:
    texts = (HERE / "lookalikes.txt").read_text(encoding="utf-8").splitlines()
    taken = [text for text in texts if question(text).kind in FIXED]
    assert len(taken) / len(texts) <= MOST_LOOKALIKES


@pytest.mark.parametrize(
    "text",
    [
        "who was shot in the theatre",
        "why did the bridge collapse",
        "tell me about the man who fell from the roof",
        "how do I stop a nosebleed",
        "what is the door code in the film about",
        "can you explain what a stroke is",
    ],
)
def test_a_question_about_harm_is_a_question(text: str) -> None:
    assert question(text).kind not in {"emergency", "despair"}


def test_a_public_sentence_is_hardly_ever_an_emergency_by_its_form() -> None:
    """Of 34,736 sentences to assistants, one tells of a card on fire."""
    if DATA is None:
        pytest.skip("EDGE_VOICE_DATA names no folder with nlu/clinc150.jsonl")
    found = []
    for name in ("clinc150", "hwu64"):
        for line in (Path(DATA) / "nlu" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"]
            if grave_kind(text) in {"emergency", "despair"}:
                found.append(text)
    assert len(found) <= 2

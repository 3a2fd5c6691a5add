"""Private matters in indirect words, and what only looks like them; what is found of them is a share.

No rule was changed for the sentences of `unseen.tsv`, and the classifier learned from nothing that was written with
them in mind. `indirect.tsv` was like that once.
"""

from pathlib import Path

import pytest

from edge.nlu.en.privacy import private_by_rule
from edge.nlu.en.privacy.learned import learned_classes
from tests.fakes.language import ENGLISH


def rows(name: str) -> list[tuple[str, ...]]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if not line.startswith("#")]


def share_kept_back(texts: list[str]) -> float:
    return sum(bool(ENGLISH.privacy.classes(text)) for text in texts) / len(texts)


@pytest.mark.parametrize(("name", "number", "least"), [("unseen.tsv", 75, 0.9), ("indirect.tsv", 150, 0.95)])
def test_most_private_matters_in_indirect_words_are_kept_back(name: str, number: int, least: float) -> None:
    private = [text for wanted, text in rows(name) if wanted != "-"]
    assert len(private) == number
    assert share_kept_back(private) >= least


@pytest.mark.parametrize(("name", "number", "most"), [("unseen.tsv", 78, 0.04), ("indirect.tsv", 155, 0.02)])
def test_hardly_any_question_that_looks_like_them_is(name: str, number: int, most: float) -> None:
    ordinary = [text for wanted, text in rows(name) if wanted == "-"]
    assert len(ordinary) == number
    assert share_kept_back(ordinary) <= most


def test_the_classifier_takes_nothing_away_from_the_rules() -> None:
    by_rule = [text for wanted, text in rows("indirect.tsv") if wanted != "-" and private_by_rule(text)]
    assert by_rule
    assert all(ENGLISH.privacy.classes(text) == private_by_rule(text) for text in by_rule)


@pytest.mark.parametrize("words_before", [0, 30, 60, 100])
def test_a_private_matter_is_found_wherever_it_stands_in_a_long_text(words_before: int) -> None:
    private = "i wake up gasping at night and my chest feels tight all the time"
    assert learned_classes(private)
    assert learned_classes(" ".join([*["the castle was built long ago"] * (words_before // 6), private]))


@pytest.mark.parametrize("name", ["kitchen light", "kids' room", "my safe", "", "front door lock"])
def test_the_name_of_a_thing_is_left_to_the_rules(name: str) -> None:
    assert learned_classes(name) == frozenset()

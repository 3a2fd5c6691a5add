"""The classes of private matters. What the rules did with each set before they were changed for it: docs/privacy.md."""

from pathlib import Path

import pytest

from edge.nlu.privacy import PrivacyClass
from edge.privacy import PrivacyGate
from edge.settings import PrivacySettings
from tests.fakes.language import ENGLISH

ROWS = [
    tuple(line.split("\t")[::2])
    for line in Path(__file__).with_name("sentences.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("wanted", "text"), ROWS)
def test_a_private_matter_is_told_from_an_ordinary_question(wanted: str, text: str) -> None:
    classes = ENGLISH.privacy.classes(text)
    assert (wanted in classes) if wanted != "-" else not classes


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("what is a mortgage", set()),
        ("can I afford my mortgage", {"money"}),
        ("why do cats purr", set()),
        ("My son has a fever.", {"health", "children"}),
        ("tell me about the flu", set()),
        ("I've got the flu", {"health"}),
        ("my dog has a fever", set()),
        ("my back hurts", {"health"}),
        ("my back door is broken", set()),
        ("", set()),
    ],
)
def test_the_structure_decides_and_not_a_single_word(text: str, wanted: set[str]) -> None:
    assert ENGLISH.privacy.classes(text) == wanted


@pytest.mark.parametrize("kind", [it for it in PrivacyClass if it != PrivacyClass.OWN_WORDS])
def test_the_owner_may_let_a_class_pass(kind: PrivacyClass) -> None:
    text = {
        PrivacyClass.HEALTH: "my knee hurts",
        PrivacyClass.MONEY: "can we afford a new roof",
        PrivacyClass.CHILDREN: "our baby is crying",
        PrivacyClass.SECRETS: "what is my PIN",
    }[kind]
    assert PrivacyGate(ENGLISH, PrivacySettings()).check(text) == {kind}
    assert PrivacyGate(ENGLISH, PrivacySettings.model_validate({kind.value: "redacted"})).check(text) == frozenset()


def test_a_text_with_a_word_of_the_owner_never_passes() -> None:
    gate = PrivacyGate(ENGLISH, PrivacySettings(words=["Project Bluebird", "Kälte"]))
    assert gate.check("who leads project bluebird, really?") == {PrivacyClass.OWN_WORDS}
    assert gate.check("what is KÄLTE") == {PrivacyClass.OWN_WORDS}
    assert gate.check("what does a bluebird eat on a project") == frozenset()

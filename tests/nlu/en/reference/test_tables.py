"""The tables of facts: every row is read, and what rows say of each other agrees."""

from importlib import resources

import pytest

from edge.nlu.en.reference import tables
from edge.nlu.en.reference.kinds import kinds_of
from edge.nlu.en.reference.tables import fact
from edge.nlu.en.reference.wording import key, singular

FOLDER = resources.files("edge.nlu.en.reference") / "tables"


def rows(file: str) -> list[list[str]]:
    return [line.split("\t") for line in (FOLDER / f"{file}.tsv").read_text(encoding="utf-8").splitlines()]


KINDS = "kinds"
"""The file that is a tree, without sentences."""
FILES = sorted({it.name.removesuffix(".tsv") for it in FOLDER.iterdir()} - {KINDS})


def test_every_file_is_read() -> None:
    assert set(FILES) == set(tables.READERS)


def test_every_kind_is_of_a_tree_or_the_root_of_one() -> None:
    kinds = {row[0] for row in rows(KINDS)}
    names = {name for row in rows(KINDS) for name in row[2].split("|")}
    assert all(len(row) == 3 for row in rows(KINDS))
    roots = {
        "animal", "celestial body", "substance", "food", "musical instrument", "shape", "place", "language", "religion",
        "gemstone",
    }  # fmt: skip
    assert kinds - names == roots - names
    assert not any(kinds_of(root) for root in roots - {"gemstone"})


@pytest.mark.parametrize("file", FILES)
def test_every_row_makes_whole_sentences(file: str) -> None:
    for row in rows(file):
        found = list(tables.READERS[file](*row))
        assert found
        for relation, name, sentence in found:
            assert relation
            assert name.strip() == name
            assert sentence[0] == sentence[0].upper()
            assert sentence.endswith(".")
            assert "  " not in sentence
            assert ".." not in sentence


@pytest.mark.parametrize("file", FILES)
def test_no_name_has_two_answers_in_one_table(file: str) -> None:
    seen: dict[tuple[str, str], str] = {}
    twice = []
    for row in rows(file):
        for relation, name, sentence in tables.READERS[file](*row):
            before = seen.setdefault((relation, key(name)), sentence)
            if before != sentence:
                twice.append((relation, name))
    assert twice == ([("capital of what", "London")] if file == "countries" else [])


def test_borders_have_two_sides() -> None:
    borders = {row[0]: set(row[6].split("|")) - {""} for row in rows("countries")}
    parts = {"England", "Scotland", "Wales", "Northern Ireland", "Western Sahara"}
    wrong = [
        (land, other)
        for land, others in borders.items()
        for other in others
        if land not in parts and other not in parts and land not in borders[other]
    ]
    assert wrong == []


def test_elements_are_numbered_and_have_symbols_of_their_own() -> None:
    elements = rows("elements")
    assert [int(row[3]) for row in elements] == list(range(1, 119))
    assert len({row[2] for row in elements}) == 118
    assert fact("element", "fe") == "Fe is the symbol of iron."


def test_names_have_one_spelling() -> None:
    assert key("The United States") == key("united states") == "united states"
    assert key("Brontë's") == "bronte"
    assert key("Second World War") == key("World War II") == key("world war two")
    assert key("the biggest ocean in the world") == "largest ocean"
    assert key("The Song of the Earth") == "song of earth"
    assert singular("red foxes") == "red fox"
    assert singular("wolves") == "wolf"

"""The table of docs/boards.md is that of the profiles."""

from scripts.make_boards_table import DOCUMENT, with_table


def test_the_table_is_that_of_the_profiles() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert with_table(document) == document, "run scripts/make_boards_table.py"

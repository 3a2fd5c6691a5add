import re
import runpy
from pathlib import Path

import pytest

from tests.docs.blocks import PAGES, ROOT, blocks
from tests.docs.commands import NIGHTLY, NOT_RUN, OUTCOMES, commands, page_blocks

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("ansible/**/*.md")])


def test_the_settings_page_says_what_the_code_says() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "make_settings_doc.py"))
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert page == script["document"]()
    assert "|  |\n" not in page, "every setting is explained"


def test_the_tables_of_the_page_about_answers_are_written_by_their_script() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "make_answers_tables.py"))
    page = (ROOT / "docs" / "answers.md").read_text(encoding="utf-8")
    assert page == script["document"](page)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_and_pictures_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)|(?:src|href)=\"([^\"#]+)\"", text)
    local = [a or b for a, b in targets if not (a or b).startswith(("http://", "https://", "mailto:"))]
    missing = [target for target in local if not (path.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_named_in_a_document_exist(path: Path) -> None:
    named = set(re.findall(r"docs/[a-z0-9-]+\.md", path.read_text(encoding="utf-8")))
    assert {name for name in named if not (ROOT / name).exists()} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_block_says_whether_it_is_a_command(page: Path) -> None:
    """Without a language, a test could not tell commands from what they print."""
    assert [block.text for block in page_blocks(page) if not block.language] == []


def test_what_is_listed_for_the_tests_of_commands_is_in_a_document() -> None:
    known = [command for page in PAGES for command in commands(page)]
    assert {part for part in NOT_RUN | NIGHTLY if not any(part in command.text for command in known)} == set()
    assert set(OUTCOMES) <= {command.text for command in known}


def test_commands_and_what_they_print_are_found_in_a_document() -> None:
    found = blocks(
        "# A\n\nText:\n\n    one  # a comment\n    two \\\n      three\n\n* An item,\n  its second line:\n\n"
        "      four\n\n  and more text\n\n## B\n```sh\nfive\nsix\n```\n\n```text\nprinted\n```\n\n```toml\na = 1\n```\n"
        "\n1. A step:\n\n   ```sh\n   seven\n   ```\n\n       eight\n\nText.\n```text\nnot printed\n```\n"
    )
    assert [(block.heading, block.commands(), block.printed) for block in found] == [
        ("A", ["one", "two three"], None),
        ("A", ["four"], None),
        ("B", ["five", "six"], "printed\n"),
        ("B", [], None),
        ("B", ["seven"], None),
        ("B", ["eight"], None),
        ("B", [], None),
    ]

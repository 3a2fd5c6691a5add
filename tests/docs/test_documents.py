import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("ansible/**/*.md")])


def test_the_settings_page_says_what_the_code_says() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "make_settings_doc.py"))
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert page == script["document"]()
    assert "|  |\n" not in page, "every setting is explained"


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

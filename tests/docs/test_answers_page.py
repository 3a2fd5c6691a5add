"""docs/answers.md shows what the speaker answers."""

import pytest

from tests.docs.blocks import ROOT
from tests.exact.asking import ask

PAGE = (ROOT / "docs/answers.md").read_text(encoding="utf-8")
COMPUTED = PAGE[PAGE.index("## What is computed") :].split("\n## ")[0]
EXAMPLES = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in COMPUTED.splitlines()
    if line.startswith("| ") and not line.startswith(("| ask |", "| --- "))
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda it: it[0])
def test_an_example_is_answered_as_shown(example: list[str]) -> None:
    *texts, answer = example
    assert ask(*texts) == answer

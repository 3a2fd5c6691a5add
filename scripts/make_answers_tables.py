"""Writes the tables of docs/answers.md: the rules that decide, and what the measured chat models answer."""

from collections.abc import Callable, Mapping
from pathlib import Path

from edge.route.policy import RULES, Answers
from edge.store import Manifest, QuestionKind, shipped
from edge.store.manifest import read_manifest

DOCUMENT = Path(__file__).parents[1] / "docs" / "answers.md"
END = "<!-- end of the table -->"

WHO: dict[Answers, str] = {
    "home": "the speaker itself",
    "exact": "the speaker itself, by computing or looking up",
    "llm": "the model in the home",
    "cloud": "the cloud",
    "ask": 'first you: "Shall I ask the cloud?"',
}
KINDS: dict[QuestionKind, str] = {
    "world": "facts of the world",
    "definition": "definitions",
    "how-to": "how things are done",
    "creative": "texts to write",
    "smalltalk": "small talk",
}


def rules() -> str:
    """The rules in their order."""
    rows = [
        f"| {number} | {rule.when} | {WHO[rule.answers]} | `{rule.reason}` |" for number, rule in enumerate(RULES, 1)
    ]
    return "\n".join(["| | if | who answers | reason |", "| --- | --- | --- | --- |", *rows])


def fitness() -> str:
    """A column for each measured model, the largest first."""
    manifests = [read_manifest(path) for path in shipped("models").glob("*.toml")]
    measured = sorted((it for it in manifests if it.fitness), key=lambda it: -(it.size or 0))
    lines = [["", *(f"`{it.name}`" for it in measured)], ["---"] * (len(measured) + 1)]
    lines += [[name, *(_answers(it, kind) for it in measured)] for kind, name in KINDS.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _answers(manifest: Manifest, kind: QuestionKind) -> str:
    answers = manifest.fitness.answers.get(kind) if manifest.fitness else None
    asked = "" if kind in (manifest.good_for or ()) else "; not asked"
    if answers is None:
        return f"not measured{asked}"
    return f"{answers.right:.0%} right, {answers.wrong:.0%} wrong, {answers.declined:.0%} declined{asked}"


TABLES: Mapping[str, Callable[[], str]] = {
    "edge/route/policy.py": rules,
    "the manifests in models/": fitness,
}
"""What a table is made from, as the page names it, and what makes it."""


def document(page: str) -> str:
    """The page with the tables in their places. Raises `ValueError` if it has no place for one."""
    for source, table in TABLES.items():
        begin = f"<!-- Written by scripts/make_answers_tables.py; change {source} instead. -->"
        before, _, rest = page.partition(begin)
        _, end, after = rest.partition(END)
        if not end:
            raise ValueError(begin)
        page = f"{before}{begin}\n\n{table()}\n\n{end}{after}"
    return page


if __name__ == "__main__":
    DOCUMENT.write_text(document(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")

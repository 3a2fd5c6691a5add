"""Writes the table of measured chat models into docs/answers.md from their manifests."""

from pathlib import Path

from edge.store import Manifest, QuestionKind, shipped
from edge.store.manifest import read_manifest

DOCUMENT = Path(__file__).parents[1] / "docs" / "answers.md"
BEGIN = "<!-- Written by scripts/make_fitness_table.py; change the manifests in models/ instead. -->"
END = "<!-- end of the table -->"

KINDS: dict[QuestionKind, str] = {
    "world": "facts of the world",
    "definition": "definitions",
    "how-to": "how things are done",
    "creative": "texts to write",
    "smalltalk": "small talk",
}


def document(page: str) -> str:
    """The page with the table in its place. Raises `ValueError` if it has no place for it."""
    before, _, rest = page.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(END)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


def table() -> str:
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


if __name__ == "__main__":
    DOCUMENT.write_text(document(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")

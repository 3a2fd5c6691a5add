"""Writes the table of rules into docs/answers.md from `edge.route.policy`, which decides by them."""

from pathlib import Path

from edge.route.policy import RULES, Answers

DOCUMENT = Path(__file__).parents[1] / "docs" / "answers.md"
BEGIN = "<!-- Written by scripts/make_decision_table.py; change edge/route/policy.py instead. -->"
END = "<!-- end of the table -->"

WHO: dict[Answers, str] = {
    "home": "the speaker itself",
    "llm": "the model in the home",
    "cloud": "the cloud",
    "ask": 'first you: "Shall I ask the cloud?"',
}


def document(page: str) -> str:
    """The page with the table in its place. Raises `ValueError` if it has no place for it."""
    before, _, rest = page.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(END)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


def table() -> str:
    """The rules in their order."""
    rows = [
        f"| {number} | {rule.when} | {WHO[rule.answers]} | `{rule.reason}` |" for number, rule in enumerate(RULES, 1)
    ]
    return "\n".join(["| | if | who answers | reason |", "| --- | --- | --- | --- |", *rows])


if __name__ == "__main__":
    DOCUMENT.write_text(document(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")

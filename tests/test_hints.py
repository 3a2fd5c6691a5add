"""Commands that messages name exist, and what `doctor` and `check` are said to do is what they do."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer

from edge.cli.app import app

EDGE = Path(__file__).parents[1] / "edge"
_COMMAND = re.compile(r"(?<!>)edge-voice ((?:[a-z]+)(?: [a-z]+)?)")
"""Behind `>` it is a title of the report."""

TRUE = {
    "`edge-voice check` lists every mistake; see docs/settings.md": "tests/cli/test_check.py",
    "it reconnects in the background; `edge-voice doctor` looks for the reason": "tests/mqtt/test_probe.py",
    "is Home Assistant running? see `edge-voice doctor`": "tests/home/home_assistant/test_probe.py",
    "run `edge-voice doctor`": "tests/cli/test_doctor.py",
    "warning: the broker does not answer: `edge-voice doctor` looks for the reason": "tests/mqtt/test_probe.py",
    ', what time is it?"\n'
    '  sudo edge-voice ask "what time is it"    a typed question\n'
    "  sudo edge-voice doctor                   what is missing\n"
    "  sudo journalctl -u edge-voice -f         what the speaker does\n"
    "  sudo usermod -aG edge-voice ": "tests/cli/test_doctor.py",
}
"""Every message that sends people to `check` or `doctor`, and the tests of what it promises."""


def texts() -> Iterator[tuple[Path, str]]:
    """The strings in the program, without docstrings."""
    for path in sorted(EDGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documents = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
                yield path, node.value


NAMED = sorted({(match[1], text) for _, text in texts() for match in _COMMAND.finditer(text)})


def test_there_are_such_messages() -> None:
    assert len(NAMED) > 10


@pytest.mark.parametrize(("words", "text"), NAMED)
def test_a_command_that_a_message_names_exists(words: str, text: str) -> None:
    first, *rest = words.split()
    commands = getattr(typer.main.get_command(app), "commands", {})
    assert first in commands, text
    if isinstance(commands[first], click.Group) and rest:
        assert rest[0] in commands[first].commands, text


def test_who_is_sent_to_doctor_or_check_finds_there_what_was_promised() -> None:
    sent = {text for words, text in NAMED if words.split()[0] in {"doctor", "check"}}
    assert sent == set(TRUE)
    for tests in TRUE.values():
        assert (EDGE.parent / tests).is_file()

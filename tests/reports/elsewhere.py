"""Reports that are tested beside the code that they are about: a table names the tests, and these must exist."""

import ast
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]


def missing(tests: Iterable[str]) -> list[str]:
    """Those of `tests/file.py::test_name` that do not exist."""
    return [test for test in tests if test.partition("::")[2] not in _functions(ROOT / test.partition("::")[0])]


def _functions(path: Path) -> set[str]:
    if not path.is_file():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}

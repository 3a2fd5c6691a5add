"""The suite itself: the same in every run, on a read-only checkout too, and loud about what it did not test."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

pytestmark = pytest.mark.slow  # starts pytest again

ROOT = Path(__file__).parents[1]
BROKER = "a broker is not installed"
MODEL = "needs the model vosk-ko: no network"
RECORDINGS = "EDGE_VOICE_DATA names no folder"


def run_skipping(folder: Path, reason: str, *options: str, whole_file: bool = False, ci: bool) -> tuple[int, str]:
    """The status and the output of pytest on a file that skips."""
    skip = f"import pytest\n\npytest.skip({reason!r}, allow_module_level=True)\n"
    test = f"import pytest\n\n\ndef test_it() -> None:\n    pytest.skip({reason!r})\n"
    (folder / "test_it.py").write_text(skip if whole_file else test + "\n\ndef test_another() -> None:\n    pass\n")
    (folder / "pytest.ini").write_text("[pytest]\n")
    environment = {key: value for key, value in os.environ.items() if key not in {"CI", "PYTEST_ADDOPTS"}}
    environment |= {"PYTHONPATH": str(ROOT)} | ({"CI": "true"} if ci else {})
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.skips", "-p", "no:cacheprovider", *options]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_examples_are_kept_nowhere_and_a_busy_machine_fails_no_property() -> None:
    assert settings.default is not None
    assert settings.default.database is None
    assert settings.default.deadline is None


@pytest.mark.parametrize("whole_file", [False, True])
def test_what_is_skipped_is_shown_with_its_reason(tmp_path: Path, whole_file: bool) -> None:
    status, output = run_skipping(tmp_path, BROKER, whole_file=whole_file, ci=False)
    assert status == (5 if whole_file else 0)
    assert "NOT TESTED: 1 skipped" in output
    assert f"1  {BROKER}" in output


@pytest.mark.parametrize("whole_file", [False, True])
def test_a_missing_counterpart_fails_in_ci(tmp_path: Path, whole_file: bool) -> None:
    status, output = run_skipping(tmp_path, BROKER, whole_file=whole_file, ci=True)
    assert status in {1, 2}
    assert f"this may not be skipped here: {BROKER}" in output


@pytest.mark.parametrize(
    ("reason", "options", "status"),
    [(MODEL, [], 0), (RECORDINGS, [], 0), (MODEL, ["--no-skips"], 1), (RECORDINGS, ["--no-skips"], 0)],
)
def test_a_model_that_cannot_be_fetched_fails_only_where_nothing_may_be_skipped(
    tmp_path: Path, reason: str, options: list[str], status: int
) -> None:
    assert run_skipping(tmp_path, reason, *options, ci=True)[0] == status

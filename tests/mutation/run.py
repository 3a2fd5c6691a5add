"""`make mutation-test`: changes the core, one place at a time, and checks whether a fast test fails.

    python -m tests.mutation.run [edge/turn/floor.py ...] [--minutes 60]

pyproject.toml lists the modules, tests and limits under `[tool.mutmut]`. For each function, mutmut runs the tests that
reach it, fastest first, until one fails. Mutants that mypy rejects do not count. Survivors must be explained in
accepted.toml. It runs on a copy, so you can keep working in the checkout.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.mutation.accepted import MIN_SCORE, Mutant, Outcome, changed_lines, function_of, judge, read_accepted

ROOT = Path(__file__).parents[2]
ACCEPTED = Path(__file__).with_name("accepted.toml")
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "dist", "build", "mutants", "bundle")
TOOL = (sys.executable, "-m", "mutmut")


def main() -> int:
    """Return status 0 if enough mutants are killed and the survivors are explained."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", help="files under edge/; default: all in [tool.mutmut]")
    parser.add_argument("--minutes", type=float, default=60, help="time limit; default 60")
    options = parser.parse_args()
    accepted = read_accepted(ACCEPTED.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="mutation-") as scratch:
        copy = Path(scratch, "edge-voice")
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        patterns = [f"{file.removesuffix('.py').replace('/', '.')}.*" for file in options.modules]
        if not run_tool(copy, patterns, options.minutes):
            return 1
        outcome = judge(mutants(copy, patterns), accepted)
    report(outcome)
    return 0 if outcome.good else 1


def run_tool(copy: Path, patterns: Iterable[str], minutes: float) -> bool:
    """Run all mutants, one per CPU core at a time. Return False if mutmut failed or took too long."""
    command = [*TOOL, "run", "--max-children", str(os.cpu_count() or 1), *patterns]
    log = copy / "mutmut.log"
    print(f"mutating a copy of the project, {minutes:g} minutes at most", flush=True)
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=copy, env=environment(), stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            status = process.wait(minutes * 60)
        except subprocess.TimeoutExpired:
            status = -1
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait()
    if status == 0:
        return True
    print(log.read_text(encoding="utf-8", errors="replace").replace("\r", "\n")[-4000:])
    print("time limit reached: choose fewer modules" if status < 0 else f"mutmut failed with status {status}")
    return False


def environment() -> dict[str, str]:
    """The environment of this process, with its virtual environment on the PATH, because mutmut calls `mypy`."""
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def mutants(copy: Path, patterns: Iterable[str]) -> Iterator[Mutant]:
    """The result of each mutant; survivors include their changed lines."""
    starts = tuple(pattern.removesuffix("*") for pattern in patterns)
    for line in ask(copy, "results", "--all", "True").splitlines():
        name, _, status = line.strip().rpartition(": ")
        if not name or (starts and not name.startswith(starts)):
            continue
        if status in {"killed", "caught by type check", "timeout"}:
            yield Mutant(function_of(name), status)
        else:
            yield Mutant(function_of(name), status, *changed_lines(ask(copy, "show", name)))


def ask(copy: Path, *words: str) -> str:
    """The output of a mutmut command."""
    done = subprocess.run([*TOOL, *words], cwd=copy, env=environment(), capture_output=True, text=True, check=True)
    return done.stdout


def report(outcome: Outcome) -> None:
    """Print the score, the unexplained survivors and the stale entries."""
    for mutant in outcome.unexplained:
        print(f"\n[[survivor]]  # {mutant.status}\nfunction = {quoted(mutant.function)}")
        print(f"was = {quoted(mutant.was)}\nbecomes = {quoted(mutant.becomes)}\nreason = ''")
    for entry in outcome.stale:
        print(f"\nstale: {entry.function} has no such survivor\n  {entry.was or 'any'}\n  {entry.becomes or ''}")
    if outcome.unexplained:
        print(f"\n{len(outcome.unexplained)} changes fail no test: add tests, or explain them in {ACCEPTED}.")
    if outcome.stale:
        print(f"\n{len(outcome.stale)} entries of {ACCEPTED} are stale: remove them.")
    print(
        f"\nmutation score {outcome.score:.1%} (minimum {MIN_SCORE:.0%}): {outcome.killed} of {outcome.valid} mutants "
        f"killed ({outcome.timeouts} by a timeout), {outcome.valid - outcome.killed} survived, {outcome.invalid} "
        "rejected by mypy"
    )


def quoted(text: str) -> str:
    """A TOML literal string."""
    return f"'''{text}'''" if "\n" in text or "'" in text else f"'{text}'"


if __name__ == "__main__":
    sys.exit(main())

"""Which mutants may survive, each with its reason; and what a run of the mutation tool amounts to. Pure."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MIN_SCORE = 0.9

KILLED = {"killed", "timeout", "suspicious", "segfault"}
INVALID = {"caught by type check", "skipped"}
"""Not part of the score: mypy refuses them before any test runs."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change to one function; `was` and `becomes` are the changed lines without indentation.

    `status` is the tool's word: "killed", "survived", "timeout", "no tests", "caught by type check", "not checked"...
    """

    function: str
    status: str
    was: str = ""
    becomes: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A survivor that is accepted for a reason; without `was` and `becomes`, every survivor of the function."""

    function: str
    reason: str
    was: str | None = None
    becomes: str | None = None

    def covers(self, mutant: Mutant) -> bool:
        """Whether the mutant is the one that was accepted."""
        if self.function != mutant.function:
            return False
        return self.was is None or (self.was, self.becomes) == (mutant.was, mutant.becomes)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found: counts, survivors that are not accepted, and accepted ones that did not survive.

    `timeouts` are among the killed: a loop without end, or a machine with too much other work.
    """

    killed: int
    timeouts: int
    valid: int
    invalid: int
    unexplained: Sequence[Mutant]
    stale: Sequence[Accepted]

    @property
    def score(self) -> float:
        """The killed share of the valid mutants."""
        return self.killed / self.valid if self.valid else 0.0

    @property
    def good(self) -> bool:
        """Enough are killed, and the rest are explained."""
        return self.score >= MIN_SCORE and not self.unexplained and not self.stale


def read_accepted(text: str) -> list[Accepted]:
    """The entries of accepted.toml. Raises `ValueError` for one that lacks a reason or has unknown keys."""
    found = []
    for entry in tomllib.loads(text).get("survivor", []):
        if not str(entry.get("reason", "")).strip():
            raise ValueError(f"a survivor of {entry.get('function')} is accepted without a reason")
        if ("was" in entry) != ("becomes" in entry):
            raise ValueError(f"a survivor of {entry.get('function')} needs both `was` and `becomes`, or neither")
        try:
            found.append(Accepted(**entry))
        except TypeError as error:
            raise ValueError(f"a survivor of {entry.get('function')}: {error}") from error
    return found


def judge(mutants: Iterable[Mutant], accepted: Iterable[Accepted]) -> Outcome:
    """The outcome of a run; accepted survivors of modules that had no mutant in this run are left alone."""
    mutants = list(mutants)
    valid = [mutant for mutant in mutants if mutant.status not in INVALID]
    alive = [mutant for mutant in valid if mutant.status not in KILLED]
    modules = {module_of(mutant.function) for mutant in mutants}
    concerned = [entry for entry in accepted if module_of(entry.function) in modules]
    return Outcome(
        killed=len(valid) - len(alive),
        timeouts=sum(mutant.status == "timeout" for mutant in valid),
        valid=len(valid),
        invalid=len(mutants) - len(valid),
        unexplained=[mutant for mutant in alive if not any(entry.covers(mutant) for entry in concerned)],
        stale=[entry for entry in concerned if not any(entry.covers(mutant) for mutant in alive)],
    )


def function_of(mutant_name: str) -> str:
    """`edge.turn.floor.Floor.take` for the tool's `edge.turn.floor.xǁFloorǁtake__mutmut_3`."""
    name = re.sub(r"__mutmut_\d+$", "", mutant_name)
    module, _, mangled = name.rpartition(".x")
    return f"{module}.{mangled.strip('ǁ').replace('ǁ', '.') if mangled.startswith('ǁ') else mangled.removeprefix('_')}"


def module_of(function: str) -> str:
    """`edge.turn.floor` for `edge.turn.floor.Floor.take`: module names are lower case, classes begin with a capital."""
    parts = function.split(".")[:-1]
    return ".".join(part for part in parts if not part.lstrip("_")[:1].isupper())


def changed_lines(diff: str) -> tuple[str, str]:
    """The lines that a unified diff removes and adds, without indentation."""
    removed, added = [], []
    for line in diff.splitlines():
        if line.startswith("-") and not line.startswith("---"):
            removed.append(line[1:].strip())
        elif line.startswith("+") and not line.startswith("+++"):
            added.append(line[1:].strip())
    return "\n".join(removed), "\n".join(added)

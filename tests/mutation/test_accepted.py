"""How a run of the mutation tool is judged: what counts, what must be explained, what has become stale."""

from pathlib import Path

import pytest

from tests.mutation.accepted import Accepted, Mutant, changed_lines, function_of, judge, module_of, read_accepted
from tests.mutation.run import ACCEPTED, ROOT

TAKE = "edge.turn.floor.Floor.take"
SURVIVOR = Mutant(TAKE, "survived", "a < b", "a <= b")
EXPLAINED = Accepted(TAKE, "both are the same here", "a < b", "a <= b")


def killed(count: int) -> list[Mutant]:
    return [Mutant(TAKE, "killed") for _ in range(count)]


def test_what_mypy_refuses_does_not_count_and_a_timeout_is_a_death() -> None:
    outcome = judge([*killed(3), Mutant(TAKE, "timeout"), Mutant(TAKE, "caught by type check")], [])
    assert (outcome.killed, outcome.timeouts, outcome.valid, outcome.invalid) == (4, 1, 4, 1)
    assert outcome.good


@pytest.mark.parametrize("status", ["survived", "no tests", "not checked", "something new"])
def test_a_mutant_that_no_test_kills_must_be_explained(status: str) -> None:
    alive = Mutant(TAKE, status, "a < b", "a <= b")
    assert judge([*killed(99), alive], []).unexplained == [alive]
    assert not judge([*killed(99), alive], []).good
    assert judge([*killed(99), alive], [EXPLAINED]).good
    assert judge([*killed(99), alive], [Accepted(TAKE, "runs at import only")]).good


def test_explanations_do_not_raise_the_score() -> None:
    outcome = judge([*killed(8), SURVIVOR, SURVIVOR], [EXPLAINED])
    assert outcome.score == 0.8
    assert not outcome.unexplained
    assert not outcome.good


def test_another_change_of_the_same_line_is_not_explained() -> None:
    other = Mutant(TAKE, "survived", "a < b", "a > b")
    assert judge([*killed(99), SURVIVOR, other], [EXPLAINED]).unexplained == [other]


def test_an_explanation_without_a_survivor_is_stale_where_its_module_was_run() -> None:
    assert judge(killed(9), [EXPLAINED]).stale == [EXPLAINED]
    assert not judge(killed(9), [EXPLAINED]).good
    assert judge([Mutant("edge.pipeline.Pipeline.run", "killed")], [EXPLAINED]).stale == []


def test_no_mutant_at_all_is_no_success() -> None:
    assert not judge([], []).good


@pytest.mark.parametrize(
    ("name", "function", "module"),
    [
        ("edge.turn.floor.xǁFloorǁtake__mutmut_12", TAKE, "edge.turn.floor"),
        ("edge.turn.floor.xǁ_Waitingǁ__init____mutmut_1", "edge.turn.floor._Waiting.__init__", "edge.turn.floor"),
        ("edge.route.policy.x_choose__mutmut_3", "edge.route.policy.choose", "edge.route.policy"),
        ("edge.nlu.en.questions.x__any__mutmut_1", "edge.nlu.en.questions._any", "edge.nlu.en.questions"),
        ("edge.ears.xǁEarsǁrun__mutmut_1", "edge.ears.Ears.run", "edge.ears"),
    ],
)
def test_the_names_of_the_tool_are_those_of_functions_and_modules(name: str, function: str, module: str) -> None:
    assert function_of(name) == function
    assert module_of(function) == module


def test_a_diff_is_the_lines_that_change() -> None:
    diff = "--- a.py\n+++ a.py\n@@ -1,3 +1,3 @@\n def f():\n-        return 1\n+        return 2\n"
    assert changed_lines(diff) == ("return 1", "return 2")


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("function = 'f'", "without a reason"),
        ("function = 'f'\nreason = ' '", "without a reason"),
        ("function = 'f'\nreason = 'r'\nwas = 'a'", "both"),
        ("function = 'f'\nreason = 'r'\nline = 3", "line"),
        ("reason = 'r'", "function"),
    ],
)
def test_an_entry_must_be_whole(entry: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_accepted(f"[[survivor]]\n{entry}\n")


def test_the_accepted_survivors_can_be_read_and_are_in_the_modules_that_are_mutated() -> None:
    for entry in read_accepted(ACCEPTED.read_text(encoding="utf-8")):
        file = Path(ROOT, *module_of(entry.function).split("."))
        assert file.with_suffix(".py").is_file() or (file / "__init__.py").is_file()

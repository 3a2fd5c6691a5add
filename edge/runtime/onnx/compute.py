"""What the models of this process run on. ONNX Runtime has one environment for each process, and so have we."""

from collections.abc import Callable, Mapping
from functools import cached_property

from edge.runtime.onnx.plan import Choice, ExecutionPlan, plan_for
from edge.settings import ComputeSettings, Stage

Read = Callable[[], Mapping[Stage, Choice]]
"""Reads what was measured on this board."""


class _Environment:
    def __init__(self, settings: ComputeSettings, read: Read) -> None:
        self.settings = settings
        self._read = read

    @cached_property
    def tuned(self) -> Mapping[Stage, Choice]:
        return self._read()


_environment = _Environment(ComputeSettings(), dict)


def use(settings: ComputeSettings, tuned: Read = dict) -> None:
    """Open models by these from now on. Without a call, everything runs on the CPU.

    `tuned` is called once, when the first plan is made.
    """
    global _environment  # noqa: PLW0603 - one for each process, see above
    _environment = _Environment(settings, tuned)


def plan(stage: Stage) -> ExecutionPlan:
    """The plan of a stage."""
    return plan_for(stage, _environment.settings, _environment.tuned)

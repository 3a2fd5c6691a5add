"""What the models of this process run on. ONNX Runtime has one environment for each process, and so have we."""

from collections.abc import Mapping

from edge.runtime.onnx.plan import Choice, ExecutionPlan, plan_for
from edge.settings import ComputeSettings, Stage

_settings = ComputeSettings()
_tuned: Mapping[Stage, Choice] = {}


def use(settings: ComputeSettings, tuned: Mapping[Stage, Choice] | None = None) -> None:
    """Open models by these from now on. Without a call, everything runs on the CPU."""
    global _settings, _tuned
    _settings, _tuned = settings, tuned or {}


def plan(stage: Stage) -> ExecutionPlan:
    """The plan of a stage."""
    return plan_for(stage, _settings, _tuned)

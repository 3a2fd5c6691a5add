"""What the models of this process run on. ONNX Runtime has one environment for each process, and so have we."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from edge.runtime.onnx.plan import Choice, ExecutionPlan, plan_for
from edge.settings import ComputeSettings, Stage


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept on this board: the choices that were measured, and the folders of the stages' engines."""

    tuned: Mapping[Stage, Choice] = field(default_factory=dict)
    engines: Mapping[Stage, Path] = field(default_factory=dict)


class _Environment:
    def __init__(self, settings: ComputeSettings, read: Callable[[], Kept] = Kept) -> None:
        self.settings = settings
        self.builds = False
        self._read = read

    @cached_property
    def kept(self) -> Kept:
        return self._read()


_environment = _Environment(ComputeSettings())


def use(settings: ComputeSettings, kept: Callable[[], Kept] = Kept) -> None:
    """Open models by these from now on. Without a call, everything runs on the CPU.

    `kept` is called once, when the first plan is made.
    """
    global _environment  # noqa: PLW0603 - one for each process, see above
    _environment = _Environment(settings, kept)


def plan(stage: Stage) -> ExecutionPlan:
    """The plan of a stage."""
    kept = _environment.kept
    return plan_for(stage, _environment.settings, kept.tuned, engines=kept.engines.get(stage))


def builds_engines() -> bool:
    """Whether a model that is opened may have its engines built, which takes minutes."""
    return _environment.builds


@contextmanager
def building() -> Iterator[None]:
    """Let engines be built meanwhile."""
    _environment.builds = True
    try:
        yield
    finally:
        _environment.builds = False

"""What really runs where: for each open model its provider and the nodes of its graph that the provider took.

Engines with a runtime of their own report here, too. This module loads no runtime.
"""

import threading
import weakref
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Literal

import structlog

from edge.runtime.onnx.plan import Provider
from edge.settings import Device, Stage

_log = structlog.get_logger("compute")

Step = Literal["installed", "prepared", "loaded", "built", "run"]
"""What a provider needs: its package, engines built ahead, its library and a device, a model built, and run."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A provider that was tried in vain: `step` is the first that failed."""

    provider: Provider
    step: Step
    reason: str


@dataclass(frozen=True, slots=True)
class InUse:
    """One open model.

    `nodes` of its graph by the name of the provider that runs them; None where the runtime does not tell.
    `instead_of`: what failed before `provider`, in the order in which it was tried.
    """

    stage: Stage
    model: str
    device: Device
    provider: str
    nodes: Mapping[str, int] | None = None
    instead_of: tuple[Failure, ...] = ()


_lock: Final = threading.RLock()  # reentrant: the garbage collector may drop a model while this thread notes another
_in_use: Final[dict[int, InUse]] = {}
_watching: Final[list[dict[tuple[Stage, str], InUse]]] = []
_logged: Final[set[tuple[Stage, str, str, Step]]] = set()


def providers_in_use() -> list[InUse]:
    """The open models of this process, in the order in which they were opened."""
    with _lock:
        return list(_in_use.copy().values())


@contextmanager
def models_opened() -> Iterator[Mapping[tuple[Stage, str], InUse]]:
    """The models that are opened meanwhile, by stage and name, also those that are closed again.

    One that falls back is the last that it was.
    """
    seen: dict[tuple[Stage, str], InUse] = {}
    with _lock:
        _watching.append(seen)
    try:
        yield seen
    finally:
        with _lock:
            _watching[:] = [other for other in _watching if other is not seen]


def note(owner: object, model: InUse) -> None:
    """`owner` runs this from now on, for as long as it exists."""
    with _lock:
        if id(owner) not in _in_use:
            weakref.finalize(owner, _drop, id(owner))
        _in_use[id(owner)] = model
        for seen in _watching:
            seen[model.stage, model.model] = model


def log_failure(stage: Stage, failure: Failure, instead: str) -> None:
    """Write a failure to the log, once for all models of a stage. `instead` is the provider that is tried next."""
    key = stage, failure.provider.package, failure.provider.name, failure.step
    with _lock:
        if key in _logged:
            return
        _logged.add(key)
    _log.warning("provider-failed", stage=stage, provider=failure.provider.name, reason=failure.reason, instead=instead)


def shares(models: Iterable[InUse]) -> dict[Stage, dict[str, float | None]]:
    """For each stage its providers, each with its share of the nodes of all graphs, 0 to 1.

    None: the runtime does not tell. A runtime that is alone in its stage runs all of it.
    """
    by_stage: defaultdict[Stage, list[InUse]] = defaultdict(list)
    for model in models:
        by_stage[model.stage].append(model)
    return {stage: _shares(found) for stage, found in by_stage.items()}


def _shares(models: list[InUse]) -> dict[str, float | None]:
    counted: Counter[str] = Counter()
    for model in models:
        counted.update({model.provider: 0} if model.nodes is None else model.nodes)
    if all(model.nodes is not None for model in models) and counted.total():
        return {provider: round(nodes / counted.total(), 4) for provider, nodes in counted.most_common()}
    alone = len(counted) == 1 and all(model.device == "cpu" for model in models)
    return dict.fromkeys(counted, 1.0 if alone else None)


def _drop(owner: int) -> None:
    with _lock:
        _in_use.pop(owner, None)

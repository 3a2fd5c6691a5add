"""Builds the engines of all stages ahead of time, for `edge-voice models build`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from edge.errors import EdgeError
from edge.runtime.onnx import compute, engines
from edge.runtime.onnx.report import models_opened
from edge.settings import Settings, Stage
from edge.store import ModelStore
from edge.tune.stages import open_stage


@dataclass(frozen=True, slots=True)
class Built:
    """How it went for one stage. `reason` says why nothing was built: empty if it was, or if there is nothing to do."""

    stage: Stage
    built: bool
    reason: str = ""


def build_engines(settings: Settings, store: ModelStore) -> Iterator[Built]:
    """Build what the plans of the stages ask for, one stage after the other; stale engines are removed.

    A stage is run once over its input, because an engine is built when sizes are seen for the first time. Raises
    `OSError` if the folder of the models cannot be written.
    """
    for stage in get_args(Stage):
        folder = next((it.engines for it in compute.plan(stage).providers if it.engines is not None), None)
        if folder is None:
            yield Built(stage, built=False)
            continue
        engines.begin(folder)
        with compute.building(), models_opened() as opened:
            try:
                open_stage(stage, settings, store)()
            except EdgeError as error:
                yield Built(stage, built=False, reason=str(error))
                continue
        left = [it for it in opened.values() if it.device != "tensorrt"]
        if left:
            engines.throw_away(folder)
            reasons = [failure.reason for it in left for failure in it.instead_of]
            yield Built(stage, built=False, reason=reasons[0] if reasons else "TensorRT took none of it")
        else:
            engines.finish(folder)
            yield Built(stage, built=True)

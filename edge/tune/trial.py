"""One way to run a stage, measured in a process of its own: a provider is a stranger's library, and may take it down.

`python -m edge.tune.trial` reads {"settings": ..., "stage": ..., "device": ..., "threads": ...}.
"""

import json
import statistics
import sys
import time
from dataclasses import asdict, dataclass
from typing import Final

from edge.errors import EdgeError
from edge.hardware.tuned import engine_folders
from edge.runtime.onnx import compute
from edge.runtime.onnx.plan import Choice
from edge.runtime.onnx.report import models_opened
from edge.settings import ComputeSettings, Settings
from edge.store import open_store
from edge.store.needs import models_by_stage
from edge.tune.agreement import Result
from edge.tune.candidates import Candidate
from edge.tune.stages import open_stage

_ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """`seconds` for all the input, the median of several rounds, or None if the stage could not be run so.

    `device` is what really ran most of it; `reason` says why it was not measured.
    """

    seconds: float | None
    result: Result = ()
    device: str = ""
    reason: str = ""


def measure(settings: Settings, candidate: Candidate) -> Outcome:
    """Run a stage over the project's recordings, or over two sentences. Raises no `EdgeError`."""
    store = open_store(settings.models)
    choice = {candidate.stage: Choice(candidate.device, candidate.threads)}
    compute.use(
        ComputeSettings(), lambda: compute.Kept(choice, engine_folders(store.folder, models_by_stage(settings, store)))
    )
    try:
        with models_opened() as opened:
            run = open_stage(candidate.stage, settings, store)
            result = run()  # builds and allocates what the first call needs
            times = []
            for _ in range(_ROUNDS):
                began = time.perf_counter()
                run()
                times.append(time.perf_counter() - began)
    except EdgeError as error:
        return Outcome(None, reason=str(error))
    devices = [it.device for it in opened.values()]
    device = max(set(devices), key=devices.count) if devices else "cpu"
    if device != candidate.device:
        reasons = (failure.reason for it in opened.values() for failure in it.instead_of)
        return Outcome(None, device=device, reason=next(reasons, "it ran on the processor"))
    return Outcome(statistics.median(times), result, device)


def main() -> None:
    """Measure what stands on the standard input; the outcome as JSON on the standard output."""
    asked = json.load(sys.stdin)
    settings = Settings.model_validate(asked["settings"])
    candidate = Candidate(asked["stage"], asked["device"], asked["threads"])
    sys.stdout.write(json.dumps(asdict(measure(settings, candidate))) + "\n")


if __name__ == "__main__":
    main()

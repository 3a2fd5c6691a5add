"""Measures a whole board: every stage with every candidate, in rounds, then the chat models."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, get_args

from edge.hardware.tuned import ChatSpeed, Tuned
from edge.runtime.onnx.plan import providers_of
from edge.settings import Device, Settings, Stage
from edge.store import ModelStore
from edge.tune.candidates import DEVICES, Candidate, candidates, chat_threads
from edge.tune.chat import measure_chat
from edge.tune.choice import choose
from edge.tune.trial import Outcome

_ROUNDS: Final = 2
_TIMEOUT_S: Final = 90.0
"""For one candidate. An accelerator that builds its engines for longer is measured after `edge-voice models build`."""

Progress = Callable[[str], None]
"""Told what is measured next."""


@dataclass(slots=True)
class Measured:
    """All outcomes, by stage and candidate, and the best speeds of the chat models."""

    stages: dict[Stage, dict[Candidate, list[Outcome]]] = field(default_factory=dict)
    chat: dict[str, ChatSpeed] = field(default_factory=dict)

    def tuned(self) -> Tuned:
        """What is chosen."""
        choices = {stage: choice for stage, found in self.stages.items() if (choice := choose(found)) is not None}
        return Tuned(choices, self.chat, self.document())

    def document(self) -> Mapping[str, Any]:
        """For JSON: seconds of each round, and why something was not measured."""
        return {
            stage: {
                candidate.name: {
                    "seconds": [None if it.seconds is None else round(it.seconds, 4) for it in outcomes],
                    "reason": next((it.reason for it in outcomes if it.reason), ""),
                }
                for candidate, outcomes in found.items()
            }
            for stage, found in self.stages.items()
        }


def measure_board(
    settings: Settings, store: ModelStore, progress: Progress, *, stages: Iterable[Stage] = ()
) -> Measured:
    """Measure everything that is installed: about two minutes. `stages`: only these, and no chat model.

    A stage that can be run in one way only has no outcomes: there is nothing to choose.
    """
    measured = Measured()
    cores, devices = os.cpu_count() or 1, installed_devices()
    for stage in tuple(stages) or get_args(Stage):
        found: dict[Candidate, list[Outcome]] = {it: [] for it in candidates(stage, devices=devices, cores=cores)}
        for turn in range(_ROUNDS if len(found) > 1 else 0):
            for candidate, outcomes in found.items():
                if not any(it.seconds is None for it in outcomes):  # what failed once fails again
                    progress(f"{stage}: {candidate.name}, round {turn + 1} of {_ROUNDS}")
                    outcomes.append(try_candidate(settings, candidate))
        measured.stages[stage] = found
    if not stages and settings.llm.engine == "local":
        measured.chat.update(measure_chat(settings, store, chat_threads(cores), progress))
    return measured


def installed_devices() -> list[Device]:
    """The devices whose providers are installed here, whether or not there is such a device."""
    from edge.runtime.onnx.providers import is_installed

    return [device for device in DEVICES if any(is_installed(provider) for provider in providers_of(device))]


def try_candidate(settings: Settings, candidate: Candidate) -> Outcome:
    """Measure one candidate in a process of its own."""
    asked = {
        "settings": settings.model_dump(mode="json"),
        "stage": candidate.stage,
        "device": candidate.device,
        "threads": candidate.threads,
    }
    command = [sys.executable, "-m", "edge.tune.trial"]
    try:
        done = subprocess.run(
            command, input=json.dumps(asked).encode(), capture_output=True, timeout=_TIMEOUT_S, check=False
        )
        return Outcome(**json.loads(done.stdout.splitlines()[-1]))
    except subprocess.TimeoutExpired:
        return Outcome(None, reason=f"it took longer than {_TIMEOUT_S:.0f} s")
    except (ValueError, IndexError, TypeError):
        return Outcome(None, reason="its process ended without a result")

"""The part of `edge-voice doctor` on processors and accelerators: what the models should run on, and what runs them.

A stage that should run on an accelerator is opened and used once, because only that tells. The others run on the
processor, which needs no proof.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, get_args

import numpy as np

from edge.cli.findings import Finding
from edge.errors import EdgeError
from edge.events import FRAME_SAMPLES, SAMPLE_RATE_HZ, AudioFrame, Samples
from edge.runtime.commands import edge_voice, pip_install, pip_replace
from edge.runtime.onnx import compute
from edge.runtime.onnx.plan import ExecutionPlan
from edge.runtime.onnx.report import Failure, InUse, models_opened, shares
from edge.runtime.paths import models_program
from edge.settings import Device, Settings, Stage, SttSettings
from edge.store import ModelStore, is_path
from edge.store.needs import STT_DEFAULTS
from edge.stt import open_stt
from edge.stt.moonshine.form import missing_form
from edge.tts import open_tts
from edge.vad import open_vad
from edge.wake import open_scorer

_LOOK_FOR: Final[Mapping[Device, str]] = {
    "cuda": "nvidia-smi",
    "tensorrt": "nvidia-smi",
    "openvino": "ls /dev/dri /dev/accel",
    "webgpu": "vulkaninfo --summary",
    "qnn": "ls /dev/fastrpc*",
}
"""The command that shows whether the system sees a device."""

_IN_PLACE_OF_THE_RUNTIME: Final = ("onnxruntime-gpu", "onnxruntime-openvino==1.24.1")
"""Packages that fill the same folder as `onnxruntime`, which has to go first."""


_CUDA_LIBRARIES: Final = ("libcublas", "libcudart", "libcudnn", "libcufft", "libcurand", "libnvrtc")
_CUDA_PACKAGES: Final = "onnxruntime-gpu[cuda,cudnn]"


@dataclass(frozen=True, slots=True)
class StageReport:
    """`runs`: the models of the stage, empty where it was not opened, because the plan leaves no question."""

    plan: ExecutionPlan
    runs: tuple[InUse, ...] = ()

    @property
    def wanted(self) -> Device:
        """The device that the plan tries first."""
        return self.plan.providers[0].device

    @property
    def text(self) -> str:
        """What runs the stage, for people."""
        if self.wanted == "cpu":
            ran = "the processor"
        elif self.runs:
            parts = shares(self.runs)[self.plan.stage]
            ran = ", ".join(name if part is None else f"{name} {part:.1%} of the nodes" for name, part in parts.items())
        else:
            ran = "nothing could be opened"
        return f"{ran} ({self.plan.reason}: {self.wanted})"

    def document(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "wanted": self.wanted,
            "reason": self.plan.reason,
            "threads": self.plan.threads,
            "plan": [provider.name for provider in self.plan.providers],
            "providers": shares(self.runs).get(self.plan.stage),
            "failed": [
                {"provider": one.provider.name, "step": one.step, "reason": one.reason} for one in _failures(self.runs)
            ],
        }


def look_at_compute(settings: Settings, store: ModelStore) -> tuple[list[StageReport], list[Finding]]:
    """The report of every stage, and what keeps a stage from the device that the settings name."""
    used: dict[Stage, Callable[[], object]] = {
        "wake": lambda: open_scorer(settings.wake, store).stream().score(AudioFrame(_noise(FRAME_SAMPLES), 0)),
        "vad": lambda: open_vad(store).stream().feed(AudioFrame(_noise(FRAME_SAMPLES), 0)),
        "stt": lambda: _hear(settings, store),
        "tts": lambda: list(open_tts(settings.tts, store).synthesise("One.")),
    }
    reports: list[StageReport] = []
    findings: list[Finding] = []
    for stage in get_args(Stage):
        report = StageReport(compute.plan(stage))
        if report.wanted != "cpu":
            with models_opened() as opened:
                try:
                    used[stage]()
                except EdgeError as error:
                    findings.append(Finding.of(error))
            report = StageReport(report.plan, tuple(opened.values()))
        reports.append(report)
    return reports, findings + _left_on_the_processor(reports) + _missing_form(settings.stt, store)


def what_runs_where(reports: list[StageReport]) -> list[str]:
    """One line for all stages of which the same is to be said."""
    stages: defaultdict[str, list[Stage]] = defaultdict(list)
    for report in reports:
        stages[report.text].append(report.plan.stage)
    return [f"{', '.join(named)}: {text}" for text, named in stages.items()]


def _hear(settings: Settings, store: ModelStore) -> None:
    stream = open_stt(settings.stt, store, settings.device.language).stream()
    stream.feed(_noise(SAMPLE_RATE_HZ))
    stream.finish()


def _noise(samples: int) -> Samples:
    """Loud enough not to be taken for silence."""
    return np.random.default_rng(0).normal(0, 0.05, samples).astype(np.float32)


def _left_on_the_processor(reports: list[StageReport]) -> list[Finding]:
    """What runs on the processor instead of an accelerator, with the next step for the first failure."""
    stages: defaultdict[tuple[str, str], list[Stage]] = defaultdict(list)
    for report in reports:
        left = [model for model in report.runs if model.device == "cpu"]
        if failures := _failures(left):
            which = "" if len(left) == len(report.runs) else f", {len(left)} of {len(report.runs)} models"
            reasons = "; ".join(dict.fromkeys(failure.reason for failure in failures))
            message = f"on the processor instead of {report.wanted}{which}: {reasons}"
            stages[message, _next_step(report.plan.stage, failures[0])].append(report.plan.stage)
    return [
        Finding("provider-failed", f"{', '.join(named)}: {message}", hint, certain=False)
        for (message, hint), named in stages.items()
    ]


def _missing_form(settings: SttSettings, store: ModelStore) -> list[Finding]:
    """The networks in standard operators, where a device in the recogniser's plan needs them."""
    model = settings.model or STT_DEFAULTS[settings.engine]
    if settings.engine != "moonshine" or is_path(model) or model not in store.names():
        return []
    device = missing_form(store, model)
    if device is None:
        return []
    message = (
        f"stt: {device} takes few of the operators that '{model}' is published in; the standard ones are not there"
    )
    hint = f"make them, which takes minutes: {models_program(store.folder)} models quantize {model}"
    return [Finding("standard-missing", message, hint, certain=False)]


def _next_step(stage: Stage, failure: Failure) -> str:
    match failure.step:
        case "installed":
            package = failure.provider.package
            for whole in _IN_PLACE_OF_THE_RUNTIME:
                if whole.startswith(package):
                    return f"install it in place of onnxruntime: {pip_replace('onnxruntime', whole)}"
            return f"install it: {pip_install(package)}"
        case "prepared":
            return f"build them: {edge_voice('models build')}"
        case "loaded" if any(library in failure.reason for library in _CUDA_LIBRARIES):
            return f"install CUDA, or its packages: {pip_install(_CUDA_PACKAGES)}"
        case "loaded":
            return f"see whether the system knows the device: {_LOOK_FOR.get(failure.provider.device, 'lspci')}"
        case "built" | "run":
            return f'this stage may be faster if nothing is tried: write {stage} = "cpu" in [compute]'


def _failures(models: tuple[InUse, ...] | list[InUse]) -> list[Failure]:
    """Those of all models, each once."""
    found = {(one.provider.package, one.provider.name, one.step): one for it in models for one in it.instead_of}
    return list(found.values())

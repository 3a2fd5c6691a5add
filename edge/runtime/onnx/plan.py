"""Which providers of ONNX Runtime a stage tries, in which order, and with which options. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from edge.settings import ComputeSettings, Device, Stage

CPU: Final = "CPUExecutionProvider"


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider. `package` brings it; `plugin` is the module of a plug-in, None for one built into the runtime.

    `engines` is the folder of the engines that it runs, None for a provider that builds none.
    """

    device: Device
    name: str
    package: str
    plugin: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    engines: Path | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What was measured to be best for a stage on this board."""

    device: Device
    threads: int | None = None


@dataclass(frozen=True, slots=True)
class ExecutionPlan:
    """How the models of a stage run.

    `providers` are tried in this order; the last one is the CPU. `threads`: None for as many as the engine asks for.
    `reason`: "setting", "tuned", or "default" for the CPU where nothing was measured.
    """

    stage: Stage
    providers: tuple[Provider, ...]
    threads: int | None
    reason: str


ON_CPU: Final = Provider("cpu", CPU, "onnxruntime")

_PROVIDERS: Final[Mapping[Device, tuple[Provider, ...]]] = {
    "cpu": (),
    "cuda": (
        Provider(
            "cuda",
            "CUDAExecutionProvider",
            "onnxruntime-gpu",
            options={"cudnn_conv_algo_search": "HEURISTIC", "arena_extend_strategy": "kSameAsRequested"},
        ),
    ),
    "tensorrt": (
        Provider(
            "tensorrt",
            "NvTensorRTRTXExecutionProvider",
            "onnxruntime-ep-nv-tensorrt-rtx-cu13",
            "onnxruntime_ep_nv_tensorrt_rtx",
        ),
        Provider("tensorrt", "TensorrtExecutionProvider", "onnxruntime-gpu"),
    ),
    "openvino": (
        Provider("openvino", "OpenVINOExecutionProvider", "onnxruntime-ep-openvino", "onnxruntime_ep_openvino"),
        Provider("openvino", "OpenVINOExecutionProvider", "onnxruntime-openvino", options={"device_type": "CPU"}),
    ),
    "webgpu": (Provider("webgpu", "WebGpuExecutionProvider", "onnxruntime-ep-webgpu", "onnxruntime_ep_webgpu"),),
    "qnn": (Provider("qnn", "QNNExecutionProvider", "onnxruntime-qnn", "onnxruntime_qnn"),),
}
"""Plug-ins first: they sit beside the plain runtime. TensorRT leaves to CUDA what it cannot build."""


PACKAGES: Final = frozenset({ON_CPU.package}.union(*({it.package for it in found} for found in _PROVIDERS.values())))
"""The packages that bring the providers."""


def providers_of(device: Device) -> tuple[Provider, ...]:
    """The providers for a device, in the order in which they are tried."""
    return _PROVIDERS[device]


def plan_for(
    stage: Stage, settings: ComputeSettings, tuned: Mapping[Stage, Choice], *, engines: Path | None = None
) -> ExecutionPlan:
    """The plan of a stage. `tuned` are the choices that were measured here; `engines` is the folder of its engines."""
    wanted: Device | None = getattr(settings, stage)
    device = settings.device if wanted is None else wanted
    if device != "auto":
        return ExecutionPlan(stage, _providers(device, settings, engines), None, "setting")
    if (choice := tuned.get(stage)) is not None:
        return ExecutionPlan(stage, _providers(choice.device, settings, engines), choice.threads, "tuned")
    return ExecutionPlan(stage, (ON_CPU,), None, "default")


def _providers(device: Device, settings: ComputeSettings, engines: Path | None) -> tuple[Provider, ...]:
    found = _PROVIDERS[device]
    if device == "tensorrt":
        found = (*(_with_engines(it, engines) for it in found), *_PROVIDERS["cuda"])
    if settings.gpu_memory_mb is not None:
        limit = {"gpu_mem_limit": str(settings.gpu_memory_mb << 20)}
        found = tuple(_with_options(it, limit) if it.device == "cuda" else it for it in found)
    return (*found, ON_CPU)


def _with_engines(provider: Provider, folder: Path | None) -> Provider:
    """TensorRT builds an engine for minutes; it is kept, and what it measured on the way too."""
    if folder is None:
        return provider
    if provider.plugin is not None:
        options = {"nv_runtime_cache_path": str(folder)}
    else:
        options = {
            "trt_engine_cache_enable": "1",
            "trt_engine_cache_path": str(folder),
            "trt_timing_cache_enable": "1",
            "trt_timing_cache_path": str(folder),
            "trt_fp16_enable": "1",
        }
    return replace(_with_options(provider, options), engines=folder)


@dataclass(frozen=True, slots=True)
class Shapes:
    """The sizes of an input whose size varies: the smallest, the usual, the largest."""

    smallest: tuple[int, ...]
    usual: tuple[int, ...]
    largest: tuple[int, ...]


def with_shapes(provider: Provider, shapes: Mapping[str, Shapes]) -> Provider:
    """A provider that is told the sizes of inputs before it builds an engine; others need not know them.

    onnxruntime.ai/docs/execution-providers/TensorRT-ExecutionProvider.html (explicit shape ranges); the plug-in's
    options have the same form.
    """
    if provider.device != "tensorrt" or not shapes:
        return provider
    prefix = "trt" if provider.plugin is None else "nv"
    ends: dict[str, Callable[[Shapes], tuple[int, ...]]] = {
        "min": lambda it: it.smallest,
        "opt": lambda it: it.usual,
        "max": lambda it: it.largest,
    }
    options = {
        f"{prefix}_profile_{end}_shapes": ",".join(
            f"{name}:{'x'.join(map(str, size(shape)))}" for name, shape in shapes.items()
        )
        for end, size in ends.items()
    }
    return _with_options(provider, options)


def _with_options(provider: Provider, options: Mapping[str, str]) -> Provider:
    return replace(provider, options={**provider.options, **options})

"""Which providers of ONNX Runtime a stage tries, in which order, and with which options. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from edge.settings import ComputeSettings, Device, Stage

CPU: Final = "CPUExecutionProvider"


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider. `package` brings it; `plugin` is the module of a plug-in, None for one built into the runtime."""

    device: Device
    name: str
    package: str
    plugin: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)


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


def providers_of(device: Device) -> tuple[Provider, ...]:
    """The providers for a device, in the order in which they are tried."""
    return _PROVIDERS[device]


def plan_for(
    stage: Stage, settings: ComputeSettings, tuned: Mapping[Stage, Choice], *, cache: Path | None = None
) -> ExecutionPlan:
    """The plan of a stage. `tuned` are the choices that were measured on this board; `cache` holds built engines."""
    wanted: Device | None = getattr(settings, stage)
    device = settings.device if wanted is None else wanted
    if device != "auto":
        return ExecutionPlan(stage, _providers(device, settings, cache), None, "setting")
    if (choice := tuned.get(stage)) is not None:
        return ExecutionPlan(stage, _providers(choice.device, settings, cache), choice.threads, "tuned")
    return ExecutionPlan(stage, (ON_CPU,), None, "default")


def _providers(device: Device, settings: ComputeSettings, cache: Path | None) -> tuple[Provider, ...]:
    found = _PROVIDERS[device]
    if device == "tensorrt":
        found = (*(_with_cache(it, cache) for it in found), *_PROVIDERS["cuda"])
    if settings.gpu_memory_mb is not None:
        limit = {"gpu_mem_limit": str(settings.gpu_memory_mb << 20)}
        found = tuple(_with_options(it, limit) if it.device == "cuda" else it for it in found)
    return (*found, ON_CPU)


def _with_cache(provider: Provider, cache: Path | None) -> Provider:
    """TensorRT builds an engine for minutes; it is kept, and what it measured on the way too."""
    if cache is None:
        return provider
    if provider.plugin is not None:
        options = {"nv_runtime_cache_path": str(cache)}
    else:
        options = {
            "trt_engine_cache_enable": "1",
            "trt_engine_cache_path": str(cache),
            "trt_timing_cache_enable": "1",
            "trt_timing_cache_path": str(cache),
            "trt_fp16_enable": "1",
        }
    return _with_options(provider, options)


def _with_options(provider: Provider, options: Mapping[str, str]) -> Provider:
    return replace(provider, options={**provider.options, **options})

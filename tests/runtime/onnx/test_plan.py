from pathlib import Path
from typing import get_args

import pytest

from edge.runtime.onnx.plan import ON_CPU, Choice, plan_for
from edge.settings import ComputeSettings, Device, Stage

STAGES: tuple[Stage, ...] = get_args(Stage)
DEVICES: tuple[Device, ...] = get_args(Device)


@pytest.mark.parametrize("stage", STAGES)
def test_before_anything_was_measured_everything_runs_on_the_cpu(stage: Stage) -> None:
    plan = plan_for(stage, ComputeSettings(), {})
    assert (plan.providers, plan.threads, plan.reason) == ((ON_CPU,), None, "default")


@pytest.mark.parametrize("device", DEVICES)
def test_every_plan_ends_on_the_cpu(device: Device) -> None:
    plan = plan_for("stt", ComputeSettings(device=device), {})
    assert plan.providers[-1] == ON_CPU
    assert plan.providers.count(ON_CPU) == 1


def test_what_was_measured_is_used_where_the_settings_leave_it_open() -> None:
    tuned: dict[Stage, Choice] = {"stt": Choice("cuda", 1), "tts": Choice("cpu", 2)}
    plan = plan_for("stt", ComputeSettings(), tuned)
    assert [it.device for it in plan.providers] == ["cuda", "cpu"]
    assert (plan.threads, plan.reason) == (1, "tuned")
    assert plan_for("tts", ComputeSettings(), tuned).threads == 2
    assert plan_for("vad", ComputeSettings(), tuned).reason == "default"


def test_the_settings_of_a_stage_come_before_those_for_all_and_before_what_was_measured() -> None:
    settings = ComputeSettings(device="cuda", vad="cpu", stt="auto")
    tuned: dict[Stage, Choice] = {"vad": Choice("tensorrt"), "stt": Choice("openvino")}
    assert [plan_for(stage, settings, tuned).providers[0].device for stage in STAGES] == [
        "cuda",
        "cpu",
        "openvino",
        "cuda",
    ]
    assert plan_for("vad", settings, tuned).reason == "setting"


def test_tensorrt_tries_the_plug_in_then_the_builtin_one_and_leaves_the_rest_to_cuda() -> None:
    plan = plan_for("stt", ComputeSettings(device="tensorrt", gpu_memory_mb=512), {}, engines=Path("/cache"))
    assert [it.name for it in plan.providers] == [
        "NvTensorRTRTXExecutionProvider",
        "TensorrtExecutionProvider",
        "CUDAExecutionProvider",
        "CPUExecutionProvider",
    ]
    plugin, builtin, cuda, _ = plan.providers
    assert plugin.options["nv_runtime_cache_path"] == "/cache"
    assert builtin.options["trt_engine_cache_path"] == builtin.options["trt_timing_cache_path"] == "/cache"
    assert cuda.options["gpu_mem_limit"] == str(512 * 1024 * 1024)

"""Sessions that fall back: a provider that is missing, refuses, or breaks in the middle costs one line of the log."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import structlog.testing
from onnx import TensorProto, helper, save

from edge.errors import ModelError
from edge.runtime.onnx import compute, providers, report, session
from edge.runtime.onnx.plan import ON_CPU, Provider
from edge.runtime.onnx.report import InUse, providers_in_use
from edge.runtime.onnx.runtime import ort
from edge.settings import ComputeSettings

PLUGIN = "edge_voice_test_plugin"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """y = x + x."""
    shape = [1, 2]
    graph = helper.make_graph(
        [helper.make_node("Add", ["x", "x"], ["y"])],
        "twice",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, shape)],
    )
    path = tmp_path / "twice.onnx"
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), str(path))
    return path


@pytest.fixture(autouse=True)
def on(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[ComputeSettings], None]]:
    """Sets what models run on, for one test."""
    monkeypatch.setattr(report, "_logged", set())
    providers._devices.cache_clear()
    yield compute.use
    compute.use(ComputeSettings())
    providers._devices.cache_clear()


def twice(model: Path) -> list[float]:
    opened = session.open_session(model, "a model", stage="stt")
    return [float(value) for value in opened.run(None, {"x": np.array([[1, 2]], np.float32)})[0][0]]


def warnings(logged: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    return [(it["provider"], it["reason"], it["instead"]) for it in logged if it["event"] == "provider-failed"]


def test_a_model_runs_on_the_cpu_and_that_is_reported(model: Path) -> None:
    opened = session.open_session(model, "a model", stage="vad")
    assert [it for it in providers_in_use() if it.model == "twice.onnx"] == [
        InUse("vad", "twice.onnx", "cpu", "CPUExecutionProvider", {"CPUExecutionProvider": 1})
    ]
    del opened
    assert [it for it in providers_in_use() if it.model == "twice.onnx"] == []


def test_a_provider_that_the_runtime_does_not_have_is_named_once_for_all_models(
    model: Path, on: Callable[[ComputeSettings], None]
) -> None:
    on(ComputeSettings(device="cuda"))
    with structlog.testing.capture_logs() as logged:
        assert twice(model) == twice(model) == [2, 4]
    assert warnings(logged) == [("CUDAExecutionProvider", "onnxruntime-gpu is not installed", "CPUExecutionProvider")]


def plugin(monkeypatch: pytest.MonkeyPatch, library: str, provider: str = "FakeExecutionProvider") -> None:
    module = SimpleNamespace(get_library_path=lambda: library, get_ep_name=lambda: provider)
    monkeypatch.setitem(sys.modules, PLUGIN, module)
    fake = Provider("webgpu", provider, "onnxruntime-ep-fake", PLUGIN)
    monkeypatch.setattr("edge.runtime.onnx.plan._PROVIDERS", {"webgpu": (fake,)})


def test_a_plug_in_whose_library_cannot_be_loaded(
    model: Path, on: Callable[[ComputeSettings], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    library = tmp_path / "libbroken.so"
    library.write_bytes(b"no library")
    plugin(monkeypatch, str(library))
    on(ComputeSettings(device="webgpu"))
    with structlog.testing.capture_logs() as logged:
        assert twice(model) == [2, 4]
    ((name, reason, instead),) = warnings(logged)
    assert (name, instead) == ("FakeExecutionProvider", "CPUExecutionProvider")
    assert reason.startswith("onnxruntime-ep-fake cannot be loaded: ")


def test_a_plug_in_that_is_not_installed(
    model: Path, on: Callable[[ComputeSettings], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    plugin(monkeypatch, "")
    monkeypatch.delitem(sys.modules, PLUGIN)
    on(ComputeSettings(device="webgpu"))
    with structlog.testing.capture_logs() as logged:
        assert twice(model) == [2, 4]
    assert warnings(logged)[0][1] == "onnxruntime-ep-fake is not installed"


class Breaking:
    """A session of an accelerator that works for some calls, and is then lost."""

    def __init__(self, real: ort.InferenceSession, calls: int) -> None:
        self._real = real
        self._calls = calls

    def run(self, outputs: Sequence[str] | None, feeds: Mapping[str, Any]) -> list[Any]:
        self._calls -= 1
        if self._calls < 0:
            message = "CUDA failure 999: unknown error"
            raise RuntimeError(message)
        return self._real.run(outputs, feeds)  # type: ignore[no-any-return]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


def test_a_provider_that_breaks_in_the_middle_costs_one_call_and_no_result(
    model: Path, on: Callable[[ComputeSettings], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = session._create

    def create(model: Path, provider: Provider, threads: int) -> Any:
        opened = real(model, ON_CPU, threads)
        return Breaking(opened, calls=1) if provider.device == "cuda" else opened

    monkeypatch.setattr(session, "_create", create)
    on(ComputeSettings(device="cuda"))
    opened = session.open_session(model, "a model", stage="stt")
    feeds = {"x": np.array([[1, 2]], np.float32)}
    with structlog.testing.capture_logs() as logged:
        results = [opened.run(None, feeds)[0].tolist() for _ in range(3)]
    assert results == [[[2, 4]]] * 3
    assert warnings(logged) == [("CUDAExecutionProvider", "CUDA failure 999: unknown error", "CPUExecutionProvider")]
    (in_use,) = [it for it in providers_in_use() if it.model == "twice.onnx"]
    (failure,) = in_use.instead_of
    assert in_use.device == "cpu"
    assert (failure.provider.name, failure.step, failure.reason) == (
        "CUDAExecutionProvider",
        "run",
        "CUDA failure 999: unknown error",
    )


def test_wrong_inputs_are_the_caller_s_error(model: Path) -> None:
    opened = session.open_session(model, "a model", stage="stt")
    with pytest.raises(Exception, match=r"Missing Input|Required inputs"):
        opened.run(None, {})


def test_a_file_that_is_no_model_is_one_clear_error(tmp_path: Path, on: Callable[[ComputeSettings], None]) -> None:
    on(ComputeSettings(device="cuda"))
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no model")
    with pytest.raises(ModelError) as caught:
        session.open_session(broken, "a model", stage="stt")
    assert caught.value.code == "model-invalid"


def test_a_provider_that_is_not_installed_is_no_failure_beside_another_one_for_the_same_device(
    model: Path, on: Callable[[ComputeSettings], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = Provider("openvino", "OpenVINOExecutionProvider", "onnxruntime-ep-openvino", "no_such_plugin")
    builtin = Provider("openvino", "CPUExecutionProvider", "onnxruntime-openvino")
    monkeypatch.setattr("edge.runtime.onnx.plan._PROVIDERS", {"openvino": (missing, builtin)})
    on(ComputeSettings(device="openvino"))
    with structlog.testing.capture_logs() as logged:
        assert twice(model) == [2, 4]
    assert warnings(logged) == []


def test_a_runtime_that_does_not_tell_what_runs_where_is_used_all_the_same(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_PER_NODE", "session.unknown_to_the_runtime")
    opened = session.open_session(model, "a model", stage="vad")
    (in_use,) = [it for it in providers_in_use() if it.model == "twice.onnx"]
    assert in_use.nodes is None
    assert opened.get_inputs()[0].name == "x"

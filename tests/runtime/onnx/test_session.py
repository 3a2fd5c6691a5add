"""Sessions that fall back: a provider that is missing, refuses, or breaks in the middle costs one line of the log."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import structlog.testing

from edge.errors import ModelError
from edge.runtime.onnx import session
from edge.runtime.onnx.plan import ON_CPU, Provider
from edge.runtime.onnx.report import InUse, providers_in_use
from edge.runtime.onnx.runtime import ort
from edge.settings import ComputeSettings
from tests.runtime.onnx.conftest import On, twice, warnings

PLUGIN = "edge_voice_test_plugin"


def test_a_model_runs_on_the_cpu_and_that_is_reported(model: Path) -> None:
    opened = session.open_session(model, "a model", stage="vad")
    assert [it for it in providers_in_use() if it.model == "twice.onnx"] == [
        InUse("vad", "twice.onnx", "cpu", "CPUExecutionProvider", {"CPUExecutionProvider": 1})
    ]
    del opened
    assert [it for it in providers_in_use() if it.model == "twice.onnx"] == []


def test_a_provider_that_the_runtime_does_not_have_is_named_once_for_all_models(model: Path, on: On) -> None:
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
    model: Path, on: On, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
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


def test_a_plug_in_that_is_not_installed(model: Path, on: On, monkeypatch: pytest.MonkeyPatch) -> None:
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
    model: Path, on: On, monkeypatch: pytest.MonkeyPatch
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


def test_a_file_that_is_no_model_is_one_clear_error(tmp_path: Path, on: On) -> None:
    on(ComputeSettings(device="cuda"))
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no model")
    with pytest.raises(ModelError) as caught:
        session.open_session(broken, "a model", stage="stt")
    assert caught.value.code == "model-invalid"


def test_of_providers_that_are_not_installed_one_is_named_and_none_beside_one_that_is(
    model: Path, on: On, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = Provider("openvino", "OpenVINOExecutionProvider", "onnxruntime-ep-openvino", "no_such_plugin")
    builtin = Provider("openvino", "CPUExecutionProvider", "onnxruntime-openvino")
    monkeypatch.setattr("edge.runtime.onnx.plan._PROVIDERS", {"openvino": (missing, builtin)})
    on(ComputeSettings(device="openvino"))
    with structlog.testing.capture_logs() as logged:
        assert twice(model) == [2, 4]
    assert warnings(logged) == []
    on(ComputeSettings(device="tensorrt"))
    monkeypatch.setattr("edge.runtime.onnx.plan._PROVIDERS", {"tensorrt": (missing, missing), "cuda": (missing,)})
    with structlog.testing.capture_logs() as logged:
        assert twice(model) == [2, 4]
    assert warnings(logged) == [(missing.name, "onnxruntime-ep-openvino is not installed", "CPUExecutionProvider")]


def test_a_runtime_that_does_not_tell_what_runs_where_is_used_all_the_same(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_PER_NODE", "session.unknown_to_the_runtime")
    opened = session.open_session(model, "a model", stage="vad")
    (in_use,) = [it for it in providers_in_use() if it.model == "twice.onnx"]
    assert in_use.nodes is None
    assert opened.get_inputs()[0].name == "x"

"""The whole way of a plug-in, with libraries that the runtime really loads: order, fallback and report."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
import structlog.testing

from edge.audio.recordings import read_recording
from edge.bench.stt import RECORDINGS
from edge.runtime.onnx import session
from edge.runtime.onnx.plan import Provider
from edge.runtime.onnx.report import InUse, providers_in_use, shares
from edge.runtime.onnx.resident import Resident
from edge.settings import Settings, Stage
from edge.store import ModelStore
from edge.stt import open_stt
from tests.runtime.onnx.conftest import twice, warnings

CPU = "CPUExecutionProvider"
Fake = Callable[..., Provider]


def in_use(name: str = "twice.onnx") -> InUse:
    (found,) = [it for it in providers_in_use() if it.model == name]
    return found


def test_a_plug_in_runs_a_model_and_the_report_says_so(model: Path, fake: Fake, only: Callable[..., None]) -> None:
    provider = fake("NOWHERE")
    only(provider)
    with structlog.testing.capture_logs() as logged:
        opened = session.open_session(model, "a model", stage="stt")
        result = opened.run(None, {"x": np.array([[1, 2]], np.float32)})[0].tolist()
    assert (result, logged) == ([[2, 4]], [])
    assert in_use() == InUse("stt", "twice.onnx", "webgpu", provider.name, {provider.name: 1})
    assert in_use().instead_of == ()


def test_the_cuda_runtime_that_a_plug_in_brings_is_found(model: Path, fake: Fake, only: Callable[..., None]) -> None:
    provider = fake("NOWHERE", brings="libcudart.so.99")
    only(provider)
    opened = session.open_session(model, "a model", stage="stt")
    assert opened.run(None, {"x": np.array([[1, 2]], np.float32)})[0].tolist() == [[2, 4]]
    assert in_use().provider == provider.name


def test_providers_are_tried_in_order_and_each_failure_is_one_line(
    model: Path, fake: Fake, only: Callable[..., None]
) -> None:
    loading, listing, building, running = (
        fake("LOADING"),
        fake("LISTING"),
        fake("BUILDING"),
        fake("RUNNING", working_runs=1),
    )
    only(loading, listing, building, running)
    feeds = {"x": np.array([[1, 2]], np.float32)}
    with structlog.testing.capture_logs() as logged:
        opened = session.open_session(model, "a model", stage="stt")
        assert (in_use().provider, in_use().nodes) == (running.name, {running.name: 1})
        results = [opened.run(None, feeds)[0].tolist() for _ in range(3)]
        assert twice(model) == [2, 4]
    assert results == [[[2, 4]]] * 3
    assert warnings(logged) == [
        (loading.name, "onnxruntime-ep-fake-loading cannot be loaded: the driver is too old", listing.name),
        (listing.name, "onnxruntime-ep-fake-listing finds no device", building.name),
        (building.name, "the model is not for this device", running.name),
        (running.name, "the device is lost", CPU),
    ]
    assert (in_use().device, in_use().provider, in_use().nodes) == ("cpu", CPU, {CPU: 1})
    assert [it.step for it in in_use().instead_of] == ["loaded", "loaded", "built", "run"]


def test_a_provider_that_takes_no_node_is_reported_with_none(
    model: Path, fake: Fake, only: Callable[..., None]
) -> None:
    provider = fake("TAKING")
    only(provider)
    opened = session.open_session(model, "a model", stage="stt")
    assert opened.run(None, {"x": np.array([[1, 2]], np.float32)})[0].tolist() == [[2, 4]]
    assert shares([in_use()]) == {"stt": {CPU: 1.0}}


def test_what_stays_on_a_device_is_fetched_for_the_next_one_when_it_fails(
    model: Path, fake: Fake, only: Callable[..., None]
) -> None:
    provider = fake("RUNNING", working_runs=2)
    only(provider)
    opened = session.open_session(model, "a model", stage="stt")
    value: Any = np.array([[1, 2]], np.float32)
    for _ in range(4):
        (value,) = opened.run_resident(["y"], {"x": value}, stay=["y"])
        assert isinstance(value, Resident)
    assert value.fetch().tolist() == [[16, 32]]
    assert opened.run_resident(["y"], {"x": value}, stay=[])[0].tolist() == [[32, 64]]
    assert in_use().device == "cpu"
    assert opened.run(None, {"x": value.fetch()})[0].tolist() == [[32, 64]]


@pytest.mark.parametrize(("fails_at", "device"), [("NOWHERE", "webgpu"), ("LISTING", "cpu"), ("LOADING", "cpu")])
def test_stages_that_open_at_the_same_time_register_a_plug_in_once(
    fails_at: str, device: str, model: Path, fake: Fake, only: Callable[..., None]
) -> None:
    only(fake(fails_at))
    together = threading.Barrier(4)

    def open_one(stage: Stage) -> session.Session:
        together.wait(10)
        return session.open_session(model, "a model", stage=stage)

    with structlog.testing.capture_logs() as logged, ThreadPoolExecutor(4) as threads:
        opened = list(threads.map(open_one, get_args(Stage)))
    found = [it for it in providers_in_use() if it.model == "twice.onnx"]
    assert [it.device for it in found] == [device] * len(opened)
    assert len({reason for _, reason, _ in warnings(logged)}) == len(warnings(logged)) // 4 == (device == "cpu")


def test_a_recogniser_whose_device_is_lost_in_the_middle_hears_the_same_text(
    store: ModelStore, fake: Fake, only: Callable[..., None]
) -> None:
    speech = read_recording(RECORDINGS.parent / "06-light-on.flac")

    def text() -> str:
        stream = open_stt(Settings().stt, store).stream()
        stream.feed(speech)
        return stream.finish().text

    expected = text()
    provider = fake("RUNNING")
    only(provider)
    with structlog.testing.capture_logs() as logged:
        assert text() == expected != ""
    assert [(name, instead) for name, _, instead in warnings(logged)] == [(provider.name, CPU)]

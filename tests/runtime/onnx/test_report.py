"""The report of what runs where."""

import gc
import threading
from collections.abc import Mapping

import structlog.testing

from edge.runtime.onnx.plan import Provider
from edge.runtime.onnx.report import Failure, InUse, log_failure, models_opened, note, providers_in_use, shares
from edge.settings import Device

FAST, CPU = "FastExecutionProvider", "CPUExecutionProvider"


class Owner:
    """What has opened a model."""


def model(name: str, device: Device, nodes: Mapping[str, int] | None) -> InUse:
    return InUse("stt", name, device, CPU if device == "cpu" else FAST, nodes)


def test_shares_are_those_of_the_nodes_of_all_models_of_a_stage() -> None:
    models = [model("encoder", "cuda", {FAST: 90, CPU: 10}), model("decoder", "cpu", {CPU: 100})]
    assert shares(models) == {"stt": {CPU: 0.55, FAST: 0.45}}
    assert shares([]) == {}


def test_a_share_that_nobody_knows_is_none_and_a_runtime_that_is_alone_runs_everything() -> None:
    assert shares([model("encoder", "cuda", None)]) == {"stt": {FAST: None}}
    assert shares([model("encoder", "cuda", None), model("decoder", "cpu", {CPU: 1})]) == {
        "stt": {FAST: None, CPU: None}
    }
    assert shares([InUse("stt", "small", "cpu", "Kaldi")]) == {"stt": {"Kaldi": 1.0}}


def test_models_that_were_opened_are_known_after_they_are_closed_and_as_they_were_last() -> None:
    before = Owner()
    note(before, model("before", "cpu", {CPU: 1}))
    with models_opened() as opened:
        owner = Owner()
        note(owner, model("encoder", "cuda", {FAST: 1}))
        note(owner, model("encoder", "cpu", {CPU: 1}))
        assert [it.model for it in providers_in_use() if it.stage == "stt"][-2:] == ["before", "encoder"]
        del owner
    after = Owner()
    note(after, model("after", "cpu", {CPU: 1}))
    assert [(it.model, it.device) for it in opened.values()] == [("encoder", "cpu")]
    assert "encoder" not in [it.model for it in providers_in_use()]


def test_a_model_may_be_dropped_by_the_garbage_collector_at_any_moment() -> None:
    def churn() -> None:
        for _ in range(300):
            owner = Owner()
            owner.myself = owner  # type: ignore[attr-defined] # only the collector can drop it
            note(owner, model("cycle", "cpu", None))
            providers_in_use()
            gc.collect(0)

    threads = [threading.Thread(target=churn, daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    gc.collect()
    assert "cycle" not in [it.model for it in providers_in_use()]


def test_a_failure_is_one_line_for_all_models_of_a_stage() -> None:
    provider = Provider("webgpu", FAST, "onnxruntime-ep-for-this-test")
    with structlog.testing.capture_logs() as logged:
        for reason in ("no device", "no device", "another reason"):
            log_failure("tts", Failure(provider, "loaded", reason), CPU)
        log_failure("tts", Failure(provider, "run", "lost"), CPU)
        log_failure("vad", Failure(provider, "loaded", "no device"), CPU)
    assert [(it["stage"], it["reason"]) for it in logged] == [
        ("tts", "no device"),
        ("tts", "lost"),
        ("vad", "no device"),
    ]

"""`edge-voice doctor` on what the models run on. No accelerator is needed: what is missing is what it is about."""

import json
from pathlib import Path

import pytest

from edge.cli import doctor_compute
from edge.cli.doctor_compute import StageReport, look_at_compute, what_runs_where
from edge.runtime.onnx import compute
from edge.runtime.onnx.plan import ON_CPU, Provider, plan_for
from edge.runtime.onnx.report import Failure, InUse, Step
from edge.settings import ComputeSettings, Device, Settings
from edge.store import ModelStore
from edge.store.standard import keep_standard
from tests.fakes.command_line import edge_voice

FAST = Provider("webgpu", "FastExecutionProvider", "onnxruntime-ep-fast", "onnxruntime_ep_fast")


def report(*runs: InUse) -> StageReport:
    return StageReport(plan_for("stt", ComputeSettings(stt="webgpu"), {}), runs)


def failed(step: Step, provider: Provider = FAST) -> InUse:
    why = Failure(provider, step, "it went wrong")
    return InUse("stt", f"{step}.onnx", "cpu", ON_CPU.name, {ON_CPU.name: 10}, (why,))


def test_what_runs_on_the_processor_by_default_is_one_line_and_no_finding(tmp_path: Path) -> None:
    reports, findings = look_at_compute(Settings(), ModelStore(tmp_path / "empty"))
    assert findings == []
    assert what_runs_where(reports) == ["wake, vad, stt, tts: the processor (default: cpu)"]
    assert json.loads(json.dumps(reports[0].document()))["plan"] == [ON_CPU.name]


def test_a_stage_on_an_accelerator_is_opened_and_used(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(compute=ComputeSettings(vad="webgpu", stt="qnn", tts="openvino"))
    monkeypatch.setattr(compute, "_environment", compute._Environment(settings.compute))
    reports, findings = look_at_compute(settings, store)
    assert [stage.document()["providers"] for stage in reports] == [None, *[{ON_CPU.name: 1.0}] * 3]
    left = [finding for finding in findings if finding.code == "provider-failed"]
    assert [finding.message.split(":")[0] for finding in left] == ["vad", "stt", "tts"]
    for finding, package in zip(left, ("webgpu", "qnn", "openvino"), strict=True):
        assert f"{package} is not installed" in finding.message
        assert " install onnxruntime-" in finding.hint
        assert not finding.certain


@pytest.mark.parametrize(("device", "missing"), [("cpu", False), ("openvino", True)])
def test_networks_that_a_device_in_the_plan_needs_are_missing_until_they_were_made(
    device: Device, missing: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(compute=ComputeSettings(stt=device))
    monkeypatch.setattr(compute, "_environment", compute._Environment(settings.compute))
    store = ModelStore(tmp_path)
    (tmp_path / "moonshine-tiny-en").mkdir()
    found = doctor_compute._missing_form(settings.stt, store)
    assert [it.code for it in found] == ["standard-missing"] * missing
    assert all(it.hint.endswith("models quantize moonshine-tiny-en") for it in found)
    keep_standard(store, "moonshine-tiny-en", _write_forms)
    assert doctor_compute._missing_form(settings.stt, store) == []


def _write_forms(folder: Path) -> None:
    for form in ("float", "int8"):
        (folder / form).mkdir()
        (folder / form / "encoder.onnx").write_bytes(form.encode())


def test_models_that_are_missing_are_an_error_and_nothing_is_claimed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(compute=ComputeSettings(vad="webgpu"))
    monkeypatch.setattr(compute, "_environment", compute._Environment(settings.compute))
    reports, (finding,) = look_at_compute(settings, ModelStore(tmp_path / "empty"))
    assert finding.code == "model-missing"
    assert reports[1].text == "nothing could be opened (setting: webgpu)"


@pytest.mark.parametrize(
    ("step", "provider", "hint"),
    [
        ("installed", FAST, " install onnxruntime-ep-fast"),
        ("installed", Provider("cuda", "CUDAExecutionProvider", "onnxruntime-gpu"), " onnxruntime && "),
        ("prepared", FAST, "models build"),
        ("loaded", FAST, "vulkaninfo --summary"),
        ("built", FAST, 'write stt = "cpu" in [compute]'),
        ("run", FAST, 'write stt = "cpu" in [compute]'),
    ],
)
def test_each_failure_has_a_next_step(step: Step, provider: Provider, hint: str) -> None:
    (finding,) = doctor_compute._left_on_the_processor([report(failed(step, provider))])
    assert finding.message == "stt: on the processor instead of webgpu: it went wrong"
    assert hint in finding.hint


def test_libraries_of_cuda_that_are_missing_are_packages_to_install() -> None:
    cuda = Provider("cuda", "CUDAExecutionProvider", "onnxruntime-gpu")
    for library, hint in (("libcublasLt.so.13", "'onnxruntime-gpu[cuda,cudnn]'"), ("libcuda.so.1", "nvidia-smi")):
        why = Failure(cuda, "loaded", f"onnxruntime-gpu cannot be loaded: {library}: cannot open shared object file")
        assert doctor_compute._next_step("stt", why).endswith(hint)


def test_a_model_that_stayed_behind_is_told_apart_from_a_stage_that_did() -> None:
    encoder = InUse("stt", "encoder.onnx", "webgpu", FAST.name, {FAST.name: 30})
    mixed = report(encoder, failed("built"))
    assert (
        mixed.text
        == "FastExecutionProvider 75.0% of the nodes, CPUExecutionProvider 25.0% of the nodes (setting: webgpu)"
    )
    (finding,) = doctor_compute._left_on_the_processor([mixed])
    assert "instead of webgpu, 1 of 2 models: " in finding.message
    unknown = report(InUse("stt", "encoder.onnx", "webgpu", FAST.name))
    assert unknown.text == "FastExecutionProvider (setting: webgpu)"
    assert doctor_compute._left_on_the_processor([unknown]) == []


@pytest.mark.slow  # starts the command line
def test_a_benchmark_says_what_ran_its_models(store: ModelStore, tmp_path: Path) -> None:
    assert store.names()
    path, texts = tmp_path / "config.toml", tmp_path / "texts.txt"
    path.write_text('[compute]\ndevice = "cuda"\n', encoding="utf-8")
    texts.write_text("One.\n", encoding="utf-8")
    ran = edge_voice("-c", path, "bench", "tts", "--texts", texts, "--json")
    assert json.loads(ran.stdout)["providers"] == {"tts": {ON_CPU.name: 1.0}}
    assert ran.stderr.count("provider-failed") == 1

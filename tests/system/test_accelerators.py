"""docs/boards.md as an owner follows it: every provider is installed, really loaded, and tried.

The machines of the tests have no accelerator. So a turn has to end on the processor, with one line for each stage; only
the OpenVINO of `onnxruntime-openvino` runs here, on the processor.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from edge.bench.stt import RECORDINGS
from edge.store import ModelStore
from tests.docs.blocks import ROOT
from tests.docs.commands import commands

pytestmark = [pytest.mark.system, pytest.mark.timeout(900)]

PAGE = ROOT / "docs/boards.md"
STAGES = {"wake", "vad", "stt", "tts"}
CPU = {"CPUExecutionProvider": 1.0}
ROUNDING = {"float": 0.0, "int8": 0.03}
"""By how much the share of wrong words may differ between two providers that round: two of the 75 words or so."""


@dataclass(frozen=True)
class Checkout:
    """A folder with an environment of its own; the code is this checkout's."""

    folder: Path

    def types(self, command: str) -> None:
        """A command of the page."""
        subprocess.run(["sh", "-ec", command], cwd=self.folder, check=True, timeout=600)

    def follows(self, heading: str) -> None:
        """All commands under a heading of the page."""
        found = [
            command.text for command in commands(PAGE) if command.heading == heading and "cuda.txt" not in command.text
        ]
        assert found, f"{PAGE} has no commands under {heading}"
        for command in found:
            self.types(command)

    def edge_voice(self, device: str, *arguments: str, stt: str = "") -> subprocess.CompletedProcess[str]:
        """`edge-voice` with all models on a device; `stt`: the folder of a recogniser that is not the published one."""
        settings = self.folder / "config.toml"
        model = f'[stt]\nmodel = "{self.folder / stt}"\n' if stt else ""
        settings.write_text(f'[compute]\ndevice = "{device}"\n{model}', encoding="utf-8")
        return subprocess.run(
            [".venv/bin/python", "-m", "edge", "-c", str(settings), *arguments],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def texts(self, device: str, *, stt: str = "") -> list[str]:
        """What is heard in the recordings of the project."""
        recordings = sorted(map(str, RECORDINGS.parent.glob("*.flac")))
        heard = self.edge_voice(device, "transcribe", "--json", *recordings, stt=stt).stdout.splitlines()
        assert len(heard) == len(recordings)
        return [json.loads(line)["text"] for line in heard]

    def doctor(self, device: str) -> dict[str, Any]:
        """What `doctor` says of each stage. Its status is that of this machine, which may have no sound devices."""
        stages: dict[str, Any] = json.loads(self.edge_voice(device, "doctor", "--json").stdout)["compute"]
        return stages


@pytest.fixture(scope="module")
def checkout(store: ModelStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    assert store.names()
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "requirements").symlink_to(ROOT / "requirements")
    made = Checkout(folder)
    made.types(f"{sys.executable} -m venv .venv")
    made.types(".venv/bin/python -m pip install -qq --no-deps --require-hashes -r requirements/default.txt")
    yield made
    made.types("rm -rf .venv")  # a gigabyte


def turn_on_the_processor(checkout: Checkout, device: str, providers: set[str], reason: str) -> None:
    """One turn is answered; each provider failed once for each stage, for a reason that holds these words."""
    ran = checkout.edge_voice(device, "demo", "--quick", "--json")
    assert ran.returncode == 0, ran.stderr
    (turn,) = json.loads(ran.stdout)["turns"]
    assert (turn["outcome"], turn["transcript"]) == ("answered", "What time is it?")
    lines = [line for line in ran.stderr.splitlines() if "provider-failed" in line]
    failed = Counter(
        (match[1], match[2]) for line in lines if (match := re.search(r"provider=(\w+) .*stage=(\w+)", line))
    )
    assert failed == Counter((provider, stage) for provider in providers for stage in STAGES), ran.stderr
    assert all(re.search(reason, line) for line in lines), lines


def test_plug_ins_are_installed_beside_the_runtime_and_loaded(checkout: Checkout) -> None:
    checkout.follows("Beside onnxruntime")
    turn_on_the_processor(checkout, "openvino", {"OpenVINOExecutionProvider"}, "finds no device")
    turn_on_the_processor(checkout, "webgpu", {"WebGpuExecutionProvider"}, "finds no device")
    turn_on_the_processor(checkout, "tensorrt", {"NvTensorRTRTXExecutionProvider"}, "its engines are not built")
    built = checkout.edge_voice("tensorrt", "models", "build").stdout
    assert re.findall(r"^(\w+): .*(?:libcuda\.so|finds no device)", built, re.MULTILINE) == [
        "wake",
        "vad",
        "stt",
        "tts",
    ]
    turn_on_the_processor(checkout, "qnn", {"QNNExecutionProvider"}, "backend|finds no device")
    stages = checkout.doctor("webgpu")
    assert {stage: stages[stage]["providers"] for stage in STAGES} == dict.fromkeys(STAGES, CPU)
    assert {stages[stage]["failed"][0]["step"] for stage in STAGES} == {"loaded"}


def test_onnxruntime_gpu_takes_the_place_of_the_runtime(checkout: Checkout) -> None:
    checkout.follows("onnxruntime-gpu")
    turn_on_the_processor(checkout, "cuda", {"CUDAExecutionProvider"}, r"cannot be loaded: lib\w+\.so")


def test_openvino_hears_what_the_processor_hears_and_leaves_to_it_what_it_cannot_build(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.follows("Back to onnxruntime")
    checkout.follows("onnxruntime-openvino")
    assert checkout.texts("openvino") == checkout.texts("cpu")
    stages = checkout.doctor("openvino")
    assert stages["wake"]["providers"] == stages["wake"]["providers"] | {"OpenVINOExecutionProvider": 1.0}
    assert stages["vad"]["providers"] == CPU
    assert [it["step"] for it in stages["vad"]["failed"]] == ["built"]
    assert stages["stt"]["providers"]["OpenVINOExecutionProvider"] > 0
    with capsys.disabled():
        print("\nOpenVINO:", {stage: stages[stage]["providers"] for stage in STAGES})  # noqa: T201 - the figures


@pytest.fixture(scope="module")
def benchmark(checkout: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., dict[str, Any]]:
    """`benchmark("openvino")`: what `bench stt` measures with twelve of the recordings; it prints the figures."""
    checkout.types(".venv/bin/python -m pip install -qq --no-deps --require-hashes -r requirements/bench.txt")
    manifest = tmp_path_factory.mktemp("bench") / "manifest.jsonl"
    rows = [json.loads(line) for line in RECORDINGS.read_text(encoding="utf-8").splitlines()]
    some = [row | {"audio": str(RECORDINGS.parent / row["audio"])} for row in rows if row.get("text")][:12]
    manifest.write_text("\n".join(map(json.dumps, some)), encoding="utf-8")

    def measure(device: str, *, stt: str = "") -> dict[str, Any]:
        ran = checkout.edge_voice(device, "bench", "stt", "--manifest", str(manifest), "--json", stt=stt)
        result: dict[str, Any] = json.loads(ran.stdout)
        kept = {key: result[key] for key in ("wer", "rtf", "latency_ms")}
        print(f"\nbench stt on {device}, {stt or 'published'}:", kept, result["providers"]["stt"])  # noqa: T201 - as above
        return result

    return measure


def test_the_time_of_openvino_stands_beside_the_processor_s(
    benchmark: Callable[..., dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    rates = set()
    for device in ("cpu", "openvino", "cpu", "openvino"):
        with capsys.disabled():
            result = benchmark(device)
        rates.add(result["wer"])
        assert ("OpenVINOExecutionProvider" in result["providers"]["stt"]) is (device == "openvino")
    assert len(rates) == 1


@pytest.fixture(scope="module")
def standard(checkout: Checkout) -> str:
    """The folder of a recogniser in standard operators, calibrated with two recordings: all would take minutes."""
    clips = checkout.folder / "clips"
    clips.mkdir()
    for name in ("02-set-timer.flac", "06-light-on.flac"):
        shutil.copy(RECORDINGS.parent / name, clips)
    quantize = ("models", "quantize", "moonshine-tiny-en", "--calibration", str(clips), "--json")
    made = checkout.edge_voice("cpu", *quantize, "--output", str(checkout.folder / "standard"))
    assert made.returncode == 0, made.stderr
    return "standard"


def test_openvino_runs_all_nodes_of_the_standard_networks(
    checkout: Checkout,
    standard: str,
    benchmark: Callable[..., dict[str, Any]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert checkout.texts("openvino", stt=f"{standard}/float") == checkout.texts("cpu", stt=f"{standard}/float")
    for form in ("float", "int8"):
        with capsys.disabled():
            there, here = (benchmark(device, stt=f"{standard}/{form}") for device in ("openvino", "cpu"))
        assert there["providers"]["stt"] == {"OpenVINOExecutionProvider": 1.0}
        assert here["providers"]["stt"] == CPU
        assert abs(there["wer"] - here["wer"]) <= ROUNDING[form], form
